import type { IAllExecuteFunctions, IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import {
	hostOf,
	networkErrorOf,
	send,
	sendWithRetry,
	type Outcome,
} from '../../../../nodes/shared/transport/sending';
import type { Service } from '../../../../nodes/shared/transport/service';

const SECRET = 'a-secret-of-it';
let hosts = 0;

beforeEach(() => {
	jest.useFakeTimers();
	jest.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
	jest.useRealTimers();
	jest.restoreAllMocks();
});

const service = {
	name: 'Shop',
	credentialType: 'shopApi',
	authenticationHint: 'Reconnect.',
	rateLimit: { calls: 1000, perMs: 1 },
	isSafeMethod: (method) => method === 'GET',
	baseUrl: ({ baseUrl }) => String(baseUrl),
	expiredTokenError: 'access_denied',
	permissionHint: () => undefined,
} as Partial<Service> as Service;

type Answer = { statusCode: number; headers?: IDataObject; body?: unknown } | { error: object };

/** A node whose calls come to these answers, the last to all others. */
function nodeWith(...answers: Answer[]) {
	const baseUrl = `https://shop${++hosts}.example`;
	const sent: Array<{ at: number; options: IHttpRequestOptions; rules?: object }> = [];
	const start = Date.now();
	const request = async (options: IHttpRequestOptions, rules?: object) => {
		sent.push({ at: Date.now() - start, options, rules });
		const answer = answers.length > 1 ? answers.shift()! : answers[0];
		if ('error' in answer) throw answer.error;
		return { headers: {}, body: {}, ...answer };
	};
	const credentials = jest.fn(async () => ({ baseUrl, apiToken: SECRET }));
	const context = {
		getNode: () => ({ name: 'Shop', credentials: { shopApi: { id: '1' } } }),
		getCredentials: credentials,
		helpers: {
			httpRequest: request,
			httpRequestWithAuthentication: async (
				type: string,
				options: IHttpRequestOptions,
				rules: object,
			) => await request(options, { type, ...rules }),
		},
	} as unknown as IAllExecuteFunctions;
	const call = async (method?: 'GET' | 'POST', other: Partial<Service> = {}) => {
		const done = send.call(context, { ...service, ...other }, { url: '/things', method });
		const outcome = done.then(
			({ statusCode, body }) => [statusCode, body],
			({ message, description, httpCode }) => [message, description, httpCode],
		);
		await jest.advanceTimersByTimeAsync(600_000);
		return await outcome;
	};
	/** When each was sent, in ms; each waits one for its turn. */
	const at = () => sent.map((one) => Math.floor(one.at / 10) * 10);
	return { call, sent, baseUrl, credentials, at };
}

const CAUTION = 'Shop may still have processed it. Check with Get or Get Many before you retry.';

test('a call has all that n8n needs to sign it in, and to tell a refused token', async () => {
	const { call, sent, baseUrl } = nodeWith({ statusCode: 201, body: { key: SECRET } });
	expect(await call()).toEqual([201, { key: '***' }]);
	expect(sent).toEqual([
		{
			at: 0,
			options: {
				timeout: 60_000,
				url: '/things',
				baseURL: baseUrl,
				method: 'GET',
				headers: {},
				json: true,
				returnFullResponse: true,
				disableFollowRedirect: true,
				ignoreHttpStatusErrors: { ignore: true, except: [401] },
			},
			rules: {
				type: 'shopApi',
				oauth2: { tokenExpiredStatusCode: 401 },
				preAuthenticationRetryStatusCode: 401,
			},
		},
	]);
});

test('a call that the service signs in itself is sent without the sign-in of n8n', async () => {
	const { call, sent } = nodeWith({ statusCode: 200 });
	const auth = { username: 'a', password: 'b' };
	await call('POST', { authenticationFor: (path) => (path === '/things' ? { auth } : undefined) });
	expect(sent).toEqual([{ at: 0, options: expect.objectContaining({ auth, method: 'POST' }) }]);
});

test.each(['shop.example', 'ftp://shop.example', 'https://', ''])(
	'%j is no address to send to',
	async (baseUrl) => {
		const { call, sent } = nodeWith({ statusCode: 200 });
		expect((await call('GET', { baseUrl: () => baseUrl })).slice(0, 2)).toEqual([
			`Base URL "${baseUrl}" is not a URL`,
			'Open the Shop credential and enter a URL that starts with https://.',
		]);
		expect(sent).toEqual([]);
	},
);

test.each<[string, Answer, 'GET' | 'POST', number]>([
	['502', { statusCode: 502 }, 'GET', 5],
	['503', { statusCode: 503 }, 'GET', 5],
	['504', { statusCode: 504 }, 'GET', 5],
	['500', { statusCode: 500 }, 'GET', 1],
	['400', { statusCode: 400 }, 'GET', 1],
	['503 on a write', { statusCode: 503 }, 'POST', 1],
	['429 on a write', { statusCode: 429 }, 'POST', 5],
	...[...['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EPROTO']].flatMap(
		(code): Array<[string, Answer, 'GET' | 'POST', number]> => [
			[code, { error: { code } }, 'GET', 5],
			[`${code} on a write`, { error: { code } }, 'POST', 1],
		],
	),
	...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].map(
		(code): [string, Answer, 'GET' | 'POST', number] => [code, { error: { code } }, 'POST', 5],
	),
	['no answer in time', { error: { code: 'ECONNABORTED' } }, 'GET', 1],
	['a rest of more than a minute', { statusCode: 429, headers: { 'retry-after': '61' } }, 'GET', 1],
])('%s: %j to %s is sent %i times', async (_name, answer, method, times) => {
	const { call, at } = nodeWith(answer);
	await call(method);
	// 1, 2, 4 and 8 seconds apart.
	expect(at()).toEqual([0, 1000, 3000, 7000, 15_000].slice(0, times));
});

