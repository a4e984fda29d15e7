import type { IDataObject } from 'n8n-workflow';
import { waitUntil } from '../../sandbox/testing';
import {
	ACCOUNT,
	byId,
	createNode,
	invoiceNode,
	item,
	payment,
	readings,
	useEInvoice,
} from './eInvoice';

const tester = useEInvoice();
const data = () => tester.service.data;

const issued = {
	jobStatus: 'Success',
	referenceCode: 'DH1042',
	invoiceNumber: '1',
	status: 'issued',
	buyerName: 'Nguyễn Văn An',
	buyerEmail: 'an@example.com',
	totalBeforeTax: 100_000,
	taxAmount: 10_000,
	totalAmount: 110_000,
};

describe.each(readings)('%s', (_name, variants) => {
	beforeEach(() => Object.assign(tester.service.variants, variants));

	test('creates an invoice that is issued, and gives it', async () => {
		expect(await tester.rows(createNode())).toEqual([
			expect.objectContaining({ ...issued, alreadyExisted: false }),
		]);
		expect(data().submissions).toEqual([{ reference_code: 'DH1042', number: 1 }]);
	});

	test('gives the same invoice in a second run, and says so', async () => {
		await tester.rows(createNode());
		tester.service.clock.advance(60_000);
		tester.service.clearRequests();
		expect(await tester.rows(createNode())).toEqual([
			expect.objectContaining({ ...issued, alreadyExisted: true, trackingCode: null }),
		]);
		expect(tester.calls()).toEqual(['GET /invoices/DH1042']);
		expect(data().submissions).toHaveLength(1);
	});

	test('makes a draft, which nobody has got, and issues it later', async () => {
		const draft = { status: 'draft', invoiceNumber: null, alreadyExisted: false };
		expect(await tester.rows(createNode({ isDraft: true }))).toMatchObject([draft]);
		expect(data().submissions).toEqual([]);
		tester.service.clock.advance(60_000);
		const issue = invoiceNode('issue', { referenceCode: 'DH1042' });
		expect(await tester.rows(issue)).toMatchObject([{ ...issued, alreadyExisted: false }]);
		expect(await tester.rows(issue)).toMatchObject([{ ...issued, alreadyExisted: true }]);
		expect(data().submissions).toHaveLength(1);
	});

	test('is not done twice when the answer is lost', async () => {
		tester.service.jobMs = 30;
		tester.service.fault({
			method: 'POST',
			path: '/v1/invoices/create',
			when: 'after',
			answer: 'cut',
		});
		expect(await tester.rows(createNode())).toMatchObject([issued]);
		expect(data().submissions).toHaveLength(1);
	});

	test('two items with one reference code make one invoice', async () => {
		const { rows } = await tester.run(createNode(), { input: [{}, {}] });
		expect(rows).toMatchObject([
			{ ...issued, alreadyExisted: false },
			{ ...issued, alreadyExisted: true },
		]);
		expect(data().submissions).toHaveLength(1);
	});
});

test('two items with one reference code make one invoice where SePay takes it twice', async () => {
	Object.assign(tester.service, { jobMs: 30 });
	Object.assign(tester.service.variants, { duplicate: 'allowed', secondIssue: 'allowed' });
	const { rows } = await tester.run(createNode(), { input: [{}, {}] });
	expect(rows).toMatchObject([{ alreadyExisted: false }, { alreadyExisted: true }]);
	expect(data().submissions).toHaveLength(1);
});

