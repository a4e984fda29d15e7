import type { INodePropertyOptions } from 'n8n-workflow';
import { waitUntil } from '../../../../../scripts/n8n/waitUntil';
import type { TriggerWorkflow } from '../../../../../test/harness/trigger';
import { EVENTS, startPayt, type Payt } from '../../sandbox';
import { SECRET, workflowOf } from './support';

const HOUR = 3_600_000;

let payt: Payt;
let workflow: TriggerWorkflow;
let address: string;

beforeEach(async () => {
	payt = await startPayt();
	workflow = workflowOf();
	address = `${await workflow.listen()}/webhook/${workflow.webhookId}/webhook`;
	await workflow.startTrigger();
	payt.webhook = { url: address, secret: SECRET, active: true };
});

afterEach(async () => {
	await workflow.waitForRuns();
	await workflow.closeServer();
	await payt.close();
});

const passed = async () => {
	await workflow.waitForRuns();
	return workflow.runs.flatMap((items) => items ?? []).map(({ json }) => json);
};

test("the events to choose from are those of Payt's documents", () => {
	const { options } = workflow.type.description.properties.find(({ name }) => name === 'events')!;
	const offered = (options as INodePropertyOptions[]).map(({ value }) => value);
	expect(offered.sort()).toEqual(['*', ...EVENTS].sort());
});

test.each(['full', 'reduced'] as const)('every event comes, %s', async (context) => {
	payt.variants.context = context;
	for (const event of EVENTS) {
		expect(await payt.deliver(event)).toMatchObject({ ok: true, status: 200 });
	}
	const json = await passed();
	expect(json.map(({ event }) => event)).toEqual(EVENTS);
	for (const { id, time, resource_type, delivery_id } of json) {
		expect([id, time, resource_type, delivery_id]).toEqual(Array(4).fill(expect.any(String)));
	}
});

test.each(['perEvent', 'perAttempt'] as const)(
	'with a delivery ID %s, what Payt repeats for hours because no answer reached it starts once',
	async (deliveryId) => {
		payt.variants.deliveryId = deliveryId;
		payt.webhook!.url = 'http://127.0.0.1:9/';
		expect(await payt.deliver('invoice_paid')).toMatchObject({ ok: false });
		payt.webhook!.url = address;
		payt.clock.advance(HOUR);
		const delivery = await waitUntil('it is taken', () => payt.deliveries.find(({ ok }) => ok));
		for (let time = 0; time < 5; time++) await payt.sendAgain(delivery);
		expect(payt.deliveries.filter(({ ok }) => ok)).toHaveLength(6);
		expect(await passed()).toHaveLength(1);
		expect(payt.webhook!.active).toBe(true);
	},
);

test('of two events at the same time about the same debtor, each comes', async () => {
	const [{ id }] = payt.data.debtors;
	const time = '2026-01-31T12:00:00.000000Z';
	for (const label of ['late', 'big']) {
		await payt.deliver('label_added', { id, time, context: { labels: [label] } });
	}
	expect((await passed()).map(({ labels }) => labels)).toEqual([['late'], ['big']]);
});