test('each rest is up to a quarter longer', async () => {
	jest.mocked(Math.random).mockReturnValue(1);
	const { call, at } = nodeWith({ statusCode: 503 });
	await call();
	expect(at()).toEqual([0, 1250, 3750, 8750, 18_750]);
});

test.each([
	[{ 'retry-after': '3' }, 3000],
	[{ 'retry-after': '60' }, 60_000],
	[{ 'x-sepay-userapi-retry-after': '2' }, 2000],
	[{ 'retry-after': '0' }, 0],
	[{ 'retry-after': '-5' }, 0],
	[{ 'retry-after': 'soon' }, 1000],
	[{ 'retry-after': '' }, 1000],
	[{ 'retry-after': 5 }, 1000],
])('a rest that is asked for by %j is %i ms', async (headers, rest) => {
	const { call, at } = nodeWith({ statusCode: 429, headers }, { statusCode: 200 });
	expect(await call('POST')).toEqual([200, {}]);
	expect(at()).toEqual([0, rest]);
});

test('a rest may be asked for until a time', async () => {
	jest.setSystemTime(new Date('2026-01-31T08:00:00Z'));
	const headers = { 'retry-after': 'Sat, 31 Jan 2026 08:00:04 GMT' };
	const { call, at } = nodeWith({ statusCode: 503, headers }, { statusCode: 200 });
	expect(await call()).toEqual([200, {}]);
	expect(at()).toEqual([0, 4000]);
});

test('a rest after 429 is one for all calls with the same pace, after others not', async () => {
	const outcome = (statusCode: number): Outcome => ({
		answer: { statusCode, headers: { 'retry-after': '5' }, body: {} },
	});
	for (const [status, key] of [
		[429, '1'],
		[503, ''],
	] as const) {
		const { call, at, baseUrl } = nodeWith({ statusCode: 200 });
		const attempts = [outcome(status), outcome(200)];
		const rateLimitKey = [hostOf(baseUrl), key].filter(Boolean).join(' ');
		void sendWithRetry(rateLimitKey, async () => attempts.shift()!, true);
		await jest.advanceTimersByTimeAsync(0);
		await call('GET', { isRateLimitPerCredential: key !== '' });
		expect(at()).toEqual([status === 429 ? 5000 : 0]);
	}
});

