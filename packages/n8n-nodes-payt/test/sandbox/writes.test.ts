import { createHash } from 'node:crypto';
import { omit } from '../../../../test/sandbox/omit';
import { payt as contract } from '../contract';
import type { Kind, Row } from './model';
import { basic, callPayt, usePayt } from './testing';

const payt = usePayt();

type Fields = Record<string, unknown>;

const ADMINISTRATION = '1001';
const HOUR = 3_600_000;

const of = (kind: Kind, index = 0): Row => payt().data[kind][index];
const last = (kind: Kind): Row => payt().data[kind].at(-1)!;

const write = (method: string, path: string, body: Fields) =>
	callPayt(payt(), method, `/v1/${path}`, {
		body: { administration_id: ADMINISTRATION, ...body },
	});
const post = (path: string, body: Fields) => write('POST', path, body);
const patch = (path: string, body: Fields = {}) => write('PATCH', path, body);

/** Form-encoded, each name as often as it has values. */
function patchForm(path: string, fields: Record<string, string[]> = {}) {
	const body = new URLSearchParams({ administration_id: ADMINISTRATION });
	for (const [name, values] of Object.entries(fields)) {
		for (const value of values) body.append(`${name}[]`, value);
	}
	return callPayt(payt(), 'PATCH', `/v1/${path}`, { body });
}

/** The fields that a 422 names. */
async function fieldsOf(answer: Promise<{ status: number; body: Fields }>): Promise<string[]> {
	payt().variants.invalid = 'fields';
	const { status, body } = await answer;
	expect(status).toBe(422);
	return Object.keys(body.errors ?? {});
}

const result = (count: number, errors: Fields = {}, warnings?: Fields) => ({
	success: true,
	count,
	errors,
	...(warnings && { warnings }),
});

const debtor = (number: number, fields: Fields = {}) => ({
	debtor_number: `N${number}`,
	debtor_identifier: `id-${number}`,
	name: `New ${number}`,
	...fields,
});

const invoice = (invoice_number: string, fields: Fields = {}) => ({
	currency_code: 'EUR',
	invoice_number,
	invoice_date: '2030-01-31',
	due_date: '2030-02-28',
	amount_total: '121.00',
	amount_open: '121.00',
	book_amount_total: '121.00',
	book_amount_open: '121.00',
	debtor_number: String(of('debtors').debtor_number),
	...fields,
});

const signUp = {
	'administration[city]': 'Utrecht',
	'administration[commercial_registration_number]': '12345678',
	'administration[country_code]': 'NL',
	'administration[email_address]': 'a@example.com',
	'administration[house_number]': '1',
	'administration[name]': 'New shop',
	'administration[phone_number]': '+31301234567',
	'administration[postal_code]': '3511 AB',
	'administration[street_name]': 'Oudegracht',
	'user[first_name]': 'Eva',
	'user[last_name]': 'Bakker',
	'user[email_address]': 'eva@example.com',
	'connection[resource_label]': 'Shop',
	'connection[resource_identifier]': '7',
};

const newAdministration = {
	city: 'Utrecht',
	commercial_registration_number: '12345678',
	contact_name: 'Eva',
	country_code: 'NL',
	email_address: 'a@example.com',
	house_number: '1',
	name: 'Second shop',
	postal_code: '3511 AB',
	street_name: 'Oudegracht',
};

function order(file: unknown = new File(['a;b'], 'order.csv', { type: 'text/csv' })): FormData {
	const form = new FormData();
	form.append('administration_id', ADMINISTRATION);
	form.append('order[file]', file as File);
	return form;
}

const checksumOf = (bytes: string) => createHash('sha3-512').update(bytes).digest('base64');

const announced = (bytes: string, fields: Fields = {}) => ({
	files: [
		{
			byte_size: bytes.length,
			checksum: checksumOf(bytes),
			content_type: 'application/pdf',
			...fields,
		},
	],
});

/** Announces a file and puts its bytes. */
async function upload(bytes: string): Promise<string> {
	const { body } = await post('files', announced(bytes));
	const [{ url }] = body as unknown as Array<{ url: string }>;
	const headers = { 'content-type': 'application/pdf' };
	expect((await fetch(url, { method: 'PUT', headers, body: bytes })).status).toBe(200);
	return checksumOf(bytes);
}

