import { postForm, read, REDIRECT, call, useSandbox } from './testing';

const sandbox = useSandbox({ transactions: 0 });

function request(fields: Record<string, string> = {}): Record<string, string> {
	return {
		response_type: 'code',
		client_id: sandbox().client.id,
		redirect_uri: REDIRECT,
		scope: 'profile company',
		state: 'a b&c',
		...fields,
	};
}

function without(name: string, fields: Record<string, string>): Record<string, string> {
	return Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name));
}

async function open(fields: Record<string, string>) {
	const address = `${sandbox().url}/oauth/authorize?${new URLSearchParams(fields)}`;
	const response = await fetch(address, { redirect: 'manual' });
	return { status: response.status, headers: response.headers, text: await response.text() };
}

const redirected = ({ headers }: { headers: Headers }) =>
	Object.fromEntries(new URL(headers.get('location') ?? '').searchParams);

async function consent(fields: Record<string, string>): Promise<string> {
	const answer = await postForm(sandbox(), '/oauth/authorize', {
		...request(fields),
		user: '1234',
		decision: 'allow',
	});
	return redirected(answer).code;
}

function exchange(code: string, fields: Record<string, string> = {}) {
	return postForm(sandbox(), '/oauth/token', {
		grant_type: 'authorization_code',
		code,
		redirect_uri: REDIRECT,
		client_id: sandbox().client.id,
		client_secret: sandbox().client.secret,
		...fields,
	});
}

function refresh(refresh_token: string) {
	return postForm(sandbox(), '/oauth/token', {
		grant_type: 'refresh_token',
		refresh_token,
		client_id: sandbox().client.id,
		client_secret: sandbox().client.secret,
	});
}

describe('consent', () => {
	test('the page holds everything its form has to send', async () => {
		const page = await open(request({ state: '"<x>' }));
		expect(page.status).toBe(200);
		expect(page.text).not.toContain('"<x>');
		const hidden = [...page.text.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)];
		const fields = Object.fromEntries(
			hidden.map(([, name, value]) => [
				name,
				value.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))),
			]),
		);
		expect(fields).toEqual(request({ state: '"<x>' }));
		const users = [...page.text.matchAll(/<option value="(\d+)"/g)].map(([, id]) => id);
		expect(users).toEqual(['1234', '1235']);
		const answer = await postForm(sandbox(), '/oauth/authorize', {
			...fields,
			user: users[1],
			decision: 'allow',
		});
		expect(redirected(answer)).toEqual({ code: expect.any(String), state: '"<x>' });
		const token = (await exchange(redirected(answer).code)).body.access_token;
		expect(await read(sandbox(), '/me', { token })).toMatchObject({ id: 1235 });
	});

	test('denying comes back as access_denied with the state', async () => {
		const answer = await postForm(sandbox(), '/oauth/authorize', {
			...request(),
			decision: 'deny',
		});
		expect(answer.status).toBe(302);
		expect(redirected(answer)).toMatchObject({ error: 'access_denied', state: 'a b&c' });
	});

	test('a remembered consent redirects at once', async () => {
		sandbox().consent = 'remembered';
		const answer = await open(request());
		expect(answer.status).toBe(302);
		expect(redirected(answer)).toEqual({ code: expect.any(String), state: 'a b&c' });
	});

	test.each([
		['another client', { client_id: 'app_x' }, 'invalid_client'],
		['a redirect to the internet', { redirect_uri: 'https://x.example/cb' }, 'invalid_request'],
	])('%s is refused without redirect', async (_, fields, error) => {
		const answer = await open(request(fields));
		expect(answer.status).toBe(400);
		expect(JSON.parse(answer.text)).toMatchObject({ error });
	});

	test('a registered redirect URL has to be equal', async () => {
		sandbox().client.redirectUrl = `${REDIRECT}/x`;
		expect((await open(request())).status).toBe(400);
		sandbox().client.redirectUrl = REDIRECT;
		expect((await open(request())).status).toBe(200);
	});

	test.each([
		['response_type', { response_type: 'token' }, 'invalid_request'],
		['an unregistered scope', { scope: 'profile payments' }, 'invalid_scope'],
		['an empty scope', { scope: '' }, 'invalid_request'],
	])('a wrong %s is told by redirect', async (_, fields, error) => {
		expect(redirected(await open(request(fields)))).toMatchObject({ error, state: 'a b&c' });
	});

	test('a scope the application lost is refused', async () => {
		sandbox().client.scopes = ['profile'];
		expect(redirected(await open(request()))).toMatchObject({ error: 'invalid_scope' });
	});

	test('state is required', async () => {
		const answer = await open(without('state', request()));
		expect(redirected(answer)).toMatchObject({ error: 'invalid_request' });
	});
});

