import type { IDataObject } from 'n8n-workflow';
import { convertFields, textOrNull, toVietnamTime } from '../values';

const DIRECTIONS: Record<string, string> = { in: 'in', credit: 'in', out: 'out', debit: 'out' };

/**
 * The small flat form of a transaction of Bank Hub, with the names that the SePay nodes have for the
 * same: `amount` in whole VND, `date` in ISO 8601 with `+07:00`, what is absent or empty null.
 */
export function simplifyTransaction(row: IDataObject): IDataObject {
	const { amount, webhook_success } = convertFields(row, {
		numbers: ['amount'],
		flags: ['webhook_success'],
	});
	return {
		id: row.transaction_id,
		direction: DIRECTIONS[String(row.transfer_type)] ?? row.transfer_type,
		amount,
		currency: 'VND',
		date: toVietnamTime(row.transaction_date),
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
