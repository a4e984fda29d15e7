import type {
	IAllExecuteFunctions,
	ICredentialDataDecryptedObject,
	IDataObject,
	NodeApiError,
} from 'n8n-workflow';
import { createReaders, type EnvelopeFormat } from '../transport/responseFormat';
import { baseUrlAmong, baseUrlIn, type Service } from '../transport/service';
import { isNonEmptyText, isObject } from '../values';

const HOSTS = {
	production: 'https://pgapi.sepay.vn',
	sandbox: 'https://pgapi-sandbox.sepay.vn',
};
const CHECKOUT_HOSTS: Record<string, string> = {
	production: 'https://pay.sepay.vn',
	sandbox: 'https://pay-sandbox.sepay.vn',
};

/** Where a buyer's browser posts the checkout form; a custom environment may have it on the API's host. */
export function checkoutUrl(credentials: ICredentialDataDecryptedObject): string {
	const { environment, checkoutBaseUrl } = credentials;
	const host =
		CHECKOUT_HOSTS[String(environment)] ??
		(baseUrlIn(checkoutBaseUrl) || paymentGateway.baseUrl(credentials));
	return `${host}/v1/checkout/init`;
}

/** Merchant ID and secret key, without spaces from copying. */
export function merchantIn({ merchantId, secretKey }: ICredentialDataDecryptedObject) {
	const [id, key] = [merchantId, secretKey].map((value) => String(value ?? '').trim());
	return { id, secretKey: key };
}

/** SePay's payment gateway: checkout by bank QR, NAPAS QR and card. */
export const paymentGateway: Service = {
	name: 'SePay Payment Gateway',
	credentialType: 'sePayPaymentGatewayApi',
	baseUrl: baseUrlAmong(HOSTS),
	// No document names a limit of the gateway: the one that SePay names for its other API.
	rateLimit: { calls: 3, perMs: 1040 },
	authenticationHint:
		'Check Merchant ID, Secret Key and Environment in the credential. SePay issues different ones for Production and Sandbox.',
};

const format: EnvelopeFormat = {
	service: paymentGateway,
	isError: ({ code, status, success, error }) =>
		Number(code) >= 400 || Number(status) >= 400 || success === false || isNonEmptyText(error),
};

export const { call: callPaymentGateway, pageReader, readObject } = createReaders(format);

/** No document names the status of an order that does not exist; 200 is a refusal in words. */
const NOT_FOUND = ['200', '400', '404', '422'];

const isNamed = (order: IDataObject, id: string) =>
	order.order_id === id || order.order_invoice_number === id;

async function readDetail(this: IAllExecuteFunctions, id: string) {
	const url = `/v1/order/detail/${encodeURIComponent(id)}`;
	const { data } = await callPaymentGateway
		.call(this, { method: 'GET', url }, 'an order under "data"')
		.catch((error: NodeApiError) => {
			if (NOT_FOUND.includes(String(error.httpCode))) return { data: undefined };
			throw error;
		});
	return isObject(data) ? data : undefined;
}

/** The newest of the orders with this order ID or invoice number, as the list shows it; undefined when there is none. */
export async function findOrder(
	this: IAllExecuteFunctions,
	id: string,
): Promise<IDataObject | undefined> {
	const { rows } = await pageReader.call(this, { url: '/v1/order', qs: { q: id } })(1, 100);
	return rows
		.filter((row) => isNamed(row, id))
		.sort((a, b) => (String(a.created_at) < String(b.created_at) ? 1 : -1))[0];
}

/**
 * Reads an order with its transactions, by order ID or invoice number; undefined when there is none.
 * The documents and SePay's own library differ in which of the two the API takes: where it does not
 * know one, the list tells the other.
 *
 * @throws NodeApiError with SePay's reason
 */
export async function readOrder(
	this: IAllExecuteFunctions,
	id: string,
): Promise<IDataObject | undefined> {
	const found = await readDetail.call(this, id);
	// An internal ID may look like somebody else's invoice number.
	if (found && isNamed(found, id)) return found;
	const row = await findOrder.call(this, id);
	if (!row) return undefined;
	const other = row.order_id === id ? row.order_invoice_number : row.order_id;
	return await readDetail.call(this, String(other));
}
