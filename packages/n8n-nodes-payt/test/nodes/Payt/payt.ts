import { DirectoryLoader } from 'n8n-core';
import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';
import { TestCredentials } from '../../../../../test/harness/credentials';
import { byId, createNodeTester, type NodeTester } from '../../../../../test/harness/nodeTester';
import { PaytOAuth2Api } from '../../../credentials/PaytOAuth2Api.credentials';
import { Payt as PaytNode } from '../../../nodes/Payt/Payt.node';
import { payt as service } from '../../../nodes/shared/payt';
import { openApi } from '../../contract';
import { startPayt, type Payt, type PaytOptions, type Variants } from '../../sandbox';

export { byId };

export const credentialType = 'paytOAuth2Api';

export interface Tester extends NodeTester {
	payt: Payt;
	/** The calls since the last `payt.clearRequests()`, as `GET /invoices`. */
	calls(): string[];
	/** The same with query and body. */
	sent(): Array<{ call: string; query: Record<string, string>; body: unknown }>;
	/** Parameters of an operation in the first administration. */
	node(resource: string, operation: string, fields?: object): INodeParameters;
}

function createTester(payt: Payt): Tester {
	const stored = {
		environment: 'custom',
		baseUrl: payt.url,
		clientId: payt.client.id,
		clientSecret: payt.client.secret,
		oauthTokenData: payt.issueToken() as unknown as IDataObject,
	} as ICredentialDataDecryptedObject;
	const credentials = new TestCredentials([new PaytOAuth2Api()], { [credentialType]: stored });
	const secrets = () => {
		const { clientId, clientSecret, oauthTokenData } = credentials.store[credentialType];
		const { access_token, refresh_token } = oauthTokenData as IDataObject;
		const basic = Buffer.from(`${String(clientId)}:${String(clientSecret)}`).toString('base64');
		return [clientSecret, basic, access_token, refresh_token].filter(Boolean).map(String);
	};
	const type = new PaytNode();
	// As when n8n loads it: time-out, and an interval between items.
	DirectoryLoader.applyDeclarativeNodeOptionParameters(type);
	const folder = 'packages/n8n-nodes-payt';
	const tester: Tester = {
		...createNodeTester({ type, credentials, credentialType, secrets, folder }),
		payt,
		calls: () => tester.sent().map(({ call }) => call),
		sent: () =>
			payt.requests.map(({ method, path, query, body }) => ({
				call: `${method} ${path.replace('/v1', '')}`,
				query,
				body,
			})),
		node: (resource, operation, fields = {}) => ({
			resource,
			operation,
			administrationId: byId(payt.data.administrations[0].id),
			...fields,
		}),
	};
	return tester;
}

/**
 * A local Payt and a connected Payt node before each test, without pace. After it, every request that
 * reached the API has to be as the contract says.
 */
export function usePaytTester(options: PaytOptions = {}): Tester {
	const tester = {} as Tester;
	const { calls } = service.rateLimit;
	beforeAll(() => {
		service.rateLimit.calls = Infinity;
	});
	afterAll(() => {
		service.rateLimit.calls = calls;
	});
	beforeEach(async () => {
		Object.assign(tester, createTester(await startPayt({ rateLimit: false, ...options })));
	});
	afterEach(async () => {
		await tester.payt.close();
		for (const { method, path, query, body, headers, rawBody } of tester.payt.requests) {
			if (!path.startsWith('/v1/')) continue;
			const problems = openApi.validateRequest(method, path, query, body, headers);
			expect({ method, path, query, rawBody, problems }).toMatchObject({ problems: [] });
		}
	});
	return tester;
}

/** The forms in which Payt may answer; the node's output is the same under each but for IDs. */
export const answerForms: Array<[name: string, variants: Partial<Variants>]> = [
	['as the documents show', {}],
	['numbers as IDs', { ids: 'number' }],
	['a text as cursor', { cursor: 'text' }],
	['no cursor on the last page', { listEnd: 'missing' }],
	['an empty page at the end', { listEnd: 'emptyPage' }],
	['a last page that repeats', { listEnd: 'repeats' }],
	['fields that add to the usual ones', { only: 'adds' }],
];
