import { createHmac } from 'node:crypto';
import { startReceiver, waitUntil, type Receiver } from '../../../../test/sandbox/testing';
import { openApi } from '../contract';
import { EVENTS, type EventAbout } from '.';
import { usePayt } from './testing';

const payt = usePayt();
let receiver: Receiver;

const HOUR = 3_600_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

beforeEach(async () => {
	receiver = await startReceiver();
	receiver.answer = () => ({ status: 200 });
	payt().webhook = { url: `${receiver.url}/payt`, secret: 'S ecret', active: true };
});
afterEach(() => receiver.close());

interface Event {
	event_name: string;
	event_time: string;
	context: Record<string, unknown>;
}

/** What was received, each as the contract says. */
const events = (): Event[] =>
	receiver.received.map(({ body }) => {
		const value = JSON.parse(body.toString());
		expect(openApi.validateWebhook('payt', 'event', value)).toEqual([]);
		return value.event;
	});

async function contextOf(event: string, about?: EventAbout): Promise<Event['context']> {
	await payt().deliver(event, about);
	return events().at(-1)!.context;
}

/** Lets hours pass, one after the other, so that every repeat that falls due is sent. */
async function pass(hours: number): Promise<void> {
	for (let hour = 0; hour < hours; hour += 1) {
		payt().clock.advance(HOUR);
		await new Promise((resolve) => setTimeout(resolve, 5));
		await payt().idle();
	}
}

describe('a delivery', () => {
	test('is signed over the raw body', async () => {
		payt().change('invoices', payt().data.invoices[0].id, { description: 'Café – 12 €' });
		const delivery = await payt().deliver('invoice_paid');
		const [{ path, headers, body }] = receiver.received;
		expect(path).toBe('/payt');
		expect(headers).toMatchObject({
			'content-type': 'application/json',
			'x-payt-delivery': expect.stringMatching(UUID),
			'x-payt-administration-identifier': '1001',
			'x-payt-signature': createHmac('sha256', 'S ecret').update(body).digest('hex'),
		});
		expect(delivery).toMatchObject({
			event: 'invoice_paid',
			id: headers['x-payt-delivery'],
			attempt: 1,
			status: 200,
			ok: true,
		});
		expect(payt().deliveries).toEqual([delivery]);
	});

	test('goes nowhere without a webhook, or with one that does not want it', async () => {
		payt().webhook = { ...payt().webhook!, events: ['invoice_paid'] };
		expect(await payt().deliver('invoice_created')).toBeUndefined();
		expect(await payt().deliver('invoice_paid')).toBeDefined();
		payt().webhook!.active = false;
		expect(await payt().deliver('invoice_paid')).toBeUndefined();
		payt().webhook = undefined;
		expect(await payt().deliver('invoice_paid')).toBeUndefined();
		expect(receiver.received).toHaveLength(1);
	});

	test('of what is not there cannot be asked for', async () => {
		await expect(payt().deliver('invoice_deleted')).rejects.toThrow('no invoice_deleted');
		await expect(payt().deliver('invoice_paid', { id: '99' })).rejects.toThrow('invoices 99');
	});

	test('follows redirects', async () => {
		receiver.answer = ({ path }) =>
			path === '/payt' ? { status: 307, headers: { location: '/moved' } } : { status: 200 };
		expect(await payt().deliver('invoice_paid')).toMatchObject({ ok: true });
		expect(receiver.received.map(({ path }) => path)).toEqual(['/payt', '/moved']);
		expect(receiver.received[1].body).toEqual(receiver.received[0].body);
	});

	test('is signed with the secret of the time it is sent', async () => {
		payt().webhook!.secret = 'new';
		await payt().deliver('case_paid');
		const [{ headers, body }] = receiver.received;
		const signature = createHmac('sha256', 'new').update(body).digest('hex');
		expect(headers['x-payt-signature']).toBe(signature);
	});
});

