import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { IDataObject, INodeParameters, INodePropertyOptions } from 'n8n-workflow';
import { processedItems, type TriggerWorkflow } from '../../../../../test/harness/trigger';
import { post } from '../../../../../test/nodes/SePayTrigger/support';
import { ADMINISTRATION, event, headersOf, invoice, SECRET, workflowOf } from './support';

const OK = { status: 200, text: '{"success":true}', type: 'application/json' };

jest.setTimeout(120_000);

let workflow: TriggerWorkflow;
let url: string;

async function open(parameters: INodeParameters = {}): Promise<void> {
	workflow = workflowOf(parameters);
	url = `${await workflow.listen()}/webhook/${workflow.webhookId}/webhook`;
	await workflow.startTrigger();
}

afterEach(async () => {
	await workflow.waitForRuns();
	await workflow.closeServer();
});

const text = (fields: object) => JSON.stringify(fields);
const send = async (body: string, delivery?: string, more: Record<string, string> = {}) =>
	await post(url, body, { ...headersOf(body, SECRET, delivery), ...more });
const sendEvent = async (fields: object = {}, context?: object | null, delivery?: string) =>
	await send(text(event(fields, context)), delivery);

/** Started runs, and what they passed on. */
async function counts(): Promise<{ runs: number; passed: number }> {
	await workflow.waitForRuns();
	const passed = workflow.runs.flatMap((items) => items ?? []);
	return { runs: workflow.runs.length, passed: passed.length };
}

/** What the one run passed on. */
async function passedItems(): Promise<IDataObject> {
	await workflow.waitForRuns();
	expect(workflow.runs).toEqual([[expect.anything()]]);
	return workflow.runs[0]![0].json;
}

describe('what an event becomes', () => {
	test('a flat object, with IDs and amounts as the API has them', async () => {
		await open();
		const delivery = randomUUID();
		expect(await sendEvent({}, undefined, delivery)).toEqual(OK);
		expect(await passedItems()).toEqual({
			event: 'invoice_paid',
			time: '2026-01-31T12:00:00.000000Z',
			resource_type: 'invoice',
			id: '981',
			administration_id: ADMINISTRATION,
			delivery_id: delivery,
			link: 'https://app.example/invoices/981',
			document_url: 'https://files.example/981.pdf?signature=a',
			invoice_number: '2026-0042',
			invoice_date: '2026-01-02',
			due_date: '2026-01-31',
			amount_total: '1210.00',
			amount_open: '0.00',
			currency_code: 'EUR',
			labels: ['late'],
			psp_transactions: [{ id: '5', amount: '1210.00', payment_method: 'ideal' }],
			debtor_id: '31',
			debtor_name: 'De Hoop',
			debtor_code: 'D31',
			administration_name: 'Main',
			administration_origin_id: null,
		});
	});

	test('without Simplify, what Payt sent, with the two headers beside', async () => {
		await open({ simplify: false });
		const delivery = randomUUID();
		await sendEvent({ more: [1, { a: null }] }, undefined, delivery);
		expect(await passedItems()).toEqual({
			...event({ more: [1, { a: null }] }),
			administration_id: ADMINISTRATION,
			delivery_id: delivery,
		});
	});

	test.each<[string, object, object | null, object]>([
		['reduced', {}, { resource_type: 'debtor', id: 7 }, { resource_type: 'debtor', id: '7' }],
		['an ID as text', {}, { resource_type: 'debtor', id: 'a7' }, { id: 'a7' }],
		['an ID that lost digits', {}, { id: 2 ** 60 }, { id: null, resource_type: null }],
		['no context', { context: undefined }, null, { event: 'invoice_paid', id: null }],
		['context null', {}, null, { event: 'invoice_paid', id: null, resource_type: null }],
		['no time', { event_time: undefined }, invoice(), { time: null }],
		['an amount as a number', {}, invoice({ amount_open: 12.5 }), { amount_open: '12.50' }],
		['an amount below zero', {}, invoice({ amount_open: '-7' }), { amount_open: '-7.00' }],
		['an amount of other form', {}, invoice({ amount_open: '1,5' }), { amount_open: '1,5' }],
		['an amount too fine', {}, invoice({ amount_open: 0.125 }), { amount_open: 0.125 }],
		['no amount', {}, invoice({ amount_open: null }), { amount_open: null }],
		['no debtor', {}, invoice({ debtor: null }), { debtor: null }],
		['names as the envelope', {}, { id: 1, event: 'x', time: 'y' }, { event: 'invoice_paid' }],
	])('%s', async (_, fields, context, json) => {
		await open();
		expect(await sendEvent(fields, context)).toEqual(OK);
		expect(await passedItems()).toMatchObject(json);
	});

	test('a case with 2,000 invoices comes whole', async () => {
		await open();
		const invoices = Array.from({ length: 2000 }, (_, id) => invoice({ id }));
		expect(await sendEvent({}, { resource_type: 'credit_case', id: 1, invoices })).toEqual(OK);
		const { invoices: told } = await passedItems();
		expect(told).toHaveLength(2000);
		expect((told as IDataObject[])[1999]).toMatchObject({ id: '1999', debtor_name: 'De Hoop' });
	});

	test('without the header, the administration is that of the context', async () => {
		await open();
		const body = text(event());
		const { 'x-payt-signature': signature } = headersOf(body);
		expect(await post(url, body, { 'x-payt-signature': signature })).toEqual(OK);
		expect(await passedItems()).toMatchObject({ administration_id: '4711', delivery_id: null });
	});
});

