import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { isObject, textOrNull, toExactNumber, toVietnamTime } from '../values';

/** How buyers pay, as SePay calls it. */
export const paymentMethods: INodePropertyOptions[] = [
	{ name: 'Bank Transfer (VietQR)', value: 'BANK_TRANSFER' },
	{ name: 'Card', value: 'CARD' },
	{ name: 'NAPAS QR', value: 'NAPAS_BANK_TRANSFER' },
];

/** Whether the data of cards is put out. */
export const includeCardData: INodeProperties = {
	displayName: 'Include Card Data',
	name: 'includeCardData',
	type: 'boolean',
	default: false,
	description: 'Whether to return the masked number, holder and expiry of the card',
};

/** Personal data of whoever holds the card; not the brand, nor credit or debit. */
const isCardData = (name: string) => /^card_(number|holder_name|expiry)$/.test(name);

/** An object without the data of cards, on all levels. */
export function withoutCardData(row: IDataObject): IDataObject {
	return Object.fromEntries(
		Object.entries(row)
			.filter(([name]) => !isCardData(name))
			.map(([name, value]) => [name, withoutCards(value)]),
	);
}

function withoutCards(value: IDataObject[string]): IDataObject[string] {
	if (Array.isArray(value)) return Array.from(value, withoutCards);
	return isObject(value) ? withoutCardData(value) : value;
}

/**
 * The small form of an order: `amount` in whole VND, times in ISO 8601 with `+07:00`, what is absent
 * or empty null.
 */
export function simpleOrder(row: IDataObject): IDataObject {
	return {
		id: textOrNull(row.id),
		orderId: textOrNull(row.order_id),
		invoiceNumber: textOrNull(row.order_invoice_number),
		status: textOrNull(row.order_status),
		amount: toExactNumber(row.order_amount),
		currency: textOrNull(row.order_currency),
		description: textOrNull(row.order_description),
		customerId: textOrNull(row.customer_id),
		createdAt: toVietnamTime(row.created_at),
		updatedAt: toVietnamTime(row.updated_at),
		...(Array.isArray(row.transactions) && {
			transactions: row.transactions.filter(isObject).map(simplifyTransaction),
		}),
	};
}

/** The small form of a transaction of an order, with the data of its card as far as the row has it. */
export function simplifyTransaction(row: IDataObject): IDataObject {
	return {
		id: textOrNull(row.id),
		transactionId: textOrNull(row.transaction_id),
		type: textOrNull(row.transaction_type),
		status: textOrNull(row.transaction_status),
		paymentMethod: textOrNull(row.payment_method),
		amount: toExactNumber(row.transaction_amount),
		currency: textOrNull(row.transaction_currency),
		date: toVietnamTime(row.transaction_date),
		cardBrand: textOrNull(row.card_brand),
		...('card_number' in row && {
			cardNumber: textOrNull(row.card_number),
			cardHolder: textOrNull(row.card_holder_name),
			cardExpiry: textOrNull(row.card_expiry),
		}),
	};
}
