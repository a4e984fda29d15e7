import type { IDataObject } from 'n8n-workflow';
import { TestCredentials } from '../../../../test/harness/credentials';
import { testCredential } from '../../../../test/harness/credentialTest';
import { createNodeTester, type NodeTester } from '../../../../test/harness/nodeTester';
import { PaytOAuth2Api } from '../../credentials/PaytOAuth2Api.credentials';
import { Payt as PaytNode } from '../../nodes/Payt/Payt.node';
import { startReceiver } from '../../../../test/sandbox/testing';
import { startPayt, type Payt } from '../sandbox';

const administrations = { resource: 'administration', operation: 'getAll', returnAll: true };

let payt: Payt;
let tester: NodeTester;

beforeEach(async () => {
	payt = await startPayt({ grantType: 'client_credentials', variants: { tokenAnswer: 'bare' } });
	tester = testerBy({});
});

afterEach(async () => await payt.close());

function testerBy(filledIn: IDataObject): NodeTester {
	const stored = {
		grantType: 'clientCredentials',
		environment: 'custom',
		baseUrl: payt.url,
		clientId: payt.client.id,
		clientSecret: payt.client.secret,
		...filledIn,
	};
	return createNodeTester({
		type: new PaytNode(),
		credentials: new TestCredentials([new PaytOAuth2Api()], { paytOAuth2Api: stored as never }),
		credentialType: 'paytOAuth2Api',
		secrets: () => [payt.client.secret],
		folder: 'packages/n8n-nodes-payt',
	});
}

/** What was called, with the answers. */
const calls = () => payt.requests.map(({ path, status }) => `${path} ${status}`);

test('one token, which came with nothing else, serves for a year', async () => {
	for (let month = 0; month < 12; month++) {
		expect(await tester.rows(administrations)).toHaveLength(payt.data.administrations.length);
		payt.clock.advance(31 * 86_400_000);
	}
	expect(calls().filter((call) => call === '/oauth/token 200')).toHaveLength(1);
	const [{ headers, body }] = payt.requests;
	const basic = Buffer.from(`${payt.client.id}:${payt.client.secret}`).toString('base64');
	expect(headers.authorization).toBe(`Basic ${basic}`);
	expect(body).toEqual({ grant_type: 'client_credentials' });
});

test('a call from an address that is not on the list is made once; then a new token is fetched', async () => {
	await tester.rows(administrations);
	const [listed] = payt.client.ipAllowList;
	payt.callerAddress = '198.51.100.7';
	payt.clearRequests();
	const { message, description } = await tester.failure(administrations);
	expect(message).toMatch(/^Payt denied access/);
	expect(description).toContain('IP allow list');
	expect(calls()).toEqual(['/v1/administrations 403']);
	payt.callerAddress = listed;
	payt.clearRequests();
	await tester.rows(administrations);
	expect(calls()).toEqual([
		'/v1/administrations 401',
		'/oauth/token 200',
		'/v1/administrations 200',
	]);
});

test('a secret that Payt does not know is explained', async () => {
	tester = testerBy({ clientSecret: 'mistyped' });
	const { message, description } = await tester.failure(administrations);
	expect(message).toBe('Payt rejected the credential: Client authentication failed');
	expect(description).toContain('client secret');
	expect(calls()).toEqual(['/oauth/token 401']);
});

test.each([301, 302, 303, 307, 308])(
	"the credential's test takes the token to no other host on %s",
	async (status) => {
		const other = await startReceiver();
		payt.fault({ path: '/v1/administrations', answer: { status, redirectTo: other.url } });
		const result = await testCredential(new PaytOAuth2Api(), tester.credentials);
		await other.close();
		expect(result).toEqual({
			status: 'Error',
			message: expect.stringContaining('Payt redirected the request'),
		});
		expect(other.received).toEqual([]);
	},
);
