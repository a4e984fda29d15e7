import { randomBytes } from 'node:crypto';
import { logAndLimit } from '../../../../test/sandbox/endpoint';
import { ExpiringMap } from '../../../../test/sandbox/expiring';
import { RateLimitWindow } from '../../../../test/sandbox/limits';
import { startServer, type Server, type ServerOptions } from '../../../../test/sandbox/server';
import type { RateLimit } from '../../../../test/sandbox/state';
import { payt as contract } from '../contract';
import { errorAnswer } from './answers';
import { apiRoutes } from './api';
import { UPLOAD_LIFE, uploadRoutes } from './api/files';
import { addSample, createData, removeRow, timeOf, type Counts } from './data';
import type { EventAbout } from './events';
import type { Kind, Row } from './model';
import { oauthRoutes } from './oauth';
import type { Client, State } from './state';
import { Tokens, type Grant, type OAuthToken } from './tokens';
import { defaultVariants, type Variants } from './variants';
import { Webhooks, type Delivery } from './webhooks';

export type { FaultAnswer, FaultRule } from '../../../../test/sandbox/faults';
export type { RateLimit, SeenRequest } from '../../../../test/sandbox/state';
export { EVENTS, type EventAbout } from './events';
export type * from './model';
export type { Client } from './state';
export type { OAuthToken } from './tokens';
export { defaultVariants, type Variants } from './variants';
export type { Delivery, Webhook } from './webhooks';

export interface PaytOptions extends ServerOptions {
	/** How many rows of each kind there are at the start. */
	rows?: Counts;
	/** Default `authorization_code`; the other one has an allow list with the caller's address. */
	grantType?: Client['grantType'];
	/** For each access token; default 10 calls per 1000 ms. */
	rateLimit?: RateLimit | false;
	variants?: Partial<Variants>;
}

/**
 * A running Payt. Its `url` stands for both `https://api.paytsoftware.com` and
 * `https://app.paytsoftware.com`.
 */
export interface Payt extends State, Server {
	/** A token as after a finished flow; default: all scopes of the application, everything open. */
	issueToken(grant?: Partial<Grant>): OAuthToken;
	/** Ends every access token given out so far; refresh tokens stay. */
	revokeTokens(): void;
	/** Ends every refresh token given out so far. */
	revokeRefreshTokens(): void;
	/** Adds a row without a request; what is not given has sample values. */
	add(kind: Kind, row?: Record<string, unknown>): Row;
	/** Changes a row without a request. */
	change(kind: Kind, id: string, fields: Record<string, unknown>): Row;
	/** Removes a row without a request, as users do; it goes into the list of deleted ones. */
	remove(kind: Kind, id: string): void;
	/**
	 * Tells an event to the webhook and repeats it until it is taken.
	 * @returns the first attempt, undefined when there is no webhook that wants it
	 */
	deliver(event: string, about?: EventAbout): Promise<Delivery | undefined>;
	/** Sends once more what was sent before. */
	sendAgain(delivery: Delivery): Promise<Delivery | undefined>;
}

interface OAuthScheme {
	flows: { authorizationCode: { scopes: Record<string, string> } };
}

/** Every scope there is. */
function scopesOfContract(): string[] {
	const { flows } = contract.components.securitySchemes.oauth2 as OAuthScheme;
	return Object.keys(flows.authorizationCode.scopes);
}

/**
 * Starts a local stand-in for Payt on 127.0.0.1: OAuth 2.0 with both grant types, the API, uploads
 * and webhooks. It behaves as Payt's documents say; where they disagree or are silent, `variants`
 * decides.
 */
export async function startPayt(options: PaytOptions = {}): Promise<Payt> {
	const { grantType = 'authorization_code', rateLimit = { calls: 10, perMs: 1000 } } = options;
	const { app, faults, base } = await startServer(options, () => webhooks.idle());
	const { clock } = base;
	const data = createData(options.rows ?? {}, clock.now());
	const tokens = new Tokens(clock);
	const callerAddress = '203.0.113.10';
	const payt: Payt = {
		...base,
		client: {
			id: randomBytes(16).toString('hex'),
			secret: randomBytes(32).toString('hex'),
			grantType,
			scopes: scopesOfContract(),
			ipAllowList: grantType === 'client_credentials' ? [callerAddress] : [],
		},
		callerAddress,
		data,
		variants: { ...defaultVariants, ...options.variants },
		rateLimit,
		limitKey: ({ headers }) => headers.authorization ?? '',
		isApi: (path) => path.startsWith('/v1/'),
		refused: (apiError) => errorAnswer(apiError, payt.variants),
		consent: 'ask',
		deliveryTimeoutMs: 10_000,
		deliveries: [],
		tokens,
		uploads: new ExpiringMap(clock, UPLOAD_LIFE),
		issueToken: (grant = {}) =>
			tokens.issue(
				{ scopes: [...payt.client.scopes], administrations: 'all', ...grant },
				payt.client.grantType === 'client_credentials',
			),
		revokeTokens: () => tokens.revokeAllAccess(),
		revokeRefreshTokens: () => tokens.revokeAllRefresh(),
		add: (kind, row = {}) => addSample(data, kind, row, clock.now()),
		change: (kind, id, fields) => {
			const row = data[kind].find((candidate) => candidate.id === id);
			if (!row) throw new Error(`change: no ${kind} ${id}`);
			return Object.assign(row, { updated_at: timeOf(clock.now()) }, fields);
		},
		remove: (kind, id) => removeRow(data, kind, id, clock.now()),
		deliver: (event, about) => webhooks.deliver(event, about),
		sendAgain: (delivery) => webhooks.again(delivery),
		idle: () => webhooks.idle(),
	};
	const webhooks = new Webhooks(payt);
	app.use(logAndLimit(payt, faults, new RateLimitWindow()));
	app.use('/oauth', oauthRoutes(payt));
	app.use('/v1', apiRoutes(payt));
	app.use('/uploads', uploadRoutes(payt));
	return payt;
}
