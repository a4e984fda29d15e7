import { vietnamTime } from '../../clock';
import { queryDay } from '../../query';
import { refuse } from '../../rules';
import { json } from '../answers';
import type { Transaction } from '../model';
import { rowOf, type Route } from './route';

const dayOf = ({ transaction_date }: Transaction) => transaction_date.slice(0, 10);

function inAndOut(rows: Transaction[]) {
	const transaction_in = rows.filter(({ transfer_type }) => transfer_type === 'in').length;
	return { transaction_in, transaction_out: rows.length - transaction_in };
}

/** Counts of one company. */
function counts(rows: Transaction[]) {
	return { transaction: rows.length, ...inAndOut(rows) };
}

/** Counts of the merchant, where `transaction` is about money in only. */
function merchantCounts(rows: Transaction[]) {
	const both = inAndOut(rows);
	return { transaction: both.transaction_in, ...both };
}

function grouped<T>(rows: T[], keyOf: (row: T) => string): Array<[string, T[]]> {
	const groups = new Map<string, T[]>();
	for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
	return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}

export const counterRoutes: Route[] = [
	{
		method: 'get',
		path: '/company/counter/:xid',
		handle: ({ params, query }, { data }) => {
			const { xid } = rowOf(data.companies, params.xid, 'công ty');
			const date = queryDay(query, 'date');
			const rows = data.transactions.filter(
				(row) => row.company_xid === xid && (date ?? dayOf(row)) === dayOf(row),
			);
			const dates = grouped(rows, dayOf).map(([day, ofDay]) => ({ date: day, ...counts(ofDay) }));
			return json(200, { data: { dates, total: counts(rows) } });
		},
	},
	{
		method: 'get',
		path: '/merchant-config/counter',
		handle: ({ query }, { data, clock }) => {
			const today = vietnamTime(clock.now()).slice(0, 10);
			const from = queryDay(query, 'start_date') ?? today;
			const to = queryDay(query, 'end_date') ?? today;
			if (from > to) refuse({ start_date: 'must not be after end_date' });
			const rows = data.transactions.filter((row) => dayOf(row) >= from && dayOf(row) <= to);
			const dates = grouped(rows, dayOf).flatMap(([date, ofDay]) =>
				data.companies.flatMap(({ id, xid }) => {
					const own = ofDay.filter(({ company_xid }) => company_xid === xid);
					return own.length === 0 ? [] : [{ company_id: id, date, ...merchantCounts(own) }];
				}),
			);
			return json(200, { data: { dates, total: merchantCounts(rows) } });
		},
	},
];
