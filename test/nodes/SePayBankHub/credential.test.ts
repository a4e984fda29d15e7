import { SePayBankHubApi } from '../../../credentials/SePayBankHubApi.credentials';
import { bankHub } from '../../../nodes/shared/bankHub/api';
import { tokenOf, useBankHubTester } from './bankHub';

const tester = useBankHubTester();

describe('the address follows the environment', () => {
	const { baseUrl } = bankHub;

	test.each([
		['production', 'https://bankhub-api.sepay.vn'],
		['sandbox', 'https://bankhub-api-sandbox.sepay.vn'],
	])('%s, whatever Base URL was left behind', (environment, address) => {
		expect(baseUrl({ environment })).toBe(address);
		expect(baseUrl({ environment, baseUrl: 'https://other.example.com' })).toBe(address);
	});

	test.each([
		['https://hub.example', 'https://hub.example'],
		[' https://hub.example/ ', 'https://hub.example'],
		['https://hub.example//', 'https://hub.example'],
		['https://hub.example/v1', 'https://hub.example'],
		['https://hub.example/v1/', 'https://hub.example'],
		['https://hub.example/sepay/v1/?x=1#y', 'https://hub.example/sepay'],
		['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
		['', ''],
	])('custom "%s"', (custom, address) => {
		expect(baseUrl({ environment: 'custom', baseUrl: custom })).toBe(address);
	});

	test('is Production by default', () => {
		const { properties } = new SePayBankHubApi();
		expect(properties.find(({ name }) => name === 'environment')!.default).toBe('production');
	});
});

describe('the test', () => {
	test('asks for a token each time and makes a call with it', async () => {
		await tester.test();
		await tester.test();
		expect(tester.hub.requests.map(({ method, path, status }) => [method, path, status])).toEqual([
			['POST', '/v1/token', 201],
			['GET', '/v1/merchant-config', 200],
			['POST', '/v1/token', 201],
			['GET', '/v1/merchant-config', 200],
		]);
		const [, , , { headers }] = tester.hub.requests;
		expect(headers.authorization).toBe(`Bearer ${tokenOf(tester)}`);
		expect(headers.accept).toContain('application/json');
	});

	test.each(['/', '/v1', '/v1/', ' '])('finds the host with "%s" behind it', async (behind) => {
		tester.store({ baseUrl: tester.hub.url + behind });
		expect(await tester.test()).toMatchObject({ status: 'OK' });
	});

	test('fails when the call fails', async () => {
		tester.hub.fault({ path: '/v1/merchant-config', answer: { status: 403, body: {} } });
		expect(await tester.test()).toEqual({ status: 'Error', message: 'Forbidden' });
	});

	test('fails with words when nothing listens at the address', async () => {
		tester.store({ baseUrl: 'http://127.0.0.1:9' });
		expect(await tester.test()).toEqual({
			status: 'Error',
			message: 'The connection to SePay Bank Hub was lost before it returned an access token',
		});
	}, 40_000);
});

test('the token is kept in a hidden field that n8n masks', () => {
	const { properties } = new SePayBankHubApi();
	expect(properties.find(({ name }) => name === 'accessToken')).toMatchObject({
		type: 'hidden',
		typeOptions: { expirable: true, password: true },
	});
});
