import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { newestCollector } from '../../../../nodes/shared/sePay/newestFirst';
import type { FetchPage } from '../../../../nodes/shared/transport/paging';

const DAY = 86_400_000;
const dateOf = (ms: number) => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');

interface Row {
	id: number;
	bank_account_id: number;
	transaction_date: string;
}

/** Transactions in the order in which they happened, `days` apart, some within one second. */
const history = (gaps: number[], accounts: number[]): Row[] => {
	let at = Date.parse('2026-01-01T00:00:00Z');
	return gaps.map((days, index) => {
		at += days * DAY;
		const bank_account_id = accounts[index % accounts.length];
		return { id: index + 1, bank_account_id, transaction_date: dateOf(at) };
	});
};

const falling = (rows: Row[]) => [...rows].reverse();
const byAccount = (rows: Row[]) =>
	[...falling(rows)].sort((a, b) => a.bank_account_id - b.bank_account_id);
const orders: Record<string, (rows: Row[]) => Row[]> = {
	falling,
	rising: (rows) => rows,
	'by account, each falling': byAccount,
	'by account, each rising': (rows) => byAccount(rows).reverse(),
	'falling, the newest in the middle': (rows) => {
		const all = falling(rows);
		const third = Math.ceil(all.length / 3);
		return [...all.slice(third, 2 * third), ...all.slice(0, third), ...all.slice(2 * third)];
	},
	shuffled: (rows) => [...rows].sort((a, b) => ((a.id * 7919) % 101) - ((b.id * 7919) % 101)),
};

/** A list with a filter by day, which counts the calls. */
function service(listed: Row[], { perPage = 100, isCounted = true } = {}) {
	const calls: string[] = [];
	const listFrom =
		(day: string): FetchPage =>
		async (page, asked) => {
			calls.push(`${day}:${page}`);
			const size = Math.min(asked, perPage);
			const rows = listed.filter(({ transaction_date }) => transaction_date.slice(0, 10) >= day);
			const counts = { total: rows.length, lastPage: Math.ceil(rows.length / size) };
			const shown = rows.slice((page - 1) * size, page * size);
			return { rows: shown as unknown as IDataObject[], ...(isCounted && counts) };
		};
	return { calls, listFrom, collect: newestCollector(listFrom), list: listFrom('') };
}

test.each(Object.entries(orders))(
	'the newest are found in a list that is %s',
	async (_name, inOrder) => {
		const gap = fc.constantFrom(0, 0, 0.001, 0.2, 1, 3);
		await fc.assert(
			fc.asyncProperty(
				fc.array(gap, { maxLength: 450, size: 'max' }),
				fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { minLength: 1 }),
				fc.integer({ min: 1, max: 250 }),
				fc.constantFrom(100, 20),
				fc.boolean(),
				fc.boolean(),
				async (gaps, accounts, limit, perPage, isCounted, isFiltered) => {
					const rows = history(gaps, accounts);
					const { collect, list } = service(inOrder(rows), { perPage, isCounted });
					const keep = isFiltered ? ({ id }: IDataObject) => Number(id) % 3 === 0 : undefined;
					const wanted = falling(rows).filter((row) => keep?.({ ...row }) ?? true);
					const found = await collect(list, limit, keep);
					expect(found.map(({ raw }) => raw.transaction_date)).toEqual(
						wanted.slice(0, limit).map(({ transaction_date }) => transaction_date),
					);
				},
			),
			{ numRuns: 60, endOnFailure: true },
		);
	},
);

test('of one second those with the highest IDs are the newest, whatever the order', async () => {
	const rows = history(Array(250).fill(0), [1]);
	const { collect, list } = service(orders.shuffled(rows));
	expect((await collect(list, 3)).map(({ id }) => id)).toEqual(['250', '249', '248']);
});

test.each([
	['of one page is asked for once', 12, [':1']],
	['that falls is counted from the oldest day found on', 80, [':1', '2026-03-20:1']],
])('a list %s', async (_name, count, expected) => {
	const { calls, collect, list } = service(falling(history(Array(count).fill(1), [1, 2])), {
		perPage: 20,
	});
	expect(await collect(list, 3)).toHaveLength(3);
	expect(calls).toEqual(expected);
});
