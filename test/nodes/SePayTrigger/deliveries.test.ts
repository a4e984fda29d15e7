import fc from 'fast-check';
import type { INodeParameters } from 'n8n-workflow';
import { newRunItem } from '../../../nodes/shared/triggers/processedItems';
import { processedItems, processedItemsFaults, type TriggerWorkflow } from '../../harness/trigger';
import { payload, post, SECRET, signed, workflowOf } from './support';

const OK = { status: 201, text: '{"success":true}', type: 'application/json' };
const MINUTE = 60_000;

jest.setTimeout(120_000);

let workflow: TriggerWorkflow;
let url: string;

async function open(parameters: INodeParameters = {}): Promise<void> {
	workflow = workflowOf(undefined, { setUp: 'byHand', ...parameters });
	url = `${await workflow.listen()}/webhook/${workflow.webhookId}/webhook`;
	await workflow.startTrigger();
}

afterEach(async () => {
	delete processedItemsFaults.before;
	await workflow.waitForRuns();
	await workflow.closeServer();
});

const send = async (fields: object, headers?: Record<string, string>) => {
	const body = JSON.stringify(payload(fields));
	return await post(url, body, headers ?? signed(body));
};

describe('what is believed', () => {
	beforeEach(async () => await open());

	test('a changed secret holds at once, the one before for half a minute; reading it is rare', async () => {
		const secret = 'a secret that nobody has seen, 9876543210';
		const by = async (key: string, id: number) => {
			const body = JSON.stringify(payload({ id }));
			return (await post(url, body, signed(body, key))).status;
		};
		// Whatever an earlier test left is forgotten by then.
		const now = jest.spyOn(Date, 'now');
		const later = (ms: number) =>
			now.mockImplementation(() => performance.timeOrigin + performance.now() + ms);
		later(60_000);
		expect(await by(SECRET, 71)).toBe(201);
		const read = jest.spyOn(workflow.credentials, 'getDecrypted');
		expect([await by(SECRET, 72), await by(SECRET, 73)]).toEqual([201, 201]);
		expect(read).not.toHaveBeenCalled();

		workflow.credentials.store.sePayWebhookApi.secretKey = secret;
		expect(await by(SECRET, 74)).toBe(201);
		expect(await by(secret, 75)).toBe(201);
		expect(await by(SECRET, 76)).toBe(401);
		workflow.credentials.store.sePayWebhookApi.secretKey = SECRET;
		later(95_000);
		expect(await by(secret, 77)).toBe(401);
		now.mockRestore();
	});

	test('a signed delivery starts the workflow with the flat object of the Transaction operations', async () => {
		expect(await send({})).toEqual(OK);
		await workflow.waitForRuns();
		expect(workflow.runs).toEqual([
			[
				expect.objectContaining({
					json: {
						id: 92_704,
						direction: 'in',
						amount: 5_000_000,
						currency: 'VND',
						date: '2024-07-02T11:08:33+07:00',
						accountNumber: '1017588888',
						bank: 'Vietcombank',
						content: 'DH123456 thanh toan',
						code: 'DH123456',
						reference: 'FT24012345678',
						subAccount: null,
						balance: 105_000_000,
					},
				}),
			],
		]);
	});

	const body = JSON.stringify(payload());
	const good = signed(body);
	test.each<[string, Record<string, string>]>([
		['no signature', {}],
		['no time', { 'x-sepay-signature': good['x-sepay-signature'] }],
		['another secret', signed(body, 'another')],
		['another body', signed(`${body} `)],
		['an old time', signed(body, SECRET, Date.now() - 6 * MINUTE)],
		['a time to come', signed(body, SECRET, Date.now() + 6 * MINUTE)],
		[
			'another time than was signed',
			{ ...good, 'x-sepay-timestamp': String((Date.now() / 1000) | 0) + '0' },
		],
		['no prefix', { ...good, 'x-sepay-signature': good['x-sepay-signature'].slice(7) }],
		['an empty signature', { ...good, 'x-sepay-signature': 'sha256=' }],
		['a short signature', { ...good, 'x-sepay-signature': good['x-sepay-signature'].slice(0, -2) }],
		['zeros', { ...good, 'x-sepay-signature': `sha256=${'0'.repeat(64)}` }],
		['a header twice', { ...good, 'x-sepay-signature': `${good['x-sepay-signature']}, x` }],
		['an API key instead', { authorization: `Apikey ${SECRET}` }],
	])('%s: 401, nothing starts, one line in the log without secret or body', async (_, headers) => {
		const answer = await post(url, body, headers);
		expect(answer).toMatchObject({ status: 401, text: expect.not.stringContaining('true') });
		await workflow.waitForRuns();
		expect(workflow.runs).toEqual([]);
		expect(workflow.logged).toHaveLength(1);
		expect(workflow.logged[0]).not.toContain(SECRET);
		expect(workflow.logged[0]).not.toContain('DH123456');
	});

	test('without a secret nothing is believed', async () => {
		workflow.credentials.store.sePayWebhookApi = { authenType: 'HMAC_SHA256', secretKey: '' };
		expect((await post(url, body, signed(body, ''))).status).toBe(401);
		workflow.credentials.store.sePayWebhookApi = { authenType: 'Api_Key', apiKey: '' };
		expect((await post(url, body, { authorization: 'Apikey ' })).status).toBe(401);
	});

	test('an API key', async () => {
		workflow.credentials.store.sePayWebhookApi = { authenType: 'Api_Key', apiKey: 'k e y' };
		expect(await post(url, body, { authorization: 'Apikey k e y' })).toEqual(OK);
		for (const authorization of ['Apikey k e', 'Apikey k e yy', 'Bearer k e y', 'k e y']) {
			expect((await post(url, body, { authorization })).status).toBe(401);
		}
	});

	test('an API key with Vietnamese letters, in the bytes of either way to write it', async () => {
		const apiKey = 'khóa bí mật Đà';
		const bytes = (key: string) => Buffer.from(`Apikey ${key}`).toString('latin1');
		workflow.credentials.store.sePayWebhookApi = { authenType: 'Api_Key', apiKey };
		for (const authorization of [bytes(apiKey), bytes(apiKey.normalize('NFD'))]) {
			expect(await post(url, body, { authorization })).toEqual(OK);
		}
		workflow.credentials.store.sePayWebhookApi = { authenType: 'Api_Key', apiKey: 'khóa' };
		expect(await post(url, body, { authorization: 'Apikey khóa' })).toEqual(OK);
		for (const authorization of [bytes('khoa'), bytes('khóá'), bytes(apiKey)]) {
			expect((await post(url, body, { authorization })).status).toBe(401);
		}
		const { webhookSecretTest } = workflow.type.methods!.credentialTest!;
		const data = { authenType: 'Api_Key', apiKey };
		expect(await webhookSecretTest.call({} as never, { data } as never)).toMatchObject({
			status: 'OK',
		});
	});

	test('with None chosen at the node, any', async () => {
		workflow.parameters = { setUp: 'automatic', authenType: 'No_Authen' };
		expect(await post(url, body)).toEqual(OK);
	});

	test('a node set up automatically fails closed without its secret, and with that of a copy', async () => {
		workflow.parameters = { setUp: 'automatic' };
		expect((await post(url, body, signed(body, ''))).status).toBe(401);
		workflow.stored = { 'node:Payment': { workflowId: 'another', secret: SECRET } };
		expect((await post(url, body, good)).status).toBe(401);
		workflow.stored = { 'node:Payment': { workflowId: workflow.id, secret: SECRET } };
		expect(await post(url, body, good)).toEqual(OK);
	});
});

