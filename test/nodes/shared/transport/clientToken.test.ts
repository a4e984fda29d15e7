import type { IDataObject, IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';
import { CLIENT_HINT, clientTokens } from '../../../../nodes/shared/transport/clientToken';
import type { Service } from '../../../../nodes/shared/transport/service';

const SECRET = 'a secret: of it';
const CORRECT = 'Open the Shop credential and correct it.';

const service = {
	name: 'Shop',
	authenticationHint: CLIENT_HINT,
	baseUrl: ({ baseUrl }) => String(baseUrl),
} as Partial<Service> as Service;
const HOSTS = { production: 'https://shop.example', sandbox: 'https://sandbox.shop.example' };
const { renewToken, authorization } = clientTokens(service, HOSTS, ({ token }) => token);

let clients = 0;
const newClient = (fields = {}) => ({
	clientId: `client-${++clients}`,
	clientSecret: SECRET,
	baseUrl: 'https://own.example',
	...fields,
});

type Answer = { statusCode: number; headers?: IDataObject; body?: unknown } | { error: object };

/** A service that gives these answers, the last to all further calls. */
function serviceWith(...answers: Answer[]) {
	const asked: IHttpRequestOptions[] = [];
	const httpRequest = async (options: IHttpRequestOptions) => {
		asked.push(options);
		const answer = answers.length > 1 ? answers.shift()! : answers[0];
		if ('error' in answer) throw answer.error;
		return { headers: {}, ...answer };
	};
	const helper = { helpers: { httpRequest } } as unknown as IHttpRequestHelper;
	/** The token, or message and description of the error. */
	const renew = async (credential: IDataObject) => {
		const done = renewToken.call(helper, credential as never).then(
			(token) => token.split(' ')[1],
			({ message, description }) => [message, description],
		);
		await jest.advanceTimersByTimeAsync(60_000);
		return await done;
	};
	return { renew, asked, helper };
}

const given = (token: unknown, statusCode = 200) => ({ statusCode, body: { token } });

beforeEach(() => {
	jest.useFakeTimers();
	jest.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
	jest.useRealTimers();
	jest.restoreAllMocks();
});

test('a token is asked for with ID and secret as Basic, and follows no redirect', async () => {
	const { renew, asked } = serviceWith(given('token-1', 299));
	expect(await renew(newClient({ clientId: ' me ', clientSecret: ` ${SECRET}\n` }))).toBe(
		'token-1',
	);
	expect(asked).toEqual([
		{
			method: 'POST',
			baseURL: 'https://own.example',
			url: '/v1/token',
			headers: { Authorization: `Basic ${Buffer.from(`me:${SECRET}`).toString('base64')}` },
			json: true,
			timeout: 60_000,
			returnFullResponse: true,
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
		},
	]);
});

test('a token signs in the client that it was given to, and no other', async () => {
	const client = newClient();
	const { helper } = serviceWith(given('token-1'));
	const accessToken = await renewToken.call(helper, client);
	const bearer = { Authorization: 'Bearer token-1' };
	expect(authorization({ ...client, accessToken })).toEqual(bearer);
	expect(authorization({ ...client, clientId: ` ${client.clientId} `, accessToken })).toEqual(
		bearer,
	);
	const others = [
		{ ...client, clientId: 'other', accessToken },
		{ ...client, clientSecret: 'other', accessToken },
		{ ...client, baseUrl: 'https://other.example', accessToken },
		{ ...client, accessToken: accessToken.split(' ')[0] },
		{ ...client, accessToken: 'token-1' },
		client,
	];
	expect(others.map((one) => authorization(one as never))).toEqual(others.map(() => ({})));
});

test.each([
	[{ clientId: ' ' }, 'Client ID must be filled in'],
	[{ clientId: undefined }, 'Client ID must be filled in'],
	[{ clientSecret: '' }, 'Client Secret must be filled in'],
	[
		{ clientId: 'a:b' },
		'Client ID must not contain a colon. Shop would read the rest as the secret.',
	],
	[{ baseUrl: 'shop.example' }, 'Base URL "shop.example" is not a URL'],
])('%j is told before anything is asked', async (fields, message) => {
	const { renew, asked } = serviceWith(given('token-1'));
	expect(await renew(newClient(fields))).toEqual([message, CORRECT]);
	expect(asked).toEqual([]);
});

test.each<[Answer, string, string]>([
	[
		{ error: { code: 'ECONNABORTED' } },
		'The connection to Shop was lost before it returned an access token',
		'ECONNABORTED at https://own.example. Check the network and try again.',
	],
	[{ error: { message: `odd ${SECRET}` } }, 'Shop returned no access token: odd ***', CORRECT],
	[
		{ statusCode: 302, headers: { location: '/there' } },
		'Shop redirected the request to https://own.example/there (HTTP 302)',
		expect.stringContaining('does not follow redirects'),
	],
	[
		{ statusCode: 401, body: { message: `No ${SECRET}` } },
		'Shop rejected Client ID and Client Secret: No ***',
		CLIENT_HINT,
	],
	[{ statusCode: 401 }, 'Shop rejected Client ID and Client Secret', CLIENT_HINT],
	[{ statusCode: 400 }, 'Shop returned no access token (HTTP 400)', CLIENT_HINT],
	[given('token-1', 199), 'Shop returned no access token (HTTP 199)', CLIENT_HINT],
	[given('token-1', 300), 'Shop returned no access token (HTTP 300)', CLIENT_HINT],
	[given(''), 'Shop returned no access token (HTTP 200)', CLIENT_HINT],
	[given(5), 'Shop returned no access token (HTTP 200)', CLIENT_HINT],
	[
		{ statusCode: 200, body: ' <html>' },
		'Shop returned no access token (HTTP 200)',
		`Shop returned a web page instead of data. The cause may be a proxy, or maintenance at Shop. ${CLIENT_HINT}`,
	],
	[
		{ statusCode: 500, body: { message: 'Down' } },
		'Shop returned no access token (HTTP 500): Down',
		'Try again in 1 seconds.',
	],
	[
		{ statusCode: 429, headers: { 'retry-after': '61' } },
		'Shop returned no access token (HTTP 429)',
		'Try again in 61 seconds.',
	],
])('%j in place of a token is told', async (answer, message, description) => {
	expect(await serviceWith(answer).renew(newClient())).toEqual([message, description]);
});

test('a failure that may pass is waited out', async () => {
	const { renew, asked } = serviceWith({ statusCode: 503 }, given('token-1'));
	expect(await renew(newClient())).toBe('token-1');
	expect(asked).toHaveLength(2);
});

describe('a client that is refused', () => {
	const refused = { statusCode: 401, body: { message: 'No' } };
	const inProduction = () => newClient({ baseUrl: HOSTS.production });

	test('is told of the other environment, when it belongs there', async () => {
		const { renew, asked } = serviceWith(refused, given('token-1'));
		expect(await renew(inProduction())).toEqual([
			'Client ID and Client Secret belong to the environment Sandbox',
			'Set Environment to Sandbox in the credential.',
		]);
		expect(asked.map(({ baseURL }) => baseURL)).toEqual([HOSTS.production, HOSTS.sandbox]);
		expect(asked[1].headers).toEqual(asked[0].headers);
	});

	test.each<[string, Answer]>([
		['refuses it too', refused],
		['cannot be reached', { error: { code: 'ECONNREFUSED' } }],
		['fails in another way', { error: { message: 'odd' } }],
	])('is told the refusal when the other environment %s', async (_name, answer) => {
		const { renew, asked } = serviceWith(refused, answer);
		const words = 'Shop rejected Client ID and Client Secret: No';
		expect(await renew(inProduction())).toEqual([words, CLIENT_HINT]);
		expect(asked).toHaveLength(2);
	});

	test('is asked about nowhere else when its host is its own', async () => {
		const { renew, asked } = serviceWith(refused, given('token-1'));
		await renew(newClient());
		expect(asked).toHaveLength(1);
	});
});

test('all who hold one token get the same new one, as long as calls with the old may come back', async () => {
	const { asked, helper } = serviceWith(given('token-1'), given('token-2'), given('token-3'));
	const client = newClient();
	const renew = async (accessToken: string) =>
		(await renewToken.call(helper, { ...client, accessToken })).split(' ')[1];
	expect(await Promise.all([renew('old'), renew('old')])).toEqual(['token-1', 'token-1']);
	expect([await renew('other'), await renew('old')]).toEqual(['token-2', 'token-1']);
	jest.advanceTimersByTime(119_999);
	expect(await renew('old')).toBe('token-1');
	jest.advanceTimersByTime(1);
	expect(await renew('old')).toBe('token-3');
	expect(asked).toHaveLength(3);
});

test('a refusal holds for ten seconds', async () => {
	const { asked, helper } = serviceWith({ statusCode: 400 }, given('token-1'));
	const client = newClient();
	const renew = async () => await renewToken.call(helper, client).catch(() => 'refused');
	expect([await renew(), await renew()]).toEqual(['refused', 'refused']);
	jest.advanceTimersByTime(9_999);
	expect(await renew()).toBe('refused');
	jest.advanceTimersByTime(1);
	expect(await renew()).toMatch(/ token-1$/);
	expect(asked).toHaveLength(2);
});
