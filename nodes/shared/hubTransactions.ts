import type { IDataObject } from 'n8n-workflow';
import { bankTime, exactNumber, isWhole, textOrNull, vietnamTime } from './values';

/** Which way the money went, in the words of the API or in those of a notice. */
export function hubDirectionOf(transferType: unknown): 'in' | 'out' | undefined {
	const word = typeof transferType === 'string' ? transferType.toLowerCase() : '';
	if (word === 'in' || word === 'credit') return 'in';
	return word === 'out' || word === 'debit' ? 'out' : undefined;
}

/** A time that the bank reported, or Unix seconds or an ISO time in its place. */
function timeIn(value: unknown): string | null {
	const number = exactNumber(value);
	const instant = isWhole(number) ? number * 1000 : Date.parse(String(value));
	const isZoned = isWhole(number) || /T.*(Z|[+-]\d\d:?\d\d)$/.test(String(value));
	return vietnamTime(isZoned && instant >= 0 && instant < 253e12 ? bankTime(instant) : value);
}

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
		accountNumber: textOrNull(row.account_number),
		bank: textOrNull(row.brand_name ?? row.gateway),
		content: textOrNull(row.transaction_content ?? row.content),
		code: textOrNull(row.payment_code),
		reference: textOrNull(row.reference_number ?? row.reference_code),
		subAccount: textOrNull(row.va),
		bankAccountXid: textOrNull(row.bank_account_xid),
	};
}
