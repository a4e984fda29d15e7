import type { Service } from '../../../../test/sandbox/state';

/**
 * What Payt's documents contradict or leave open; the first value of each is the default.
 * A client has to work with every one of them.
 */
export interface Variants {
	/** `{"code", "message"}`, or the same inside `{"error": …}`. */
	errorShape: 'flat' | 'nested';
	/** A 422 says its reasons in `message` only, or in `errors` by field as well. */
	invalid: 'message' | 'fields';
	/** Refusals of the token endpoint: as OAuth has them, or as the API does. */
	tokenError: 'oauth' | 'api';
	/** `bare`: nothing but `access_token` and `token_type`. */
	tokenAnswer: 'documented' | 'bare';
	/** Ids in answers. */
	ids: 'text' | 'number';
	cursor: 'number' | 'text';
	/**
	 * How the last page of a list looks.
	 * - `null`, `missing`: the cursor is null or not there
	 * - `emptyPage`: each page with rows has a cursor, so that an empty one follows
	 * - `repeats`: the last page comes again and again, always with the same cursor
	 */
	listEnd: 'null' | 'missing' | 'emptyPage' | 'repeats';
	/** Whether `resourceFields.only` takes the place of the usual fields or adds to them. */
	only: 'replaces' | 'adds';
	/** What `status` of an administration that is not active says. */
	inactiveStatus: 'inactive' | 'deactivated';
	/** Announced files; `jsonObject`: of one file its object, of none an empty one. */
	filesAnswer: 'list' | 'object';
	/** New mandates: the first one with 200, or a list with 201. */
	mandatesAnswer: 'object' | 'list';
	/** What endpoints that are documented with form fields only make of JSON. */
	jsonAtFormEndpoints: 'taken' | 'refused';
	/** What `errors` and `warnings` call a record that is not an invoice. */
	recordKeys: 'fromOne' | 'fromZero' | 'ownNumber';
	/** Whether `X-PAYT-DELIVERY` is new at each attempt or the same for all attempts of an event. */
	deliveryId: 'perAttempt' | 'perEvent';
	/** Context of an event: all fields, or `recordId` and `resource_type` only. */
	context: 'full' | 'reduced';
	/** No document names the header of a 429. */
	retryAfter: Service['variants']['retryAfter'];
}

export const defaultVariants: Readonly<Variants> = {
	errorShape: 'flat',
	invalid: 'message',
	tokenError: 'oauth',
	tokenAnswer: 'documented',
	ids: 'text',
	cursor: 'number',
	listEnd: 'null',
	only: 'replaces',
	inactiveStatus: 'inactive',
	filesAnswer: 'list',
	mandatesAnswer: 'object',
	jsonAtFormEndpoints: 'taken',
	recordKeys: 'fromOne',
	deliveryId: 'perAttempt',
	context: 'full',
	retryAfter: 'none',
};
