import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { collectRows, readPages, type FetchPage, type Page } from '../../../nodes/shared/paging';

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

test('an empty page ends the list whatever the totals say', async () => {
	let calls = 0;
	const empty: FetchPage = async () => (calls++, { rows: [], total: 5, lastPage: 5, perPage: 0 });
	expect(await collectRows(empty, 10)).toEqual([]);
	expect(calls).toBe(1);
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
