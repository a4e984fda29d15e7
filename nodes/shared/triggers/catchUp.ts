import {
	OperationalError,
	sleep,
	type ITriggerFunctions,
	type ITriggerResponse,
} from 'n8n-workflow';
import { withLock } from '../transport/mutex';
import { emitAndWait, emitOnce, isKnown, lendEmit, type Event } from './emitOnce';
import { markProcessed, MAX_BATCH, triggerKey } from './processedItems';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** When a look at the start fails and no interval is chosen. */
const RETRY_DELAYS_MS = [1, 5, 15, 60].map((minutes) => minutes * MINUTE);
/** Runs started together; the next ones wait until these have begun. */
const MAX_CONCURRENT_STARTS = 10;

/** The payments in the look-back that no delivery brought and that are not known yet, oldest first. */
export type FindMissed = (
	this: ITriggerFunctions,
	isKnown: (id: string) => boolean,
) => Promise<Event[]>;

/** The beginning of the look-back in epoch ms. */
export function lookBackStart(context: ITriggerFunctions): number {
	return Date.now() - Number(context.getNodeParameter('additionalFields.lookBackHours', 24)) * HOUR;
}

/** Which of the IDs n8n's store does not know: a trigger cannot read it, but a run can. */
async function askStore(trigger: ITriggerFunctions, ids: string[]): Promise<string[]> {
	const answer = await emitAndWait(trigger, { json: {}, question: { ids } });
	if (!Array.isArray(answer?.unknown)) throw new OperationalError('n8n did not respond');
	return answer.unknown.map(String);
}

/**
 * Looks, when the workflow is published or n8n starts and then at the chosen interval, for payments
 * in SePay's list that no delivery brought, and starts the workflow for them. Whether a payment was
 * handled before n8n's last start only its store of processed items knows: about several payments in
 * question one run asks, which passes nothing on.
 */
export async function catchUpMissed(
	this: ITriggerFunctions,
	{ name, findMissed }: { name: string; findMissed: FindMissed },
): Promise<ITriggerResponse> {
	const key = triggerKey(this);
	let closed = false;
	const warn = (what: string, error: Error & { description?: string }) => {
		const why = [error.message, error.description].filter(Boolean).join(' ');
		this.logger.warn(`${name} could not ${what}: ${why}`, {
			workflowId: this.getWorkflow().id,
			nodeName: this.getNode().name,
		});
	};

	const start = async (events: Event[]) => {
		for (let first = 0; first < events.length && !closed; first += MAX_CONCURRENT_STARTS) {
			const starting = events.slice(first, first + MAX_CONCURRENT_STARTS).map(async (event) => {
				await emitOnce(this, event).catch((error) =>
					warn(`start an execution for ${event.id}`, error),
				);
			});
			await Promise.all(starting);
		}
	};
	const emitMissed = async () =>
		await withLock(`catching up of ${key}`, async () => {
			if (closed) return;
			const found = await findMissed.call(this, (id) => isKnown(key, id));
			if (found.length > MAX_BATCH) {
				this.logger.warn(
					`${name} found ${found.length} payments in the look-back period and takes only the newest ${MAX_BATCH}. Choose a shorter look-back period.`,
				);
			}
			const events = found.slice(-MAX_BATCH);
			if (closed || events.length < 2) return await start(events);
			this.logger.info(`${name} is checking ${events.length} payments for duplicates`);
			const ids = events.map(({ id }) => id);
			const unknown = new Set(await askStore(this, ids));
			const known = ids.filter((id) => !unknown.has(id));
			markProcessed(key, known);
			await start(events.filter(({ id }) => unknown.has(id)));
		});
	const tryToEmitMissed = async () =>
		await emitMissed().then(
			() => true,
			(error) => {
				warn('look for missed payments', error);
				return false;
			},
		);

	const response = lendEmit(this, async () => void (closed = true));
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

	return response;
}
