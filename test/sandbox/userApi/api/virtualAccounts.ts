import type { EndpointCall } from '../../endpoint';
import { contains } from '../../query';
import type { State } from '../../state';
import { success } from '../answers';
import { uuidOf } from '../uuids';
import { accountOf, check, found, listed, type Route } from './route';

/** The virtual accounts of the bank account in the path, those of orders not among them. */
function vasOf(call: EndpointCall, state: State) {
	const account = accountOf(call, state);
	return state.data.subAccounts
		.filter(({ bank_account_id }) => bank_account_id === account.id)
		.map(({ id, account_number, account_holder_name, label, active, created_at }) => ({
			id: uuidOf('va', id),
			va: account_number,
			sub_holder_name: account_holder_name,
			label,
			active: Number(active),
			// The numbers of others stand in the memo of a transfer into the main account.
			official: Number(account.bank.short_name !== 'TPBank'),
			static: 1,
			bank_account_id: uuidOf('account', account.id),
			created_at,
			updated_at: created_at,
		}));
}

export const virtualAccountRoutes: Route[] = [
	{
		method: 'get',
		path: '/bank-accounts/:ba/va',
		handle: (call, state) => {
			const { query } = call;
			check(query);
			const flags = ['active', 'official', 'static'] as const;
			const rows = vasOf(call, state).filter(
				(row) =>
					contains([row.va, row.sub_holder_name, row.label], query.q) &&
					flags.every((name) => [String(row[name]), undefined].includes(query[name])),
			);
			return listed(rows, { created_at_sort: 'desc', ...query }, state);
		},
	},
	{
		method: 'get',
		path: '/bank-accounts/:ba/va/:id',
		handle: (call, state) => {
			const va = vasOf(call, state).find(({ id }) => id === call.params.id);
			return success(found(va, 'tài khoản ảo'));
		},
	},
];
