import type { Service } from '../state';

/** The shapes that a refusal may have. */
export const ERROR_SHAPES = [
	'fields',
	'fieldsNull',
	'message',
	'detail',
	'messages',
	'fieldsAlone',
	'errorAlone',
	'messagesAlone',
	'html',
] as const;

/**
 * What the documents of Bank Hub contradict or leave open; the first value of each is the default.
 * A client has to work with every one of them.
 */
export interface Variants {
	/** Flags and the allowance: of the type documented for each place, or of one type everywhere. */
	flags: 'documented' | 'number' | 'text';
	/** Amounts: likewise; as text they have two decimals. */
	amounts: 'documented' | 'number' | 'text';
	/** `in`/`out` in the API and `credit`/`debit` in IPNs, or one of them in both. */
	directions: 'documented' | 'inOut' | 'creditDebit';
	/**
	 * Date-times in answers: as documented, with `T`, with `T` and a zone, the same without a colon,
	 * in UTC, in UTC with microseconds.
	 */
	times: 'documented' | 'T' | 'zoned' | 'zonedShort' | 'utc' | 'utcFraction';
	/** Whose days the filters of transactions take. */
	days: 'vietnam' | 'utc';
	/** What stands where there is nothing. */
	nothing: 'null' | 'emptyText';
	/** What a test transaction takes as `transfer_type`; the other form is refused. */
	testDirection: 'creditDebit' | 'inOut' | 'both';
	/** Whether an IPN has `gateway`, `content`, `reference_code`, or the names of the API. */
	ipnNames: 'documented' | 'asApi';
	/** `transaction_date` of an IPN: as documented for the API, ISO 8601 with and without zone, or Unix seconds. */
	ipnDate: 'documented' | 'iso' | 'T' | 'timestamp';
	/** How the payload spells what `allow_events` calls BANK_ACCOUNT_INACTIVATED. */
	inactivatedEvent: 'BANK_ACCOUNT_INACTIVED' | 'BANK_ACCOUNT_INACTIVATED';
	/** `events[].metadata` of a link token that is read. */
	eventMetadata: 'null' | 'object';
	/** The parameter that sets the size of a page; the other one is ignored. */
	pageSizeName: 'per_page' | 'limit';
	/** Largest page; `largePage` says what a larger one does. */
	maxPerPage: number;
	largePage: 'cut' | 'refuse';
	/** Whether lists have their `meta`. */
	meta: 'present' | 'missing';
	/**
	 * How many pages there are: as many as there are; one too few; reckoned, as the size of a page is
	 * told, for the size that is asked for.
	 */
	pageCount: 'documented' | 'oneTooFew' | 'ofAskedSize';
	/** The address of a webhook: as it was sent, or as a browser writes it. */
	webhookAddress: 'asSent' | 'normalized';
	/** HTTP status of every answer to a POST that did something; the `code` inside stays. */
	postStatus: 'documented' | 200 | 201 | 202;
	/** Status of a logo that is too big. */
	logoTooBig: 413 | 400;
	/** Newest pages leave `global_hosted_link_custom_css` out. */
	customCss: 'kept' | 'ignored';
	/** Status of a link token for a company that does not exist. */
	unknownCompany: 404 | 400;
	/** Whether a webhook must always be sent with `auth_type` and `secret_key`, also to switch it off. */
	webhookSecret: 'optional' | 'required';
	/** What of the webhook there was becomes of fields that are not sent. */
	webhookUpdate: 'replaces' | 'merges';
	/** Allowance of a new company. */
	newCompanyAllowance: 'Unlimited' | 0;
	/** What a new access token does to those before it. */
	newToken: 'addsOne' | 'endsOthers';
	/**
	 * Body of refusals: of the shape documented for each place; of one of the five shapes
	 * everywhere, `fieldsNull` being the first of them without fields; the one part alone that says
	 * so in three of them, where `code` and `status` repeat that of a success; an HTML page.
	 */
	errorShape: 'documented' | (typeof ERROR_SHAPES)[number];
	/** What `error` holds where the webhook was read or set: nothing, or the status as text. */
	successError: 'null' | 'status';
	/** HTTP status of refusals, but for those of a token or of too many calls. */
	refusalStatus: 'documented' | 200 | 201;
	/** No document names the header of a 429. */
	retryAfter: Service['variants']['retryAfter'];
}

export const defaultVariants: Readonly<Variants> = {
	flags: 'documented',
	amounts: 'documented',
	directions: 'documented',
	times: 'documented',
	days: 'vietnam',
	nothing: 'null',
	testDirection: 'creditDebit',
	ipnNames: 'documented',
	ipnDate: 'documented',
	inactivatedEvent: 'BANK_ACCOUNT_INACTIVED',
	eventMetadata: 'null',
	pageSizeName: 'per_page',
	maxPerPage: 100,
	largePage: 'cut',
	meta: 'present',
	pageCount: 'documented',
	webhookAddress: 'asSent',
	postStatus: 'documented',
	logoTooBig: 413,
	customCss: 'kept',
	unknownCompany: 404,
	webhookSecret: 'optional',
	webhookUpdate: 'replaces',
	newCompanyAllowance: 'Unlimited',
	newToken: 'addsOne',
	errorShape: 'documented',
	successError: 'null',
	refusalStatus: 'documented',
	retryAfter: 'none',
};
