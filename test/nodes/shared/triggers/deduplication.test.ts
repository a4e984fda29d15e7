import type { IDataObject, IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';
import { dropProcessed, startsOnce } from '../../../../nodes/shared/triggers/deduplication';
import { lendEmit } from '../../../../nodes/shared/triggers/emitOnce';
import { newRunItem } from '../../../../nodes/shared/triggers/processedItems';

let nodes = 0;

/** A node whose runs have n8n's store in memory; `list` is what it holds. */
function newNode(parameters: IDataObject = { deduplicate: true }) {
	const node = `n${++nodes}`;
	const list: string[] = [];
	const sizes = new Set<number>();
	const answers: unknown[] = [];
	const read = jest.fn((name: string, _item: number, other?: unknown) => parameters[name] ?? other);
	const helpers = {
		async checkProcessedAndRecord(items: string[], _scope: string, options: IDataObject) {
			sizes.add(Number(options.maxEntries));
			const fresh = items.filter((item) => !list.includes(item));
			list.push(...fresh);
			return { new: fresh, processed: [] };
		},
		async removeProcessed(items: string[]) {
			const left = list.filter((item) => !items.includes(item));
			list.splice(0, list.length, ...left);
		},
	};
	const contextOf = (input: object[], mode: string) =>
		({
			getInputData: () => input,
			getMode: () => mode,
			getNodeParameter: read,
			getWorkflow: () => ({ id: 'w' }),
			getNode: () => ({ id: node }),
			sendResponse: async ({ body }: { body: object }) => void answers.push(body),
			helpers,
		}) as unknown as IExecuteFunctions;
	/** The IDs that pass. */
	const run = async (input: object[], mode = 'trigger') => {
		const [passed] = await dropProcessed.call(contextOf(input, mode));
		return passed.map(({ json }) => json.id);
	};
	return { run, contextOf, list, sizes, answers };
}

/** What a delivery starts a run with. */
const delivered = (id: string, alias?: string) => ({ ...newRunItem({ id }), id, alias });

test.each([
	['webhook', true, true],
	['trigger', true, true],
	['manual', true, false],
	['webhook', false, false],
	['webhook', 'true', false],
])('in %s with %j a delivery starts once: %j', (mode, deduplicate, once) => {
	const context = { getMode: () => mode, getNodeParameter: () => deduplicate };
	expect(startsOnce(context as unknown as IWebhookFunctions)).toBe(once);
});

test.each(['webhook', 'trigger', 'retry'])('in %s each ID passes once', async (mode) => {
	const { run } = newNode();
	expect(await run([delivered('1'), delivered('2'), delivered('1')], mode)).toEqual(['1', '2']);
	expect(await run([delivered('2'), delivered('3')], mode)).toEqual(['3']);
});

test.each([
	['manual', { deduplicate: true }],
	['trigger', { deduplicate: false }],
])('in %s with %j all pass and none is recorded', async (mode, parameters) => {
	const { run, list, answers } = newNode(parameters);
	for (let time = 0; time < 2; time++) expect(await run([delivered('1')], mode)).toEqual(['1']);
	expect(list).toEqual([]);
	const begun = { isRepeat: false, hasBegun: true };
	expect(answers).toEqual(mode === 'trigger' ? [begun, begun] : []);
});

test('a run that is repeated passes again, unless another one took its payment', async () => {
	const { run } = newNode();
	const [first, second] = [delivered('1'), delivered('1')];
	expect([await run([first]), await run([first]), await run([second])]).toEqual([['1'], [], []]);
	expect([await run([first], 'retry'), await run([second], 'retry')]).toEqual([['1'], []]);
});

test('items that carry no ID have the one that the node gives, or pass', async () => {
	const { contextOf, list } = newNode();
	const idOf = function (this: IExecuteFunctions, { id }: IDataObject) {
		return this.getMode() === 'trigger' && id ? `own ${String(id)}` : undefined;
	};
	const ids = async (...input: object[]) =>
		(await dropProcessed.call(contextOf(input, 'trigger'), idOf))[0].map(
			({ json }) => json.id ?? 'none',
		);
	const [one, none] = [newRunItem({ id: '1' }), newRunItem({})];
	expect(await ids(one, none)).toEqual(['1', 'none']);
	expect(await ids(newRunItem({ id: '1' }), none)).toEqual(['none']);
	expect(list).toContain('own 1');
	const { run, list: other } = newNode();
	for (let time = 0; time < 2; time++) expect(await run([newRunItem({ id: '1' })])).toEqual(['1']);
	expect(other).toEqual([]);
});

test('what is known by its other name is a repeat, and told so to the trigger', async () => {
	const { run, list, answers } = newNode();
	expect(await run([delivered('1', 'a')])).toEqual(['1']);
	expect(list).toEqual(expect.arrayContaining(['a', '1']));
	expect(await run([delivered('2', 'a')])).toEqual([]);
	expect(list).not.toContain('2');
	expect(await run([delivered('3', 'b')], 'webhook')).toEqual(['3']);
	expect(answers).toEqual([
		{ isRepeat: false, hasBegun: true },
		{ isRepeat: true, hasBegun: true },
	]);
});

test('a question is answered with what is not recorded, and passes nothing on', async () => {
	const { contextOf, run, list, answers } = newNode();
	await run([delivered('1')]);
	const before = [...list];
	const question = { json: {}, question: { ids: ['1', '2'] } };
	expect(await dropProcessed.call(contextOf([question], 'trigger'))).toEqual([[]]);
	expect(answers[1]).toEqual({ unknown: ['2'], hasBegun: true });
	expect(list).toEqual(before);
});

test('as many payments are remembered as the node says, or 10,000', async () => {
	const remembered = { deduplicate: true, 'additionalFields.rememberedPayments': 150_000 };
	const [set, unset] = [newNode(remembered), newNode()];
	for (const { run } of [set, unset]) await run([delivered('1')]);
	expect([...set.sizes]).toEqual([3 * 150_000 + 5001]);
	// A young process takes all that it finds to be of the last days.
	expect([...unset.sizes]).toEqual([3 * 50_000 + 5001]);
});

test('only what other processes may overwrite is looked at again', async () => {
	jest.useFakeTimers();
	const [alone, shared] = [newNode(), newNode()];
	const { closeFunction } = lendEmit(alone.contextOf([], 'trigger') as never);
	for (const { run, list } of [alone, shared]) {
		expect(await run([delivered('1')])).toEqual(['1']);
		list.length = 0;
		await jest.advanceTimersByTimeAsync(5000);
	}
	expect(alone.list).toEqual([]);
	expect(shared.list).toContain('1');
	await closeFunction!();
	jest.useRealTimers();
});
