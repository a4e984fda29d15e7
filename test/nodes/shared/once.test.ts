import { isRecorded, notRecorded, recordNew } from '../../../nodes/shared/once';

/** n8n's store with a list in memory. */
function storeOf(list: string[] = []) {
	const store = {
		list,
		writes: 0,
		async checkProcessedAndRecord(items: unknown[], _scope: string, options: object) {
			store.writes++;
			const fresh = items.filter((item) => !list.includes(String(item)));
			list.push(...fresh.map(String));
			const { maxEntries } = options as { maxEntries: number };
			list.splice(0, list.length - maxEntries);
			return { new: fresh, processed: items.filter((item) => !fresh.includes(item)) };
		},
		async removeProcessed(items: unknown[]) {
			store.writes++;
			for (const item of items) list.splice(list.indexOf(String(item)), 1);
		},
	};
	return store as typeof store & Parameters<typeof recordNew>[1];
}

test('callers that come together share one write, and one ID goes to the first of them', async () => {
	const store = storeOf();
	const answers = await Promise.all([
		recordNew('together', store, ['1'], 1000),
		recordNew('together', store, ['1', '2'], 1000),
		recordNew('together', store, ['2', '1'], 1000),
	]);
	expect(answers.map((fresh) => [...fresh])).toEqual([['1'], ['2'], []]);
	expect(store.writes).toBe(1);
	expect([isRecorded('together', '1'), isRecorded('together', '3')]).toEqual([true, false]);
	expect(isRecorded('another', '1')).toBe(false);
});

test('a question leaves the store as it was', async () => {
	const store = storeOf();
	await recordNew('question', store, ['1', '2'], 1000);
	const before = [...store.list];
	expect(await notRecorded('question', store, ['1', '3', '2', '4'], 1000)).toEqual(['3', '4']);
	expect(store.list).toEqual(before);
	expect([...(await recordNew('question', store, ['3'], 1000))]).toEqual(['3']);
});

test('as many are remembered as asked for, also while a large question is put', async () => {
	const store = storeOf();
	const ids = Array.from({ length: 1000 }, (_, index) => `${index}`);
	await recordNew('many', store, ids, 1000);
	const others = Array.from({ length: 5000 }, (_, index) => `other ${index}`);
	await notRecorded('many', store, others, 1000);
	expect([...(await recordNew('many', store, ids, 1000))]).toEqual([]);
});
