import { setTimeout as sleep } from 'node:timers/promises';
import { waitUntil } from '../../../scripts/n8n/waitUntil';
import { allTextOf, byId, credentialType, secretsOf, useSePayTester } from './sePay';

const tester = useSePayTester({ transactions: 70 });
const get = { resource: 'bankAccount', operation: 'get', bankAccountId: byId('12') };
const list = { resource: 'transaction', operation: 'getAll', returnAll: true };
const del = { resource: 'webhook', operation: 'delete', webhookId: byId('59325') };

const tokenCalls = () => tester.sandbox.requests.filter(({ path }) => path === '/oauth/token');
const stored = () =>
	tester.credentials.store[credentialType].oauthTokenData as Record<string, string>;
const hundred = Array.from({ length: 100 }, (_, index) => ({ index }));
const expiries = ['unauthorized401', 'accessDenied403', 'accessDenied401'] as const;

describe.each(expiries)('an access token that expired, refused by %s', (expiredToken) => {
	beforeEach(() => {
		tester.sandbox.variants.expiredToken = expiredToken;
		tester.sandbox.expireAccessTokens();
	});

	test('is renewed once and the rotated refresh token stored', async () => {
		const old = stored();
		expect(await tester.rows(get)).toHaveLength(1);
		expect(tokenCalls().map(({ body }) => body)).toEqual([
			{
				grant_type: 'refresh_token',
				refresh_token: old.refresh_token,
				client_id: tester.sandbox.client.id,
				client_secret: tester.sandbox.client.secret,
			},
		]);
		expect(stored().access_token).not.toBe(old.access_token);
		expect(stored().refresh_token).not.toBe(old.refresh_token);
	});

	test('is renewed again by the refresh token that the first renewal gave', async () => {
		await tester.rows(get);
		tester.sandbox.expireAccessTokens();
		expect(await tester.rows(get)).toHaveLength(1);
		expect(tokenCalls()).toHaveLength(2);
	});

	test('is renewed once in the middle of Return All, and no row is missing', async () => {
		tester.sandbox.variants.maxPerPage = 20;
		expect(await tester.rows(list)).toHaveLength(70);
		expect(tokenCalls()).toHaveLength(1);
	});

	test('is renewed before a webhook is created, which happens once', async () => {
		const webhookUrl = 'https://n8n.example.com/webhook';
		const fields = { name: 'Orders', webhookUrl, authenType: 'No_Authen' };
		await tester.rows({ resource: 'webhook', operation: 'create', ...fields });
		expect(tester.sandbox.data.webhooks).toHaveLength(1);
		expect(tokenCalls()).toHaveLength(1);
	});

	test('keeps the refresh token that the renewal does not replace', async () => {
		tester.sandbox.variants.refreshAnswer = 'keeps';
		const { refresh_token } = stored();
		for (let times = 1; times <= 2; times += 1) {
			tester.sandbox.expireAccessTokens();
			expect(await tester.rows(get)).toHaveLength(1);
			expect(stored().refresh_token).toBe(refresh_token);
			expect(tokenCalls()).toHaveLength(times);
		}
	});

	test.each([400, 401] as const)(
		'ends in "needs to be reconnected" when the refresh token is dead (%s)',
		async (tokenError) => {
			tester.sandbox.variants.tokenError = tokenError;
			tester.sandbox.revokeRefreshTokens();
			for (const parameters of [get, list, del]) {
				tester.sandbox.clearRequests();
				const { message, description } = await tester.failure(parameters);
				expect(message).toBe('The credential "My SePay" needs to be reconnected.');
				expect(description).toContain('Open the credential and reconnect it');
				expect(tokenCalls()).toHaveLength(1);
			}
		},
	);
});

test.each(['unauthorized401', 'accessDenied403'] as const)(
	'an access token that expired (%s) is renewed once for a hundred items',
	async (expiredToken) => {
		tester.sandbox.variants.expiredToken = expiredToken;
		tester.sandbox.expireAccessTokens();
		const { items, error } = await tester.run(get, { input: hundred });
		expect([items.length, error]).toEqual([100, undefined]);
		expect(tokenCalls()).toHaveLength(1);
	},
);