describe('what is sent', () => {
	const sentBody = () =>
		tester.sent().find(({ call }) => call === 'POST /invoices/create')?.body as IDataObject;

	test('is what was filled in, and the time in Vietnam', async () => {
		await tester.rows(
			createNode({
				items: {
					item: [
						item({ itemCode: 'CF1', discountPercent: '12.5' }),
						item({
							itemName: 'Trà',
							quantity: '1.50',
							unitPrice: '33333.33',
							discountAmount: '100',
						}),
						{ lineType: 2, itemName: 'Ly giữ nhiệt', quantity: '1', taxRate: '0' },
						{ lineType: 3, itemName: 'Khách quen', taxRate: '8', invoiceDiscountAmount: '1000' },
						{ lineType: 4, itemName: 'Cảm ơn quý khách' },
					],
				},
				buyerTaxCode: ' 0101234567-001 ',
				buyerAddress: '12A Núi Thành',
				additionalFields: {
					buyerType: 'company',
					buyerLegalName: 'CÔNG TY ABC',
					buyerPhone: '0900000000',
					buyerCode: 'KH-1',
					buyerNationalId: '001234567890',
					issuedDate: '2026-11-28T01:30:00Z',
					notes: 'Đơn DH1042',
					paymentMethod: 'TM/CK',
					sellerStoreCode: 'Q1',
					sellerStoreName: 'Quận 1',
				},
			}),
		);
		expect(sentBody()).toEqual({
			provider_account_id: ACCOUNT,
			template_code: '1',
			invoice_series: 'C26TSE',
			reference_code: 'DH1042',
			is_draft: false,
			currency: 'VND',
			issued_date: '2026-11-28 08:30:00',
			payment_method: 'TM/CK',
			notes: 'Đơn DH1042',
			seller_store_code: 'Q1',
			seller_store_name: 'Quận 1',
			buyer: {
				name: 'Nguyễn Văn An',
				email: 'an@example.com',
				type: 'company',
				legal_name: 'CÔNG TY ABC',
				tax_code: '0101234567-001',
				address: '12A Núi Thành',
				phone: '0900000000',
				buyer_code: 'KH-1',
				national_id: '001234567890',
			},
			items: [
				{
					line_number: 1,
					line_type: 1,
					item_name: 'Cà phê',
					item_code: 'CF1',
					unit: 'ly',
					quantity: 2,
					unit_price: 50_000,
					tax_rate: 10,
					discount_tax: 12.5,
				},
				{
					line_number: 2,
					line_type: 1,
					item_name: 'Trà',
					unit: 'ly',
					quantity: 1.5,
					unit_price: 33_333.33,
					tax_rate: 10,
					discount_amount: 100,
				},
				{ line_number: 3, line_type: 2, item_name: 'Ly giữ nhiệt', quantity: 1, tax_rate: 0 },
				{
					line_number: 4,
					line_type: 3,
					item_name: 'Khách quen',
					tax_rate: 8,
					before_discount_and_tax_amount: 1000,
				},
				{ line_number: 5, line_type: 4, item_name: 'Cảm ơn quý khách' },
			],
		});
	});

	test('is by default paid by bank transfer, now, without what was left empty', async () => {
		await tester.rows(
			createNode({ template: byId('2/C26TSP'), items: { item: [item({ taxRate: '' })] } }),
		);
		const { issued_date, ...body } = sentBody();
		const age = Date.now() - Date.parse(`${String(issued_date).replace(' ', 'T')}+07:00`);
		expect(age).toBeGreaterThanOrEqual(0);
		expect(age).toBeLessThan(60_000);
		expect(body).toMatchObject({ payment_method: 'CK', template_code: '2' });
		expect(Object.keys(body)).not.toContain('total_amount');
	});

	test.each([
		['text', (items: unknown) => JSON.stringify(items)],
		['an expression', () => '={{ $json.lines }}'],
	])('takes the items as JSON: %s', async (_name, given) => {
		const lines = [
			{ item_name: 'Cà phê', quantity: 2, unit_price: 50_000, tax_rate: 10 },
			{ line_type: 4, item_name: 'Cảm ơn' },
		];
		const fields = { specifyItems: 'json', itemsJson: given(lines), items: {} };
		await tester.rows(createNode(fields), { input: [{ lines }] });
		expect(sentBody().items).toEqual([
			{
				line_number: 1,
				line_type: 1,
				item_name: 'Cà phê',
				quantity: 2,
				unit_price: 50_000,
				tax_rate: 10,
			},
			{ line_number: 2, line_type: 4, item_name: 'Cảm ơn' },
		]);
	});

	test('a total that is given is printed as such, when the items add up to it', async () => {
		const fields = {
			items: { item: [item({ quantity: '3', unitPrice: '33333.33' })] },
			additionalFields: { totalAmount: 110_001 },
		};
		expect(await tester.rows(createNode(fields))).toMatchObject([{ totalAmount: 110_001 }]);
	});
});

