import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { processedItems, type TriggerWorkflow } from '../../harness/trigger';
import { post } from '../SePayTrigger/support';
import { byKey, ipn, order, SECRET, transaction, workflowOf } from './support';

const OK = { status: 200, text: '{"success":true}', type: 'application/json' };

jest.setTimeout(120_000);

let workflow: TriggerWorkflow;
let url: string;

async function open(parameters: INodeParameters = {}, credential?: IDataObject): Promise<void> {
	workflow = workflowOf(parameters, credential);
	url = `${await workflow.listen()}/webhook/${workflow.webhookId}/webhook`;
	await workflow.startTrigger();
}

afterEach(async () => {
	await workflow.waitForRuns();
	await workflow.closeServer();
});

const sendEvent = async (fields: object = {}, headers: Record<string, string> = byKey()) =>
	await post(url, JSON.stringify(ipn(fields)), headers);

/** Everything that was passed on. */
async function passedItems(): Promise<IDataObject[]> {
	await workflow.waitForRuns();
	return workflow.runs.flatMap((items) => items!.map(({ json }) => json));
}

const simple = {
	event: 'ORDER_PAID',
	notifiedAt: '2025-09-05T14:43:40+07:00',
	orderId: 'NPSETVI00101000042R',
	invoiceNumber: 'DH1042',
	orderStatus: 'CAPTURED',
	orderAmount: 50_000,
	description: 'Đơn hàng DH1042',
	customerId: null,
	customData: null,
	id: '384c66dd-41e6-4316-a544-b4141682595c',
	transactionId: '68ba94ac80123',
	type: 'PAYMENT',
	status: 'APPROVED',
	paymentMethod: 'CARD',
	amount: 50_000,
	currency: 'VND',
	date: '2025-09-01T00:00:15+07:00',
	cardBrand: 'VISA',
};

describe('output', () => {
	test('a proven one starts the workflow with a flat object, without card data', async () => {
		await open();
		expect(await sendEvent()).toEqual(OK);
		expect(await passedItems()).toEqual([simple]);
	});

	test.each<[string, object, object]>([
		['amount with decimals', transaction({ transaction_amount: '50000.00' }), { amount: 50_000 }],
		['amounts as numbers', order({ order_amount: 50_000 }), { orderAmount: 50_000 }],
		['short IDs', transaction({ id: '189' }), { id: '189' }],
		['an ID as a number', transaction({ id: 189 }), { id: '189' }],
		['custom data as text', order({ custom_data: 'bàn 5' }), { customData: 'bàn 5' }],
		['custom data as a list of one', order({ custom_data: ['bàn 5'] }), { customData: 'bàn 5' }],
		['custom data as a list', order({ custom_data: ['a', 'b'] }), { customData: ['a', 'b'] }],
		[
			'custom data as an object',
			order({ custom_data: { table: 5 } }),
			{ customData: { table: 5 } },
		],
		['empty custom data', order({ custom_data: '' }), { customData: null }],
		['a customer', { customer: { id: '1', customer_id: 'C1' } }, { customerId: 'C1' }],
		['no customer', { customer: undefined }, { customerId: null }],
		['no time', { timestamp: undefined }, { notifiedAt: null }],
		['a time as text', { timestamp: '1757058220' }, { notifiedAt: simple.notifiedAt }],
		['a time out of all bounds', { timestamp: 1e15 }, { notifiedAt: null }],
		['the year 10000 in Vietnam', { timestamp: 253_402_275_600 }, { notifiedAt: null }],
		['no card', transaction({ card_number: null, card_brand: null }), { cardBrand: null }],
	])('%s', async (_what, fields, json) => {
		await open();
		expect(await sendEvent(fields)).toEqual(OK);
		expect(await passedItems()).toEqual([{ ...simple, ...json }]);
	});

	test('card data only when asked for', async () => {
		await open({ additionalFields: { includeCardData: true } });
		await sendEvent();
		const card = {
			cardNumber: '411111******1111',
			cardHolder: 'NGUYEN VAN A',
			cardExpiry: '12/26',
		};
		expect(await passedItems()).toEqual([{ ...simple, ...card }]);
	});

	test.each([
		[false, '411111******1111'],
		[true, undefined],
	])('without Simplify as sent; card data left out: %s', async (isLeftOut, card_number) => {
		await open({ simplify: false, additionalFields: { includeCardData: !isLeftOut } });
		await sendEvent(order({ custom_data: ['a', { b: [1] }] }));
		const [json] = await passedItems();
		expect(json).toMatchObject({
			notification_type: 'ORDER_PAID',
			order: { order_amount: '50000.00', custom_data: ['a', { b: [1] }] },
			customer: null,
		});
		expect((json.transaction as IDataObject).card_number).toBe(card_number);
	});
});

