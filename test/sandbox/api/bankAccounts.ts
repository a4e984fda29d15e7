import { success } from '../answers';
import { omit } from '../omit';
import { ordered, paged, written } from '../paging';
import { rowOf, type Route } from './route';

const scope = 'bank-account:read';

export const bankAccountRoutes: Route[] = [
	{
		method: 'get',
		path: '/bank-accounts',
		scope,
		right: 'view account list',
		handle: ({ query }, { data, variants }) => paged(data.bankAccounts, query, variants),
	},
	{
		method: 'get',
		path: '/bank-accounts/:id',
		scope,
		right: 'view account details',
		handle: (call, { data, variants }) => success(rowOf(data.bankAccounts, call), variants),
	},
	{
		method: 'get',
		path: '/bank-accounts/:id/sub-accounts',
		scope,
		right: 'view account list',
		handle: (call, { data, variants }) => {
			const account = rowOf(data.bankAccounts, call);
			const rows = data.subAccounts
				.filter((sub) => sub.bank_account_id === account.id)
				.map((sub) => omit(sub, 'bank_account_id'));
			return variants.subAccountMeta === 'present'
				? paged(rows, call.query, variants, 'present')
				: success(written(ordered(rows, variants), variants), variants);
		},
	},
];
