import type { IDataObject } from 'n8n-workflow';
import { convertFields, textOrNull, toVietnamTime } from '../values';

/** A row of `GET /transactions`, of either API, with its numbers as numbers, otherwise as sent. */
export function convertTransaction(row: IDataObject): IDataObject {
	return convertFields(row, {
		numbers: ['id', 'bank_account_id', 'amount_in', 'amount_out', 'accumulated'],
		flags: [],
	});
}

/** `in` for money received, `out` for money sent; of the two amounts exactly one is above zero. */
export function directionOf(row: IDataObject): 'in' | 'out' {
	return Number(row.amount_out) > 0 ? 'out' : 'in';
}

/**
 * The small flat form that every SePay node gives a transaction: amounts and balance are whole VND,
 * `date` is ISO 8601 with `+07:00`, and what is absent or empty is null.
 */
export function simplifyTransaction(row: IDataObject): IDataObject {
	const { id, amount_in, amount_out, accumulated } = convertTransaction(row);
	const direction = directionOf(row);
	return {
		id,
		direction,
		amount: direction === 'in' ? amount_in : amount_out,
		currency: 'VND',
		date: toVietnamTime(row.transaction_date),
		accountNumber: textOrNull(row.account_number),
		bank: textOrNull(row.bank_brand_name),
		content: textOrNull(row.transaction_content),
		code: textOrNull(row.code),
		reference: textOrNull(row.reference_number),
		subAccount: textOrNull(row.sub_account ?? row.va),
		balance: accumulated,
	};
}
