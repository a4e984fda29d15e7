import { SePayPgClient } from 'sepay-pg-node';
import { validateIpn, validateRequest } from '../contract';
import { defaultVariants, type Order, type PaymentMethod, type Variants } from './paymentGateway';
import { settledAt } from './paymentGateway/orders';
import { callGateway, startReceiver, usePaymentGateway, waitUntil, type Receiver } from './testing';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const gateway = usePaymentGateway();
let receiver: Receiver;
let sePay: SePayPgClient;

beforeEach(async () => {
	receiver = await startReceiver();
	receiver.answer = () => ({ status: 200 });
	gateway().ipn = { url: `${receiver.url}/ipn`, secretKey: 'IPN key' };
	gateway().allowPrivateWebhooks = true;
	const { id: merchant_id, secretKey: secret_key } = gateway().merchant;
	sePay = new SePayPgClient({ env: 'sandbox', merchant_id, secret_key });
	// The library has no option for another host.
	SePayPgClient.baseApiUrl = `${gateway().url}/v1`;
	SePayPgClient.baseCheckoutUrl = `${gateway().url}/v1/checkout`;
});
afterEach(() => receiver.close());

/** A form as the library makes it, with texts as a browser sends them. */
function formOf(fields: object = {}): Record<string, string> {
	const form = sePay.checkout.initOneTimePaymentFields({
		order_invoice_number: 'DH1042',
		order_amount: 250_000,
		currency: 'VND',
		order_description: 'Thanh toán đơn hàng DH1042, giày "đỏ"',
		success_url: `${receiver.url}/success?a=1&b=2`,
		cancel_url: `${receiver.url}/cancel`,
		error_url: `${receiver.url}/error`,
		...fields,
	});
	return Object.fromEntries(Object.entries(form).map(([name, value]) => [name, String(value)]));
}

const submit = async (url: string, fields: Record<string, string>) =>
	await fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });

const init = async (form = formOf()) => await submit(sePay.checkout.initCheckoutUrl(), form);

/** The page of an order. */
const pageOf = ({ order_id }: Order) => `${gateway().url}/v1/checkout/${order_id}`;

const received = () =>
	receiver.received.map(({ body }) => {
		const notification = JSON.parse(body.toString());
		expect(validateIpn(notification)).toEqual([]);
		return notification;
	});

function paidOrder(method: PaymentMethod = 'BANK_TRANSFER', fields: Partial<Order> = {}): Order {
	const order = gateway().addOrder(fields);
	gateway().pay(order, method);
	return order;
}

/** Lets the clock run until nothing more is tried. */
async function runAll(): Promise<void> {
	for (let minute = 0; minute < 40; minute += 1) {
		await gateway().idle();
		gateway().clock.advance(MINUTE);
		await new Promise((resolve) => setTimeout(resolve, 2));
	}
}