test('a cancelled execution is not sent again', async () => {
	const cancelled = new AbortController();
	let attempts = 0;
	const done = sendWithRetry(
		'cancelled',
		async () => {
			attempts++;
			cancelled.abort();
			return { networkCode: 'ECONNRESET' };
		},
		true,
		cancelled.signal,
	);
	await jest.advanceTimersByTimeAsync(600_000);
	expect(await done).toEqual({ outcome: { networkCode: 'ECONNRESET' }, retryDelay: 1000 });
	expect(attempts).toBe(1);
});

test.each<[string, Answer, 'GET' | 'POST', unknown[]]>([
	[
		'a broken connection',
		{ error: { code: 'ECONNRESET' } },
		'POST',
		['The connection to Shop was lost before it responded', expect.stringContaining(CAUTION)],
	],
	[
		'a refused connection',
		{ error: { code: 'ECONNREFUSED' } },
		'POST',
		[
			'The connection to Shop was lost before it responded',
			expect.stringContaining('Check the network'),
		],
	],
	[
		'no answer in time',
		{ error: { code: 'ECONNABORTED' } },
		'GET',
		[
			'The connection to Shop was lost before it responded',
			expect.stringMatching(/^ECONNABORTED at /),
		],
	],
	[
		'a redirect',
		{ statusCode: 302, headers: { location: 'https://other.example/' } },
		'GET',
		['Shop redirected the request to https://other.example/ (HTTP 302)', expect.any(String)],
	],
	[
		'a refusal',
		{ statusCode: 422, body: { message: `bad ${SECRET}` } },
		'GET',
		['Shop rejected the request (HTTP 422): bad ***', 'Fix the fields named above.'],
	],
	[
		'a refused sign-in',
		{ error: { httpCode: '401', response: { data: { message: SECRET } } } },
		'GET',
		['Shop rejected the credential: ***', 'Reconnect.'],
	],
	[
		'a refused sign-in that n8n has read',
		{ error: { httpCode: '401', context: { data: { message: 'No' } }, response: { data: {} } } },
		'GET',
		['Shop rejected the credential: No', 'Reconnect.'],
	],
	[
		'a refused token',
		{ error: { cause: { code: 'EAUTH', body: '{"error_description":"Gone"}' } } },
		'GET',
		['Shop rejected the credential: Gone', 'Reconnect.'],
	],
	...[400, 401, 403].map((status): [string, Answer, 'GET', unknown[]] => [
		`a token refused by ${status}`,
		{ error: { cause: { cause: { code: 'ESTATUS', status, body: { message: 'Gone' } } } } },
		'GET',
		['Shop rejected the credential: Gone', 'Reconnect.'],
	]),
	[
		'a token refused by a page',
		{ error: { code: 'EAUTH', body: '<html>' } },
		'GET',
		['Shop rejected the credential', 'Reconnect.'],
	],
	[
		'a token that was not answered well',
		{ error: { code: 'ESTATUS', status: 500, message: `odd ${SECRET}`, description: 'very' } },
		'GET',
		['odd ***', 'very'],
	],
	['an error of n8n', { error: { message: 'odd', description: 'very' } }, 'GET', ['odd', 'very']],
])('%s: %j', async (_name, answer, method, shown) => {
	const { call } = nodeWith(answer);
	expect((await call(method)).slice(0, 2)).toEqual(shown);
});

test.each([
	[{ httpCode: '503', code: 'E1', message: 'odd', description: 'very' }, '503'],
	[{ code: 'E1', message: 'odd', description: 'very' }, 'E1'],
])('what else went wrong keeps its code: %j', async (error, code) => {
	expect(await nodeWith({ error }).call()).toEqual(['odd', 'very', code]);
});

