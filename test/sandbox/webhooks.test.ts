import { validateRequest } from '../contract';
import type { Webhook } from '.';
import { call, createWebhook, newWebhook, read, useSandbox } from './testing';

const sandbox = useSandbox({ transactions: 0 });

const create = (fields?: Record<string, unknown>) =>
	call(sandbox(), 'POST', '/webhooks', { body: newWebhook(fields) });

const change = (id: number, body: object) => call(sandbox(), 'PATCH', `/webhooks/${id}`, { body });

const get = (id: number) => read<Webhook>(sandbox(), `/webhooks/${id}`);

const oauth = {
	authen_type: 'OAuth2.0',
	oauth2_access_token_url: 'https://shop.example.com/token',
	oauth2_client_id: 'id',
	oauth2_client_secret: 'secret',
};

describe('creating', () => {
	test('answers the id; the webhook has the fields sent and the defaults', async () => {
		const id = await createWebhook(sandbox(), {
			authen_type: 'HMAC_SHA256',
			secret_key: 'whsec_abc',
			prefix_filters: ['DH'],
			retry_conditions: ['non_2xx_status_code'],
			skip_if_no_code: 1,
		});
		expect(await get(id)).toEqual({
			id,
			bank_account_id: 12,
			bank_account_ids: [],
			bank_sub_account_ids: [],
			bank_mode: 'single',
			name: 'Orders',
			event_type: 'All',
			authen_type: 'HMAC_SHA256',
			secret_key: 'whsec_abc',
			request_content_type: 'Json',
			webhook_url: 'https://shop.example.com/hook',
			is_verify_payment: false,
			skip_if_no_code: true,
			prefix_filters: ['DH'],
			retry_conditions: { non_2xx_status_code: 1 },
			only_va: false,
			va_mode: 'all',
			alert_threshold: 3,
			alert_event_types: [],
			active: true,
			created_at: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
		});
	});

	test('is not idempotent', async () => {
		const [first, second] = [await createWebhook(sandbox()), await createWebhook(sandbox())];
		expect(second).toBe(first + 1);
		expect(await read(sandbox(), '/webhooks')).toHaveLength(2);
	});

	test('variants createAnswer and createStatus', async () => {
		Object.assign(sandbox().variants, { createAnswer: 'root', createStatus: 201 });
		const { status, body } = await create();
		expect(status).toBe(201);
		expect(body).toEqual({ id: '59325', message: expect.any(String) });
	});

	test.each([
		['list', ['non_2xx_status_code'], { non_2xx_status_code: 1 }],
		['map', { non_2xx_status_code: 1 }, ['non_2xx_status_code']],
	] as const)('variant retryConditions: %s', async (variant, right, wrong) => {
		sandbox().variants.retryConditions = variant;
		expect((await create({ retry_conditions: wrong })).status).toBe(500);
		expect(await read(sandbox(), '/webhooks')).toHaveLength(0);
		const id = await createWebhook(sandbox(), { retry_conditions: right });
		expect((await get(id)).retry_conditions).toEqual({ non_2xx_status_code: 1 });
		expect((await change(id, { retry_conditions: wrong })).status).toBe(500);
	});

	test.each([
		['every account', { bank_mode: 'all', bank_account_id: undefined }, { bank_account_id: 0 }],
		[
			'several accounts',
			{ bank_mode: 'multi', bank_account_id: undefined, bank_account_ids: [12, 19] },
			{ bank_account_id: 0, bank_account_ids: [12, 19] },
		],
		['OAuth without content type', { ...oauth, request_content_type: undefined }, oauth],
		['an API key', { authen_type: 'Api_Key', api_key: 'k' }, { api_key: 'k' }],
		[
			'chosen virtual accounts',
			{ va_mode: 'list', bank_sub_account_ids: [25] },
			{ bank_sub_account_ids: [25] },
		],
		['money out at TPBank', { event_type: 'Out_only', bank_account_id: 19 }, {}],
		['300 characters', { name: 'x'.repeat(300) }, {}],
	])('is possible for %s', async (_, fields, expected) => {
		expect(await get(await createWebhook(sandbox(), fields))).toMatchObject(expected);
	});

	// Refused by the sandbox and by the contract.
	test.each<[string, Record<string, unknown>]>([
		['name', { name: undefined }],
		['name', { name: 'x'.repeat(301) }],
		['webhook_url', { webhook_url: `https://shop.example.com/${'x'.repeat(300)}` }],
		['webhook_url', { webhook_url: 'shop' }],
		['event_type', { event_type: 'in' }],
		['authen_type', { authen_type: 'Secret_Key' }],
		['request_content_type', { request_content_type: undefined }],
		['is_verify_payment', { is_verify_payment: undefined }],
		['skip_if_no_code', { skip_if_no_code: true }],
		['active', { active: '1' }],
		['bank_account_id', { bank_account_id: undefined }],
		['bank_account_id', { bank_account_id: '12' }],
		['bank_account_ids', { bank_mode: 'multi', bank_account_ids: [] }],
		['bank_sub_account_ids', { only_va: 1 }],
		['bank_sub_account_ids', { va_mode: 'list' }],
		['api_key', { authen_type: 'Api_Key' }],
		['secret_key', { authen_type: 'HMAC_SHA256' }],
		['oauth2_client_secret', { ...oauth, oauth2_client_secret: undefined }],
		['alert_threshold', { alert_threshold: 21 }],
		['alert_event_types', { alert_event_types: ['error'] }],
		['prefix_filters', { prefix_filters: 'DH' }],
	])('%s is checked: %j', async (field, fields) => {
		sandbox().variants.errorShape = 'errors';
		const { status, body } = await create(fields);
		expect([status, body]).toEqual([
			400,
			{ status: 'error', errors: { [field]: [expect.any(String)] } },
		]);
		const sent = JSON.parse(JSON.stringify(newWebhook(fields)));
		expect(validateRequest('POST', '/api/v1/webhooks', {}, sent)).not.toEqual([]);
	});

	// What only the service can know.
	test.each<[string, Record<string, unknown>]>([
		['bank_account_id', { bank_account_id: 99 }],
		['bank_account_ids', { bank_mode: 'multi', bank_account_ids: [12, 99] }],
		['bank_sub_account_ids', { va_mode: 'list', bank_sub_account_ids: [27] }],
		['event_type', { event_type: 'Out_only' }],
		['event_type', { event_type: 'Out_only', bank_mode: 'multi', bank_account_ids: [12, 19] }],
	])('%s is checked against the accounts: %j', async (field, fields) => {
		sandbox().variants.errorShape = 'errors';
		const { status, body } = await create(fields);
		expect(status).toBe(400);
		expect(body).toEqual({ status: 'error', errors: { [field]: [expect.any(String)] } });
	});

	test.each([
		'http://shop.example.com/',
		'https://localhost/',
		'https://n8n/',
		'https://127.0.0.1/',
		'https://10.1.2.3/',
		'https://172.16.0.1/',
		'https://172.31.255.1/',
		'https://192.168.1.1/',
		'https://[::1]/',
	])('%s is not public, which Test mode allows', async (webhook_url) => {
		expect((await create({ webhook_url })).status).toBe(400);
		sandbox().allowPrivateWebhooks = true;
		expect((await create({ webhook_url })).status).toBe(200);
	});

	test.each(['https://172.32.0.1/', 'https://11.0.0.1/', 'https://10.example.com/'])(
		'%s is public',
		async (webhook_url) => {
			expect((await create({ webhook_url })).status).toBe(200);
		},
	);

	test('a body that is not JSON is refused', async () => {
		const { status } = await fetch(`${sandbox().apiUrl}/webhooks`, {
			method: 'POST',
			headers: { authorization: `Bearer ${sandbox().issueToken().access_token}` },
			body: new URLSearchParams({ name: 'x' }),
		});
		expect(status).toBe(400);
	});
});