describe('verification', () => {
	test.each<[string, Record<string, string>]>([
		['no key', {}],
		['another key', byKey(`${SECRET}x`)],
		['the beginning of it', byKey(SECRET.slice(0, -1))],
		['as an API key', { authorization: `Apikey ${SECRET}` }],
		['twice', byKey(`${SECRET}, ${SECRET}`)],
		['empty', byKey('')],
	])('%s: 401, nothing starts, one line in the log without the key', async (_, headers) => {
		await open();
		expect(await sendEvent({}, headers)).toMatchObject({ status: 401 });
		expect(await passedItems()).toEqual([]);
		expect(workflow.logged).toEqual([expect.not.stringContaining(SECRET)]);
	});

	test('by the IPN Secret Key where there is one, and then by no other', async () => {
		// Later than a credential that was read before is kept.
		const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 100_000);
		await open({}, { ipnSecretKey: ' of the IPN ' });
		expect((await sendEvent({}, byKey())).status).toBe(401);
		expect(await sendEvent({}, byKey('of the IPN'))).toEqual(OK);
		clock.mockRestore();
	});

	test('without any key nothing is believed', async () => {
		await open({}, { secretKey: ' ' });
		expect((await sendEvent({}, byKey(''))).status).toBe(401);
		expect((await sendEvent({}, byKey('undefined'))).status).toBe(401);
	});

	test('only the key counts, whatever else is sent', async () => {
		await open();
		await fc.assert(
			fc.asyncProperty(fc.string({ maxLength: 40 }), async (text) => {
				const key = text.replace(/[^\x21-\x7e]/g, '');
				fc.pre(key !== SECRET);
				expect((await sendEvent({}, byKey(key))).status).toBe(401);
			}),
			{ numRuns: 100 },
		);
		expect(await passedItems()).toEqual([]);
	});
});

describe('filters', () => {
	test.each<[string, INodeParameters, boolean]>([
		['ORDER_PAID', {}, true],
		['RENEWAL_ORDER_PAID', {}, true],
		['TRANSACTION_VOID', {}, false],
		['TRANSACTION_VOID', { events: ['TRANSACTION_VOID'] }, true],
		['ORDER_PAID', { events: ['TRANSACTION_VOID', '*'] }, false],
		['NEW_AT_SEPAY', {}, false],
		['NEW_AT_SEPAY', { events: ['ORDER_PAID', '*'] }, true],
		['*', { events: ['ORDER_PAID'] }, false],
		['order_paid', { events: ['ORDER_PAID'] }, false],
	])('%s with %j: %s', async (notification_type, parameters, starts) => {
		await open(parameters);
		expect(await sendEvent({ notification_type })).toEqual(OK);
		expect(await passedItems()).toHaveLength(starts ? 1 : 0);
	});

	test.each<[unknown, INodeParameters, boolean]>([
		['CARD', { paymentMethods: ['CARD'] }, true],
		['CARD', { paymentMethods: ['BANK_TRANSFER', 'NAPAS_BANK_TRANSFER'] }, false],
		['NEW_METHOD', {}, true],
		['NEW_METHOD', { paymentMethods: ['CARD'] }, false],
		[undefined, {}, true],
		[undefined, { paymentMethods: ['CARD'] }, false],
	])('method %s with %j: %s', async (payment_method, parameters, starts) => {
		await open(parameters);
		expect(await sendEvent(transaction({ payment_method }))).toEqual(OK);
		expect(await passedItems()).toHaveLength(starts ? 1 : 0);
	});

	test('an unknown event that is left out is told in the log', async () => {
		await open();
		await sendEvent({ notification_type: 'NEW_AT_SEPAY' });
		expect(workflow.logged).toEqual([expect.stringContaining('NEW_AT_SEPAY')]);
	});
});

