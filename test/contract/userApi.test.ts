import { loadContract, operation, validateAnswer, validateRequest } from '.';

const UUID = '780717f8-ee2a-4d0d-8a5e-0c9c6a6f4b11';
const TIME = '2030-01-31 10:30:00';
const pagination = { total: 1, per_page: 20, current_page: 1, last_page: 1, has_more: false };

const account = {
	id: UUID,
	account_holder_name: 'NGUYEN VAN A',
	account_number: '0123456789',
	accumulated: -5,
	last_transaction: null,
	label: null,
	account_type: 'personal',
	active: 1,
	created_at: TIME,
	bank_short_name: 'BIDV',
	bank_full_name: 'Ngân hàng',
	bank_bin: '970418',
	bank_code: 'BIDV',
};

const transaction = {
	id: UUID,
	transaction_date: TIME,
	account_number: '0123456789',
	va: null,
	transfer_type: 'in',
	amount_in: 5000,
	amount_out: 0,
	accumulated: 0,
	transaction_content: 'x',
	reference_number: null,
	code: null,
	bank_brand_name: 'BIDV',
	bank_account_id: UUID,
	va_id: null,
	webhook_success: 8,
};

const va = {
	va_number: 'HSV0001',
	va_holder_name: null,
	amount: null,
	status: 'Unpaid',
	expired_at: null,
	paid_at: null,
};

const order = {
	id: UUID,
	order_code: 'DH1042',
	amount: 5000,
	paid_amount: 0,
	status: 'Pending',
	created_at: TIME,
	updated_at: TIME,
	bank_name: 'BIDV',
	account_number: '0123456789',
	account_holder_name: 'NGUYEN VAN A',
	va: [va],
};

const success = (data: unknown) => ({ status: 'success', data });
const list = (...data: unknown[]) => ({ ...success(data), meta: { pagination } });
const bank = `/bank-accounts/${UUID}`;
const answer = (method: string, path: string, body: unknown, status = 200) =>
	validateAnswer(method, `/v2${path}`, status, body);

test('the document has the operations, refunds at two places', () => {
	const table = Object.entries(loadContract('sepay-user-api').paths).flatMap(([path, item]) =>
		(['get', 'post', 'patch', 'delete'] as const).flatMap((method) =>
			item[method] ? [`${method} ${path}`] : [],
		),
	);
	expect(table.sort()).toEqual([
		'delete /v2/bank-accounts/{bank_account_id}/orders/{order_id}',
		'delete /v2/bank-accounts/{bank_account_id}/orders/{order_id}/va/{va_number}',
		'get /v2/bank-accounts',
		'get /v2/bank-accounts/{bank_account_id}',
		'get /v2/bank-accounts/{bank_account_id}/orders',
		'get /v2/bank-accounts/{bank_account_id}/orders/{order_id}',
		'get /v2/bank-accounts/{bank_account_id}/prefixes',
		'get /v2/bank-accounts/{bank_account_id}/prefixes/{va_prefix}',
		'get /v2/bank-accounts/{bank_account_id}/refunds',
		'get /v2/bank-accounts/{bank_account_id}/refunds/{refund_id}',
		'get /v2/bank-accounts/{bank_account_id}/terminals',
		'get /v2/bank-accounts/{bank_account_id}/va',
		'get /v2/bank-accounts/{bank_account_id}/va/{va_id}',
		'get /v2/refunds',
		'get /v2/refunds/{refund_id}',
		'get /v2/transactions',
		'get /v2/transactions/{transaction_id}',
		'post /v2/bank-accounts/{bank_account_id}/orders',
		'post /v2/bank-accounts/{bank_account_id}/orders/{order_id}/refund',
		'post /v2/bank-accounts/{bank_account_id}/orders/{order_id}/va',
		'post /v2/transactions/{transaction_id}/refund',
	]);
	expect(operation('GET', `/v2${bank}/prefixes/HSV`)).toMatchObject({
		contract: 'sepay-user-api',
		pathValues: { bank_account_id: UUID, va_prefix: 'HSV' },
	});
});

