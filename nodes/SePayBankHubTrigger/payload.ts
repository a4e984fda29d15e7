import type {
	IDataObject,
	IExecuteFunctions,
	ITriggerFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { fromBankHub, simplifyTransaction, timeIn } from '../shared/bankHub/transaction';
import { ALL_EVENTS } from '../shared/bankHub/webhook';
import { paymentFilter } from '../shared/sePay/paymentFilters';
import type { Transaction } from '../shared/sePay/transaction';
import { isExactInteger, isObject, textAsSent, toExactNumber } from '../shared/values';
import { isEventTrigger, subscribedEvents } from './events';

/** What a notice of Bank Hub says. */
export interface ParsedPayload {
	/** xid of the event or ID of the transaction. */
	id: string;
	/** The fields as they were sent, with numbers as numbers. */
	raw: IDataObject;
	simple: IDataObject;
	transaction?: Transaction;
}

/** An ID that was sent as a text; undefined when it was not. */
function parsePayloadId(value: unknown): string | undefined {
	const isId = typeof value === 'string' && value.trim() !== '' && value.length <= 200;
	return isId ? value : undefined;
}

/** `link_token_xid` as `linkTokenXid`, on all levels; empty text as null. */
function toCamelCase(fields: IDataObject): IDataObject {
	return Object.fromEntries(
		Object.entries(fields).map(([name, value]) => [
			name.replace(/(?<=[^_])_+(\w)/g, (_, letter: string) => letter.toUpperCase()),
			isObject(value) ? toCamelCase(value) : value === '' ? null : value,
		]),
	);
}

/** The event in the fields of a delivery, or in words why there is none (reference: "Lifecycle webhook events"). */
export function parseEvent(fields: IDataObject): ParsedPayload | string {
	const id = parsePayloadId(fields.xid);
	const sent = parsePayloadId(fields.event);
	const metadata = fields.metadata ?? {};
	if (id === undefined) return 'xid is not text';
	if (sent === undefined) return 'event is not text';
	if (!isObject(metadata)) return 'metadata is not an object';
	const timestamp = toExactNumber(fields.timestamp);
	return {
		id,
		raw: { ...fields, timestamp },
		simple: {
			...toCamelCase(metadata),
			id,
			// As the API spells it; the payload leaves letters out.
			event: sent === 'BANK_ACCOUNT_INACTIVED' ? 'BANK_ACCOUNT_INACTIVATED' : sent,
			date: timeIn(timestamp),
			version: textAsSent(fields.version),
		},
	};
}

/** Whether an event is one of those chosen; one that has no name yet belongs to all. */
export function matchesEvents(this: IWebhookFunctions, { simple }: ParsedPayload): boolean {
	const chosen = subscribedEvents(this);
	return chosen.includes(ALL_EVENTS) || chosen.includes(String(simple.event));
}

/**
 * The transaction in the fields of a delivery or of a row of `GET /v1/transaction`, or in words why
 * there is none: nothing that could start a workflow with the wrong money is taken (reference: "IPN").
 */
export function parseTransaction(fields: IDataObject): Required<ParsedPayload> | string {
	const transaction = fromBankHub(fields);
	const { amount, balance, direction } = transaction;
	const id = parsePayloadId(fields.transaction_id);
	if (id === undefined) return 'transaction_id is not text';
	if (!direction) return 'transfer_type is neither credit nor debit';
	if (!isExactInteger(amount) || amount < 0) return 'amount is not a whole number';
	const raw = {
		...fields,
		...('accumulated' in fields && { accumulated: isExactInteger(balance) ? balance : null }),
		amount,
		direction,
	};
	return { id, raw, simple: simplifyTransaction(transaction), transaction };
}

/** The check of transactions by the filters of the node. */
export function transactionFilter(
	context: IWebhookFunctions | ITriggerFunctions,
): (transaction: Transaction) => boolean {
	const wanted = context.getNodeParameter('transferType');
	const isWanted = paymentFilter(context);
	return (transaction) =>
		(wanted === 'all' || wanted === transaction.direction) && isWanted(transaction);
}

/** The item for an event or a transaction: simplified, or as Bank Hub sent it. */
export function toOutput(
	this: IWebhookFunctions | ITriggerFunctions,
	{ raw, simple }: ParsedPayload,
): IDataObject {
	return this.getNodeParameter('simplify', true) ? simple : raw;
}

/** The ID by which what an item of this node stands for is passed on once. */
export function deduplicationIdOf(this: IExecuteFunctions, json: IDataObject): string | undefined {
	const raw = isEventTrigger(this) ? 'xid' : 'transaction_id';
	return parsePayloadId(json[raw]) ?? parsePayloadId(json.id);
}
