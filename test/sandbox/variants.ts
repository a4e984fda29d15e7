/**
 * What the documents contradict or leave open; the first value of each is the default.
 * A client has to work with every one of them.
 */
export interface Variants {
	/** What `retry_conditions` of a request must hold; the other form is answered with 500. */
	retryConditions: 'list' | 'map';
	/** `{"status", "data": {"id"}}`, or the older `{"id": "…", "message"}` at the root. */
	createAnswer: 'enveloped' | 'root';
	createStatus: 200 | 201;
	updateAnswer: 'bare' | 'data';
	/** 200 with JSON, or 204 without a body. */
	deleteAnswer: 'json' | 'empty';
	/** The path that exists; the other one is answered with 404. */
	companyPath: 'company' | 'companies';
	/** What a new list of payment code formats does to the old one. */
	formatsUpdate: 'replace' | 'merge';
	/** Booleans in answers: `true`/`false` or `1`/`0`. */
	booleans: 'json' | 'integer';
	/** Ids in answers: `59325` or `"59325"`. */
	ids: 'integer' | 'string';
	/** Amounts in answers: the JSON number `18067000.00` or the text `"18067000.00"`. */
	amounts: 'number' | 'decimalText';
	order: 'newestFirst' | 'oldestFirst';
	/** How a bad or expired access token is refused; the body is always of the OAuth shape. */
	expiredToken: 'unauthorized401' | 'accessDenied403' | 'accessDenied401';
	/** `keeps`: the answer to a refresh has no `refresh_token`, the old one stays valid. */
	refreshAnswer: 'rotates' | 'keeps';
	/** HTTP status of a refusal by the token endpoint. */
	tokenError: 400 | 401;
	/** `old`: webhooks without `bank_mode`, `va_mode`, `prefix_filters` and the alert fields. */
	webhookFields: 'new' | 'old';
	meta: 'present' | 'missing';
	/** Whether the list of sub-accounts is paged. */
	subAccountMeta: 'missing' | 'present';
	/** Header of a 429 that holds the whole seconds to wait. */
	retryAfter: 'retry-after' | 'x-sepay-userapi-retry-after' | 'none';
	/** Body of refusals other than a bad token. */
	errorShape: 'oauth' | 'message' | 'messages' | 'errors';
	/** Largest page; a larger `limit` is cut down to it. */
	maxPerPage: number;
}

export const defaultVariants: Readonly<Variants> = {
	retryConditions: 'list',
	createAnswer: 'enveloped',
	createStatus: 200,
	updateAnswer: 'bare',
	deleteAnswer: 'json',
	companyPath: 'company',
	formatsUpdate: 'replace',
	booleans: 'json',
	ids: 'integer',
	amounts: 'number',
	order: 'newestFirst',
	expiredToken: 'unauthorized401',
	refreshAnswer: 'rotates',
	tokenError: 400,
	webhookFields: 'new',
	meta: 'present',
	subAccountMeta: 'missing',
	retryAfter: 'retry-after',
	errorShape: 'oauth',
	maxPerPage: 100,
};
