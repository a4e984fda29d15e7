import { inspect } from 'node:util';
import { SePayBankHubApi } from '../../credentials/SePayBankHubApi.credentials';
import { SePayPaymentGatewayApi } from '../../credentials/SePayPaymentGatewayApi.credentials';
import { SePayTokenApi } from '../../credentials/SePayTokenApi.credentials';
import { TestCredentials } from '../harness/credentials';
import { testCredential } from '../harness/credentialTest';
import {
	captureLog,
	ODD_SECRET,
	ODD_TOKEN,
	testEchoes,
	testRedirects,
	type Guarded,
} from '../harness/secrets';
import { startSandbox } from '../sandbox';
import type { Server } from '../sandbox/server';
import {
	startReceiver,
	useBankHub,
	usePaymentGateway,
	useSandbox,
	type Receiver,
} from '../sandbox/testing';
import { accountId, byId, byToken, useTokenTester } from './SePay/apiToken/sePayToken';
import { credentialType as oAuth2, useSePayTester } from './SePay/sePay';
import { credentialType as bankHub, tokenOf, useBankHubTester } from './SePayBankHub/bankHub';
import { credentialType as gateway, useGateway } from './SePayPaymentGateway/paymentGateway';
import { workflowOf } from './SePayTrigger/support';
import { withToken } from './shared/inNode';

const isRefusal = (status: number) => status >= 400;
const basicOf = (...parts: unknown[]) => Buffer.from(parts.join(':')).toString('base64');

describe('SePay OAuth2', () => {
	const tester = useSePayTester();
	const stored = () => tester.credentials.store[oAuth2];
	const tokens = () => stored().oauthTokenData as Record<string, string>;
	const guarded: Guarded = {
		bench: tester,
		server: () => tester.sandbox,
		parameters: () => ({ resource: 'profile', operation: 'get', simplify: false }),
		secrets: () => [String(stored().clientSecret), tokens().access_token, tokens().refresh_token],
		basic: () => basicOf(stored().clientId, stored().clientSecret),
		api: /^\/api\//,
	};
	describe('calls', () => {
		testEchoes(guarded);
		testRedirects(guarded);
	});
	describe('calls with a token of odd signs', () => {
		beforeEach(() => Object.assign(tokens(), { access_token: ODD_TOKEN }));
		testEchoes(guarded);
	});
	describe('the renewal', () => {
		beforeEach(() => {
			tester.sandbox.client.secret = ODD_SECRET;
			stored().clientSecret = ODD_SECRET;
			tester.sandbox.expireAccessTokens();
		});
		// n8n keeps the words of the others to itself.
		testEchoes(guarded, /^\/oauth\/token/, (status) => isRefusal(status) && status < 500);
	});
});

describe('SePay API token', () => {
	const tester = useTokenTester();
	const stored = () => tester.credentials.store.sePayTokenApi;
	const guarded: Guarded = {
		bench: tester,
		server: () => tester.sandbox,
		parameters: () => ({
			...byToken('bankAccount', 'get'),
			bankAccountId: byId(accountId(tester.sandbox.data.bankAccounts[0])),
			simplify: false,
		}),
		secrets: () => [String(stored().apiToken).trim()],
		api: /^\/v2\//,
	};
	describe('calls', () => {
		testEchoes(guarded);
		testRedirects(guarded);
	});
	describe('calls with a token of odd signs', () => {
		beforeEach(() => {
			stored().apiToken = ` ${ODD_TOKEN}\n`;
		});
		testEchoes(guarded);
	});
});

describe('SePay Bank Hub', () => {
	const tester = useBankHubTester();
	const stored = () => tester.credentials.store[bankHub];
	const guarded: Guarded = {
		bench: tester,
		server: () => tester.hub,
		parameters: () => ({ resource: 'merchant', operation: 'get', simplify: false }),
		secrets: () => [String(stored().clientSecret), tokenOf(tester), String(stored().accessToken)],
		basic: () => basicOf(stored().clientId, stored().clientSecret),
		api: /^\/v1\/(?!token)/,
	};
	beforeEach(async () => {
		tester.hub.client.secret = ODD_SECRET;
		tester.store({ clientSecret: ODD_SECRET });
		await tester.test();
		tester.hub.clearRequests();
	});
	describe('calls', () => {
		testEchoes(guarded);
		testRedirects(guarded);
	});
	describe('the exchange of ID and secret', () => {
		beforeEach(() => tester.hub.revokeTokens());
		testEchoes(guarded, /^\/v1\/token/, isRefusal);
		testRedirects(guarded, /^\/v1\/token/);
	});
});

