import type { INodeParameters } from 'n8n-workflow';
import type { FaultAnswer } from '../../sandbox/faults';
import { ACCOUNT, byId, createNode, invoiceNode, useEInvoice } from './eInvoice';

const tester = useEInvoice();

/** Every operation, with what SePay takes. */
const operations: Array<[string, INodeParameters]> = [
	['Invoice: Create', createNode()],
	['Invoice: Delete Draft', invoiceNode('deleteDraft', { referenceCode: 'D1' })],
	['Invoice: Download', invoiceNode('download', { referenceCode: 'DH1' })],
	['Invoice: Get', invoiceNode('get', { referenceCode: 'DH1' })],
	['Invoice: Get Job Status', invoiceNode('getJobStatus', { trackingCode: 'x', job: 'create' })],
	['Invoice: Get Many', invoiceNode('getAll', { returnAll: true })],
	['Invoice: Issue', invoiceNode('issue', { referenceCode: 'D1' })],
	[
		'Provider Account: Get',
		{ resource: 'providerAccount', operation: 'get', providerAccountId: byId(ACCOUNT) },
	],
	['Provider Account: Get Many', { resource: 'providerAccount', operation: 'getAll' }],
	['Usage: Get', { resource: 'usage', operation: 'get' }],
];

beforeEach(() => {
	tester.service.addInvoice({ reference_code: 'DH1' });
	tester.service.addInvoice({ reference_code: 'D1' }, { status: 'draft' });
});

const answers: Array<[string, FaultAnswer, string]> = [
	[
		'a web page',
		{ status: 200, body: '<html>', contentType: 'text/html' },
		'returned a web page instead of',
	],
	['nothing', { status: 200, body: '' }, 'returned an empty response instead of'],
	['no data', { status: 200, body: { success: true, data: null } }, 'returned nothing instead of'],
	[
		'a refusal with status 200',
		{
			status: 200,
			body: { success: false, error: { code: 'BILLING_IS_UNPAID', message: 'Chưa trả' } },
		},
		'rejected the request (HTTP 200): Chưa trả',
	],
	[
		'a refusal',
		{
			status: 422,
			body: { success: false, error: { code: 'BILLING_IS_UNPAID', message: 'Chưa trả' } },
		},
		'rejected the request (HTTP 422): Chưa trả',
	],
	[
		'a rest too long to wait',
		{ status: 429, headers: { 'retry-after': '3600' }, body: { success: false } },
		'The rate limit of SePay eInvoice is reached',
	],
];

describe.each(operations)('%s', (name, parameters) => {
	test.each(answers)(
		'that is answered with %s makes a readable error',
		async (_name, answer, words) => {
			tester.service.fault({ path: /^\/v1\/(?!token)/, answer, times: Infinity });
			const { message, description } = await tester.failure(parameters);
			expect(message).toContain('SePay eInvoice ');
			expect(message).toContain(words);
			if (words.includes('Chưa trả')) expect(description).toContain('open bill');
			expect(tester.service.data.submissions).toEqual([]);
		},
	);

	test('that fails goes on with its item, when it is to', async () => {
		const answer = { status: 422, body: { success: false, error: { code: 'X', message: 'Sai' } } };
		tester.service.fault({ path: /^\/v1\/(?!token)/, answer, times: Infinity });
		const { items } = await tester.run(parameters, {
			input: [{}, {}],
			onError: 'continueRegularOutput',
		});
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(items.map(({ json }) => String(json.error))).toEqual(
			Array(2).fill(expect.stringContaining('Sai')),
		);
		expect(name).toBeTruthy();
	});
});

describe('what cannot be sent is refused before anything is', () => {
	test.each<[string, INodeParameters, string]>([
		...['get', 'issue', 'download', 'deleteDraft'].flatMap((operation) =>
			['={{ "" }}', ' ', 'a b', 'a/../b', 'a?b', 'x'.repeat(101)].map(
				(referenceCode): [string, INodeParameters, string] => [
					`${operation} of "${referenceCode.slice(0, 9)}"`,
					invoiceNode(operation, { referenceCode }),
					'Reference Code must be',
				],
			),
		),
		[
			'a job without its tracking code',
			invoiceNode('getJobStatus', { trackingCode: '={{ "" }}', job: 'create' }),
			'Tracking Code must be a code like',
		],
		[
			'an account',
			createNode({ providerAccountId: byId('={{ "abc" }}') }),
			'Provider Account must be an ID like',
		],
		[
			'no account',
			createNode({ providerAccountId: byId('={{ "" }}') }),
			'Provider Account must be filled in',
		],
		[
			'a template',
			createNode({ template: byId('={{ "C26TSE" }}') }),
			'Template must be a template like 1/C26TSE',
		],
		[
			'a reference code',
			createNode({ referenceCode: 'DH 1042' }),
			'Reference Code must be a code like',
		],
		['a tax code', createNode({ buyerTaxCode: '123' }), 'Buyer Tax Code must be 10 digits'],
		[
			'a time',
			createNode({ additionalFields: { issuedDate: 'soon' } }),
			'Issued Date must be a time like 2026-01-31 09:30',
		],
		[
			'a total',
			createNode({ additionalFields: { totalAmount: '110.000' } }),
			'Total Amount must be a whole amount in VND',
		],
		[
			'a timeout',
			createNode({ options: { timeout: 0 } }),
			'Timeout (Seconds) must be a whole number of seconds from 1 to 3600',
		],
		[
			'a timeout as text',
			createNode({ options: { timeout: '={{ "1h" }}' } }),
			'Timeout (Seconds) must be a whole number of seconds from 1 to 3600',
		],
		[
			'a filter',
			invoiceNode('getAll', { filters: { fromDate: '={{ "x" }}' } }),
			'From Date must be a date like 2026-01-31',
		],
	])('%s', async (_name, parameters, message) => {
		expect((await tester.failure(parameters)).message).toContain(message);
		expect(tester.calls()).toEqual([]);
	});
});

test.each([
	['2026-11-28', '2026-11-28 00:00:00'],
	['2026-11-28T09:30', '2026-11-28 09:30:00'],
	['2026-11-28 09:30:15', '2026-11-28 09:30:15'],
	['2026-11-27T20:00:00.000Z', '2026-11-28 03:00:00'],
	['2026-11-28T09:30:00+07:00', '2026-11-28 09:30:00'],
	['={{ DateTime.fromISO("2026-11-27T20:00:00Z") }}', '2026-11-28 03:00:00'],
])('Issued Date %s is sent as %s', async (issuedDate, sent) => {
	await tester.rows(createNode({ additionalFields: { issuedDate } }));
	const post = tester.sent().find(({ call }) => call.startsWith('POST'))!;
	expect(post.body).toMatchObject({ issued_date: sent });
});

test('an amount of the tools of an AI agent may be text', async () => {
	const fields = { additionalFields: { totalAmount: '={{ "110000" }}' } };
	expect(await tester.rows(createNode(fields))).toMatchObject([{ totalAmount: 110_000 }]);
});