test('a dead refresh token is tried once for a hundred items, each of which gets the error', async () => {
	tester.sandbox.expireAccessTokens();
	tester.sandbox.revokeRefreshTokens();
	// n8n tries again for calls that meet the dead token after the first try has ended.
	const isRefused = ({ status }: { status?: number }) => status === 401;
	const allRefused = async () => tester.sandbox.requests.filter(isRefused).length >= hundred.length;
	const after = waitUntil('all are refused', allRefused).then(async () => await sleep(1000));
	tester.sandbox.fault({ path: '/oauth/token', when: 'after', answer: { after } });
	const { rows } = await tester.run(get, { input: hundred, onError: 'continueRegularOutput' });
	expect(rows).toEqual(
		hundred.map(() => ({ error: 'The credential "My SePay" needs to be reconnected.' })),
	);
	expect(tokenCalls()).toHaveLength(1);
});

test('a valid token is not renewed', async () => {
	await tester.run(get, { input: hundred });
	expect(tokenCalls()).toEqual([]);
});

describe('a renewal that SePay refuses for the client secret', () => {
	beforeEach(() => {
		tester.credentials.store[credentialType].clientSecret = 'secret_mistyped';
		tester.sandbox.expireAccessTokens();
	});

	test('is not taken for a broken connection and not repeated', async () => {
		// Were the call repeated, it would come here.
		const path = '/api/v1/bank-accounts/12';
		const expired = { status: 401, body: { error: 'invalid_token' } };
		tester.sandbox.fault({ path, answer: expired });
		tester.sandbox.fault({ path, times: Infinity, answer: { status: 404, body: {} } });
		const { message, description } = await tester.failure(get);
		expect(tester.calls()).toEqual(['GET /bank-accounts/12']);
		expect(tokenCalls()).toHaveLength(1);
		expect(`${message} ${description}`).toMatch(/credential|sign-in/i);
		expect(message).not.toMatch(/connection/);
	});

	test('is not said to have changed anything', async () => {
		const { message, description } = await tester.failure(del);
		expect(`${message} ${description}`).toMatch(/credential|sign-in/i);
		expect(`${message} ${description}`).not.toMatch(/connection|may still have processed it/);
	});
});

describe.each(['stopWorkflow', 'continueRegularOutput'] as const)(
	'no token and no secret appears with %s',
	(onError) => {
		async function wordsOf(parameters: typeof get | typeof del): Promise<string> {
			const before = secretsOf(tester.credentials);
			const { run } = await tester.run(parameters, { onError });
			const words = allTextOf(run);
			for (const secret of [...before, ...secretsOf(tester.credentials)]) {
				expect(words).not.toContain(secret);
			}
			return words;
		}

		test.each<[string, string, () => void]>([
			['a good run', 'Vietcombank', () => {}],
			['a renewal', 'Vietcombank', () => tester.sandbox.expireAccessTokens()],
			[
				'a dead refresh token',
				'needs to be reconnected',
				() => {
					tester.sandbox.expireAccessTokens();
					tester.sandbox.revokeRefreshTokens();
				},
			],
			[
				'a renewal answered with 500',
				'500',
				() => {
					tester.sandbox.expireAccessTokens();
					tester.sandbox.fault({ path: '/oauth/token', answer: { status: 500, body: {} } });
				},
			],
			[
				'a renewal answered with a web page',
				'text/html',
				() => {
					tester.sandbox.expireAccessTokens();
					const answer = { status: 200, contentType: 'text/html', body: '<html>' };
					tester.sandbox.fault({ path: '/oauth/token', answer });
				},
			],
			[
				'a refusal',
				'rejected the request',
				() => {
					const answer = { status: 400, body: { message: 'No' } };
					tester.sandbox.fault({ path: /^\/api\//, answer });
				},
			],
			[
				'a sign-in that stays refused',
				'rejected the credential',
				() => {
					const answer = { status: 401, body: { error: 'invalid_token' } };
					tester.sandbox.fault({ path: /^\/api\//, times: Infinity, answer });
				},
			],
			[
				'an answer cut in half',
				'text that is not JSON',
				() => {
					tester.sandbox.fault({ path: /^\/api\//, answer: 'halfJson' });
				},
			],
		])('in what comes of %s', async (_name, part, prepare) => {
			prepare();
			expect(await wordsOf(get)).toContain(part);
		});

		test('in what comes of a write whose connection is cut', async () => {
			tester.sandbox.fault({ method: 'DELETE', answer: 'cut' });
			expect(await wordsOf(del)).toContain('may still have processed it');
		});
	},
);
