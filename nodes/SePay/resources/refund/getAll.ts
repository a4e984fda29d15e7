import { failIfIncomplete, requestedLimit } from '../../../shared/operations/declarativeAdapter';
import { pageReader } from '../../../shared/sePay/tokenApi';
import { collectRows } from '../../../shared/transport/paging';
import { declare } from '../../operations';
import { bankAccount, toRefund, withRefundFallbackPath } from './fields';

export const getAll = declare(
	{
		value: 'getAll',
		action: 'Get many refunds',
		description: 'Retrieve the refunds of one bank account',
		isList: true,
		main: [bankAccount],
	},
	{ method: 'GET', url: '/bank-accounts/{bankAccountId}/refunds' },
	async function (request) {
		const limit = requestedLimit.call(this);
		const account = request.url.split('/')[2];
		const isOfAccount = ({ bank_account_id = account }) => bank_account_id === account;
		return await withRefundFallbackPath(request, (read) =>
			collectRows(
				pageReader.call(this, read),
				limit,
				read.url === request.url ? undefined : isOfAccount,
				failIfIncomplete(this, limit),
			),
		);
	},
	toRefund,
);
