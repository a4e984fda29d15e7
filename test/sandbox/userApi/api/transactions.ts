import { ApiError } from '../../apiError';
import type { EndpointCall } from '../../endpoint';
import type { Transaction } from '../../model';
import { contains } from '../../query';
import type { State } from '../../state';
import { success } from '../answers';
import { uuidOf } from '../uuids';
import { check, found, isWithin, listed, type Route } from './route';

/** How many webhooks took each transaction, by its integer id. */
function told({ deliveries }: State): (id: number) => number {
	const hooks = new Map<number, Set<number>>();
	for (const { transactionId, webhookId, ok } of deliveries) {
		if (!ok) continue;
		const took = hooks.get(transactionId) ?? new Set();
		hooks.set(transactionId, took.add(webhookId));
	}
	return (id) => hooks.get(id)?.size ?? 0;
}

/** The form of the rows. */
function shape(state: State) {
	const { webhookSuccess } = state.tokenApi.variants;
	const times = told(state);
	const vas = new Map(state.data.subAccounts.map(({ id, account_number }) => [account_number, id]));
	return (row: Transaction) => ({
		id: uuidOf('transaction', row.id),
		transaction_date: row.transaction_date,
		account_number: row.account_number,
		va: row.sub_account,
		transfer_type: row.amount_in > 0 ? 'in' : 'out',
		amount_in: row.amount_in,
		amount_out: row.amount_out,
		accumulated: row.accumulated,
		transaction_content: row.transaction_content,
		reference_number: row.reference_number,
		code: row.code,
		bank_brand_name: row.bank_brand_name,
		bank_account_id: uuidOf('account', row.bank_account_id),
		va_id: row.sub_account && uuidOf('va', vas.get(row.sub_account) ?? row.sub_account),
		webhook_success: Math.min(times(row.id), webhookSuccess === 'flag' ? 1 : Infinity),
	});
}

/** The rows after that of `since_id`. */
function since(rows: Transaction[], id: string | undefined, { tokenApi }: State): Transaction[] {
	const { sinceId, unknownSinceId } = tokenApi.variants;
	if (id === undefined) return rows;
	const index = rows.findIndex((row) => uuidOf('transaction', row.id) === id);
	if (index < 0) {
		if (unknownSinceId === 'refused') {
			throw new ApiError(422, 'since_id is not valid', { fields: { since_id: 'is not known' } });
		}
		return unknownSinceId === 'ignored' ? rows : [];
	}
	const { transaction_date } = rows[index];
	return sinceId === 'arrival'
		? rows.slice(index + 1)
		: rows.filter((row) => row.transaction_date > transaction_date);
}

/**
 * The transaction in the path.
 * @throws Refusal 404
 */
export function transactionIn({ params }: EndpointCall, { data }: State): Transaction {
	const row = data.transactions.find(({ id }) => uuidOf('transaction', id) === params.id);
	return found(row, 'giao dịch');
}

export const transactionRoutes: Route[] = [
	{
		method: 'get',
		path: '/transactions',
		handle: ({ query }, state) => {
			check(query);
			const exact = [
				'bank_account_id',
				'va_id',
				'bank_brand_name',
				'reference_number',
				'transfer_type',
			] as const;
			const rows = since(state.data.transactions, query.since_id, state)
				.map(shape(state))
				.filter(
					(row) =>
						contains([row.reference_number, row.transaction_content, row.code], query.q) &&
						contains([row.transaction_content], query.transaction_content) &&
						exact.every((name) => [row[name], undefined].includes(query[name])) &&
						isWithin(query, row.transaction_date, 'transaction_date', ['from', 'to']) &&
						isWithin(query, row.amount_in, 'amount_in', ['min', 'max']) &&
						isWithin(query, row.amount_out, 'amount_out', ['min', 'max']) &&
						[String(Number(row.webhook_success > 0)), undefined].includes(query.webhook_success),
				);
			return listed(rows, query, state);
		},
	},
	{
		method: 'get',
		path: '/transactions/:id',
		handle: (call, state) => success(shape(state)(transactionIn(call, state))),
	},
];
