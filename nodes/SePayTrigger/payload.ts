import type { IDataObject, ITriggerFunctions, IWebhookFunctions } from 'n8n-workflow';
import { UUID } from '../shared/operations/locators';
import { paymentFilter } from '../shared/sePay/paymentFilters';
import { fromWebhook, simplify, type Transaction } from '../shared/sePay/transaction';

const isUuid = (id: string) => new RegExp(`^${UUID}$`, 'i').test(id);

/** The ID by which a payment is passed on once; a test send always passes. */
export function deduplicationIdOf({ id }: { id?: unknown }): string | undefined {
	return String(id) === '0' ? undefined : String(id);
}

/**
 * A transaction of the list as its delivery would have told of it, or in words why SePay would not
 * deliver it; the list has no bank's full text.
 */
export function asDelivered({ id, raw, direction, amount }: Transaction): Transaction | string {
	const fields = {
		id,
		gateway: raw.bank_brand_name,
		transactionDate: raw.transaction_date,
		accountNumber: raw.account_number,
		subAccount: raw.sub_account ?? raw.va,
		code: raw.code,
		content: raw.transaction_content,
		transferType: direction,
		description: null,
		transferAmount: amount,
		accumulated: raw.accumulated,
		referenceCode: raw.reference_number,
	};
	return fromWebhook(fields, isUuid(id) ? id : undefined);
}

/** The item for a payment: simplified as the Transaction operations do it, or as SePay sent it. */
export function toOutput(
	this: IWebhookFunctions | ITriggerFunctions,
	payment: Transaction,
): IDataObject {
	return this.getNodeParameter('simplify', true) ? simplify(payment) : payment.raw;
}

/** The check of payments by the filters of the node; test sends always pass. */
export function filterOf(
	context: IWebhookFunctions | ITriggerFunctions,
): (payment: Transaction) => boolean {
	const isWanted = paymentFilter(context);
	return (payment) => payment.id === '0' || isWanted(payment);
}
