import { REDIRECT } from '../../../../test/sandbox/testing';
import { openApi } from '../contract';
import { basic, callPayt, usePayt } from './testing';

const payt = usePayt();

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

type Fields = Record<string, string>;

const request = (fields: Fields = {}): Fields => ({
	response_type: 'code',
	client_id: payt().client.id,
	redirect_uri: REDIRECT,
	state: 'a b&c',
	...fields,
});

async function open(fields: Fields) {
	const address = `${payt().url}/oauth/authorize?${new URLSearchParams(fields)}`;
	return await fetch(address, { redirect: 'manual' });
}

const redirected = ({ headers }: Response) =>
	Object.fromEntries(new URL(headers.get('location') ?? '').searchParams);

/** Agrees on the page. */
async function agree(fields: Fields = {}, administrations = ['1001', '1002']): Promise<Response> {
	const body = new URLSearchParams({ decision: 'allow', ...request(fields) });
	for (const id of administrations) body.append('administrations[]', id);
	const init = { method: 'POST', body, redirect: 'manual' } as const;
	return await fetch(`${payt().url}/oauth/authorize`, init);
}

const codeOf = async (fields?: Fields, administrations?: string[]) =>
	redirected(await agree(fields, administrations)).code;

interface Asked {
	authorization?: string;
	body?: RequestInit['body'];
	type?: string;
}

/** Asks for a token, by default form-encoded and as the application. */
async function ask(fields: Fields, { authorization = basic(payt()), body, type }: Asked = {}) {
	const response = await fetch(`${payt().url}/oauth/token`, {
		method: 'POST',
		headers: { authorization, ...(type !== undefined && { 'content-type': type }) },
		body: body ?? new URLSearchParams(fields),
	});
	const answer = (await response.json()) as Record<string, string>;
	expect(openApi.validateAnswer('POST', '/oauth/token', response.status, answer)).toEqual([]);
	if (response.ok) {
		expect(openApi.validateRequest('POST', '/oauth/token', {}, fields)).toEqual([]);
	}
	return { status: response.status, body: answer };
}

const exchange = (code: string, fields: Fields = {}) =>
	ask({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT, ...fields });
const refresh = (refresh_token: string) => ask({ grant_type: 'refresh_token', refresh_token });
const credentials = { grant_type: 'client_credentials' };

const statusOf = async (token: string, path = '/v1/administrations') =>
	(await callPayt(payt(), 'GET', path, { token })).status;

describe('authorizing', () => {
	test('the page holds what its form has to send, and every administration', async () => {
		const text = await (await open(request({ state: '"<x>' }))).text();
		expect(text).not.toContain('"<x>');
		expect(text).toContain('<li>invoices:write</li>');
		const values = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, ...found]) => found);
		expect(values(/type="hidden" name="(\w+)"/g).flat()).toEqual([
			'response_type',
			'client_id',
			'redirect_uri',
			'state',
		]);
		expect(values(/type="checkbox" name="administrations\[\]" value="(\d+)"/g).flat()).toEqual([
			'1001',
			'1002',
		]);
	});

	test('gives all scopes of the application, or the ones that are asked for', async () => {
		const all = await exchange(await codeOf());
		expect(all.body.scope.split(' ')).toEqual(payt().client.scopes);
		const some = await exchange(await codeOf({ scope: 'debtors:read invoices:read' }));
		expect(some.body.scope).toBe('debtors:read invoices:read');
		const token = some.body.access_token;
		expect(await statusOf(token, '/v1/debtors?administration_id=1001')).toBe(200);
		expect(await statusOf(token, '/v1/tasks?administration_id=1001')).toBe(403);
	});

	test('opens the administrations that the user chose', async () => {
		const { access_token: token } = (await exchange(await codeOf({}, ['1002']))).body;
		const { body } = await callPayt(payt(), 'GET', '/v1/administrations', { token });
		expect(body.data).toEqual([expect.objectContaining({ id: '1002' })]);
		expect(await statusOf(token, '/v1/debtors?administration_id=1002')).toBe(200);
		expect(await statusOf(token, '/v1/debtors?administration_id=1001')).toBe(404);
		expect(await statusOf(token, '/v1/administrations/1001')).toBe(404);
	});

	test('remembered consent redirects at once and opens everything', async () => {
		payt().consent = 'remembered';
		const { code, state } = redirected(await open(request()));
		expect(state).toBe('a b&c');
		const { access_token } = (await exchange(code)).body;
		payt().add('administrations');
		const { body } = await callPayt(payt(), 'GET', '/v1/administrations', { token: access_token });
		expect(body.data).toHaveLength(3);
	});

	test.each<[string, Fields]>([
		['unsupported_response_type', { response_type: 'token' }],
		['invalid_scope', { scope: 'debtors:read everything:read' }],
		['invalid_request', { state: '' }],
	])('goes back with %s', async (error, fields) => {
		expect(redirected(await open(request(fields)))).toMatchObject({ error });
	});

	test('goes back when the user refuses, and when the grant type is another', async () => {
		expect(redirected(await agree({ decision: 'deny' }))).toMatchObject({ error: 'access_denied' });
		payt().client.grantType = 'client_credentials';
		const answer = redirected(await open(request()));
		expect(answer).toEqual({ error: 'unauthorized_client', state: 'a b&c' });
	});

	test('goes nowhere for an unknown client or a redirect address that is not registered', async () => {
		expect((await open(request({ client_id: 'x' }))).status).toBe(401);
		expect((await open(request({ redirect_uri: 'https://evil.example/' }))).status).toBe(400);
		payt().client.redirectUrl = 'https://n8n.example.com/callback';
		expect((await open(request())).status).toBe(400);
	});
});