describe('answers', () => {
	test('in every documented form', () => {
		expect(answer('GET', '/bank-accounts', list({ ...account, more: 1 }))).toEqual([]);
		expect(answer('GET', bank, success(account))).toEqual([]);
		expect(answer('GET', `/transactions/${UUID}`, success(transaction))).toEqual([]);
		expect(answer('GET', '/transactions', list(transaction, { id: UUID }))).toEqual([]);
		expect(answer('GET', `${bank}/orders`, list(order, { ...order, amount: null }))).toEqual([]);
		expect(answer('DELETE', `${bank}/orders/${UUID}`, undefined, 204)).toEqual([]);
		const refund = success({ id: UUID, status: 'pending' });
		for (const status of [200, 201, 202]) {
			expect(answer('POST', `/transactions/${UUID}/refund`, refund, status)).toEqual([]);
		}
		const refused = { status: 'error', message: 'x', error_code: 'invalid_state' };
		expect(answer('GET', bank, refused, 422)).toEqual([]);
		expect(answer('GET', bank, { ...refused, errors: { amount: ['x'] } }, 422)).toEqual([]);
	});

	test.each<[string, string, unknown, number, string]>([
		['/bank-accounts', 'no meta', success([]), 200, "required property 'meta'"],
		['/bank-accounts', 'a flag', list({ ...account, active: true }), 200, '.active'],
		[bank, 'an integer ID', success({ ...account, id: 12 }), 200, '.id'],
		[bank, 'a refusal', { status: 'error', message: 'x' }, 404, "'error_code'"],
		[bank, 'a refusal of the other API', { error: 'x' }, 401, "'message'"],
		['/transactions', 'an amount as text', list({ amount_in: '5000' }), 200, '.amount_in'],
		[`/transactions/${UUID}`, 'a bare row', success({ id: UUID }), 200, "'transaction_date'"],
		[`${bank}/orders/${UUID}`, 'a status', success({ ...order, status: 'Done' }), 200, '.status'],
		[`${bank}/orders/${UUID}`, 'no status', success(order), 204, 'status 204 is not described'],
	])('%s with %s is wrong', (path, _what, body, status, problem) => {
		expect(answer('GET', path, body, status).join('\n')).toContain(problem);
	});
});

describe('requests', () => {
	const create = (body: unknown) => validateRequest('POST', `/v2${bank}/orders`, {}, body);

	test('as documented', () => {
		expect(create({})).toEqual([]);
		const fields = { tid: 'A', amount: 1, order_code: 'DH1042', duration: 60, with_qrcode: 1 };
		expect(create({ ...fields, va_holder_name: 'CUA HANG 1' })).toEqual([]);
		const query = {
			since_id: UUID,
			transaction_date_from: TIME,
			amount_in_min: '5000',
			webhook_success: '1',
			transaction_date_sort: 'desc',
			fields: 'id,amount_in',
			per_page: '100',
		};
		expect(validateRequest('GET', '/v2/transactions', query)).toEqual([]);
		expect(validateRequest('POST', `/v2${bank}/orders/${UUID}/va`)).toEqual([]);
	});

	test.each<[unknown, string]>([
		[undefined, 'body must be object'],
		[{ amount: 0 }, '.amount must be >= 1'],
		[{ amount: 1.5 }, '.amount must be integer'],
		[{ amount: 1e12 }, '.amount must be <= 999999999999'],
		[{ order_code: 'DH-1042' }, '.order_code must match pattern'],
		[{ va_holder_name: 'Lan' }, '.va_holder_name must match pattern'],
		[{ with_qrcode: true }, '.with_qrcode'],
		[{ qrcode_template: 'print' }, '.qrcode_template'],
		[{ status: 'Paid' }, 'additional properties'],
	])('an order with %j is wrong', (body, problem) => {
		expect(create(body).join('\n')).toContain(problem);
	});

	test.each([
		[{ limit: '20' }, 'query limit is not described'],
		[{ per_page: '101' }, 'query per_page must be <= 100'],
		[{ account_number: '1' }, 'query account_number is not described'],
		[{ bank_account_id: '12' }, 'query bank_account_id must match pattern'],
		[{ transaction_date_from: '2030-01-31' }, 'query transaction_date_from must match pattern'],
		[{ amount_in_min: '1.5' }, 'query amount_in_min must be integer'],
		[{ webhook_success: '8' }, 'query webhook_success must be equal to one of'],
		[{ amount_in_sort: 'up' }, 'query amount_in_sort must be equal to one of'],
	])('transactions with %j are wrong', (query, problem) => {
		const problems = validateRequest('GET', '/v2/transactions', query as Record<string, string>);
		expect(problems).toEqual([expect.stringContaining(problem)]);
	});

	test('a refund needs its key, which is looked for where headers are known', () => {
		const path = `/v2/transactions/${UUID}/refund`;
		const refund = (headers?: Record<string, string>, body?: unknown) =>
			validateRequest('POST', path, {}, body, headers);
		expect(refund()).toEqual([]);
		expect(refund({})).toEqual(['header X-Idempotency-Key is missing']);
		expect(refund({ 'x-idempotency-key': 'a' }, { refund_amount: 1 })).toEqual([]);
		expect(refund({ 'x-idempotency-key': 'a' }, { refund_amount: 0 })).toHaveLength(1);
		expect(refund({ 'x-idempotency-key': 'a' }, { amount: 1 })).toHaveLength(1);
	});
});
