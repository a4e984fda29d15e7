import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import {
	paymentMethods,
	simpleOrder,
	simplifyTransaction,
	withoutCardData,
} from '../shared/paymentGateway/orders';
import type { ParsedEvent } from '../shared/triggers/webhookHandler';
import {
	fieldsOf,
	isExactInteger,
	isNonEmptyText,
	isObject,
	isoTime,
	MAX_INSTANT_MS,
	textAsSent,
	textOrNull,
	toExactNumber,
} from '../shared/values';
import { isChosen, isKnown } from './events';

const METHODS = paymentMethods.map(({ value }) => value);

/**
 * What an IPN stands for, or in words why it is none: nothing that could start a workflow with the
 * wrong money is taken. It counts once by event, order and transaction, since a void may come with the
 * transaction of its payment, and short IDs are not the same in Sandbox and Production.
 */
export function parseNotification(
	this: IWebhookFunctions,
	fields: IDataObject,
): ParsedEvent | string {
	const { notification_type: event, order, transaction } = fields;
	if (!isNonEmptyText(event)) return 'notification_type is not text';
	if (!isObject(order)) return 'order is not an object';
	if (!isObject(transaction)) return 'transaction is not an object';
	const [orderId, transactionId] = [textAsSent(order.order_id), textAsSent(transaction.id)];
	if (!isNonEmptyText(orderId)) return 'order.order_id is not text';
	if (!isNonEmptyText(transactionId)) return 'transaction.id is not text';
	const amount = toExactNumber(transaction.transaction_amount);
	if (!isExactInteger(amount) || amount < 0)
		return 'transaction.transaction_amount is not a whole number';
	const wanted = isWanted.call(this, String(event), transaction);
	if (!wanted && !isKnown(String(event))) {
		this.logger.warn(`SePay Payment Gateway Trigger skipped an unknown event: ${String(event)}`);
	}
	return {
		id: [event, orderId, transactionId].join(' '),
		json: wanted ? outputOf.call(this, fields) : undefined,
	};
}

/** Whether the node starts on this event by this payment method; one without a name yet belongs to all. */
function isWanted(this: IWebhookFunctions, event: string, { payment_method }: IDataObject) {
	const methods = [this.getNodeParameter('paymentMethods', METHODS)].flat();
	const isEveryMethod = METHODS.every((method) => methods.includes(method as string));
	return (
		isChosen(event, this.getNodeParameter('events')) &&
		(isEveryMethod || methods.includes(payment_method as string))
	);
}

function outputOf(this: IWebhookFunctions, fields: IDataObject): IDataObject {
	const withCard = this.getNodeParameter('additionalFields.includeCardData', false) === true;
	if (!this.getNodeParameter('simplify', true)) return withCard ? fields : withoutCardData(fields);
	const seconds = Number(toExactNumber(fields.timestamp));
	const isTime = isExactInteger(seconds) && seconds > 0 && seconds * 1000 <= MAX_INSTANT_MS;
	const parts = [fields.order, fields.transaction, fields.customer];
	const [order, transaction, customer] = parts.map(fieldsOf);
	const { orderId, invoiceNumber, status, amount, description } = simpleOrder(order);
	return {
		event: String(fields.notification_type),
		notifiedAt: isTime ? isoTime(seconds * 1000) : null,
		orderId,
		invoiceNumber,
		orderStatus: status,
		orderAmount: amount,
		description,
		customerId: textOrNull(customer.customer_id),
		customData: parseCustomData(order.custom_data),
		...simplifyTransaction(withCard ? transaction : withoutCardData(transaction)),
	};
}

/** Custom data as it was given: SePay may put it into a list. */
function parseCustomData(value: unknown): IDataObject[string] {
	if (!Array.isArray(value)) return (isObject(value) ? value : textOrNull(value)) ?? null;
	return value.length > 1 ? value : (value[0] ?? null);
}
