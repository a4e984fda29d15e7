import type { Service } from '../state';

/**
 * What the documents of eInvoice contradict or leave open; the first value of each is the default.
 * A client has to work with every one of them.
 */
export interface Variants {
	/**
	 * A reference code that is used already: refused at once, also while its job runs; refused only
	 * when its invoice is there; taken, and the job fails; or taken, and it makes another invoice.
	 */
	duplicate: 'refused' | 'refusedWhenDone' | 'jobFails' | 'allowed';
	/** Whether SePay keeps the reference code that was sent, or makes a UUID of its own. */
	referenceCode: 'kept' | 'replaced';
	/** Milliseconds of the sandbox clock after which an invoice that was made can be read. */
	visibleAfterMs: number;
	/** Whether the reference code of a job that failed may be used again. */
	failedReference: 'free' | 'taken';
	/**
	 * A draft that is being issued, or has been, and is to be issued again: refused in one of two ways;
	 * taken, and the job fails; or taken, and it reaches the tax authority again.
	 */
	secondIssue: 'conflict' | 'notFound' | 'jobFails' | 'allowed';
	/** HTTP status of a job that was taken. */
	acceptStatus: 200 | 202;
	/** Where a job that failed says why besides its message. */
	jobErrorCode: 'none' | 'error_code';
	/** Whether a buyer's tax code is looked at when it is sent, or by the job. */
	taxCodeCheck: 'job' | 'atOnce';
	/** How a quota that is used up is told. */
	quotaError: 'QUOTA_EXCEEDED' | 'QUOTA_HAS_BEEN_USERD_UP' | 'jobFails';
	/** Whether lists have `success` in their envelope. */
	listEnvelope: 'bare' | 'success';
	/** Sums of an invoice. */
	amounts: 'number' | 'text';
	quota: 'text' | 'number';
	/** Whether the query parameter `source` of the list has an effect. */
	sourceFilter: 'known' | 'ignored';
	/** The order of the list of invoices. */
	order: 'newestFirst' | 'oldestFirst';
	/** Largest page; `per_page` above it is cut. */
	maxPerPage: number;
	/** The code by which a file is downloaded; `nothing`: there is no such endpoint. */
	downloadBy: 'either' | 'referenceCode' | 'trackingCode' | 'nothing';
	/** Whether there is a link to the XML. */
	xmlUrl: 'null' | 'present';
	/** Where amounts are rounded to whole VND. */
	rounding: 'total' | 'lines';
	/** Whether an invoice has all fields of the list of fields, or those of the example only. */
	fields: 'all' | 'example';
	/** What a new access token does to those before it. */
	newToken: 'addsOne' | 'endsOthers';
	/** No document names the header of a 429. */
	retryAfter: Service['variants']['retryAfter'];
}

export const defaultVariants: Readonly<Variants> = {
	duplicate: 'refused',
	referenceCode: 'kept',
	visibleAfterMs: 0,
	failedReference: 'free',
	secondIssue: 'conflict',
	acceptStatus: 200,
	jobErrorCode: 'none',
	taxCodeCheck: 'job',
	quotaError: 'QUOTA_EXCEEDED',
	listEnvelope: 'bare',
	amounts: 'number',
	quota: 'text',
	sourceFilter: 'known',
	order: 'newestFirst',
	maxPerPage: 100,
	downloadBy: 'either',
	xmlUrl: 'null',
	rounding: 'total',
	fields: 'all',
	newToken: 'addsOne',
	retryAfter: 'none',
};