describe('what is no payment', () => {
	beforeEach(async () => await open());

	test.each<[string, string | Buffer, number]>([
		['empty', '', 400],
		['no JSON', '{"id":', 400],
		['an array', '[1]', 400],
		['null', 'null', 400],
		['a text', '"a"', 400],
		['deeply nested', '['.repeat(200_000), 400],
		['bytes', Buffer.from([0xff, 0xfe, 0x00]), 400],
		['5 MB', JSON.stringify(payload({ content: 'x'.repeat(5_000_000) })), 413],
		['without an id', JSON.stringify(payload({ id: undefined })), 400],
		['id null', JSON.stringify(payload({ id: null })), 400],
		['id as words', JSON.stringify(payload({ id: 'abc' })), 400],
		['id too large to hold', JSON.stringify(payload({ id: '92233720368547758070' })), 400],
		['a negative amount', JSON.stringify(payload({ transferAmount: -5 })), 400],
		['a fraction', JSON.stringify(payload({ transferAmount: 5.5 })), 400],
		['a fraction as text', JSON.stringify(payload({ transferAmount: '5.5' })), 400],
		['separators', JSON.stringify(payload({ transferAmount: '5,000,000' })), 400],
		['exponent', JSON.stringify(payload({ transferAmount: '5e6' })), 400],
		['no amount', JSON.stringify(payload({ transferAmount: 0 })), 400],
		['an amount that is a list', JSON.stringify(payload({ transferAmount: [5] })), 400],
		['another transferType', JSON.stringify(payload({ transferType: 'refund' })), 400],
		['no transferType', JSON.stringify(payload({ transferType: null })), 400],
	])('%s: a 4xx that starts nothing', async (_, body, status) => {
		expect((await post(url, body, signed(body))).status).toBe(status);
		await workflow.waitForRuns();
		expect(workflow.runs).toEqual([]);
	});

	test.each<[string, object, object]>([
		['id as text', { id: '92704' }, { id: 92_704 }],
		['amount as text', { transferAmount: '5000000.00' }, { amount: 5_000_000 }],
		['unknown fields', { bank: { a: 1 }, more: 'x' }, { id: 92_704 }],
		['no balance', { accumulated: undefined }, { balance: null }],
		['an unreadable balance', { accumulated: '1.5' }, { balance: null }],
		[
			'empty texts',
			{ code: '', subAccount: '', referenceCode: '' },
			{ code: null, reference: null },
		],
	])('%s: taken', async (_, fields, json) => {
		expect(await send(fields)).toEqual(OK);
		await workflow.waitForRuns();
		expect(workflow.runs).toEqual([
			[expect.objectContaining({ json: expect.objectContaining(json) })],
		]);
	});

	test('keys such as __proto__ change nothing', async () => {
		workflow.parameters = { ...workflow.parameters, simplify: false };
		const body = `{"__proto__":{"id":1},"constructor":"x",${JSON.stringify(payload()).slice(1)}`;
		expect(await post(url, body, signed(body))).toEqual(OK);
		await workflow.waitForRuns();
		const { json } = workflow.runs[0]![0];
		expect(json).toEqual(payload());
		expect(Object.getPrototypeOf(json)).toBe(Object.prototype);
		expect(({} as { id?: number }).id).toBeUndefined();
	});
});

