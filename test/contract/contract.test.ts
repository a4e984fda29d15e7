import { loadContract, operation, validateAnswer, validateRequest } from '.';

const account = {
	id: 19,
	label: null,
	account_holder_name: 'NGUYEN VAN A',
	account_number: '0071000888888',
	accumulated: 1777283273.0,
	active: true,
	created_at: '2025-02-12 21:09:49',
	bank: {
		short_name: 'Vietcombank',
		full_name: 'Ngân hàng TMCP Ngoại Thương Việt Nam',
		code: 'VCB',
		bin: '970436',
		icon_url: 'https://my.sepay.vn/icon.png',
		logo_url: 'https://my.sepay.vn/logo.png',
	},
};

const webhook = {
	name: 'Orders',
	bank_account_id: 19,
	event_type: 'In_only',
	authen_type: 'HMAC_SHA256',
	secret_key: 'whsec_x',
	request_content_type: 'Json',
	webhook_url: 'https://shop.example.com/',
	is_verify_payment: 1,
	skip_if_no_code: 0,
};

const API = '/api/v1';

const answer = (path: string, body: unknown, status = 200, method = 'GET') =>
	validateAnswer(method, API + path, status, body);

const success = (data: unknown) => ({ status: 'success', data });

describe('the document', () => {
	test('has the operations, their scopes and rights', () => {
		const table = Object.entries(loadContract().paths).flatMap(([path, item]) =>
			(['get', 'post', 'patch', 'delete'] as const).flatMap((method) => {
				const found = item[method];
				const scopes = found?.security?.flatMap((entry) => Object.values(entry).flat());
				return found
					? [[method, path, scopes?.[0] ?? '-', found['x-user-right'] ?? '-'].join(' ')]
					: [];
			}),
		);
		expect(table.sort()).toEqual([
			'delete /api/v1/webhooks/{id} webhook:delete delete webhooks',
			'get /api/v1/bank-accounts bank-account:read view account list',
			'get /api/v1/bank-accounts/{id} bank-account:read view account details',
			'get /api/v1/bank-accounts/{id}/sub-accounts bank-account:read view account list',
			'get /api/v1/company company Admin',
			'get /api/v1/me profile -',
			'get /api/v1/transactions transaction:read view transaction list',
			'get /api/v1/webhooks webhook:read view webhook list',
			'get /api/v1/webhooks/{id} webhook:read view webhook list',
			'get /oauth/authorize - -',
			'patch /api/v1/company/configurations company Admin',
			'patch /api/v1/webhooks/{id} webhook:write edit webhooks',
			'post /api/v1/webhooks webhook:write add webhooks',
			'post /oauth/token - -',
		]);
	});

	test.each(['sepay-oauth2', 'sepay-bank-hub', 'sepay-user-api'] as const)(
		'%s has no reference to nowhere',
		(name) => {
			const contract = loadContract(name);
			const references = [...JSON.stringify(contract).matchAll(/"\$ref":"#\/([^"]+)"/g)];
			expect(references.length).toBeGreaterThan(50);
			for (const [, pointer] of references) {
				const found = pointer
					.split('/')
					.reduce<unknown>(
						(value, key) => (value as Record<string, unknown>)?.[key.replaceAll('~1', '/')],
						contract,
					);
				expect([pointer, typeof found]).toEqual([pointer, 'object']);
			}
		},
	);
});

describe('operation', () => {
	test('finds by template, whatever the case of the method', () => {
		const found = operation('PATCH', `${API}/webhooks/23`);
		expect(found?.template).toBe(`${API}/webhooks/{id}`);
		expect(found?.pathValues).toEqual({ id: '23' });
		expect(found?.operation['x-user-right']).toBe('edit webhooks');
		expect(operation('get', `${API}/companies`)?.operation.summary).toBe('Get the company');
	});

	test.each([
		['PUT', `${API}/webhooks/23`],
		['GET', `${API}/transactions/5`],
		['GET', `${API}/webhooks/`],
		['GET', '/webhooks'],
	])('%s %s is not described', (method, path) => {
		expect(operation(method, path)).toBeUndefined();
		expect(validateRequest(method, path)).toEqual([`${method} ${path} is not described`]);
		expect(validateAnswer(method, path, 200, {})).toEqual([`${method} ${path} is not described`]);
	});
});