describe('events', () => {
	test.each(EVENTS)('%s is as the contract says', async (name) => {
		const { resource_type, id } = await contextOf(name);
		expect([typeof resource_type, typeof id]).toEqual(['string', 'number']);
		expect(events()[0].event_name).toBe(name);
	});

	test('of an invoice, in the names of events', async () => {
		const [, invoice] = payt().data.invoices;
		const debtor = payt().data.debtors.find(({ id }) => id === invoice.debtor_id)!;
		payt().change('invoices', invoice.id, { labels: [{ name: 'vip' }], open_amount: '20.55' });
		expect(await contextOf('invoice_new_comment', { id: invoice.id })).toMatchObject({
			resource_type: 'invoice',
			id: Number(invoice.id),
			link: invoice.deeplink_url,
			public_link: invoice.public_url,
			invoice_number: invoice.invoice_number,
			amount_total: '121.0',
			amount_open: '20.55',
			labels: ['vip'],
			debtor: { id: Number(debtor.id), debtor_code: debtor.debtor_number },
			administration: { id: 1001 },
		});
	});

	test('of a debtor, with a number for what is open', async () => {
		const { id } = payt().data.debtors[0];
		payt().change('debtors', id, { book_open_amount: '12.50', contact_identifier: 'contact-1004' });
		expect(await contextOf('debtor_new_comment', { id })).toMatchObject({
			resource_type: 'debtor',
			book_open_amount: 12.5,
			contact: { resource_type: 'contact', contact_identifier: 'contact-1004' },
			psp_mandate: { provider: 'mollie' },
			invoices: expect.arrayContaining([
				{
					id: expect.any(Number),
					invoice_number: expect.any(String),
					category: null,
					payment_condition: null,
				},
			]),
		});
	});

	test('of a case, with its invoices', async () => {
		const { id } = payt().data.credit_cases[0];
		const invoice = payt().data.invoices[0];
		payt().change('invoices', invoice.id, { active_credit_case_id: id });
		expect(await contextOf('case_new_comment', { id })).toMatchObject({
			resource_type: 'credit_case',
			interest: '1.25',
			collection_costs: '40.0',
			invoices: [{ id: Number(invoice.id), amount_total: '121.0', interest: '1.25' }],
		});
	});

	test('that belong to no administration', async () => {
		await payt().deliver('company_updated');
		expect(receiver.received[0].headers).not.toHaveProperty('x-payt-administration-identifier');
	});

	test('with a time and fields of choice', async () => {
		const time = '2030-01-31T12:00:00.000000Z';
		const context = await contextOf('invoice_paid', { time, context: { amount_open: '0.0' } });
		expect(context.amount_open).toBe('0.0');
		expect(events()[0].event_time).toBe(time);
	});

	test('variant context: reduced', async () => {
		payt().variants.context = 'reduced';
		const id = Number(payt().data.invoices[0].id);
		expect(await contextOf('invoice_paid')).toEqual({ resource_type: 'invoice', id });
	});
});

describe('an event that is not taken', () => {
	test('is tried ten times at growing intervals, then the webhook ends', async () => {
		receiver.answer = () => ({ status: 500 });
		await payt().deliver('invoice_paid');
		const { at } = payt().deliveries[0];
		await pass(12);
		const { deliveries, webhook } = payt();
		expect(deliveries.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
		const times = deliveries.map((delivery) => delivery.at - at);
		const gaps = times.slice(1).map((time, index) => time - times[index]);
		expect(gaps).toEqual([...gaps].sort((a, b) => a - b));
		expect(new Set(gaps).size).toBe(gaps.length);
		expect(webhook?.active).toBe(false);
		expect(await payt().deliver('invoice_paid')).toBeUndefined();
		webhook!.active = true;
		receiver.answer = () => ({ status: 200 });
		expect(await payt().deliver('invoice_paid')).toMatchObject({ ok: true });
	});

	test.each([201, 204, 404, 500])(
		'%i does not take it, and 200 ends the repeats',
		async (status) => {
			receiver.answer = () => ({ status });
			expect(await payt().deliver('invoice_paid')).toMatchObject({ status, ok: false });
			receiver.answer = () => ({ status: 200 });
			await pass(12);
			expect(payt().deliveries.map(({ ok }) => ok)).toEqual([false, true]);
			expect(payt().webhook?.active).toBe(true);
		},
	);

	test('has a body that stays and a delivery id that is new, or stays in the variant', async () => {
		receiver.answer = () => 'cut';
		for (const [deliveryId, ids] of [['perAttempt', 2] as const, ['perEvent', 1] as const]) {
			payt().variants.deliveryId = deliveryId;
			await payt().deliver('invoice_paid');
			payt().clock.advance(60_000);
			await waitUntil(() => payt().deliveries.length === 2);
			const [first, second] = payt().deliveries;
			expect(second.body).toBe(first.body);
			expect(new Set([first.id, second.id]).size).toBe(ids);
			payt().webhook = { ...payt().webhook! };
			payt().deliveries.length = 0;
			payt().clock.stop();
		}
	});

	test('has ten seconds', async () => {
		expect(payt().deliveryTimeoutMs).toBe(10_000);
		payt().deliveryTimeoutMs = 50;
		receiver.answer = () => 'hang';
		expect(await payt().deliver('invoice_paid')).toMatchObject({
			ok: false,
			error: expect.stringContaining('timeout'),
		});
	});

	test('can be sent again by hand', async () => {
		const delivery = await payt().deliver('invoice_paid');
		const again = await payt().sendAgain(delivery!);
		expect(again).toMatchObject({ ok: true, attempt: 1, body: delivery!.body });
		expect(again!.id).not.toBe(delivery!.id);
		const [first, second] = receiver.received;
		expect(second.headers['x-payt-administration-identifier']).toBe('1001');
		expect(second.headers['x-payt-signature']).toBe(first.headers['x-payt-signature']);
	});
});
