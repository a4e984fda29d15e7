import type { IDataObject } from 'n8n-workflow';
import { asSentText, asText, from, outputOf, valueType } from '../operations/output';
import { createTransaction, transactionColumns, type Transaction } from '../sePay/transaction';
import {
	fieldsOf,
	instantOf,
	isExactInteger,
	isoTime,
	MAX_INSTANT_MS,
	textAsSent,
	toBoolean,
	toExactNumber,
} from '../values';

/** Which way the money went; notices have other words for it than the API. */
function directionIn(value: unknown): Transaction['direction'] {
	const word = textAsSent(value)?.toLowerCase();
	if (word === 'in' || word === 'credit') return 'in';
	return word === 'out' || word === 'debit' ? 'out' : null;
}

/** The moment, in epoch ms, of Unix seconds or of a time as text (`instantOf`); undefined when it is neither. */
export function momentIn(value: unknown): number | undefined {
	const seconds = toExactNumber(textAsSent(value) ?? '');
	const moment = isExactInteger(seconds) ? seconds * 1000 : instantOf(value);
	return moment !== undefined && moment >= 0 && moment <= MAX_INSTANT_MS ? moment : undefined;
}

/** The same as ISO 8601 in Vietnam; null when the value is neither. */
export function timeIn(value: unknown): string | null {
	const moment = momentIn(value);
	return moment === undefined ? null : isoTime(moment);
}

/** A row of `GET /v1/transaction`, or a notice (IPN), some of whose names differ. */
export function fromBankHub(fields: IDataObject): Transaction {
	const text = (...names: string[]) =>
		names.map((name) => textAsSent(fields[name])).find((found) => found !== null) ?? null;
	return createTransaction({
		raw: fields,
		id: text('transaction_id'),
		direction: directionIn(fields.transfer_type),
		amount: toExactNumber(fields.amount),
		date: timeIn(fields.transaction_date) ?? text('transaction_date'),
		bankAccountId: text('bank_account_xid'),
		accountNumber: text('account_number'),
		subAccount: text('va'),
		bank: text('brand_name', 'gateway'),
		content: text('transaction_content', 'content'),
		code: text('payment_code'),
		reference: text('reference_number', 'reference_code'),
		balance: toExactNumber(fields.accumulated),
	});
}

const asPlainText = valueType(['string', 'null'], (value) => textAsSent(value) || null);
const asPlainBoolean = valueType(['boolean', 'null'], (value) =>
	textAsSent(value) ? toBoolean(value) : null,
);

/** The small flat form of the SePay nodes with what only Bank Hub tells; it tells no balance. */
export const simplifyTransaction = outputOf({
	...transactionColumns,
	id: from('id', asSentText),
	direction: {
		...transactionColumns.direction,
		read: ({ direction, raw }) => direction ?? fieldsOf(raw).transfer_type,
	},
	companyXid: from('raw.company_xid', asPlainText),
	bankAccountXid: from('bankAccountId', asText),
	delivered: from('raw.webhook_success', asPlainBoolean),
});
