import {
	sleep,
	type IDataObject,
	type IHookFunctions,
	type ITriggerFunctions,
	type ITriggerResponse,
} from 'n8n-workflow';
import { inTurn } from '../shared/inTurn';
import { idsIn } from '../shared/locators';
import { byTime } from '../shared/newTransactions';
import { isRecorded, keyOf, MOST_ASKED, startOf } from '../shared/once';
import { collectRows, readPages } from '../shared/paging';
import { pageReader } from '../shared/sePay';
import { directionOf } from '../shared/transactions';
import { exactNumber, textOrNull, vietnamDay } from '../shared/values';
import { outputOf, passesFilters, paymentOf } from './payload';
import type { Kept } from './registration';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** When a look at the start fails and no interval is chosen. */
const NEXT_TRIES = [1, 5, 15, 60].map((minutes) => minutes * MINUTE);
/** Runs started together, and how long the next ones wait for them. */
const AT_ONCE = 10;
const LONGEST_WAIT_MS = 2000;

/** Starts the workflow for each of the items by itself; by trigger, in this process. */
const starters = new Map<string, (items: IDataObject[]) => void>();

/** Hands payments that were asked about back to the trigger; false when it lives in another process. */
export function startEach(key: string, items: IDataObject[]): boolean {
	const starter = starters.get(key);
	starter?.(items);
	return starter !== undefined;
}

/** Whether the node looks for payments that no delivery brought. */
export function catchesUp(context: IHookFunctions | ITriggerFunctions): boolean {
	return (
		context.getNodeParameter('setUp') === 'automatic' &&
		context.getNodeParameter('deduplicate') === true &&
		context.getNodeParameter('catchUp') !== 'off'
	);
}

/**
 * Looks, when the workflow is published or n8n starts and then at the chosen interval, for payments
 * in SePay's list that no delivery brought, and starts the workflow for them. Whether a payment was
 * handled before n8n's last start only its store of processed items knows, which a trigger cannot
 * read: several payments in question go into one run, and the node's `execute` asks.
 */
export async function catchUp(this: ITriggerFunctions): Promise<ITriggerResponse> {
	if (!catchesUp(this)) return {};
	const key = keyOf(this);
	let closed = false;

	const start = async (items: IDataObject[]) => {
		for (let first = 0; first < items.length && !closed; first += AT_ONCE) {
			const some = items.slice(first, first + AT_ONCE);
			for (const json of some) this.emit([[startOf(json)]]);
			const until = Date.now() + LONGEST_WAIT_MS;
			while (some.some(({ id }) => !isRecorded(key, String(id))) && Date.now() < until) {
				await sleep(20);
			}
		}
	};
	const starter = (items: IDataObject[]) => void start(items);
	const look = async () =>
		await inTurn(`catching up of ${key}`, async () => {
			if (closed) return;
			const items = await notDelivered.call(this, key);
			if (closed || items.length === 0) return;
			if (items.length > 1) this.logger.info(`SePay Trigger asks about ${items.length} payments`);
			this.emit([items.map(startOf)]);
		});
	const tryToLook = async () =>
		await look().then(
			() => true,
			(error) => {
				const why = [error.message, error.description].filter(Boolean).join(' ');
				this.logger.warn(`SePay Trigger could not look for missed payments: ${why}`, {
					workflowId: this.getWorkflow().id,
					nodeName: this.getNode().name,
				});
				return false;
			},
		);

	starters.set(key, starter);
	const isRepeated = this.getNodeParameter('catchUp') === 'interval';
	if (isRepeated) {
		const minutes = Number(this.getNodeParameter('catchUpMinutes'));
		const second = Math.floor(Math.random() * 60);
		const expression =
			minutes < 60 ? (`${second} */${minutes} * * * *` as const) : (`${second} 0 * * * *` as const);
		this.helpers.registerCron({ expression }, () => void tryToLook());
	}
	// Not awaited: n8n waits for the trigger before it calls the workflow published.
	void (async () => {
		let done = await tryToLook();
		for (const rest of isRepeated ? [] : NEXT_TRIES) {
			if (done) return;
			// In short pieces, so that a trigger that was closed does not live on.
			for (let waited = 0; waited < rest && !closed; waited += SECOND) await sleep(SECOND);
			if (!closed) done = await tryToLook();
		}
	})();

	return {
		closeFunction: async () => {
			closed = true;
			if (starters.get(key) === starter) starters.delete(key);
		},
	};
}