describe('SePay Payment Gateway', () => {
	const tester = useGateway();
	const stored = () => tester.credentials.store[gateway];
	const guarded: Guarded = {
		bench: tester,
		server: () => tester.gateway,
		parameters: () => ({ resource: 'order', operation: 'getAll', simplify: false }),
		secrets: () => [String(stored().secretKey)],
		basic: () => basicOf(stored().merchantId, stored().secretKey),
		api: /^\/v1\/order/,
	};
	beforeEach(() => {
		tester.gateway.merchant.secretKey = ODD_SECRET;
		tester.store({ secretKey: ODD_SECRET });
	});
	describe('calls', () => {
		testEchoes(guarded, guarded.api, isRefusal);
		testRedirects(guarded);
	});
	describe('the question whether SePay knows the merchant', () => {
		beforeEach(() => tester.store({ accepted: '' }));
		testEchoes(guarded, guarded.api, isRefusal);
		testRedirects(guarded);
	});
});

describe('the test of a credential', () => {
	const sepay = useSandbox({ transactions: 0 });
	const hub = useBankHub();
	const paymentGateway = usePaymentGateway();
	let other: Receiver;
	beforeEach(async () => {
		other = await startReceiver();
	});
	afterEach(async () => await other.close());

	const subjects: Array<[string, () => Server, () => ReturnType<typeof testCredential>]> = [
		[
			'SePay API token',
			sepay,
			async () => await testCredential(new SePayTokenApi(), withToken(sepay())),
		],
		[
			'SePay Bank Hub',
			hub,
			async () => {
				const { url: baseUrl, client } = hub();
				const stored = { environment: 'custom', baseUrl, clientId: client.id };
				const type = new SePayBankHubApi();
				return await testCredential(
					type,
					new TestCredentials([type], { [type.name]: { ...stored, clientSecret: client.secret } }),
				);
			},
		],
		[
			'SePay Payment Gateway',
			paymentGateway,
			async () => {
				const { url: baseUrl, merchant } = paymentGateway();
				const stored = { environment: 'custom', baseUrl, merchantId: merchant.id };
				const type = new SePayPaymentGatewayApi();
				return await testCredential(
					type,
					new TestCredentials([type], {
						[type.name]: { ...stored, secretKey: merchant.secretKey },
					}),
				);
			},
		],
	];
	const paths = [/bank-accounts|merchant-config|order/, /./];

	test.each(subjects)('follows no redirect: %s', async (_name, server, tested) => {
		for (const path of paths) {
			for (const status of [301, 302, 303, 307, 308]) {
				const mend = server().fault({ path, answer: { status, redirectTo: other.url } });
				const { status: verdict, message } = await tested();
				mend();
				expect([verdict, message]).toEqual([
					'Error',
					expect.stringContaining(' redirected the request'),
				]);
			}
		}
		expect(other.received).toEqual([]);
		expect(await tested()).toMatchObject({ status: 'OK' });
	});

	test.each(subjects)('says nothing of what is repeated: %s', async (_name, server, tested) => {
		const { secretKey } = paymentGateway().merchant;
		const secrets = [sepay().tokenApi.token, hub().client.secret, secretKey];
		for (const status of [400, 401, 403, 500, 200]) {
			for (const path of paths) {
				const mend = server().fault({ path, answer: { status, echo: 'json' } });
				const log = captureLog();
				const words = JSON.stringify(await tested()) + log.words();
				log.restore();
				mend();
				for (const secret of secrets) expect(words).not.toContain(secret);
			}
		}
	});
});

test('a secret that the node makes for its webhook is masked when SePay repeats it', async () => {
	const sepay = await startSandbox({ rateLimit: false, transactions: 0 });
	const workflow = workflowOf(sepay);
	const rule = { method: 'POST', path: '/api/v1/webhooks', times: Infinity };
	sepay.fault({ ...rule, answer: { status: 400, echo: 'json' } });
	const log = captureLog();
	const error = await workflow.publish().catch((reason) => reason);
	const words = inspect(error, { depth: null, showHidden: true }) + log.words();
	log.restore();
	const { body } = sepay.requests.find(({ method }) => method === 'POST')!;
	const { secret_key } = body as { secret_key: string };
	await sepay.close();
	expect(secret_key.length).toBeGreaterThan(20);
	expect(error.message).toContain('secret_key: ***');
	expect(words).not.toContain(secret_key);
});
