import { openApi, payt } from '.';

const METHODS = ['get', 'post', 'patch', 'delete'] as const;

const operations = Object.entries(payt.paths).flatMap(([path, item]) =>
	METHODS.flatMap((method) => (item[method] ? [{ path, method, ...item[method] }] : [])),
);
const ofApi = operations.filter(({ path }) => path.startsWith('/v1/'));
const namesOf = (list: typeof operations) => list.map(({ method, path }) => `${method} ${path}`);

test('the document has the 54 operations, and the two of OAuth', () => {
	expect(namesOf(operations).sort()).toEqual(
		`
		get /oauth/authorize
		post /oauth/token
		get /v1/administrations
		post /v1/administrations
		get /v1/administrations/{administration_id}
		get /v1/companies
		get /v1/companies/{id}
		get /v1/contacts
		post /v1/contacts
		get /v1/credit_cases
		get /v1/credit_cases/deleted
		get /v1/credit_cases/{id}
		get /v1/debtors
		post /v1/debtors
		get /v1/debtors/{id}
		post /v1/files
		get /v1/invoices
		post /v1/invoices
		patch /v1/invoices
		get /v1/invoices/deleted
		get /v1/invoices/{id}
		patch /v1/invoices/block
		patch /v1/invoices/resume
		get /v1/messages
		post /v1/messages
		patch /v1/messages
		get /v1/messages/{id}
		get /v1/notes
		get /v1/notifications
		get /v1/notifications/{id}
		post /v1/orders
		get /v1/order_lines
		post /v1/payment_conditions
		get /v1/payment_plans
		post /v1/payment_plans
		get /v1/payment_plans/deleted
		get /v1/payment_plans/{id}
		patch /v1/payment_plans/{id}/approve
		patch /v1/payment_plans/{id}/deactivate
		patch /v1/payment_plans/{id}/reject
		get /v1/payments
		get /v1/payments/deleted
		get /v1/psp_mandates
		post /v1/psp_mandates
		delete /v1/psp_mandates
		get /v1/psp_mandates/deleted
		get /v1/psp_transactions
		get /v1/psp_transactions/{id}
		post /v1/sign_up
		get /v1/tasks
		get /v1/tasks/{id}
		post /v1/tasks/{id}/comment
		patch /v1/tasks/{id}/mark_completed
		patch /v1/tasks/{id}/unmark_completed
		get /v1/vat_rates
		post /v1/vat_rates
		`
			.trim()
			.split(/\s*\n\s*/)
			.sort(),
	);
	expect(ofApi).toHaveLength(54);
});

test('Basic is for companies and sign-up, a permission of the resource for all the others', () => {
	const isBasic = ({ security }: (typeof ofApi)[number]) => security?.[0].basic !== undefined;
	expect(namesOf(ofApi.filter(isBasic))).toEqual([
		'get /v1/companies',
		'get /v1/companies/{id}',
		'post /v1/sign_up',
	]);
	for (const { method, path, security } of ofApi.filter((operation) => !isBasic(operation))) {
		const right = method === 'get' ? 'read' : 'write';
		expect(security).toEqual([{ oauth2: [`${path.split('/')[2]}:${right}`] }]);
	}
});

test('forms only where the documents show nothing else', () => {
	const isFormOnly = ({ requestBody }: (typeof ofApi)[number]) =>
		requestBody !== undefined && !('application/json' in (requestBody.content ?? {}));
	expect(namesOf(ofApi.filter(isFormOnly))).toEqual([
		'patch /v1/invoices/block',
		'patch /v1/invoices/resume',
		'post /v1/orders',
		'patch /v1/payment_plans/{id}/approve',
		'patch /v1/payment_plans/{id}/deactivate',
		'patch /v1/payment_plans/{id}/reject',
		'post /v1/sign_up',
		'patch /v1/tasks/{id}/unmark_completed',
	]);
});

const answer = (method: string, path: string, body: unknown, status = 200) =>
	openApi.validateAnswer(method, `/v1${path}`, status, body);

const rate = {
	id: '7',
	administration_id: '1',
	category: 'regular',
	code: 'H',
	name: 'High',
	rate: 21,
};
const page = (...data: unknown[]) => ({ data, pagination: { cursor: null } });

