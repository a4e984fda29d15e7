import { randomBytes } from 'node:crypto';
import { orderAccounts } from './accounts';
import { errorAnswer } from './answers';
import { apiRoutes } from './api';
import { createData } from './data';
import { Deliveries, type Delivery, type Payload } from './deliveries';
import { logAndLimit } from './endpoint';
import { RateLimitWindow } from './limits';
import type { Transaction } from './model';
import { oauthRoutes } from './oauth';
import { startServer, type Server, type ServerOptions } from './server';
import type { RateLimit, State } from './state';
import { Tokens, type OAuthToken } from './tokens';
import { bookTransaction } from './transactions';
import * as userApi from './userApi';
import { defaultVariants, type Variants } from './variants';

export type { Delivery, Payload } from './deliveries';
export type { FaultAnswer, FaultRule } from './faults';
export type * from './model';
export type { Client, RateLimit, SeenRequest } from './state';
export type { OAuthToken } from './tokens';
export { uuidOf } from './userApi';
export { defaultVariants, type Variants } from './variants';

export interface SandboxOptions extends ServerOptions {
	/** Decides the seeded transactions. */
	seed?: number;
	/** How many transactions there are; default 3000. */
	transactions?: number;
	/** Whether there is an account at each bank that has orders; else at Vietcombank alone. */
	orderAccounts?: boolean;
	/** Default 3 calls per 1000 ms. */
	rateLimit?: RateLimit | false;
	variants?: Partial<Variants>;
}

/** A running sandbox; `/oauth/authorize` and `/oauth/token` are at its `url`. */
export interface Sandbox extends State, Server {
	/** Base address of the API. */
	apiUrl: string;
	/** A token as after a finished flow; default: the Admin's, with all scopes of the client. */
	issueToken(options?: { scopes?: string[]; user?: 'admin' | 'limited' }): OAuthToken;
	/** Ends every access token given out so far; refresh tokens stay. */
	expireAccessTokens(): void;
	/** Ends every refresh token given out so far. */
	revokeRefreshTokens(): void;
	/** Books the newest transaction and sends it to the webhooks that want it. */
	addTransaction(transaction?: Partial<Transaction>): Transaction;
	/**
	 * Pays into the virtual account of an order, as a customer does: VND, by default what it asks for.
	 * @throws when the bank takes no such payment
	 */
	payVa(va_number: string, amount?: number): Transaction;
	/**
	 * Sends once to a webhook, as the dashboard does: nothing more given, a test send (id 0); the id
	 * of a transaction, a replay; fields of a payload, a test send with these fields.
	 */
	deliver(webhookId: number, what?: number | Partial<Payload>): Promise<Delivery>;
}

/**
 * Starts a local stand-in for SePay on 127.0.0.1: OAuth 2.0, the API, the one for a token, webhook
 * deliveries. It behaves as SePay's documents say; where they disagree or are silent, `variants`
 * decides.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const { app, faults, base } = await startServer(options, () => deliveries.idle());
	const { clock } = base;
	const data = createData(options.transactions ?? 3000, options.seed ?? 1, clock.now());
	if (options.orderAccounts) data.bankAccounts.push(...orderAccounts());
	const [admin, limited] = data.users;
	const client = {
		id: `app_${randomBytes(8).toString('hex')}`,
		secret: randomBytes(24).toString('hex'),
		scopes: [
			'bank-account:read',
			'transaction:read',
			'webhook:read',
			'webhook:write',
			'webhook:delete',
			'profile',
			'company',
		],
	};
	const tokens = new Tokens(clock, client.id);

	const sandbox: Sandbox = {
		...base,
		apiUrl: `${base.url}/api/v1`,
		client,
		users: { admin, limited },
		data,
		variants: { ...defaultVariants, ...options.variants },
		rateLimit: options.rateLimit ?? { calls: 3, perMs: 1000 },
		isApi: (path) => path.startsWith('/api/') || userApi.isTokenApi(path),
		refused: (apiError, { path }) =>
			userApi.isTokenApi(path)
				? userApi.errorAnswer(apiError, sandbox)
				: errorAnswer(apiError, sandbox.variants),
		consent: 'ask',
		deliveryTimeoutMs: 30_000,
		nextWebhookId: 59_325,
		tokens,
		tokenApi: userApi.createTokenApi(base.url),
		issueToken: ({ scopes = sandbox.client.scopes, user = 'admin' } = {}) =>
			tokens.issue({ user: sandbox.users[user], scopes: [...scopes] }),
		expireAccessTokens: () => tokens.expireAccessTokens(),
		revokeRefreshTokens: () => tokens.revokeRefreshTokens(),
		addTransaction: (wish = {}) => {
			const transaction = bookTransaction(data, wish, clock.now());
			deliveries.announce(transaction);
			return transaction;
		},
		payVa: (va_number, amount) => userApi.pay(sandbox, va_number, amount, sandbox.addTransaction),
		deliveries: [],
		deliver: (webhookId, what) => deliveries.manual(webhookId, what),
		idle: () => deliveries.idle(),
	};
	const deliveries = new Deliveries(sandbox);

	app.use(logAndLimit(sandbox, faults, new RateLimitWindow()));
	app.use('/oauth', oauthRoutes(sandbox));
	app.use('/api/v1', apiRoutes(sandbox));
	app.use('/v2', userApi.apiRoutes(sandbox));
	return sandbox;
}