const message = { body: 'Please pay', subject: 'Invoice' };
const mandate = (fields: Fields = {}) => ({
	bank_account_name: 'Jansen',
	bank_account_number: 'NL91ABNA0417164300',
	provider_code: 'mollie',
	debtor_code: String(of('debtors').debtor_number),
	...fields,
});

test('every operation that writes does something', async () => {
	payt().add('payment_plans');
	payt().change('payment_plans', last('payment_plans').id, { active: true });
	const [plan, otherPlan] = payt().data.payment_plans;
	const invoice_numbers = [String(of('invoices').invoice_number)];
	const form = (fields: Fields) => () => {
		const body = new URLSearchParams(fields as Record<string, string>);
		body.set('administration_id', ADMINISTRATION);
		return body;
	};
	const change = form({});
	const blocked = form({ 'invoice_numbers[]': invoice_numbers[0] });
	const task = of('tasks').id;
	const identifier = String(of('psp_mandates').mandate_identifier);
	const bodies: Record<string, [string, object | undefined]> = {
		'post /v1/administrations': ['administrations', { administration: newAdministration }],
		'post /v1/contacts': ['contacts', { contacts: [{ contact_identifier: 'c', firstname: 'A' }] }],
		'post /v1/debtors': ['debtors', { debtors: [debtor(1)] }],
		'post /v1/files': ['files', announced('x')],
		'post /v1/invoices': ['invoices', { invoices: [invoice('F1')] }],
		'patch /v1/invoices': ['invoices', { invoices: [{ invoice_number: 'F1' }] }],
		'patch /v1/invoices/block': ['invoices/block', blocked()],
		'patch /v1/invoices/resume': ['invoices/resume', blocked()],
		'post /v1/messages': ['messages', { invoice_number: invoice_numbers[0], message }],
		'patch /v1/messages': ['messages', { messages: [{ id: of('messages').id, read: true }] }],
		'post /v1/orders': ['orders', order()],
		'post /v1/payment_conditions': [
			'payment_conditions',
			{ payment_conditions: [{ code: '14', name: '14 days' }] },
		],
		'post /v1/payment_plans': [
			'payment_plans',
			{ invoice_numbers, terms: [{ amount: 121, due_date: '2030-01-31' }] },
		],
		'patch /v1/payment_plans/{id}/approve': [`payment_plans/${plan.id}/approve`, change()],
		'patch /v1/payment_plans/{id}/deactivate': [`payment_plans/${plan.id}/deactivate`, change()],
		'patch /v1/payment_plans/{id}/reject': [`payment_plans/${otherPlan.id}/reject`, change()],
		'post /v1/psp_mandates': ['psp_mandates', { psp_mandates: [mandate()] }],
		'delete /v1/psp_mandates': [
			`psp_mandates?administration_id=1001&mandate_identifiers=${identifier}`,
			undefined,
		],
		'post /v1/sign_up': ['sign_up', new URLSearchParams(signUp)],
		'post /v1/tasks/{id}/comment': [`tasks/${task}/comment`, { comment: 'Done' }],
		'patch /v1/tasks/{id}/mark_completed': [`tasks/${task}/mark_completed`, {}],
		'patch /v1/tasks/{id}/unmark_completed': [`tasks/${task}/unmark_completed`, change()],
		'post /v1/vat_rates': ['vat_rates', { vat_rates: [{ code: 'H', name: 'High', rate: '21' }] }],
	};
	const described = Object.entries(contract.paths).flatMap(([path, item]) =>
		(['post', 'patch', 'delete'] as const)
			.filter((method) => item[method] && path.startsWith('/v1/'))
			.map((method) => `${method} ${path}`),
	);
	expect(Object.keys(bodies).sort()).toEqual(described.sort());
	for (const [name, [path, sent]] of Object.entries(bodies)) {
		const isPlain = sent?.constructor === Object && !('administration' in sent);
		const answer = await callPayt(payt(), name.split(' ')[0].toUpperCase(), `/v1/${path}`, {
			body: isPlain ? { administration_id: ADMINISTRATION, ...sent } : sent,
			...(path === 'sign_up' && { authorization: basic(payt()) }),
		});
		expect([name, answer.status < 300, answer.text]).toEqual([name, true, expect.any(String)]);
		if ('success' in answer.body) expect([name, answer.body]).toEqual([name, result(1)]);
	}
});