describe('answers', () => {
	test('in every documented form', () => {
		expect(answer('GET', '/vat_rates', page(rate))).toEqual([]);
		expect(answer('GET', '/vat_rates', page({ ...rate, id: 7, more: 1 }))).toEqual([]);
		for (const cursor of [7, 'abc', null, undefined]) {
			expect(answer('GET', '/vat_rates', { data: [], pagination: { cursor } })).toEqual([]);
		}
		const upload = {
			checksum: 'x',
			url: 'https://a.example/x',
			expires_at: '2030-01-31T12:00:00Z',
		};
		for (const body of [upload, [upload], [], {}]) {
			expect(answer('POST', '/files', body, 201)).toEqual([]);
		}
		const result = { success: true, count: 1, errors: {}, warnings: { F1: ['x'] } };
		expect(answer('POST', '/invoices', result, 201)).toEqual([]);
		expect(openApi.validateAnswer('POST', '/oauth/token', 200, { access_token: 'a' })).toEqual([]);
	});

	test.each([
		{ code: 'forbidden', message: 'x' },
		{ error: { code: 'forbidden', message: 'x' } },
		{ code: 'unprocessable_entity', message: 'x', errors: { name: ['is missing'] } },
	])('refusal %j', (body) => {
		expect(answer('GET', '/debtors', body, 422)).toEqual([]);
	});

	test.each<[string, string, unknown, number, string]>([
		['GET', '/vat_rates', page({ ...rate, rate: '21' }), 200, 'data.0.rate must be number'],
		['GET', '/vat_rates', page({ ...rate, id: null }), 200, 'data.0.id'],
		['GET', '/vat_rates', page({ ...rate, category: 'x' }), 200, 'data.0.category'],
		['GET', '/vat_rates', { pagination: {} }, 200, "'data'"],
		['GET', '/vat_rates', { error: 'x' }, 401, 'code'],
		['GET', '/debtors/1', { id: '1', updated_at: '31.1.2030' }, 200, 'updated_at must match'],
		['GET', '/invoices/1', { id: '1', total_amount: '12,50' }, 200, 'total_amount must match'],
		['GET', '/invoices/1', { id: '1', total_amount: 12.5 }, 200, 'total_amount must be string'],
		['POST', '/debtors', { success: true, count: 1 }, 201, "'errors'"],
		['POST', '/debtors', { success: true, count: 1, errors: { 1: 'x' } }, 201, 'must be array'],
		['POST', '/debtors', {}, 200, 'status 200 is not described'],
		['POST', '/payments', {}, 200, 'is not described'],
	])('%s %s with %j is wrong', (method, path, body, status, problem) => {
		expect(answer(method, path, body, status).join('\n')).toContain(problem);
	});
});

const invoice = {
	currency_code: 'EUR',
	invoice_number: 'F1',
	invoice_date: '2030-01-31',
	due_date: '2030-02-28',
	amount_total: '12.10',
	amount_open: '-12.10',
	book_amount_total: '12.10',
	book_amount_open: '0.00',
};

