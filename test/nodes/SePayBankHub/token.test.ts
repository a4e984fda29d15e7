import { randomUUID } from 'node:crypto';
import type { IHttpRequestHelper, IHttpRequestOptions, INodeParameters } from 'n8n-workflow';
import { bankHub, renewToken } from '../../../nodes/shared/bankHub/api';
import { BLOCKED, type BankHub } from '../../sandbox/bankHub';
import type { FaultAnswer } from '../../sandbox/faults';
import { byId, credentialType, tokenOf, useBankHubTester } from './bankHub';

const tester = useBankHubTester({ companies: 70 });
const list = { resource: 'company', operation: 'getAll', returnAll: true };
const create = { resource: 'company', operation: 'create', fullName: 'Hoa Sen' };
const get = (): INodeParameters => ({
	resource: 'company',
	operation: 'get',
	companyId: byId(tester.hub.data.companies[0].xid),
});

const hundred = Array.from({ length: 100 }, (_, index) => ({ index }));
const signIns = () => tester.hub.requests.filter(({ path }) => path === '/v1/token');
const tokenFault = (answer: FaultAnswer | 'cut' | 'cutShort' | 'halfJson', times = 1) =>
	tester.hub.fault({ path: '/v1/token', times, answer });

/** A credential that has never been used. */
function unused(): void {
	const secret = randomUUID();
	tester.hub.client.secret = secret;
	tester.store({ clientSecret: secret, accessToken: '' });
}

const ends: Array<[string, (hub: BankHub) => void]> = [
	['has outlived its ttl', ({ clock, ttl }) => clock.advance(ttl * 1000)],
	['was ended by SePay', (hub) => hub.revokeTokens()],
];

describe.each(ends)('an access token that %s', (_name, end) => {
	beforeEach(() => end(tester.hub));

	test('is replaced once, and the call repeated', async () => {
		const old = tokenOf(tester);
		expect(await tester.rows(get())).toHaveLength(1);
		expect(tester.tokenCalls()).toBe(1);
		expect(tester.calls()).toHaveLength(2);
		expect(tokenOf(tester)).not.toBe(old);
		await tester.rows(get());
		expect(tester.tokenCalls()).toBe(1);
	});

	test('is replaced before a company is created, which happens once', async () => {
		await tester.rows(create);
		expect(tester.hub.data.companies).toHaveLength(71);
		expect(tester.tokenCalls()).toBe(1);
	});

	test('is replaced once for a hundred items', async () => {
		tester.hub.latencyMs = 5;
		const { items, error } = await tester.run(get(), { input: hundred });
		expect([items.length, error]).toEqual([100, undefined]);
		expect(tester.tokenCalls()).toBe(1);
	});

	test('is replaced by one that is told to late comers too', async () => {
		tester.hub.variants.newToken = 'endsOthers';
		const held = { ...tester.credentials.store[credentialType] };
		await tester.rows(get());
		expect(await renewToken.call(helpers, held)).toBe(
			tester.credentials.store[credentialType].accessToken,
		);
		expect(tester.tokenCalls()).toBe(1);
	});
});

test('a token that ends in the middle of Return All is replaced, and no row is missing', async () => {
	tester.hub.variants.maxPerPage = 10;
	const { requests } = tester.hub;
	requests.push = (request) => {
		if (requests.length === 3) tester.hub.revokeTokens();
		return Array.prototype.push.call(requests, request);
	};
	const rows = await tester.rows(list);
	expect(new Set(rows.map(({ xid }) => xid)).size).toBe(70);
	expect(requests.slice(0, 4).map(({ status }) => status)).toEqual([200, 200, 200, 401]);
	expect(tester.tokenCalls()).toBe(1);
});

test('a token is asked for at once, not behind the calls that wait for their turn', async () => {
	const { calls, perMs } = bankHub.rateLimit;
	Object.assign(bankHub.rateLimit, { calls: 1, perMs: 400 });
	tester.hub.revokeTokens();
	const input = Array.from({ length: 6 }, () => ({}));
	const { items } = await tester
		.run(get(), { input })
		.finally(() => Object.assign(bankHub.rateLimit, { calls, perMs }));
	expect(items).toHaveLength(6);
	expect(tester.hub.requests.map(({ path, status }) => `${path.split('/')[2]} ${status}`)).toEqual([
		'company 401',
		'token 201',
		...items.map(() => 'company 200'),
	]);
});

test('a credential without a token gets one for a hundred items', async () => {
	unused();
	const { items, error } = await tester.run(get(), { input: hundred });
	expect([items.length, error]).toEqual([100, undefined]);
	expect(tester.tokenCalls()).toBe(1);
	expect(tester.calls()).toHaveLength(100);
});

test('a token that is good is kept', async () => {
	await tester.run(get(), { input: hundred });
	expect(tester.tokenCalls()).toBe(0);
});

test('a list renews it too', async () => {
	tester.hub.revokeTokens();
	expect(await tester.list('getCompanies')).toHaveLength(70);
	expect(tester.tokenCalls()).toBe(1);
});