describe('which deliveries are believed', () => {
	const body = text(event());
	const { 'x-payt-signature': signature } = headersOf(body);

	test.each<[string, Record<string, string>]>([
		['no signature', {}],
		['an empty signature', { 'x-payt-signature': '' }],
		['the signature of another secret', headersOf(body, `${SECRET}x`)],
		['the signature of another body', headersOf(`${body} `)],
		['upper case', { 'x-payt-signature': signature.toUpperCase() }],
		['a prefix', { 'x-payt-signature': `sha256=${signature}` }],
		['twice', { 'x-payt-signature': `${signature}, ${signature}` }],
		['no hex', { 'x-payt-signature': 'z'.repeat(64) }],
		['zeros', { 'x-payt-signature': '0'.repeat(64) }],
		['under the name of SePay', { 'x-sepay-signature': `sha256=${signature}` }],
	])('%s: 401, nothing starts, one line in the log without a secret', async (_, headers) => {
		await open();
		expect(await post(url, body, headers)).toMatchObject({ status: 401 });
		expect(await counts()).toEqual({ runs: 0, passed: 0 });
		expect(workflow.logged).toEqual([expect.not.stringMatching(SECRET)]);
		expect(workflow.logged[0]).not.toContain(signature);
	});

	test('the bytes count: written otherwise, the same JSON is refused', async () => {
		await open();
		const headers = headersOf(body);
		expect((await post(url, JSON.stringify(JSON.parse(body), null, 1), headers)).status).toBe(401);
		expect(await post(url, body, headers)).toEqual(OK);
	});

	test('the former secret holds for as long as it is filled in, the new one at once', async () => {
		await open();
		const replace = (secret: string, previousSecret = '') => {
			workflow.credentials.store.paytWebhookApi = { secret, previousSecret };
		};
		const clock = jest.spyOn(Date, 'now');
		const now = Date.now();
		const by = async (secret: string) => {
			const other = text(event({ n: Math.random() }));
			return (await post(url, other, headersOf(other, secret))).status;
		};
		expect([await by(SECRET), await by('new')]).toEqual([200, 401]);
		replace('new', SECRET);
		expect([await by('new'), await by(SECRET), await by('')]).toEqual([200, 200, 401]);
		replace('new');
		clock.mockReturnValue(now + 60_000);
		expect([await by(SECRET), await by('new')]).toEqual([401, 200]);
		clock.mockRestore();
	});

	test('without a secret nothing is believed, and publishing says so', async () => {
		await open();
		workflow.credentials.store.paytWebhookApi = { secret: '', previousSecret: '' };
		const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 120_000);
		expect((await post(url, body, headersOf(body, ''))).status).toBe(401);
		clock.mockRestore();
		await expect(workflow.publish()).rejects.toThrow(
			/The Payt Webhook credential contains no secret\. Payt shows it once/,
		);
	});

	test.each<[string, string, string]>([
		[SECRET, '', 'OK'],
		[SECRET, 'former', 'OK'],
		['', '', 'Error'],
		['', 'former', 'Error'],
		[' x', '', 'Error'],
		['x', 'former\n', 'Error'],
	])('the test of the credential, %j and %j: %s', async (secret, previousSecret, status) => {
		await open();
		const { webhookSecretTest } = workflow.type.methods!.credentialTest!;
		const data = { secret, previousSecret };
		const result = await webhookSecretTest.call({} as never, { data } as never);
		expect(result.status).toBe(status);
	});
});

