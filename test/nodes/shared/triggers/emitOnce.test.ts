import type {
	IDataObject,
	IExecuteFunctions,
	ITriggerFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import {
	answerTrigger,
	emitAndWait,
	emitDelivery,
	emitOnce,
	hasTrigger,
	isKnown,
	lendEmit,
	triggerOf,
} from '../../../../nodes/shared/triggers/emitOnce';

const SECOND = 1000;
const NEVER_BEGUN = 'The execution ended before it reached the trigger';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** What n8n makes of an execution. */
type Outcome = { answer?: unknown; run?: unknown; error?: Error };

function createDeferredPromise() {
	let resolve!: (value: unknown) => void;
	let reject!: (error: Error) => void;
	const promise = new Promise((...settle) => ([resolve, reject] = settle));
	return { promise, resolve, reject };
}

let nodes = 0;

/** A trigger whose executions end as each is told to, the last way for all others. */
function newTrigger(...outcomes: Outcome[]) {
	const node = `n${++nodes}`;
	const emitted: Array<{ item: IDataObject; key?: string }> = [];
	const trigger = {
		getWorkflow: () => ({ id: 'w' }),
		getNode: () => ({ id: node }),
		helpers: { createDeferredPromise },
		emit(
			[[item]]: IDataObject[][],
			response: ReturnType<typeof createDeferredPromise>,
			done: ReturnType<typeof createDeferredPromise>,
			key?: string,
		) {
			emitted.push({ item, key });
			const outcome = outcomes.length > 1 ? outcomes.shift()! : outcomes[0];
			if ('answer' in outcome) response.resolve(outcome.answer);
			if ('run' in outcome) done.resolve(outcome.run);
			if (outcome.error) done.reject(outcome.error);
		},
	} as unknown as ITriggerFunctions & IExecuteFunctions & IWebhookFunctions;
	return { trigger, emitted, key: `w:${node}` };
}

const begun = (fields = {}) => ({ answer: { body: { hasBegun: true, ...fields } } });
const none = { run: undefined };

describe('an execution', () => {
	const wait = async (outcome: Outcome) =>
		await emitAndWait(newTrigger(outcome).trigger, { json: {} });

	test.each([
		['has begun', begun({ unknown: ['1'] }), { hasBegun: true, unknown: ['1'] }],
		['is there already', none, undefined],
		['has ended well', { run: { status: 'success' } }, {}],
	])('that %s', async (_name, outcome, answer) => expect(await wait(outcome)).toEqual(answer));

	test.each([
		['ended with another answer', { answer: { body: {} } }, NEVER_BEGUN],
		['ended with no body', { answer: { statusCode: 200 } }, NEVER_BEGUN],
		['ended with no answer', { answer: undefined }, NEVER_BEGUN],
		['failed', { run: { status: 'error' } }, NEVER_BEGUN],
		['was not stored', { error: new Error('The database is locked') }, 'The database is locked'],
	])('that %s is told', async (_name, outcome, message) => {
		await expect(wait(outcome)).rejects.toThrow(message);
	});

	test('answers from its run', async () => {
		const sendResponse = jest.fn();
		const context = { sendResponse } as unknown as IExecuteFunctions;
		await answerTrigger(context, { isRepeat: true });
		await answerTrigger(context);
		expect(sendResponse.mock.calls).toEqual([
			[{ body: { isRepeat: true, hasBegun: true } }],
			[{ body: { hasBegun: true } }],
		]);
	});
});

describe('an event', () => {
	test.each([
		['7', '7'],
		['7'.repeat(100), '7'.repeat(100)],
		['7'.repeat(101), expect.stringMatching(/^[0-9a-f]{64}$/)],
	])('with the ID %s has it in its key', async (id, inKey) => {
		const { trigger, emitted, key: node } = newTrigger(begun());
		await emitOnce(trigger, { id, json: { a: 1 } });
		const [{ item, key }] = emitted;
		const prefix = `n8n-nodes-sepay:${node}:`;
		expect([key!.slice(0, prefix.length), key!.slice(prefix.length)]).toEqual([prefix, inKey]);
		expect(item).toEqual({ json: { a: 1 }, run: expect.any(String), id, alias: undefined });
	});

	test('is emitted without the key where n8n has one with it, and known by both names then', async () => {
		const { trigger, emitted, key } = newTrigger(none, begun());
		const event = { id: '7', alias: 'a', json: {} };
		await emitOnce(trigger, event);
		expect(emitted.map((one) => one.key)).toEqual([`n8n-nodes-sepay:${key}:7`, undefined]);
		expect(emitted[0].item.run).not.toBe(emitted[1].item.run);
		expect(['7', 'a', 'b'].map((id) => isKnown(key, id))).toEqual([true, true, false]);
		await emitOnce(trigger, event);
		expect(emitted).toHaveLength(2);
	});

	test('that the run found to be a repeat is known by its other name only', async () => {
		const { trigger, key } = newTrigger(begun({ isRepeat: true }));
		await emitOnce(trigger, { id: '7', alias: 'a', json: {} });
		expect(['7', 'a'].map((id) => isKnown(key, id))).toEqual([false, true]);
	});

	test('of which n8n tells nothing either time counts as begun', async () => {
		const { trigger, key } = newTrigger(none);
		await emitOnce(trigger, { id: '7', json: {} });
		expect(isKnown(key, '7')).toBe(true);
	});

	test('that comes again before its run has begun waits for the same run', async () => {
		const { trigger, emitted } = newTrigger({});
		const event = { id: '7', json: {} };
		for (let time = 0; time < 2; time++) void emitOnce(trigger, event);
		await jest.advanceTimersByTimeAsync(0);
		expect(emitted).toHaveLength(1);
	});

	test('that could not be started is emitted again', async () => {
		const { trigger, emitted } = newTrigger({ error: new Error('locked') }, begun());
		const event = { id: '7', json: {} };
		await expect(emitOnce(trigger, event)).rejects.toThrow('locked');
		await emitOnce(trigger, event);
		expect(emitted).toHaveLength(2);
	});

	test('of a delivery is waited for as long as its sender waits', async () => {
		const late = jest.fn();
		const { trigger } = newTrigger({});
		emitDelivery(trigger, { id: '7', json: {} }).catch(late);
		await jest.advanceTimersByTimeAsync(24.9 * SECOND);
		expect(late).not.toHaveBeenCalled();
		await jest.advanceTimersByTimeAsync(0.2 * SECOND);
		expect(late).toHaveBeenCalledWith(
			expect.objectContaining({
				message: 'n8n has stored the execution but has not started it yet',
			}),
		);
	});

	test('of a delivery that has begun leaves nothing that runs on', async () => {
		await emitDelivery(newTrigger(begun()).trigger, { id: '7', json: {} });
		await jest.advanceTimersByTimeAsync(SECOND);
		expect(jest.getTimerCount()).toBe(0);
	});
});

describe('the trigger of a delivery', () => {
	let one: ReturnType<typeof newTrigger>['trigger'];
	let other: typeof one;
	const ends: Array<ReturnType<typeof lendEmit>['closeFunction']> = [];
	function lend(trigger: typeof one, close?: () => Promise<void>) {
		const { closeFunction } = lendEmit(trigger, close);
		ends.push(closeFunction);
		return closeFunction!;
	}
	beforeEach(async () => {
		[one, other] = [newTrigger(none).trigger, newTrigger(none).trigger];
		// So that it is not known whether triggers run.
		await lend(one)();
	});
	afterEach(async () => {
		for (const end of ends.splice(0)) await end!();
	});

	/** What is found within so many ms; undefined while it is waited for. */
	async function foundIn(ms: number) {
		const found = jest.fn();
		void triggerOf(one).then(found);
		await jest.advanceTimersByTimeAsync(ms);
		return found.mock.calls[0];
	}

	test('is there from its start to its end', async () => {
		const close = jest.fn();
		const end = lend(one, close);
		expect([hasTrigger(one), hasTrigger(other)]).toEqual([true, false]);
		expect(await foundIn(0)).toEqual([one]);
		await end();
		expect(close).toHaveBeenCalledTimes(1);
		expect(hasTrigger(one)).toBe(false);
	});

	test('that was started again outlives the end of the one before', async () => {
		const end = lend(one);
		lend({ ...one });
		await end();
		expect(hasTrigger(one)).toBe(true);
	});

	test('that starts meanwhile is waited for', async () => {
		expect(await foundIn(14 * SECOND)).toBeUndefined();
		lend(one);
		expect(await foundIn(0)).toEqual([one]);
	});

	test('is waited for 15 s, once, where none runs', async () => {
		expect(await foundIn(14.9 * SECOND)).toBeUndefined();
		expect(await foundIn(0.2 * SECOND)).toEqual([undefined]);
		expect(await foundIn(0)).toEqual([undefined]);
		const found = jest.fn();
		void triggerOf(other).then(found);
		await jest.advanceTimersByTimeAsync(0);
		expect(found).toHaveBeenCalledWith(undefined);
	});

	test('is waited for once a node where others run, and again after it has run', async () => {
		lend(other);
		expect(await foundIn(14.9 * SECOND)).toBeUndefined();
		expect(await foundIn(0.2 * SECOND)).toEqual([undefined]);
		expect(await foundIn(0)).toEqual([undefined]);
		await lend(one)();
		expect(await foundIn(16 * SECOND)).toEqual([undefined]);
		const found = jest.fn();
		void triggerOf(newTrigger(none).trigger).then(found);
		await jest.advanceTimersByTimeAsync(14 * SECOND);
		expect(found).not.toHaveBeenCalled();
	});
});
