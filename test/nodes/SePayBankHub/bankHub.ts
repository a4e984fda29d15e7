import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { SePayBankHubApi } from '../../../credentials/SePayBankHubApi.credentials';
import { SePayBankHub } from '../../../nodes/SePayBankHub/SePayBankHub.node';
import { bankHub } from '../../../nodes/shared/bankHub/api';
import { validateRequest } from '../../contract';
import { TestCredentials } from '../../harness/credentials';
import { testCredential } from '../../harness/credentialTest';
import { byId, createNodeTester, type NodeTester } from '../../harness/nodeTester';
import {
	BLOCKED,
	startBankHub,
	type BankHub,
	type BankHubOptions,
	type Variants,
} from '../../sandbox/bankHub';
import type { FaultAnswer } from '../../sandbox/faults';

export { byId, allTextOf } from '../../harness/nodeTester';

export const credentialType = 'sePayBankHubApi';

export interface Tester extends NodeTester {
	hub: BankHub;
	/** Tests the credential as n8n does when it is saved, which signs in. */
	test(): ReturnType<typeof testCredential>;
	/** Changes what is stored of the credential. */
	store(fields: IDataObject): void;
	/** The calls since the last `hub.clearRequests()`, as `GET /company`; those for a token are left out. */
	calls(): string[];
	/** The same with query and body. */
	sent(): Array<{ call: string; query: Record<string, string>; body: unknown }>;
	/** How often a token was asked for since the last `hub.clearRequests()`. */
	tokenCalls(): number;
}

const nodeType = new SePayBankHub();
const type = new SePayBankHubApi();
const isSignIn = ({ path }: { path: string }) => path === '/v1/token';

function createTester(hub: BankHub): Tester {
	const credentials = new TestCredentials([type], {
		[credentialType]: {
			environment: 'custom',
			baseUrl: hub.url,
			clientId: hub.client.id,
			clientSecret: hub.client.secret,
		},
	});
	const tester: Tester = {
		...createNodeTester({
			type: nodeType,
			credentials,
			credentialType,
			secrets: () => secretsOf(tester),
		}),
		hub,
		test: async () => await testCredential(type, credentials),
		store: (fields) => Object.assign(credentials.store[credentialType], fields),
		calls: () => tester.sent().map(({ call }) => call),
		sent: () =>
			hub.requests
				.filter((request) => !isSignIn(request))
				.map(({ method, path, query, body }) => ({
					call: `${method} ${path.slice('/v1'.length)}`,
					query,
					body,
				})),
		tokenCalls: () => hub.requests.filter(isSignIn).length,
	};
	return tester;
}

/** The access token that n8n has stored. */
export function tokenOf({ credentials }: NodeTester): string {
	return String(credentials.store[credentialType].accessToken).split(' ')[1];
}

/** What may not be found in any output or error. */
function secretsOf({ credentials }: NodeTester): string[] {
	const { clientId, clientSecret, accessToken } = credentials.store[credentialType];
	const basic = Buffer.from(`${String(clientId)}:${String(clientSecret)}`).toString('base64');
	const parts = [clientSecret, basic, ...String(accessToken).split(' ')];
	return parts.map((part) => String(part).trim()).filter((part) => part.length > 6);
}

/**
 * A local Bank Hub and a signed-in Bank Hub node before each test, without pace. After it, every
 * request that reached it has to be as the contract says.
 */
export function useBankHubTester(options: BankHubOptions = {}): Tester {
	const tester = {} as Tester;
	const { calls } = bankHub.rateLimit;
	beforeAll(() => {
		bankHub.rateLimit.calls = Infinity;
	});
	afterAll(() => {
		bankHub.rateLimit.calls = calls;
	});
	beforeEach(async () => {
		const hub = await startBankHub({ companies: 5, bankAccounts: 6, transactions: 0, ...options });
		Object.assign(tester, createTester(hub));
		expect(await tester.test()).toEqual({ status: 'OK', message: 'Connection successful!' });
		hub.clearRequests();
	});
	afterEach(async () => {
		await tester.hub.close();
		for (const { method, path, query, body, rawBody } of tester.hub.requests) {
			const problems = validateRequest(method, path, query, body);
			expect({ method, path, query, body: rawBody, problems }).toMatchObject({ problems: [] });
		}
	});
	return tester;
}

const png = Buffer.from('89504e470d0a1a0a00', 'hex').toString('base64');
/** What Merchant: Upload Logo takes. */
export const binary = { data: { data: png, mimeType: 'image/png', fileName: 'logo.png' } };

export const UNKNOWN = '00000000-0000-4000-8000-000000000000';

/** Parameters of one operation. */
export const node = (resource: string, operation: string, fields: object = {}) =>
	({ resource, operation, ...fields }) as INodeParameters;