describe('what is refused', () => {
	test.each<[string, string, number]>([
		['no event', '{}', 400],
		['event a text', text({ event: 'invoice_paid' }), 400],
		['event a list', text({ event: [event()] }), 400],
		['no name', text(event({ event_name: undefined })), 400],
		['an empty name', text(event({ event_name: ' ' })), 400],
		['a name that is an object', text(event({ event_name: { a: 1 } })), 400],
		['context a text', text(event({ context: 'invoice' })), 400],
		['context a list', text(event({ context: [1] })), 400],
		['a list', '[]', 400],
		['no JSON', '{"event":', 400],
		['nothing', '', 400],
		['17 MB', text(event({ x: 'x'.repeat(17 * 1024 * 1024) })), 413],
	])('%s', async (_, body, status) => {
		await open();
		expect((await send(body)).status).toBe(status);
		expect(await counts()).toEqual({ runs: 0, passed: 0 });
	});

	test('names such as __proto__ change nothing', async () => {
		await open({ simplify: false });
		const body =
			'{"event":{"event_name":"x","__proto__":{"a":1},"context":{"constructor":1,"id":2}}}';
		expect(await send(body)).toEqual(OK);
		expect((await passedItems()).event).toEqual({ event_name: 'x', context: { id: 2 } });
		expect(({} as { a?: number }).a).toBeUndefined();
	});
});

describe('which events start the workflow', () => {
	test.each<[string, string[] | undefined, boolean]>([
		['invoice_paid', undefined, true],
		['new_at_payt', undefined, true],
		['invoice_paid', ['invoice_paid', 'label_added'], true],
		['case_paid', ['invoice_paid', 'label_added'], false],
		['new_at_payt', ['invoice_paid'], false],
		['new_at_payt', ['invoice_paid', '*'], true],
		['invoice_paid', [], false],
	])('%s with %j chosen: %s', async (event_name, events, starts) => {
		await open(events && { events });
		expect(await sendEvent({ event_name })).toEqual(OK);
		expect((await counts()).runs).toBe(starts ? 1 : 0);
	});

	test("every Payt event's list can be chosen, under a name of its own", async () => {
		await open();
		const { options } = workflow.type.description.properties.find(({ name }) => name === 'events')!;
		const [all, ...events] = options as INodePropertyOptions[];
		expect(all.value).toBe('*');
		expect(events).toHaveLength(52);
		const names = events.map(({ name }) => name);
		expect(new Set(names).size).toBe(52);
		expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
		for (const name of [
			'Bundled Reminder: Invoice Performed',
			'Case: To Bailiff',
			'Debtor: Label Added',
			'Invoice: SMS Failed',
			'Invoice: Incoming UBL Received',
			'Invoice: To Debt Collection',
			'PSP: Transaction Charged Back',
			'To-Do: Item Created',
		]) {
			expect(names).toContain(name);
		}
	});
});

