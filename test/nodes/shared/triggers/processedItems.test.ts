import {
	claimNew,
	findUnprocessed,
	isProcessed,
	newRunItem,
	triggerKey,
} from '../../../../nodes/shared/triggers/processedItems';

/** n8n's store with a list in memory. */
function storeOf(list: string[] = []) {
	const store = {
		list,
		writes: 0,
		async checkProcessedAndRecord(items: unknown[], _scope: string, options: object) {
			store.writes++;
			const known = new Set(list);
			const fresh = items.filter((item) => !known.has(String(item)));
			list.push(...fresh.map(String));
			const { maxEntries } = options as { maxEntries: number };
			list.splice(0, list.length - maxEntries);
			return { new: fresh, processed: items.filter((item) => known.has(String(item))) };
		},
		async removeProcessed(items: unknown[]) {
			store.writes++;
			const gone = new Set(items);
			const left = list.filter((entry) => !gone.has(entry));
			list.length = 0;
			for (const entry of left) list.push(entry);
		},
	};
	return store as typeof store & Parameters<typeof claimNew>[1];
}

jest.setTimeout(120_000);

let runs = 0;
/** What a new run claims. */
const claims = (...ids: string[]) => ids.map((id) => ({ id, run: `run ${++runs}` }));

test('callers that come together share one write, and one ID goes to the first of them', async () => {
	const store = storeOf();
	const answers = await Promise.all([
		claimNew('together', store, claims('1'), { remember: 1000 }),
		claimNew('together', store, claims('1', '2'), { remember: 1000 }),
		claimNew('together', store, claims('2', '1'), { remember: 1000 }),
	]);
	expect(answers.map((fresh) => [...fresh])).toEqual([['1'], ['2'], []]);
	expect(store.writes).toBe(1);
	expect(store.list).toHaveLength(6);
	expect([isProcessed('together', '1'), isProcessed('together', '3')]).toEqual([true, false]);
	expect(isProcessed('another', '1')).toBe(false);
});

test('a question leaves the store as it was', async () => {
	const store = storeOf();
	await claimNew('question', store, claims('1', '2'), { remember: 1000 });
	const before = [...store.list];
	expect(await findUnprocessed('question', store, ['1', '3', '2', '4'], 1000)).toEqual(['3', '4']);
	expect(store.list).toEqual(before);
	expect([...(await claimNew('question', store, claims('3'), { remember: 1000 }))]).toEqual(['3']);
});

test('as many are remembered as asked for, also while a large question is put', async () => {
	const store = storeOf();
	const ids = Array.from({ length: 1000 }, (_, index) => `${index}`);
	await claimNew('many', store, claims(...ids), { remember: 1000 });
	const others = Array.from({ length: 5000 }, (_, index) => `other ${index}`);
	await findUnprocessed('many', store, others, 1000);
	expect(store.list).toEqual(expect.arrayContaining(ids));
});

test('the run that claimed an ID has it again when it is repeated, others do not', async () => {
	const list: string[] = [];
	/** A new process of n8n with the same store. */
	const started = async () => {
		let processedItems!: typeof import('../../../../nodes/shared/triggers/processedItems');
		await jest.isolateModulesAsync(async () => {
			processedItems = await import('../../../../nodes/shared/triggers/processedItems');
		});
		return async (run: string, isRepeated: boolean, remember = 1000) => {
			const claim = [{ id: '1', run }];
			return [
				...(await processedItems.claimNew('again', storeOf(list), claim, { remember, isRepeated })),
			];
		};
	};
	let ask = await started();
	const together = await Promise.all([ask('cut', true), ask('first', false), ask('late', true)]);
	expect(together).toEqual([['1'], [], []]);
	expect([await ask('cut', true), await ask('cut', true)]).toEqual([['1'], ['1']]);
	ask = await started();
	expect([await ask('new', false), await ask('new', true)]).toEqual([[], []]);
	expect([await ask('first', true), await ask('late', true)]).toEqual([[], []]);
	expect(await ask('cut', true)).toEqual(['1']);
	expect(list).toHaveLength(3);
});

test('what this process has recorded costs no write', async () => {
	const store = storeOf();
	await claimNew('known', store, claims('1'), { remember: 1000 });
	expect([...(await claimNew('known', store, claims('1'), { remember: 1000 }))]).toEqual([]);
	expect(store.writes).toBe(1);
});

test('a trigger is a node of a workflow, and each run has a name of its own', () => {
	const context = { getWorkflow: () => ({ id: 'w' }), getNode: () => ({ id: 'n' }) };
	expect(triggerKey(context as never)).toBe('w:n');
	const [one, other] = [newRunItem({ id: 1 }), newRunItem({ id: 1 })];
	expect(one).toEqual({ json: { id: 1 }, run: expect.stringMatching(/^[0-9a-f-]{36}$/) });
	expect(one.run).not.toBe(other.run);
});

test('a question is answered with all IDs when one before it was cut, and what it left is gone', async () => {
	const store = storeOf(['open question', 'passed 1', '1']);
	expect(await findUnprocessed('cut', store, ['1', '2'], 1000)).toEqual(['1', '2']);
	expect(store.list).toEqual(['1']);
	expect(isProcessed('cut', '1')).toBe(false);
	await claimNew('cut', store, claims('3'), { remember: 1000 });
	expect(await findUnprocessed('cut', store, ['3', '4'], 1000)).toEqual(['4']);
	expect(isProcessed('cut', '4')).toBe(false);
});

