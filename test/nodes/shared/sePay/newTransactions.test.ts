import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import {
	LATE_ARRIVAL_DAYS,
	readNewRows,
	type Cursor,
	type NewTransactions,
	type NewTransactionsOptions,
} from '../../../../nodes/shared/sePay/newTransactions';
import type { FetchPage } from '../../../../nodes/shared/transport/paging';

jest.setTimeout(120_000);

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
// 23:30 in Vietnam, so that half an hour later it is the next day there, but not in UTC.
const START = Date.parse('2026-03-09T16:30:00Z');

const vietnam = (ms: number) =>
	new Date(ms + 7 * 60 * MINUTE).toISOString().slice(0, 19).replace('T', ' ');

type Order = 'newestFirst' | 'oldestFirst' | 'byDate' | 'none';

/** What comes after a cursor: nothing that is known of it, what came later, what is of a later time. */
type Cursors = 'none' | 'arrival' | 'time';
type UnknownCursor = 'nothing' | 'refused' | 'ignored';

/** SePay's list: rows come in any order, are listed in one of several, and may come between pages. */
class List {
	rows: IDataObject[] = [];
	calls = 0;
	/** What happens after a page has been answered. */
	between: (page: number) => void = () => {};
	/** Whether a call is cut. */
	fails: () => boolean = () => false;
	withTotal = true;
	/** What SePay gives for a page behind the last. */
	pastEnd: 'nothing' | 'lastPage' | 'firstPage' = 'nothing';
	cursors: Cursors = 'none';
	/** What SePay does with a cursor that it has forgotten; undefined: it has not. */
	forgets: () => UnknownCursor | undefined = () => undefined;

	constructor(
		readonly order: Order = 'newestFirst',
		readonly maxPerPage = 100,
	) {}

	add(id: number, at: number, fields: IDataObject = {}) {
		const row = { id, transaction_date: vietnam(at), amount_in: 1000, amount_out: 0, ...fields };
		this.rows.push(row);
		return row;
	}

	private after(cursor: unknown): IDataObject[] {
		const index = this.rows.findIndex(({ id }) => id === cursor);
		const forgotten = index < 0 ? 'nothing' : this.forgets();
		if (forgotten === 'refused') throw Object.assign(new Error('No'), { httpCode: '422' });
		if (forgotten) return forgotten === 'ignored' ? this.rows : [];
		const { transaction_date: time } = this.rows[index];
		return this.cursors === 'arrival'
			? this.rows.slice(index + 1)
			: this.rows.filter((row) => String(row.transaction_date) > String(time));
	}

	private listed(query: IDataObject): IDataObject[] {
		const rows = query.since_id === undefined ? this.rows : this.after(query.since_id);
		const wanted = rows.filter(
			(row) =>
				String(row.transaction_date).slice(0, 10) >= String(query.from_date) &&
				(query.bank_account_id === undefined ||
					String(row.bank_account_id) === query.bank_account_id) &&
				(query.account_number === undefined || row.account_number === query.account_number),
		);
		const key = (row: IDataObject) =>
			this.order === 'byDate' ? Date.parse(String(row.transaction_date)) : Number(row.id);
		// The same shuffle at each call, as of a database without ORDER BY.
		if (this.order === 'none') {
			return wanted.sort((a, b) => ((Number(a.id) * 7919) % 101) - ((Number(b.id) * 7919) % 101));
		}
		wanted.sort((a, b) => key(b) - key(a));
		return this.order === 'oldestFirst' ? wanted.reverse() : wanted;
	}

	reader = (query: IDataObject): FetchPage => {
		return async (page, size) => {
			this.calls++;
			if (this.fails()) throw new Error('The connection broke');
			const rows = this.listed(query);
			const perPage = Math.min(size, this.maxPerPage);
			const lastPage = Math.max(1, Math.ceil(rows.length / perPage));
			const behind = { nothing: page, lastPage, firstPage: 1 }[this.pastEnd];
			const given = page > lastPage ? behind : page;
			const answer = {
				rows: rows.slice((given - 1) * perPage, given * perPage),
				...(this.withTotal && { total: rows.length, perPage, lastPage }),
			};
			this.between(page);
			return answer;
		};
	};
}

