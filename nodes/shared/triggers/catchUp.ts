import {
	sleep,
	type IDataObject,
	type ITriggerFunctions,
	type ITriggerResponse,
} from 'n8n-workflow';
import { withLock } from '../transport/mutex';
import { isProcessed, MAX_BATCH, newRunItem, triggerKey } from './processedItems';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** When a look at the start fails and no interval is chosen. */
const RETRY_DELAYS_MS = [1, 5, 15, 60].map((minutes) => minutes * MINUTE);
/** Runs started together, and how long the next ones wait for them. */
const MAX_CONCURRENT_STARTS = 10;
const MAX_WAIT_MS = 2000;

/** Where a trigger finds the payments that no delivery brought. */
export interface MissedPaymentsSource {
	/** The trigger, as the log names it. */
	name: string;
	/** The ID by which the payment of an item is passed on once. */
	idOf(this: ITriggerFunctions, json: IDataObject): string | undefined;
	/** The items of the payments in the look-back that are not yet recorded, oldest first. */
	findMissed(this: ITriggerFunctions, isRecorded: (id: string) => boolean): Promise<IDataObject[]>;
}

/** Starts the workflow for each of the items by itself; by trigger, in this process. */
const emitters = new Map<string, (items: IDataObject[]) => void>();

/** Hands payments that were asked about back to the trigger; false when it lives in another process. */
export function emitEach(key: string, items: IDataObject[]): boolean {
	const emitter = emitters.get(key);
	emitter?.(items);
	return emitter !== undefined;
}

/** The beginning of the look-back in epoch ms. */
export function lookBackStart(context: ITriggerFunctions): number {
	return Date.now() - Number(context.getNodeParameter('additionalFields.lookBackHours', 24)) * HOUR;
}

/**
 * Looks, when the workflow is published or n8n starts and then at the chosen interval, for payments
 * in SePay's list that no delivery brought, and starts the workflow for them. Whether a payment was
 * handled before n8n's last start only its store of processed items knows, which a trigger cannot
 * read: several payments in question go into one run, and the node's `execute` asks.
 */
export async function catchUpMissed(
	this: ITriggerFunctions,
	{ name, idOf, findMissed }: MissedPaymentsSource,
): Promise<ITriggerResponse> {
	const key = triggerKey(this);
	const isKnown = (id: string) => isProcessed(key, id);
	let closed = false;

	const start = async (items: IDataObject[]) => {
		for (let first = 0; first < items.length && !closed; first += MAX_CONCURRENT_STARTS) {
			const some = items.slice(first, first + MAX_CONCURRENT_STARTS);
			for (const json of some) this.emit([[newRunItem(json)]]);
			const until = Date.now() + MAX_WAIT_MS;
			const ids = some.map((json) => String(idOf.call(this, json)));
			while (!ids.every(isKnown) && Date.now() < until) await sleep(20);
		}
	};
	const emitter = (items: IDataObject[]) => void start(items);
	const emitMissed = async () =>
		await withLock(`catching up of ${key}`, async () => {
			if (closed) return;
			const items = await findMissed.call(this, isKnown);
			if (closed || items.length === 0) return;
			if (items.length > MAX_BATCH) {
				this.logger.warn(
					`${name} found ${items.length} payments in the look-back and takes the newest ${MAX_BATCH}: choose a shorter look-back`,
				);
			}
			const batch = items.slice(-MAX_BATCH);
			if (batch.length > 1) this.logger.info(`${name} asks about ${batch.length} payments`);
			this.emit([batch.map(newRunItem)]);
		});
	const tryToEmitMissed = async () =>
		await emitMissed().then(
			() => true,
			(error) => {
				const why = [error.message, error.description].filter(Boolean).join(' ');
				this.logger.warn(`${name} could not look for missed payments: ${why}`, {
					workflowId: this.getWorkflow().id,
					nodeName: this.getNode().name,
				});
				return false;
			},
		);

	emitters.set(key, emitter);
	const isRepeated = this.getNodeParameter('catchUp') === 'interval';
	if (isRepeated) {
		const minutes = Number(this.getNodeParameter('catchUpMinutes'));
		const second = Math.floor(Math.random() * 60);
		const expression =
			minutes < 60 ? (`${second} */${minutes} * * * *` as const) : (`${second} 0 * * * *` as const);
		this.helpers.registerCron({ expression }, () => void tryToEmitMissed());
	}
	// Not awaited: n8n waits for the trigger before it calls the workflow published.
	void (async () => {
		let done = await tryToEmitMissed();
		for (const delay of isRepeated ? [] : RETRY_DELAYS_MS) {
			if (done) return;
			// In short pieces, so that a trigger that was closed does not live on.
			for (let waited = 0; waited < delay && !closed; waited += SECOND) await sleep(SECOND);
			if (!closed) done = await tryToEmitMissed();
		}
	})();

	return {
		closeFunction: async () => {
			closed = true;
			if (emitters.get(key) === emitter) emitters.delete(key);
		},
	};
}