describe('each event once', () => {
	const times = 20;

	test('repeated with the same delivery ID, also with other content', async () => {
		await open();
		const delivery = randomUUID();
		await Promise.all(
			Array.from({ length: times }, async () => sendEvent({}, undefined, delivery)),
		);
		await workflow.waitForRuns();
		expect(await sendEvent({}, invoice({ amount_open: '5.00' }), delivery.toUpperCase())).toEqual(
			OK,
		);
		expect((await counts()).passed).toBe(1);
	});

	test('repeated with a new delivery ID each time', async () => {
		await open();
		await Promise.all(Array.from({ length: times }, async () => await sendEvent()));
		await workflow.waitForRuns();
		expect(await sendEvent()).toEqual(OK);
		expect((await counts()).passed).toBe(1);
	});

	test('repeated with a new delivery ID and a new signature in an address', async () => {
		await open();
		await sendEvent();
		await sendEvent({}, invoice({ document_url: 'https://files.example/981.pdf?signature=b' }));
		expect((await counts()).passed).toBe(1);
	});

	test('repeated without a delivery ID', async () => {
		await open();
		const body = text(event());
		const { 'x-payt-signature': signature } = headersOf(body);
		const others: Array<Record<string, string>> = [
			{},
			{ 'x-payt-delivery': '' },
			{ 'x-payt-delivery': 'none' },
		];
		for (const more of others) {
			expect(await post(url, body, { 'x-payt-signature': signature, ...more })).toEqual(OK);
		}
		expect((await counts()).passed).toBe(1);
	});

	const one = { event_name: 'label_added' };
	test.each<[string, Parameters<typeof sendEvent>]>([
		['another name', [{ event_name: 'label_removed' }]],
		['another time', [{ ...one, event_time: '2026-01-31T12:00:00.000001Z' }]],
		['another resource', [one, invoice({ id: 982 })]],
		['another kind of resource', [one, invoice({ resource_type: 'debtor' })]],
		['another label at the same time', [one, invoice({ labels: ['late', 'big'] })]],
		['another document', [one, invoice({ document_url: 'https://files.example/982.pdf' })]],
		['less of it', [one, { resource_type: 'invoice', id: 981 }]],
	])('two events that differ in %s are two', async (_, other) => {
		await open();
		await sendEvent(one);
		await sendEvent(...other);
		expect((await counts()).passed).toBe(2);
	});

	test('the same in two administrations is two', async () => {
		await open();
		await sendEvent();
		await send(text(event()), randomUUID(), { 'x-payt-administration-identifier': '12' });
		expect((await counts()).passed).toBe(2);
	});

	test('a word that is no UUID is no ID of a delivery', async () => {
		await open();
		for (const id of [1, 2, 3]) await sendEvent({}, invoice({ id }), 'test');
		expect((await counts()).passed).toBe(3);
	});

	test('200 events, each delivered three times at once, in all ways of repeating', async () => {
		await open();
		const numbers = Array.from({ length: 200 }, (_, id) => ({ id, delivery: randomUUID() }));
		const all = [0, 1, 2].flatMap((round) =>
			numbers.map(async ({ id, delivery }) =>
				sendEvent({}, invoice({ id }), round === 1 ? undefined : delivery),
			),
		);
		expect(await Promise.all(all)).toEqual(Array(600).fill(OK));
		await workflow.waitForRuns();
		const ids = numbers.map(({ id }) => String(id)).sort();
		expect(workflow.passed.map(String).sort()).toEqual(ids);
	});

	test.each(['the same delivery ID', 'another delivery ID'])(
		'what was recorded before n8n started again passes nothing on: %s',
		async (way) => {
			await open();
			const delivery = randomUUID();
			await sendEvent({}, undefined, delivery);
			await workflow.waitForRuns();
			await workflow.closeServer();
			const old = workflow;
			const store = processedItems.get(`${old.id} n1`)!;
			await jest.isolateModulesAsync(async () => {
				const { PaytTrigger } = await import('../../../nodes/PaytTrigger/PaytTrigger.node');
				workflow = workflowOf({}, { id: old.id }, new PaytTrigger());
			});
			processedItems.set(`${old.id} n1`, store);
			url = `${await workflow.listen()}/webhook/${workflow.webhookId}/webhook`;
			await workflow.startTrigger();
			const again =
				way === 'the same delivery ID'
					? await sendEvent({}, invoice({ amount_open: '5.00' }), delivery)
					: await sendEvent();
			expect(again).toEqual(OK);
			expect(await counts()).toEqual({ runs: 1, passed: 0 });
		},
	);

	test('a run that n8n repeats passes again; switched off, every delivery passes', async () => {
		await open({ deduplicate: false });
		for (let time = 0; time < 3; time++) await sendEvent();
		expect((await counts()).passed).toBe(3);
		workflow.parameters = {};
		const items = [{ json: { a: 1 }, run: 'r', id: 'i', alias: 'a' }];
		expect(await workflow.run(items, 'webhook')).toHaveLength(1);
		expect(await workflow.run(items, 'retry')).toHaveLength(1);
		expect(await workflow.run([{ ...items[0], run: 's' }], 'webhook')).toEqual([]);
		expect(await workflow.run([{ ...items[0], run: 's', id: 'j' }], 'retry')).toEqual([]);
	});
});