/** A workflow that polls: stores the mark as n8n does, as JSON, and hands the rows on. */
class Poller {
	stored?: string;
	readonly emitted: number[] = [];
	wanted: NewTransactionsOptions = { filters: {}, lookBackDays: 7 };
	source = 'c1';

	constructor(readonly list: List) {}

	async poll(): Promise<NewTransactions> {
		const mark = this.stored === undefined ? undefined : (JSON.parse(this.stored) as Cursor);
		const { reader, cursors } = this.list;
		const found = await readNewRows(reader, mark, this.wanted, this.source, cursors !== 'none');
		this.stored = JSON.stringify(found.mark);
		this.emitted.push(...found.rows.map(({ id }) => Number(id)));
		return found;
	}

	get mark(): Cursor {
		return JSON.parse(this.stored!) as Cursor;
	}
}

let now = START;
beforeEach(() => {
	now = START;
	jest.spyOn(Date, 'now').mockImplementation(() => now);
});
afterEach(() => jest.restoreAllMocks());

const ascending = (ids: number[]) => [...ids].sort((a, b) => a - b);

test.each<Cursors>(['none', 'arrival', 'time'])(
	'every transaction is given exactly once: late, out of order, same second, over midnight, while paging, with failing polls and forgotten cursors (%s)',
	async (cursors) => {
		const arrival = fc.record({
			/** Minutes of real time before it comes. */
			after: fc.integer({ min: 0, max: 500 }),
			/** Minutes that its date lies before its coming; up to the limit of lateness. */
			late: fc.oneof(
				{ weight: 3, arbitrary: fc.constant(0) },
				{ weight: 1, arbitrary: fc.integer({ min: 0, max: LATE_ARRIVAL_DAYS * 1440 - 1440 }) },
			),
			/** Whether it comes while a poll turns a page. */
			midPoll: fc.boolean(),
			polled: fc.boolean(),
		});
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom<Order>('newestFirst', 'oldestFirst', 'byDate', 'none'),
				fc.integer({ min: 1, max: 7 }),
				fc.boolean(),
				fc.integer({ min: 0, max: 12 }),
				fc.array(arrival, { maxLength: 50 }),
				fc.infiniteStream(fc.integer({ min: 0, max: 5 })),
				fc.integer({ min: 1, max: 1e6 }),
				fc.constantFrom('nothing', 'lastPage', 'firstPage'),
				async (order, perPage, withTotal, before, arrivals, dice, seed, pastEnd) => {
					now = START;
					const list = new List(order, perPage);
					list.cursors = cursors;
					list.pastEnd = pastEnd;
					list.withTotal = withTotal || order !== 'newestFirst';
					// Unique, in no order.
					const idOf = (index: number) => ((index + seed) * 7907) % 1_000_003;
					for (let index = 0; index < before; index++) list.add(idOf(index), now - index * MINUTE);
					const poller = new Poller(list);
					expect((await poller.poll()).rows).toEqual([]);

					const expected: number[] = [];
					const waiting: Array<() => void> = [];
					list.between = () => waiting.shift()?.();
					list.fails = () => dice.next().value === 0;
					list.forgets = () =>
						(['nothing', 'refused', 'ignored'] as const)[Number(dice.next().value)];
					const poll = async () => {
						const { stored, emitted } = poller;
						const sofar = emitted.length;
						await poller.poll().catch(() => {
							expect([poller.stored, poller.emitted.length]).toEqual([stored, sofar]);
						});
					};
					for (const [index, { after, late, midPoll, polled }] of arrivals.entries()) {
						now += after * MINUTE;
						const id = idOf(before + index);
						const come = () => list.add(id, now - late * MINUTE);
						expected.push(id);
						if (midPoll) waiting.push(come);
						else come();
						if (polled) await poll();
					}
					for (const come of waiting.splice(0)) come();
					list.fails = () => false;
					list.forgets = () => undefined;
					for (let last = 0; last < 3; last++) await poller.poll();
					expect(ascending(poller.emitted)).toEqual(ascending(expected));
				},
			),
			{ numRuns: 1500 },
		);
	},
	120_000,
);

