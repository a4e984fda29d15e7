import type { IHookFunctions, ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import { pageReader } from '../shared/bankHub/api';
import { momentIn } from '../shared/bankHub/transaction';
import { collectRows } from '../shared/transport/paging';
import { catchUpMissed, lookBackStart, type FindMissed } from '../shared/triggers/catchUp';
import { lendEmit } from '../shared/triggers/emitOnce';
import { readState } from '../shared/triggers/triggerState';
import { instantOf } from '../shared/values';
import { isEventTrigger } from './events';
import { parseTransaction, toOutput, transactionFilter, type ParsedPayload } from './payload';
import type { WebhookState } from './state';

/** Whether the node looks for transactions that no notice brought. */
export function isCatchUpEnabled(context: IHookFunctions | ITriggerFunctions): boolean {
	return (
		!isEventTrigger(context) &&
		context.getNodeParameter('deduplicate') === true &&
		context.getNodeParameter('catchUp') !== 'off'
	);
}

/** Starts the workflow for transactions in Bank Hub's list that no notice brought. */
export async function catchUp(this: ITriggerFunctions): Promise<ITriggerResponse> {
	// What no filter can mean is told when the workflow is published, not to Bank Hub alone.
	if (!isEventTrigger(this)) transactionFilter(this);
	return isCatchUpEnabled(this)
		? await catchUpMissed.call(this, { name: 'SePay Bank Hub Trigger', findMissed })
		: lendEmit(this);
}

const findMissed: FindMissed = async function (isKnown) {
	const after = instantOf(readState<WebhookState>(this)?.after);
	if (after === undefined) return [];
	const since = Math.max(after, lookBackStart(this));
	// No document says whose days the filter takes; that of UTC never begins after that of Vietnam.
	const day = new Date(since).toISOString().slice(0, 10);
	const request = { url: '/v1/transaction', qs: { start_transaction_date: day } };
	const isWanted = transactionFilter(this);
	const missing = new Map<string, { found: ParsedPayload; moment: number }>();
	const unread: string[] = [];
	const warnOfMissing = (listed: number, total: number) =>
		this.logger.warn(
			`SePay Bank Hub Trigger could read only ${listed} of ${total} transactions in the look-back period`,
		);
	const isNew = (row: { transaction_id?: unknown }) => !isKnown(String(row.transaction_id));
	const fetchPage = pageReader.call(this, request);
	for (const row of await collectRows(fetchPage, Infinity, isNew, warnOfMissing)) {
		const id = String(row.transaction_id);
		const moment = momentIn(row.transaction_date);
		if (moment === undefined) unread.push(`${id} of "${String(row.transaction_date)}"`);
		if (moment === undefined || moment < since) continue;
		const found = parseTransaction(row);
		if (typeof found === 'string') {
			this.logger.warn(`SePay Bank Hub Trigger skipped transaction ${id}: ${found}`);
		} else if (isWanted(found.transaction)) {
			missing.set(found.id, { found, moment });
		}
	}
	if (unread.length > 0) {
		this.logger.warn(
			`SePay Bank Hub Trigger skipped ${unread.length} transactions because it could not read their time. First: ${unread[0]}`,
		);
	}
	return [...missing.values()]
		.sort((a, b) => a.moment - b.moment)
		.map(({ found }) => ({ id: found.id, json: toOutput.call(this, found) }));
};
