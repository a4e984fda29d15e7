import type { IDataObject, ITriggerFunctions } from 'n8n-workflow';
import { catchUpMissed, lookBackStart } from '../../../../nodes/shared/triggers/catchUp';
import { isKnown, type Event } from '../../../../nodes/shared/triggers/emitOnce';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

let nodes = 0;
const eventsOf = (...ids: string[]): Event[] => ids.map((id) => ({ id, json: { id } }));
const numbered = (count: number) => eventsOf(...Array.from({ length: count }, (_, at) => `${at}`));

/** A trigger that finds these events, or fails; its runs answer, unless they are held back. */
function newTrigger(parameters: IDataObject = { catchUp: 'onStart' }) {
	const node = `n${++nodes}`;
	const logged: string[] = [];
	const details: unknown[] = [];
	const emitted: string[] = [];
	const asked: unknown[] = [];
	const begins: Array<() => void> = [];
	const crons: Array<{ expression: string; run: () => void }> = [];
	const state = {
		looks: 0,
		found: [] as Event[],
		fails: undefined as Error | undefined,
		answer: undefined as object | undefined,
		isHeld: false,
		failing: '',
	};
	const trigger = {
		getWorkflow: () => ({ id: 'w' }),
		getNode: () => ({ id: node, name: 'Node' }),
		getNodeParameter: (name: string, other?: unknown) => parameters[name] ?? other,
		logger: {
			warn: (text: string, more: unknown) => (logged.push(text), details.push(more)),
			info: (text: string) => logged.push(text),
		},
		helpers: {
			createDeferredPromise: () => {
				let resolve!: (value: unknown) => void;
				let reject!: (error: Error) => void;
				const promise = new Promise((...settle) => ([resolve, reject] = settle));
				return { promise, resolve, reject };
			},
			registerCron: ({ expression }: { expression: string }, run: () => void) =>
				crons.push({ expression, run }),
		},
		emit(
			[[{ json, question }]]: IDataObject[][],
			{ resolve }: { resolve: (answer: object) => void },
			{ reject }: { reject: (error: Error) => void },
		) {
			if (question) {
				asked.push(question);
				return resolve({ body: { hasBegun: true, ...state.answer } });
			}
			const { id } = json as { id: string };
			emitted.push(id);
			if (id === state.failing) return reject(new Error('locked'));
			begins.push(() => resolve({ body: { hasBegun: true } }));
			if (!state.isHeld) begins.pop()!();
		},
	} as unknown as ITriggerFunctions;
	const source = {
		name: 'Shop Trigger',
		async findMissed(this: ITriggerFunctions, isKnownHere: (id: string) => boolean) {
			expect(this).toBe(trigger);
			state.looks++;
			if (state.fails) throw state.fails;
			return state.found.filter(({ id }) => !isKnownHere(id));
		},
	};
	const open = async () => {
		const { closeFunction } = await catchUpMissed.call(trigger, source);
		await jest.advanceTimersByTimeAsync(0);
		return closeFunction!;
	};
	return { trigger, state, open, logged, details, emitted, asked, begins, crons, key: `w:${node}` };
}

test.each([
	[undefined, 24],
	[2, 2],
])('with %j hours it looks %i hours back', (hours, back) => {
	const { trigger } = newTrigger({ 'additionalFields.lookBackHours': hours });
	expect(lookBackStart(trigger)).toBe(Date.now() - back * 60 * MINUTE);
});

test('nothing missed starts nothing, and is not looked for again', async () => {
	const { open, state, emitted, asked, logged, crons } = newTrigger();
	await open();
	await jest.advanceTimersByTimeAsync(120 * MINUTE);
	expect([state.looks, emitted, asked, logged, crons]).toEqual([1, [], [], [], []]);
});

test('one payment starts a run, which asks for itself', async () => {
	const { open, state, emitted, asked } = newTrigger();
	state.found = eventsOf('7');
	await open();
	expect([emitted, asked]).toEqual([['7'], []]);
});

test('of several n8n is asked which it knows, and the others start a run each', async () => {
	const { open, state, emitted, asked, logged, key } = newTrigger();
	state.found = eventsOf('7', '8', '9');
	state.answer = { unknown: ['9', 7] };
	await open();
	expect(asked).toEqual([{ ids: ['7', '8', '9'] }]);
	expect(emitted).toEqual(['7', '9']);
	expect(['7', '8', '9', '10'].map((id) => isKnown(key, id))).toEqual([true, true, true, false]);
	expect(logged).toEqual(['Shop Trigger is checking 3 payments for duplicates']);
});

