import type { Answer } from './answers';
import type { ApiError } from './apiError';
import type { Clock } from './clock';
import type { Delivery } from './deliveries';
import type { Data, User } from './model';
import type { Tokens } from './tokens';
import type { TokenApi } from './userApi';
import type { Variants } from './variants';

/** A request as the sandbox saw it. */
export interface SeenRequest {
	method: string;
	/** Whole path without the query, such as `/api/v1/webhooks`. */
	path: string;
	query: Record<string, string>;
	/** The query as it came: empty, or with its question mark. */
	search: string;
	/** Names in lower case. */
	headers: Record<string, string>;
	/** The parsed body: JSON or form fields (`formFields`), files as `File`; undefined: there was none, or malformed. */
	body: unknown;
	rawBody: string;
	bytes: Buffer;
	/** Status answered; undefined while open and when the connection was cut. */
	status?: number;
	/** Real time, epoch milliseconds. */
	receivedAt: number;
}

export interface RateLimit {
	calls: number;
	perMs: number;
}

export interface Client {
	id: string;
	secret: string;
	/** Scopes the application is registered for. */
	scopes: string[];
	/** The registered redirect URL; undefined: any loopback address. */
	redirectUrl?: string;
}

/** What every server of the sandbox has; everything may be changed while it runs. */
export interface Service {
	clock: Clock;
	/** Header of a 429 that holds the whole seconds to wait. */
	variants: { retryAfter: 'retry-after' | 'x-sepay-userapi-retry-after' | 'none' };
	/** Milliseconds an answer of the API takes; the effect happens at once. */
	latencyMs: number;
	/** Calls within a sliding window of those who are counted together; false: no limit. */
	rateLimit: RateLimit | false;
	/** What the calls that are counted together have in common; default: the client address. */
	limitKey?(request: SeenRequest): string;
	/** Whether a path is of the API, which latency and rate limit are for. */
	isApi(path: string): boolean;
	/** The answer that refuses a request. */
	refused(apiError: ApiError, request: SeenRequest): Answer;
	/** Takes private hosts and plain HTTP as addresses of webhooks. */
	allowPrivateWebhooks: boolean;
	/**
	 * Where deliveries to a public address really go: origin such as `https://n8n.example.com` to
	 * origin on this machine. Others than those and loopback are never reached.
	 */
	hosts: Map<string, string>;
	/** Milliseconds a receiver of webhooks has for its answer, real time. */
	deliveryTimeoutMs: number;
	requests: SeenRequest[];
	/** Ends every wait when the sandbox closes. */
	closing: AbortController;
}

/** What all parts of the local SePay share; `allowPrivateWebhooks` is its Test mode. */
export interface State extends Service {
	client: Client;
	users: { admin: User; limited: User };
	data: Data;
	variants: Variants;
	/** `remembered`: the Admin agreed before, so authorizing redirects at once. */
	consent: 'ask' | 'remembered';
	/** Ids are not given out twice, so that the id of a removed webhook stays unknown. */
	nextWebhookId: number;
	/** Every attempt to deliver, in the order in which they ended. */
	deliveries: Delivery[];
	tokens: Tokens;
	/** The API for a token, on the same data. */
	tokenApi: TokenApi;
}