describe('records', () => {
	test('are created, and updated by their keys', async () => {
		const labels = ['vip', 'new'];
		const first = debtor(1, { labels, country_code: 'BE', vat_number: 'BE1' });
		expect(await post('debtors', { debtors: [first, debtor(2)] })).toMatchObject({
			status: 201,
			body: result(2),
		});
		const count = payt().data.debtors.length;
		const row = of('debtors', count - 2);
		expect(row).toMatchObject({
			debtor_number: 'N1',
			administration_id: ADMINISTRATION,
			labels: [{ name: 'vip' }, { name: 'new' }],
			postal_address: { country_code: 'BE' },
		});
		const before = row.updated_at;
		payt().clock.advance(1000);
		await post('debtors', { debtors: [debtor(1, { name: 'Renamed' })] });
		expect(payt().data.debtors).toHaveLength(count);
		expect(row).toMatchObject({
			name: 'Renamed',
			vat_number: 'BE1',
			labels: [{ name: 'vip' }, { name: 'new' }],
		});
		expect(row.updated_at).not.toBe(before);
	});

	test('one administration does not see those of another', async () => {
		await post('debtors', { administration_id: '1002', debtors: [debtor(1)] });
		await post('debtors', { debtors: [debtor(1)] });
		const found = payt().data.debtors.filter(({ debtor_number }) => debtor_number === 'N1');
		expect(found.map(({ administration_id }) => administration_id)).toEqual(['1002', '1001']);
	});

	test('fail one by one', async () => {
		await post('debtors', { debtors: [debtor(1), debtor(2)] });
		const mixed = debtor(1, { debtor_identifier: 'id-2' });
		const unknown = debtor(3, { contact_identifier: 'nobody' });
		const debtors = [debtor(4), mixed, unknown];
		const problem = 'debtor_number and debtor_identifier belong to different records';
		const warning = 'contact_identifier is not known';
		const answers = {
			fromOne: result(2, { 2: [problem] }, { 3: [warning] }),
			fromZero: result(2, { 1: [problem] }, { 2: [warning] }),
			ownNumber: result(2, { N1: [problem] }, { N3: [warning] }),
		};
		for (const [recordKeys, answer] of Object.entries(answers)) {
			payt().variants.recordKeys = recordKeys as 'fromOne';
			expect((await post('debtors', { debtors })).body).toEqual(answer);
		}
		expect(last('debtors')).toMatchObject({ debtor_number: 'N3' });
		const { contact_identifier } = of('contacts');
		await post('debtors', { debtors: [debtor(3, { contact_identifier })] });
		expect(of('contacts').debtor_numbers).toEqual(['N3']);
		const contacts = [{ id: '99', firstname: 'A' }];
		payt().variants.recordKeys = 'fromOne';
		expect((await post('contacts', { contacts })).body).toEqual(result(0, { not_found: ['1'] }));
	});

	test('VAT rates and payment conditions', async () => {
		const vat_rates = [{ code: 'L', name: 'Low', rate: '9.5' }, { code: 'Z' }];
		expect((await post('vat_rates', { vat_rates })).body).toEqual(
			result(1, { 2: ["rate can't be blank"] }),
		);
		expect(last('vat_rates')).toMatchObject({ code: 'L', rate: 9.5, category: 'regular' });
		await post('vat_rates', { vat_rates: [{ code: 'L', name: 'Lower' }] });
		expect(last('vat_rates')).toMatchObject({ name: 'Lower', rate: 9.5 });
		const payment_conditions = [{ code: '14', name: '14 days' }];
		await post('payment_conditions', { payment_conditions });
		const again = await post('payment_conditions', { payment_conditions });
		expect(again.body).toEqual(result(0, { 1: ['code has already been taken'] }));
	});

	test('what is not as described is refused, and nothing is written', async () => {
		const count = payt().data.debtors.length;
		const wrong = [debtor(1), { ...debtor(2), name: undefined, extra: 1 }];
		expect(await fieldsOf(post('debtors', { debtors: wrong }))).toEqual([
			'debtors.1.name',
			'debtors.1',
		]);
		expect(await fieldsOf(post('debtors', { debtors: [] }))).toEqual(['debtors']);
		expect(payt().data.debtors).toHaveLength(count);
		const token = payt().issueToken().access_token;
		const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
		const init = { method: 'POST', headers, body: '{' };
		expect((await fetch(`${payt().url}/v1/debtors`, init)).status).toBe(422);
	});

	test('as a form', async () => {
		const body = new URLSearchParams({
			administration_id: ADMINISTRATION,
			'debtors[][debtor_number]': 'N1',
			'debtors[][debtor_identifier]': 'id-1',
			'debtors[][name]': 'New',
			'debtors[][is_company]': 'true',
		});
		body.append('debtors[][debtor_number]', 'N2');
		body.append('debtors[][debtor_identifier]', 'id-2');
		body.append('debtors[][name]', 'Newer');
		const answer = await callPayt(payt(), 'POST', '/v1/debtors', { body });
		expect(answer.body).toEqual(result(2));
		expect(payt().data.debtors.slice(-2)).toMatchObject([
			{ debtor_number: 'N1', is_company: true },
			{ debtor_number: 'N2', name: 'Newer' },
		]);
	});
});