/** The items of the payments in the look-back that this process has not seen recorded, oldest first. */
async function notDelivered(this: ITriggerFunctions, key: string): Promise<IDataObject[]> {
	const { after } = this.getWorkflowStaticData('node') as Kept;
	if (after === undefined) return [];
	const hours = Number(this.getNodeParameter('additionalFields.lookBackHours', 24));
	const since = new Date(Date.now() - hours * HOUR);
	const sinceTime = new Date(since.getTime() + 7 * HOUR)
		.toISOString()
		.slice(0, 19)
		.replace('T', ' ');
	const isWanted = await wantedAtSePay.call(this);
	const request = { url: '/transactions', qs: { from_date: vietnamDay(since) } };
	const missing: IDataObject[] = [];
	for await (const rows of readPages(pageReader.call(this, request), Infinity)) {
		missing.push(
			...rows.filter(
				(row) =>
					Number(exactNumber(row.id)) > after &&
					!isRecorded(key, String(row.id)) &&
					String(row.transaction_date) >= sinceTime &&
					isWanted(row),
			),
		);
	}
	const items: IDataObject[] = [];
	for (const row of missing.sort(byTime)) {
		const payment = paymentOf(row);
		if (typeof payment === 'string') {
			this.logger.warn(`SePay Trigger left out transaction ${String(row.id)}: ${payment}`);
		} else if (passesFilters.call(this, payment)) {
			items.push(outputOf.call(this, payment));
		}
	}
	if (items.length > MOST_ASKED) {
		this.logger.warn(
			`SePay Trigger found ${items.length} payments in the look-back and takes the newest ${MOST_ASKED}: choose a shorter look-back`,
		);
	}
	return items.slice(-MOST_ASKED);
}

/** What SePay decides before it delivers, for rows of the list, which come as they are. */
async function wantedAtSePay(this: ITriggerFunctions): Promise<(row: IDataObject) => boolean> {
	const {
		vaMode = 'all',
		subAccountIds,
		skipIfNoCode,
		prefixFilters,
	} = this.getNodeParameter('additionalFields', {}) as IDataObject;
	const eventType = this.getNodeParameter('eventType');
	const bankMode = this.getNodeParameter('bankMode');
	const chosen =
		bankMode === 'all'
			? undefined
			: idsIn(this.getNodeParameter(bankMode === 'single' ? 'bankAccountId' : 'bankAccountIds'));
	const prefixes = ((prefixFilters as string[]) ?? []).map(String).filter(Boolean);
	const subs = vaMode === 'list' ? await subAccountNumbers.call(this, chosen, subAccountIds) : [];
	return (row) => {
		const direction = directionOf(row);
		const code = textOrNull(row.code);
		const sub = textOrNull(row.sub_account);
		return (
			!(eventType === 'In_only' && direction === 'out') &&
			!(eventType === 'Out_only' && direction === 'in') &&
			(!chosen || chosen.includes(String(row.bank_account_id))) &&
			!(vaMode === 'none' && sub !== null) &&
			!(vaMode === 'list' && !subs.includes(sub ?? '')) &&
			!(skipIfNoCode && code === null) &&
			(prefixes.length === 0 || prefixes.some((prefix) => code?.startsWith(prefix)))
		);
	};
}

/** Rows name a sub-account by its number, the node by its ID. */
async function subAccountNumbers(
	this: ITriggerFunctions,
	accountIds: string[] | undefined,
	subAccountIds: unknown,
): Promise<string[]> {
	const wanted = idsIn(subAccountIds);
	const accounts =
		accountIds ??
		(await collectRows(pageReader.call(this, { url: '/bank-accounts' }), Infinity)).map(({ id }) =>
			String(id),
		);
	const lists = await Promise.all(
		accounts.map(async (id) => {
			const url = `/bank-accounts/${id}/sub-accounts`;
			return await collectRows(pageReader.call(this, { url }), Infinity);
		}),
	);
	return lists
		.flat()
		.filter(({ id }) => wanted.includes(String(id)))
		.map(({ account_number }) => String(account_number));
}
