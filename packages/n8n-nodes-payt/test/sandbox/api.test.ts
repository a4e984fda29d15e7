import { expectLeft } from '../../../../test/sandbox/testing';
import { startPayt } from '.';
import { payt as contract } from '../contract';
import { SCHEMAS, type Kind } from './model';
import { basic, callPayt, usePayt, type Answered } from './testing';

const payt = usePayt();

type Row = Record<string, unknown>;

const ADMINISTRATION = '1001';
const DAY = 86_400_000;

/** Reads a list of the first administration. */
async function list(kind: string, query: Record<string, string> = {}): Promise<Answered> {
	const parameters = new URLSearchParams({ administration_id: ADMINISTRATION, ...query });
	return await callPayt(payt(), 'GET', `/v1/${kind}?${parameters}`);
}

async function rows(kind: string, query?: Record<string, string>): Promise<Row[]> {
	const { status, body } = await list(kind, query);
	expect(status).toBe(200);
	return body.data as unknown as Row[];
}

const idsOf = (list: Row[]) => list.map(({ id }) => id);

const kinds = Object.keys(SCHEMAS).filter((kind) => kind !== 'companies') as Kind[];

describe('every list', () => {
	test.each(kinds)('%s has rows of its administration', async (kind) => {
		const { body } = await callPayt(
			payt(),
			'GET',
			`/v1/${kind}${kind === 'administrations' ? '' : `?administration_id=${ADMINISTRATION}`}`,
		);
		expect(idsOf(body.data as unknown as Row[])).toEqual(idsOf(payt().data[kind]));
		expect(payt().data[kind].length).toBeGreaterThan(1);
		if (kind === 'administrations') return;
		const other = await list(kind, { administration_id: '1002' });
		expect(other.body.data).toEqual([]);
	});

	test.each(Object.keys(contract.paths).filter((path) => /^\/v1\/\w+\/{\w+}$/.test(path)))(
		'%s gives one row, 404 for others',
		async (path) => {
			const kind = path.split('/')[2] as Kind;
			const isBasic = kind === 'companies';
			const query = isBasic || kind === 'administrations' ? '' : '?administration_id=1001';
			const authorization = isBasic ? basic(payt()) : undefined;
			const get = (id: string) =>
				callPayt(payt(), 'GET', `/v1/${kind}/${id}${query}`, { authorization });
			const [row] = payt().data[kind];
			const found = await get(row.id);
			expect([found.status, found.body.id]).toEqual([200, row.id]);
			expect(await get('99')).toMatchObject({ status: 404, body: { code: 'not_found' } });
		},
	);
});

describe('who may call', () => {
	test('Basic for companies, and for nothing else', async () => {
		const authorization = basic(payt());
		const companies = await callPayt(payt(), 'GET', '/v1/companies', { authorization });
		expect(companies.body.data).toHaveLength(1);
		expect((await callPayt(payt(), 'GET', '/v1/companies')).status).toBe(401);
		const other = await callPayt(payt(), 'GET', '/v1/administrations', { authorization });
		expect(other).toMatchObject({ status: 401, body: { code: 'unauthorized' } });
		const wrong = { authorization: basic(payt(), 'x') };
		expect((await callPayt(payt(), 'GET', '/v1/companies', wrong)).status).toBe(401);
	});

	test('a token that is known', async () => {
		expect((await callPayt(payt(), 'GET', '/v1/administrations', { token: 'x' })).status).toBe(401);
		const token = payt().issueToken().access_token;
		payt().revokeTokens();
		expect((await callPayt(payt(), 'GET', '/v1/administrations', { token })).status).toBe(401);
	});

	test('a missing permission is named; what the application loses ends at once', async () => {
		const debtors = `/v1/debtors?administration_id=${ADMINISTRATION}`;
		const missing = (scope: string) => ({
			status: 403,
			body: { code: 'forbidden', message: `Missing permission: ${scope}` },
		});
		const token = payt().issueToken({ scopes: ['debtors:read'] }).access_token;
		expect((await callPayt(payt(), 'GET', debtors, { token })).status).toBe(200);
		const body = { administration_id: ADMINISTRATION, invoices: [{ invoice_number: 'F1' }] };
		const write = await callPayt(payt(), 'PATCH', '/v1/invoices', { token, body });
		expect(write).toMatchObject(missing('invoices:write'));
		payt().client.scopes = ['invoices:write'];
		expect(await callPayt(payt(), 'GET', debtors, { token })).toMatchObject(
			missing('debtors:read'),
		);
	});

	test('from an address that is not allowed: 403, and the token ends', async () => {
		const { client } = payt();
		const token = payt().issueToken().access_token;
		const status = async () => {
			const answer = await callPayt(payt(), 'GET', '/v1/administrations', { token });
			return [answer.status, answer.body.code];
		};
		client.ipAllowList = ['198.51.100.1', payt().callerAddress];
		expect(await status()).toEqual([200, undefined]);
		payt().callerAddress = '198.51.100.2';
		expect(await status()).toEqual([403, 'forbidden']);
		payt().callerAddress = '198.51.100.1';
		expect(await status()).toEqual([401, 'unauthorized']);
	});
});

