import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { SePayPgClient } from 'sepay-pg-node';
import { pageOf, signatureOf } from '../../../nodes/SePayPaymentGateway/resources/checkout/form';
import { checkoutUrl } from '../../../nodes/shared/paymentGateway/api';
import { validateRequest } from '../../contract';
import { useGateway } from './paymentGateway';

const tester = useGateway();

const node = (fields: object = {}) =>
	({
		resource: 'checkout',
		operation: 'create',
		amount: 250_000,
		description: 'Thanh toán đơn hàng DH1042, giày "đỏ"',
		invoiceNumber: 'DH1042',
		...fields,
	}) as never;

const options = {
	customerId: 'CUST_001',
	successUrl: 'https://shop.example.com/thanks?a=1&b=2',
	errorUrl: 'https://shop.example.com/error',
	cancelUrl: 'https://shop.example.com/cancel',
	customData: 'bàn 5',
};

/** Posts the form as a browser does. */
const submit = async ({ url, fields }: IDataObject) =>
	await fetch(String(url), {
		method: 'POST',
		body: new URLSearchParams(fields as Record<string, string>),
		redirect: 'manual',
	});

const library = (secret_key: string) =>
	new SePayPgClient({ env: 'sandbox', merchant_id: 'SP-TEST-1', secret_key });

/** Any text, Vietnamese more often than not. */
const anyText = fc.oneof(
	fc.string({ unit: 'grapheme', maxLength: 30 }),
	fc.constantFrom('Thanh toán đơn hàng', 'giày "đỏ", cỡ 42 = lớn', 'a,b=c', '', ' '),
);
const anyField = fc.oneof(anyText, fc.constant(null), fc.constant(undefined), fc.nat());
const NAMES = [
	'merchant',
	'env',
	'operation',
	'payment_method',
	'order_amount',
	'currency',
	'order_invoice_number',
	'order_description',
	'customer_id',
	'agreement_id',
	'agreement_name',
	'agreement_type',
	'agreement_payment_frequency',
	'agreement_amount_per_payment',
	'success_url',
	'error_url',
	'cancel_url',
	'order_id',
	'custom_data',
	'order_tax_amount',
];

test("the signature is that of SePay's own library, for 10,000 forms", () => {
	const form = fc
		.shuffledSubarray(NAMES)
		.chain((names) => fc.tuple(...names.map((name) => fc.tuple(fc.constant(name), anyField))))
		.map((entries) => Object.fromEntries(entries));
	const key = fc.string({ unit: 'grapheme', minLength: 1 });
	let checked = 0;
	fc.assert(
		fc.property(form, key, (fields, secretKey) => {
			checked += 1;
			expect(signatureOf(fields, secretKey)).toBe(library(secretKey).checkout.signFields(fields));
		}),
		{ numRuns: 10_000 },
	);
	expect(checked).toBe(10_000);
});

test('the page posts what was signed, whatever stands in it', async () => {
	const unescape = (text: string) =>
		text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
	fc.assert(
		fc.property(fc.dictionary(anyText, anyText), (fields) => {
			const page = pageOf('https://pay.example/?a=1&b=2', fields);
			const inputs = [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/gs)];
			const found = inputs.map(([, name, value]) => [unescape(name), unescape(value)]);
			expect(found).toEqual(Object.entries(fields));
			expect(page).toContain('action="https://pay.example/?a=1&#38;b=2"');
		}),
	);
});

describe('Create', () => {
	test('gives fields and a page that lead to the payment page', async () => {
		const [row] = await tester.rows(node({ paymentMethod: 'CARD', options }));
		expect(row.url).toBe(`${tester.gateway.url}/v1/checkout/init`);
		expect(row.fields).toEqual({
			merchant: tester.gateway.merchant.id,
			currency: 'VND',
			order_amount: '250000',
			operation: 'PURCHASE',
			payment_method: 'CARD',
			order_description: 'Thanh toán đơn hàng DH1042, giày "đỏ"',
			order_invoice_number: 'DH1042',
			customer_id: 'CUST_001',
			success_url: options.successUrl,
			error_url: options.errorUrl,
			cancel_url: options.cancelUrl,
			custom_data: 'bàn 5',
			signature: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
		});
		const headers = { 'content-type': 'application/x-www-form-urlencoded' };
		const sent = structuredClone(row.fields);
		expect(validateRequest('POST', '/v1/checkout/init', {}, sent, headers)).toEqual([]);
		expect(row.html).toContain(`action="${String(row.url)}"`);
		expect((await submit(row)).status).toBe(302);
		expect(tester.gateway.orders).toMatchObject([
			{ order_invoice_number: 'DH1042', order_amount: 250_000, custom_data: 'bàn 5' },
		]);
	});

	test.each(['form', 'sample'] as const)(
		'is signed as needed, in the order of the %s',
		async (signatureOrder) => {
			tester.gateway.variants.signatureOrder = signatureOrder;
			for (const fields of [{}, { paymentMethod: 'BANK_TRANSFER', options }]) {
				const invoiceNumber = `DH${tester.gateway.orders.length}`;
				const [row] = await tester.rows(node({ invoiceNumber, ...fields }));
				expect((await submit(row)).status).toBe(302);
			}
		},
	);

	test('the fields keep their order when n8n stores them', async () => {
		const [row] = await tester.rows(node({ options }));
		const fields = JSON.parse(JSON.stringify(row.fields));
		const { signature, ...rest } = fields;
		expect(library(tester.gateway.merchant.secretKey).checkout.signFields(rest)).toBe(signature);
	});

	test('makes one form for each item', async () => {
		const input = [1, 2, 3].map((number) => ({ number: `DH${number}`, amount: `${number}000` }));
		const { items } = await tester.run(
			node({ invoiceNumber: '={{ $json.number }}', amount: '={{ $json.amount }}' }),
			{ input },
		);
		expect(items.map(({ json, pairedItem }) => [json.fields, pairedItem])).toEqual(
			[1, 2, 3].map((number, item) => [
				expect.objectContaining({
					order_invoice_number: `DH${number}`,
					order_amount: `${number}000`,
				}),
				{ item },
			]),
		);
	});

	test('asks only whether the invoice number is used, and nothing when told so', async () => {
		await tester.rows(node());
		expect(tester.sent()).toMatchObject([{ call: 'GET /order', query: { q: 'DH1042' } }]);
		tester.gateway.clearRequests();
		tester.gateway.addOrder({ order_invoice_number: 'DH1042' });
		await tester.rows(node({ options: { checkInvoiceNumber: false } }));
		expect(tester.calls()).toEqual([]);
	});

	test('a number that is part of another one is free', async () => {
		tester.gateway.addOrder({ order_invoice_number: 'DH10421', order_description: 'not DH1042' });
		expect(await tester.rows(node())).toHaveLength(1);
	});

	test('can be run again while no order exists', async () => {
		await tester.rows(node());
		expect(await tester.rows(node())).toHaveLength(1);
	});
});

