import type { IDataObject } from 'n8n-workflow';
import { contentOf, type Invoice } from '../../sandbox/eInvoice';
import { waitUntil } from '../../sandbox/testing';
import { ACCOUNT, byId, createNode, invoiceNode, readings, useEInvoice } from './eInvoice';

const tester = useEInvoice();
const data = () => tester.service.data;
const codes = (rows: IDataObject[]) => rows.map(({ referenceCode }) => referenceCode);

/** What the API says of an invoice only in the list of all fields. */
const unnamed = {
	invoiceSeries: null,
	documentType: null,
	taxAuthorityCode: null,
	providerStatus: null,
	paymentMethod: null,
};

describe.each(readings)('%s', (_name, variants) => {
	beforeEach(() => Object.assign(tester.service.variants, variants, { visibleAfterMs: 0 }));

	test('Get gives the invoice with its lines', async () => {
		const { sent } = tester.service.addInvoice({
			reference_code: 'DH1',
			notes: 'x',
			payment_method: 'CK',
		});
		const [row] = await tester.rows(invoiceNode('get', { referenceCode: ' DH1 ' }));
		expect(row).toEqual({
			referenceCode: 'DH1',
			invoiceNumber: '1',
			status: 'issued',
			issuedDate: sent.issued_date.slice(0, 10),
			...(variants.fields === 'example'
				? unnamed
				: {
						invoiceSeries: 'C26TSE',
						documentType: 'new',
						taxAuthorityCode: 'M1-26-00000001',
						providerStatus: 'accepted',
						paymentMethod: 'CK',
					}),
			buyerName: 'Khách hàng 1',
			buyerLegalName: null,
			buyerTaxCode: null,
			buyerEmail: 'buyer1@example.com',
			totalBeforeTax: 100_000,
			taxAmount: 10_000,
			totalAmount: 110_000,
			pdfUrl: `${tester.service.url}/files/DH1.pdf`,
			xmlUrl: variants.xmlUrl === 'present' ? `${tester.service.url}/files/DH1.xml` : null,
			notes: 'x',
			source: 'api',
			items: [
				{
					lineNumber: 1,
					type: 'goods',
					code: null,
					name: 'Sản phẩm A',
					unit: null,
					quantity: 1,
					unitPrice: 100_000,
					totalAmount: 100_000,
					taxRate: 10,
					taxAmount: 10_000,
				},
			],
		});
	});

	test('Get Many gives all of them, each once', async () => {
		for (let count = 0; count < 7; count++) tester.service.addInvoice();
		const rows = await tester.rows(invoiceNode('getAll', { returnAll: true }));
		expect(codes(rows).sort()).toEqual(
			data()
				.invoices.map((one) => one.reference_code)
				.sort(),
		);
		expect(rows).toMatchObject(rows.map(() => ({ totalAmount: 110_000, status: 'issued' })));
	});

	test('Download gives PDF and XML with their names', async () => {
		await tester.rows(createNode());
		const [invoice] = data().invoices;
		const download = (file: string) => invoiceNode('download', { referenceCode: 'DH1042', file });
		const { items } = await tester.run(download('pdf'));
		const [{ json, binary }] = items;
		expect(Buffer.from(binary!.data.data, 'base64').toString()).toBe(contentOf(invoice, 'pdf'));
		expect(binary!.data).toMatchObject({ mimeType: 'application/pdf', fileExtension: 'pdf' });
		const day = invoice.sent.issued_date.slice(0, 10);
		const isLinked = ['nothing', 'trackingCode'].includes(String(variants.downloadBy));
		const series = variants.fields === 'example' ? '' : '_C26TSE';
		const name = isLinked
			? `HD${series}_1_${day}.pdf`
			: `HD_0000001_${day.replaceAll('-', '')}.pdf`;
		expect(json).toEqual({ referenceCode: 'DH1042', fileNames: [name] });
		expect(binary!.data.fileName).toBe(name);
		if (variants.downloadBy === 'trackingCode') return;
		const both = (await tester.run(download('pdfAndXml'))).items[0].binary!;
		expect(Object.keys(both)).toEqual(['data', 'data_xml']);
		expect(Buffer.from(both.data_xml.data, 'base64').toString()).toBe(contentOf(invoice, 'xml'));
		expect(both.data_xml).toMatchObject({ mimeType: 'application/xml' });
	});

	test('Usage gives what is left', async () => {
		data().quota = 17;
		const usage = { resource: 'usage', operation: 'get' };
		expect(await tester.rows(usage)).toEqual([{ quotaRemaining: 17 }]);
	});

	test('Provider Account gives accounts, and templates of one', async () => {
		const resource = 'providerAccount';
		const accounts = await tester.rows({ resource, operation: 'getAll', returnAll: true });
		expect(accounts).toEqual([
			{ id: ACCOUNT, provider: 'matbao', active: true, taxAuthorityApprovedDate: '2026-01-20' },
			{
				id: data().accounts[1].id,
				provider: 'bkav',
				active: false,
				taxAuthorityApprovedDate: null,
			},
		]);
		const get = { resource, operation: 'get', providerAccountId: byId(ACCOUNT) };
		const [{ templates }] = await tester.rows(get as never);
		expect(templates).toEqual(
			[
				['1', 'C26TSE', 'Hóa đơn giá trị gia tăng'],
				['2', 'C26TSP', 'Hóa đơn bán hàng'],
				['1', 'C25TAT', 'Hóa đơn giá trị gia tăng'],
			].map(([templateCode, invoiceSeries, label]) => ({
				template: `${templateCode}/${invoiceSeries}`,
				templateCode,
				invoiceSeries,
				label: `${templateCode} - ${invoiceSeries} - ${label}`,
			})),
		);
	});

	test('Delete Draft deletes a draft, and nothing else', async () => {
		tester.service.addInvoice({ reference_code: 'D1' }, { status: 'draft' });
		tester.service.addInvoice({ reference_code: 'D2' });
		const remove = (referenceCode: string) => invoiceNode('deleteDraft', { referenceCode });
		expect(await tester.rows(remove('D1'))).toEqual([
			{ referenceCode: 'D1', deleted: true, message: 'Hóa đơn nháp đã được xóa thành công' },
		]);
		expect(await tester.failure(remove('D2'))).toEqual({
			message: 'The invoice D2 is issued',
			description: 'Only drafts can be deleted.',
		});
		expect(data().invoices.map((one) => one.reference_code)).toEqual(['D2']);
	});
});

