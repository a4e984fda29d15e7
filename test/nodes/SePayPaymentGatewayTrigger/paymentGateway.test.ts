import type { INodeParameters } from 'n8n-workflow';
import type { TriggerWorkflow } from '../../harness/trigger';
import type { PaymentMethod, Variants } from '../../sandbox/paymentGateway';
import { callGateway, usePaymentGateway, waitUntil } from '../../sandbox/testing';
import { SECRET, workflowOf } from './support';

jest.setTimeout(120_000);

const MINUTE = 60_000;
const gateway = usePaymentGateway();
const everyEvent = { events: ['ORDER_PAID', 'TRANSACTION_VOID'] };
let workflow: TriggerWorkflow;

async function listening(parameters: INodeParameters = everyEvent): Promise<void> {
	workflow = workflowOf(parameters);
	const origin = await workflow.listen();
	await workflow.startTrigger();
	const url = `${origin}/webhook/${workflow.webhookId}/webhook`;
	gateway().ipn = { url, secretKey: SECRET };
}

afterEach(async () => {
	await workflow.waitForRuns();
	await workflow.closeServer();
});

function paid(method: PaymentMethod = 'CARD') {
	const order = gateway().addOrder();
	gateway().pay(order, method);
	return order;
}

async function passed(): Promise<object[]> {
	await gateway().idle();
	await workflow.waitForRuns();
	return workflow.runs.flatMap((items) => items!.map(({ json }) => json));
}

test.each<Partial<Variants>>([
	{},
	{ ids: 'uuid' },
	{ amounts: 'digits' },
	{ amounts: 'number' },
	{ customData: 'text' },
	{ customData: 'object' },
	{ noCustomer: 'nulls' },
	{ noCustomer: 'absent' },
	{ voidTransaction: 'same' },
	{ voidedStatus: 'VOIDED' },
])('a payment and its void start the workflow, each once, as %j', async (variants) => {
	Object.assign(gateway().variants, variants);
	await listening();
	const order = paid();
	const fields = { orderId: order.order_id, amount: 300_000, orderAmount: 300_000 };
	expect(await passed()).toEqual([expect.objectContaining({ event: 'ORDER_PAID', ...fields })]);
	const body = { order_invoice_number: order.order_invoice_number };
	await callGateway(gateway(), 'POST', '/v1/order/voidTransaction', { body });
	expect(await passed()).toEqual([
		expect.objectContaining({ event: 'ORDER_PAID', ...fields }),
		expect.objectContaining({ event: 'TRANSACTION_VOID', orderStatus: order.order_status }),
	]);
	for (const delivery of [...gateway().deliveries]) {
		expect(await gateway().sendAgain(delivery)).toMatchObject({ status: 200, ok: true });
	}
	expect(await passed()).toHaveLength(2);
});

test('after a cut connection the repeat starts the workflow', async () => {
	await listening();
	const broken = jest
		.spyOn(workflow.credentials, 'getDecrypted')
		.mockRejectedValueOnce(new Error('The database is locked'));
	const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 200_000);
	paid();
	expect(await passed()).toEqual([]);
	clock.mockRestore();
	broken.mockRestore();
	expect(gateway().deliveries).toMatchObject([{ ok: false }]);
	gateway().clock.advance(MINUTE);
	await waitUntil(() => gateway().deliveries.length === 2);
	expect(await passed()).toHaveLength(1);
	expect(gateway().deliveries[1]).toMatchObject({ attempt: 2, ok: true });
});

test('only the methods chosen, and all are confirmed', async () => {
	await listening({ paymentMethods: ['BANK_TRANSFER'] });
	paid('CARD');
	const wanted = paid('BANK_TRANSFER');
	expect(await passed()).toMatchObject([{ orderId: wanted.order_id }]);
	expect(gateway().deliveries.map(({ ok }) => ok)).toEqual([true, true]);
});

test('without the key, or with another one, nothing starts', async () => {
	await listening();
	const { url } = gateway().ipn!;
	for (const secretKey of [undefined, 'another']) {
		gateway().ipn = { url, secretKey };
		paid();
	}
	expect(await passed()).toEqual([]);
	expect(gateway().deliveries.map(({ status }) => status)).toEqual([401, 401]);
});
