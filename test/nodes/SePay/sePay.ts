import type { GenericValue, IDataObject } from 'n8n-workflow';
import { SePayOAuth2Api } from '../../../credentials/SePayOAuth2Api.credentials';
import { SePay } from '../../../nodes/SePay/SePay.node';
import { sePay } from '../../../nodes/shared/sePay/oAuth2Api';
import { validateRequest } from '../../contract';
import { TestCredentials } from '../../harness/credentials';
import { byId, createNodeTester, type NodeTester } from '../../harness/nodeTester';
import {
	startSandbox,
	type Sandbox,
	type SandboxOptions,
	type SeenRequest,
	type Variants,
	type Webhook,
} from '../../sandbox';

export { byId, allTextOf } from '../../harness/nodeTester';

export const credentialType = 'sePayOAuth2Api';

export interface Tester extends NodeTester {
	sandbox: Sandbox;
	/** The API calls since the last `sandbox.clearRequests()`, as `GET /transactions`. */
	calls(): string[];
	/** The same with query and body. */
	sent(): Array<{ call: string; query: Record<string, string>; body: unknown }>;
	/** Connects the credential anew, with these scopes or as this user. */
	connect(grant?: { scopes?: string[]; user?: 'admin' | 'limited' }): void;
}

export const nodeType = new SePay();

function connected(sandbox: Sandbox, grant: Parameters<Tester['connect']>[0] = {}) {
	return {
		environment: 'custom',
		baseUrl: sandbox.url,
		clientId: sandbox.client.id,
		clientSecret: sandbox.client.secret,
		requestedScopes: sandbox.client.scopes as unknown as GenericValue,
		oauthTokenData: sandbox.issueToken(grant) as unknown as IDataObject,
	} as never;
}

/** The calls below a path of the local SePay, without what stands before it. */
export const requestsBelow = (requests: SeenRequest[], base: string) =>
	requests
		.filter(({ path }) => path.startsWith(`${base}/`))
		.map(({ method, path, query, body }) => ({
			call: `${method} ${path.slice(base.length)}`,
			query,
			body,
		}));

/** What may not be found in any output or error. */
export function secretsOf(credentials: TestCredentials): string[] {
	const { clientSecret, oauthTokenData } = credentials.store[credentialType];
	const { access_token, refresh_token } = oauthTokenData as Record<string, string>;
	return [String(clientSecret), access_token, refresh_token];
}

function createTester(sandbox: Sandbox): Tester {
	const credentials = new TestCredentials([new SePayOAuth2Api()], {
		[credentialType]: connected(sandbox),
	});
	const tester: Tester = {
		...createNodeTester({
			type: nodeType,
			credentials,
			credentialType,
			secrets: () => secretsOf(credentials),
		}),
		sandbox,
		calls: () => tester.sent().map(({ call }) => call),
		sent: () => requestsBelow(sandbox.requests, '/api/v1'),
		connect: (grant) => {
			credentials.store[credentialType] = connected(sandbox, grant);
		},
	};
	return tester;
}

/**
 * A local SePay and a connected SePay node before each test, without rate limit and pace unless the
 * options set a limit. After it, every request that reached the API has to be as the contract says.
 */
export const useSePayTester = (options: SandboxOptions = {}): Tester =>
	useSandbox(createTester, options);

/** The same for another bench on the local SePay. */
export function useSandbox<B extends { sandbox: Sandbox }>(
	benchOn: (sandbox: Sandbox) => B,
	options: SandboxOptions,
): B {
	const tester = {} as B;
	const { calls } = sePay.rateLimit;
	beforeAll(() => {
		sePay.rateLimit.calls = Infinity;
	});
	afterAll(() => {
		sePay.rateLimit.calls = calls;
	});
	beforeEach(async () => {
		const sandbox = await startSandbox({ rateLimit: false, transactions: 0, ...options });
		Object.assign(tester, benchOn(sandbox));
	});
	afterEach(async () => {
		await tester.sandbox.close();
		for (const { method, path, query, body, rawBody, headers } of tester.sandbox.requests) {
			const problems = validateRequest(method, path, query, body, headers);
			expect({ method, path, query, body: rawBody, problems }).toMatchObject({ problems: [] });
		}
	});
	return tester;
}

/** Several objects, each by its ID. */
export const chosen = (...ids: unknown[]) =>
	({ chosen: ids.map((id) => ({ id: byId(id) })) }) as never;

/** The rows in the order in which the sandbox lists them. */
export const expectListed = <T>({ variants }: Sandbox, rows: T[]): T[] =>
	variants.order === 'newestFirst' ? [...rows].reverse() : rows;

/** The forms in which SePay may answer; the node's output is the same under each. */
export const answerForms: Array<[name: string, variants: Partial<Variants>]> = [
	['as the newest documents show', {}],
	['ids as text', { ids: 'string' }],
	['booleans as integers', { booleans: 'integer' }],
	['amounts as text', { amounts: 'decimalText' }],
	[
		'everything as text or integers',
		{ ids: 'string', booleans: 'integer', amounts: 'decimalText' },
	],
	['lists without meta', { meta: 'missing' }],
	['sub-accounts with meta', { subAccountMeta: 'present' }],
	['the oldest first', { order: 'oldestFirst' }],
	['20 rows a page at most', { maxPerPage: 20 }],
	['20 rows a page at most, without meta', { maxPerPage: 20, meta: 'missing' }],
];

/** Puts a webhook of two bank accounts into the sandbox. */
export function addWebhook(sandbox: Sandbox, fields: Partial<Webhook> = {}): Webhook {
	const webhook: Webhook = {
		id: sandbox.nextWebhookId++,
		bank_account_id: 0,
		bank_account_ids: [12, 14],
		bank_sub_account_ids: [25],
		bank_mode: 'multi',
		name: 'Orders',
		event_type: 'In_only',
		authen_type: 'HMAC_SHA256',
		secret_key: 'whsec_stored',
		request_content_type: 'Json',
		webhook_url: 'https://shop.example.com/hook',
		is_verify_payment: true,
		skip_if_no_code: false,
		prefix_filters: ['DH'],
		retry_conditions: { non_2xx_status_code: 1 },
		only_va: false,
		va_mode: 'all',
		alert_threshold: 3,
		alert_event_types: ['failure'],
		alert_channel_ids: [],
		active: true,
		created_at: '2026-01-31 23:30:00',
		...fields,
	};
	sandbox.data.webhooks.push(webhook);
	return webhook;
}
