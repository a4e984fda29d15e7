import type { IDataObject } from 'n8n-workflow';
import { textOrNull, typed, vietnamTime } from './values';

/** Which way the money went, in the words of the API or in those of a notice. */
export function hubDirectionOf(transferType: unknown): 'in' | 'out' | undefined {
	const word = typeof transferType === 'string' ? transferType.toLowerCase() : '';
	if (word === 'in' || word === 'credit') return 'in';
	return word === 'out' || word === 'debit' ? 'out' : undefined;
}

/**
 * The small flat form of a row of `GET /v1/transaction`: amounts are whole VND, `date` is ISO 8601
 * with `+07:00`, and what is absent or empty is null.
 */
export function simpleHubTransaction(row: IDataObject): IDataObject {
	const { amount, webhook_success } = typed(row, {
		numbers: ['amount'],
		flags: ['webhook_success'],
	});
	return {
		id: row.transaction_id,
		direction: hubDirectionOf(row.transfer_type),
		amount,
		currency: 'VND',
		date: vietnamTime(row.transaction_date),
		accountNumber: textOrNull(row.account_number),
		bank: textOrNull(row.brand_name),
		content: textOrNull(row.transaction_content),
		code: textOrNull(row.payment_code),
		reference: textOrNull(row.reference_number),
		subAccount: textOrNull(row.va),
		companyXid: textOrNull(row.company_xid),
		bankAccountXid: textOrNull(row.bank_account_xid),
		delivered: webhook_success ?? null,
	};
}
