import { paged } from '../paging';
import { queryDay, queryNumber } from '../query';
import type { Route } from './route';

export const transactionRoutes: Route[] = [
	{
		method: 'get',
		path: '/transactions',
		scope: 'transaction:read',
		right: 'view transaction list',
		handle: ({ query }, { data, variants }) => {
			const from = queryDay(query, 'from_date') ?? '';
			const to = queryDay(query, 'to_date') ?? '9999';
			const wanted = {
				bank_account_id: queryNumber(query, 'bank_account_id', 0),
				account_number: query.account_number,
				reference_number: query.reference_number,
				amount_in: queryNumber(query, 'amount_in'),
				amount_out: queryNumber(query, 'amount_out'),
			};
			const keys = Object.keys(wanted) as Array<keyof typeof wanted>;
			const rows = data.transactions.filter((row) => {
				const date = row.transaction_date.slice(0, 10);
				return (
					date >= from &&
					date <= to &&
					keys.every((key) => wanted[key] === undefined || wanted[key] === row[key])
				);
			});
			return paged(rows, query, variants);
		},
	},
];
