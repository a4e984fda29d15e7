import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { pageReader, sePay } from '../../../../nodes/shared/sePay/oAuth2Api';
import { collectRows } from '../../../../nodes/shared/transport/paging';
import { send } from '../../../../nodes/shared/transport/sending';
import type { TestCredentials } from '../../../harness/credentials';
import { freePort } from '../../../../scripts/n8n/ports';
import { startSandbox, type FaultAnswer, type Sandbox } from '../../../sandbox';
import { waitUntil } from '../../../sandbox/testing';
import { connected, inNode } from '../inNode';

const ACCOUNTS = '/api/v1/bank-accounts';
const VALID = {
	event_type: 'All',
	bank_mode: 'all',
	authen_type: 'No_Authen',
	request_content_type: 'Json',
	is_verify_payment: 1,
	skip_if_no_code: 0,
};
const WEBHOOK = { webhook_url: 'https://shop.example.com/hook', name: 'Orders' };

let sepay: Sandbox;
let credentials: TestCredentials;

beforeEach(async () => {
	sepay = await startSandbox({ transactions: 1000, rateLimit: false });
	credentials = connected(sepay);
});
afterEach(async () => await sepay.close());

const sending = async (request: IHttpRequestOptions) =>
	await inNode(credentials, async function () {
		return await send.call(this, sePay, request);
	});
const posting = async () => await sending({ method: 'POST', url: '/webhooks', body: WEBHOOK });
const reading = async () => await sending({ url: '/bank-accounts' });
const sent = (path: string) => sepay.requests.filter((request) => request.path === path);
const statuses = (path: string) => sent(path).map(({ status }) => status);

