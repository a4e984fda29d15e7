import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { SePayEInvoiceApi } from '../../../credentials/SePayEInvoiceApi.credentials';
import { timing } from '../../../nodes/SePayEInvoice/jobs';
import { SePayEInvoice } from '../../../nodes/SePayEInvoice/SePayEInvoice.node';
import { eInvoice } from '../../../nodes/shared/eInvoice/api';
import { eInvoiceContract } from '../../contract';
import { TestCredentials } from '../../harness/credentials';
import { testCredential } from '../../harness/credentialTest';
import { createNodeTester, type NodeTester } from '../../harness/nodeTester';
import {
	startEInvoice,
	type EInvoice,
	type EInvoiceOptions,
	type Variants,
} from '../../sandbox/eInvoice';

export { byId } from '../../harness/nodeTester';

export const credentialType = 'sePayEInvoiceApi';

export interface Tester extends NodeTester {
	service: EInvoice;
	/** Tests the credential as n8n does when it is saved, which signs in. */
	test(): ReturnType<typeof testCredential>;
	/** Changes what is stored of the credential. */
	store(fields: IDataObject): void;
	/** The calls since the last `service.clearRequests()`, as `GET /usage`; those for a token are left out. */
	calls(): string[];
	/** The same with query and body. */
	sent(): Array<{ call: string; query: Record<string, string>; body: unknown }>;
	/** How often a token was asked for since the last `service.clearRequests()`. */
	tokenCalls(): number;
}

const nodeType = new SePayEInvoice();
const type = new SePayEInvoiceApi();
const isSignIn = ({ path }: { path: string }) => path === '/v1/token';

function createTester(service: EInvoice): Tester {
	const credentials = new TestCredentials([type], {
		[credentialType]: {
			environment: 'custom',
			baseUrl: service.url,
			clientId: service.client.id,
			clientSecret: service.client.secret,
		},
	});
	const tester: Tester = {
		...createNodeTester({
			type: nodeType,
			credentials,
			credentialType,
			secrets: () => secretsOf(tester),
		}),
		service,
		test: async () => await testCredential(type, credentials),
		store: (fields) => Object.assign(credentials.store[credentialType], fields),
		calls: () => tester.sent().map(({ call }) => call),
		sent: () =>
			service.requests
				.filter((request) => !isSignIn(request))
				.map(({ method, path, query, body }) => ({
					call: `${method} ${path.replace('/v1', '')}`,
					query,
					body,
				})),
		tokenCalls: () => service.requests.filter(isSignIn).length,
	};
	return tester;
}

/** What may not be found in any output or error. */
function secretsOf({ credentials }: NodeTester): string[] {
	const { clientId, clientSecret, accessToken } = credentials.store[credentialType];
	const basic = Buffer.from(`${String(clientId)}:${String(clientSecret)}`).toString('base64');
	const parts = [clientSecret, basic, ...String(accessToken).split(' ')];
	return parts.map((part) => String(part).trim()).filter((part) => part.length > 6);
}

/**
 * A local eInvoice and a signed-in node before each test, without pace; jobs are asked after at once.
 * After it, every request that reached the API has to be as the contract says.
 */
export function useEInvoice(options: EInvoiceOptions = {}): Tester {
	const tester = {} as Tester;
	const { calls } = eInvoice.rateLimit;
	const usual = { ...timing };
	beforeAll(() => {
		eInvoice.rateLimit.calls = Infinity;
		Object.assign(timing, { checkEveryMs: 10, lookForMs: 60 });
	});
	afterAll(() => {
		eInvoice.rateLimit.calls = calls;
		Object.assign(timing, usual);
	});
	beforeEach(async () => {
		const service = await startEInvoice(options);
		Object.assign(tester, createTester(service));
		expect(await tester.test()).toEqual({ status: 'OK', message: 'Connection successful!' });
		service.clearRequests();
	});
	afterEach(async () => {
		await tester.service.close();
		for (const { method, path, query, body, rawBody } of tester.service.requests) {
			if (!path.startsWith('/v1/')) continue;
			const problems = eInvoiceContract.validateRequest(method, path, query, body);
			expect({ method, path, query, body: rawBody, problems }).toMatchObject({ problems: [] });
		}
	});
	return tester;
}

export const invoiceNode = (operation: string, fields: object = {}) =>
	({ resource: 'invoice', operation, ...fields }) as INodeParameters;

export const ACCOUNT = '0aea3134-da40-11f0-aef4-52c7e9b4f41b';

/** One item in the form. */
export const item = (fields: object = {}) => ({
	itemName: 'Cà phê',
	unit: 'ly',
	quantity: '2',
	unitPrice: '50000',
	taxRate: '10',
	...fields,
});

/** A VAT invoice of 110,000 VND, issued at once. */
export const createNode = (fields: object = {}) =>
	invoiceNode('create', {
		providerAccountId: { __rl: true, mode: 'id', value: ACCOUNT },
		template: { __rl: true, mode: 'id', value: '1/C26TSE' },
		referenceCode: 'DH1042',
		isDraft: false,
		buyerName: 'Nguyễn Văn An',
		buyerEmail: 'an@example.com',
		items: { item: [item()] },
		...fields,
	});

/** A payment as the SePay triggers put it out. */
export const payment = (fields: IDataObject = {}): IDataObject => ({
	id: 92704,
	direction: 'in',
	amount: 110_000,
	currency: 'VND',
	date: '2026-11-28T09:30:00+07:00',
	accountNumber: '0071000888888',
	bank: 'Vietcombank',
	content: 'DH1042',
	code: 'DH1042',
	...fields,
});

/** Each reading of what the documents leave open; what the node puts out is the same under each. */
export const readings: Array<[name: string, variants: Partial<Variants>]> = [
	['as the documents show', {}],
	['a reference code refused when its invoice is there', { duplicate: 'refusedWhenDone' }],
	['a reference code refused by the job', { duplicate: 'jobFails' }],
	['invoices that can be read a little later', { visibleAfterMs: 25 }],
	['a second issuance not found', { secondIssue: 'notFound' }],
	['a second issuance refused by the job', { secondIssue: 'jobFails' }],
	['status 202 for jobs', { acceptStatus: 202 }],
	['success in lists', { listEnvelope: 'success' }],
	['sums as text', { amounts: 'text' }],
	['the quota as a number', { quota: 'number' }],
	['no filter by source', { sourceFilter: 'ignored' }],
	['the oldest first', { order: 'oldestFirst' }],
	['2 rows a page at most', { maxPerPage: 2 }],
	['files by tracking code', { downloadBy: 'trackingCode' }],
	['files by reference code', { downloadBy: 'referenceCode' }],
	['files by links only', { downloadBy: 'nothing', xmlUrl: 'present' }],
	['amounts rounded line by line', { rounding: 'lines' }],
	['the fields of the examples only', { fields: 'example' }],
	['tokens that end those before', { newToken: 'endsOthers' }],
];
