import type { ITriggerFunctions } from 'n8n-workflow';
import { emitOnce } from '../../../nodes/shared/triggers/emitOnce';
import {
	emitFaults,
	executions,
	processedItems,
	type TriggerWorkflow,
} from '../../harness/trigger';
import { waitUntil } from '../../sandbox/testing';
import { payload, post, signed, workflowOf } from './support';

const OK = { status: 201, text: '{"success":true}', type: 'application/json' };
const SECOND = 1000;

jest.setTimeout(120_000);

let workflow: TriggerWorkflow;
let url: string;

/** @param runsTrigger whether this is the process in which n8n runs triggers */
async function open(runsTrigger = true): Promise<void> {
	workflow = workflowOf(undefined, { setUp: 'byHand' });
	await listen(runsTrigger);
}

async function listen(runsTrigger: boolean): Promise<void> {
	url = `${await workflow.listen()}/webhook/${workflow.webhookId}/webhook`;
	if (runsTrigger) await workflow.startTrigger();
}

/** A new process of n8n with the same database. */
async function started(runsTrigger = true): Promise<void> {
	const { id, webhookId, runs } = workflow;
	await workflow.stop();
	await workflow.closeServer();
	const store = processedItems.get(`${id} n1`) ?? [];
	await jest.isolateModulesAsync(async () => {
		const { SePayTrigger } = await import('../../../nodes/SePayTrigger/SePayTrigger.node');
		workflow = workflowOf(undefined, { setUp: 'byHand' }, { id, webhookId });
		workflow.type = new SePayTrigger();
	});
	processedItems.set(`${id} n1`, store);
	workflow.runs = runs;
	await listen(runsTrigger);
}

beforeEach(() => executions.clear());

afterEach(async () => {
	jest.restoreAllMocks();
	for (const name of Object.keys(emitFaults)) delete emitFaults[name as keyof typeof emitFaults];
	await workflow.waitForRuns();
	await workflow.stop();
	await workflow.closeServer();
});

const send = async (id: number) => {
	const body = JSON.stringify(payload({ id }));
	return await post(url, body, signed(body));
};
const passed = async () => {
	await workflow.waitForRuns();
	return [...workflow.passed].sort((a, b) => Number(a) - Number(b));
};
/** Lets the clock run ahead. */
const later = (ms: number) =>
	jest.spyOn(Date, 'now').mockImplementation(() => performance.timeOrigin + performance.now() + ms);

test('n8n stores one execution for a payment, under a key of workflow, node and payment', async () => {
	await open();
	const answers = await Promise.all(Array.from({ length: 100 }, async () => await send(7)));
	expect(answers).toEqual(Array(100).fill(OK));
	expect(await passed()).toEqual([7]);
	expect(workflow.runs).toHaveLength(1);
	expect([...executions.keys()]).toEqual([`n8n-nodes-sepay:${workflow.id}:n1:7`]);
});

test('a payment in flight is not emitted again while n8n queues its execution', async () => {
	await open();
	emitFaults.isQueued = true;
	let begin!: () => void;
	emitFaults.beforeRun = async () => await new Promise<void>((resolve) => (begin = resolve));
	const first = send(7);
	await waitUntil(() => executions.size === 1);
	const [stored] = executions.values();
	const second = send(7);
	await new Promise((resolve) => setTimeout(resolve, 100));
	begin();
	expect(await Promise.all([first, second])).toEqual([OK, OK]);
	expect([...executions.values()]).toEqual([stored]);
	expect(await passed()).toEqual([7]);
});

test('a delivery that comes before its trigger runs waits for it', async () => {
	await open(false);
	const answer = send(7);
	await new Promise((resolve) => setTimeout(resolve, 200));
	expect(executions.size).toBe(0);
	await workflow.startTrigger();
	expect(await answer).toEqual(OK);
	expect(executions.size).toBe(1);
	expect(await passed()).toEqual([7]);
});

test('a process that runs no trigger waits once and then lets the store decide', async () => {
	await open(false);
	await started(false);
	const first = send(7);
	await new Promise((resolve) => setTimeout(resolve, 200));
	expect(workflow.runs).toEqual([]);
	later(16 * SECOND);
	expect(await first).toEqual(OK);
	jest.restoreAllMocks();
	const began = performance.now();
	expect([await send(7), await send(8)]).toEqual([OK, OK]);
	expect(performance.now() - began).toBeLessThan(5 * SECOND);
	expect(await passed()).toEqual([7, 8]);
	expect(executions.size).toBe(0);

	// Another process, such as a follower, that comes to lead.
	await workflow.startTrigger();
	expect(await send(9)).toEqual(OK);
	expect(executions.size).toBe(1);
});

