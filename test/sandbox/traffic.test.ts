import { startSandbox, type Sandbox } from '.';
import type { Echo } from './echo';
import { RateLimitWindow } from './limits';
import { call, createWebhook, newWebhook, postForm, useSandbox, waitUntil } from './testing';

const sandbox = useSandbox({ transactions: 30 });

async function raw(target: Sandbox, path: string, init: RequestInit = {}): Promise<Response> {
	const authorization = `Bearer ${target.issueToken().access_token}`;
	return fetch(target.apiUrl + path, {
		...init,
		headers: { authorization, ...(init.body != null && { 'content-type': 'application/json' }) },
	});
}

describe('rate limit', () => {
	test('by default three calls a second are answered, of any token or none', async () => {
		const limited = await startSandbox({ transactions: 0 });
		expect(limited.rateLimit).toEqual({ calls: 3, perMs: 1000 });
		await limited.close();
		sandbox().rateLimit = { calls: 3, perMs: 60_000 };
		const statuses = [
			(await call(sandbox(), 'GET', '/me', { token: null })).status,
			(await call(sandbox(), 'GET', '/me', { token: 'x' })).status,
			(await call(sandbox(), 'GET', '/me')).status,
			(await call(sandbox(), 'GET', '/me', { token: null })).status,
		];
		expect(statuses).toEqual([401, 401, 200, 429]);
	});

	test('the window slides; refused calls and other addresses do not count', () => {
		const window = new RateLimitWindow();
		const take = (at: number, address = 'a') => window.take(address, { calls: 2, perMs: 1000 }, at);
		expect([take(0), take(600), take(900), take(999)]).toEqual([0, 0, 100, 1]);
		expect(take(999, 'b')).toBe(0);
		expect([take(1000), take(1001), take(1600)]).toEqual([0, 599, 0]);
	});

	test('the token endpoint is not limited', async () => {
		sandbox().rateLimit = { calls: 0, perMs: 60_000 };
		expect((await postForm(sandbox(), '/oauth/token', {})).status).toBe(400);
	});

	test.each(['retry-after', 'x-sepay-userapi-retry-after', 'none'] as const)(
		'variant retryAfter: %s',
		async (name) => {
			sandbox().rateLimit = { calls: 1, perMs: 60_000 };
			sandbox().variants.retryAfter = name;
			await call(sandbox(), 'GET', '/me');
			const { status, headers } = await call(sandbox(), 'GET', '/me');
			expect(status).toBe(429);
			for (const header of ['retry-after', 'x-sepay-userapi-retry-after']) {
				expect(headers.get(header)).toBe(header === name ? '60' : null);
			}
		},
	);
});

describe('faults', () => {
	test('hit the chosen requests, as often as asked, and can be removed', async () => {
		sandbox().fault({ method: 'GET', path: /bank-accounts/, times: 2, answer: { status: 503 } });
		const remove = sandbox().fault({
			path: '/api/v1/me',
			times: Infinity,
			answer: {
				status: 502,
				body: '<h1>Bad</h1>',
				contentType: 'text/html',
				headers: { 'x-a': 'b' },
			},
		});
		const statuses: number[] = [];
		for (const path of ['/bank-accounts', '/company', '/bank-accounts/12', '/bank-accounts']) {
			statuses.push((await raw(sandbox(), path)).status);
		}
		expect(statuses).toEqual([503, 200, 503, 200]);
		const answers = [await raw(sandbox(), '/me'), await raw(sandbox(), '/me')];
		expect(answers.map(({ status }) => status)).toEqual([502, 502]);
		expect(await answers[0].text()).toBe('<h1>Bad</h1>');
		expect(answers[0].headers.get('content-type')).toBe('text/html');
		expect(answers[0].headers.get('x-a')).toBe('b');
		remove();
		expect((await raw(sandbox(), '/me')).status).toBe(200);
	});

	test.each([
		['before', 0],
		['after', 1],
	] as const)('%s the effect', async (when, made) => {
		const init = { method: 'POST', body: JSON.stringify(newWebhook()) };
		const body = { message: 'late' };
		sandbox().fault({ method: 'POST', when, answer: { status: 504, body } });
		sandbox().fault({ method: 'POST', when, answer: 'cut' });
		const answer = await raw(sandbox(), '/webhooks', init);
		expect([answer.status, await answer.json()]).toEqual([504, body]);
		await expect(raw(sandbox(), '/webhooks', init)).rejects.toThrow('fetch failed');
		expect(sandbox().data.webhooks).toHaveLength(2 * made);
		expect(sandbox().requests.map(({ status }) => status)).toEqual([504, undefined]);
	});

	test('halfJson: the true answer up to its middle', async () => {
		const { text } = await call(sandbox(), 'GET', '/me');
		sandbox().fault({ answer: 'halfJson' });
		const answer = await raw(sandbox(), '/me');
		const half = await answer.text();
		expect(answer.status).toBe(200);
		expect(text.startsWith(half)).toBe(true);
		expect(half).toHaveLength(Math.floor(text.length / 2));
		expect(answer.headers.get('content-length')).toBe(String(Buffer.byteLength(half)));
	});

	test('hang: no answer', async () => {
		sandbox().fault({ answer: 'hang' });
		const signal = AbortSignal.timeout(100);
		await expect(raw(sandbox(), '/me', { signal })).rejects.toThrow('timeout');
		expect((await raw(sandbox(), '/me')).status).toBe(200);
	});

	test('redirectTo: points to the same path and query elsewhere', async () => {
		sandbox().fault({ answer: { status: 307, redirectTo: 'http://other.example' } });
		const { apiUrl } = sandbox();
		const answer = await fetch(`${apiUrl}/me?a=1`, { redirect: 'manual' });
		expect([answer.status, answer.headers.get('location')]).toEqual([
			307,
			'http://other.example/api/v1/me?a=1',
		]);
	});

	test('echo: repeats the request, its credentials in many forms', async () => {
		const given = 'a"b/c d';
		const seen = async (echo: Echo, status: number) => {
			sandbox().fault({ answer: { status, echo } });
			const headers = { authorization: `Bearer ${given}` };
			return await fetch(`${sandbox().apiUrl}/me`, { headers });
		};
		const page = await seen('page', 400);
		expect([page.status, page.headers.get('content-type')]).toEqual([400, 'text/html']);
		expect(await page.text()).toMatch(/^<html>.*GET \/api\/v1\/me/);
		const text = await (await seen('text', 200)).text();
		for (const form of [
			`Bearer ${given}`.split(' ')[1],
			Buffer.from('a"b/c').toString('base64'),
			encodeURIComponent('a"b/c'),
			'a\\"b\\/c',
		]) {
			expect(text).toContain(form);
		}
		const bad = (await (await seen('json', 422)).json()) as Record<string, string>;
		expect(bad.error_description).toBe(bad.message);
		const good = (await (await seen('json', 200)).json()) as { data: { request: object } };
		expect(good.data.request).toMatchObject({ headers: { authorization: `Bearer ${given}` } });
	});

	test('hit the token endpoint too', async () => {
		sandbox().fault({ path: '/oauth/token', answer: { status: 500, body: { error: 'x' } } });
		const answer = await fetch(`${sandbox().url}/oauth/token`, { method: 'POST' });
		expect(answer.status).toBe(500);
	});
});

