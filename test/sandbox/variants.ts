/** In which order lists come; `shuffled`: in the same one each time, which follows nothing. */
export type Order = 'newestFirst' | 'oldestFirst' | 'shuffled';

/** What `last_page` says: it may be one too few, or reckoned for the size that was asked for. */
export type LastPage = 'right' | 'oneTooFew' | 'ofAskedSize';

/** How a list without rows is written. */
export type EmptyList = 'list' | 'null' | 'object';

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
	/** 200 with JSON, 204 without a body, or 200 with `success: false` and nothing deleted. */
	deleteAnswer: 'json' | 'empty' | 'refused';
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
	order: Order;
	/** How a bad or expired access token is refused; the body is always of the OAuth shape. */
	expiredToken: 'unauthorized401' | 'accessDenied403' | 'accessDenied401' | 'accessDenied200';
	/** `keeps`: the answer to a refresh has no `refresh_token`, the old one stays valid. */
	refreshAnswer: 'rotates' | 'keeps';
	/** HTTP status of a refusal by the token endpoint. */
	tokenError: 400 | 401;
	/** Body of a refusal by the token endpoint. */
	tokenErrorShape: 'oauth' | 'message';
	/** Whether the answer 500 to the wrong `retry_conditions` of a new webhook comes after it was made. */
	wrongRetryConditions: 'nothingDone' | 'created';
	/** How the address of a webhook is kept. */
	webhookHost: 'asGiven' | 'lowerCase';
	/** `old`: webhooks without `bank_mode`, `va_mode`, `prefix_filters` and the alert fields. */
	webhookFields: 'new' | 'old';
	meta: 'present' | 'missing';
	lastPage: LastPage;
	emptyList: EmptyList;
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
	tokenErrorShape: 'oauth',
	wrongRetryConditions: 'nothingDone',
	webhookHost: 'asGiven',
	webhookFields: 'new',
	meta: 'present',
	lastPage: 'right',
	emptyList: 'list',
	subAccountMeta: 'missing',
	retryAfter: 'retry-after',
	errorShape: 'oauth',
	maxPerPage: 100,
};
