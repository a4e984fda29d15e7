import { wantedRows } from '../../../shared/exchange';
import { collectRows } from '../../../shared/paging';
import { pageReader } from '../../../shared/sePayToken';
import { declare } from '../../exchanges';
import { atEitherPath, bankAccount, toRefund } from './fields';

export const getAll = declare(
	{
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many refunds',
		description: 'Retrieve the refunds of what was received on one bank account',
		isList: true,
		main: [bankAccount],
	},
	{ method: 'GET', url: '/bank-accounts/{bankAccountId}/refunds' },
	async function (request) {
		const limit = wantedRows.call(this);
		const account = request.url.split('/')[2];
		const isOfAccount = ({ bank_account_id = account }) => bank_account_id === account;
		const rows = await atEitherPath(request, (read) =>
			collectRows(
				pageReader.call(this, read),
				limit,
				read.url === request.url ? undefined : isOfAccount,
			),
		);
		return rows.map((row) => toRefund.call(this, row));
	},
);
