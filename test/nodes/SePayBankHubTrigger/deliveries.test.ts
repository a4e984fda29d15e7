import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { processedItems, processedItemsFaults, type TriggerWorkflow } from '../../harness/trigger';
import { post } from '../SePayTrigger/support';
import { API_KEY, event, notice, workflowOf } from './support';

const OK = { status: 200, text: '{"success":true}', type: 'application/json' };
const SECRET = 'whsec_of this workflow';

jest.setTimeout(120_000);

let workflow: TriggerWorkflow;
let url: string;

async function open(parameters: INodeParameters = {}): Promise<void> {
	workflow = workflowOf(undefined, parameters);
	workflow.stored = { 'node:Payment': { workflowId: workflow.id, secret: SECRET } };
	url = `${await workflow.listen()}/webhook/${workflow.webhookId}/webhook`;
}

const forBalanceChanges = { triggerOn: 'balanceChanges', transferType: 'all' };

afterEach(async () => {
	delete processedItemsFaults.before;
	await workflow.waitForRuns();
	await workflow.closeServer();
});

const byKey = { authorization: `Apikey ${API_KEY}` };
const bySecret = { 'x-secret-key': SECRET };
const sendEvent = async (fields: object, headers: Record<string, string> = bySecret) =>
	await post(url, JSON.stringify(event(fields)), headers);
const pay = async (fields: object, headers: Record<string, string> = byKey) =>
	await post(url, JSON.stringify(notice(fields)), headers);

/** What the one run passed on. */
async function passedItems(): Promise<IDataObject> {
	await workflow.waitForRuns();
	expect(workflow.runs).toEqual([[expect.anything()]]);
	return workflow.runs[0]![0].json;
}