describe('pace', () => {
	const normal = { ...sePay.rateLimit };
	afterEach(() => Object.assign(sePay.rateLimit, normal));

	test('leaves 40 ms more than the second that SePay counts in', () => {
		expect(normal).toEqual({ calls: 3, perMs: 1040 });
	});

	// The limit counts a shorter time than the pace leaves, by more than this busy process may stall:
	// it is client and server at once. `npm run bench` measures at the true figures.
	const bound = () => {
		sepay.rateLimit = { calls: 3, perMs: 50 };
		sePay.rateLimit.perMs = 1000;
	};

	test('30 calls at once provoke no 429, go in the order they came and read the credential one by one', async () => {
		bound();
		const { getDecrypted } = credentials;
		let [underWay, most] = [0, 0];
		credentials.getDecrypted = async (...given) => {
			most = Math.max(most, ++underWay);
			// As from a database; what signs a call in would wait behind the reads of all others.
			await new Promise(setImmediate);
			underWay--;
			return await getDecrypted.apply(credentials, given);
		};
		await inNode(credentials, async function () {
			const calls = Array.from({ length: 30 }, async (_, page) => {
				await send.call(this, sePay, { url: '/transactions', qs: { page: page + 1, limit: 1 } });
			});
			await Promise.all(calls);
		});
		const calls = sent('/api/v1/transactions');
		expect(calls.map(({ status }) => status)).toEqual(Array(30).fill(200));
		expect(calls.map(({ query }) => Number(query.page))).toEqual(
			Array.from({ length: 30 }, (_, page) => page + 1),
		);
		// One for a call to come, and those of three that are under way.
		expect(most).toBeLessThanOrEqual(1 + 3);
	});

	test('Return All from a slow SePay keeps several pages under way, with the filters', async () => {
		bound();
		sepay.latencyMs = 1000;
		const started = performance.now();
		const rows = await inNode(credentials, async function () {
			const read = pageReader.call(this, { url: '/transactions', qs: { from_date: '2000-01-01' } });
			return await collectRows(async (page) => await read(page, 40), Infinity);
		});
		const calls = sent('/api/v1/transactions');
		expect(rows.map(({ id }) => id)).toEqual(
			[...sepay.data.transactions].sort((a, b) => b.id - a.id).map(({ id }) => id),
		);
		expect(calls).toHaveLength(25);
		expect(calls.every(({ status, query }) => status === 200 && query.from_date)).toBe(true);
		// One after the other the answers alone would take 25 s.
		expect(performance.now() - started).toBeLessThan(20_000);
	}, 60_000);

	test('a service that limits each token has a pace for each credential', async () => {
		const perMs = 5000;
		const service = { ...sePay, isRateLimitPerCredential: true, rateLimit: { calls: 1, perMs } };
		await inNode(credentials, async function () {
			const sendAs = async (id: string) => {
				const node = { ...this.getNode(), credentials: { sePayOAuth2Api: { id, name: id } } };
				const context: IExecuteFunctions = Object.create(this, { getNode: { value: () => node } });
				await send.call(context, service, { url: '/me' });
				return performance.now() - began;
			};
			const began = performance.now();
			await sendAs('one');
			expect(await sendAs('other')).toBeLessThan(perMs);
			expect(await sendAs('one')).toBeGreaterThanOrEqual(perMs - 100);
		});
	}, 60_000);

	test('a cancelled execution stops the calls that wait for their turn', async () => {
		const cancelled = new AbortController();
		// However long the first answer takes, none of the others has its turn meanwhile.
		sePay.rateLimit.perMs = 10_000;
		await inNode(credentials, async function () {
			const context: IExecuteFunctions = Object.create(this, {
				getExecutionCancelSignal: { value: () => cancelled.signal },
			});
			const calls = Array.from({ length: 20 }, async () => {
				await send.call(context, sePay, { url: '/me' });
			});
			await Promise.race(calls);
			cancelled.abort();
			const outcomes = await Promise.allSettled(calls);
			expect(outcomes.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(16);
		});
		expect(sent('/api/v1/me').length).toBeLessThan(4);
	});
});

describe('429', () => {
	const tooMany = (headers: Record<string, string> = {}): FaultAnswer => ({
		status: 429,
		headers,
		body: { error: 'too_many_requests' },
	});

	test.each([
		['Retry-After', { 'retry-after': '1' }, 1000],
		['the header of SePay', { 'x-sepay-userapi-retry-after': '1' }, 1000],
		['neither', {}, 1000],
		['Retry-After as a date', { 'retry-after': '' }, 1000],
	])('is waited out: %s', async (name, headers: Record<string, string>, ms) => {
		if (name.includes('date')) {
			// From the answer on, before which a slow machine takes its time.
			headers = {
				get 'retry-after'() {
					return new Date(Date.now() + 2500).toUTCString();
				},
			};
		}
		sepay.fault({ path: ACCOUNTS, answer: tooMany(headers) });
		const { body } = await reading();
		const [first, second] = sent(ACCOUNTS);
		expect(statuses(ACCOUNTS)).toEqual([429, 200]);
		expect(second.receivedAt - first.receivedAt).toBeGreaterThanOrEqual(ms - 20);
		expect(body).toMatchObject({ status: 'success' });
	});

	test('holds back every other call to the host too', async () => {
		sepay.fault({ path: ACCOUNTS, answer: tooMany({ 'retry-after': '3' }) });
		await inNode(credentials, async function () {
			const first = send.call(this, sePay, { url: '/bank-accounts' });
			await waitUntil(() => statuses(ACCOUNTS)[0] === 429);
			// In which it reads the answer.
			await new Promise((resolve) => setTimeout(resolve, 1000));
			await Promise.all([first, send.call(this, sePay, { url: '/me' })]);
		});
		expect(sent('/api/v1/me')[0].receivedAt - sent(ACCOUNTS)[0].receivedAt).toBeGreaterThan(2950);
	});

	test('repeats a write too, since SePay counts calls before it looks at them', async () => {
		sepay.fault({
			path: '/api/v1/webhooks',
			answer: tooMany({ 'retry-after': '0' }),
		});
		await expect(posting()).rejects.toMatchObject({ httpCode: '400' });
		expect(statuses('/api/v1/webhooks')).toEqual([429, 400]);
	});

	test('for ever ends after 5 tries with the time to try again', async () => {
		sepay.fault({ path: ACCOUNTS, times: Infinity, answer: tooMany({ 'retry-after': '0' }) });
		await expect(reading()).rejects.toMatchObject({
			message: 'The rate limit of SePay is reached: too_many_requests',
			description: expect.stringContaining('Try again in 0 seconds'),
			httpCode: '429',
		});
		expect(statuses(ACCOUNTS)).toEqual(Array(5).fill(429));
	});

	test('that asks for more than a minute is not waited out', async () => {
		sepay.fault({ path: ACCOUNTS, answer: tooMany({ 'retry-after': '3600' }) });
		await expect(reading()).rejects.toMatchObject({
			description: expect.stringContaining('Try again in 3600 seconds'),
		});
		expect(statuses(ACCOUNTS)).toEqual([429]);
	});
});

describe('a service or network that fails for a moment', () => {
	test.each([502, 503, 504])('%i on a read is repeated', async (status) => {
		sepay.fault({ path: ACCOUNTS, answer: { status, body: '<html>Bad gateway</html>' } });
		await reading();
		expect(statuses(ACCOUNTS)).toEqual([status, 200]);
	});

	test('500 is not repeated', async () => {
		sepay.fault({ path: ACCOUNTS, answer: { status: 500, body: { message: 'Broken' } } });
		await expect(reading()).rejects.toMatchObject({
			message: 'SePay returned an error (HTTP 500): Broken',
			description: 'Try again later.',
		});
		expect(statuses(ACCOUNTS)).toEqual([500]);
	});

	test('503 on a write is not repeated and says that it may have happened', async () => {
		sepay.fault({ path: '/api/v1/webhooks', answer: { status: 503 } });
		await expect(posting()).rejects.toMatchObject({
			message: 'SePay returned an error (HTTP 503)',
			description: expect.stringMatching(/may still have processed it.*Get Many/),
		});
		expect(statuses('/api/v1/webhooks')).toEqual([503]);
	});

	test('a connection cut on a read is repeated', async () => {
		sepay.fault({ path: ACCOUNTS, answer: 'cut' });
		await reading();
		expect(sent(ACCOUNTS)).toHaveLength(2);
	});

	test('a connection cut on a write is not, and it says so', async () => {
		sepay.fault({ path: '/api/v1/webhooks', answer: 'cut' });
		await expect(posting()).rejects.toMatchObject({
			message: 'The connection to SePay was lost before it responded',
			description: expect.stringMatching(/may still have processed it.*Get Many/),
		});
		expect(sent('/api/v1/webhooks')).toHaveLength(1);
	});

	test('a connection cut within an answer is repeated for a read, and not for a write', async () => {
		sepay.fault({ path: ACCOUNTS, answer: 'cutShort' });
		await reading();
		expect(sent(ACCOUNTS)).toHaveLength(2);
		sepay.fault({ path: '/api/v1/webhooks', answer: 'cutShort' });
		await expect(
			sending({ method: 'POST', url: '/webhooks', body: { ...WEBHOOK, ...VALID } }),
		).rejects.toMatchObject({
			description: expect.stringMatching(/may still have processed it.*Get Many/),
		});
		expect(sent('/api/v1/webhooks')).toHaveLength(1);
	});

	test('no answer within the time-out is not waited for again', async () => {
		sepay.fault({ path: ACCOUNTS, answer: 'hang', times: Infinity });
		await expect(sending({ url: '/bank-accounts', timeout: 2000 })).rejects.toMatchObject({
			message: 'The connection to SePay was lost before it responded',
		});
		expect(sent(ACCOUNTS)).toHaveLength(1);
	});

	test('a refused connection is repeated even for a write, which has not happened', async () => {
		await sepay.close();
		// One that no outgoing connection takes while it is closed.
		const port = await freePort();
		sepay = await startSandbox({ port });
		credentials = connected(sepay);
		await sepay.close();
		const reopened = new Promise<Sandbox>((resolve) => {
			setTimeout(() => resolve(startSandbox({ port })), 500);
		});
		const outcome = posting().catch((error) => error);
		sepay = await reopened;
		sepay.rateLimit = false;
		// The new sandbox knows neither the token nor its refresh: what matters is that it was asked.
		await outcome;
		expect(sent('/api/v1/webhooks').length).toBeGreaterThan(0);
	});
});

describe('an expired sign-in told by a body instead of 401', () => {
	test.each(['accessDenied403', 'accessDenied401', 'unauthorized401'] as const)(
		'%s is renewed and the call repeated once',
		async (expiredToken) => {
			sepay.variants.expiredToken = expiredToken;
			sepay.expireAccessTokens();
			const { statusCode } = await reading();
			expect(statusCode).toBe(200);
			expect(sent('/oauth/token')).toHaveLength(1);
		},
	);

	test('that goes on after the renewal ends with the scope to tick, not in a loop', async () => {
		const denied = { error: 'access_denied', error_description: 'Token expired' };
		sepay.fault({ path: ACCOUNTS, times: Infinity, answer: { status: 403, body: denied } });
		await expect(reading()).rejects.toMatchObject({
			message: 'SePay denied access: Token expired',
			description: expect.stringContaining('"bank-account:read"'),
		});
		expect(sent('/oauth/token')).toHaveLength(1);
		expect(sent(ACCOUNTS)).toHaveLength(3);
	});
});

test('an address that is none is refused before anything is sent', async () => {
	credentials.store.sePayOAuth2Api.baseUrl = 'my.sepay.vn';
	await expect(reading()).rejects.toMatchObject({
		message: 'Base URL "my.sepay.vn/api/v1" is not a URL',
		description: expect.stringContaining('https://'),
	});
	expect(sepay.requests).toEqual([]);
});