test('catching up emits nothing that was delivered since it read the list', async () => {
	await open();
	const emitted: unknown[] = [];
	const trigger = {
		getWorkflow: () => ({ id: workflow.id }),
		getNode: () => ({ id: 'n1' }),
		helpers: {
			createDeferredPromise: () => {
				const deferred = {} as { promise: Promise<unknown>; resolve: (value: unknown) => void };
				deferred.promise = new Promise((resolve) => (deferred.resolve = resolve));
				return deferred;
			},
		},
		emit: (data: unknown, response: { resolve: (value: unknown) => void }) => {
			emitted.push(data);
			response.resolve({ body: { hasBegun: true } });
		},
	} as unknown as ITriggerFunctions;
	for (let time = 0; time < 3; time++) await emitOnce(trigger, { id: '7', json: { id: 7 } });
	expect(emitted).toHaveLength(1);
});

test('n8n killed between storing an execution and beginning it: the repeat passes on, once', async () => {
	await open();
	emitFaults.beforeRun = async () => {
		throw new Error('n8n ends here');
	};
	void send(7).catch(() => undefined);
	await waitUntil(() => executions.size === 1);
	delete emitFaults.beforeRun;
	await started();
	expect([await send(7), await send(7)]).toEqual([OK, OK]);
	expect(await passed()).toEqual([7]);
	await started();
	expect(await send(7)).toEqual(OK);
	expect(await passed()).toEqual([7]);
});

test('what began before n8n was killed does not begin again, with or without its execution', async () => {
	await open();
	for (const id of [7, 8]) expect(await send(id)).toEqual(OK);
	expect(await passed()).toEqual([7, 8]);
	await started();
	executions.delete(`n8n-nodes-sepay:${workflow.id}:n1:8`);
	for (const id of [7, 8]) expect(await send(id)).toEqual(OK);
	expect(await passed()).toEqual([7, 8]);
	const { length } = workflow.runs;
	executions.clear();
	for (const id of [7, 8]) expect(await send(id)).toEqual(OK);
	expect(await passed()).toEqual([7, 8]);
	expect(workflow.runs).toHaveLength(length);
});

test('what version 0.1.0 recorded is known', async () => {
	await open();
	processedItems.set(`${workflow.id} n1`, ['passed 7', '7', 'claimed 7 a', 'passed 8', '8']);
	for (const id of [7, 8, 9]) expect(await send(id)).toEqual(OK);
	expect(await passed()).toEqual([9]);
});

test('a sender that has waited for 25 s is told to repeat, and the payment starts one run', async () => {
	await open();
	let begin!: () => void;
	emitFaults.beforeRun = async () => await new Promise<void>((resolve) => (begin = resolve));
	const fast = setTimeout;
	jest
		.spyOn(globalThis, 'setTimeout')
		.mockImplementation(((work: () => void, ms = 0) =>
			fast(work, ms >= SECOND ? ms / 20 : ms)) as never);
	expect(await send(7)).toMatchObject({ status: 500 });
	expect(workflow.logged).toEqual([expect.stringContaining('has not started it yet')]);
	const repeat = send(7);
	await new Promise((resolve) => fast(resolve, 100));
	begin();
	expect(await repeat).toEqual(OK);
	expect(await passed()).toEqual([7]);
});

test('what n8n cannot store is refused, and its repeat passes on', async () => {
	await open();
	emitFaults.beforeStore = async () => {
		throw new Error('The database is locked');
	};
	expect(await send(7)).toMatchObject({ status: 500 });
	delete emitFaults.beforeStore;
	expect(await send(7)).toEqual(OK);
	expect(await passed()).toEqual([7]);
});

test('a copy of the workflow, with the same node, starts clean', async () => {
	await open();
	expect(await send(7)).toEqual(OK);
	expect(await passed()).toEqual([7]);
	await workflow.stop();
	await workflow.closeServer();
	await open();
	expect(await send(7)).toEqual(OK);
	expect(await passed()).toEqual([7]);
	expect(executions.size).toBe(2);
});