describe('token endpoint', () => {
	test('a code gives a token with the scopes that were agreed to', async () => {
		const { status, body } = await exchange(await consent({}));
		expect(status).toBe(200);
		expect(body).toEqual({
			access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
			refresh_token: expect.any(String),
			token_type: 'Bearer',
			expires_in: 3600,
		});
		const token = body.access_token as string;
		const claims = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());
		expect(claims).toMatchObject({ sub: 1234, aud: sandbox().client.id, scope: 'profile company' });
		expect(claims.exp - claims.iat).toBe(3600);
		expect((await call(sandbox(), 'GET', '/me', { token })).status).toBe(200);
		expect((await call(sandbox(), 'GET', '/bank-accounts', { token })).status).toBe(403);
	});

	test('a code works once', async () => {
		const code = await consent({});
		expect((await exchange(code)).status).toBe(200);
		expect((await exchange(code)).body).toMatchObject({ error: 'invalid_grant' });
	});

	test('a code lives five minutes', async () => {
		const [early, late] = [await consent({}), await consent({})];
		sandbox().clock.advance(290_000);
		expect((await exchange(early)).status).toBe(200);
		sandbox().clock.advance(10_000);
		expect((await exchange(late)).body).toMatchObject({ error: 'invalid_grant' });
	});

	test.each([
		['another redirect_uri', { redirect_uri: `${REDIRECT}/` }, 'invalid_grant'],
		['a wrong secret', { client_secret: 'x' }, 'invalid_client'],
		['a grant it does not know', { grant_type: 'client_credentials' }, 'unsupported_grant_type'],
		['no code', { code: '' }, 'invalid_request'],
	])('%s is refused', async (_, fields, error) => {
		const code = await consent({});
		expect((await exchange(code, fields)).body).toMatchObject({ error });
	});

	test('Basic authentication and JSON are refused', async () => {
		const { client, url } = sandbox();
		const fields = {
			grant_type: 'authorization_code',
			code: await consent({}),
			redirect_uri: REDIRECT,
		};
		const basic = `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}`;
		const both = { ...fields, client_id: client.id, client_secret: client.secret };
		for (const body of [fields, both]) {
			const answer = await postForm(sandbox(), '/oauth/token', body, { authorization: basic });
			expect(answer.body).toMatchObject({ error: 'invalid_client' });
		}
		const json = await fetch(`${url}/oauth/token`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(both),
		});
		expect(await json.json()).toMatchObject({ error: 'invalid_request' });
	});

	test.each([400, 401] as const)('variant tokenError: %d', async (status) => {
		sandbox().variants.tokenError = status;
		expect((await exchange('x')).status).toBe(status);
	});

	test('a refresh rotates: the old refresh token dies at once', async () => {
		const first = sandbox().issueToken({ scopes: ['profile'] });
		const { body } = await refresh(first.refresh_token);
		expect(body.refresh_token).not.toBe(first.refresh_token);
		expect((await refresh(first.refresh_token)).body).toMatchObject({ error: 'invalid_grant' });
		const token = body.access_token as string;
		expect((await call(sandbox(), 'GET', '/me', { token })).status).toBe(200);
		expect((await call(sandbox(), 'GET', '/company', { token })).status).toBe(403);
		expect((await refresh(body.refresh_token)).status).toBe(200);
	});

	test('variant refreshAnswer: keeps', async () => {
		sandbox().variants.refreshAnswer = 'keeps';
		const { refresh_token } = sandbox().issueToken();
		const { body } = await refresh(refresh_token);
		expect(body).not.toHaveProperty('refresh_token');
		expect((await refresh(refresh_token)).status).toBe(200);
	});

	test('refresh tokens live a month and can be revoked', async () => {
		const [old, revoked] = [sandbox().issueToken(), sandbox().issueToken()];
		sandbox().clock.advance(29 * 86_400_000);
		const { body } = await refresh(old.refresh_token);
		expect(body.access_token).toBeDefined();
		sandbox().clock.advance(2 * 86_400_000);
		expect((await refresh(revoked.refresh_token)).body).toMatchObject({ error: 'invalid_grant' });
		sandbox().revokeRefreshTokens();
		expect((await refresh(body.refresh_token)).body).toMatchObject({ error: 'invalid_grant' });
	});
});

describe('access tokens', () => {
	test.each([
		['unauthorized401', 401, 'invalid_token'],
		['accessDenied401', 401, 'access_denied'],
		['accessDenied403', 403, 'access_denied'],
	] as const)('variant expiredToken: %s', async (variant, status, error) => {
		Object.assign(sandbox().variants, { expiredToken: variant, errorShape: 'message' });
		const [first, second] = [sandbox().issueToken(), sandbox().issueToken()];
		sandbox().clock.advance(3_590_000);
		expect((await call(sandbox(), 'GET', '/me', { token: first.access_token })).status).toBe(200);
		sandbox().clock.advance(10_000);
		const late = await call(sandbox(), 'GET', '/me', { token: first.access_token });
		expect([late.status, late.body.error]).toEqual([status, error]);
		expect((await refresh(second.refresh_token)).status).toBe(200);
		const missing = await call(sandbox(), 'GET', '/me', { token: null });
		expect([missing.status, missing.body.error]).toEqual([status, error]);
	});

	test('expireAccessTokens leaves refresh tokens and later tokens alone', async () => {
		const before = sandbox().issueToken();
		sandbox().expireAccessTokens();
		const token = before.access_token;
		expect((await call(sandbox(), 'GET', '/me', { token })).status).toBe(401);
		const { body } = await refresh(before.refresh_token);
		expect((await call(sandbox(), 'GET', '/me', { token: body.access_token })).status).toBe(200);
	});
});
