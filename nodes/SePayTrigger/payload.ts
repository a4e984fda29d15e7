import type { IDataObject, IWebhookFunctions, ITriggerFunctions } from 'n8n-workflow';
import { isPaymentWanted } from '../shared/paymentFilters';
import { directionOf, simpleTransaction, toTransaction } from '../shared/transactions';
import { exactNumber, isWhole, textAsSent } from '../shared/values';

/** A payment as SePay delivers it, with numbers as numbers; unknown fields stay beside these. */
export interface Payment extends IDataObject {
	/** 0 for a test send. */
	id: number;
	transferType: 'in' | 'out';
	/** Whole VND. */
	transferAmount: number;
	/** Balance afterwards in whole VND; null when it cannot be read. */
	accumulated: number | null;
}

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
export function paymentIn(fields: IDataObject): Payment | string {
	const id = exactNumber(fields.id);
	const amount = exactNumber(fields.transferAmount);
	const accumulated = exactNumber(fields.accumulated);
	const transferType = textAsSent(fields.transferType)?.toLowerCase();
	if (!isWhole(id) || id < 0) return 'id is no whole number';
	if (transferType !== 'in' && transferType !== 'out') return 'transferType is neither in nor out';
	if (!isWhole(amount) || amount < 0 || (amount === 0 && id !== 0)) {
		return 'transferAmount is no whole number above zero';
	}
	const texts = TEXTS.map((name) => [name, textAsSent(fields[name])]);
	return {
		...fields,
		...(Object.fromEntries(texts) as IDataObject),
		id,
		transferType,
		transferAmount: amount,
		accumulated: isWhole(accumulated) ? accumulated : null,
	};
}

/** The ID by which a payment is passed on once; a test send always passes. */
export function idOf({ id }: IDataObject): string | undefined {
	return String(id) === '0' ? undefined : String(id);
}

/** The payment that a row of `GET /transactions` stands for; the list has no bank's full text. */
export function paymentOf(row: IDataObject): Payment | string {
	const { id, amount_in, amount_out, accumulated } = toTransaction(row);
	const transferType = directionOf(row);
	return paymentIn({
		id,
		gateway: row.bank_brand_name,
		transactionDate: row.transaction_date,
		accountNumber: row.account_number,
		subAccount: row.sub_account,
		code: row.code,
		content: row.transaction_content,
		transferType,
		description: null,
		transferAmount: transferType === 'in' ? amount_in : amount_out,
		accumulated,
		referenceCode: row.reference_number,
	});
}

/** The row of `GET /transactions` that a payment would be. */
function rowOf(payment: Payment): IDataObject {
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
export function outputOf(
	this: IWebhookFunctions | ITriggerFunctions,
	payment: Payment,
): IDataObject {
	return this.getNodeParameter('simplify', true) ? simpleTransaction(rowOf(payment)) : payment;
}

/** Whether a payment passes the filters of the node; test sends always do. */
export function passesFilters(
	this: IWebhookFunctions | ITriggerFunctions,
	payment: Payment,
): boolean {
	return payment.id === 0 || isPaymentWanted.call(this, rowOf(payment));
}