describe('invoices', () => {
	test('upserts by number', async () => {
		const labels = ['a'];
		const invoices = [invoice('F1', { labels, order_number: 'O1' }), invoice('F2')];
		expect(await post('invoices', { invoices })).toMatchObject({ status: 201, body: result(2) });
		const row = of('invoices', payt().data.invoices.length - 2);
		expect(row).toMatchObject({
			invoice_number: 'F1',
			total_amount: '121.00',
			open_amount: '121.00',
			book_total_amount: '121.00',
			debtor_id: of('debtors').id,
			labels: [{ name: 'a' }],
			sent_at: null,
			payment_date: null,
		});
		const count = payt().data.invoices.length;
		await post('invoices', { invoices: [invoice('F1', { due_date: '2030-03-31' })] });
		expect(payt().data.invoices).toHaveLength(count);
		expect(row).toMatchObject({ due_date: '2030-03-31', order_number: 'O1' });
	});

	test('without a debtor that is known fail, by their number', async () => {
		const invoices = [
			invoice('F1', { debtor_number: undefined }),
			invoice('F2', { debtor_number: 'nobody' }),
			invoice('F3', {
				debtor_number: undefined,
				debtor_identifier: of('debtors').debtor_identifier,
			}),
		];
		expect((await post('invoices', { invoices })).body).toEqual(
			result(1, { F1: ['debtor not found'], F2: ['debtor not found'] }),
		);
		expect(last('invoices').invoice_number).toBe('F3');
	});

	test.each(['12,50', '12.5', '1.250,00', 12.5, ''])('the amount %j is refused', async (amount) => {
		const invoices = [invoice('F1', { amount_open: amount })];
		expect(await fieldsOf(post('invoices', { invoices }))).toEqual(['invoices.0.amount_open']);
	});

	test('changing names those that are not found', async () => {
		const { invoice_number, id } = of('invoices');
		const invoices = [{ invoice_number, description: 'x' }, { invoice_number: 'none' }];
		expect(await patch('invoices', { invoices })).toMatchObject({
			status: 200,
			body: result(1, { not_found: ['none'] }),
		});
		expect(payt().data.invoices.find((row) => row.id === id)).toMatchObject({ description: 'x' });
	});

	test('sent_at can be set until the invoice is sent', async () => {
		const sent_at = '2030-01-31T13:00:00+01:00';
		await post('invoices', { invoices: [invoice('F1', { sent_at })] });
		expect(last('invoices').sent_at).toBe('2030-01-31T12:00:00.000Z');
		const later = { invoice_number: 'F1', sent_at: '2030-02-01T12:00:00Z' };
		expect((await patch('invoices', { invoices: [later] })).body).toEqual(
			result(1, {}, { F1: ['sent_at cannot be changed'] }),
		);
		expect(last('invoices').sent_at).toBe('2030-01-31T12:00:00.000Z');
	});

	const paymentsOf = ({ id }: Row) =>
		payt()
			.data.payments.filter(({ invoice_id }) => invoice_id === id)
			.map(({ total_amount, origin_identifier }) => [total_amount, origin_identifier]);

	test('payments that are sent are all there are', async () => {
		const payments = [
			{ amount: '100.00', origin_identifier: 'p1' },
			{ amount: '21.00', origin_identifier: 'p2', book_amount: '20.00' },
		];
		const paid = { amount_open: '0.00', book_amount_open: '0.00' };
		await post('invoices', { invoices: [invoice('F1', { payments, ...paid })] });
		const row = last('invoices');
		expect(row.payment_date).toMatch(/^\d{4}-\d\d-\d\d$/);
		expect(paymentsOf(row)).toEqual([
			['100.00', 'p1'],
			['21.00', 'p2'],
		]);
		await patch('invoices', { invoices: [{ invoice_number: 'F1', payments: payments.slice(1) }] });
		expect(paymentsOf(row)).toEqual([['21.00', 'p2']]);
		expect(payt().data.deleted.payments).toHaveLength(2);
		const taken = [invoice('F2', { payments: payments.slice(1) })];
		expect((await post('invoices', { invoices: taken })).body).toEqual(
			result(0, { F2: ['origin_identifier of a payment has already been taken'] }),
		);
	});

	test('a change of what is open is booked as one payment', async () => {
		const row = of('invoices', 1);
		const { invoice_number } = row;
		const open = (amount_open: string) =>
			patch('invoices', { invoices: [{ invoice_number, amount_open }] });
		await open('100.50');
		await open('100.50');
		await open('0.00');
		expect(paymentsOf(row).map(([amount]) => amount)).toEqual(['20.50', '100.50']);
		expect(row.payment_date).not.toBeNull();
	});

	test('lines need a VAT rate that is known', async () => {
		const { code } = of('vat_rates');
		const line = { description: 'x', vat_rate_code: String(code), total_excl_tax_amount: '100.00' };
		const lines = (...invoice_lines: Fields[]) => [invoice('F1', { invoice_lines })];
		const errors = async (...invoice_lines: Fields[]) =>
			(await post('invoices', { invoices: lines(...invoice_lines) })).body.errors;
		expect(await errors({ ...line, vat_rate_code: 'X' })).toEqual({
			F1: ['vat_rate_code X does not exist'],
		});
		expect(await errors({ ...line, vat_percentage: '9' })).toEqual({
			F1: ['vat_percentage must be 21'],
		});
		expect(await errors({ ...line, total_excl_tax_amount: undefined })).toEqual({
			F1: ['total_excl_tax_amount or total_incl_tax_amount is needed'],
		});
		expect(await errors(line, { ...line, line_order: 1 })).toEqual({
			F1: ['line_order has already been taken'],
		});
		expect(await errors(line)).toEqual({});
		expect(last('invoices').invoice_lines).toEqual([
			{
				...line,
				product_unit: 'piece',
				product_quantity: '1',
				product_price: '100.00',
				vat_percentage: '21',
				vat_amount: '21.00',
				line_order: 1,
				total_incl_tax_amount: '121.00',
			},
		]);
	});

	test('are blocked, and resumed only when the API blocked them', async () => {
		const [a, b, c] = payt().data.invoices;
		payt().change('invoices', c.id, { paused_at: '2030-01-31T12:00:00.000Z' });
		const names = {
			invoice_numbers: [String(a.invoice_number), 'none'],
			invoice_identifiers: [String(b.invoice_identifier)],
		};
		expect((await patchForm('invoices/block', names)).body).toEqual(
			result(2, { not_found: ['none'] }),
		);
		expect([a.paused_at, b.paused_at]).not.toContain(null);
		const invoice_numbers = [a, c].map((row) => String(row.invoice_number));
		expect((await patchForm('invoices/resume', { invoice_numbers })).body).toEqual(
			result(1, { [invoice_numbers[1]]: ['was not blocked through the API'] }),
		);
		expect([a.paused_at, c.paused_at]).toEqual([null, '2030-01-31T12:00:00.000Z']);
		const many = Array.from({ length: 1001 }, (_, index) => String(index));
		expect((await patchForm('invoices/block', { invoice_numbers: many })).status).toBe(422);
		expect((await patchForm('invoices/block')).status).toBe(422);
	});

	test('variant jsonAtFormEndpoints: refused', async () => {
		const body = { invoice_numbers: [String(of('invoices').invoice_number)] };
		expect((await patch('invoices/block', body)).status).toBe(200);
		payt().variants.jsonAtFormEndpoints = 'refused';
		expect((await patch('invoices/block', body)).status).toBe(422);
		expect((await patchForm('invoices/block', body)).status).toBe(200);
	});
});