describe.each<Cursors>(['arrival', 'time'])('with a cursor by %s', (cursors) => {
	const listOf = (perPage = 100) => Object.assign(new List('byDate', perPage), { cursors });

	test('a poll asks for what is after it and for one page, however many are known', async () => {
		const list = listOf();
		fill(list, 4, 200);
		const poller = await started(list);
		await poller.poll();
		expect(list.calls).toBe(2);
		for (let id = 5000; id < 5003; id++) list.add(id, now + id);
		list.calls = 0;
		await poller.poll();
		await poller.poll();
		expect(poller.emitted).toEqual([5000, 5001, 5002]);
		expect(list.calls).toBe(4);
	});

	test('a late row comes with the next poll, whatever the cursor says of it', async () => {
		const list = listOf();
		fill(list, 4, 200);
		const poller = await started(list);
		list.add(5000, now - 2 * DAY);
		list.add(5001, now + 1000);
		expect((await poller.poll()).rows.map(({ id }) => id)).toEqual(['5000', '5001']);
		expect((await poller.poll()).rows).toEqual([]);
	});

	test.each<UnknownCursor>(['nothing', 'refused', 'ignored'])(
		'one that SePay forgot (%s) loses none and doubles none, and the next one works',
		async (forgotten) => {
			const list = listOf();
			fill(list, 4, 200);
			const poller = await started(list);
			list.forgets = () => forgotten;
			list.add(5000, now);
			await poller.poll();
			await poller.poll();
			list.forgets = () => undefined;
			list.add(5001, now + 1000);
			list.calls = 0;
			await poller.poll();
			expect(poller.emitted).toEqual([5000, 5001]);
			expect(list.calls).toBe(2);
		},
	);

	test('whose row SePay has removed, as another came, hides nothing', async () => {
		const list = listOf();
		fill(list, 4, 10);
		const poller = await started(list);
		list.rows.pop();
		list.add(5000, now);
		await poller.poll();
		expect(poller.emitted).toEqual([5000]);
	});

	test('an error that has nothing to do with it fails the poll and moves nothing', async () => {
		const list = listOf();
		fill(list, 1, 10);
		const poller = await started(list);
		const { stored } = poller;
		list.add(5000, now);
		list.fails = () => true;
		await expect(poller.poll()).rejects.toThrow('The connection broke');
		expect([list.calls, poller.stored]).toEqual([1, stored]);
		list.fails = () => false;
		await poller.poll();
		expect(poller.emitted).toEqual([5000]);
	});

	test('250 new ones on three pages of what is after it come in one poll', async () => {
		const list = listOf();
		fill(list, 2, 50);
		const poller = await started(list);
		for (let id = 1; id <= 250; id++) list.add(1000 + id, now + id * 1000);
		await poller.poll();
		expect(poller.emitted).toEqual(Array.from({ length: 250 }, (_, index) => 1001 + index));
		expect(list.calls).toBe(4);
		await poller.poll();
		expect(list.calls).toBe(6);
	});
});

const started = async (list: List, wanted: Partial<NewTransactionsOptions> = {}) => {
	const poller = new Poller(list);
	poller.wanted = { ...poller.wanted, ...wanted };
	await poller.poll();
	list.calls = 0;
	return poller;
};

/** Fills the days before now, `perDay` each, the newest with the highest ID. */
const fill = (list: List, days: number, perDay: number) => {
	const count = days * perDay;
	for (let index = 0; index < count; index++) {
		list.add(index + 1, now - ((count - index) * DAY) / perDay);
	}
};

test('a poll is one call when nothing is new, and when what is new is on the first page', async () => {
	const list = new List();
	fill(list, 5, 200);
	const poller = await started(list);
	await poller.poll();
	expect(list.calls).toBe(1);
	list.add(5000, now);
	await poller.poll();
	expect(poller.emitted).toEqual([5000]);
	expect(list.calls).toBe(2);
});