describe('the reference code', () => {
	const fromPayment = createNode({ referenceCode: '' });

	test.each([
		['a payment that a trigger put out', payment(), 'SEPAY-92704'],
		[
			'one of the API for a token',
			payment({ id: 'b2d0a4e6-0000-4000-8000-000000000001' }),
			'SEPAY-b2d0a4e6-0000-4000-8000-000000000001',
		],
		[
			'one as SePay delivers it',
			{ id: 92704, transferType: 'in', transferAmount: 110_000 },
			'SEPAY-92704',
		],
	])('is made from %s', async (_name, input, code) => {
		expect(await tester.rows(fromPayment, { input: [input] })).toMatchObject([
			{ referenceCode: code, alreadyExisted: false },
		]);
		expect(await tester.rows(fromPayment, { input: [input] })).toMatchObject([
			{ referenceCode: code, alreadyExisted: true },
		]);
	});

	test.each([
		['a row of a table', { id: 5, amount: 110_000 }],
		['a row with a direction', { id: 5, amount: 110_000, direction: 'in' }],
		['money sent', payment({ direction: 'out' })],
		['a test send', payment({ id: 0 })],
		['nothing', {}],
	])('has to be given with %s', async (_name, input) => {
		const { message, description } = await tester.failure(fromPayment, { input: [input] });
		expect(message).toBe('Reference Code must be filled in');
		expect(description).toContain('is not an incoming payment');
		expect(tester.calls()).toEqual([]);
	});

	test('of an invoice for another amount is refused before anything is sent', async () => {
		await tester.rows(createNode());
		tester.service.clearRequests();
		const other = createNode({ items: { item: [item({ quantity: '3' })] } });
		expect(await tester.failure(other)).toEqual({
			message:
				'The reference code DH1042 belongs to an invoice for 110000 VND; this one is for 165000 VND',
			description: 'Use a different reference code for each sale.',
		});
		expect(tester.calls()).toEqual(['GET /invoices/DH1042']);
	});

	test('of a cancelled invoice is refused', async () => {
		await tester.rows(createNode());
		data().invoices[0].status = 'cancelled';
		const { message } = await tester.failure(createNode());
		expect(message).toBe('The reference code DH1042 belongs to a cancelled invoice');
		expect(data().submissions).toHaveLength(1);
	});

	test('of a draft that was left behind has the draft issued', async () => {
		await tester.rows(createNode({ isDraft: true }));
		expect(await tester.rows(createNode())).toMatchObject([issued]);
		expect(data().submissions).toHaveLength(1);
		expect(data().invoices).toHaveLength(1);
	});

	test('that SePay replaces by its own is told', async () => {
		tester.service.variants.referenceCode = 'replaced';
		const [row] = await tester.rows(createNode());
		expect(row).toMatchObject({
			status: 'issued',
			referenceCode: data().invoices[0].reference_code,
		});
		expect(row.message).toBe(
			`SePay gave the invoice the reference code ${String(row.referenceCode)} instead of DH1042. A second run would not find it.`,
		);
	});
});

test('a total of SePay that is another one is told, and the invoice given', async () => {
	const invoice = {
		reference_code: 'DH1042',
		invoice_number: '7',
		status: 'issued',
		issued_date: '2026-11-28',
		buyer: {},
		total_amount: 120_000,
	};
	const job = { reference_code: 'DH1042', status: 'Success', message: '', invoice };
	const answer = { status: 200, body: { success: true, data: job } };
	tester.service.fault({ path: /check/, answer });
	expect(await tester.rows(createNode())).toMatchObject([
		{
			invoiceNumber: '7',
			totalAmount: 120_000,
			message: "SePay's total is 120000 VND, but the items add up to 110000 VND.",
		},
	]);
});