describe('the form of the library', () => {
	test('leads to a page, which leads to the success address when it is paid', async () => {
		const form = formOf();
		const answer = await init(form);
		expect(answer.status).toBe(302);
		const [order] = gateway().orders;
		expect(new URL(answer.headers.get('location')!, gateway().url).href).toBe(pageOf(order));
		const page = await (await fetch(pageOf(order))).text();
		expect(page).toContain('250.000 VND');
		expect(page).toContain('giày &#34;đỏ&#34; (DH1042)');
		const paid = await submit(pageOf(order), { payment_method: 'CARD', end: 'paid' });
		expect([paid.status, paid.headers.get('location')]).toEqual([302, form.success_url]);
		expect(order.order_status).toBe('CAPTURED');
		await gateway().idle();
		expect(receiver.received[0].headers['x-secret-key']).toBe('IPN key');
		expect(received()).toEqual([
			expect.objectContaining({
				notification_type: 'ORDER_PAID',
				order: expect.objectContaining({
					order_invoice_number: 'DH1042',
					order_amount: '250000.00',
					custom_data: [],
				}),
				transaction: expect.objectContaining({
					payment_method: 'CARD',
					transaction_amount: '250000',
					card_number: '512345xxxxxx0008',
				}),
			}),
		]);
		expect((await fetch(pageOf(order))).status).toBe(410);
		expect((await submit(pageOf(order), { payment_method: 'CARD', end: 'paid' })).status).toBe(410);
	});

	test.each([
		['declined', 'error', 'AUTHENTICATION_NOT_NEEDED'],
		['cancelled', 'cancel', 'CANCELLED'],
	])('%s leads to its address, and no one is told', async (end, path, status) => {
		await init();
		const [order] = gateway().orders;
		const { headers } = await submit(pageOf(order), { payment_method: 'BANK_TRANSFER', end });
		expect(headers.get('location')).toBe(`${receiver.url}/${path}`);
		expect(order.order_status).toBe(status);
		await gateway().idle();
		expect(received()).toEqual([]);
	});

	test('may show the page at once', async () => {
		gateway().variants.init = 'page';
		const answer = await init(formOf({ payment_method: 'NAPAS_BANK_TRANSFER' }));
		expect(answer.status).toBe(200);
		const page = await answer.text();
		expect(page).toContain('value="NAPAS_BANK_TRANSFER"');
		expect(page).not.toContain('value="CARD"');
	});

	test('is as the contract says', () => {
		const headers = { 'content-type': 'application/x-www-form-urlencoded' };
		const problems = (form: object) =>
			validateRequest('POST', '/v1/checkout/init', {}, form, headers);
		expect(problems(formOf({ custom_data: 'x', customer_id: 'C1' }))).toEqual([]);
		expect(problems({ ...formOf(), order_amount: '1.5' })).toHaveLength(1);
		expect(problems({ ...formOf(), more: 'x' })).toHaveLength(1);
	});

	test.each<[string, Record<string, string>, string]>([
		['another amount', { order_amount: '1' }, 'Chữ ký không hợp lệ'],
		['another address', { success_url: 'https://evil.example' }, 'Chữ ký không hợp lệ'],
		['a fraction', { order_amount: '1.5' }, 'order_amount must be a whole amount'],
		['no amount', { order_amount: '0' }, 'order_amount must be a whole amount'],
		['another currency', { currency: 'USD' }, 'currency must be one of VND'],
		['another merchant', { merchant: 'SP-TEST-1' }, 'merchant must be one of'],
		['no address', { cancel_url: 'x' }, 'cancel_url is not a web address'],
	])('%s is refused', async (_what, change, message) => {
		const answer = await init({ ...formOf(), ...change });
		expect(answer.status).toBe(400);
		expect(await answer.text()).toContain(message);
		expect(gateway().orders).toEqual([]);
	});

	test('custom data is not signed', async () => {
		expect((await init({ ...formOf(), custom_data: 'x' })).status).toBe(302);
		expect(gateway().orders[0].custom_data).toBe('x');
	});

	test('private addresses are refused where the gateway is reached by the public', async () => {
		gateway().allowPrivateWebhooks = false;
		expect(await (await init()).text()).toContain('success_url must be a public address');
	});

	test('an invoice number is taken once, or again after a cancel', async () => {
		await init();
		expect((await init()).status).toBe(400);
		gateway().variants.invoiceNumber = 'againAfterCancel';
		expect((await init()).status).toBe(400);
		await sePay.order.cancel('DH1042');
		expect((await init()).status).toBe(302);
	});

	test('may have to be signed in the order of the sample form', async () => {
		gateway().variants.signatureOrder = 'sample';
		const form = formOf();
		expect((await init(form)).status).toBe(400);
		const { merchant, currency, order_amount, operation, order_description, ...rest } = form;
		const sample = { merchant, currency, order_amount, operation, order_description, ...rest };
		const { success_url, error_url, cancel_url, order_invoice_number } = form;
		const fields = {
			merchant,
			currency,
			order_amount,
			operation,
			order_description,
			order_invoice_number,
			success_url,
			error_url,
			cancel_url,
		};
		const signature = sePay.checkout.signFields(fields);
		expect((await init({ ...sample, signature })).status).toBe(302);
	});
});