test('ten runs are started together, and none any more once the trigger is closed', async () => {
	const { open, state, emitted, begins } = newTrigger();
	state.found = numbered(35);
	state.answer = { unknown: state.found.map(({ id }) => id) };
	state.isHeld = true;
	const close = await open();
	expect(emitted).toHaveLength(10);
	for (const begin of begins.splice(0)) begin();
	await jest.advanceTimersByTimeAsync(0);
	expect(emitted).toEqual(numbered(20).map(({ id }) => id));
	await close();
	for (const begin of begins.splice(0)) begin();
	await jest.advanceTimersByTimeAsync(0);
	expect(emitted).toHaveLength(20);
});

test('a run that cannot be started is told, and holds up no other', async () => {
	const { open, state, emitted, logged, details } = newTrigger();
	state.found = eventsOf('7', '8');
	state.answer = { unknown: ['7', '8'] };
	state.failing = '7';
	await open();
	await jest.advanceTimersByTimeAsync(120 * MINUTE);
	expect([emitted, state.looks]).toEqual([['7', '8'], 1]);
	expect(logged[1]).toBe('Shop Trigger could not start an execution for 7: locked');
	expect(details).toEqual([{ workflowId: 'w', nodeName: 'Node' }]);
});

test.each([
	[5000, 0],
	[5001, 1],
])('of %i payments all but the oldest %i are taken', async (count, left) => {
	const { open, state, asked, logged } = newTrigger();
	state.found = numbered(count);
	state.answer = { unknown: [] };
	await open();
	expect(asked).toEqual([
		{
			ids: numbered(count)
				.slice(left)
				.map(({ id }) => id),
		},
	]);
	expect(logged).toEqual([
		...(left
			? [
					'Shop Trigger found 5001 payments in the look-back period and takes only the newest 5000. Choose a shorter look-back period.',
				]
			: []),
		'Shop Trigger is checking 5000 payments for duplicates',
	]);
});

test('a look that fails is told, and repeated after 1, 5, 15 and 60 minutes', async () => {
	const { open, state, logged } = newTrigger();
	state.fails = Object.assign(new Error('refused'), { description: 'Reconnect.' });
	await open();
	expect(logged).toEqual(['Shop Trigger could not look for missed payments: refused Reconnect.']);
	const looks: number[] = [];
	for (const minutes of [0.9, 0.2, 4.8, 0.2, 14.8, 0.2, 59.8, 0.2, 120]) {
		await jest.advanceTimersByTimeAsync(minutes * MINUTE);
		looks.push(state.looks);
	}
	expect(looks).toEqual([1, 2, 2, 3, 3, 4, 4, 5, 5]);
});

test('a question that is not answered fails the look; the next one succeeds and is the last', async () => {
	const { open, state, emitted, logged } = newTrigger();
	state.found = eventsOf('7', '8');
	await open();
	expect(logged[1]).toBe('Shop Trigger could not look for missed payments: n8n did not respond');
	expect(emitted).toEqual([]);
	state.answer = { unknown: ['8'] };
	await jest.advanceTimersByTimeAsync(120 * MINUTE);
	expect([emitted, state.looks]).toEqual([['8'], 2]);
});

test('a trigger that is closed looks no more', async () => {
	const { open, state } = newTrigger();
	state.fails = new Error('refused');
	const close = await open();
	await close();
	await jest.advanceTimersByTimeAsync(SECOND);
	expect(jest.getTimerCount()).toBe(0);
	expect(state.looks).toBe(1);
});

test.each([
	[5, /^([1-5]?\d) \*\/5 \* \* \* \*$/],
	[30, /^([1-5]?\d) \*\/30 \* \* \* \*$/],
	[60, /^([1-5]?\d) 0 \* \* \* \*$/],
])('every %i minutes it looks again, which is why it repeats nothing', async (minutes, cron) => {
	const { open, state, crons, emitted } = newTrigger({
		catchUp: 'interval',
		catchUpMinutes: minutes,
	});
	state.fails = new Error('refused');
	const close = await open();
	await jest.advanceTimersByTimeAsync(120 * MINUTE);
	expect([state.looks, crons.length]).toEqual([1, 1]);
	expect(crons[0].expression).toMatch(cron);
	state.fails = undefined;
	state.found = eventsOf('7');
	crons[0].run();
	await jest.advanceTimersByTimeAsync(0);
	expect([state.looks, emitted]).toEqual([2, ['7']]);
	await close();
	crons[0].run();
	await jest.advanceTimersByTimeAsync(0);
	expect(state.looks).toBe(2);
});

test('the second of the look is any of a minute', async () => {
	const random = jest.spyOn(Math, 'random');
	for (const [value, second] of [
		[0, '0'],
		[0.999, '59'],
	] as const) {
		random.mockReturnValue(value);
		const { open, crons } = newTrigger({ catchUp: 'interval', catchUpMinutes: 5 });
		await open();
		expect(crons[0].expression.split(' ')[0]).toBe(second);
	}
	random.mockRestore();
});
