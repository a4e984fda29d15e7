import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import {
	collectRows,
	readPages,
	type FetchPage,
	type Page,
} from '../../../../nodes/shared/transport/paging';

/** A list, newest first, that grows by itself and answers its pages in any order. */
class GrowingList {
	readonly asked: Array<{ page: number; size: number }> = [];
	rows: IDataObject[];
	private nextId: number;

	constructor(count: number) {
		this.rows = Array.from({ length: count }, (_, index) => ({ id: count - index }));
		this.nextId = count + 1;
	}

	insert(count: number) {
		for (let i = 0; i < count; i++) this.rows.unshift({ id: this.nextId++ });
	}

	page(page: number, size: number): Page {
		return {
			rows: this.rows.slice((page - 1) * size, page * size),
			total: this.rows.length,
			perPage: size,
			lastPage: Math.max(1, Math.ceil(this.rows.length / size)),
		};
	}

	/** Answers after `ticks()` turns of the event loop, and grows by `growth()` at each answer. */
	fetch(ticks: () => number = () => 0, growth: () => number = () => 0): FetchPage {
		return async (page, size) => {
			this.asked.push({ page, size });
			for (let left = ticks(); left > 0; left--) {
				await new Promise((resolve) => setImmediate(resolve));
			}
			const answer = this.page(page, size);
			this.insert(growth());
			return answer;
		};
	}
}

const ids = (rows: IDataObject[]) => rows.map(({ id }) => Number(id));
const descending = (count: number) => Array.from({ length: count }, (_, i) => count - i);

test('rows that move while new ones come in are given once, and none is lost', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 0, max: 1500 }),
			fc.infiniteStream(fc.integer({ min: 0, max: 4 })),
			fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 25 }),
			async (count, ticks, growths) => {
				const list = new GrowingList(count);
				const read = list.fetch(
					() => ticks.next().value,
					() => growths.shift() ?? 0,
				);
				const found = ids(await collectRows(read, Infinity));
				expect(new Set(found).size).toBe(found.length);
				expect(found.filter((id) => id <= count).sort((a, b) => b - a)).toEqual(descending(count));
			},
		),
		{ numRuns: 300 },
	);
}, 60_000);

test('a list that grows meanwhile is read once', async () => {
	const list = new GrowingList(450);
	await collectRows(
		list.fetch(undefined, () => 3),
		Infinity,
	);
	expect(list.asked.map(({ page }) => page)).toEqual([1, 2, 3, 4, 5]);
});

test.each([
	[1, [{ page: 1, size: 1 }]],
	[50, [{ page: 1, size: 50 }]],
	[100, [{ page: 1, size: 100 }]],
	[250, [1, 2, 3].map((page) => ({ page, size: 100 }))],
])('a limit of %i asks for no page too many', async (limit, asked) => {
	const list = new GrowingList(1000);
	expect(ids(await collectRows(list.fetch(), limit))).toEqual(descending(1000).slice(0, limit));
	expect(list.asked).toEqual(asked);
});

test('a limit above the number of rows ends with the last page', async () => {
	const list = new GrowingList(150);
	expect(await collectRows(list.fetch(), 1e9)).toHaveLength(150);
	expect(list.asked).toHaveLength(2);
});

test('a limit on rows that the node filters asks for one page after the other', async () => {
	const list = new GrowingList(1000);
	const found = await collectRows(list.fetch(), 2, ({ id }) => Number(id) % 150 === 0);
	expect(ids(found)).toEqual([900, 750]);
	expect(list.asked.map(({ page }) => page)).toEqual([1, 2, 3]);
});

test('pages are asked for ahead, but not all at once', async () => {
	const list = new GrowingList(5000);
	const pages = readPages(
		list.fetch(() => 3),
		Infinity,
	);
	await pages.next();
	void pages.next();
	expect(list.asked.length).toBeGreaterThan(3);
	expect(list.asked.length).toBeLessThan(20);
});

test('a server that tells no totals is read until a page brings nothing new', async () => {
	const list = new GrowingList(45);
	const inTwenties: FetchPage = async (page) => ({ rows: list.page(page, 20).rows });
	expect(await collectRows(inTwenties, Infinity)).toHaveLength(45);
});

test('a server that does not know pages, with and without totals, ends after a repeated page', async () => {
	const rows = [{ id: 2 }, { id: 1 }];
	let calls = 0;
	const without: FetchPage = async () => (calls++, { rows });
	expect(ids(await collectRows(without, Infinity))).toEqual([2, 1]);
	expect(calls).toBe(2);

	calls = 0;
	const withTotals: FetchPage = async () => (calls++, { rows, total: 900, lastPage: 450 });
	expect(ids(await collectRows(withTotals, Infinity))).toEqual([2, 1]);
	expect(calls).toBeLessThan(30);
});

test('rows without an ID, or with an empty one, are told apart by nothing, and none is left out', async () => {
	const rows = Array.from({ length: 5 }, (_, at) => ({ id: at < 3 ? '' : undefined, name: at }));
	const { read } = claiming(rows, 2, () => ({}));
	expect(await collectRows(read, Infinity)).toEqual(rows);
});

test('a server without totals that gives the same rows in another order ends after one such page', async () => {
	let calls = 0;
	const read: FetchPage = async () => ({
		rows: ++calls % 2 ? [{ id: 2 }, { id: 1 }] : [{ id: 1 }, { id: 2 }],
	});
	expect(ids(await collectRows(read, 20))).toEqual([2, 1]);
	expect(calls).toBe(2);
});

