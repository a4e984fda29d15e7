import type {
	IDataObject,
	IHookFunctions,
	ITriggerFunctions,
	ITriggerResponse,
} from 'n8n-workflow';
import { pageReader } from '../shared/bankHub';
import { catchUp as look, lookBackStart } from '../shared/catchUp';
import { keptBy } from '../shared/kept';
import { readPages } from '../shared/paging';
import { instantOf } from '../shared/values';
import { isForEvents } from './events';
import {
	idOf,
	isTransactionWanted,
	momentIn,
	outputOf,
	transactionIn,
	type Found,
} from './payload';
import type { Registered } from './registration';

/** Whether the node looks for transactions that no notice brought. */
export function catchesUp(context: IHookFunctions | ITriggerFunctions): boolean {
	return (
		!isForEvents(context) &&
		context.getNodeParameter('deduplicate') === true &&
		context.getNodeParameter('catchUp') !== 'off'
	);
}

/** Starts the workflow for transactions in Bank Hub's list that no notice brought. */
export async function catchUp(this: ITriggerFunctions): Promise<ITriggerResponse> {
	return catchesUp(this)
		? await look.call(this, { name: 'SePay Bank Hub Trigger', idOf, notDelivered })
		: {};
}

async function notDelivered(
	this: ITriggerFunctions,
	isRecorded: (id: string) => boolean,
): Promise<IDataObject[]> {
	const after = instantOf(keptBy<Registered>(this)?.after);
	if (after === undefined) return [];
	const since = Math.max(after, lookBackStart(this));
	// No document says whose days the filter takes; that of UTC never begins after that of Vietnam.
	const day = new Date(since).toISOString().slice(0, 10);
	const request = { url: '/v1/transaction', qs: { start_transaction_date: day } };
	const missing = new Map<string, { found: Found; moment: number }>();
	const unread: string[] = [];
	const warnOfMissing = (listed: number, total: number) =>
		this.logger.warn(
			`SePay Bank Hub Trigger could read only ${listed} of ${total} transactions in the look-back`,
		);
	for await (const rows of readPages(pageReader.call(this, request), Infinity, warnOfMissing)) {
		for (const row of rows) {
			const id = String(row.transaction_id);
			if (isRecorded(id)) continue;
			const moment = momentIn(row.transaction_date);
			if (moment === undefined) unread.push(`${id} of "${String(row.transaction_date)}"`);
			if (moment === undefined || moment < since) continue;
			const found = transactionIn(row);
			if (typeof found === 'string') {
				this.logger.warn(`SePay Bank Hub Trigger left out transaction ${id}: ${found}`);
			} else if (isTransactionWanted.call(this, found)) {
				missing.set(found.id, { found, moment });
			}
		}
	}
	if (unread.length > 0) {
		this.logger.warn(
			`SePay Bank Hub Trigger left out ${unread.length} transactions, because it cannot read their time and tell whether they are new, such as ${unread[0]}`,
		);
	}
	return [...missing.values()]
		.sort((a, b) => a.moment - b.moment)
		.map(({ found }) => outputOf.call(this, found));
}