describe('bad input', () => {
	test.each<[object, string]>([
		[{ amount: 0 }, 'Amount must be at least 1 VND'],
		[{ amount: 1.5 }, 'Amount must be a whole amount in VND'],
		[{ amount: '1.000' }, 'Amount must be a whole amount in VND'],
		[{ amount: -5 }, 'Amount must be a whole amount in VND'],
		[{ amount: '={{ undefined }}' }, 'Amount must be filled in'],
		[{ description: '={{ " " }}' }, 'Description must be filled in'],
		[{ invoiceNumber: '={{ "" }}' }, 'Invoice Number must be filled in'],
		[{ invoiceNumber: '={{ { a: 1 } }}' }, 'Invoice Number must be text'],
		[{ options: { successUrl: '={{ "" }}' } }, 'Success URL must be filled in'],
	])('%j', async (fields, message) => {
		expect((await tester.failure(node(fields))).message).toContain(message);
		expect(tester.calls()).toEqual([]);
	});

	test.each([
		['successUrl', 'http://shop.example.com', 'Success URL must be a URL that starts with https'],
		['errorUrl', 'https://192.168.1.2/', 'Error URL must be a public URL'],
		['cancelUrl', 'shop.example.com', 'Cancel URL must be a URL like'],
		['successUrl', 'javascript:alert(1)', 'Success URL must be'],
	])('%s %s in Production', async (name, url, message) => {
		tester.store({ environment: 'production', merchantId: 'SP-LIVE-1' });
		const fields = { options: { [name]: url, checkInvoiceNumber: false } };
		expect((await tester.failure(node(fields))).message).toContain(message);
	});

	test('in a custom environment only what is no URL', async () => {
		const checkInvoiceNumber = false;
		const successUrl = 'http://127.0.0.1:8080/thanks';
		expect(await tester.rows(node({ options: { successUrl, checkInvoiceNumber } }))).toHaveLength(
			1,
		);
		const { message } = await tester.failure(node({ options: { successUrl: 'ftp://x' } }));
		expect(message).toContain('Success URL must be');
	});

	test('an invoice number that SePay has, with its status', async () => {
		tester.gateway.pay(tester.gateway.addOrder({ order_invoice_number: 'DH1042' }));
		const { message, description } = await tester.failure(node());
		expect(message).toBe('Invoice Number must be unique');
		expect(description).toContain('an order "DH1042" with status CAPTURED');
	});

	test('an invoice number of two items, before SePay is asked about the second', async () => {
		const input = [{ number: 'A' }, { number: 'B' }, { number: 'A' }];
		const { items } = await tester.run(node({ invoiceNumber: '={{ $json.number }}' }), {
			input,
			onError: 'continueRegularOutput',
		});
		expect(items.map(({ json }) => json.error)).toEqual([
			undefined,
			undefined,
			'Invoice Number must be unique',
		]);
		expect(tester.calls()).toHaveLength(2);
	});
});

describe('where the form is posted', () => {
	test.each([
		[{ environment: 'production' }, 'https://pay.sepay.vn/v1/checkout/init'],
		[{ environment: 'sandbox' }, 'https://pay-sandbox.sepay.vn/v1/checkout/init'],
		[
			{ environment: 'custom', baseUrl: 'https://api.example/v1/' },
			'https://api.example/v1/checkout/init',
		],
		[
			{
				environment: 'custom',
				baseUrl: 'https://api.example',
				checkoutBaseUrl: ' https://pay.example/ ',
			},
			'https://pay.example/v1/checkout/init',
		],
	])('%j', (credentials, url) => {
		expect(checkoutUrl(credentials)).toBe(url);
	});

	test.each(['production', 'sandbox'] as const)('is as in the library, %s', (env) => {
		const client = new SePayPgClient({ env, merchant_id: 'x', secret_key: 'y' });
		expect(checkoutUrl({ environment: env })).toBe(client.checkout.initCheckoutUrl());
	});
});
