import type { IDataObject } from 'n8n-workflow';
import { SePayOAuth2Api } from '../../../credentials/SePayOAuth2Api.credentials';
import { TestCredentials } from '../../harness/credentials';
import { byId, credentialType, useSePayTester } from './sePay';

const tester = useSePayTester();
const get = { resource: 'bankAccount', operation: 'get', bankAccountId: byId('12') };

/** The credential as n8n hands it to sign-in and to the node. */
async function decrypted(stored: IDataObject): Promise<IDataObject> {
	const credentials = new TestCredentials([new SePayOAuth2Api()], {
		[credentialType]: stored as never,
	});
	const details = { id: 'c1', name: 'My SePay' };
	return await credentials.getDecrypted({} as never, details, credentialType, 'internal');
}

async function addresses(stored: IDataObject): Promise<unknown[]> {
	const { authUrl, accessTokenUrl, apiUrl } = await decrypted(stored);
	return [authUrl, accessTokenUrl, apiUrl];
}

const below = (host: string) => [
	`${host}/oauth/authorize`,
	`${host}/oauth/token`,
	`${host}/api/v1`,
];

describe('the addresses follow the environment', () => {
	test('Production, which is the default', async () => {
		const production = below('https://my.sepay.vn');
		expect(await addresses({})).toEqual(production);
		expect(await addresses({ environment: 'production' })).toEqual(production);
	});

	test('Production, whatever Base URL was left behind', async () => {
		const stored = { environment: 'production', baseUrl: 'https://other.example.com' };
		expect(await addresses(stored)).toEqual(below('https://my.sepay.vn'));
	});

	test.each([
		['https://my.sepay.example', 'https://my.sepay.example'],
		['https://my.sepay.example/', 'https://my.sepay.example'],
		['https://my.sepay.example//', 'https://my.sepay.example'],
		[' https://my.sepay.example/ ', 'https://my.sepay.example'],
		['https://my.sepay.example/api/v1', 'https://my.sepay.example'],
		['https://my.sepay.example/api/v1/', 'https://my.sepay.example'],
		['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
		['http://127.0.0.1:8080/sepay/', 'http://127.0.0.1:8080/sepay'],
	])('Custom "%s"', async (baseUrl, host) => {
		expect(await addresses({ environment: 'custom', baseUrl })).toEqual(below(host));
	});
});

describe('sign-in', () => {
	test('is by authorization code with the client in the form body', async () => {
		expect(await decrypted({})).toMatchObject({
			grantType: 'authorizationCode',
			authentication: 'body',
			authQueryParameters: '',
		});
	});

	test('asks for accounts and transactions alone by default', async () => {
		expect((await decrypted({})).scope).toBe('bank-account:read transaction:read');
	});

	test('separates scopes by spaces', async () => {
		const requestedScopes = ['webhook:read', 'webhook:write', 'company'];
		expect((await decrypted({ requestedScopes })).scope).toBe('webhook:read webhook:write company');
	});

	test('offers exactly the scopes that SePay knows', () => {
		const { properties } = new SePayOAuth2Api();
		const scopes = properties.find(({ name }) => name === 'requestedScopes')!;
		expect(scopes.options!.map((option) => ('value' in option ? option.value : ''))).toEqual(
			[...tester.sandbox.client.scopes].sort(),
		);
		expect(scopes.hint).toContain('invalid_scope');
	});
});

describe('the node calls the host of the credential', () => {
	test.each(['', '/', '/api/v1', '/api/v1/'])('with "%s" behind it', async (behind) => {
		tester.credentials.store[credentialType].baseUrl = tester.sandbox.url + behind;
		expect(await tester.rows(get)).toHaveLength(1);
		expect(tester.sandbox.requests.map(({ path }) => path)).toEqual(['/api/v1/bank-accounts/12']);
	});

	test.each([
		['my.sepay.example', 'my.sepay.example/api/v1'],
		['', '/api/v1'],
		['ftp://my.sepay.example', 'ftp://my.sepay.example/api/v1'],
		['https://', 'https:/api/v1'],
	])('and says so when "%s" is no web address', async (baseUrl, shown) => {
		tester.credentials.store[credentialType].baseUrl = baseUrl;
		const wanted = {
			message: `Base URL "${shown}" is not a URL`,
			description: 'Open the SePay credential and enter a URL that starts with https://.',
		};
		expect(await tester.failure(get)).toEqual(wanted);
		await expect(tester.list('getBankAccounts')).rejects.toMatchObject(wanted);
	});
});