describe('files', () => {
	const put = (url: string, body: string, type = 'application/pdf') =>
		fetch(url, { method: 'PUT', headers: { 'content-type': type }, body });

	async function address(bytes: string): Promise<string> {
		const { body } = await post('files', announced(bytes));
		return (body as unknown as Array<{ url: string }>)[0].url;
	}

	test('are put to an address for four hours; size, type and checksum have to be right', async () => {
		const { body } = await post('files', announced('%PDF'));
		const [file] = body as unknown as Array<Record<string, string>>;
		const now = payt().clock.now();
		expect(file.checksum).toBe(checksumOf('%PDF'));
		expect(Math.abs(Date.parse(file.expires_at) - now - 4 * HOUR)).toBeLessThan(5000);
		const refusals = [
			await put(file.url, '%PDF', 'text/plain'),
			await put(file.url, '%PDF-'),
			await put(file.url, '%PDG'),
		];
		expect(refusals.map(({ status }) => status)).toEqual([422, 422, 422]);
		expect((await put(file.url, '%PDF')).status).toBe(200);
		const late = await address('other');
		payt().clock.advance(4 * HOUR);
		expect((await put(late, 'other')).status).toBe(403);
	});

	test('that are there already are left out, in each administration for itself', async () => {
		await upload('%PDF');
		const { files } = announced('new');
		const both = { files: [...announced('%PDF').files, ...files] };
		expect((await post('files', both)).body).toMatchObject([{ checksum: checksumOf('new') }]);
		const other = await post('files', { ...announced('%PDF'), administration_id: '1002' });
		expect(other.body).toHaveLength(1);
	});

	test('variant filesAnswer: object', async () => {
		payt().variants.filesAnswer = 'object';
		expect((await post('files', announced('%PDF'))).body).toMatchObject({
			checksum: checksumOf('%PDF'),
			url: expect.any(String),
		});
		payt().variants.filesAnswer = 'list';
		await upload('%PDF');
		expect((await post('files', announced('%PDF'))).body).toEqual([]);
		payt().variants.filesAnswer = 'object';
		expect((await post('files', announced('%PDF'))).body).toEqual({});
	});

	test('are attached to invoices once they are there', async () => {
		const document = { checksum: checksumOf('%PDF'), filename: 'f.pdf' };
		const send = async (fields: Fields) =>
			(await post('invoices', { invoices: [invoice('F1', fields)] })).body.errors;
		expect(await send({ document })).toEqual({ F1: ['document was not uploaded'] });
		await upload('%PDF');
		expect(await send({ document })).toEqual({});
		expect(last('invoices').document_url).toContain('https://');
		await send({ document: { destroy: true, checksum: checksumOf('other') } });
		expect(last('invoices').document_url).not.toBeNull();
		await send({ document: { destroy: true } });
		expect(last('invoices').document_url).toBeNull();
	});

	test('make an order', async () => {
		const { status, body } = await callPayt(payt(), 'POST', '/v1/orders', { body: order() });
		expect([status, Object.keys(body)]).toEqual([201, ['deeplink_url']]);
		expect(payt().data.orders).toEqual([
			{ administration_id: ADMINISTRATION, name: 'order.csv', bytes: Buffer.from('a;b') },
		]);
		const text = await callPayt(payt(), 'POST', '/v1/orders', { body: order('a;b') });
		expect(text.status).toBe(422);
	});
});