describe('life-cycle events', () => {
	test('a proven one starts the workflow with a flat object', async () => {
		await open();
		expect(await sendEvent({})).toEqual(OK);
		expect(await passedItems()).toEqual({
			id: event().xid,
			event: 'BANK_ACCOUNT_LINKED',
			date: '2026-01-31T10:30:00+07:00',
			version: '1.0',
			linkTokenXid: 'a1b2',
			linkSessionXid: null,
			bankAccountXid: 'c3d4',
			brandName: 'MBBank',
			accountType: 'personal',
			accountNumber: '0123456789',
		});
	});

	test('without Simplify it comes as sent', async () => {
		await open({ simplify: false });
		await sendEvent({ timestamp: '1769830200', more: 'x' });
		expect(await passedItems()).toEqual({ ...event(), more: 'x' });
	});

	test.each<[string, Record<string, string>]>([
		['no secret', {}],
		['another secret', { 'x-secret-key': `${SECRET}x` }],
		['the beginning of it', { 'x-secret-key': SECRET.slice(0, -1) }],
		['as an API key', { authorization: `Apikey ${SECRET}` }],
		['twice', { 'x-secret-key': `${SECRET}, ${SECRET}` }],
		['empty', { 'x-secret-key': '' }],
	])('%s: 401, nothing starts, one line in the log without the secret', async (_, headers) => {
		await open();
		expect(await sendEvent({}, headers)).toMatchObject({ status: 401 });
		await workflow.waitForRuns();
		expect(workflow.runs).toEqual([]);
		expect(workflow.logged).toEqual([expect.not.stringContaining(SECRET)]);
	});

	test('without a secret of its own nothing is believed nor refused, so that it is repeated', async () => {
		await open();
		workflow.stored = { 'node:Payment': { workflowId: 'another', secret: SECRET } };
		await expect(sendEvent({})).rejects.toThrow('fetch failed');
		workflow.stored = {};
		await expect(sendEvent({}, { 'x-secret-key': '' })).rejects.toThrow('fetch failed');
		await workflow.waitForRuns();
		expect(workflow.runs).toEqual([]);
	});

	test.each([
		['BANK_ACCOUNT_LINKED', ['BANK_ACCOUNT_LINKED'], true],
		['BANK_ACCOUNT_LINKED', ['LINK_TOKEN_CREATED'], false],
		['BANK_ACCOUNT_INACTIVED', ['BANK_ACCOUNT_INACTIVATED'], true],
		['BANK_ACCOUNT_INACTIVATED', ['BANK_ACCOUNT_INACTIVATED'], true],
		['NEW_AT_SEPAY', ['BANK_ACCOUNT_LINKED', 'NEW_AT_SEPAY'].slice(0, 1), false],
		['NEW_AT_SEPAY', undefined, true],
	])('%s with %j chosen: %s', async (name, events, starts) => {
		await open(events && { events });
		expect(await sendEvent({ event: name })).toEqual(OK);
		await workflow.waitForRuns();
		expect(workflow.runs).toHaveLength(starts ? 1 : 0);
		if (!starts) return;
		const { json } = workflow.runs[0]![0];
		expect(json.event).toBe(name.replace('INACTIVED', 'INACTIVATED'));
	});

	test.each<[string, string, number]>([
		['no xid', JSON.stringify(event({ xid: undefined })), 400],
		['xid a number', JSON.stringify(event({ xid: 5 })), 400],
		['xid an object', JSON.stringify(event({ xid: { a: 1 } })), 400],
		['an empty event', JSON.stringify(event({ event: ' ' })), 400],
		['event a flag', JSON.stringify(event({ event: true })), 400],
		['metadata a text', JSON.stringify(event({ metadata: 'x' })), 400],
		['a balance change', JSON.stringify(notice()), 400],
		['no JSON', '{"xid":', 400],
		['a list', '[]', 400],
		['5 MB', JSON.stringify(event({ version: 'x'.repeat(5_000_000) })), 413],
	])('%s: refused', async (_, body, status) => {
		await open();
		expect((await post(url, body, bySecret)).status).toBe(status);
		await workflow.waitForRuns();
		expect(workflow.runs).toEqual([]);
	});

	test.each<[string, object, object]>([
		['no metadata', { metadata: undefined }, { event: 'BANK_ACCOUNT_LINKED' }],
		['metadata null', { metadata: null }, { event: 'BANK_ACCOUNT_LINKED' }],
		['no time', { timestamp: undefined }, { date: null }],
		['a time out of all bounds', { timestamp: 1e15 }, { date: null }],
		['metadata named as the envelope', { metadata: { id: 9, event: 'x' } }, { id: event().xid }],
		['nested metadata', { metadata: { bank_x: { full_name: 'A' } } }, { bankX: { fullName: 'A' } }],
		['version a number', { version: 2 }, { version: '2' }],
	])('%s: taken', async (_, fields, json) => {
		await open();
		expect(await sendEvent(fields)).toEqual(OK);
		expect(await passedItems()).toMatchObject(json);
	});

	test('names such as __proto__ change nothing, on no level; what is too deep is left out', async () => {
		await open({ simplify: false });
		const metadata = '{"__proto__":{"a":1},"b":{"constructor":1,"c":{"d":{"e":1}}}}';
		const body = `{"xid":"x","event":"Y","timestamp":1,"metadata":${metadata}}`;
		expect(await post(url, body, bySecret)).toEqual(OK);
		const json = await passedItems();
		expect(json.metadata).toEqual({ b: { c: {} } });
		expect(({} as { a?: number }).a).toBeUndefined();
	});

	test('one event counts once, also with Simplify changed in between', async () => {
		await open();
		await Promise.all(Array.from({ length: 50 }, async () => await sendEvent({})));
		await workflow.waitForRuns();
		workflow.parameters = { simplify: false };
		expect(await sendEvent({})).toEqual(OK);
		await workflow.waitForRuns();
		const passed = workflow.runs.flatMap((items) => items ?? []);
		expect(passed).toHaveLength(1);
		await sendEvent({ xid: 'another' });
		await workflow.waitForRuns();
		expect(workflow.runs.at(-1)).toHaveLength(1);
	});

	test('what was recorded before n8n started again passes nothing on', async () => {
		await open({ simplify: false });
		await sendEvent({});
		await workflow.waitForRuns();
		await workflow.closeServer();
		const old = workflow;
		const store = processedItems.get(`${old.id} n1`)!;
		await jest.isolateModulesAsync(async () => {
			const fresh = await import('../../../nodes/SePayBankHubTrigger/SePayBankHubTrigger.node');
			workflow = workflowOf(undefined, old.parameters, { id: old.id, webhookId: old.webhookId });
			workflow.type = new fresh.SePayBankHubTrigger();
		});
		processedItems.set(`${old.id} n1`, store);
		workflow.stored = old.stored;
		url = `${await workflow.listen()}/webhook/${old.webhookId}/webhook`;
		expect(await sendEvent({})).toEqual(OK);
		await workflow.waitForRuns();
		expect(workflow.runs).toEqual([[]]);
	});
});

