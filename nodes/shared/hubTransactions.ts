import type { IDataObject } from 'n8n-workflow';
import { bankTime, exactNumber, isWhole, textAsSent, textOrNull, vietnamTime } from './values';

/** Epoch ms up to which a year has four digits. */
const LATEST = 253_402_300_799_000;

/** Which way the money went, in the words of the API or in those of a notice. */
export function hubDirectionOf(transferType: unknown): 'in' | 'out' | undefined {
	const word = typeof transferType === 'string' ? transferType.toLowerCase() : '';
	if (word === 'in' || word === 'credit') return 'in';
	return word === 'out' || word === 'debit' ? 'out' : undefined;
}

/** A time that the bank reported, or Unix seconds or an ISO time in its place. */
function timeIn(value: unknown): string | null {
	const sent = textAsSent(value);
	const seconds = exactNumber(sent);
	const isZoned = isWhole(seconds) || /T.*(Z|[+-]\d\d:?\d\d)$/.test(sent ?? '');
	const instant = isWhole(seconds) ? seconds * 1000 : Date.parse(sent ?? '');
	return vietnamTime(isZoned && instant >= 0 && instant < LATEST ? bankTime(instant) : sent);
}

const textIn = (value: unknown) => textOrNull(textAsSent(value));

/**
 * The small flat form of a transaction of Bank Hub, be it a row of `GET /v1/transaction` or a notice,
 * whose names differ: amounts are whole VND, `date` is ISO 8601 with `+07:00`, and what is absent or
 * empty is null.
 */
export function simpleHubTransaction(row: IDataObject): IDataObject {
	return {
		id: row.transaction_id,
		direction: hubDirectionOf(row.transfer_type),
		amount: exactNumber(row.amount) as IDataObject[string],
		currency: 'VND',
		date: timeIn(row.transaction_date),
		accountNumber: textIn(row.account_number),
		bank: textIn(row.brand_name ?? row.gateway),
		content: textIn(row.transaction_content ?? row.content),
		code: textIn(row.payment_code),
		reference: textIn(row.reference_number ?? row.reference_code),
		subAccount: textIn(row.va),
		bankAccountXid: textIn(row.bank_account_xid),
	};
}
