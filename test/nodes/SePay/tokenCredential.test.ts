import type { IDataObject } from 'n8n-workflow';
import { SePayTokenApi } from '../../../credentials/SePayTokenApi.credentials';
import { TestCredentials } from '../../harness/credentials';
import { testCredential } from '../../harness/credentialTest';
import { useSandbox } from '../../sandbox/testing';
import { withToken } from '../shared/inNode';

const type = new SePayTokenApi();
const sandbox = useSandbox({ transactions: 0 });

/** The address of the API that follows from what is stored. */
async function address(stored: IDataObject): Promise<unknown> {
	const credentials = new TestCredentials([type], { [type.name]: stored as never });
	const details = { id: 'c1', name: 'My SePay' };
	return (await credentials.getDecrypted({} as never, details, type.name, 'internal')).apiUrl;
}

/** Tests the credential of the sandbox with other fields, as n8n does when it is saved. */
async function tested(fields: IDataObject = {}) {
	const credentials = withToken(sandbox());
	Object.assign(credentials.store[type.name], fields);
	return await testCredential(type, credentials);
}

describe('the address follows the environment', () => {
	test.each([
		['production', 'https://userapi.sepay.vn/v2'],
		['test', 'https://userapi-sandbox.sepay.vn/v2'],
	])('%s, whatever Base URL was left behind', async (environment, url) => {
		expect(await address({ environment })).toBe(url);
		expect(await address({ environment, baseUrl: 'https://other.example.com' })).toBe(url);
	});

	test('is Production by default', async () => {
		expect(await address({})).toBe('https://userapi.sepay.vn/v2');
	});

	test.each([
		['https://sepay.example/v2', 'https://sepay.example/v2'],
		[' https://sepay.example/v2/ ', 'https://sepay.example/v2'],
		['https://sepay.example/v2//?page=1#x', 'https://sepay.example/v2'],
		['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
		['', ''],
	])('custom "%s"', async (baseUrl, url) => {
		expect(await address({ environment: 'custom', baseUrl })).toBe(url);
	});
});

describe('the test', () => {
	const refused = {
		status: 'Error',
		message: expect.stringMatching(/^SePay rejected the API Token\. A token has 64 .* Test Mode/),
	};

	test('is a real call with the token', async () => {
		expect(await tested()).toMatchObject({ status: 'OK' });
		const [{ method, path, query, headers }] = sandbox().requests;
		expect([method, path, query]).toEqual(['GET', '/v2/bank-accounts', { per_page: '1' }]);
		expect(headers.authorization).toBe(`Bearer ${sandbox().tokenApi.token}`);
	});

	test.each(['', ' ', '\n', '\t\n'])('ignores %j around the token', async (blank) => {
		const apiToken = blank + sandbox().tokenApi.token + blank;
		expect(await tested({ apiToken })).toMatchObject({ status: 'OK' });
	});

	test('says how long a token is when one is too short, too long or missing', async () => {
		const { token } = sandbox().tokenApi;
		for (const apiToken of [token.slice(1), `${token}0`, '']) {
			expect(await tested({ apiToken })).toEqual(refused);
		}
	});

	test('tells Test Mode from Production, both ways', async () => {
		const { tokenApi } = sandbox();
		expect(await tested({ apiToken: tokenApi.tokens.test })).toEqual(refused);
		tokenApi.environment = 'test';
		expect(await tested({ apiToken: tokenApi.tokens.production })).toEqual(refused);
		expect(await tested()).toMatchObject({ status: 'OK' });
	});

	test('fails when SePay cannot answer', async () => {
		sandbox().fault({ path: /bank-accounts/, answer: { status: 503, body: {} } });
		expect(await tested()).toEqual({ status: 'Error', message: 'Service Unavailable' });
	});
});

test('the token is masked in the editor', () => {
	expect(type.properties.find(({ name }) => name === 'apiToken')).toMatchObject({
		typeOptions: { password: true },
		required: true,
	});
});