describe('the limit', () => {
	test('is ten calls a second for each token', async () => {
		const byDefault = await startPayt();
		expect(byDefault.rateLimit).toEqual({ calls: 10, perMs: 1000 });
		await byDefault.close();
		// A slow machine takes longer than a second for so many.
		payt().rateLimit = { calls: 10, perMs: 60_000 };
		const since = performance.now();
		const tokens = [payt().issueToken(), payt().issueToken()];
		const answers = await Promise.all(
			Array.from({ length: 22 }, (_, index) =>
				callPayt(payt(), 'GET', '/v1/administrations', { token: tokens[index % 2].access_token }),
			),
		);
		const limited = answers.filter(({ status }) => status === 429);
		expect(limited).toHaveLength(2);
		expect(limited[0].headers.has('retry-after')).toBe(false);
		payt().variants.retryAfter = 'retry-after';
		const [{ access_token: token }] = tokens;
		const next = await callPayt(payt(), 'GET', '/v1/administrations', { token });
		expect(next.status).toBe(429);
		expectLeft(next.headers.get('retry-after'), 60, since);
		payt().rateLimit = { calls: 10, perMs: 1000 };
		await new Promise((resolve) => setTimeout(resolve, 1000));
		expect((await callPayt(payt(), 'GET', '/v1/administrations', { token })).status).toBe(200);
	});
});

describe('refusals', () => {
	test.each([
		['POST', '/v1/payments'],
		['PUT', '/v1/payments'],
		['DELETE', '/v1/debtors'],
		['PATCH', '/v1/tasks/1/comment'],
	])('%s %s is not allowed', async (method, path) => {
		const token = payt().issueToken().access_token;
		const headers = { authorization: `Bearer ${token}` };
		expect((await fetch(payt().url + path, { method, headers })).status).toBe(405);
	});

	test('unknown paths', async () => {
		for (const path of ['/v1/people', '/api/v1/debtors']) {
			expect((await fetch(payt().url + path)).status).toBe(404);
		}
	});

	test('name what is wrong', async () => {
		const { status, body } = await callPayt(payt(), 'GET', '/v1/debtors?per_page=501');
		expect(status).toBe(422);
		expect(body).toEqual({
			code: 'unprocessable_entity',
			message: expect.stringMatching(/administration_id is missing; per_page must be <= 500/),
		});
	});

	test('variants errorShape: nested, invalid: fields', async () => {
		payt().variants.errorShape = 'nested';
		payt().variants.invalid = 'fields';
		const { body } = await callPayt(payt(), 'GET', '/v1/debtors');
		expect(body).toEqual({
			error: {
				code: 'unprocessable_entity',
				message: 'administration_id is missing',
				errors: { administration_id: ['is missing'] },
			},
		});
		expect((await list('debtors', { administration_id: '99' })).body).toEqual({
			error: { code: 'not_found', message: 'Administration not found' },
		});
	});
});