describe('messages and tasks', () => {
	test('a message is about one debtor, invoice or case', async () => {
		const { credit_case_number, debtor_id } = of('credit_cases');
		const sent = await post('messages', { credit_case_number, message });
		expect(sent).toMatchObject({
			status: 200,
			body: { credit_case_id: of('credit_cases').id, debtor_id, sender_type: 'creditor' },
		});
		expect(sent.body).not.toHaveProperty('content');
		expect((await post('messages', { debtor_number: 'none', message })).status).toBe(404);
		const { debtor_number, debtor_identifier } = of('debtors');
		const both = { debtor_number, debtor_identifier, message };
		for (const body of [both, { message }]) {
			expect((await post('messages', body)).status).toBe(422);
		}
	});

	test('a message with files is multipart', async () => {
		const body = new FormData();
		body.append('administration_id', ADMINISTRATION);
		body.append('debtor_number', String(of('debtors').debtor_number));
		body.append('message[body]', 'Please pay');
		body.append('message[subject]', 'Invoice');
		body.append('message[attachments][]', new File(['1'], 'a.pdf'));
		body.append('message[attachments][]', new File(['2'], 'b.pdf'));
		expect((await callPayt(payt(), 'POST', '/v1/messages', { body })).status).toBe(200);
		const { attachments, content } = last('messages') as Row & { attachments: File[] };
		expect([content, attachments.map(({ name }) => name)]).toEqual([
			'Please pay',
			['a.pdf', 'b.pdf'],
		]);
	});

	test('messages are marked as read and unread', async () => {
		const { id } = of('messages');
		const mark = (read: boolean) =>
			patch('messages', {
				messages: [
					{ id, read },
					{ id: '99', read },
				],
			});
		expect((await mark(true)).body).toEqual(result(1, { not_found: ['99'] }));
		expect(of('messages').read_at).not.toBeNull();
		await mark(false);
		expect(of('messages').read_at).toBeNull();
	});

	test('tasks get comments, are completed and reopened', async () => {
		const { id } = of('tasks');
		expect((await post(`tasks/${id}/comment`, { comment: 'Called' })).status).toBe(201);
		const body = { comment: 'Paid', completed_status: 'succeeded', resume_dossiers: true };
		const done = await patch(`tasks/${id}/mark_completed`, body);
		expect(done).toMatchObject({ status: 200, body: { id, completed_at: expect.any(String) } });
		expect(of('tasks').comments).toMatchObject([{ content: 'Called' }, { content: 'Paid' }]);
		const reopened = await patchForm(`tasks/${id}/unmark_completed`);
		expect(reopened.body.completed_at).toBeNull();
		expect((await post('tasks/99/comment', { comment: 'x' })).status).toBe(404);
		expect((await patchForm('tasks/99/unmark_completed')).status).toBe(404);
	});
});