describe('Get', () => {
	test('without Simplify gives what SePay sent', async () => {
		tester.service.addInvoice({ reference_code: 'DH1' });
		const get = invoiceNode('get', { referenceCode: 'DH1', simplify: false });
		expect(await tester.rows(get)).toMatchObject([
			{ reference_code: 'DH1', invoice_number: '1', items: [{ quantity: '1.00' }] },
		]);
	});

	test('reads a code with letters of its own', async () => {
		tester.service.addInvoice({ reference_code: 'Đơn-1%2' });
		expect(codes(await tester.rows(invoiceNode('get', { referenceCode: 'Đơn-1%2' })))).toEqual([
			'Đơn-1%2',
		]);
	});

	test('says when there is none', async () => {
		expect(await tester.failure(invoiceNode('get', { referenceCode: 'NONE' }))).toEqual({
			message: 'Not found: /v1/invoices/NONE: Không tìm thấy hóa đơn theo reference_code',
			description: 'Check the ID. It may be mistyped, deleted, or belong to another company.',
		});
	});
});

describe('Get Many', () => {
	const many = (filters: object, fields: object = {}) =>
		invoiceNode('getAll', { returnAll: true, filters, ...fields });
	const buyer = (fields: Record<string, string>) => ({ buyer: fields });
	const price = (unit_price: number) => ({
		items: [
			{
				line_number: 1,
				line_type: 1 as const,
				item_name: 'A',
				quantity: 1,
				unit_price,
				tax_rate: 0,
			},
		],
	});

	beforeEach(() => {
		const add = (code: string, sent: object, rest: Partial<Invoice> = {}) =>
			tester.service.addInvoice(
				{ reference_code: code, issued_date: '2026-02-10 09:00:00', ...sent },
				rest,
			);
		add('A-1', buyer({ name: 'Công ty Sen', tax_code: '0101234567' }));
		add('A-2', { issued_date: '2026-02-28 23:59:59' }, { status: 'draft' });
		add('B-1', { issued_date: '2026-03-01 00:00:00' }, { source: 'manual' });
		add('B-2', price(500_000), { status: 'cancelled' });
	});

	test.each<[object, string[]]>([
		[{ status: 'draft' }, ['A-2']],
		[{ status: 'cancelled' }, ['B-2']],
		[{ source: 'manual' }, ['B-1']],
		[{ buyer: 'SEN' }, ['A-1']],
		[{ buyer: '0101234567' }, ['A-1']],
		[{ referenceCode: 'A-' }, ['A-1', 'A-2']],
		[{ fromDate: '2026-02-28', toDate: '2026-02-28' }, ['A-2']],
		[{ fromDate: '2026-02-28T17:00:00Z' }, ['B-1']],
		[{ minTotal: 500_000 }, ['B-2']],
		[{ maxTotal: 499_999, fromDate: '2026-03-01' }, ['B-1']],
		[{ status: 'issued', referenceCode: 'B' }, ['B-1']],
	])('%j', async (filters, expected) => {
		for (const sourceFilter of ['known', 'ignored'] as const) {
			tester.service.variants.sourceFilter = sourceFilter;
			expect(codes(await tester.rows(many(filters))).sort()).toEqual(expected);
		}
	});

	test('Limit counts what is left', async () => {
		const limited = many({ referenceCode: 'A-' }, { returnAll: false, limit: 1 });
		expect(await tester.rows(limited)).toHaveLength(1);
	});

	test('reads page after page, once each', async () => {
		for (let count = 0; count < 230; count++) tester.service.addInvoice();
		expect(await tester.rows(many({}))).toHaveLength(234);
		expect(tester.sent().map(({ query }) => query)).toEqual(
			['1', '2', '3'].map((page) => ({ page, per_page: '100' })),
		);
	});

	test.each([
		[{ fromDate: '2026-03-01', toDate: '2026-02-01' }, 'From Date must be on or before To Date'],
		[{ minTotal: 2, maxTotal: 1 }, 'Minimum Total must be at most Maximum Total'],
		[{ minTotal: '1.5' }, 'Minimum Total must be a whole amount in VND like 500000'],
	])('refuses %j', async (filters, message) => {
		expect((await tester.failure(many(filters))).message).toBe(message);
		expect(tester.calls()).toEqual([]);
	});
});

