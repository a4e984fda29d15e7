import { createHmac } from 'node:crypto';
import {
	call,
	createWebhook,
	startReceiver,
	useSandbox,
	waitUntil,
	type Receiver,
} from './testing';

const MINUTE = 60_000;

const sandbox = useSandbox({ transactions: 0 });
let receiver: Receiver;

beforeEach(async () => {
	sandbox().allowPrivateWebhooks = true;
	receiver = await startReceiver();
});
afterEach(() => receiver.close());

const create = (fields: Record<string, unknown> = {}) =>
	createWebhook(sandbox(), { webhook_url: `${receiver.url}/hook`, ...fields });

const bodies = () => receiver.received.map(({ body }) => JSON.parse(body.toString()));

/** Lets the clock run until nothing more is tried, and some time beyond. */
async function runAll(): Promise<void> {
	for (let minute = 0; minute < 45; minute += 1) {
		await sandbox().idle();
		sandbox().clock.advance(MINUTE);
		await new Promise((resolve) => setTimeout(resolve, 2));
	}
	await sandbox().idle();
}

describe('what is sent', () => {
	test('the payload of money in', async () => {
		const id = await create();
		const row = sandbox().addTransaction({
			bank_account_id: 12,
			amount_in: 250_000,
			transaction_content: 'Thanh toán DH123456',
			sub_account: 'VCB0011ABC001',
		});
		await sandbox().idle();
		expect(receiver.received[0].headers['content-type']).toBe('application/json');
		expect(bodies()).toEqual([
			{
				id: row.id,
				gateway: 'Vietcombank',
				transactionDate: row.transaction_date,
				accountNumber: '0071000888888',
				subAccount: 'VCB0011ABC001',
				code: 'DH123456',
				content: 'Thanh toán DH123456',
				transferType: 'in',
				description: expect.any(String),
				transferAmount: 250_000,
				accumulated: row.accumulated,
				referenceCode: row.reference_number,
			},
		]);
		expect(sandbox().deliveries).toEqual([
			{
				webhookId: id,
				transactionId: row.id,
				attempt: 1,
				at: expect.any(Number),
				url: `${receiver.url}/hook`,
				headers: { 'content-type': 'application/json' },
				body: receiver.received[0].body.toString(),
				status: 201,
				answer: '{"success":true}',
				ok: true,
			},
		]);
	});

	test('the payload of money out', async () => {
		await create({ bank_account_id: 19 });
		sandbox().addTransaction({ bank_account_id: 19, amount_out: 70_000 });
		await sandbox().idle();
		expect(bodies()).toEqual([
			expect.objectContaining({ transferType: 'out', transferAmount: 70_000 }),
		]);
	});

	test.each(['multipart_form-data', 'application_x-www-form-urlencoded'])(
		'as %s the fields are texts, null an empty one',
		async (request_content_type) => {
			await create({ request_content_type });
			const row = sandbox().addTransaction({ transaction_content: 'chuyển tiền' });
			await sandbox().idle();
			const [{ headers, body }] = receiver.received;
			const type = String(headers['content-type']);
			expect(type).toContain(request_content_type.replace('_', '/'));
			const form = await new Response(new Uint8Array(body), {
				headers: { 'content-type': type },
			}).formData();
			expect(Object.fromEntries(form)).toMatchObject({
				id: String(row.id),
				content: 'chuyển tiền',
				transferAmount: '100000',
				subAccount: '',
				code: '',
			});
			expect([...form.keys()]).toHaveLength(12);
		},
	);

	test('nothing leaves this machine', async () => {
		const id = await create({ webhook_url: 'https://shop.example.com/' });
		expect(await sandbox().deliver(id)).toMatchObject({ ok: false, error: /loopback/i });
	});
});