describe('listing', () => {
	test('filters by part of the address, by API key and by state', async () => {
		const key = { authen_type: 'Api_Key', api_key: 'key' };
		const a = await createWebhook(sandbox(), { webhook_url: 'https://a.example.com/1' });
		const b = await createWebhook(sandbox(), { webhook_url: 'https://b.example.com/1', ...key });
		const c = await createWebhook(sandbox(), {
			webhook_url: 'https://b.example.com/12',
			active: 0,
		});
		const found = async (query: string) =>
			(await read<Webhook[]>(sandbox(), `/webhooks?${query}`)).map(({ id }) => id);
		expect(await found('')).toEqual([c, b, a]);
		expect(await found('webhook_url=b.example.com/1')).toEqual([c, b]);
		expect(await found('webhook_url=https%3A%2F%2Fa.example.com%2F1')).toEqual([a]);
		expect(await found('api_key=key')).toEqual([b]);
		expect(await found('api_key=ke')).toEqual([]);
		expect(await found('active=0')).toEqual([c]);
		expect(await found('active=1&limit=1')).toEqual([b]);
	});

	test('variant webhookFields: old', async () => {
		sandbox().variants.webhookFields = 'old';
		const hook = await get(await createWebhook(sandbox()));
		for (const name of ['prefix_filters', 'va_mode', 'bank_mode', 'alert_threshold']) {
			expect(hook).not.toHaveProperty(name);
		}
		expect(hook.only_va).toBe(false);
	});
});

