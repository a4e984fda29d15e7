import type { PaymentMethod } from '../../sandbox/paymentGateway';
import { answerForms, byId, iso, newestFirst, simple, useGateway } from './paymentGateway';

const tester = useGateway();
const node = (operation: string, fields: object = {}) =>
	({ resource: 'order', operation, ...fields }) as never;
const of = (operation: string, id: string, fields: object = {}) =>
	node(operation, { orderId: byId(id), ...fields });
const orders = () => tester.gateway.orders;

function paid(method: PaymentMethod, fields = {}) {
	const order = tester.gateway.addOrder(fields);
	tester.gateway.pay(order, method);
	return order;
}

describe('Get', () => {
	test.each(answerForms)('by order ID and by invoice number, %s', async (_name, variants) => {
		Object.assign(tester.gateway.variants, variants);
		tester.gateway.addOrder();
		const order = paid('CARD', { order_invoice_number: 'DH/2026 01', customer_id: 'C1' });
		const [transaction] = order.transactions;
		for (const id of [order.order_id, ` ${order.order_invoice_number}\n`]) {
			expect(await tester.rows(of('get', id))).toEqual([
				{
					...simple(order),
					transactions: [
						{
							id: String(transaction.id),
							transactionId: transaction.transaction_id,
							type: 'PAYMENT',
							status: 'APPROVED',
							paymentMethod: 'CARD',
							amount: 300_000,
							currency: 'VND',
							date: iso(transaction.transaction_date),
							cardBrand: 'MASTERCARD',
						},
					],
				},
			]);
		}
	});

	test('asks once where the API takes what was given', async () => {
		const { order_id } = tester.gateway.addOrder();
		await tester.rows(of('get', order_id));
		expect(tester.calls()).toEqual([`GET /order/detail/${order_id}`]);
	});

	test('shows card data only when it is asked for, with Simplify or without', async () => {
		const { order_id } = paid('CARD');
		const card = {
			cardNumber: '512345xxxxxx0008',
			cardHolder: 'NGUYEN VAN A',
			cardExpiry: '12/30',
		};
		const options = { includeCardData: true };
		const words = async (fields: object) =>
			JSON.stringify(await tester.rows(of('get', order_id, fields)));
		const [shown] = await tester.rows(of('get', order_id, { options }));
		expect(shown.transactions).toEqual([expect.objectContaining(card)]);
		expect(await words({ options, simplify: false })).toContain('"card_number":"512345xxxxxx0008"');
		for (const fields of [{}, { simplify: false }]) {
			const found = await words(fields);
			for (const value of Object.values(card)) expect(found).not.toContain(value);
		}
	});

	test('without Simplify gives what SePay sent', async () => {
		const order = tester.gateway.addOrder();
		expect(await tester.rows(of('get', order.order_id, { simplify: false }))).toEqual([
			expect.objectContaining({ order_amount: '300000.00', transactions: [] }),
		]);
	});

	test.each([
		[404 as const, 'orderId' as const],
		[400 as const, 'invoiceNumber' as const],
		['null' as const, 'both' as const],
	])(
		'an order that is gone (%s): an error that names the field',
		async (unknownOrder, detailBy) => {
			Object.assign(tester.gateway.variants, { unknownOrder, detailBy });
			tester.gateway.addOrder({ order_description: 'about DH9' });
			const { message, description } = await tester.failure(of('get', 'DH9'));
			expect(message).toBe('Order must be an order of this merchant');
			expect(description).toContain('SePay has no order "DH9"');
		},
	);

	test('never returns another order whose internal ID looks like the invoice number', async () => {
		const [first, second] = [tester.gateway.addOrder(), tester.gateway.addOrder()];
		second.order_invoice_number = '1';
		tester.gateway.fault({
			path: '/v1/order/detail/1',
			answer: { status: 200, body: { data: { ...first, id: '1' } } },
		});
		expect(await tester.rows(of('get', '1'))).toMatchObject([{ orderId: second.order_id }]);
	});

	test('of orders with the same invoice number the newest', async () => {
		tester.gateway.addOrder({
			order_invoice_number: 'DH7',
			order_status: 'CANCELLED',
			created_at: '2026-01-01 10:00:00',
		});
		const newest = tester.gateway.addOrder({ order_invoice_number: 'DH7' });
		expect(await tester.rows(of('get', 'DH7'))).toMatchObject([{ orderId: newest.order_id }]);
	});
});