describe('payment plans', () => {
	const terms = [{ amount: 60.5, due_date: '2030-01-31' }];

	test('are made for invoices or cases of one debtor', async () => {
		const { invoice_number, debtor_id } = of('invoices');
		const plan = await post('payment_plans', { invoice_numbers: [invoice_number], terms });
		expect(plan).toMatchObject({
			status: 201,
			body: { debtor_id, active: true, payment_terms: [{ total_amount: '60.50' }] },
		});
		expect(of('invoices').active_payment_plan_id).toBe(plan.body.id);
		const { credit_case_number } = of('credit_cases');
		const credit_case_numbers = [credit_case_number];
		expect((await post('payment_plans', { credit_case_numbers, terms })).status).toBe(201);
		const two = payt()
			.data.invoices.slice(0, 2)
			.map((row) => row.invoice_number);
		for (const invoice_numbers of [two, ['none'], []]) {
			expect((await post('payment_plans', { invoice_numbers, terms })).status).toBe(422);
		}
		const text = [{ amount: '60.50', due_date: '2030-01-31' }];
		const wrong = post('payment_plans', { credit_case_numbers, terms: text });
		expect(await fieldsOf(wrong)).toEqual(['terms.0.amount']);
	});

	test('go from proposed to active or rejected, from active to stopped', async () => {
		const [a, b] = payt().data.payment_plans.map(({ id }) => id);
		const move = async (id: string, step: string) =>
			(await patchForm(`payment_plans/${id}/${step}`)).status;
		expect(await move(a, 'deactivate')).toBe(422);
		expect(await move(a, 'approve')).toBe(200);
		expect(await move(a, 'approve')).toBe(422);
		expect(await move(a, 'reject')).toBe(422);
		expect(await move(a, 'deactivate')).toBe(200);
		expect(await move(b, 'reject')).toBe(200);
		expect(await move(b, 'approve')).toBe(422);
		expect(await move('99', 'approve')).toBe(404);
	});
});

