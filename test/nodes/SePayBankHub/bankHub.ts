import type { IDataObject } from 'n8n-workflow';
import { SePayBankHubApi } from '../../../credentials/SePayBankHubApi.credentials';
import { SePayBankHub } from '../../../nodes/SePayBankHub/SePayBankHub.node';
import { bankHub } from '../../../nodes/shared/bankHub';
import { validateRequest } from '../../contract';
import { nodeBench, type NodeBench } from '../../harness/bench';
import { TestCredentials } from '../../harness/credentials';
import { testCredential } from '../../harness/credentialTest';
import {
	startBankHub,
	type BankHub,
	type BankHubOptions,
	type Variants,
} from '../../sandbox/bankHub';

export { byId, everyWordOf } from '../../harness/bench';

export const credentialType = 'sePayBankHubApi';

export interface Bench extends NodeBench {
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

function benchOn(hub: BankHub): Bench {
	const credentials = new TestCredentials([type], {
		[credentialType]: {
			environment: 'custom',
			baseUrl: hub.url,
			clientId: hub.client.id,
			clientSecret: hub.client.secret,
		},
	});
	const bench: Bench = {
		...nodeBench({ type: nodeType, credentials, credentialType, secrets: () => secretsOf(bench) }),
		hub,
		test: async () => await testCredential(type, credentials),
		store: (fields) => Object.assign(credentials.store[credentialType], fields),
		calls: () => bench.sent().map(({ call }) => call),
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
	return bench;
}

/** The access token that n8n has stored. */
export function tokenOf({ credentials }: NodeBench): string {
	return String(credentials.store[credentialType].accessToken).split(' ')[1];
}

/** What may not be found in any output or error. */
function secretsOf({ credentials }: NodeBench): string[] {
	const { clientId, clientSecret, accessToken } = credentials.store[credentialType];
	const basic = Buffer.from(`${String(clientId)}:${String(clientSecret)}`).toString('base64');
	const parts = [clientSecret, basic, ...String(accessToken).split(' ')];
	return parts.map((part) => String(part).trim()).filter((part) => part.length > 6);
}

/**
 * A local Bank Hub and a signed-in Bank Hub node before each test, without pace. After it, every
 * request that reached it has to be as the contract says.
 */
export function useHub(options: BankHubOptions = {}): Bench {
	const bench = {} as Bench;
	const { calls } = bankHub.pace;
	beforeAll(() => {
		bankHub.pace.calls = Infinity;
	});
	afterAll(() => {
		bankHub.pace.calls = calls;
	});
	beforeEach(async () => {
		const hub = await startBankHub({ companies: 5, bankAccounts: 6, transactions: 0, ...options });
		Object.assign(bench, benchOn(hub));
		expect(await bench.test()).toEqual({ status: 'OK', message: 'Connection successful!' });
		hub.clearRequests();
	});
	afterEach(async () => {
		await bench.hub.close();
		for (const { method, path, query, body, rawBody } of bench.hub.requests) {
			const problems = validateRequest(method, path, query, body);
			expect({ method, path, query, body: rawBody, problems }).toMatchObject({ problems: [] });
		}
	});
	return bench;
}

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
];

/** The rows as the API lists them, the newest first. */
export const newestFirst = <T>(rows: T[]): T[] => [...rows].reverse();

/** Vietnam time as Simplify gives it. */
export const iso = (time: string | null) => time && `${time.replace(' ', 'T')}+07:00`;