test.each([
	['UNIQUE constraint failed', 2, ['1']],
	['duplicate key value', 2, ['1']],
	['The database is locked', 1, 'The database is locked'],
])('a store that fails once with "%s" is written %i times', async (message, writes, outcome) => {
	const store = storeOf();
	const record = jest.spyOn(store, 'checkProcessedAndRecord');
	record.mockRejectedValueOnce(new Error(message));
	const claimed = claimNew(`failing ${message}`, store, claims('1'), { remember: 1000 });
	expect(
		await claimed.then(
			(accepted) => [...accepted],
			(error: Error) => error.message,
		),
	).toEqual(outcome);
	expect(record).toHaveBeenCalledTimes(writes);
});

describe('what another process may overwrite', () => {
	beforeEach(() => jest.useFakeTimers());
	afterEach(() => jest.useRealTimers());
	const options = { remember: 1000, isShared: true };

	test('is looked at until it has stood for a second, and written again meanwhile', async () => {
		const store = storeOf();
		const [claim] = claims('1');
		await claimNew('shared', store, [claim], options);
		const written = [...store.list];
		store.list.length = 0;
		await jest.advanceTimersByTimeAsync(1000);
		expect([store.writes, store.list]).toEqual([1, []]);
		await jest.advanceTimersByTimeAsync(200);
		expect([store.writes, store.list]).toEqual([2, written]);
		store.list.length = 0;
		await jest.advanceTimersByTimeAsync(1200);
		expect([store.writes, store.list]).toEqual([3, written]);
		await jest.advanceTimersByTimeAsync(60_000);
		expect(store.writes).toBe(4);
		expect(jest.getTimerCount()).toBe(0);
	});

	test('is looked at by one who looks at what comes later as well, but not at what was refused', async () => {
		const store = storeOf(['1']);
		expect([...(await claimNew('later', store, claims('1'), options))]).toEqual([]);
		await jest.advanceTimersByTimeAsync(500);
		expect([...(await claimNew('later', store, claims('2'), options))]).toEqual(['2']);
		const { writes } = store;
		store.list.length = 0;
		await jest.advanceTimersByTimeAsync(1200);
		expect(store.writes).toBe(writes + 1);
		expect(store.list.filter((entry) => entry.startsWith('claimed'))).toHaveLength(1);
		expect(store.list).toEqual(expect.arrayContaining(['passed 1', '1', 'passed 2', '2']));
		await jest.advanceTimersByTimeAsync(60_000);
		expect(store.writes).toBeLessThan(writes + 5);
	});

	test('is looked at no more than once for no claim at all', async () => {
		const store = storeOf();
		await claimNew('none', store, [], options);
		await jest.advanceTimersByTimeAsync(60_000);
		expect(store.writes).toBe(0);
	});
});

describe('what is remembered for its time', () => {
	const DAY = 24 * 60 * 60 * 1000;
	const ids = (day: number, count: number) =>
		claims(...Array.from({ length: count }, (_, index) => `day ${day}: ${index}`));
	let processedItems: typeof import('../../../../nodes/shared/triggers/processedItems');

	beforeEach(async () => {
		jest.useFakeTimers({
			now: Date.UTC(2026, 0, 1),
			doNotFake: ['nextTick', 'queueMicrotask', 'setTimeout'],
		});
		await jest.isolateModulesAsync(async () => {
			processedItems = await import('../../../../nodes/shared/triggers/processedItems');
		});
	});
	afterEach(() => void jest.useRealTimers());

	test('the IDs of seven days, also when they are more than asked for; not those before', async () => {
		const store = storeOf();
		for (let day = 0; day < 20; day++) {
			await processedItems.claimNew('days', store, ids(day, 4000), { remember: 1000 });
			jest.advanceTimersByTime(DAY);
		}
		for (let day = 19; day > 13; day--) {
			expect([
				...(await processedItems.claimNew('days', store, ids(day, 4000), { remember: 1000 })),
			]).toEqual([]);
			expect(processedItems.isProcessed('days', `day ${day}: 0`)).toBe(true);
		}
		expect(processedItems.isProcessed('days', 'day 11: 0')).toBe(false);
		expect(store.list.length).toBeLessThan(3 * 9 * 4000 + 5002);
		expect(
			(await processedItems.claimNew('days', store, ids(3, 10), { remember: 1000 })).size,
		).toBe(10);
	});

	test('what another process recorded, as it may be of these days', async () => {
		const store = storeOf();
		await processedItems.claimNew('restarted', store, ids(0, 30_000), { remember: 1000 });
		await jest.isolateModulesAsync(async () => {
			processedItems = await import('../../../../nodes/shared/triggers/processedItems');
		});
		await processedItems.claimNew('restarted', store, ids(1, 10), { remember: 1000 });
		expect([
			...(await processedItems.claimNew('restarted', store, ids(0, 30_000), { remember: 1000 })),
		]).toEqual([]);
	});

	test('fifty thousand at the most, unless more are asked for', async () => {
		for (const [remember, kept] of [
			[1000, 50_000],
			[60_000, 60_000],
		]) {
			const store = storeOf();
			for (let part = 0; part < 8; part++) {
				await processedItems.claimNew(`bound ${remember}`, store, ids(part, 10_000), {
					remember: remember,
				});
			}
			expect(store.list.length).toBe(3 * kept + processedItems.MAX_BATCH + 1);
		}
	});
});