test('the token of another client is not used, however long it lives', async () => {
	const old = tokenOf(tester);
	tester.hub.client = { id: 'BH-SB-other', secret: 'another secret', active: true };
	tester.store({ clientId: 'BH-SB-other', clientSecret: 'another secret' });
	expect(await tester.rows(get())).toHaveLength(1);
	expect(tester.hub.requests.map(({ headers }) => headers.authorization)).not.toContain(
		`Bearer ${old}`,
	);
	expect(tester.tokenCalls()).toBe(1);
	await tester.rows(get());
	expect(tester.tokenCalls()).toBe(1);
});

/** What n8n gives to the sign-in, with the request as it stands. */
const helpers: IHttpRequestHelper = {
	helpers: {
		async httpRequest({ baseURL, url, method, headers }: IHttpRequestOptions) {
			const response = await fetch(`${baseURL}${url}`, { method, headers } as RequestInit);
			return { statusCode: response.status, headers: {}, body: await response.json() };
		},
	},
} as never;

describe('sign-in', () => {
	test('sends ID and secret as Basic and nothing in the body', async () => {
		await tester.test();
		const { id, secret } = tester.hub.client;
		const [{ method, headers, rawBody, query }] = signIns();
		expect({ method, query, rawBody }).toEqual({ method: 'POST', query: {}, rawBody: '' });
		expect(Buffer.from(headers.authorization.split(' ')[1], 'base64').toString()).toBe(
			`${id}:${secret}`,
		);
	});

	test.each([
		['colons in the secret', 'BH-1', 'a:b:c'],
		['letters of Vietnam', 'Cửa hàng', 'mật khẩu đ€'],
		['blanks inside', 'my client', 'my secret'],
		['signs that mean something in a URL', 'a@b/c?d#e', '%3A&=+"\\'],
	])('takes %s', async (_name, id, secret) => {
		Object.assign(tester.hub.client, { id, secret });
		tester.store({ clientId: id, clientSecret: secret });
		expect(await tester.test()).toMatchObject({ status: 'OK' });
		expect(await tester.rows(get())).toHaveLength(1);
	});

	test('leaves the blanks out that came along from copying', async () => {
		const { id, secret } = tester.hub.client;
		tester.store({ clientId: ` ${id}\n`, clientSecret: `\t${secret} ` });
		expect(await tester.test()).toMatchObject({ status: 'OK' });
	});

	test.each([
		[
			{ clientId: 'a:b' },
			'Client ID must not contain a colon. SePay Bank Hub would read the rest as the secret.',
		],
		[{ clientId: ' ' }, 'Client ID must be filled in'],
		[{ clientSecret: '' }, 'Client Secret must be filled in'],
		[{ baseUrl: 'bankhub.example.com' }, 'Base URL "bankhub.example.com" is not a URL'],
		[{ baseUrl: '' }, 'Base URL "" is not a URL'],
	])('refuses %j before anything is sent', async (fields, message) => {
		tester.store({ ...fields, accessToken: '' });
		expect(await tester.test()).toEqual({ status: 'Error', message });
		if (!('baseUrl' in fields)) {
			expect(await tester.failure(get())).toEqual({
				message,
				description: 'Open the SePay Bank Hub credential and correct it.',
			});
		}
		expect(tester.hub.requests).toEqual([]);
	});
});

const HELP =
	'Check Client ID, Client Secret and Environment in the credential. Production and Sandbox have different ones.';

describe('a secret that is wrong', () => {
	const message = 'SePay Bank Hub rejected Client ID and Client Secret: Unauthenticated';
	beforeEach(() => tester.store({ clientSecret: 'mistyped secret' }));

	test('fails the test of the credential with the words of SePay', async () => {
		expect(await tester.test()).toEqual({ status: 'Error', message });
		expect(tester.tokenCalls()).toBe(1);
	});

	test.each(['', 'ended'])('fails a run with them: token %j', async (accessToken) => {
		tester.store({ accessToken });
		expect(await tester.failure(get())).toEqual({ message, description: HELP });
	});

	test('is not tried for each of a hundred items', async () => {
		const { rows } = await tester.run(get(), { input: hundred, onError: 'continueRegularOutput' });
		expect(rows).toEqual(hundred.map(() => ({ error: message })));
		expect(tester.tokenCalls()).toBe(1);
	});

	test('is not tried again within ten seconds, by calls that come one after the other', async () => {
		const now = jest.spyOn(Date, 'now');
		try {
			await tester.failure(get());
			expect(await tester.failure(get())).toEqual({ message, description: HELP });
			expect(tester.tokenCalls()).toBe(1);
			now.mockReturnValue(Date.now() + 10_001);
			await tester.failure(get());
			expect(tester.tokenCalls()).toBe(2);
		} finally {
			now.mockRestore();
		}
	});

	test('does not let a write pass', async () => {
		const { description } = await tester.failure(create);
		expect(description).not.toContain('may still have processed it');
		expect(tester.hub.data.companies).toHaveLength(70);
	});

	test('can be put right at once', async () => {
		await tester.failure(get());
		tester.store({ clientSecret: tester.hub.client.secret });
		expect(await tester.rows(get())).toHaveLength(1);
	});
});