describe('orders by the library', () => {
	test('all of them, the newest first, by page and filter', async () => {
		for (let index = 0; index < 25; index += 1) gateway().addOrder({ customer_id: 'C1' });
		const paid = paidOrder('CARD', { customer_id: 'C2', created_at: '2026-01-31 10:00:00' });
		const { data } = await sePay.order.all();
		expect(data.meta).toEqual({
			per_page: 20,
			total: 26,
			has_more: true,
			current_page: 1,
			page_count: 2,
		});
		expect(data.data[0]).toMatchObject({ order_id: paid.order_id, order_amount: '300000.00' });
		const count = async (filters: object) => (await sePay.order.all(filters)).data.meta.total;
		expect(await count({ order_status: 'CAPTURED' })).toBe(1);
		expect(await count({ customer_id: 'C1' })).toBe(25);
		expect(await count({ q: paid.order_invoice_number.toLowerCase() })).toBe(1);
		expect(await count({ created_at: '2026-01-31' })).toBe(1);
		expect(await count({ from_created_at: '2026-02-01' })).toBe(25);
		expect(await count({ to_created_at: '2026-01-31' })).toBe(26);
		gateway().variants.lastDay = 'to_created_at';
		expect(await count({ to_created_at: '2026-01-31' })).toBe(1);
		const first = async () =>
			(await sePay.order.all({ sort: { created_at: 'asc' } })).data.data[0].order_id;
		expect(await first()).toBe(paid.order_id);
		gateway().variants.sort = 'brackets';
		expect(await first()).toBe(gateway().orders[0].order_id);
	});

	test('a page has no more than the largest, an empty list one page or none', async () => {
		gateway().variants.maxPerPage = 2;
		const meta = async () => (await sePay.order.all({ per_page: 50 })).data.meta;
		expect(await meta()).toMatchObject({ per_page: 2, page_count: 1, total: 0 });
		gateway().variants.emptyPageCount = 0;
		expect(await meta()).toMatchObject({ page_count: 0, has_more: false });
	});

	test('one, by what the variant says', async () => {
		const { order_id, order_invoice_number } = paidOrder('CARD');
		const found = async (id: string) =>
			await sePay.order.retrieve(id).then(
				({ data }) => data.data.order_id,
				({ status }) => status,
			);
		expect(await found(order_id)).toBe(order_id);
		expect(await found(order_invoice_number)).toBe(404);
		gateway().variants.detailBy = 'invoiceNumber';
		expect(await found(order_id)).toBe(404);
		expect(await found(order_invoice_number)).toBe(order_id);
		gateway().variants.detailBy = 'both';
		expect(await found(order_invoice_number)).toBe(order_id);
		gateway().variants.unknownOrder = 400;
		expect(await found('x')).toBe(400);
		gateway().variants.unknownOrder = 'null';
		expect((await sePay.order.retrieve('x')).data).toEqual({ data: null });
	});

	test('cancel: once, while it waits, and not by card', async () => {
		const status = async ({ order_invoice_number }: Order) =>
			await sePay.order
				.cancel(order_invoice_number)
				.catch(({ status: code }) => ({ status: code }));
		const order = gateway().addOrder();
		expect(await status(order)).toMatchObject({
			status: 200,
			data: { message: 'Đã hủy đơn hàng thành công' },
		});
		expect(order.order_status).toBe('CANCELLED');
		gateway().variants.actionRefusal = 409;
		expect(await status(order)).toEqual({ status: 409 });
		expect(await status(paidOrder())).toEqual({ status: 409 });
		expect(await status(gateway().addOrder({ payment_method: 'CARD' }))).toEqual({ status: 409 });
		gateway().variants.actionRefusal = 'body';
		expect(await status(order)).toMatchObject({ status: 200, data: { code: 400 } });
	});

	test('void: by card, paid, before it is settled; the merchant is told', async () => {
		const voided = async ({ order_invoice_number }: Order) =>
			await sePay.order.voidTransaction(order_invoice_number).then(
				({ status }) => status,
				({ status }) => status,
			);
		expect(await voided(paidOrder('BANK_TRANSFER'))).toBe(400);
		expect(await voided(gateway().addOrder())).toBe(400);
		const late = paidOrder('CARD');
		const order = paidOrder('CARD');
		expect(await voided(order)).toBe(200);
		expect(order.order_status).toBe('CANCELLED');
		expect(await voided(order)).toBe(400);
		gateway().clock.advance(5 * DAY);
		expect(await voided(late)).toBe(400);
		await gateway().idle();
		const types = received().map(({ notification_type: type, transaction }) => [
			type,
			transaction.transaction_type,
		]);
		expect(types.filter(([type]) => type === 'TRANSACTION_VOID')).toEqual([
			['TRANSACTION_VOID', 'VOID'],
		]);
	});

	test('a void may be told as the payment once more, and have a status of its own', async () => {
		Object.assign(gateway().variants, { voidTransaction: 'same', voidedStatus: 'VOIDED' });
		const order = paidOrder('CARD');
		await sePay.order.voidTransaction(order.order_invoice_number);
		await gateway().idle();
		const [paid, voided] = received();
		expect(voided.transaction.id).toBe(paid.transaction.id);
		expect(voided.order.order_status).toBe('VOIDED');
	});
});