describe('an expired token told by the body', () => {
	const expired = { error: 'access_denied', message: 'Expired' };

	test.each([403, 200])('with %i has n8n renew it on that status, once', async (statusCode) => {
		const { call, sent } = nodeWith({ statusCode, body: expired }, { statusCode: 200, body: {} });
		expect(await call('POST')).toEqual([200, {}]);
		expect(sent.map(({ options }) => options.ignoreHttpStatusErrors)).toEqual(
			[401, statusCode].map((status) => ({ ignore: true, except: [status] })),
		);
		expect(sent[1].rules).toMatchObject({
			oauth2: { tokenExpiredStatusCode: statusCode },
			preAuthenticationRetryStatusCode: statusCode,
		});
	});

	test('within 200 that goes on is a refused sign-in', async () => {
		const { call, sent } = nodeWith(
			{ statusCode: 200, body: expired },
			{ error: { httpCode: '200', response: { data: expired } } },
		);
		expect((await call()).slice(0, 2)).toEqual(
			['Shop rejected the credential: Expired; access_denied', 'Reconnect.'].map((text) =>
				text.startsWith('Shop') ? expect.stringContaining('Expired') : text,
			),
		);
		expect(sent).toHaveLength(2);
	});

	test('within 200 is not taken for one after it was renewed and the body is good', async () => {
		const { call } = nodeWith(
			{ statusCode: 200, body: expired },
			{ error: { httpCode: '200', response: { data: { id: 1 } } } },
		);
		expect(await call()).toEqual([200, { id: 1 }]);
	});

	test('within 200 may come again after an answer that was cut short', async () => {
		const { call, at } = nodeWith(
			{ statusCode: 200, body: expired },
			{ error: { httpCode: '200', code: 'ERR_BAD_RESPONSE' } },
			{ statusCode: 200, body: { id: 1 } },
		);
		expect(await call()).toEqual([200, { id: 1 }]);
		expect(at()).toEqual([0, 0, 1000]);
	});

	test('with 403 that goes on is refused with that', async () => {
		const { call, sent } = nodeWith(
			{ statusCode: 403, body: expired },
			{ error: { httpCode: '403', response: { data: expired } } },
		);
		expect((await call())[0]).toMatch(/^Shop denied access: Expired/);
		expect(sent).toHaveLength(2);
	});

	test('means nothing to a service that has no such words, nor does no body', async () => {
		const { call } = nodeWith({ statusCode: 200, body: expired });
		expect(await call('GET', { expiredTokenError: undefined })).toEqual([200, expired]);
		const empty = nodeWith({ statusCode: 200, body: null });
		expect(await empty.call()).toEqual([200, null]);
		const none = nodeWith({ statusCode: 200, body: {} });
		expect(await none.call('GET', { expiredTokenError: undefined })).toEqual([200, {}]);
	});
});

test('an answer is not lost when the credential cannot be read again', async () => {
	const { call, credentials } = nodeWith({ statusCode: 200, body: SECRET });
	credentials.mockImplementationOnce(async () => ({
		baseUrl: 'https://shop.example',
		apiToken: SECRET,
	}));
	credentials.mockRejectedValueOnce(new Error('gone'));
	expect(await call()).toEqual([200, '***']);
});

test.each([
	[{ code: 'ECONNRESET' }, 'ECONNRESET'],
	[{ httpCode: 'EPIPE', code: 'E1' }, 'EPIPE'],
	[{ code: 'ERR_BAD_RESPONSE', response: { status: 200 } }, 'ERR_BAD_RESPONSE'],
	[{ cause: { code: 'ERR_BAD_RESPONSE' }, httpCode: '201' }, 'ERR_BAD_RESPONSE'],
	[{ code: 'ERR_BAD_RESPONSE', response: { status: 502 } }, undefined],
	[{ code: 'E1', response: { status: 200 } }, undefined],
	[{}, undefined],
])('of %j the connection broke by %s', (error, code) => expect(networkErrorOf(error)).toBe(code));

test.each([
	['https://Shop.example/api', 'shop.example'],
	['HTTP://shop.example:8080', 'shop.example:8080'],
	['https://', undefined],
	['xhttps://shop.example', undefined],
	['https:shop.example', undefined],
])('the host of %s is %s', (address, host) => expect(hostOf(address)).toBe(host));