describe('Get Job Status', () => {
	const ask = (trackingCode: unknown, job = 'create') =>
		invoiceNode('getJobStatus', { trackingCode, job });

	test('gives the invoice of a job that is done', async () => {
		const [{ trackingCode }] = await tester.rows(createNode());
		expect(await tester.rows(ask(trackingCode))).toMatchObject([
			{ trackingCode, jobStatus: 'Success', referenceCode: 'DH1042', totalAmount: 110_000 },
		]);
	});

	test('gives why a job failed, as output', async () => {
		tester.service.variants.jobErrorCode = 'error_code';
		tester.service.plans.push({ end: 'fails', message: 'Bận', errorCode: 'BUSY', afterMs: 60_000 });
		const [{ trackingCode }] = await tester.rows(createNode({ waitUntilDone: false }));
		tester.service.clock.advance(60_000);
		await waitUntil(() => data().jobs[0].status === 'Failed');
		expect(await tester.rows(ask(trackingCode))).toEqual([
			{
				trackingCode,
				jobStatus: 'Failed',
				message: 'Bận',
				errorCode: 'BUSY',
				nextRetryAt: null,
				referenceCode: 'DH1042',
			},
		]);
	});

	test('of a job of the other kind is not found', async () => {
		const [{ trackingCode }] = await tester.rows(createNode());
		const { message } = await tester.failure(ask(trackingCode, 'issue'));
		expect(message).toContain('Không tìm thấy yêu cầu');
	});
});

describe('Issue', () => {
	const issue = invoiceNode('issue', { referenceCode: 'D1' });
	const draft = () => tester.service.addInvoice({ reference_code: 'D1' }, { status: 'draft' });

	test('of what is no draft says so', async () => {
		expect(await tester.failure(issue)).toEqual({
			message: 'No invoice has the reference code D1',
			description: 'Check the reference code, or create the invoice first.',
		});
		tester.service.addInvoice({ reference_code: 'D1' }, { status: 'cancelled' });
		expect((await tester.failure(issue)).message).toBe('The invoice D1 is cancelled');
		expect(tester.calls().filter((call) => call.startsWith('POST'))).toEqual([]);
	});

	test.each(['conflict', 'notFound', 'jobFails', 'allowed'] as const)(
		'happens once when its answer is lost, and a second one is: %s',
		async (secondIssue) => {
			Object.assign(tester.service.variants, { secondIssue });
			tester.service.jobMs = 30;
			draft();
			tester.service.fault({ method: 'POST', when: 'after', answer: 'cut' });
			expect(await tester.rows(issue)).toMatchObject([{ status: 'issued', invoiceNumber: '1' }]);
			expect(data().submissions).toHaveLength(1);
		},
	);

	test('that another program has begun is waited for', async () => {
		tester.service.jobMs = 60_000;
		draft();
		const other = await fetch(`${tester.service.url}/v1/invoices/issue`, {
			method: 'POST',
			headers: {
				authorization: `Bearer ${tester.service.issueToken()}`,
				'content-type': 'application/json',
			},
			body: JSON.stringify({ reference_code: 'D1' }),
		});
		expect(other.status).toBe(200);
		tester.service.clearRequests();
		const run = tester.rows(issue);
		await waitUntil(() => tester.calls().includes('POST /invoices/issue'));
		tester.service.clock.advance(60_000);
		expect(await run).toMatchObject([{ status: 'issued', alreadyExisted: true }]);
		expect(data().submissions).toHaveLength(1);
	});

	test('that fails leaves a draft and says so', async () => {
		draft();
		tester.service.plans.push({ end: 'fails', message: 'Lỗi ký' });
		expect(await tester.failure(issue)).toEqual({
			message: 'SePay eInvoice could not issue the invoice: Lỗi ký',
			description:
				'Fix the fields named above. The invoice D1 is still a draft, so you can run this again.',
		});
		expect(await tester.rows(issue)).toMatchObject([{ status: 'issued' }]);
	});

	test.each([
		[() => (data().accounts[0].active = false), 'the tax authority has approved'],
		[() => (data().quota = 0), 'the quota of your plan is used up'],
	])('says what to do when SePay refuses', async (spoil, hint) => {
		draft();
		spoil();
		expect((await tester.failure(issue)).description).toContain(hint);
	});
});