describe('authentication', () => {
	test('API key', async () => {
		await create({ authen_type: 'Api_Key', api_key: 'K y' });
		sandbox().addTransaction();
		await sandbox().idle();
		expect(receiver.received[0].headers.authorization).toBe('Apikey K y');
	});

	test.each(['Json', 'multipart_form-data', 'application_x-www-form-urlencoded'])(
		'HMAC over the raw bytes of %s',
		async (request_content_type) => {
			const fields = { authen_type: 'HMAC_SHA256', secret_key: 'whsec_x' };
			await create({ ...fields, request_content_type });
			sandbox().clock.advance(86_400_000);
			sandbox().addTransaction({ transaction_content: 'tiền nhà' });
			await sandbox().idle();
			const [{ headers, body }] = receiver.received;
			const timestamp = String(headers['x-sepay-timestamp']);
			const signed = Buffer.concat([Buffer.from(`${timestamp}.`), body]);
			const hex = createHmac('sha256', 'whsec_x').update(signed).digest('hex');
			expect(headers['x-sepay-signature']).toBe(`sha256=${hex}`);
			// By the real clock, as receivers have no other.
			expect(Math.abs(Number(timestamp) - Date.now() / 1000)).toBeLessThan(60);
		},
	);

	const oauth = () => ({
		authen_type: 'OAuth2.0',
		request_content_type: undefined,
		oauth2_access_token_url: `${receiver.url}/token`,
		oauth2_client_id: 'id',
		oauth2_client_secret: 'secret',
	});

	test('OAuth, the Standard way', async () => {
		receiver.answer = ({ path }) =>
			path === '/token'
				? { status: 200, body: '{"access_token":"abc","expires_in":60}' }
				: { status: 201, body: '{"success":true}' };
		expect((await sandbox().deliver(await create(oauth()))).ok).toBe(true);
		const [token, hook] = receiver.received;
		expect(Object.fromEntries(new URLSearchParams(token.body.toString()))).toEqual({
			grant_type: 'client_credentials',
			client_id: 'id',
			client_secret: 'secret',
		});
		expect(hook.headers.authorization).toBe('Bearer abc');
	});

	test('OAuth, the Custom way', async () => {
		const data = { accessToken: 'xyz', refreshToken: 'r', expiredIn: 3600 };
		receiver.answer = ({ path, headers }) => {
			if (path !== '/token') return { status: 201, body: '{"success":true}' };
			return headers['content-type'] === 'application/json'
				? { status: 200, body: JSON.stringify({ data }) }
				: { status: 400 };
		};
		expect((await sandbox().deliver(await create(oauth()))).ok).toBe(true);
		const [, token, hook] = receiver.received;
		expect(JSON.parse(token.body.toString())).toEqual({ clientId: 'id', clientSecret: 'secret' });
		expect(hook.headers.authorization).toBe('Bearer xyz');
	});

	test.each(['accessToken', 'refreshToken', 'expiredIn'])(
		'OAuth: without %s nothing is delivered, nor retried',
		async (missing) => {
			const data = { accessToken: 'xyz', refreshToken: 'r', expiredIn: 3600, [missing]: undefined };
			receiver.answer = () => ({ status: 200, body: JSON.stringify({ data }) });
			await create({ ...oauth(), retry_conditions: ['non_2xx_status_code'] });
			sandbox().addTransaction();
			await runAll();
			expect(receiver.received.map(({ path }) => path)).toEqual(['/token', '/token']);
			expect(sandbox().deliveries).toMatchObject([{ ok: false, error: /no token/ }]);
		},
	);
});