describe('a job', () => {
	test('that takes its time is waited for', async () => {
		tester.service.jobMs = 60_000;
		const given = tester.rows(createNode());
		await waitUntil(() => tester.calls().filter((call) => call.includes('/check/')).length > 2);
		tester.service.clock.advance(60_000);
		expect(await given).toMatchObject([issued]);
	});

	test('is not waited for longer than Timeout says, and can be asked after', async () => {
		tester.service.plans.push({ end: 'stays' });
		const [row] = await tester.rows(createNode({ options: { timeout: 1 } }));
		expect(row).toEqual({
			jobStatus: 'Pending',
			trackingCode: data().jobs[0].tracking_code,
			alreadyExisted: false,
			message: 'Đang xử lý',
			referenceCode: 'DH1042',
		});
		const ask = invoiceNode('getJobStatus', { job: 'create', trackingCode: row.trackingCode });
		expect(await tester.rows(ask)).toMatchObject([
			{ jobStatus: 'Pending', referenceCode: 'DH1042' },
		]);
	});

	test('is not waited for without Wait Until Done', async () => {
		tester.service.jobMs = 60_000;
		const parameters = createNode({ waitUntilDone: '={{ "false" }}' });
		expect(await tester.rows(parameters)).toMatchObject([
			{ jobStatus: 'Pending', trackingCode: data().jobs[0].tracking_code },
		]);
	});

	test('that stays does not hold up other items', async () => {
		tester.service.plans.push({ end: 'stays' });
		const input = ['A', 'B', 'C'].map((code) => ({ code }));
		const parameters = createNode({ referenceCode: '={{ $json.code }}', options: { timeout: 1 } });
		const { rows } = await tester.run(parameters, { input });
		expect(rows.map(({ jobStatus }) => jobStatus)).toEqual(['Pending', 'Success', 'Success']);
		// The others are sent before it is given up.
		const { tracking_code } = data().jobs.find(({ reference_code }) => reference_code === 'A')!;
		const check = `GET /invoices/create/check/${tracking_code}`;
		const [sent, checked] = ['POST /invoices/create', check].map((call) =>
			tester.calls().lastIndexOf(call),
		);
		expect(sent).toBeLessThan(checked);
	});

	test('that fails says why, and that there is no invoice', async () => {
		data().unknownTaxCodes.push('0101234567');
		const fields = { buyerTaxCode: '0101234567' };
		expect(await tester.failure(createNode(fields))).toEqual({
			message:
				'SePay eInvoice could not create the invoice: Mã số thuế người mua không hợp lệ: 0101234567',
			description:
				'Fix the fields named above. No invoice has the reference code DH1042, so you can run this again.',
		});
		expect(await tester.rows(createNode())).toMatchObject([issued]);
	});

	test.each(['draft', 'issued'] as const)(
		'that fails and leaves an invoice all the same: %s',
		async (leaves) => {
			tester.service.plans.push({ end: 'fails', leaves });
			expect(await tester.rows(createNode())).toMatchObject([issued]);
			expect(data().submissions).toHaveLength(1);
			expect(data().invoices).toHaveLength(1);
		},
	);

	test('whose reference code cannot be used again after it failed is told in the second run', async () => {
		tester.service.variants.failedReference = 'taken';
		tester.service.plans.push({ end: 'fails' });
		await tester.failure(createNode());
		const { message, description } = await tester.failure(createNode({ options: { timeout: 1 } }));
		expect(message).toContain('Hệ thống đã ghi nhận hoá đơn cho mã tham chiếu này.');
		expect(description).toContain('use another reference code');
	});

	test('that SePay repeats by itself is waited for', async () => {
		tester.service.plans.push({ end: 'succeeds', afterMs: 60, retries: 2 });
		expect(await tester.rows(createNode())).toMatchObject([issued]);
	});

	test.each([
		['QUOTA_EXCEEDED', 'the quota of your plan is used up'],
		['QUOTA_HAS_BEEN_USERD_UP', 'the quota of your plan is used up'],
	] as const)('above the quota is refused: %s', async (quotaError, hint) => {
		tester.service.variants.quotaError = quotaError;
		data().quota = 0;
		const { message, description } = await tester.failure(createNode());
		expect(message).toBe('SePay eInvoice denied access: Hết hạn ngạch phát hành hóa đơn điện tử');
		expect(description).toContain(hint);
		expect(await tester.rows(createNode({ isDraft: true }))).toMatchObject([{ status: 'draft' }]);
	});

	test('above the quota fails later', async () => {
		Object.assign(tester.service.variants, { quotaError: 'jobFails', jobErrorCode: 'error_code' });
		data().quota = 0;
		const { message, description } = await tester.failure(createNode());
		expect(message).toBe('SePay eInvoice could not create the invoice: Hết hạn mức');
		expect(description).toContain('the quota of your plan is used up');
		expect(description).toContain('No invoice has the reference code DH1042');
	});

	test('for a series that is closed fails with what to do', async () => {
		tester.service.variants.jobErrorCode = 'error_code';
		const { message, description } = await tester.failure(
			createNode({ template: byId('1/C25TAT') }),
		);
		expect(message).toContain('Ký hiệu C25TAT đã đóng');
		expect(description).toContain('The series may have been closed');
	});
});

