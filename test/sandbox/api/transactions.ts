import { paged, queryNumber } from '../paging';
import { Refusal } from '../refusal';
import type { Route } from './route';

/** A day of the query string; the first and last days possible stand for none. */
function day(query: Record<string, string>, name: 'from_date' | 'to_date'): string {
	const text = query[name] ?? (name === 'from_date' ? '0000-01-01' : '9999-12-31');
	const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
	if (isDay) return text;
	const message = `${name} must be a date as YYYY-MM-DD`;
	throw new Refusal(400, message, { fields: { [name]: message } });
}

export const transactionRoutes: Route[] = [
	{
		method: 'get',
		path: '/transactions',
		scope: 'transaction:read',
		right: 'view transaction list',
		handle: ({ query }, { data, variants }) => {
			const from = day(query, 'from_date');
			const to = day(query, 'to_date');
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