describe('which events are sent', () => {
	const out = { amount_out: 1_000 };
	const coded = { transaction_content: 'DH123456' };
	const va = { sub_account: 'VCB0011ABC001' };
	const otherVa = { sub_account: 'VCB0011ABC004' };
	const list = { va_mode: 'list', bank_sub_account_ids: [25] };
	const chosen = { bank_mode: 'multi', bank_account_ids: [12, 19] };

	test.each<[string, Record<string, unknown>, object, boolean]>([
		['money in, all', {}, {}, true],
		['money in, in only', { event_type: 'In_only' }, {}, true],
		['money in, out only', { event_type: 'Out_only', bank_mode: 'all' }, {}, false],
		['money out at Vietcombank', {}, out, false],
		['money out at TPBank', { bank_account_id: 19 }, { ...out, bank_account_id: 19 }, true],
		[
			'money out, in only',
			{ bank_account_id: 19, event_type: 'In_only' },
			{ ...out, bank_account_id: 19 },
			false,
		],
		['another account', {}, { bank_account_id: 19 }, false],
		['any account', { bank_mode: 'all' }, { bank_account_id: 24 }, true],
		['a chosen account', chosen, { bank_account_id: 19 }, true],
		['an account not chosen', chosen, { bank_account_id: 24 }, false],
		['a virtual account, all', {}, va, true],
		['a virtual account, none', { va_mode: 'none' }, va, false],
		['the main account, none', { va_mode: 'none' }, {}, true],
		['a chosen virtual account', list, va, true],
		['another virtual account', list, otherVa, false],
		['the main account, list', list, {}, true],
		['the main account, only virtual', { only_va: 1, bank_sub_account_ids: [25] }, {}, false],
		['a virtual account, only virtual', { only_va: 1, bank_sub_account_ids: [25] }, va, true],
		['no code, skipped', { skip_if_no_code: 1 }, {}, false],
		['a code, skipping none', { skip_if_no_code: 1 }, coded, true],
		['the prefix', { prefix_filters: ['TT', 'DH'] }, coded, true],
		['another prefix', { prefix_filters: ['TT'] }, coded, false],
		['the prefix in lower case', { prefix_filters: ['dh'] }, coded, false],
		['no code for the prefix', { prefix_filters: ['DH'] }, {}, false],
		['a switched-off webhook', { active: 0 }, {}, false],
	])('%s', async (_, hook, transaction, isSent) => {
		await create(hook);
		sandbox().addTransaction(transaction);
		await sandbox().idle();
		expect(receiver.received).toHaveLength(isSent ? 1 : 0);
	});

	test('every webhook that wants it gets it, removed ones do not', async () => {
		const [first, second, third] = [await create(), await create(), await create()];
		await call(sandbox(), 'DELETE', `/webhooks/${second}`);
		sandbox().addTransaction();
		await sandbox().idle();
		const got = sandbox().deliveries.map(({ webhookId }) => webhookId);
		expect(got.sort()).toEqual([first, third]);
	});
});

describe('what counts as received', () => {
	test.each([
		[200, '{"success":true}', true],
		[201, '{"success": true, "more": 1}', true],
		[202, '{"success":true}', false],
		[200, '{"success":"true"}', false],
		[200, '{"message":"Workflow was started"}', false],
		[200, 'OK', false],
		[204, undefined, false],
		[302, '{"success":true}', false],
		[500, '{"success":true}', false],
	])('%d %s: %s', async (status, body, ok) => {
		receiver.answer = () => ({ status, body });
		expect(await sandbox().deliver(await create())).toMatchObject({
			status,
			answer: body ?? '',
			ok,
		});
	});

	test('redirects are not followed', async () => {
		receiver.answer = ({ path }) =>
			path === '/hook'
				? { status: 307, headers: { location: '/other' } }
				: { status: 201, body: '{"success":true}' };
		expect(await sandbox().deliver(await create())).toMatchObject({ status: 307, ok: false });
		expect(receiver.received).toHaveLength(1);
	});

	test('no answer in time is a failure', async () => {
		expect(sandbox().deliveryTimeoutMs).toBe(30_000);
		sandbox().deliveryTimeoutMs = 50;
		receiver.answer = () => 'hang';
		const delivery = await sandbox().deliver(await create());
		expect(delivery).toMatchObject({ ok: false, error: /timeout/ });
		expect(delivery.status).toBeUndefined();
	});
});

