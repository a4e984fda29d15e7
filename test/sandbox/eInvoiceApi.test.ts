import { eInvoiceContract } from '../contract';
import type { NewInvoice, Variants } from './eInvoice';
import { callEInvoice, requestToken, useEInvoice, waitUntil } from './testing';

const service = useEInvoice();

const ACCOUNT = '0aea3134-da40-11f0-aef4-52c7e9b4f41b';
const NOBODY = '00000000-0000-4000-8000-000000000000';

type Row = Record<string, unknown>;

const get = (path: string) => callEInvoice(service(), 'GET', path);
const post = (path: string, body?: unknown) => callEInvoice(service(), 'POST', path, { body });
const line = {
	line_number: 1,
	line_type: 1,
	item_name: 'A',
	quantity: 2,
	unit_price: 50_000,
	tax_rate: 10,
};

const invoice = (fields: object = {}) => ({
	reference_code: 'A1',
	template_code: '1',
	invoice_series: 'C26TSE',
	issued_date: '2026-01-26 00:00:00',
	currency: 'VND',
	provider_account_id: ACCOUNT,
	is_draft: false,
	buyer: { name: 'Công ty ABC' },
	items: [line],
	...fields,
});
const create = async (fields: object = {}) => await post('/v1/invoices/create', invoice(fields));
/** The job of an answer, once the sandbox has it done. */
const jobOf = async ({ body }: Awaited<ReturnType<typeof post>>) => {
	const { pathname } = new URL(String((body.data as Row).tracking_url));
	return (await get(pathname)).body.data as Row;
};
const errorOf = ({ status, body }: Awaited<ReturnType<typeof post>>) => [
	status,
	(body.error as Row | undefined)?.code,
];
const vary = (variants: Partial<Variants>) => Object.assign(service().variants, variants);

describe('access tokens', () => {
	test('are given for a day, to the client alone', async () => {
		const { status, body } = await requestToken(service(), {}, eInvoiceContract);
		expect([status, body]).toEqual([
			200,
			{
				success: true,
				data: { access_token: expect.any(String), token_type: 'Bearer', expires_in: 86_400 },
			},
		]);
		expect(errorOf(await requestToken(service(), { secret: 'x' }, eInvoiceContract))).toEqual([
			401,
			'UNAUTHORIZED',
		]);
	});

	test('end after a day', async () => {
		const token = service().issueToken();
		service().clock.advance(86_400_000);
		expect((await callEInvoice(service(), 'GET', '/v1/usage', { token })).status).toBe(401);
	});

	test('are needed everywhere else', async () => {
		for (const path of Object.keys(eInvoiceContract.document('sepay-einvoice').paths)) {
			if (path === '/v1/token') continue;
			const method = /create$|issue$|delete/.test(path) ? 'POST' : 'GET';
			const address = path.replace(/{\w+}/, NOBODY);
			const { status } = await callEInvoice(service(), method, address, { token: null });
			expect([path, status]).toEqual([path, 401]);
		}
	});
});