describe('log of requests', () => {
	test('holds what was sent and answered', async () => {
		const before = Date.now();
		await createWebhook(sandbox(), { name: 'Đơn hàng' });
		await call(sandbox(), 'GET', '/transactions?limit=5&account_number=0071');
		await postForm(sandbox(), '/oauth/token', { grant_type: 'refresh_token' });
		const [created, listed, token] = sandbox().requests;
		expect(created).toEqual({
			method: 'POST',
			path: '/api/v1/webhooks',
			query: {},
			search: '',
			headers: expect.objectContaining({
				authorization: expect.stringMatching(/^Bearer /),
				'content-type': 'application/json',
			}),
			body: newWebhook({ name: 'Đơn hàng' }),
			rawBody: JSON.stringify(newWebhook({ name: 'Đơn hàng' })),
			bytes: Buffer.from(JSON.stringify(newWebhook({ name: 'Đơn hàng' }))),
			status: 200,
			receivedAt: expect.any(Number),
		});
		expect(created.receivedAt).toBeGreaterThanOrEqual(before);
		expect(listed).toMatchObject({
			path: '/api/v1/transactions',
			query: { limit: '5', account_number: '0071' },
			search: '?limit=5&account_number=0071',
			body: undefined,
		});
		expect(token).toMatchObject({
			path: '/oauth/token',
			body: { grant_type: 'refresh_token' },
			status: 400,
		});
		sandbox().clearRequests();
		expect(sandbox().requests).toEqual([]);
	});
});

describe('latency', () => {
	test('delays answers of the API, not their effect', async () => {
		sandbox().latencyMs = 120;
		const started = performance.now();
		const creating = createWebhook(sandbox());
		await postForm(sandbox(), '/oauth/token', {});
		await creating;
		expect(performance.now() - started).toBeGreaterThan(110);
		sandbox().latencyMs = 60_000;
		const init = { method: 'POST', body: JSON.stringify(newWebhook()) };
		const second = raw(sandbox(), '/webhooks', init);
		await waitUntil(() => sandbox().data.webhooks.length === 2);
		expect(sandbox().requests.at(-1)?.status).toBeUndefined();
		await sandbox().close();
		await expect(second).rejects.toThrow('fetch failed');
	});
});

describe('closing', () => {
	test('ends requests that hang or wait', async () => {
		const other = await startSandbox({ transactions: 0, latencyMs: 60_000 });
		other.fault({ path: '/api/v1/me', answer: 'hang' });
		const open = [raw(other, '/me'), raw(other, '/company')].map((request) =>
			request.then(
				() => 'answered',
				() => 'cut',
			),
		);
		await waitUntil(() => other.requests.length === 2);
		await other.close();
		expect(await Promise.all(open)).toEqual(['cut', 'cut']);
		await expect(fetch(other.url)).rejects.toThrow('fetch failed');
	});
});
