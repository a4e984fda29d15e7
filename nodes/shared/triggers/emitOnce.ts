import { createHash } from 'crypto';
import {
	OperationalError,
	sleep,
	type IDataObject,
	type IExecuteFunctions,
	type IExecuteResponsePromiseData,
	type INodeExecutionData,
	type IRun,
	type ITriggerFunctions,
	type ITriggerResponse,
	type IWebhookFunctions,
} from 'n8n-workflow';
import { isProcessed, markProcessed, newRunItem, triggerKey } from './processedItems';

export interface Event {
	id: string;
	/** By which it may be known as well. */
	alias?: string;
	json: IDataObject;
}

const SECOND = 1000;
/** After its start n8n takes deliveries before its triggers run. */
const TRIGGER_WAIT_MS = 15 * SECOND;
/** SePay waits 30 s for an answer. */
const ANSWER_WITHIN_MS = 25 * SECOND;
/** n8n keeps keys in a column of 255 characters. */
const MAX_ID_LENGTH = 100;

/** The triggers that run in this process, by {@link triggerKey}. */
const triggers = new Map<string, ITriggerFunctions>();
const waits = new Map<string, Promise<void>>();
/** Whether a wait was in vain while none ran: so it is in webhook processes and followers. */
let isWithoutTriggers = false;
/** What has been emitted and has not begun, by deduplication key. */
const inFlight = new Map<string, Promise<void>>();

/** What `trigger()` returns: it lends its `emitEvent` to the deliveries that this process takes. */
export function lendEmit(
	trigger: ITriggerFunctions,
	closeFunction?: () => Promise<void>,
): ITriggerResponse {
	const key = triggerKey(trigger);
	triggers.set(key, trigger);
	waits.delete(key);
	isWithoutTriggers = false;
	return {
		closeFunction: async () => {
			if (triggers.get(key) === trigger) triggers.delete(key);
			await closeFunction?.();
		},
	};
}

async function waitForTrigger(key: string): Promise<void> {
	const end = Date.now() + TRIGGER_WAIT_MS;
	while (!triggers.has(key) && Date.now() < end) await sleep(50);
	isWithoutTriggers = triggers.size === 0;
}

/** The trigger of the node that takes a delivery; undefined, at first after a wait, in a process without. */
export async function triggerOf(
	context: IWebhookFunctions,
): Promise<ITriggerFunctions | undefined> {
	const key = triggerKey(context);
	if (!triggers.has(key) && !isWithoutTriggers) {
		if (!waits.has(key)) waits.set(key, waitForTrigger(key));
		await waits.get(key);
	}
	return triggers.get(key);
}

const neverBegun = () => new OperationalError('The execution ended before it reached the trigger');

/** What runs in other processes have recorded is kept apart: a run must not find its own ID taken. */
const begun = (node: string) => `begun ${node}`;

/** Whether this process knows that a run for the ID has begun, wherever it runs. */
export function isKnown(node: string, id: string): boolean {
	return isProcessed(begun(node), id) || isProcessed(node, id);
}

/** Whether the trigger of the node runs in this process, and with it whatever it starts. */
export function hasTrigger(context: IExecuteFunctions): boolean {
	return triggers.has(triggerKey(context));
}

/** A run says to the trigger that started it that it has begun. */
export async function answerTrigger(context: IExecuteFunctions, answer = {}): Promise<void> {
	await context.sendResponse({ body: { ...answer, hasBegun: true } });
}

/**
 * Has n8n store an execution and waits until its run has begun.
 *
 * @param key by which n8n stores one execution only, as long as it keeps it
 * @returns what the run answers; undefined when n8n has an execution with the key
 * @throws OperationalError when the execution ended before it reached the node
 */
export async function emitAndWait(
	trigger: ITriggerFunctions,
	item: INodeExecutionData,
	key?: string,
): Promise<IDataObject | undefined> {
	const { createDeferredPromise } = trigger.helpers;
	const response = createDeferredPromise<IExecuteResponsePromiseData>();
	const done = createDeferredPromise<IRun>();
	trigger.emit([[item]], response, done, key);
	const begun = response.promise.then((answer) => {
		const body = Object(answer).body as IDataObject | undefined;
		if (!body?.hasBegun) throw neverBegun();
		return body;
	});
	const ended = done.promise.then((run?: IRun) => {
		if (run && run.status !== 'success') throw neverBegun();
		return run && {};
	});
	return await Promise.race([begun, ended]);
}

/**
 * Starts the workflow for an event that this process knows of no run for, and waits until the run
 * has begun. What comes with the same ID meanwhile waits for the same run: the key alone is no lock
 * before n8n runs what it stored.
 *
 * An n8n that was killed may have stored an execution that never began, and has the key all the
 * same. So the key does not decide about what this process has not seen begin: the event goes
 * on, and the run asks the store of processed items.
 *
 * @throws when n8n did not store the execution, or it never reached the node
 */
export async function emitOnce(trigger: ITriggerFunctions, event: Event): Promise<void> {
	const node = triggerKey(trigger);
	const { id, alias, json } = event;
	const ownId = id.length > MAX_ID_LENGTH ? createHash('sha256').update(id).digest('hex') : id;
	const key = `n8n-nodes-sepay:${node}:${ownId}`;
	const start = async () => {
		const item = () => ({ ...newRunItem(json), id, alias });
		const answer =
			(await emitAndWait(trigger, item(), key)) ?? (await emitAndWait(trigger, item()));
		const names = answer?.isRepeat ? [alias] : [id, alias];
		const known = names.filter((one) => one !== undefined);
		markProcessed(begun(node), known);
	};
	if (isKnown(node, id)) return;
	const started = inFlight.get(key) ?? start().finally(() => inFlight.delete(key));
	inFlight.set(key, started);
	await started;
}

/** The same for a delivery. @throws OperationalError as well when the sender has waited for too long */
export async function emitDelivery(trigger: ITriggerFunctions, event: Event): Promise<void> {
	let isSettled = false;
	const emitted = emitOnce(trigger, event).finally(() => (isSettled = true));
	const timeout = async () => {
		for (let waited = 0; waited < ANSWER_WITHIN_MS && !isSettled; waited += SECOND) {
			await sleep(SECOND);
		}
		throw new OperationalError('n8n has stored the execution but has not started it yet');
	};
	await Promise.race([emitted, timeout()]);
}