describe('codes', () => {
	test('give a token of two hours that can be refreshed', async () => {
		const { status, body } = await exchange(await codeOf());
		expect(status).toBe(200);
		expect(body).toEqual({
			access_token: expect.stringMatching(/^[\w-]{43}$/),
			token_type: 'Bearer',
			created_at: expect.any(Number),
			expires_in: 7200,
			refresh_token: expect.stringMatching(/^[\w-]{43}$/),
			scope: expect.any(String),
		});
		payt().clock.advance(2 * HOUR - MINUTE);
		expect(await statusOf(body.access_token)).toBe(200);
		payt().clock.advance(MINUTE);
		expect(await statusOf(body.access_token)).toBe(401);
	});

	test('work once, for ten minutes, with the redirect address of the authorization', async () => {
		const invalidGrant = { status: 400, body: { error: 'invalid_grant' } };
		const code = await codeOf();
		expect((await exchange(code)).status).toBe(200);
		expect(await exchange(code)).toMatchObject(invalidGrant);
		const late = await codeOf();
		payt().clock.advance(10 * MINUTE);
		expect(await exchange(late)).toMatchObject(invalidGrant);
		const wrong = await exchange(await codeOf(), { redirect_uri: 'http://127.0.0.1/other' });
		expect(wrong).toMatchObject({ status: 400, body: { error: 'bad_request' } });
	});
});

describe('refresh tokens', () => {
	test('rotate: only the last one works', async () => {
		const first = payt().issueToken();
		const second = (await refresh(first.refresh_token!)).body;
		expect(second.refresh_token).not.toBe(first.refresh_token);
		expect(await statusOf(second.access_token)).toBe(200);
		expect(await refresh(first.refresh_token!)).toMatchObject({
			status: 400,
			body: { error: 'invalid_grant' },
		});
		expect((await refresh(second.refresh_token)).status).toBe(200);
	});

	test('keep what was granted', async () => {
		const { refresh_token } = payt().issueToken({ scopes: ['tasks:read'] });
		expect((await refresh(refresh_token!)).body.scope).toBe('tasks:read');
	});

	test('lapse after 90 days, counted anew at each refresh', async () => {
		const { refresh_token } = payt().issueToken();
		payt().clock.advance(90 * DAY - HOUR);
		const next = (await refresh(refresh_token!)).body;
		payt().clock.advance(90 * DAY - HOUR);
		const last = (await refresh(next.refresh_token)).body;
		payt().clock.advance(90 * DAY);
		expect((await refresh(last.refresh_token)).status).toBe(400);
	});

	test('end when they are revoked', async () => {
		const { refresh_token } = payt().issueToken();
		payt().revokeRefreshTokens();
		expect((await refresh(refresh_token!)).status).toBe(400);
	});
});

describe('client credentials', () => {
	beforeEach(() => {
		payt().client.grantType = 'client_credentials';
	});

	test('give a token without an end and without a refresh token', async () => {
		const { status, body } = await ask(credentials);
		expect(status).toBe(200);
		expect(Object.keys(body).sort()).toEqual(['access_token', 'created_at', 'scope', 'token_type']);
		payt().clock.advance(1000 * DAY);
		expect(await statusOf(body.access_token)).toBe(200);
	});

	test('are taken as JSON, form-encoded and multipart', async () => {
		const form = new FormData();
		form.append('grant_type', 'client_credentials');
		const json = { body: JSON.stringify(credentials), type: 'application/json' };
		for (const asked of [{}, json, { body: form }]) {
			expect((await ask(credentials, asked)).status).toBe(200);
		}
	});

	test('are of no use for the other grants, nor the other way round', async () => {
		const refused = { status: 400, body: { error: 'unauthorized_client' } };
		expect(await refresh('x')).toMatchObject(refused);
		payt().client.grantType = 'authorization_code';
		expect(await ask(credentials)).toMatchObject(refused);
		expect(await ask({ grant_type: 'password' })).toMatchObject({
			status: 400,
			body: { error: 'unsupported_grant_type' },
		});
	});

	test('need Basic with the secret of now', async () => {
		const refused = { status: 401, body: { error: 'invalid_client' } };
		const { id, secret } = payt().client;
		const inBody = { ...credentials, client_id: id, client_secret: secret };
		expect(await ask(inBody, { authorization: '' })).toMatchObject(refused);
		const { access_token } = payt().issueToken();
		payt().client.secret = 'new';
		const old = { authorization: basic(payt(), secret) };
		expect(await ask(credentials, old)).toMatchObject(refused);
		expect((await ask(credentials)).status).toBe(200);
		expect(await statusOf(access_token)).toBe(200);
	});
});

describe('variants', () => {
	test('tokenAnswer: bare', async () => {
		payt().variants.tokenAnswer = 'bare';
		const { body } = await exchange(await codeOf());
		expect(Object.keys(body)).toEqual(['access_token', 'token_type']);
		expect(await statusOf(body.access_token)).toBe(200);
	});

	test('tokenError: api', async () => {
		payt().variants.tokenError = 'api';
		const { body } = await exchange(await codeOf(), { redirect_uri: 'http://127.0.0.1/other' });
		expect(body).toEqual({ code: 'bad_request', message: expect.any(String) });
		payt().variants.errorShape = 'nested';
		expect((await exchange('x')).body).toEqual({
			error: { code: 'invalid_grant', message: expect.any(String) },
		});
	});
});