describe('creating', () => {
	test('is a job that gives the invoice, numbered and sent to the tax authority', async () => {
		const job = await jobOf(await create());
		expect(job).toMatchObject({
			reference_code: 'A1',
			status: 'Success',
			invoice: {
				invoice_number: '1',
				status: 'issued',
				total_before_tax: 100_000,
				tax_amount: 10_000,
				total_amount: 110_000,
			},
		});
		expect(service().data.submissions).toEqual([{ reference_code: 'A1', number: 1 }]);
		expect((await get('/v1/invoices/A1')).body.data).toMatchObject({
			items: [{ quantity: '2.00', unit_price: '50000.00', total_amount: '100000.00' }],
		});
		expect((await get('/v1/usage')).body.data).toEqual({ quota_remaining: '499' });
	});

	test('a draft has no number, is not sent and does not count', async () => {
		const job = await jobOf(await create({ is_draft: true }));
		expect(job.invoice).toMatchObject({ invoice_number: '0', status: 'draft' });
		expect([service().data.submissions, service().data.quota]).toEqual([[], 500]);
	});

	test('without a reference code gives one', async () => {
		const job = await jobOf(await create({ reference_code: undefined }));
		expect(String(job.reference_code)).toMatch(/^[0-9a-f-]{36}$/);
	});

	test.each<[string, object, number, string]>([
		['no buyer', { buyer: undefined }, 400, 'VALIDATION_ERROR'],
		['a time in the future', { issued_date: '2099-01-01 00:00:00' }, 400, 'VALIDATION_ERROR'],
		['a total with decimals', { total_amount: 100000.5 }, 400, 'VALIDATION_ERROR'],
		[
			'no tax rate on a VAT invoice',
			{ items: [{ ...line, tax_rate: undefined }] },
			400,
			'VALIDATION_ERROR',
		],
		[
			'three decimals of a quantity',
			{ items: [{ ...line, quantity: 1.234 }] },
			400,
			'VALIDATION_ERROR',
		],
		['an unknown account', { provider_account_id: NOBODY }, 404, 'NOT_FOUND'],
		['an unknown series', { invoice_series: 'C99' }, 422, 'INVALID_CONFIG'],
		[
			'a day before the approval',
			{ issued_date: '2026-01-19 00:00:00' },
			422,
			'INVOICE_DATE_BEFORE_TAX_APPROVAL',
		],
	])('%s is refused', async (_name, fields, status, code) => {
		expect(errorOf(await create(fields))).toEqual([status, code]);
		expect(service().data.jobs).toEqual([]);
	});

	test('an account that is not active, and a quota that is used up, are refused', async () => {
		service().data.quota = 0;
		expect(errorOf(await create())).toEqual([403, 'QUOTA_EXCEEDED']);
		service().data.accounts[0].active = false;
		expect(errorOf(await create({ is_draft: true }))).toEqual([422, 'REGISTRATION_NOT_COMPLETE']);
	});

	test.each<[string, object, () => void]>([
		['a tax code of no form', { buyer: { tax_code: '1' } }, () => {}],
		[
			'an unknown tax code',
			{ buyer: { tax_code: '0101234567' } },
			() => service().data.unknownTaxCodes.push('0101234567'),
		],
		['a closed series', { invoice_series: 'C25TAT' }, () => {}],
		[
			'a quota that is used up meanwhile',
			{},
			() => {
				vary({ quotaError: 'jobFails' });
				service().data.quota = 0;
			},
		],
	])('%s fails the job and leaves nothing', async (_name, fields, spoil) => {
		spoil();
		expect(await jobOf(await create(fields))).toMatchObject({ status: 'Failed' });
		expect(service().data.invoices).toEqual([]);
	});

	test('takes its time, may be repeated by SePay, and may stay', async () => {
		service().plans.push({ end: 'succeeds', afterMs: 5000, retries: 2 }, { end: 'stays' });
		const answer = await create();
		expect(await jobOf(answer)).toMatchObject({ status: 'Pending', retry: { retries_count: 2 } });
		const stays = await create({ reference_code: 'A2' });
		service().clock.advance(86_400_000);
		await waitUntil(() => service().data.jobs[0].status === 'Success');
		expect(await jobOf(stays)).toMatchObject({ status: 'Pending' });
	});
});

describe('a reference code that is used again', () => {
	test.each(['refused', 'refusedWhenDone', 'jobFails', 'allowed'] as const)(
		'%s',
		async (duplicate) => {
			vary({ duplicate });
			service().jobMs = 1000;
			const first = await create();
			const second = await create();
			expect(second.status).toBe(duplicate === 'refused' ? 409 : 200);
			service().clock.advance(1000);
			await waitUntil(() => service().data.jobs.every(({ status }) => status !== 'Pending'));
			expect(await jobOf(first)).toMatchObject({ status: 'Success' });
			if (second.status === 200) {
				const status = duplicate === 'allowed' ? 'Success' : 'Failed';
				expect(await jobOf(second)).toMatchObject({ status });
			}
			const isRefused = ['refused', 'refusedWhenDone'].includes(duplicate);
			expect((await create()).status).toBe(isRefused ? 409 : 200);
			expect(service().data.submissions).toHaveLength(duplicate === 'allowed' ? 2 : 1);
		},
	);

	test.each([
		['free', 200],
		['taken', 409],
	] as const)('after a job that failed it is %s', async (failedReference, status) => {
		vary({ failedReference });
		service().plans.push({ end: 'fails' });
		await create();
		expect((await create()).status).toBe(status);
	});

	test('SePay may make its own, and show what was made later', async () => {
		vary({ referenceCode: 'replaced', visibleAfterMs: 5000 });
		const { reference_code } = await jobOf(await create());
		expect(reference_code).not.toBe('A1');
		expect((await get(`/v1/invoices/${String(reference_code)}`)).status).toBe(404);
		service().clock.advance(5000);
		expect((await get(`/v1/invoices/${String(reference_code)}`)).status).toBe(200);
	});
});