describe('mandates', () => {
	test('are registered all or none', async () => {
		const count = payt().data.psp_mandates.length;
		const good = mandate({ mandate_reference: 'm1' });
		const bad = mandate({ debtor_code: 'none' });
		expect((await post('psp_mandates', { psp_mandates: [good, bad] })).status).toBe(422);
		expect(payt().data.psp_mandates).toHaveLength(count);
		const { status, body } = await post('psp_mandates', { psp_mandates: [good] });
		expect([status, body]).toEqual([
			200,
			expect.objectContaining({ provider: 'mollie', debtor_id: of('debtors').id }),
		]);
		expect((await post('psp_mandates', { psp_mandates: [good] })).status).toBe(422);
	});

	test('variant mandatesAnswer: list', async () => {
		payt().variants.mandatesAnswer = 'list';
		const psp_mandates = [mandate(), mandate()];
		const { status, body } = await post('psp_mandates', { psp_mandates });
		expect([status, body]).toEqual([201, [expect.anything(), expect.anything()]]);
	});

	const remove = (query: string) =>
		callPayt(payt(), 'DELETE', `/v1/psp_mandates?administration_id=${ADMINISTRATION}${query}`);

	test('are deactivated by lists in the query', async () => {
		const [a, b] = payt().data.psp_mandates;
		const query = `&psp_mandate_ids=${a.id},${b.id},99`;
		expect((await remove(query)).body).toEqual(result(2, { not_found: ['99'] }));
		expect([a.deactivated_at, b.deactivated_at]).not.toContain(null);
		expect((await remove(`&psp_mandate_ids=${a.id}`)).body).toEqual(
			result(0, { not_found: [a.id] }),
		);
		expect((await remove('')).status).toBe(422);
	});
});

describe('accounts', () => {
	test('a new administration is open to who made it; bank fields come together', async () => {
		const token = payt().issueToken({ administrations: ['1001'] }).access_token;
		const bank = { bank_account_bic: 'ABNANL2A', bank_account_name: 'Shop' };
		const create = (fields: Fields) =>
			callPayt(payt(), 'POST', '/v1/administrations', {
				token,
				body: { administration: { ...newAdministration, ...fields } },
			});
		const { status, body } = await create(bank);
		expect([status, body]).toEqual([
			201,
			expect.objectContaining({ timezone: 'Europe/Amsterdam', bank_account_bic: null }),
		]);
		const path = `/v1/administrations/${String(body.id)}`;
		expect((await callPayt(payt(), 'GET', path, { token })).status).toBe(200);
		const whole = await create({ ...bank, bank_account_number: 'NL91ABNA0417164300' });
		expect(whole.body.bank_account_bic).toBe('ABNANL2A');
	});

	test('sign-up makes an account and a code for a token', async () => {
		const authorization = basic(payt());
		const send = (fields: Record<string, string>) =>
			callPayt(payt(), 'POST', '/v1/sign_up', {
				authorization,
				body: new URLSearchParams(fields),
			});
		const { status, body } = await send(signUp);
		expect(status).toBe(201);
		const { access_grant, administration } = body as unknown as Record<
			string,
			{ code: string; id: string }
		>;
		const response = await fetch(`${payt().url}/oauth/token`, {
			method: 'POST',
			headers: { authorization },
			body: new URLSearchParams({ grant_type: 'authorization_code', code: access_grant.code }),
		});
		const { access_token: token } = (await response.json()) as { access_token: string };
		const open = await callPayt(payt(), 'GET', '/v1/administrations', { token });
		expect(open.body.data).toMatchObject([{ id: administration.id, name: 'New shop' }]);
		expect((await send(signUp)).status).toBe(422);
		expect(await fieldsOf(send(omit(signUp, 'user[last_name]')))).toEqual(['user.last_name']);
	});
});