test('a client that SePay has switched off is refused with the words of SePay', async () => {
	tester.hub.client.active = false;
	tester.hub.revokeTokens();
	expect(await tester.failure(get())).toEqual({
		message: 'SePay Bank Hub rejected Client ID and Client Secret: Unauthenticated',
		description: HELP,
	});
});

test('a token that is refused as soon as it was given is told as such', async () => {
	const answer = { status: 401, body: { code: 401, message: 'Unauthenticated' } };
	tester.hub.fault({ path: /^\/v1\/company/, times: Infinity, answer });
	expect(await tester.failure(get())).toEqual({
		message: 'SePay Bank Hub rejected the credential: Unauthenticated',
		description: HELP,
	});
	expect(tester.tokenCalls()).toBe(1);
});

describe('the token endpoint', () => {
	beforeEach(unused);
	const page = '<html><body>Bad Gateway</body></html>';
	const asPage =
		'SePay Bank Hub returned a web page instead of data. The cause may be a proxy, or maintenance at SePay Bank Hub. ';

	test.each<[string, FaultAnswer, string, string]>([
		['a page that blocks n8n', BLOCKED, 'returned no access token (HTTP 403)', asPage + HELP],
		[
			'a page in place of a token',
			{ status: 200, contentType: 'text/html', body: page },
			'returned no access token (HTTP 200)',
			asPage + HELP,
		],
		['nothing', { status: 200, body: '' }, 'returned no access token (HTTP 200)', HELP],
		[
			'null',
			{ status: 200, body: { code: 200, data: null } },
			'returned no access token (HTTP 200)',
			HELP,
		],
		[
			'a token of null',
			{ status: 201, body: { code: 201, access_token: null, ttl: 60 } },
			'returned no access token (HTTP 201)',
			HELP,
		],
		[
			'words of its own',
			{ status: 400, body: { code: 400, message: 'Không hợp lệ', errors: { grant: 'x' } } },
			'returned no access token (HTTP 400): Không hợp lệ; grant: x',
			HELP,
		],
		[
			'a rest too long to wait',
			{ status: 429, headers: { 'retry-after': '3600' }, body: { message: 'Slow down' } },
			'returned no access token (HTTP 429): Slow down',
			'Try again in 3600 seconds.',
		],
	])('that answers with %s makes a readable error', async (_name, answer, words, description) => {
		tokenFault(answer, Infinity);
		const message = `SePay Bank Hub ${words}`;
		expect(await tester.failure(get())).toEqual({ message, description });
		expect(await tester.failure(create)).toEqual({ message, description });
		expect(tester.tokenCalls()).toBe(1);
		expect(tester.calls()).toEqual([]);
		tester.store({ accessToken: 'ended' });
		expect(await tester.test()).toEqual({ status: 'Error', message });
	});

	test.each<[string, Parameters<typeof tokenFault>[0]]>([
		['429', { status: 429, headers: { 'retry-after': '1' }, body: { message: 'Slow down' } }],
		['503', { status: 503, body: { code: 503, message: 'Down' } }],
		['a page with 502', { status: 502, contentType: 'text/html', body: page }],
		['a cut connection', 'cut'],
		['an answer cut short', 'cutShort'],
	])('is asked again after %s, once for all, also before a write', async (_name, answer) => {
		tokenFault(answer);
		const input = ['A', 'B', 'C'].map((name) => ({ name }));
		const { error } = await tester.run({ ...create, fullName: '={{ $json.name }}' }, { input });
		expect(error).toBeUndefined();
		expect(tester.tokenCalls()).toBe(2);
		expect(tester.hub.data.companies).toHaveLength(73);
	});

	test('that repeats the secret in its words does not show it', async () => {
		const { secret } = tester.hub.client;
		tokenFault({ status: 400, body: { code: 400, message: `Bad secret ${secret}` } });
		expect((await tester.failure(get())).message).toMatch(/: Bad secret \*\*\*$/);
	});

	test('that stays away is asked five times and then told', async () => {
		tokenFault({ status: 503, body: { code: 503, message: 'Down' } }, Infinity);
		expect(await tester.failure(get())).toEqual({
			message: 'SePay Bank Hub returned no access token (HTTP 503): Down',
			description: expect.stringMatching(/^Try again in \d\d seconds\.$/),
		});
		expect(tester.tokenCalls()).toBe(5);
	}, 40_000);

	test('that cannot be reached is told without doubt about what was sent', async () => {
		await tester.hub.close();
		const { baseUrl } = tester.credentials.store[credentialType];
		tester.hub.close = async () => {};
		expect(await tester.failure(create)).toEqual({
			message: 'The connection to SePay Bank Hub was lost before it returned an access token',
			description: `ECONNREFUSED at ${String(baseUrl)}. Check the network and try again.`,
		});
	}, 40_000);
});