test('250 new ones on three pages come in one poll, the oldest first, those of one second by ID', async () => {
	const list = new List('none');
	fill(list, 2, 50);
	const poller = await started(list);
	for (let id = 250; id > 0; id--) list.add(1000 + id, now + Math.floor(id / 10) * 1000);
	await poller.poll();
	expect(poller.emitted).toEqual(Array.from({ length: 250 }, (_, index) => 1001 + index));
});

test('once an hour the whole list is read: a late row is found although the count came out even', async () => {
	const list = new List();
	fill(list, 3, 100);
	const poller = await started(list);
	list.rows.splice(list.rows.length - 5, 1);
	list.add(0, now - 2 * DAY);
	await poller.poll();
	expect(poller.emitted).toEqual([]);
	now += 60 * MINUTE;
	await poller.poll();
	expect(poller.emitted).toEqual([0]);
});

test('rows that SePay removes do not hide later ones', async () => {
	const list = new List();
	fill(list, 3, 100);
	const poller = await started(list);
	list.rows.splice(250, 7);
	for (const id of [1001, 1002, 1003]) {
		list.add(id, now - (id - 1000) * 8 * 60 * MINUTE);
		await poller.poll();
	}
	expect(poller.emitted).toEqual([1001, 1002, 1003]);
});

test('what is remembered are the IDs of the newest days, however long it runs', async () => {
	const list = new List();
	fill(list, 10, 30);
	const poller = await started(list);
	for (let id = 1000; id < 1600; id++) {
		now += DAY / 30;
		list.add(id, now);
		await poller.poll();
	}
	expect(poller.emitted).toHaveLength(600);
	expect(Object.keys(poller.mark.known)).toHaveLength(LATE_ARRIVAL_DAYS + 1);
	expect(poller.stored!.length).toBeLessThan(1000);
});

test('a date in the future, by mistake of the bank, hides nothing', async () => {
	const list = new List();
	const poller = await started(list);
	list.add(1, now + 400 * DAY);
	await poller.poll();
	list.add(2, now);
	await poller.poll();
	list.add(3, now - DAY);
	await poller.poll();
	expect(poller.emitted).toEqual([1, 2, 3]);
});

test('a row is not given again when the bank corrects its date', async () => {
	const list = new List();
	const poller = await started(list);
	const row = list.add(1, now - 2 * DAY);
	await poller.poll();
	row.transaction_date = vietnam(now);
	for (let day = 0; day < 4; day++) {
		now += DAY;
		list.add(100 + day, now);
		await poller.poll();
		await poller.poll();
	}
	expect(poller.emitted).toEqual([1, 100, 101, 102, 103]);
});

test('IDs that come as numbers one time and as text the other are the same', async () => {
	const list = new List();
	const poller = await started(list);
	list.add(7, now);
	await poller.poll();
	list.rows[0].id = '7';
	now += 60 * MINUTE;
	await poller.poll();
	expect(poller.emitted).toEqual([7]);
});

test('after a pause everything within the look-back comes, and nothing twice', async () => {
	const list = new List();
	fill(list, 5, 10);
	const poller = await started(list, { lookBackDays: 7 });
	now += 5 * DAY;
	for (let index = 0; index < 50; index++) list.add(1000 + index, now - 4 * DAY + index * MINUTE);
	await poller.poll();
	expect(poller.emitted).toHaveLength(50);

	now += 20 * DAY;
	list.add(2000, now - 9 * DAY);
	list.add(2001, now - 6 * DAY);
	await poller.poll();
	await poller.poll();
	expect(poller.emitted.slice(50)).toEqual([2001]);

	// A longer look-back afterwards does not bring back what has been given.
	poller.wanted = { ...poller.wanted, lookBackDays: 90 };
	await poller.poll();
	expect(poller.emitted).toHaveLength(51);
});

