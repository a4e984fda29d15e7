import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { TestCredentials } from '../../../../test/harness/credentials';
import { PaytOAuth2Api } from '../../credentials/PaytOAuth2Api.credentials';

/** What n8n makes of what was filled in. */
async function resolved(filledIn: ICredentialDataDecryptedObject) {
	const credentials = new TestCredentials([new PaytOAuth2Api()], { paytOAuth2Api: filledIn });
	return await credentials.getDecrypted({} as never, {} as never, 'paytOAuth2Api', 'internal');
}

const addresses = (api: string, app = api) => ({
	apiUrl: api,
	accessTokenUrl: `${api}/oauth/token`,
	authUrl: `${app}/oauth/authorize`,
});

test.each([
	['production', 'https://api.paytsoftware.com', 'https://app.paytsoftware.com'],
	['demo', 'https://demo-api.paytsoftware.com', 'https://demo.paytsoftware.com'],
])('%s: users agree on another host than the API', async (environment, api, app) => {
	expect(await resolved({ environment })).toMatchObject(addresses(api, app));
});

test('what is not filled in is Production, by authorization code, with every permission', async () => {
	expect(await resolved({})).toMatchObject({
		...addresses('https://api.paytsoftware.com', 'https://app.paytsoftware.com'),
		grantType: 'authorizationCode',
		authentication: 'header',
		scope: '',
	});
});

test.each([
	['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
	[' https://payt.example/ ', 'https://payt.example'],
	['https://payt.example/v1', 'https://payt.example'],
	['https://payt.example/v1/invoices?paid=true#top', 'https://payt.example'],
	['https://payt.example/oauth/token', 'https://payt.example'],
	['https://payt.example/below/v1/', 'https://payt.example/below'],
	['https://oauth.example', 'https://oauth.example'],
	['https://v1.example', 'https://v1.example'],
])('the address "%s" is taken as %s', async (baseUrl, api) => {
	const custom = { environment: 'custom', baseUrl };
	expect(await resolved(custom)).toMatchObject(addresses(api));
	const other = { baseUrl: 'https://api.example', appUrl: baseUrl };
	expect(await resolved({ ...custom, ...other })).toMatchObject(
		addresses('https://api.example', api),
	);
	const machine = { ...custom, grantType: 'clientCredentials' };
	expect(await resolved(machine)).toMatchObject(addresses(api));
});