describe('once each', () => {
	const everyEvent = { events: ['ORDER_PAID', 'RENEWAL_ORDER_PAID', 'TRANSACTION_VOID', '*'] };

	test('however often and however many at once', async () => {
		await open();
		const all = await Promise.all(Array.from({ length: 50 }, async () => await sendEvent()));
		expect(all).toEqual(Array(50).fill(OK));
		await sendEvent({ timestamp: 1_757_099_999 });
		expect(await passedItems()).toEqual([simple]);
	});

	test('a void of the same transaction is another one, in whatever order they come', async () => {
		for (const types of [
			['ORDER_PAID', 'TRANSACTION_VOID'],
			['TRANSACTION_VOID', 'ORDER_PAID'],
		]) {
			await open(everyEvent);
			for (const type of [...types, ...types]) {
				expect(await sendEvent({ notification_type: type })).toEqual(OK);
			}
			expect((await passedItems()).map(({ event }) => event)).toEqual(types);
			await workflow.closeServer();
		}
		await workflow.listen();
		await workflow.startTrigger();
	});

	test('the same short ID of another order is another payment', async () => {
		await open();
		await sendEvent({ ...transaction({ id: '1' }), ...order({ order_id: 'A' }) });
		await sendEvent({ ...transaction({ id: '1' }), ...order({ order_id: 'B' }) });
		expect((await passedItems()).map(({ orderId }) => orderId)).toEqual(['A', 'B']);
	});

	test('what was recorded before n8n started again passes nothing on', async () => {
		await open();
		await sendEvent();
		await workflow.waitForRuns();
		await workflow.closeServer();
		const old = workflow;
		const store = processedItems.get(`${old.id} n1`)!;
		await jest.isolateModulesAsync(async () => {
			const fresh =
				await import('../../../nodes/SePayPaymentGatewayTrigger/SePayPaymentGatewayTrigger.node');
			workflow = workflowOf({}, {}, { id: old.id, webhookId: old.webhookId });
			workflow.type = new fresh.SePayPaymentGatewayTrigger();
		});
		processedItems.set(`${old.id} n1`, store);
		url = `${await workflow.listen()}/webhook/${old.webhookId}/webhook`;
		await workflow.startTrigger();
		expect(await sendEvent()).toEqual(OK);
		expect(await passedItems()).toEqual([]);
	});

	test('any mix of payments, voids, repeats and forgeries passes each true one once', async () => {
		const delivery = fc.record({
			type: fc.constantFrom('ORDER_PAID', 'RENEWAL_ORDER_PAID', 'TRANSACTION_VOID', 'NEW'),
			number: fc.integer({ min: 1, max: 4 }),
			isForged: fc.boolean(),
		});
		await fc.assert(
			fc.asyncProperty(fc.array(delivery, { maxLength: 25 }), async (deliveries) => {
				await open(everyEvent);
				const answers = await Promise.all(
					deliveries.map(
						async ({ type, number, isForged }) =>
							await sendEvent(
								{ notification_type: type, ...transaction({ id: `${number}` }) },
								isForged ? byKey('forged') : byKey(),
							),
					),
				);
				expect(answers.map(({ status }) => status)).toEqual(
					deliveries.map(({ isForged }) => (isForged ? 401 : 200)),
				);
				const passed = (await passedItems()).map(
					({ event, id }) => `${String(event)} ${String(id)}`,
				);
				const wanted = deliveries
					.filter(({ isForged }) => !isForged)
					.map(({ type, number }) => `${type} ${number}`);
				expect(passed.sort()).toEqual([...new Set(wanted)].sort());
				await workflow.closeServer();
			}),
			{ numRuns: 20 },
		);
		await workflow.listen();
		await workflow.startTrigger();
	});
});

describe('what is no notification starts nothing', () => {
	test.each<[string, object]>([
		['no type', { notification_type: undefined }],
		['a type that is a number', { notification_type: 5 }],
		['no order', { order: undefined }],
		['order a text', { order: 'x' }],
		['no order ID', order({ order_id: undefined })],
		['order ID an object', order({ order_id: { a: 1 } })],
		['no transaction', { transaction: null }],
		['no transaction ID', transaction({ id: '' })],
		['no amount', transaction({ transaction_amount: undefined })],
		['a fraction', transaction({ transaction_amount: '1.5' })],
		['less than nothing', transaction({ transaction_amount: '-1' })],
		['separators', transaction({ transaction_amount: '50,000' })],
		['an amount too large to hold', transaction({ transaction_amount: '92233720368547758070' })],
	])('%s: 400', async (_, fields) => {
		await open();
		expect((await sendEvent(fields)).status).toBe(400);
		expect(await passedItems()).toEqual([]);
	});

	test.each([
		['{"order":', 400],
		['[]', 400],
		['', 400],
		[`{"a":"${'x'.repeat(2_000_000)}"}`, 413],
	])('%#: refused', async (body, status) => {
		await open();
		expect((await post(url, body, byKey())).status).toBe(status);
		expect(await passedItems()).toEqual([]);
	});

	test('any JSON is answered, and never with a fault of the node', async () => {
		await open();
		await fc.assert(
			fc.asyncProperty(fc.json(), async (body) => {
				expect([200, 400]).toContain((await post(url, body, byKey())).status);
			}),
			{ numRuns: 100 },
		);
		expect(await passedItems()).toEqual([]);
	});

	test('names such as __proto__ change nothing', async () => {
		await open({ simplify: false });
		const body = JSON.stringify(ipn(order({ custom_data: {} }))).replace(
			'"custom_data":{}',
			'"custom_data":{"__proto__":{"a":1},"b":{"constructor":1}}',
		);
		expect(await post(url, body, byKey())).toEqual(OK);
		const [json] = await passedItems();
		expect((json.order as IDataObject).custom_data).toEqual({ b: {} });
		expect(({} as { a?: number }).a).toBeUndefined();
	});

	test('what the node cannot read for a fault of its own is not answered, so it is no success', async () => {
		await open();
		const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 200_000);
		const broken = jest
			.spyOn(workflow.credentials, 'getDecrypted')
			.mockRejectedValueOnce(new Error('The database is locked'));
		await expect(sendEvent()).rejects.toThrow('fetch failed');
		expect(workflow.logged).toEqual([expect.stringContaining('The database is locked')]);
		expect(await sendEvent()).toEqual(OK);
		broken.mockRestore();
		clock.mockRestore();
		expect(await passedItems()).toHaveLength(1);
	});
});