describe('changed filters', () => {
	const account = (id: number) => ({ bank_account_id: id });
	const only = (id: string): NewTransactionsOptions => ({
		filters: { bankAccountIds: [id] },
		lookBackDays: 7,
	});

	test("of the account bring none of the other account's older rows, and lose none", async () => {
		const list = new List();
		for (let id = 1; id <= 40; id++) list.add(id, now - id * MINUTE, account(id % 2 ? 12 : 14));
		const poller = await started(list, only('12'));

		list.add(101, now, account(12));
		list.add(102, now, account(14));
		poller.wanted = { filters: {}, lookBackDays: 7 };
		await poller.poll();
		expect(poller.emitted).toEqual([101]);
		list.add(103, now, account(14));
		await poller.poll();
		expect(poller.emitted).toEqual([101, 103]);

		poller.wanted = only('14');
		list.add(104, now, account(14));
		await poller.poll();
		list.calls = 0;
		await poller.poll();
		expect(list.calls).toBe(1);
		poller.wanted = { filters: {}, lookBackDays: 7 };
		list.add(105, now, account(14));
		await poller.poll();
		await poller.poll();
		expect(poller.emitted).toEqual([101, 103, 104, 105]);
	});

	test('do not bring what the former ones left out since the mark was last stored', async () => {
		const list = new List();
		const poller = await started(list, { filters: { minAmount: 5000 } });
		const { stored } = poller;
		list.add(1, now, { amount_in: 1000 });
		list.add(2, now, { amount_in: 9000 });
		// n8n keeps the mark of a poll that gave nothing in memory only.
		poller.stored = stored;
		poller.wanted = { filters: {}, lookBackDays: 7 };
		await poller.poll();
		expect(poller.emitted).toEqual([2]);
	});

	test('leave the count right, so that one call is enough again', async () => {
		const list = new List('newestFirst', 5);
		for (let id = 1; id <= 40; id++) list.add(id, now - id * MINUTE, account(id % 2 ? 12 : 14));
		const poller = await started(list);
		poller.wanted = only('14');
		await poller.poll();
		list.calls = 0;
		await poller.poll();
		expect(list.calls).toBe(1);
		expect(poller.emitted).toEqual([]);
	});

	test('do not forget rows that stand behind all those of the other account', async () => {
		const list = new List('newestFirst', 5);
		for (let id = 1; id <= 40; id++) list.add(id, now - MINUTE, account(id > 20 ? 14 : 12));
		const poller = await started(list, only('12'));
		poller.wanted = { filters: {}, lookBackDays: 7 };
		await poller.poll();
		now += 60 * MINUTE;
		await poller.poll();
		expect(poller.emitted).toEqual([]);
	});

	test.each([12, 14])(
		'hold only once the list could be read whole (account %i)',
		async (hidden) => {
			const list = new List('newestFirst', 5);
			const other = hidden === 12 ? 14 : 12;
			for (let id = 1; id <= 40; id++) {
				list.add(id, now - id * MINUTE, account(id % 2 ? hidden : other));
			}
			const poller = await started(list, only('12'));
			poller.wanted = { filters: {}, lookBackDays: 7 };
			// SePay removes the newest row at the first page: the sixth one, then first, shows on none.
			list.between = (page) => {
				if (page === 1) list.rows.pop();
			};
			await poller.poll();
			list.between = () => {};
			await poller.poll();
			now += 60 * MINUTE;
			await poller.poll();
			expect(poller.emitted).toEqual([]);
		},
	);
});

test('a row hidden at the first reading, by the removal of another, is not new later', async () => {
	const list = new List('newestFirst', 5);
	for (let id = 1; id <= 20; id++) list.add(id, now - (20 - id) * MINUTE);
	list.between = () => {
		list.rows.pop();
		list.between = () => {};
	};
	const poller = await started(list);
	now += 60 * MINUTE;
	await poller.poll();
	expect(poller.emitted).toEqual([]);
});