describe('changing', () => {
	test('leaves what is not sent, also when the address could not be saved any more', async () => {
		sandbox().allowPrivateWebhooks = true;
		const id = await createWebhook(sandbox(), { webhook_url: 'http://localhost/x' });
		sandbox().allowPrivateWebhooks = false;
		const before = await get(id);
		const { status, body } = await change(id, { active: 0 });
		expect([status, body]).toEqual([200, { status: 'success' }]);
		expect(await get(id)).toEqual({ ...before, active: false });
	});

	test('variant updateAnswer: data', async () => {
		sandbox().variants.updateAnswer = 'data';
		const id = await createWebhook(sandbox());
		const { body } = await change(id, { name: 'Other' });
		expect(body.data).toEqual(await get(id));
		expect(body.data).toMatchObject({ name: 'Other' });
	});

	test('another kind of authentication needs its fields and drops the old ones', async () => {
		const id = await createWebhook(sandbox(), { authen_type: 'Api_Key', api_key: 'k' });
		expect((await change(id, { authen_type: 'HMAC_SHA256' })).status).toBe(400);
		expect(await get(id)).toMatchObject({ authen_type: 'Api_Key', api_key: 'k' });
		await change(id, { authen_type: 'HMAC_SHA256', secret_key: 's' });
		const hook = await get(id);
		expect(hook).toMatchObject({ authen_type: 'HMAC_SHA256', secret_key: 's' });
		expect(hook).not.toHaveProperty('api_key');
	});

	test('follows the rules of creating', async () => {
		const id = await createWebhook(sandbox());
		expect((await change(id, { webhook_url: 'https://localhost/' })).status).toBe(400);
		expect((await change(id, { event_type: 'Out_only' })).status).toBe(400);
		expect((await change(id, { bank_mode: 'multi' })).status).toBe(400);
		expect((await change(1, { active: 0 })).status).toBe(404);
	});
});

describe('deleting', () => {
	test('removes it; its id does not come back', async () => {
		const id = await createWebhook(sandbox());
		const { status, body } = await call(sandbox(), 'DELETE', `/webhooks/${id}`);
		expect([status, body]).toEqual([200, { status: 'success' }]);
		expect((await call(sandbox(), 'GET', `/webhooks/${id}`)).status).toBe(404);
		expect((await call(sandbox(), 'DELETE', `/webhooks/${id}`)).status).toBe(404);
		expect(await createWebhook(sandbox())).not.toBe(id);
	});

	test('variant deleteAnswer: empty', async () => {
		sandbox().variants.deleteAnswer = 'empty';
		const id = await createWebhook(sandbox());
		const { status, text } = await call(sandbox(), 'DELETE', `/webhooks/${id}`);
		expect([status, text]).toEqual([204, '']);
	});
});