test('an empty page ends the list whatever the totals say', async () => {
	let calls = 0;
	const empty: FetchPage = async () => (calls++, { rows: [], total: 5, lastPage: 5, perPage: 0 });
	expect(await collectRows(empty, 10)).toEqual([]);
	// Once more, in case the rows have moved.
	expect(calls).toBe(2);
});

/** The first rows of a list in pages of at most `cap`, with what its `meta` says of it. */
function claiming(rows: IDataObject[], cap: number, claim: (size: number) => Partial<Page>) {
	const asked: number[] = [];
	const read: FetchPage = async (page, size) => {
		asked.push(page);
		const length = Math.min(size, cap);
		return { rows: rows.slice((page - 1) * length, page * length), ...claim(size) };
	};
	return { read, asked };
}

test('no row is left out, whatever the count of pages says, with and without a total', async () => {
	const lastPages: Record<string, (pages: number, size: number, count: number) => unknown> = {
		right: (pages) => pages,
		'one too few': (pages) => pages - 1,
		'one too many': (pages) => pages + 1,
		'for the size asked for': (_pages, size, count) => Math.ceil(count / size),
		missing: () => undefined,
		'always one': () => 1,
	};
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 0, max: 450 }),
			fc.integer({ min: 1, max: 100 }),
			fc.constantFrom(...Object.keys(lastPages)),
			fc.constantFrom('right' as const, 'missing' as const, 'zero' as const),
			fc.constantFrom('right' as const, 'missing' as const, 'as asked for' as const),
			async (count, cap, lastPage, total, perPage) => {
				const rows = descending(count).map((id) => ({ id }));
				const onIncomplete = jest.fn();
				const { read, asked } = claiming(rows, cap, (size) => ({
					total: { right: count, missing: undefined, zero: 0 }[total],
					perPage: { right: Math.min(size, cap), missing: undefined, 'as asked for': size }[
						perPage
					],
					lastPage: lastPages[lastPage](Math.ceil(count / cap), size, count) as number,
				}));
				expect(await collectRows(read, Infinity, undefined, onIncomplete)).toEqual(rows);
				expect(onIncomplete).not.toHaveBeenCalled();
				expect(new Set(asked).size).toBe(asked.length);
				expect(asked.length).toBeLessThanOrEqual(Math.ceil(count / cap) + 2);
			},
		),
		{ numRuns: 500 },
	);
});

test('a list that ends before its total gives what it has, and says how much of how much', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 0, max: 350 }),
			fc.integer({ min: 1, max: 300 }),
			fc.boolean(),
			async (count, missing, isPaged) => {
				const rows = descending(count).map((id) => ({ id }));
				const total = count + missing;
				const { read } = claiming(rows, 100, () => ({ total, perPage: 100 }));
				const onIncomplete = jest.fn();
				const found = await collectRows(
					isPaged ? read : async () => await read(1, 100),
					Infinity,
					undefined,
					onIncomplete,
				);
				expect(found).toEqual(isPaged ? rows : rows.slice(0, 100));
				expect(onIncomplete.mock.calls).toEqual([[found.length, total]]);
			},
		),
		{ numRuns: 200 },
	);
});

test('rows that go while the list is read hide no other row', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 1, max: 450 }),
			fc.infiniteStream(fc.integer({ min: 0, max: 4 })),
			fc.integer({ min: 1, max: 6 }),
			fc.array(fc.nat(449), { minLength: 1, maxLength: 5 }),
			async (count, ticks, answers, places) => {
				const list = new GrowingList(count);
				let answered = 0;
				const read = list.fetch(
					() => ticks.next().value,
					() => {
						if (++answered === answers) {
							const gone = new Set(places.map((place) => list.rows[place]));
							list.rows = list.rows.filter((row) => !gone.has(row));
						}
						return 0;
					},
				);
				const onIncomplete = jest.fn();
				const found = new Set(ids(await collectRows(read, Infinity, undefined, onIncomplete)));
				expect(ids(list.rows).filter((id) => !found.has(id))).toEqual([]);
				expect(onIncomplete).not.toHaveBeenCalled();
			},
		),
		{ numRuns: 300 },
	);
});

test('rows that trade places between two pages are read when the list is read once more', async () => {
	const rows = descending(150).map((id) => ({ id }));
	const traded = [...rows];
	[traded[99], traded[100]] = [traded[100], traded[99]];
	let calls = 0;
	const read: FetchPage = async (page) => ({
		rows: (++calls === 2 ? traded : rows).slice((page - 1) * 100, page * 100),
		total: 150,
		lastPage: 2,
	});
	expect(ids(await collectRows(read, Infinity)).sort((a, b) => b - a)).toEqual(descending(150));
});

test('rows without an ID are given once though the list ends too early', async () => {
	const rows = [{ name: 'a' }, { name: 'a' }];
	const onIncomplete = jest.fn();
	const { read } = claiming(rows, 100, () => ({ total: 3 }));
	expect(await collectRows(read, Infinity, undefined, onIncomplete)).toEqual(rows);
	expect(onIncomplete).toHaveBeenCalledWith(2, 3);
});

test('a page that fails ends the reading with its error, and later pages are not asked for', async () => {
	const list = new GrowingList(10_000);
	const read = list.fetch();
	const failing: FetchPage = async (page, size) => {
		if (page === 3) throw new Error('page 3');
		return await read(page, size);
	};
	await expect(collectRows(failing, Infinity)).rejects.toThrow('page 3');
	expect(list.asked.length).toBeLessThan(20);
});
