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
import { bankTime } from '../shared/values';
import { isForEvents } from './events';
import { idOf, isTransactionWanted, outputOf, transactionIn, type Found } from './payload';
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
	const after = keptBy<Registered>(this)?.after;
	if (after === undefined) return [];
	const lookBack = bankTime(lookBackStart(this));
	const since = after > lookBack ? after : lookBack;
	const request = { url: '/v1/transaction', qs: { start_transaction_date: since.slice(0, 10) } };
	const missing = new Map<string, { found: Found; date: string }>();
	for await (const rows of readPages(pageReader.call(this, request), Infinity)) {
		for (const row of rows) {
			const date = String(row.transaction_date);
			if (date < since || isRecorded(String(row.transaction_id))) continue;
			const found = transactionIn(row);
			if (typeof found === 'string') {
				const id = String(row.transaction_id);
				this.logger.warn(`SePay Bank Hub Trigger left out transaction ${id}: ${found}`);
			} else if (isTransactionWanted.call(this, found)) {
				missing.set(found.id, { found, date });
			}
		}
	}
	return [...missing.values()]
		.sort((a, b) => (a.date < b.date ? -1 : Number(a.date > b.date)))
		.map(({ found }) => outputOf.call(this, found));
}