describe('paging', () => {
	beforeEach(() => {
		for (let count = 0; count < 245; count += 1) payt().add('debtors');
	});

	/** Sizes of the pages and their cursors, up to `most` of them. */
	async function pages(per_page?: string, most = 5) {
		const found: Array<[number, unknown]> = [];
		const ids = new Set<unknown>();
		let cursor: unknown;
		do {
			const query = {
				...(per_page !== undefined && { per_page }),
				...(cursor != null && { cursor: String(cursor) }),
			};
			const { body } = await list('debtors', query);
			const data = body.data as unknown as Row[];
			for (const { id } of data) ids.add(id);
			({ cursor } = body.pagination as unknown as { cursor: unknown });
			found.push([data.length, cursor]);
		} while (cursor != null && found.length < most);
		expect(ids.size).toBe(250);
		return found;
	}

	test('a hundred rows a page, or up to 500', async () => {
		expect(await pages()).toEqual([
			[100, expect.any(Number)],
			[100, expect.any(Number)],
			[50, null],
		]);
		expect(await pages('125')).toEqual([
			[125, expect.any(Number)],
			[125, null],
		]);
		expect(await pages('500')).toEqual([[250, null]]);
	});

	test('variants listEnd', async () => {
		payt().variants.cursor = 'text';
		payt().variants.listEnd = 'missing';
		expect((await pages('200'))[1]).toEqual([50, undefined]);
		payt().variants.listEnd = 'emptyPage';
		expect(await pages('125')).toEqual([
			[125, expect.any(String)],
			[125, expect.any(String)],
			[0, null],
		]);
		payt().variants.listEnd = 'repeats';
		const repeated = await pages('200', 4);
		expect(repeated.map(([size]) => size)).toEqual([200, 50, 200, 200]);
		expect(repeated[2][1]).toBe(repeated[1][1]);
	});

	test('goes on after a row that is gone, and refuses what is no cursor', async () => {
		const first = await list('debtors', { per_page: '100' });
		const { cursor } = first.body.pagination as unknown as { cursor: number };
		payt().remove('debtors', String(cursor));
		const next = await rows('debtors', { cursor: String(cursor) });
		expect(next[0].id).toBe(payt().data.debtors[99].id);
		expect((await list('debtors', { cursor: 'x' })).status).toBe(422);
	});
});

describe('filters', () => {
	const of = (kind: Kind, index: number) => payt().data[kind][index];

	test('updated_after is exclusive', async () => {
		const updated_after = String(of('invoices', 4).updated_at);
		expect(idsOf(await rows('invoices', { updated_after }))).toEqual(
			idsOf(payt().data.invoices.slice(5)),
		);
		payt().change('invoices', of('invoices', 0).id, { description: 'x' });
		const changed = idsOf(await rows('invoices', { updated_after }));
		expect(changed).toContain(of('invoices', 0).id);
	});

	test('lists of values, also of what a row belongs to', async () => {
		const [first, second] = payt().data.invoices;
		const ids = `${first.id},${second.id}`;
		expect(idsOf(await rows('invoices', { ids }))).toEqual([first.id, second.id]);
		const numbers = { debtor_numbers: String(of('debtors', 1).debtor_number) };
		const own = (row: Row) => row.debtor_id === of('debtors', 1).id;
		const expected = idsOf(payt().data.invoices.filter(own));
		expect(expected.length).toBeGreaterThan(0);
		expect(idsOf(await rows('invoices', numbers))).toEqual(expected);
		const identifiers = { debtor_identifiers: String(of('debtors', 1).debtor_identifier) };
		expect(idsOf(await rows('invoices', identifiers))).toEqual(expected);
		payt().change('invoices', first.id, { active_credit_case_id: of('credit_cases', 0).id });
		const credit_case_ids = of('credit_cases', 0).id;
		expect(idsOf(await rows('invoices', { credit_case_ids }))).toEqual([first.id]);
		const payments = idsOf(payt().data.payments);
		const credit_case_numbers = String(of('credit_cases', 0).credit_case_number);
		expect(idsOf(await rows('payments', { credit_case_numbers }))).toEqual(payments);
		expect(idsOf(await rows('payments', { invoice_numbers: 'none' }))).toEqual([]);
		expect(idsOf(await rows('psp_transactions', { statuses: 'failed,paid' }))).toHaveLength(3);
		expect(idsOf(await rows('psp_transactions', { statuses: 'failed' }))).toEqual([]);
	});

	test('of invoices: paid, amounts, order', async () => {
		const [a, b] = payt().data.invoices;
		payt().change('invoices', a.id, { open_amount: '0.00', book_total_amount: '9.99' });
		payt().change('invoices', b.id, { due_date: '2000-01-01' });
		expect(idsOf(await rows('invoices', { paid: 'true' }))).toEqual([a.id]);
		expect(await rows('invoices', { paid: 'false' })).toHaveLength(11);
		expect(idsOf(await rows('invoices', { book_amount_total_lte: '9.99' }))).toEqual([a.id]);
		expect(await rows('invoices', { book_amount_total_gte: '10' })).toHaveLength(11);
		expect((await rows('invoices', { order: 'due_date_asc' }))[0].id).toBe(b.id);
		expect((await rows('invoices', { order: 'due_date_desc' })).at(-1)?.id).toBe(b.id);
	});

	test('of order lines', async () => {
		const [, line] = payt().data.order_lines;
		payt().change('order_lines', line.id, { claim_status: 'failed' });
		expect(idsOf(await rows('order_lines', { claim_status: 'failed' }))).toEqual([line.id]);
		const created_after = String(line.created_at);
		expect(await rows('order_lines', { created_after })).toHaveLength(1);
		expect(await rows('order_lines', { created_before: created_after })).toHaveLength(1);
	});

	test('one debtor or invoice by its number or identifier', async () => {
		const { id, invoice_number, invoice_identifier } = of('invoices', 2);
		for (const [type, value] of Object.entries({ invoice_number, invoice_identifier })) {
			const path = `/v1/invoices/${value}?administration_id=1001&identifier_type=${type}`;
			expect((await callPayt(payt(), 'GET', path)).body.id).toBe(id);
		}
	});
});