test.each([
	['2026-01-27 15:30', '2026-01-28', '2026-01-28'],
	['2026-01-27 17:00', '2026-01-29', '2026-01-29'],
	['2026-01-30 15:59', '2026-02-02', '2026-02-02'],
	['2026-01-30 16:00', '2026-02-02', '2026-02-03'],
	['2026-01-31 10:00', '2026-02-02', '2026-02-02'],
])('what is paid at %s is settled on %s, or %s', (paid, monday, tuesday) => {
	const paidAt = Date.parse(`${paid.replace(' ', 'T')}:00+07:00`);
	const days = (['monday', 'tuesday'] as const).map((fridaySettlement) =>
		settledAt(paidAt, { ...defaultVariants, fridaySettlement }),
	);
	expect(days).toEqual([monday, tuesday].map((day) => Date.parse(`${day}T00:00:00+07:00`)));
});

describe('sign-in', () => {
	test('by merchant ID and secret key', async () => {
		const status = async (options: object) =>
			(await callGateway(gateway(), 'GET', '/v1/order', options)).status;
		expect(await status({})).toBe(200);
		expect(await status({ secretKey: 'x' })).toBe(401);
		expect(await status({ id: 'x' })).toBe(401);
		gateway().variants.unknownMerchant = 404;
		expect(await status({ id: 'x' })).toBe(404);
		expect(await status({ secretKey: 'x' })).toBe(401);
	});

	test.each<[Variants['errorShape'], unknown]>([
		['message', { message: 'Merchant không tồn tại' }],
		['error', { error: { code: 401, message: 'Merchant không tồn tại' } }],
		['errors', { message: 'Merchant không tồn tại', errors: {} }],
		['html', undefined],
	])('is refused in the shape %s', async (errorShape, body) => {
		gateway().variants.errorShape = errorShape;
		const answer = await callGateway(gateway(), 'GET', '/v1/order', { id: 'x' });
		expect(answer.body).toEqual(body);
	});
});

describe('IPN', () => {
	test.each<[Partial<Variants>, object]>([
		[{ customData: 'text' }, { order: { custom_data: 'ghi chú' } }],
		[{ customData: 'object' }, { order: { custom_data: { value: 'ghi chú' } } }],
		[{ customData: 'list' }, { order: { custom_data: ['ghi chú'] } }],
		[{ amounts: 'digits' }, { order: { order_amount: '300000' } }],
		[{ amounts: 'number' }, { order: { order_amount: 300_000 } }],
		[{ ids: 'uuid' }, { order: { id: expect.stringMatching(/^[\da-f-]{36}$/) } }],
		[{ noCustomer: 'nulls' }, { customer: { id: null, customer_id: null } }],
		[{ noCustomer: 'absent' }, { customer: undefined }],
		[{ noCustomer: 'null' }, { customer: null }],
	])('as %j', async (variants, part) => {
		Object.assign(gateway().variants, variants);
		paidOrder('BANK_TRANSFER', { custom_data: 'ghi chú' });
		await gateway().idle();
		const [{ order, customer }] = received();
		expect({ order, customer }).toMatchObject(part);
	});

	test('is repeated until it is answered with 200, whatever else it says', async () => {
		receiver.answer = () => ({ status: receiver.received.length < 3 ? 201 : 200 });
		paidOrder();
		await runAll();
		expect(receiver.received).toHaveLength(3);
		expect(new Set(receiver.received.map(({ body }) => body.toString())).size).toBe(1);
		expect(gateway().deliveries.map(({ ok }) => ok)).toEqual([false, false, true]);
	});

	test('is sent eight times at most, or once', async () => {
		receiver.answer = () => ({ status: 500 });
		paidOrder();
		await runAll();
		expect(receiver.received).toHaveLength(8);
		gateway().variants.ipnRetries = 'none';
		paidOrder();
		await runAll();
		expect(receiver.received).toHaveLength(9);
	});

	test('has no key when the merchant chose none, and can be sent again', async () => {
		gateway().ipn = { url: receiver.url };
		const order = paidOrder();
		await waitUntil(() => receiver.received.length === 1);
		await gateway().idle();
		expect(receiver.received[0].headers).not.toHaveProperty('x-secret-key');
		await gateway().sendAgain(gateway().deliveries[0]);
		await gateway().notify('RENEWAL_ORDER_PAID', order);
		expect(received().map(({ notification_type: type }) => type)).toEqual([
			'ORDER_PAID',
			'ORDER_PAID',
			'RENEWAL_ORDER_PAID',
		]);
	});
});