test('only what the filters want is given, and the rest is not asked for again', async () => {
	const list = new List();
	const poller = await started(list, { filters: { minAmount: 5000, direction: 'in' } });
	list.add(1, now, { amount_in: 4999 });
	list.add(2, now, { amount_in: 5000 });
	list.add(3, now, { amount_in: 0, amount_out: 5000 });
	await poller.poll();
	expect(poller.emitted).toEqual([2]);
	expect(Object.values(poller.mark.known).flat()).toEqual([3, 2, 1]);
});

test('a row that another hid by its removal is found by the next poll, however old', async () => {
	const list = new List('newestFirst', 5);
	const poller = await started(list);
	for (let id = 1; id <= 7; id++) list.add(id, now - (7 - id) * MINUTE);
	now += 6 * DAY;
	for (let id = 8; id <= 12; id++) list.add(id, now);
	const calls = list.calls;
	// After the first page, both times that the list is read.
	list.between = () => {
		if ([1, 5].includes(list.calls - calls)) list.rows.pop();
		if (list.calls - calls === 4) list.add(13, now);
	};
	await poller.poll();
	expect(poller.emitted).not.toContain(7);
	list.between = () => {};
	await poller.poll();
	expect(ascending(poller.emitted)).toEqual(Array.from({ length: 13 }, (_, index) => index + 1));
});

test('a list without a count that seemed to end, as rows moved on by a page, loses no row behind', async () => {
	const list = new List('newestFirst', 2);
	list.withTotal = false;
	const poller = await started(list);
	for (let id = 1; id <= 2; id++) list.add(id, now);
	now += 4 * DAY;
	for (let id = 3; id <= 4; id++) list.add(id, now);
	list.between = (page) => {
		if (page === 1) for (let id = 5; id <= 6; id++) list.add(id, now);
		list.between = () => {};
	};
	for (let polls = 0; polls < 2; polls++) await poller.poll();
	expect(ascending(poller.emitted)).toEqual([1, 2, 3, 4, 5, 6]);
});

describe.each(['lastPage', 'firstPage'] as const)(
	'a list without a count that gives its %s for those behind the last',
	(pastEnd) => {
		const listOf = () => Object.assign(new List('newestFirst', 5), { withTotal: false, pastEnd });

		test('is known to its end, and forgets what is too old to matter', async () => {
			const list = listOf();
			const poller = await started(list);
			for (let id = 1; id <= 7; id++) list.add(id, now);
			await poller.poll();
			now += 4 * DAY;
			for (let id = 8; id <= 12; id++) list.add(id, now);
			await poller.poll();
			expect(poller.emitted).toHaveLength(12);
			expect(Object.values(poller.mark.known).flat()).toHaveLength(5);
		});

		test('takes changed filters', async () => {
			const list = listOf();
			const poller = await started(list);
			poller.wanted = { ...poller.wanted, filters: { minAmount: 500 } };
			await poller.poll();
			for (let id = 1; id <= 7; id++) list.add(id, now, { amount_in: id * 100 });
			await poller.poll();
			expect(poller.emitted).toEqual([5, 6, 7]);
			poller.wanted = { ...poller.wanted, filters: { minAmount: 200 } };
			await poller.poll();
			for (let id = 8; id <= 9; id++) list.add(id, now, { amount_in: 300 });
			await poller.poll();
			expect(poller.emitted).toEqual([5, 6, 7, 8, 9]);
		});
	},
);

describe('another credential', () => {
	test('of the same company goes on where the first one stood', async () => {
		const list = new List();
		fill(list, 2, 10);
		const poller = await started(list);
		poller.source = 'c2';
		list.add(1000, now);
		await poller.poll();
		expect(poller.emitted).toEqual([1000]);
	});

	test('of another company starts afresh', async () => {
		const list = new List();
		fill(list, 2, 10);
		const poller = await started(list);
		poller.source = 'c2';
		for (const row of list.rows) row.id = Number(row.id) + 5000;
		await poller.poll();
		expect(poller.emitted).toEqual([]);
		list.add(9000, now);
		await poller.poll();
		expect(poller.emitted).toEqual([9000]);
	});
});