describe('4,000 generated deliveries', () => {
	const value = fc.oneof(
		{ weight: 3, arbitrary: fc.integer({ min: -5, max: 2_000_000_000 }) },
		fc.double(),
		fc.string(),
		fc.constantFrom(null, true, '', '0', '12.5', '1e3', '1,5', [], {}, [1], { toString: 1 }),
		fc.object({ maxDepth: 3 }),
	);
	const fields = (names: string[]) =>
		fc.dictionary(
			fc.constantFrom(...names, '__proto__', 'toString', 'constructor', 'hasOwnProperty'),
			value,
			{ maxKeys: 4 },
		);
	const sent = fc.oneof(
		{
			weight: 4,
			arbitrary: fc
				.tuple(fields(Object.keys(event().event)), fields(Object.keys(invoice())))
				.map(([some, others]) => text(event({ ...some }, invoice(others)))),
		},
		fc.json(),
		fc.string(),
		fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array)),
	);
	const type = fc.constantFrom(
		...['application/json', 'application/x-www-form-urlencoded', 'text/plain', 'image/png'],
		'multipart/form-data; boundary=x',
	);

	test.each([
		['simplified', true],
		['as sent', false],
	])(
		'%s: 200, 400 or 401, never 5xx, and starts what it says',
		async (_, simplify) => {
			await open({ deduplicate: false, simplify });
			let started = 0;
			let refused = 0;
			await fc.assert(
				fc.asyncProperty(sent, type, fc.boolean(), async (body, contentType, isProven) => {
					const before = workflow.runs.length;
					const { status, text: answer } = await post(url, body, {
						...headersOf(body, isProven ? SECRET : 'a guess'),
						'content-type': contentType,
					});
					await workflow.waitForRuns();
					expect(isProven ? [200, 400] : [401]).toContain(status);
					expect(answer === '{"success":true}').toBe(status === 200);
					expect(workflow.runs.length - before).toBe(status === 200 ? 1 : 0);
					if (status !== 200) {
						refused++;
						return;
					}
					started++;
					const { json } = workflow.runs.at(-1)![0];
					const name = simplify ? json.event : (json.event as IDataObject).event_name;
					expect(String(name).trim()).not.toBe('');
					if (simplify) expect(['string', 'object']).toContain(typeof json.id);
				}),
				{ numRuns: 2_000, seed: 1 },
			);
			expect(Math.min(started, refused)).toBeGreaterThan(200);
		},
		120_000,
	);
});
