import type { Clock } from './clock';
import type { Delivery } from './deliveries';
import type { Data, User } from './model';
import type { Tokens } from './tokens';
import type { Variants } from './variants';

/** A request as the sandbox saw it. */
export interface SeenRequest {
	method: string;
	/** Whole path without the query, such as `/api/v1/webhooks`. */
	path: string;
	query: Record<string, string>;
	/** Names in lower case. */
	headers: Record<string, string>;
	/** The parsed body: JSON or form fields; undefined when there was none or it was malformed. */
	body: unknown;
	rawBody: string;
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

/** What all parts of the sandbox share; everything may be changed while it runs. */
export interface State {
	client: Client;
	users: { admin: User; limited: User };
	data: Data;
	clock: Clock;
	variants: Variants;
	/** Milliseconds an answer of the API takes; the effect happens at once. */
	latencyMs: number;
	/** Calls of one client address within a sliding window; false: no limit. */
	rateLimit: RateLimit | false;
	/** `remembered`: the Admin agreed before, so authorizing redirects at once. */
	consent: 'ask' | 'remembered';
	/** SePay's Test mode, which takes private hosts and plain HTTP as webhook addresses. */
	allowPrivateWebhooks: boolean;
	/**
	 * Where deliveries to a public address really go: origin such as `https://n8n.example.com` to
	 * origin on this machine. Others than those and loopback are never reached.
	 */
	hosts: Map<string, string>;
	/** Milliseconds a receiver of webhooks has for its answer, real time. */
	deliveryTimeoutMs: number;
	/** Ids are not given out twice, so that the id of a removed webhook stays unknown. */
	nextWebhookId: number;
	requests: SeenRequest[];
	/** Every attempt to deliver, in the order in which they ended. */
	deliveries: Delivery[];
	tokens: Tokens;
	/** Ends every wait when the sandbox closes. */
	closing: AbortController;
}