describe('filters of the node', () => {
	test.each<[string, object, boolean]>([
		['minAmount', { minAmount: 5_000_000 }, true],
		['minAmount', { minAmount: 5_000_001 }, false],
		['maxAmount', { maxAmount: 4_999_999 }, false],
		['an amount with separators', { minAmount: '5.000.000', maxAmount: '5.000.000' }, true],
		['an amount with separators', { minAmount: '5.000.001' }, false],
		['an empty amount', { minAmount: '', maxAmount: 0 }, true],
		['code', { code: 'dh*' }, true],
		['code', { code: 'HD*' }, false],
		['content', { content: 'THANH TOAN' }, true],
		['content', { content: 'hoc phi' }, false],
		['code', { code: 'DH 123456' }, true],
		['code', { code: 'đh-1*' }, true],
		['content', { content: 'thanh toán' }, true],
		['accountNumbers', { accountNumbers: '1017 588 888' }, true],
		['accountNumbers', { accountNumbers: '1, 1017588888' }, true],
		['accountNumbers', { accountNumbers: '101758888' }, false],
		['subAccounts', { subAccounts: 'VCB1' }, false],
	])('%s %j: %s', async (_, filters, starts) => {
		await open({ filters: filters as never });
		expect(await send({})).toEqual(OK);
		expect(await send({ id: 0 })).toEqual(OK);
		await workflow.waitForRuns();
		expect(workflow.passed.sort()).toEqual(starts ? [0, 92_704] : [0]);
	});
});

