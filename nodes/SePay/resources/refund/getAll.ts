import { collectRows } from '../../../shared/transport/paging';
import { declare, listRows } from '../../operations';
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
		const account = request.url.split('/')[2];
		const isOfAccount = ({ bank_account_id = account }) => bank_account_id === account;
		return await withRefundFallbackPath(request, (read) =>
			listRows.call(this, read, (fetchPage, limit, onIncomplete) => {
				const keep = read.url === request.url ? undefined : isOfAccount;
				return collectRows(fetchPage, limit, keep, onIncomplete);
			}),
		);
	},
	toRefund,
);