describe('Download', () => {
	const download = (fields: object = {}) =>
		invoiceNode('download', { referenceCode: 'DH1', ...fields });

	test('puts the file where it is told', async () => {
		tester.service.addInvoice({ reference_code: 'DH1' });
		const { items } = await tester.run(download({ binaryPropertyName: 'invoice', file: 'xml' }));
		expect(Object.keys(items[0].binary!)).toEqual(['invoice']);
		expect(items[0].pairedItem).toEqual({ item: 0 });
	});

	test('of a draft, or of a file that is not there yet, says so', async () => {
		tester.service.variants.downloadBy = 'nothing';
		tester.service.addInvoice({ reference_code: 'DH1' });
		expect(await tester.failure(download({ file: 'xml' }))).toEqual({
			message: 'The invoice DH1 has no XML',
			description: 'The provider has not created it yet, or does not offer it. Try again later.',
		});
		data().invoices[0].status = 'draft';
		expect(await tester.failure(download())).toEqual({
			message: 'The invoice DH1 has no PDF',
			description:
				'Only issued invoices have files. Check the reference code, or issue the invoice first.',
		});
	});

	test('takes no page with an error for a file, nor a name that leads elsewhere', async () => {
		tester.service.addInvoice({ reference_code: 'DH1' });
		const answer = (content: string, file_name = 'a.pdf') => ({
			status: 200,
			body: {
				success: true,
				data: { file_type: 'pdf', file_name, content: Buffer.from(content).toString('base64') },
			},
		});
		tester.service.fault({ path: /download/, answer: answer('<html>Error</html>') });
		const { message } = await tester.failure(download());
		expect(message).toBe('The file of the invoice DH1 is not a valid PDF');
		tester.service.fault({ path: /download/, answer: answer('%PDF-1.4', '../../etc/HĐ 1.pdf') });
		const { items } = await tester.run(download());
		expect(items[0].json.fileNames).toEqual(['.._.._etc_HĐ_1.pdf']);
	});

	test('sends no token to the site of the file', async () => {
		tester.service.variants.downloadBy = 'nothing';
		tester.service.addInvoice({ reference_code: 'DH1' });
		await tester.run(download());
		const file = tester.service.requests.find(({ path }) => path.startsWith('/files/'))!;
		expect(file.headers.authorization).toBeUndefined();
	});
});

describe('lists', () => {
	test('Provider Accounts', async () => {
		expect(await tester.list('getProviderAccounts')).toEqual([
			{ name: `matbao (${ACCOUNT})`, value: ACCOUNT },
			{ name: `bkav (${data().accounts[1].id}, inactive)`, value: data().accounts[1].id },
		]);
		expect(await tester.list('getProviderAccounts', 'MATB')).toHaveLength(1);
	});

	test('Templates are those of the chosen account', async () => {
		const chosen = { providerAccountId: byId(ACCOUNT) };
		expect(await tester.list('getTemplates', '', chosen)).toEqual([
			{ name: '1 - C26TSE - Hóa đơn giá trị gia tăng', value: '1/C26TSE' },
			{ name: '2 - C26TSP - Hóa đơn bán hàng', value: '2/C26TSP' },
			{ name: '1 - C25TAT - Hóa đơn giá trị gia tăng', value: '1/C25TAT' },
		]);
		expect(await tester.list('getTemplates', 'bán', chosen)).toHaveLength(1);
		expect(await tester.list('getTemplates', '', { providerAccountId: byId('') })).toEqual([]);
	});
});
