import type { Service } from '../state';

/**
 * What SePay's documents and its own library contradict or leave open; the first value of each is the
 * default. A client has to work with every one of them.
 */
export interface Variants {
	/** What `GET /order/detail/{id}` looks an order up by. */
	detailBy: 'orderId' | 'invoiceNumber' | 'both';
	/** What it returns for an order that does not exist. */
	unknownOrder: 404 | 400 | 'null';
	/** The query parameter for the last day; the other one is ignored. */
	lastDay: 'end_created_at' | 'to_created_at';
	/** `sort=created_at:asc` or `sort[created_at]=asc`; the other one is ignored. */
	sort: 'colon' | 'brackets';
	/** `page_count` of an empty list. */
	emptyPageCount: 1 | 0;
	/** Largest page; a larger `per_page` is cut down to it. */
	maxPerPage: number;
	/** Amounts of orders. */
	amounts: 'decimals' | 'digits' | 'number';
	/** IDs of orders and transactions. */
	ids: 'number' | 'uuid';
	/** What the signature covers: the fields in the order of the form, or in that of the sample form. */
	signatureOrder: 'form' | 'sample';
	/** What the address that the form is posted to returns. */
	init: 'redirect' | 'page';
	/** Whether the invoice number of a cancelled order can be used once more. */
	invoiceNumber: 'once' | 'againAfterCancel';
	/** HTTP status when an order cannot be cancelled or voided; `body`: 200 with an error in it. */
	actionRefusal: 400 | 409 | 422 | 'body';
	/** HTTP status of a merchant ID that does not exist; a wrong secret key is always 401. */
	unknownMerchant: 401 | 404;
	/** Shape of an error body. */
	errorShape: 'message' | 'error' | 'errors' | 'html';
	/** `order_status` after a void. */
	voidedStatus: 'CANCELLED' | 'VOIDED';
	/** Whether a void is a transaction of its own or the payment once more. */
	voidTransaction: 'own' | 'same';
	/** When card payments of a Friday after 16:00 are settled. */
	fridaySettlement: 'monday' | 'tuesday';
	/** `custom_data` of an IPN. */
	customData: 'list' | 'text' | 'object';
	/** `customer` of an IPN whose order names none. */
	noCustomer: 'null' | 'nulls' | 'absent';
	/** Whether an IPN that was not answered with 200 is sent again, as webhooks are. */
	ipnRetries: 'asWebhooks' | 'none';
	/** No document names the header of a 429. */
	retryAfter: Service['variants']['retryAfter'];
}

export const defaultVariants: Readonly<Variants> = {
	detailBy: 'orderId',
	unknownOrder: 404,
	lastDay: 'end_created_at',
	sort: 'colon',
	emptyPageCount: 1,
	maxPerPage: 100,
	amounts: 'decimals',
	ids: 'number',
	signatureOrder: 'form',
	init: 'redirect',
	invoiceNumber: 'once',
	actionRefusal: 400,
	unknownMerchant: 401,
	errorShape: 'message',
	voidedStatus: 'CANCELLED',
	voidTransaction: 'own',
	fridaySettlement: 'monday',
	customData: 'list',
	noCustomer: 'null',
	ipnRetries: 'asWebhooks',
	retryAfter: 'none',
};
