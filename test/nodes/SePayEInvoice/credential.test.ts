import type { IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';
import { SePayEInvoiceApi } from '../../../credentials/SePayEInvoiceApi.credentials';
import { eInvoice, HOSTS, renewToken } from '../../../nodes/shared/eInvoice/api';
import { createNode, useEInvoice } from './eInvoice';

const tester = useEInvoice();
const usage = { resource: 'usage', operation: 'get' };

describe('the address follows the environment', () => {
	const { baseUrl } = eInvoice;

	test.each([
		['production', 'https://einvoice-api.sepay.vn'],
		['sandbox', 'https://einvoice-api-sandbox.sepay.vn'],
	])('%s, whatever Base URL was left behind', (environment, address) => {
		expect(baseUrl({ environment, baseUrl: 'https://other.example.com' })).toBe(address);
	});

	test.each([
		[' https://inv.example/ ', 'https://inv.example'],
		['https://inv.example/v1/?x=1#y', 'https://inv.example'],
		['', ''],
	])('custom "%s"', (custom, address) => {
		expect(baseUrl({ environment: 'custom', baseUrl: custom })).toBe(address);
	});

	test('is Production by default', () => {
		const { properties } = new SePayEInvoiceApi();
		expect(properties.find(({ name }) => name === 'environment')!.default).toBe('production');
	});
});

describe('the test', () => {
	test('asks for a token and makes a call with it', async () => {
		await tester.test();
		expect(
			tester.service.requests.map(({ method, path, status }) => [method, path, status]),
		).toEqual([
			['POST', '/v1/token', 200],
			['GET', '/v1/provider-accounts', 200],
		]);
		const [{ headers, rawBody }] = tester.service.requests;
		const { id, secret } = tester.service.client;
		expect(Buffer.from(headers.authorization.split(' ')[1], 'base64').toString()).toBe(
			`${id}:${secret}`,
		);
		expect(rawBody).toBe('');
	});

	test.each([{ clientId: 'EI-WRONG' }, { clientSecret: 'wrong secret' }])(
		'tells a wrong ID or secret: %j',
		async (fields) => {
			tester.store(fields);
			expect(await tester.test()).toEqual({
				status: 'Error',
				message:
					'SePay eInvoice rejected Client ID and Client Secret: Thông tin xác thực không hợp lệ',
			});
		},
	);
});

describe('of the environments of SePay', () => {
	const { id, secret } = { id: 'EI-1', secret: 'one secret' };
	const ask = async (environment: string, known: string) => {
		const asked: string[] = [];
		const helpers: IHttpRequestHelper = {
			helpers: {
				async httpRequest({ baseURL, url, headers }: IHttpRequestOptions) {
					asked.push(`${baseURL}${url}`);
					const basic = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
					const isKnown = baseURL === HOSTS[known] && headers!.Authorization === basic;
					const body = isKnown
						? { success: true, data: { access_token: 'token', token_type: 'Bearer' } }
						: { success: false, error: { code: 'UNAUTHORIZED', message: 'Sai' } };
					return { statusCode: isKnown ? 200 : 401, headers: {}, body };
				},
			},
		} as never;
		const credentials = { environment, clientId: id, clientSecret: secret, accessToken: known };
		const token = await renewToken.call(helpers, credentials).catch((error) => error as Error);
		return { asked, token };
	};

	test('the right one gives a token', async () => {
		const { asked, token } = await ask('sandbox', 'sandbox');
		expect(asked).toEqual([`${HOSTS.sandbox}/v1/token`]);
		expect(String(token)).toMatch(/ token$/);
	});

	test.each([
		['production', 'sandbox', 'Sandbox'],
		['sandbox', 'production', 'Production'],
	])('%s is told from a wrong secret when the client is of %s', async (chosen, known, name) => {
		const { asked, token } = await ask(chosen, known);
		expect(asked).toEqual([`${HOSTS[chosen]}/v1/token`, `${HOSTS[known]}/v1/token`]);
		expect(token).toMatchObject({
			message: `Client ID and Client Secret belong to the environment ${name}`,
			description: `Set Environment to ${name} in the credential.`,
		});
	});

	test('none knows a client that is wrong', async () => {
		const { token } = await ask('production', 'nowhere');
		expect(token).toMatchObject({
			message: 'SePay eInvoice rejected Client ID and Client Secret: Sai',
		});
	});
});

describe('an access token that has ended', () => {
	test.each([
		['after a day', () => tester.service.clock.advance(86_400_000)],
		['by SePay', () => tester.service.revokeTokens()],
	])('%s is replaced once for all who wait', async (_name, end) => {
		end();
		tester.service.latencyMs = 5;
		const { items, error } = await tester.run(usage, {
			input: Array.from({ length: 50 }, () => ({})),
		});
		expect([items.length, error]).toEqual([50, undefined]);
		expect(tester.tokenCalls()).toBe(1);
	});

	test('before an invoice is created, which happens once', async () => {
		tester.service.revokeTokens();
		await tester.rows(createNode());
		expect(tester.service.data.invoices).toHaveLength(1);
	});
});

test('the token is kept in a hidden field that n8n masks', () => {
	const { properties } = new SePayEInvoiceApi();
	expect(properties.find(({ name }) => name === 'accessToken')).toMatchObject({
		type: 'hidden',
		typeOptions: { expirable: true, password: true },
	});
});