describe('balance changes', () => {
	const simple = {
		id: 'e5f6',
		direction: 'in',
		amount: 5_000_000,
		currency: 'VND',
		date: '2026-01-31T10:30:00+07:00',
		accountNumber: '0123456789',
		bank: 'MBBank',
		content: 'DH123456 thanh toan',
		code: 'DH123456',
		reference: 'FT24012345678',
		subAccount: null,
		companyXid: null,
		bankAccountXid: 'c3d4',
		delivered: null,
	};

	test('a proven one starts the workflow with the flat object of a transaction', async () => {
		await open(forBalanceChanges);
		expect(await pay({})).toEqual(OK);
		expect(await passedItems()).toEqual(simple);
	});

	const { gateway, content, reference_code, ...rest } = notice();
	test.each<[string, object]>([
		['in', { ...notice(), transfer_type: 'in' }],
		['CREDIT', { ...notice(), transfer_type: 'CREDIT' }],
		['amount as text', { ...notice(), amount: '5000000.00' }],
		['ISO time', { ...notice(), transaction_date: '2026-01-31T03:30:00Z' }],
		['Unix seconds', { ...notice(), transaction_date: 1_769_830_200 }],
		['Unix seconds as text', { ...notice(), transaction_date: '1769830200' }],
		['empty texts', { ...notice(), va: '' }],
		['objects where texts belong', { ...notice(), va: { toString: 1 } }],
		[
			'the names of the API',
			{
				...rest,
				brand_name: gateway,
				transaction_content: content,
				reference_number: reference_code,
			},
		],
	])('%s gives the same', async (_, body) => {
		await open(forBalanceChanges);
		expect(await post(url, JSON.stringify(body), byKey)).toEqual(OK);
		expect(await passedItems()).toMatchObject(simple);
	});

	test('a time that cannot be text is none', async () => {
		await open(forBalanceChanges);
		expect((await pay({ transaction_date: { toString: 1 } })).status).toBe(200);
		expect(await passedItems()).toMatchObject({ ...simple, date: null });
	});

	test('without Simplify the fields as sent, typed, with the direction beside', async () => {
		await open({ ...forBalanceChanges, simplify: false });
		await pay({ transfer_type: 'debit', amount: '7.00', accumulated: '1.5' });
		expect(await passedItems()).toEqual({
			...notice(),
			transfer_type: 'debit',
			direction: 'out',
			amount: 7,
			accumulated: null,
		});
	});

	test.each<[string, object]>([
		['no transaction_id', { transaction_id: undefined }],
		['transaction_id a number', { transaction_id: 5 }],
		['transaction_id empty', { transaction_id: '' }],
		['a negative amount', { amount: -1 }],
		['a fraction', { amount: 1.5 }],
		['an amount too large to hold', { amount: '92233720368547758070' }],
		['separators', { amount: '5,000,000' }],
		['an amount that is an object', { amount: { a: 1 } }],
		['another direction', { transfer_type: 'refund' }],
		['a direction that cannot be text', { transfer_type: { toString: 1 } }],
	])('%s: 400 that starts nothing', async (_, fields) => {
		await open(forBalanceChanges);
		expect((await pay(fields)).status).toBe(400);
		await workflow.waitForRuns();
		expect(workflow.runs).toEqual([]);
	});

	test.each<[string, INodeParameters, boolean]>([
		['money in', { transferType: 'in' }, true],
		['money out', { transferType: 'out' }, false],
		['smallest amount', { filters: { minAmount: 5_000_001 } }, false],
		['largest amount', { filters: { maxAmount: 5_000_000 } }, true],
		['code', { filters: { code: 'dh*' } }, true],
		['content', { filters: { content: 'hoc phi' } }, false],
		['account', { filters: { accountNumbers: '1' } }, false],
		['sub-account', { filters: { subAccounts: 'VA1' } }, false],
	])('filter %s %j: %s', async (_, parameters, starts) => {
		await open({ ...forBalanceChanges, ...parameters });
		expect(await pay({})).toEqual(OK);
		await workflow.waitForRuns();
		expect(workflow.runs).toHaveLength(starts ? 1 : 0);
	});

	test('a filter that cannot be meant is not published', async () => {
		const filters = { maxAmount: 'nhiều' };
		await open({ ...forBalanceChanges, filters });
		await expect(workflow.startTrigger()).rejects.toThrow(
			'Maximum Amount must be a whole amount in VND',
		);
	});

	test('without the API key nothing is believed', async () => {
		await open(forBalanceChanges);
		for (const headers of [{}, { authorization: 'Apikey x' }, bySecret]) {
			expect((await pay({}, headers as never)).status).toBe(401);
		}
	});

	test('each transaction once, however many deliveries', async () => {
		await open(forBalanceChanges);
		const ids = Array.from({ length: 100 }, (_, index) => `t${index}`);
		const all = await Promise.all(
			[...ids, ...ids].map(async (transaction_id) => await pay({ transaction_id })),
		);
		expect(all).toEqual(Array(200).fill(OK));
		await workflow.waitForRuns();
		expect([...workflow.passed].sort()).toEqual([...ids].sort());
	});

	test('what the node cannot read for a fault of its own is not answered, to be repeated', async () => {
		await open(forBalanceChanges);
		const now = Date.now();
		const clock = jest.spyOn(Date, 'now').mockReturnValue(now + 100_000);
		const broken = jest
			.spyOn(workflow.credentials, 'getDecrypted')
			.mockRejectedValueOnce(new Error('The database is locked'));
		await expect(pay({})).rejects.toThrow('fetch failed');
		expect(workflow.logged).toEqual([expect.stringContaining('The database is locked')]);
		expect(await pay({})).toEqual(OK);
		broken.mockRestore();
		clock.mockRestore();
	});
});