describe('answers', () => {
	test('in every documented form', () => {
		const pagination = { total: 1, per_page: 20, current_page: 1, last_page: 1 };
		expect(answer('/bank-accounts', { ...success([account]), meta: { pagination } })).toEqual([]);
		expect(answer('/bank-accounts', success([]))).toEqual([]);
		const texts = { ...account, id: '19', active: 1, accumulated: '1777283273.00', more: 1 };
		expect(answer('/bank-accounts/19', success(texts))).toEqual([]);
		expect(answer('/webhooks', success({ id: 59325 }), 200, 'POST')).toEqual([]);
		expect(answer('/webhooks', { id: '59325', message: 'ok' }, 201, 'POST')).toEqual([]);
		expect(answer('/webhooks/1', { status: 'success' }, 200, 'PATCH')).toEqual([]);
		expect(answer('/webhooks/1', { status: 'success' }, 200, 'DELETE')).toEqual([]);
		expect(answer('/webhooks/1', undefined, 204, 'DELETE')).toEqual([]);
	});

	test.each([
		{ error: 'access_denied', error_description: 'x' },
		{ status: 'error', message: 'x' },
		{ messages: { error: 'x' } },
		{ errors: { name: ['x'] } },
	])('refusal %j', (body) => {
		expect(answer('/me', body, 403)).toEqual([]);
	});

	test('wrong ones are told with their place', () => {
		const wrong = { ...account, accumulated: 'much', account_number: 71, bank: {} };
		const problems = answer('/bank-accounts', success([wrong])).join('\n');
		expect(problems).toContain('body.data.0.accumulated must be number');
		expect(problems).toContain('body.data.0.account_number must be string');
		expect(problems).toContain("body.data.0.bank must have required property 'code'");
		expect(answer('/bank-accounts', success({}))).toHaveLength(1);
		expect(answer('/bank-accounts', { data: [] })).toHaveLength(1);
		expect(answer('/me', { wrong: true }, 500)).not.toEqual([]);
		expect(answer('/me', {}, 204)).toEqual([`GET ${API}/me: status 204 is not described`]);
		expect(answer('/webhooks', { id: 59325 }, 200, 'POST')).not.toEqual([]);
	});

	test('tokens', () => {
		const token = { access_token: 'a', token_type: 'Bearer', expires_in: 3600 };
		expect(validateAnswer('POST', '/oauth/token', 200, token)).toEqual([]);
		expect(validateAnswer('POST', '/oauth/token', 200, {})).toHaveLength(3);
		expect(validateAnswer('POST', '/oauth/token', 400, { message: 'x' })).not.toEqual([]);
	});
});

describe('requests', () => {
	const list = (query: Record<string, string>) =>
		validateRequest('GET', `${API}/transactions`, query);
	const create = (fields: object) => {
		const body = JSON.parse(JSON.stringify({ ...webhook, ...fields }));
		return validateRequest('POST', `${API}/webhooks`, {}, body);
	};

	test('parameters', () => {
		expect(
			list({
				page: '2',
				limit: '100',
				bank_account_id: '19',
				account_number: '0071',
				from_date: '2025-02-01',
				amount_in: '18067000',
			}),
		).toEqual([]);
	});

	test.each([
		[{ per_page: '20' }, 'query per_page is not described'],
		[{ limit: '101' }, 'query limit must be <= 100'],
		[{ page: '0' }, 'query page must be >= 1'],
		[{ page: '' }, 'query page must be integer'],
		[{ from_date: '2025-02-01T00:00:00' }, 'query from_date must match pattern'],
		[{ amount_in: 'x' }, 'query amount_in must be number'],
	])('wrong parameter %j', (query, problem) => {
		expect(list(query as Record<string, string>)).toEqual([expect.stringContaining(problem)]);
	});

	test('path, required parameters and bodies', () => {
		expect(validateRequest('GET', `${API}/webhooks/abc`)).toEqual([
			expect.stringContaining('path id must be integer'),
		]);
		expect(validateRequest('GET', '/oauth/authorize', { response_type: 'token' })).toEqual([
			expect.stringContaining('query response_type must be equal to constant'),
			...['client_id', 'redirect_uri', 'scope', 'state'].map((name) => `query ${name} is missing`),
		]);
		expect(validateRequest('GET', `${API}/me`, {}, {})).toEqual(['body is not described']);
		expect(validateRequest('POST', `${API}/webhooks`)).not.toEqual([]);
		expect(validateRequest('PATCH', `${API}/webhooks/1`, {}, { active: 0 })).toEqual([]);
		expect(validateRequest('PATCH', `${API}/webhooks/1`, {}, {})).not.toEqual([]);
	});

	test.each([
		{},
		{ bank_mode: 'all', bank_account_id: undefined },
		{ retry_conditions: ['non_2xx_status_code'] },
		{ retry_conditions: { non_2xx_status_code: 1 } },
		{ authen_type: 'No_Authen', secret_key: undefined },
	])('webhook with %j', (fields) => {
		expect(create(fields)).toEqual([]);
	});

	test.each([
		[{ active: true }, 'body.active must be equal to one of the allowed values'],
		[{ secret_key: undefined }, "must have required property 'secret_key'"],
		[{ authen_type: 'Api_Key' }, "must have required property 'api_key'"],
		[{ bank_account_id: undefined }, "must have required property 'bank_account_id'"],
		[{ bank_mode: 'multi' }, "must have required property 'bank_account_ids'"],
		[{ only_va: 1 }, "must have required property 'bank_sub_account_ids'"],
		[{ secret: 'x' }, 'body must NOT have additional properties {"additionalProperty":"secret"}'],
		[{ webhook_url: 'ftp://x.example/' }, 'body.webhook_url must match pattern'],
		[{ retry_conditions: ['timeout'] }, 'body.retry_conditions.0 must be equal to constant'],
	])('webhook with the mistake %j', (fields, problem) => {
		expect(create(fields).join('\n')).toContain(problem);
	});

	test('token requests', () => {
		const client = { client_id: 'a', client_secret: 'b' };
		const fields = { grant_type: 'refresh_token', refresh_token: 'r', ...client };
		expect(validateRequest('POST', '/oauth/token', {}, fields)).toEqual([]);
		expect(
			validateRequest('POST', '/oauth/token', {}, { ...fields, client_secret: undefined }),
		).not.toEqual([]);
	});
});