describe('Get Many', () => {
	const getAll = (fields: object = {}) => node('getAll', fields);

	beforeEach(() => {
		for (let index = 1; index <= 5; index += 1) {
			const created_at = `2026-01-0${index} 10:00:00`;
			tester.gateway.addOrder({ created_at, customer_id: index === 3 ? 'C3' : null });
		}
		tester.gateway.pay(orders()[1], 'CARD');
	});

	test.each(answerForms)('Return All gives them all, %s', async (_name, variants) => {
		Object.assign(tester.gateway.variants, variants);
		expect(await tester.rows(getAll({ returnAll: true }))).toEqual(
			newestFirst(orders()).map(simple),
		);
	});

	test.each(answerForms)('sorted either way, with a limit, %s', async (_name, variants) => {
		Object.assign(tester.gateway.variants, variants);
		const sorted = async (sort: string) =>
			await tester.rows(getAll({ limit: 3, options: { sort } }));
		expect(await sorted('asc')).toEqual(orders().slice(0, 3).map(simple));
		expect(await sorted('desc')).toEqual(newestFirst(orders()).slice(0, 3).map(simple));
	});

	test.each(answerForms)('from and to a day, %s', async (_name, variants) => {
		Object.assign(tester.gateway.variants, variants);
		const filters = { fromDate: '2026-01-02', toDate: '2026-01-03T16:59:59Z' };
		expect(await tester.rows(getAll({ returnAll: true, filters }))).toEqual(
			newestFirst(orders().slice(1, 3)).map(simple),
		);
	});

	test.each<[object, number[]]>([
		[{ status: 'CAPTURED' }, [2]],
		[{ status: 'AUTHENTICATION_NOT_NEEDED' }, [5, 4, 3, 1]],
		[{ customerId: 'C3' }, [3]],
		[{ createdOn: '2026-01-04' }, [4]],
		[{ search: 'dh1005' }, [5]],
		[{ search: ' ', customerId: '' }, [5, 4, 3, 2, 1]],
	])('filter %j', async (filters, ids) => {
		const rows = await tester.rows(getAll({ returnAll: true, filters }));
		expect(rows.map(({ id }) => Number(id))).toEqual(ids);
	});

	test('page after page of a long list, the filters on each', async () => {
		for (let index = 0; index < 245; index += 1) tester.gateway.addOrder();
		const filters = { status: 'AUTHENTICATION_NOT_NEEDED', search: 'DH' };
		expect(await tester.rows(getAll({ returnAll: true, filters }))).toHaveLength(249);
		const same = { order_status: 'AUTHENTICATION_NOT_NEEDED', q: 'DH', per_page: '100' };
		expect(tester.sent().map(({ query }) => query)).toEqual(
			['1', '2', '3'].map((page) => ({ ...same, page })),
		);
	});

	test('a limit asks for no more than it wants, and each row is paired', async () => {
		const input = [{ limit: 1 }, { limit: 2 }];
		const { items } = await tester.run(getAll({ limit: '={{ $json.limit }}' }), { input });
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 1 },
		]);
		expect(tester.sent().map(({ query }) => query)).toEqual([
			{ page: '1', per_page: '1' },
			{ page: '1', per_page: '2' },
		]);
	});

	test('without Simplify gives what SePay sent', async () => {
		const [row] = await tester.rows(getAll({ limit: 1, simplify: false }));
		expect(row).toMatchObject({ order_amount: '300000.00', authentication_status: null });
	});
});

const ENDINGS = [
	['cancel', '/order/cancel', 'cancelled', () => tester.gateway.addOrder()],
	['voidTransaction', '/order/voidTransaction', 'voided', () => paid('CARD')],
] as const;

describe.each(ENDINGS)('%s', (operation, path, done, start) => {
	const posts = () => tester.calls().filter((call) => call === `POST ${path}`);

	test.each(answerForms)('ends the order after reading it, %s', async (_name, variants) => {
		Object.assign(tester.gateway.variants, variants);
		const order = start();
		expect(await tester.rows(of(operation, order.order_invoice_number))).toEqual([
			{
				orderId: order.order_id,
				invoiceNumber: order.order_invoice_number,
				amount: 300_000,
				[done]: true,
				message: expect.stringMatching(/thành công/),
			},
		]);
		expect(order.order_status).toBe('CANCELLED');
		expect(tester.calls()[0]).toMatch(/^GET \/order\/detail/);
		expect(tester.sent().at(-1)).toMatchObject({
			call: `POST ${path}`,
			body: { order_invoice_number: order.order_invoice_number },
		});
	});

	test('is sent once for items that name the same order in two ways', async () => {
		const { order_id, order_invoice_number } = start();
		const input = [{ id: order_id }, { id: order_invoice_number }];
		const { items } = await tester.run(of(operation, '={{ $json.id }}'), {
			input,
			onError: 'continueRegularOutput',
		});
		expect(items.map(({ json }) => json)).toEqual([
			expect.objectContaining({ [done]: true }),
			{ error: expect.stringContaining('Order must be') },
		]);
		expect(posts()).toHaveLength(1);
	});

	test('is not sent again when its answer is lost, also when n8n tries again', async () => {
		const order = start();
		tester.gateway.fault({ method: 'POST', when: 'after', answer: 'cut' });
		const { description } = await tester.failure(of(operation, order.order_id), {
			retryOnFail: true,
		});
		expect(description).toContain('already');
		expect(posts()).toHaveLength(1);
	});

	test('nor when the order does not show it yet', async () => {
		const order = start();
		tester.gateway.fault({ method: 'POST', answer: 'cut' });
		const { message } = await tester.failure(of(operation, order.order_id));
		expect(message).toBe('The connection to SePay Payment Gateway was lost before it responded');
		const second = await tester.failure(of(operation, order.order_id));
		expect(second.message).toBe('Order must be one without a pending request');
		expect(second.description).toContain('SePay has not confirmed it');
		expect(posts()).toHaveLength(1);
		const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 61 * 60_000);
		expect(await tester.rows(of(operation, order.order_id))).toHaveLength(1);
		clock.mockRestore();
	});

	test('of an order that is gone', async () => {
		const { message } = await tester.failure(of(operation, 'DH9'));
		expect(message).toBe('Order must be an order of this merchant');
		expect(posts()).toEqual([]);
	});

	test.each([400, 409, 422, 'body'] as const)(
		'refused by SePay (%s): its words, the rule, and another try is sent',
		async (actionRefusal) => {
			tester.gateway.variants.actionRefusal = actionRefusal;
			const order =
				operation === 'cancel' ? tester.gateway.addOrder({ payment_method: 'CARD' }) : start();
			if (operation !== 'cancel') tester.gateway.clock.advance(5 * 24 * 3_600_000);
			for (const expected of [1, 2]) {
				const { message, description } = await tester.failure(of(operation, order.order_id));
				expect(message).toMatch(/Không thể hủy|quyết toán/);
				expect(description).toMatch(/^SePay (cancels|voids)/);
				expect(posts()).toHaveLength(expected);
			}
		},
	);
});

