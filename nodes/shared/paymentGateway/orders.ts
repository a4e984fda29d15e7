import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';
import { flag, local } from '../operations/fields';
import { asInteger, asList, asText, asTime, from, outputOf, valueType } from '../operations/output';
import { isObject, textOrNull } from '../values';

/** How buyers pay, as SePay calls it. */
export const paymentMethods: INodePropertyOptions[] = [
	{ name: 'Bank Transfer (VietQR)', value: 'BANK_TRANSFER' },
	{ name: 'Card', value: 'CARD' },
	{ name: 'NAPAS QR', value: 'NAPAS_BANK_TRANSFER' },
];

/** Whether the data of cards is put out. */
export const includeCardData = local(
	flag('includeCardData', 'Whether to return the masked number, holder and expiry of the card'),
);

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

/** Data of a card; left out where the row has been put out without it. */
const asCardData = valueType(['string', 'null'], (value) =>
	value === undefined ? undefined : textOrNull(value),
);

/** The small form of a transaction of an order, with the data of its card as far as the row has it. */
export const simplifyTransaction = outputOf({
	id: from('id', asText),
	transactionId: from('transaction_id', asText),
	type: from('transaction_type', asText),
	status: from('transaction_status', asText),
	paymentMethod: from('payment_method', asText),
	amount: from('transaction_amount', asInteger),
	currency: from('transaction_currency', asText),
	date: from('transaction_date', asTime),
	cardBrand: from('card_brand', asText),
	cardNumber: from('card_number', asCardData),
	cardHolder: from('card_holder_name', asCardData),
	cardExpiry: from('card_expiry', asCardData),
});

/** The small form of an order: `amount` in whole VND, times in ISO 8601 with `+07:00`, nothing as null. */
export const simpleOrder = outputOf({
	id: from('id', asText),
	orderId: from('order_id', asText),
	invoiceNumber: from('order_invoice_number', asText),
	status: from('order_status', asText),
	amount: from('order_amount', asInteger),
	currency: from('order_currency', asText),
	description: from('order_description', asText),
	customerId: from('customer_id', asText),
	createdAt: from('created_at', asTime),
	updatedAt: from('updated_at', asTime),
	transactions: from('transactions', asList(simplifyTransaction)),
});