describe('issuing', () => {
	const issue = async () => await post('/v1/invoices/issue', { reference_code: 'A1' });

	test('a draft numbers and sends it', async () => {
		await create({ is_draft: true });
		const job = await jobOf(await issue());
		expect(job).toMatchObject({
			status: 'Success',
			invoice: { status: 'issued', invoice_number: '1' },
		});
		expect(service().data.quota).toBe(499);
	});

	test.each([
		['conflict', 409, 1],
		['notFound', 404, 1],
		['jobFails', 200, 1],
		['allowed', 200, 2],
	] as const)('again: %s', async (secondIssue, status, times) => {
		vary({ secondIssue });
		await create({ is_draft: true });
		await issue();
		expect((await issue()).status).toBe(status);
		expect(service().data.submissions).toHaveLength(times);
	});

	test('nothing is not found', async () => {
		expect(errorOf(await issue())).toEqual([404, 'NOT_FOUND']);
	});
});

describe('files', () => {
	test.each([
		['either', [200, 200]],
		['referenceCode', [200, 404]],
		['trackingCode', [404, 200]],
		['nothing', [404, 404]],
	] as const)('by %s', async (downloadBy, statuses) => {
		vary({ downloadBy, xmlUrl: 'present' });
		const { body } = await create();
		const codes = ['A1', String((body.data as Row).tracking_code)];
		const answers = await Promise.all(
			codes.map(async (code) => await get(`/v1/invoices/${code}/download?type=pdf`)),
		);
		expect(answers.map(({ status }) => status)).toEqual(statuses);
		const { pdf_url, xml_url } = (await get('/v1/invoices/A1')).body.data as Row;
		expect(await (await fetch(String(pdf_url))).text()).toMatch(/^%PDF-1\.4/);
		expect(await (await fetch(String(xml_url))).text()).toContain('<SHDon>1</SHDon>');
	});

	test('of another type, or of a draft, there are none', async () => {
		await create({ is_draft: true });
		expect((await get('/v1/invoices/A1/download?type=pdf')).status).toBe(404);
	});
});

test('lists have pages, sources and envelopes of each kind', async () => {
	for (let count = 0; count < 12; count++) service().addInvoice();
	service().addInvoice({}, { source: 'manual' });
	const list = async (query = '') =>
		(await get(`/v1/invoices${query}`)).body.data as Record<string, Row[] & Row>;
	expect((await list()).paging).toMatchObject({
		per_page: 10,
		total: 13,
		has_more: true,
		page_count: 2,
	});
	expect((await list('?page=2')).items).toHaveLength(3);
	expect((await list('?source=manual')).items).toHaveLength(1);
	vary({
		sourceFilter: 'ignored',
		listEnvelope: 'success',
		amounts: 'text',
		maxPerPage: 5,
		fields: 'example',
	});
	expect((await list('?source=manual&per_page=100')).items).toHaveLength(5);
	const [row] = (await list()).items;
	expect(row.total_amount).toBe('110000.00');
	expect(Object.keys(row)).not.toContain('document_type');
});

test.each<[string, Partial<NewInvoice>, number, number, number]>([
	['a percentage', { items: [{ ...line, discount_tax: 10 } as never] }, 90_000, 9_000, 99_000],
	['an amount', { items: [{ ...line, discount_amount: 1000 } as never] }, 99_000, 9_900, 108_900],
	[
		'a trade discount and a promotion',
		{
			items: [
				line as never,
				{
					line_number: 2,
					line_type: 3,
					item_name: 'CK',
					tax_rate: 10,
					before_discount_and_tax_amount: 10_000,
				},
				{ line_number: 3, line_type: 2, item_name: 'KM', quantity: 1, unit_price: 0, tax_rate: 0 },
				{ line_number: 4, line_type: 4, item_name: 'Cảm ơn' },
			],
		},
		90_000,
		9_000,
		99_000,
	],
	['a total of its own', { total_amount: 110_001 }, 100_000, 10_000, 110_001],
])('sums with %s', async (_name, fields, total_before_tax, tax_amount, total_amount) => {
	const { invoice: made } = await jobOf(await create(fields));
	expect(made).toMatchObject({ total_before_tax, tax_amount, total_amount });
});

test('a sales invoice has no tax', async () => {
	const items = [{ ...line, tax_rate: undefined }];
	const { invoice: made } = await jobOf(
		await create({ template_code: '2', invoice_series: 'C26TSP', items }),
	);
	expect(made).toMatchObject({ tax_amount: 0, total_amount: 100_000 });
});

test('drafts can be deleted, others cannot', async () => {
	service().addInvoice({ reference_code: 'D' }, { status: 'draft' });
	service().addInvoice({ reference_code: 'I' });
	expect((await post('/v1/invoices/delete/D')).status).toBe(200);
	expect((await post('/v1/invoices/delete/D')).status).toBe(404);
	expect((await post('/v1/invoices/delete/I')).status).toBe(400);
});