describe('what cannot be ended is not sent', () => {
	test.each<[string, string, () => { order_id: string }, string]>([
		['cancel', 'a paid order', () => paid('BANK_TRANSFER'), 'is CAPTURED. It is paid'],
		[
			'cancel',
			'a cancelled order',
			() => tester.gateway.addOrder({ order_status: 'CANCELLED' }),
			'It is already cancelled',
		],
		[
			'voidTransaction',
			'a transfer',
			() => paid('NAPAS_BANK_TRANSFER'),
			'paid by NAPAS_BANK_TRANSFER',
		],
		['voidTransaction', 'an unpaid order', () => tester.gateway.addOrder(), 'no payment to void'],
	])('%s of %s', async (operation, _what, start, words) => {
		const { message, description } = await tester.failure(of(operation, start().order_id));
		expect(message).toMatch(/^Order must be (waiting for payment|paid by card)/);
		expect(description).toContain(words);
		expect(tester.calls().some((call) => call.startsWith('POST'))).toBe(false);
	});

	test('a card that was declined before a transfer is no payment by card', async () => {
		const order = tester.gateway.addOrder();
		const { decline } = await import('../../sandbox/paymentGateway/orders');
		decline(tester.gateway, order, 'CARD');
		tester.gateway.pay(order, 'BANK_TRANSFER');
		const { description } = await tester.failure(of('voidTransaction', order.order_id));
		expect(description).toContain('It was paid by BANK_TRANSFER');
	});

	test.each(['CANCELLED', 'VOIDED'] as const)(
		'a void, whose status is %s',
		async (voidedStatus) => {
			tester.gateway.variants.voidedStatus = voidedStatus;
			const order = paid('CARD');
			await tester.rows(of('voidTransaction', order.order_id));
			const { description } = await tester.failure(of('voidTransaction', order.order_id));
			expect(description).toContain('It is already voided');
		},
	);
});

describe('bad input', () => {
	test.each<[string, object, string]>([
		['get', { orderId: byId('={{ " " }}') }, 'Order must be an order ID or invoice number'],
		[
			'cancel',
			{ orderId: byId('={{ undefined }}') },
			'Order must be an order ID or invoice number',
		],
		['getAll', { filters: { fromDate: '31.1.2026' } }, 'From Date must be a date'],
		[
			'getAll',
			{ filters: { fromDate: '2026-01-02', toDate: '2026-01-01' } },
			'From Date must be on or before To Date',
		],
		['getAll', { filters: { search: '={{ "" }}' } }, 'Search must be filled in'],
		['getAll', { limit: 0 }, 'Limit must be a whole number'],
	])('%s %j', async (operation, fields, message) => {
		const failure = await tester.failure(node(operation, fields));
		expect(failure.message).toContain(message);
		expect(tester.calls()).toEqual([]);
	});

	test('a wrong key is told as such, and nothing is repeated', async () => {
		tester.store({ secretKey: 'wrong', accepted: '' });
		const { message } = await tester.failure(node('getAll'));
		expect(message).toContain('rejected the Secret Key');
	});
});

test('From List shows the orders with their status, and searches', async () => {
	for (let index = 0; index < 101; index += 1) tester.gateway.addOrder();
	const [order] = orders();
	expect(await tester.list('getOrders')).toHaveLength(101);
	expect(await tester.list('getOrders', order.order_invoice_number)).toEqual([
		{ name: `${order.order_invoice_number} (AUTHENTICATION_NOT_NEEDED)`, value: order.order_id },
	]);
});