describe('requests', () => {
	const send = (method: string, path: string, body: object, type = 'application/json') =>
		openApi.validateRequest(
			method,
			`/v1${path}`,
			{},
			{ administration_id: '1', ...body },
			{ 'content-type': type },
		);

	test('as documented', () => {
		const payments = [{ amount: '1.00', origin_identifier: 'a', transaction_type: '' }];
		expect(send('POST', '/invoices', { invoices: [{ ...invoice, payments }] })).toEqual([]);
		expect(send('PATCH', '/invoices', { invoices: [{ invoice_number: 'F1' }] })).toEqual([]);
		expect(send('PATCH', '/invoices/block', { invoice_identifiers: ['a'] })).toEqual([]);
		const terms = [{ amount: 12.5, due_date: '2030-01-31' }];
		expect(send('POST', '/payment_plans', { invoice_numbers: ['a'], terms })).toEqual([]);
		expect(
			openApi.validateRequest('DELETE', '/v1/psp_mandates', {
				administration_id: '1',
				psp_mandate_ids: '7',
			}),
		).toEqual([]);
	});

	test('texts of a form stand for what is described, those of JSON do not', () => {
		const body = () => ({ messages: [{ id: '1', read: 'true' }] });
		expect(send('PATCH', '/messages', body(), 'multipart/form-data; boundary=x')).toEqual([]);
		const encoded = 'application/x-www-form-urlencoded';
		expect(send('PATCH', '/messages', body(), encoded)).toEqual([]);
		expect(send('PATCH', '/messages', body())).toEqual([
			expect.stringContaining('read must be boolean'),
		]);
	});

	const debtor = { debtor_number: '1', name: 'x', debtor_identifier: 'y' };

	test.each<[string, string, object, string]>([
		['POST', '/invoices', { invoices: [{ ...invoice, amount_open: '12,50' }] }, 'amount_open'],
		['POST', '/invoices', { invoices: [{ ...invoice, amount_open: 12.5 }] }, 'amount_open'],
		['POST', '/invoices', { invoices: [{ ...invoice, amount_open: '12.5' }] }, 'amount_open'],
		['POST', '/invoices', { invoices: [{ ...invoice, due_date: '31-01-2030' }] }, 'due_date'],
		['POST', '/invoices', { invoices: [{ ...invoice, x: 1 }] }, 'unevaluated'],
		['POST', '/invoices', { invoices: [] }, 'fewer than 1'],
		['PATCH', '/invoices', { invoices: [{ amount_open: '1.00' }] }, "'invoice_number'"],
		[
			'PATCH',
			'/invoices',
			{ invoices: [{ invoice_number: 'F1', invoice_lines: [] }] },
			'invoices.0 must NOT have unevaluated',
		],
		['PATCH', '/invoices/block', {}, "'invoice_numbers'"],
		['PATCH', '/invoices/block', { invoice_numbers: Array(1001).fill('a') }, 'more than 1000'],
		['POST', '/debtors', { debtors: [{ ...debtor, is_company: 'yes' }] }, 'is_company'],
		['POST', '/debtors', { debtors: [{ ...debtor, name: undefined }] }, "'name'"],
		['POST', '/debtors', { administration_id: 1, debtors: [debtor] }, 'administration_id'],
		['POST', '/messages', { message: { body: 'x', subject: 'y' } }, 'oneOf'],
		[
			'POST',
			'/messages',
			{ debtor_number: '1', invoice_number: '2', message: { body: 'x', subject: 'y' } },
			'oneOf',
		],
		['POST', '/files', { files: [{ byte_size: 1, checksum: 'a', content_type: 'b' }] }, 'checksum'],
		['POST', '/tasks/1/comment', {}, "'comment'"],
	])('%s %s with %j is wrong', (method, path, body, problem) => {
		const problems = send(method, path, JSON.parse(JSON.stringify(body)));
		expect(problems.join('\n')).toContain(problem);
	});

	test.each([
		[{}, 'query administration_id is missing'],
		[{ administration_id: '1', per_page: '501' }, 'query per_page must be <= 500'],
		[{ administration_id: '1', per_page: '0' }, 'query per_page must be >= 1'],
		[{ administration_id: '1', page: '2' }, 'query page is not described'],
		[{ administration_id: '1', paid: 'yes' }, 'query paid must be equal to one of'],
		[{ administration_id: '1', updated_after: '31.1.2030' }, 'query updated_after must match'],
		[{ administration_id: '1', fields: 'id,name' }, 'query fields must match'],
	])('a list with %j is wrong', (query, problem) => {
		const problems = openApi.validateRequest(
			'GET',
			'/v1/invoices',
			query as Record<string, string>,
		);
		expect(problems).toEqual([expect.stringContaining(problem)]);
	});
});

describe('events', () => {
	const event = (fields: object, context: object = {}) =>
		openApi.validateWebhook('payt', 'event', {
			event: {
				event_name: 'invoice_new_comment',
				event_time: '2030-01-31T12:00:00.000000Z',
				context: { resource_type: 'invoice', id: 1, ...context },
				...fields,
			},
		});

	test('full and reduced', () => {
		expect(event({})).toEqual([]);
		expect(event({}, { amount_total: '0.0', labels: [], debtor: { id: 2 } })).toEqual([]);
		expect(event({}, { resource_type: 'planned_payment' })).toEqual([]);
		const debtor = { resource_type: 'debtor', book_open_amount: 12.5 };
		expect(event({ event_name: 'label_added' }, debtor)).toEqual([]);
	});

	test('what is wrong', () => {
		expect(event({ event_name: 'invoice_deleted' }).join()).toContain('event_name');
		expect(event({ event_time: '2030-01-31' }).join()).toContain('event_time');
		expect(event({}, { id: '1' }).join()).toContain('id must be integer');
		expect(event({}, { amount_total: 12 }).join()).toContain('amount_total');
		const debtor = { resource_type: 'debtor', book_open_amount: '12.50' };
		expect(event({}, debtor).join()).toContain('book_open_amount must be number');
	});
});
