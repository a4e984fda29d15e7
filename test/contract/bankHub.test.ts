import { loadContract, operation, validateAnswer, validateNotice, validateRequest } from '.';

const XID = '780717f8-ee2a-4d0d-8a5e-0c9c6a6f4b11';
const TIME = '2030-01-31 10:30:00';

const company = {
	xid: XID,
	full_name: 'A',
	status: 'Active',
	active: '1',
	created_at: TIME,
	updated_at: TIME,
};

const account = {
	xid: XID,
	company_xid: XID,
	brand_name: 'MBBank',
	account_holder_name: 'NGUYEN VAN A',
	account_number: '0123456789',
	accumulated: '0',
	account_type: 'personal',
	bank_api_connected: '1',
	active: '1',
	last_transaction: null,
	created_at: TIME,
	updated_at: TIME,
};

const transaction = {
	transaction_id: XID,
	transaction_date: TIME,
	bank_account_xid: XID,
	company_xid: XID,
	brand_name: 'MBBank',
	account_number: '0123456789',
	reference_number: 'FT1',
	transfer_type: 'in',
	amount: 5000,
	transaction_content: 'x',
	payment_code: null,
	webhook_success: 0,
};

const meta = { per_page: 20, total: 1, has_more: false, current_page: 1, page_count: 1 };

const answer = (method: string, path: string, body: unknown, status = 200) =>
	validateAnswer(method, `/v1${path}`, status, body);

test('the document has the twenty operations', () => {
	const table = Object.entries(loadContract('sepay-bank-hub').paths).flatMap(([path, item]) =>
		(['get', 'post', 'patch', 'delete'] as const).flatMap((method) =>
			item[method] ? [`${method} ${path}`] : [],
		),
	);
	expect(table.sort()).toEqual([
		'get /v1/bank-account',
		'get /v1/bank-account/{xid}',
		'get /v1/company',
		'get /v1/company/counter/{xid}',
		'get /v1/company/{xid}',
		'get /v1/merchant-config',
		'get /v1/merchant-config/counter',
		'get /v1/transaction',
		'get /v1/transaction/{transaction_id}',
		'get /v1/webhook',
		'post /v1/company/create',
		'post /v1/company/edit/{xid}',
		'post /v1/link-token/create',
		'post /v1/link-token/get',
		'post /v1/link-token/revoke',
		'post /v1/merchant-config',
		'post /v1/merchant-config/logo',
		'post /v1/token',
		'post /v1/transaction/create',
		'post /v1/webhook',
	]);
});

test('operations are found by their own document', () => {
	expect(operation('GET', `/v1/company/counter/${XID}`)).toMatchObject({
		contract: 'sepay-bank-hub',
		template: '/v1/company/counter/{xid}',
		pathValues: { xid: XID },
	});
	expect(operation('GET', '/api/v1/company')?.contract).toBe('sepay-oauth2');
	expect(operation('DELETE', `/v1/company/${XID}`)).toBeUndefined();
});

describe('answers', () => {
	test('in every documented form', () => {
		const list = (data: unknown[]) => ({ data, meta });
		expect(answer('GET', '/company', list([company]))).toEqual([]);
		expect(answer('GET', '/company', list([{ ...company, active: 1, more: 1 }]))).toEqual([]);
		expect(answer('GET', '/bank-account', list([account]))).toEqual([]);
		expect(answer('GET', '/bank-account', list([{ ...account, accumulated: 0 }]))).toEqual([]);
		expect(answer('GET', `/transaction/${XID}`, { data: transaction })).toEqual([]);
		const va = { ...transaction, va: 'VA1', amount: '5000.00', transfer_type: 'credit' };
		expect(answer('GET', `/transaction/${XID}`, { data: va })).toEqual([]);
		const token = { code: 201, access_token: 'a', ttl: 60_000 };
		for (const status of [200, 201, 202]) {
			expect(answer('POST', '/token', token, status)).toEqual([]);
		}
		const empty = { status: 200, error: null, messages: { success: [], error: [] }, data: null };
		expect(answer('GET', '/webhook', empty)).toEqual([]);
	});

	test.each([
		{ code: 400, message: 'x', errors: { full_name: 'x' } },
		{ code: 400, message: 'x', errors: null },
		{ code: 401, message: 'Unauthenticated' },
		{ code: 404, message: 'x', status: 404, error: '404' },
		{ status: 400, error: '400', messages: { success: [], error: ['x'] }, data: null },
	])('refusal %j', (body) => {
		expect(answer('GET', '/company', body, 404)).toEqual([]);
	});

	test.each<[string, string, string, unknown, number, string]>([
		['GET', '/company', 'no meta', { data: [] }, 200, "required property 'meta'"],
		[
			'GET',
			'/company',
			'the meta of transactions',
			{ data: [], meta: { page: 1, per_page: 20, total: 0, total_pages: 0 } },
			200,
			'has_more',
		],
		['GET', '/company', 'a flag', { data: [{ ...company, active: true }], meta }, 200, '.active'],
		['GET', `/company/${XID}`, 'a bare row', { data: company }, 200, "'configuration'"],
		['GET', `/bank-account/${XID}`, 'no object', { data: null }, 200, 'body.data must be object'],
		['POST', '/token', 'no ttl', { code: 201, access_token: 'a' }, 201, "'ttl'"],
		['GET', '/company', 'a status', {}, 204, 'status 204 is not described'],
		['GET', '/company', 'an OAuth refusal', { error: 'x' }, 401, 'code'],
	])('%s %s with %s is wrong', (method, path, _what, body, status, problem) => {
		expect(answer(method, path, body, status).join('\n')).toContain(problem);
	});
});