describe('retries', () => {
	const retry = { retry_conditions: ['non_2xx_status_code'] };

	test('eight attempts, 1, 1, 2, 3, 5, 8 and 13 minutes apart, the same payload', async () => {
		receiver.answer = () => ({ status: 500 });
		await create(retry);
		sandbox().addTransaction();
		await runAll();
		const { deliveries } = sandbox();
		expect(deliveries.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
		const gaps = deliveries.slice(1).map(({ at }, index) => (at - deliveries[index].at) / MINUTE);
		expect(gaps).toEqual([1, 1, 2, 3, 5, 8, 13]);
		expect(new Set(receiver.received.map(({ body }) => body.toString())).size).toBe(1);
	});

	test('run by themselves on a fast clock, and end with a success', async () => {
		receiver.answer = () =>
			receiver.received.length < 4 ? 'cut' : { status: 200, body: '{"success":true}' };
		await create(retry);
		sandbox().clock.setSpeed(2_000);
		sandbox().addTransaction();
		await waitUntil(() => receiver.received.length === 4);
		await sandbox().idle();
		sandbox().clock.advance(60 * MINUTE);
		await new Promise((resolve) => setTimeout(resolve, 10));
		await sandbox().idle();
		expect(sandbox().deliveries.map(({ ok }) => ok)).toEqual([false, false, false, true]);
	});

	test('only when switched on, not for a wrong body, not by hand', async () => {
		receiver.answer = () => ({ status: 500 });
		const id = await create();
		sandbox().addTransaction();
		await runAll();
		expect(receiver.received).toHaveLength(1);
		await call(sandbox(), 'PATCH', `/webhooks/${id}`, { body: retry });
		await sandbox().deliver(id);
		receiver.answer = () => ({ status: 200, body: 'OK' });
		sandbox().addTransaction();
		await runAll();
		expect(receiver.received).toHaveLength(3);
	});

	test('go to the address the webhook has then; none when it is gone', async () => {
		receiver.answer = () => ({ status: 500 });
		const id = await create(retry);
		sandbox().addTransaction();
		await sandbox().idle();
		const webhook_url = `${receiver.url}/moved`;
		await call(sandbox(), 'PATCH', `/webhooks/${id}`, { body: { webhook_url } });
		sandbox().clock.advance(MINUTE);
		await waitUntil(() => receiver.received.length === 2);
		await sandbox().idle();
		await call(sandbox(), 'DELETE', `/webhooks/${id}`);
		await runAll();
		expect(receiver.received.map(({ path }) => path)).toEqual(['/hook', '/moved']);
	});

	test('nothing older than five hours is retried', async () => {
		receiver.answer = () => ({ status: 500 });
		await create(retry);
		sandbox().addTransaction();
		await sandbox().idle();
		sandbox().clock.advance(301 * MINUTE);
		await runAll();
		expect(receiver.received).toHaveLength(1);
	});
});

describe('by hand', () => {
	test('a test send has id 0, other fields can be chosen', async () => {
		const id = await create({ active: 0 });
		await sandbox().deliver(id);
		await sandbox().deliver(id, { code: null, transferAmount: 5 });
		expect(bodies()).toMatchObject([
			{ id: 0, code: 'DH123456' },
			{ id: 0, code: null, transferAmount: 5 },
		]);
	});

	test('a replay has the payload of the first time, signed anew', async () => {
		const id = await create({ authen_type: 'HMAC_SHA256', secret_key: 'a' });
		const row = sandbox().addTransaction();
		await sandbox().idle();
		await call(sandbox(), 'PATCH', `/webhooks/${id}`, { body: { secret_key: 'b' } });
		await sandbox().deliver(id, row.id);
		const [first, second] = receiver.received;
		expect(second.body).toEqual(first.body);
		expect(second.headers['x-sepay-signature']).not.toBe(first.headers['x-sepay-signature']);
	});
});

describe('where it goes', () => {
	test('a public address can stand for one on this machine; no other is reached', async () => {
		sandbox().allowPrivateWebhooks = false;
		sandbox().hosts.set('https://n8n.example.com', receiver.url);
		const mapped = await createWebhook(sandbox(), {
			webhook_url: 'https://n8n.example.com/webhook/1?a=b',
		});
		const other = await createWebhook(sandbox(), { webhook_url: 'https://n8n.example.org/hook' });
		expect((await sandbox().deliver(mapped)).ok).toBe(true);
		expect(receiver.received.map(({ path }) => path)).toEqual(['/webhook/1?a=b']);
		expect((await sandbox().deliver(other)).error).toBe('Only loopback can be reached');
	});
});