test.each([
	[{ minAmount: 'một triệu' }, 'Minimum Amount must be a whole amount in VND'],
	[{ minAmount: 2, maxAmount: 1 }, 'Minimum Amount must be at most Maximum Amount'],
])('filters that cannot be meant are not published: %j', async (filters, message) => {
	await expect(open({ filters: filters as never })).rejects.toThrow(message);
});

describe('each payment once', () => {
	beforeEach(async () => await open());

	test('100 at once: one passes on; later ones start nothing', async () => {
		const answers = await Promise.all(Array.from({ length: 100 }, async () => await send({})));
		expect(answers).toEqual(Array(100).fill(OK));
		await workflow.waitForRuns();
		expect(workflow.passed).toEqual([92_704]);
		const { length } = workflow.runs;
		expect(await send({})).toEqual(OK);
		expect(workflow.runs).toHaveLength(length);
	});

	test('many different ones at once, each twice, are written together and none is lost', async () => {
		const ids = Array.from({ length: 300 }, (_, index) => index + 1);
		let writes = 0;
		processedItemsFaults.before = () => void writes++;
		await Promise.all([...ids, ...ids].map(async (id) => await send({ id })));
		await workflow.waitForRuns();
		expect(workflow.passed.sort((a, b) => Number(a) - Number(b))).toEqual(ids);
		expect(writes).toBeLessThan(300);
		expect(processedItems.get(`${workflow.id} n1`)).toHaveLength(900);
	});

	test('what was recorded before n8n started again passes nothing on', async () => {
		await send({});
		await workflow.waitForRuns();
		await workflow.closeServer();
		const { id, webhookId } = workflow;
		const store = processedItems.get(`${id} n1`)!;
		await jest.isolateModulesAsync(async () => {
			const fresh = await import('../../../nodes/SePayTrigger/SePayTrigger.node');
			workflow = workflowOf(undefined, { setUp: 'byHand' }, { id, webhookId });
			workflow.type = new fresh.SePayTrigger();
		});
		processedItems.set(`${id} n1`, store);
		url = `${await workflow.listen()}/webhook/${webhookId}/webhook`;
		await workflow.startTrigger();
		expect(await send({})).toEqual(OK);
		expect(await send({ id: 5 })).toEqual(OK);
		await workflow.waitForRuns();
		expect(workflow.passed).toEqual([5]);
		expect(workflow.runs).toHaveLength(2);
	});

	test('test sends always pass and are not recorded', async () => {
		for (let time = 0; time < 3; time++) expect(await send({ id: 0 })).toEqual(OK);
		await workflow.waitForRuns();
		expect(workflow.passed).toEqual([0, 0, 0]);
	});

	test('a manual run passes and records nothing; a run repeated by hand passes', async () => {
		const [first, second] = [[newRunItem({ id: 7 })], [newRunItem({ id: 7 })]];
		const passed = [{ json: { id: 7 }, pairedItem: { item: 0 } }];
		expect(await workflow.run(first, 'manual')).toEqual(passed);
		expect(await workflow.run(first, 'webhook')).toEqual(passed);
		expect(await workflow.run(second, 'webhook')).toEqual([]);
		expect(await workflow.run(first, 'retry')).toEqual(passed);
		expect(await workflow.run(second, 'manual')).toEqual(passed);
	});

	test('a run that was cut before its payment was recorded passes when it is repeated, unless another one took the payment', async () => {
		const [cut, lost, repeat] = [7, 8, 8].map((id) => [newRunItem({ id })]);
		processedItemsFaults.before = () => {
			throw new Error('n8n ends here');
		};
		for (const items of [cut, lost]) expect(await workflow.run(items, 'webhook')).toBeUndefined();
		delete processedItemsFaults.before;
		expect(await workflow.run(repeat, 'webhook')).toHaveLength(1);
		expect(await workflow.run(lost, 'retry')).toEqual([]);
		expect(await workflow.run(cut, 'retry')).toHaveLength(1);
		expect(await send({ id: 7 })).toEqual(OK);
		expect(workflow.passed).toEqual([8, 7]);
	});

	test('when the store fails, the run fails, and passes the payment on when it is repeated', async () => {
		processedItemsFaults.before = () => {
			throw new Error('The database is locked');
		};
		expect(await send({})).toEqual(OK);
		await workflow.waitForRuns();
		expect(workflow.runs).toEqual([undefined]);
		delete processedItemsFaults.before;
		expect(await send({})).toEqual(OK);
		await workflow.waitForRuns();
		expect(workflow.runs).toHaveLength(1);
		const run = [newRunItem({ id: 92_704 })];
		expect(await workflow.run(run, 'retry')).toHaveLength(1);
	});

	test('switched off, every delivery passes', async () => {
		workflow.parameters = { ...workflow.parameters, deduplicate: false };
		await send({});
		await send({});
		await workflow.waitForRuns();
		expect(workflow.passed).toEqual([92_704, 92_704]);
	});
});