describe('requests', () => {
	const post = (path: string, body: unknown) => validateRequest('POST', `/v1${path}`, {}, body);

	test('as documented', () => {
		expect(post('/token', undefined)).toEqual([]);
		expect(post('/token', {})).toEqual([]);
		expect(post('/company/create', { full_name: 'A', status: 'Pending' })).toEqual([]);
		expect(post(`/company/edit/${XID}`, { transaction_amount: 'Unlimited' })).toEqual([]);
		expect(post('/merchant-config/logo', { logo: new File([], 'a.png') })).toEqual([]);
		const query = { 'sort[created_at]': 'asc', per_page: '100', status: 'Active' };
		expect(validateRequest('GET', '/v1/company', query)).toEqual([]);
		const days = { start_transaction_date: '2030-01-31', webhook_success: '0' };
		expect(validateRequest('GET', '/v1/transaction', days)).toEqual([]);
	});

	test.each<[string, unknown, string]>([
		['/token', { grant_type: 'client_credentials' }, 'must NOT have more than 0 properties'],
		['/company/create', { full_name: 'A' }, "required property 'status'"],
		['/company/create', { full_name: 'x'.repeat(201), status: 'Active' }, 'than 200 characters'],
		['/company/create', { full_name: 'A', status: 'Active', id: 1 }, 'additional properties'],
		[`/company/edit/${XID}`, {}, 'fewer than 1 properties'],
		[`/company/edit/${XID}`, { transaction_amount: 'unlimited' }, 'transaction_amount'],
		['/company/edit/x', { status: 'Active' }, 'path xid must match pattern'],
		[
			'/link-token/create',
			{ company_xid: XID, purpose: 'UNLINK_BANK_ACCOUNT' },
			'bank_account_xid',
		],
		[
			'/link-token/create',
			{ company_xid: XID, purpose: 'LINK_BANK_ACCOUNT', bank_account_xid: XID },
			'bank_account_xid',
		],
		['/link-token/get', { link_token_xid: XID }, "required property 'link_token'"],
		['/link-token/revoke', { link_token: XID }, "required property 'link_token_xid'"],
		['/webhook', { webhook_url: 'https://a.example/', auth_type: 'SECRET_KEY' }, 'secret_key'],
		['/webhook', { webhook_url: 'https://a.example/', active: true }, 'active'],
		['/webhook', { webhook_url: 'https://a.example/', allow_events: ['X'] }, 'allow_events.0'],
		['/merchant-config', undefined, 'body must be object'],
		['/merchant-config', { transaction_whitelist_remark_keywords: [' '] }, 'pattern'],
		['/merchant-config/logo', undefined, 'body must be object'],
	])('%s with %j is wrong', (path, body, problem) => {
		expect(post(path, body).join('\n')).toContain(problem);
	});

	test.each([
		['in', 'transfer_type must be equal to one of the allowed values'],
		['credit', ''],
	])('a test transaction with %s', (transfer_type, problem) => {
		const body = { bank_account_xid: XID, transfer_type, amount: 1, transaction_content: 'x' };
		expect(post('/transaction/create', body).join()).toContain(problem);
		expect(post('/transaction/create', body)).toHaveLength(problem === '' ? 0 : 1);
		expect(post('/transaction/create', { ...body, amount: 0 })).not.toEqual([]);
	});

	test.each([
		[{ limit: '20' }, 'query limit is not described'],
		[{ per_page: '101' }, 'query per_page must be <= 100'],
		[{ from_date: '2030-01-31' }, 'query from_date is not described'],
		[{ transaction_date: '31.1.2030' }, 'query transaction_date must match pattern'],
		[{ transfer_type: 'credit' }, 'query transfer_type must be equal to one of'],
	])('transactions with %j are wrong', (query, problem) => {
		const problems = validateRequest('GET', '/v1/transaction', query as Record<string, string>);
		expect(problems).toEqual([expect.stringContaining(problem)]);
	});
});

describe('what the merchant receives', () => {
	const event = {
		timestamp: 1_900_000_000,
		xid: XID,
		version: '1.0',
		event: 'BANK_ACCOUNT_INACTIVED',
		metadata: { link_token_xid: XID, link_session_xid: null },
	};
	const ipn = {
		gateway: 'MBBank',
		transaction_date: TIME,
		account_number: '0123456789',
		bank_account_xid: XID,
		va: null,
		payment_code: null,
		content: 'x',
		transfer_type: 'credit',
		amount: 5000,
		reference_code: null,
		accumulated: 0,
		transaction_id: XID,
	};

	test('events and IPNs', () => {
		expect(validateNotice('event', event)).toEqual([]);
		expect(validateNotice('event', { ...event, event: 'X' })).not.toEqual([]);
		expect(validateNotice('event', { ...event, metadata: {} })).toHaveLength(2);
		expect(validateNotice('ipn', ipn)).toEqual([]);
		expect(validateNotice('ipn', { ...ipn, amount: '5000' })).toHaveLength(1);
		expect(validateNotice('ipn', { ...ipn, content: undefined })).not.toEqual([]);
	});
});
