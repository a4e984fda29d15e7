import { listLength, type Operation } from '../../../shared/descriptions';
import { failIfIncomplete, wantedRows } from '../../../shared/exchange';
import { collectRows } from '../../../shared/paging';
import { pageReader } from '../../../shared/sePayToken';
import { operation } from '../../exchanges';
import { atEitherPath, bankAccountId, toRefund } from './fields';

export const getAll: Operation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many refunds',
		description: 'Retrieve the refunds of what was received on one bank account',
		routing: {
			request: { method: 'GET', url: '/bank-accounts/{bankAccountId}/refunds' },
			operations: {
				pagination: operation(async function (request) {
					const limit = wantedRows.call(this);
					const account = request.url.split('/')[2];
					const isOfAccount = ({ bank_account_id = account }) => bank_account_id === account;
					const rows = await atEitherPath(request, (read) =>
						collectRows(
							pageReader.call(this, read),
							limit,
							read.url === request.url ? undefined : isOfAccount,
							failIfIncomplete(this, limit),
						),
					);
					return rows.map((row) => toRefund.call(this, row));
				}),
			},
		},
	},
	properties: [bankAccountId, ...listLength],
};