test('an invoice that another program is creating is waited for', async () => {
	tester.service.jobMs = 60_000;
	await tester.rows(createNode({ waitUntilDone: false }));
	tester.service.clearRequests();
	const run = tester.rows(createNode());
	await waitUntil(() => tester.calls().includes('POST /invoices/create'));
	tester.service.clock.advance(60_000);
	expect(await run).toMatchObject([{ ...issued, alreadyExisted: true, trackingCode: null }]);
	expect(data().submissions).toHaveLength(1);
});

describe('an answer that leaves open what was done', () => {
	const path = '/v1/invoices/create';

	test.each(['cut', 'cutShort', 'halfJson'] as const)(
		'%s, when the invoice was created',
		async (answer) => {
			tester.service.fault({ method: 'POST', path, when: 'after', answer });
			expect(await tester.rows(createNode())).toMatchObject([issued]);
			expect(data().submissions).toHaveLength(1);
			expect(tester.calls().filter((call) => call.startsWith('POST'))).toHaveLength(1);
		},
	);

	test.each(['cut', { status: 502, body: '<html>' }, { status: 504, body: {} }] as const)(
		'%j, when it was not: the invoice is looked for, then sent again',
		async (answer) => {
			tester.service.fault({ method: 'POST', path, answer });
			expect(await tester.rows(createNode())).toMatchObject([issued]);
			const calls = tester.calls();
			const posts = calls.flatMap((call, index) => (call.startsWith('POST') ? [index] : []));
			expect(posts).toHaveLength(2);
			expect(calls.slice(posts[0] + 1, posts[1])).toContain('GET /invoices/DH1042');
		},
	);

	test('500, which SePay calls not created, is told after a look', async () => {
		const body = { success: false, error: { code: 'SIGN_ERROR', message: 'Lỗi ký' } };
		tester.service.fault({ method: 'POST', path, answer: { status: 500, body } });
		const { message } = await tester.failure(createNode());
		expect(message).toBe('SePay eInvoice returned an error (HTTP 500): Lỗi ký');
		expect(tester.calls().filter((call) => call.startsWith('POST'))).toHaveLength(1);
		expect(tester.calls().at(-1)).toBe('GET /invoices/DH1042');
	});

	test('is told when it never changes', async () => {
		tester.service.fault({ method: 'POST', path, answer: 'cut', times: Infinity });
		const { message } = await tester.failure(createNode());
		expect(message).toBe('The connection to SePay eInvoice was lost before it responded');
		expect(tester.calls().filter((call) => call.startsWith('POST'))).toHaveLength(3);
	});

	test('nothing is sent when SePay cannot tell whether there is an invoice', async () => {
		tester.service.fault({ method: 'GET', answer: { status: 500, body: {} }, times: Infinity });
		await tester.failure(createNode());
		expect(tester.calls()).toEqual(['GET /invoices/DH1042']);
	});
});
