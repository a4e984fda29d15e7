import {
	ODD_SECRET,
	ODD_TOKEN,
	testEchoes,
	testRedirects,
	type Guarded,
} from '../../../../../test/harness/secrets';
import { credentialType, usePaytTester } from './payt';

const tester = usePaytTester();
const stored = () => tester.credentials.store[credentialType];
const tokens = () => stored().oauthTokenData as Record<string, string>;
const isRefusal = (status: number) => status >= 400;
const guarded: Guarded = {
	bench: tester,
	server: () => tester.payt,
	parameters: () => tester.node('administration', 'get'),
	secrets: () => [String(stored().clientSecret), tokens().access_token, tokens().refresh_token],
	basic: () =>
		Buffer.from(`${String(stored().clientId)}:${String(stored().clientSecret)}`).toString('base64'),
	api: /^\/v1\//,
};

describe('calls', () => {
	testEchoes(guarded);
	testRedirects(guarded);
});

describe('calls with a token of odd signs', () => {
	beforeEach(() => Object.assign(tokens(), { access_token: ODD_TOKEN }));
	testEchoes(guarded);
});

describe('calls with ID and secret', () => {
	const companies = () => ({ resource: 'company', operation: 'getAll', returnAll: true });
	const byPair = { ...guarded, parameters: companies };
	beforeEach(() => {
		stored().clientSecret = ODD_SECRET;
	});
	testEchoes(byPair, byPair.api, isRefusal);
	testRedirects(byPair);
});

describe('the renewal', () => {
	beforeEach(() => {
		tester.payt.client.secret = ODD_SECRET;
		stored().clientSecret = ODD_SECRET;
		tester.payt.revokeTokens();
	});
	// n8n keeps the words of the others to itself.
	testEchoes(guarded, /^\/oauth\/token/, (status) => isRefusal(status) && status < 500);
});

describe('the first token by client credentials', () => {
	beforeEach(() => {
		tester.payt.client.secret = ODD_SECRET;
		Object.assign(stored(), { clientSecret: ODD_SECRET, grantType: 'clientCredentials' });
		Object.assign(tokens(), { access_token: '' });
	});
	const one = { ...guarded, secrets: () => [ODD_SECRET] };
	testEchoes(one, /^\/oauth\/token/, () => false);
});