describe('20,000 generated deliveries', () => {
	const value = fc.oneof(
		{ weight: 3, arbitrary: fc.integer({ min: -5, max: 2_000_000_000 }) },
		fc.double(),
		fc.string(),
		fc.constantFrom(null, true, '', '0', '-1', '1e3', '7.00', '007', 'NaN', [], {}, [1]),
		fc.maxSafeNat().map(String),
	);
	const fields = fc.record(
		{
			id: value,
			gateway: value,
			transactionDate: value,
			accountNumber: value,
			subAccount: value,
			code: value,
			content: value,
			transferType: fc.oneof(fc.constantFrom('in', 'out', 'IN', 'refund'), value),
			transferAmount: value,
			accumulated: value,
			referenceCode: value,
			['__proto__']: value,
			toString: value,
		},
		{ requiredKeys: [] },
	);
	/** Mostly right, so that what is wrong meets the checks behind the first. */
	const nearly = fields.map((some) => {
		const [name] = Object.keys(some);
		return JSON.stringify(payload(name === undefined ? {} : { [name]: Object(some)[name] }));
	});
	const bytes = fc.oneof(
		nearly,
		fields.map((json) => JSON.stringify(json)),
		fc.json(),
		fc.string(),
		fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array)),
	);
	const type = fc.constantFrom(
		'application/json',
		'application/json; charset=utf-8',
		'application/x-www-form-urlencoded',
		'multipart/form-data; boundary=x',
		'multipart/form-data',
		'text/plain',
		'image/png',
	);

	test('the reader gives a payment with whole money, or words', async () => {
		const { parseBody } = await import('../../../nodes/shared/triggers/webhookRequest');
		const { fromWebhook } = await import('../../../nodes/shared/sePay/transaction');
		let payments = 0;
		await fc.assert(
			fc.asyncProperty(bytes, type, async (body, contentType) => {
				const found = await parseBody(Buffer.from(body as Buffer), contentType);
				if (!found) return;
				const payment = fromWebhook(found);
				if (typeof payment === 'string') return;
				payments++;
				expect(payment.id).toMatch(/^(0|[1-9]\d*)$/);
				expect(Number.isSafeInteger(payment.amount)).toBe(true);
				expect(payment.amount).toBeGreaterThanOrEqual(payment.id === '0' ? 0 : 1);
				expect(['in', 'out']).toContain(payment.direction);
				// Money is what was sent, digit for digit.
				expect(Number(found.transferAmount)).toBe(payment.amount);
			}),
			{ numRuns: 17_000, seed: 20_261_120 },
		);
		expect(payments).toBeGreaterThan(300);
	}, 60_000);

	test('the receiver answers 201, 400 or 401, never 5xx, and starts what it says', async () => {
		await open({ deduplicate: false });
		await fc.assert(
			fc.asyncProperty(bytes, type, fc.boolean(), async (body, contentType, isSigned) => {
				const before = workflow.runs.length;
				const proof = isSigned ? signed(body as Buffer) : {};
				const { status, text } = await post(url, body as Buffer, {
					'content-type': contentType,
					...proof,
				});
				await workflow.waitForRuns();
				expect(isSigned ? [201, 400] : [401]).toContain(status);
				expect(text === '{"success":true}').toBe(status === 201);
				expect(workflow.runs.length - before).toBe(status === 201 ? 1 : 0);
			}),
			{ numRuns: 3_000, seed: 20_261_121 },
		);
	}, 60_000);
});
