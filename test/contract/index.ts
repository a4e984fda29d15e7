import { OpenApi, type Contract } from './openApi';

export type { FoundOperation } from './openApi';

const NAMES = [
	'sepay-oauth2',
	'sepay-bank-hub',
	'sepay-user-api',
	'sepay-payment-gateway',
] as const;

export type ContractName = (typeof NAMES)[number];

/** The APIs of SePay but for eInvoice. */
export const sePay = new OpenApi(__dirname, NAMES);

export const operation = sePay.operation.bind(sePay);
export const validateAnswer = sePay.validateAnswer.bind(sePay);
export const validateRequest = sePay.validateRequest.bind(sePay);

/** SePay eInvoice, apart from the others: its `POST /v1/token` is Bank Hub's by name. */
export const eInvoiceContract = new OpenApi(__dirname, ['sepay-einvoice']);

/** The OAuth endpoints with the API of SePay, Bank Hub, the API for a token, or the payment gateway. */
export function loadContract(name: ContractName = 'sepay-oauth2'): Contract {
	return sePay.document(name);
}

/** What is wrong with a lifecycle event or an IPN of Bank Hub; empty when it is as described. */
export function validateNotice(name: 'event' | 'ipn', body: unknown): string[] {
	return sePay.validateWebhook('sepay-bank-hub', name, body);
}

/** What is wrong with an IPN of the payment gateway; empty when it is as described. */
export function validateIpn(body: unknown): string[] {
	return sePay.validateWebhook('sepay-payment-gateway', 'ipn', body);
}