describe('fields', () => {
	const fields = (only: unknown) => ({ fields: JSON.stringify({ only }) });

	test('marked on request come only then', async () => {
		const [usual] = await rows('debtors');
		expect(usual).not.toHaveProperty('public_url');
		expect(usual).toHaveProperty('debtor_number');
		const only = ['id', 'public_url', { postal_address: ['city'] }];
		const [selected] = await rows('debtors', fields(only));
		expect(selected).toEqual({
			id: usual.id,
			public_url: expect.stringContaining('https://'),
			postal_address: { city: 'Groningen' },
		});
	});

	test('variant only: adds', async () => {
		payt().variants.only = 'adds';
		const [row] = await rows('debtors', fields(['public_url']));
		expect(row).toMatchObject({ public_url: expect.any(String), name: expect.any(String) });
		expect(row).not.toHaveProperty('deeplink_url');
	});

	test.each(['{"only":"id"}', '{', '{"only":["nothing"]}'])('%s is refused', async (text) => {
		expect((await list('debtors', { fields: text })).status).toBe(422);
	});
});

describe('deleted rows', () => {
	test.each(['credit_cases', 'invoices', 'payment_plans', 'payments', 'psp_mandates'] as const)(
		'%s',
		async (kind) => {
			const before = new Date(payt().clock.now() - 1000).toISOString();
			const { id } = payt().data[kind][0];
			payt().remove(kind, id);
			const [gone] = await rows(`${kind}/deleted`, { deleted_after: before });
			expect(gone).toMatchObject({ id, administration_id: ADMINISTRATION });
			expect(idsOf(await rows(kind))).not.toContain(id);
			payt().clock.advance(90 * DAY);
			expect(await rows(`${kind}/deleted`, { deleted_after: before })).toEqual([]);
			payt().clock.advance(-90 * DAY);
			const deleted_after = String(gone.deleted_at);
			expect(await rows(`${kind}/deleted`, { deleted_after })).toEqual([]);
			const deleted_before = before;
			expect(await rows(`${kind}/deleted`, { deleted_after: before, deleted_before })).toEqual([]);
			expect((await list(`${kind}/deleted`)).status).toBe(422);
		},
	);
});

describe('variants', () => {
	test('ids: number', async () => {
		payt().variants.ids = 'number';
		const [transaction] = await rows('psp_transactions');
		expect(transaction).toMatchObject({
			id: expect.any(Number),
			administration_id: 1001,
			invoice_ids: [expect.any(Number)],
		});
	});

	test('inactiveStatus', async () => {
		payt().change('administrations', '1002', { status: 'inactive' });
		const get = async () => (await callPayt(payt(), 'GET', '/v1/administrations/1002')).body.status;
		expect(await get()).toBe('inactive');
		payt().variants.inactiveStatus = 'deactivated';
		expect(await get()).toBe('deactivated');
	});
});
