import type { IDataObject, ITriggerFunctions, IWebhookFunctions } from 'n8n-workflow';
import { UUID } from '../shared/operations/locators';
import { matchesPaymentFilters } from '../shared/sePay/paymentFilters';
import { convertTransaction, directionOf, simplifyTransaction } from '../shared/sePay/transactions';
import { isExactInteger, textAsSent, toExactNumber } from '../shared/values';

/** A payment as SePay delivers it, with numbers as numbers; unknown fields stay beside these. */
export interface Payment extends IDataObject {
	/** 0 for a test send; a UUID when it was listed with an API token. */
	id: number | string;
	transferType: 'in' | 'out';
	/** Whole VND. */
	transferAmount: number;
	/** Balance afterwards in whole VND; null when it cannot be read. */
	accumulated: number | null;
}

const isUuid = (id: string) => new RegExp(`^${UUID}$`, 'i').test(id);

const TEXTS = [
	'gateway',
	'transactionDate',
	'accountNumber',
	'subAccount',
	'code',
	'content',
	'description',
	'referenceCode',
];

/**
 * The payment in the fields of a delivery, or in words why there is none: nothing that could start
 * a workflow with the wrong money is taken (reference: "Payload").
 */
export function parsePayment(fields: IDataObject): Payment | string {
	const id = toExactNumber(fields.id);
	if (!isExactInteger(id) || id < 0) return 'id is not a whole number';
	return transferIn(fields, id);
}

function transferIn(fields: IDataObject, id: number | string): Payment | string {
	const amount = toExactNumber(fields.transferAmount);
	const accumulated = toExactNumber(fields.accumulated);
	const transferType = textAsSent(fields.transferType)?.toLowerCase();
	if (transferType !== 'in' && transferType !== 'out') return 'transferType is neither in nor out';
	if (!isExactInteger(amount) || amount < 0 || (amount === 0 && id !== 0)) {
		return 'transferAmount is not a whole number above zero';
	}
	const texts = TEXTS.map((name) => [name, textAsSent(fields[name])]);
	return {
		...fields,
		...(Object.fromEntries(texts) as IDataObject),
		id,
		transferType,
		transferAmount: amount,
		accumulated: isExactInteger(accumulated) ? accumulated : null,
	};
}

/** The ID by which a payment is passed on once; a test send always passes. */
export function deduplicationIdOf({ id }: IDataObject): string | undefined {
	return String(id) === '0' ? undefined : String(id);
}

/** The payment that a row of `GET /transactions` stands for; the list has no bank's full text. */
export function paymentFromRow(row: IDataObject): Payment | string {
	const { id, amount_in, amount_out, accumulated } = convertTransaction(row);
	const transferType = directionOf(row);
	const fields = {
		id,
		gateway: row.bank_brand_name,
		transactionDate: row.transaction_date,
		accountNumber: row.account_number,
		subAccount: row.sub_account ?? row.va,
		code: row.code,
		content: row.transaction_content,
		transferType,
		description: null,
		transferAmount: transferType === 'in' ? amount_in : amount_out,
		accumulated,
		referenceCode: row.reference_number,
	};
	return typeof id === 'string' && isUuid(id) ? transferIn(fields, id) : parsePayment(fields);
}

/** The row of `GET /transactions` that a payment would be. */
function toRow(payment: Payment): IDataObject {
	const { transferType, transferAmount } = payment;
	return {
		id: payment.id,
		bank_brand_name: payment.gateway,
		account_number: payment.accountNumber,
		transaction_date: payment.transactionDate,
		amount_in: transferType === 'in' ? transferAmount : 0,
		amount_out: transferType === 'out' ? transferAmount : 0,
		accumulated: payment.accumulated,
		transaction_content: payment.content,
		reference_number: payment.referenceCode,
		code: payment.code,
		sub_account: payment.subAccount,
	};
}

/** The item for a payment: simplified as the Transaction operations do it, or as SePay sent it. */
export function toOutput(
	this: IWebhookFunctions | ITriggerFunctions,
	payment: Payment,
): IDataObject {
	return this.getNodeParameter('simplify', true) ? simplifyTransaction(toRow(payment)) : payment;
}

/** Whether a payment passes the filters of the node; test sends always do. */
export function matchesFilters(
	this: IWebhookFunctions | ITriggerFunctions,
	payment: Payment,
): boolean {
	return payment.id === 0 || matchesPaymentFilters.call(this, toRow(payment));
}
