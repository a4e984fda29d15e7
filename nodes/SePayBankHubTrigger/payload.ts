import type {
	IDataObject,
	IExecuteFunctions,
	ITriggerFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { simplifyTransaction } from '../shared/bankHub/transactions';
import { ALL_EVENTS } from '../shared/bankHub/webhook';
import { matchesPaymentFilters } from '../shared/sePay/paymentFilters';
import {
	instantOf,
	isExactInteger,
	isObject,
	isoTime,
	textAsSent,
	toExactNumber,
} from '../shared/values';
import { isEventTrigger, subscribedEvents } from './events';

/** What a notice of Bank Hub says. */
export interface ParsedPayload {
	/** xid of the event or ID of the transaction. */
	id: string;
	/** The fields as they were sent, with numbers as numbers. */
	raw: IDataObject;
	/** The small flat form. */
	simple: IDataObject;
}

/** Epoch ms up to which a year has four digits. */
const MAX_INSTANT_MS = 253_402_300_799_000;

/** An ID that was sent as a text; undefined when it was not. */
function parsePayloadId(value: unknown): string | undefined {
	const isId = typeof value === 'string' && value.trim() !== '' && value.length <= 200;
	return isId ? value : undefined;
}

/**
 * The moment, in epoch ms, in Unix seconds or in a time as text (`instantOf`); undefined when the
 * value is neither.
 */
export function momentIn(value: unknown): number | undefined {
	const seconds = toExactNumber(textAsSent(value) ?? '');
	const moment = isExactInteger(seconds) ? seconds * 1000 : instantOf(value);
	return moment !== undefined && moment >= 0 && moment <= MAX_INSTANT_MS ? moment : undefined;
}

/** The same as ISO 8601 in Vietnam; null when the value is neither. */
function timeIn(value: unknown): string | null {
	const moment = momentIn(value);
	return moment === undefined ? null : isoTime(moment);
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
		raw: { ...fields, timestamp: timestamp as IDataObject[string] },
		simple: {
			...toCamelCase(metadata),
			id,
			event: normalizeEventName(sent),
			date: timeIn(timestamp),
			version: textAsSent(fields.version),
		},
	};
}

/** The name of an event as the API spells it; the payload leaves letters out. */
function normalizeEventName(event: string): string {
	return event === 'BANK_ACCOUNT_INACTIVED' ? 'BANK_ACCOUNT_INACTIVATED' : event;
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
export function parseTransaction(fields: IDataObject): ParsedPayload | string {
	const id = parsePayloadId(fields.transaction_id);
	const amount = toExactNumber(fields.amount);
	const direction = parseDirection(fields.transfer_type);
	if (id === undefined) return 'transaction_id is not text';
	if (!direction) return 'transfer_type is neither credit nor debit';
	if (!isExactInteger(amount) || amount < 0) return 'amount is not a whole number';
	const accumulated = toExactNumber(fields.accumulated);
	const raw = {
		...fields,
		...('accumulated' in fields && {
			accumulated: isExactInteger(accumulated) ? accumulated : null,
		}),
		amount,
		direction,
	};
	return { id, raw, simple: simplifyTransaction(toRow(raw)) };
}

/** Which way the money went; notices have other words for it than the API. */
function parseDirection(value: unknown): 'in' | 'out' | undefined {
	const word = textAsSent(value)?.toLowerCase();
	if (word === 'in' || word === 'credit') return 'in';
	return word === 'out' || word === 'debit' ? 'out' : undefined;
}

/** The row of `GET /v1/transaction` that a notice would be; some of its names differ. */
function toRow(notice: IDataObject): IDataObject {
	const text = (...names: string[]) =>
		names.map((name) => textAsSent(notice[name])).find((found) => found !== null) ?? null;
	return {
		transaction_id: notice.transaction_id,
		transfer_type: notice.direction,
		amount: notice.amount,
		transaction_date: timeIn(notice.transaction_date) ?? text('transaction_date'),
		account_number: text('account_number'),
		brand_name: text('brand_name', 'gateway'),
		transaction_content: text('transaction_content', 'content'),
		payment_code: text('payment_code'),
		reference_number: text('reference_number', 'reference_code'),
		va: text('va'),
		company_xid: text('company_xid'),
		bank_account_xid: text('bank_account_xid'),
		webhook_success: text('webhook_success'),
	};
}

/** Whether a transaction passes the filters of the node. */
export function matchesTransaction(
	this: IWebhookFunctions | ITriggerFunctions,
	{ simple }: ParsedPayload,
): boolean {
	const { accountNumber, amount, code, content, direction, subAccount } = simple;
	const wanted = this.getNodeParameter('transferType');
	return (
		(wanted === 'all' || wanted === direction) &&
		matchesPaymentFilters.call(this, {
			account_number: accountNumber,
			amount_in: direction === 'in' ? amount : 0,
			amount_out: direction === 'out' ? amount : 0,
			code,
			sub_account: subAccount,
			transaction_content: content,
		})
	);
}

/** The item for an event or a transaction: simplified, or as Bank Hub sent it. */
export function toOutput(
	this: IWebhookFunctions | ITriggerFunctions,
	{ raw, simple }: ParsedPayload,
): IDataObject {
	return this.getNodeParameter('simplify', true) ? simple : raw;
}

/** The ID by which what an item of this node stands for is passed on once. */
export function deduplicationIdOf(
	this: IExecuteFunctions | ITriggerFunctions,
	json: IDataObject,
): string | undefined {
	const raw = isEventTrigger(this) ? 'xid' : 'transaction_id';
	return parsePayloadId(json[raw]) ?? parsePayloadId(json.id);
}