/**
 * Every operation, by its name in the editor, with what Bank Hub takes; of link tokens the newest, and
 * one that is not there when there is none.
 */
export function operations({ hub: { data } }: Tester): Array<[string, INodeParameters]> {
	const companyId = byId(data.companies[0].xid);
	const bankAccountId = byId(data.bankAccounts[0].xid);
	const { link_token: linkToken, xid } = data.linkTokens.at(-1) ?? {
		link_token: UNKNOWN,
		xid: UNKNOWN,
	};
	const transactionId = data.transactions[0]?.transaction_id ?? UNKNOWN;
	const updateFields = { transactionAllowance: '7' };
	const test = { bankAccountId, amount: 1000, content: 'DH1' };
	const webhookUrl = 'https://n8n.example.com/webhook';
	return [
		['Bank Account: Get', node('bankAccount', 'get', { bankAccountId })],
		['Bank Account: Get Many', node('bankAccount', 'getAll')],
		['Company: Create', node('company', 'create', { fullName: 'Hoa Sen' })],
		['Company: Get', node('company', 'get', { companyId })],
		['Company: Get Many', node('company', 'getAll')],
		['Company: Get Transaction Counts', node('company', 'getCounts', { companyId })],
		['Company: Update', node('company', 'update', { companyId, updateFields })],
		['Link Token: Create', node('linkToken', 'create', { companyId })],
		['Link Token: Get', node('linkToken', 'get', { linkToken })],
		['Link Token: Revoke', node('linkToken', 'revoke', { xid })],
		['Merchant: Get Configuration', node('merchant', 'get')],
		['Merchant: Get Transaction Counts', node('merchant', 'getCounts')],
		['Merchant: Update', node('merchant', 'update', { updateFields: { hostedLinkCss: 'a {}' } })],
		['Merchant: Upload Logo', node('merchant', 'uploadLogo')],
		['Transaction: Create Test Transaction', node('transaction', 'createTest', test)],
		['Transaction: Get', node('transaction', 'get', { transactionId })],
		['Transaction: Get Many', node('transaction', 'getAll')],
		['Webhook: Get', node('webhook', 'get')],
		['Webhook: Set', node('webhook', 'set', { webhookUrl, secretKey: 'whsec-0123456789-abcdef' })],
	];
}

export const isRead = ([name]: [string, INodeParameters]) => name.includes(': Get');

/** The forms in which Bank Hub may answer; the node's simplified output is the same under each. */
export const answerForms: Array<[name: string, variants: Partial<Variants>]> = [
	['as the documents show', {}],
	['flags and counts as numbers', { flags: 'number' }],
	['flags and counts as text', { flags: 'text' }],
	['amounts as numbers', { amounts: 'number' }],
	['amounts as text', { amounts: 'text' }],
	['credit and debit', { directions: 'creditDebit' }],
	['a page size of its own', { pageSizeName: 'limit' }],
	['2 rows a page at most', { maxPerPage: 2 }],
	['status 200 for every POST', { postStatus: 200 }],
	['status 202 for every POST', { postStatus: 202 }],
	['lists without counts', { meta: 'missing', maxPerPage: 2 }],
	['lists of one page more than they say', { pageCount: 'oneTooFew', maxPerPage: 2 }],
	['pages counted for the size that was asked for', { pageCount: 'ofAskedSize', maxPerPage: 2 }],
	['addresses as a browser writes them', { webhookAddress: 'normalized' }],
	['times with T', { times: 'T' }],
	['times with a zone', { times: 'zoned' }],
	['times with a zone without a colon', { times: 'zonedShort' }],
	['times in UTC', { times: 'utc', days: 'utc' }],
	['times in UTC with microseconds', { times: 'utcFraction' }],
	['empty text for nothing', { nothing: 'emptyText' }],
	['the status under error', { successError: 'status' }],
	['a webhook that needs a secret', { webhookSecret: 'required' }],
	['a webhook that keeps what is not sent', { webhookUpdate: 'merges' }],
];

/** How reading back what was written may fail. */
export const unreadable: Array<[string, FaultAnswer]> = [
	['403', { status: 403, body: { code: 403, message: 'Không được phép' } }],
	['404', { status: 404, body: { code: 404, message: 'Không tìm thấy' } }],
	['500', { status: 500, body: { code: 500, message: 'Lỗi hệ thống' } }],
	['the page that blocks n8n', BLOCKED],
	['a web page', { ...BLOCKED, status: 200 }],
	['no object', { status: 200, body: { data: null } }],
];

/** The rows as the API lists them, the newest first. */
export const newestFirst = <T>(rows: T[]): T[] => [...rows].reverse();

/** Vietnam time as Simplify gives it. */
export const iso = (time: string | null) => time && `${time.replace(' ', 'T')}+07:00`;
