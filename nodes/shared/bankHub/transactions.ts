import {
	always,
	asBoolean,
	asInteger,
	asSentText,
	asText,
	asTime,
	from,
	orNull,
	outputOf,
	valueType,
} from '../operations/output';

const DIRECTIONS: Record<string, string> = { in: 'in', credit: 'in', out: 'out', debit: 'out' };

/**
 * The small flat form of a transaction of Bank Hub, with the names that the SePay nodes have for the
 * same: `amount` in whole VND, `date` in ISO 8601 with `+07:00`, what is absent or empty null.
 */
export const simplifyTransaction = outputOf({
	id: from('transaction_id', asSentText),
	direction: from(
		'transfer_type',
		valueType('string', (value) => DIRECTIONS[String(value)] ?? value),
	),
	amount: from('amount', asInteger),
	currency: always('VND'),
	date: from('transaction_date', asTime),
	accountNumber: from('account_number', asText),
	bank: from('brand_name', asText),
	content: from('transaction_content', asText),
	code: from('payment_code', asText),
	reference: from('reference_number', asText),
	subAccount: from('va', asText),
	companyXid: from('company_xid', asText),
	bankAccountXid: from('bank_account_xid', asText),
	delivered: from('webhook_success', orNull(asBoolean)),
});