describe('6,000 generated deliveries', () => {
	const value = fc.oneof(
		{ weight: 3, arbitrary: fc.integer({ min: -5, max: 2_000_000_000 }) },
		fc.double(),
		fc.string(),
		fc.constantFrom(null, true, '', '0', '-1', '1e3', '7.00', 'NaN', [], {}, [1], { toString: 1 }),
		fc.object({ maxDepth: 2 }),
	);
	const fields = fc.dictionary(
		fc.constantFrom(
			...[...Object.keys(event()), ...Object.keys(notice())],
			...['__proto__', 'toString', 'constructor'],
		),
		value,
		{ maxKeys: 4 },
	);
	const bytes = fc.oneof(
		{ weight: 3, arbitrary: fields.map((some) => JSON.stringify({ ...event(), ...some })) },
		{ weight: 3, arbitrary: fields.map((some) => JSON.stringify({ ...notice(), ...some })) },
		fc.json(),
		fc.string(),
		fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array)),
	);
	const type = fc.constantFrom(
		...['application/json', 'application/x-www-form-urlencoded', 'text/plain', 'image/png'],
		'multipart/form-data; boundary=x',
	);

	test.each([
		['events', { deduplicate: false }, 1],
		['balance changes', { ...forBalanceChanges, deduplicate: false }, 2],
	])(
		'%s: 200, 400 or 401, never 5xx, and starts what it says',
		async (_, parameters, seed) => {
			await open(parameters);
			let started = 0;
			let refused = 0;
			await fc.assert(
				fc.asyncProperty(bytes, type, fc.boolean(), async (body, contentType, isProven) => {
					const before = workflow.runs.length;
					const { status, text } = await post(url, body as Buffer, {
						'content-type': contentType,
						...(isProven && { ...byKey, ...bySecret }),
					});
					await workflow.waitForRuns();
					expect(isProven ? [200, 400] : [401]).toContain(status);
					expect(text === '{"success":true}').toBe(status === 200);
					expect(workflow.runs.length - before).toBe(status === 200 ? 1 : 0);
					if (status !== 200) {
						refused++;
						return;
					}
					started++;
					const { json } = workflow.runs.at(-1)![0];
					expect(typeof json.id).toBe('string');
					if (seed === 1) return;
					expect(Number.isSafeInteger(json.amount) && Number(json.amount) >= 0).toBe(true);
					expect(['in', 'out']).toContain(json.direction);
				}),
				{ numRuns: 3_000, seed },
			);
			expect(Math.min(started, refused)).toBeGreaterThan(200);
		},
		120_000,
	);
});
