import { plainJson, type Answer } from '../answers';
import type { ApiError } from '../apiError';
import type { State } from '../state';

/** The success envelope around `data`. */
export function success(data: unknown, meta?: object): Answer {
	return plainJson(200, { status: 'success', data, meta });
}

/** What has been made, in the success envelope. */
export function created(message: string, data: unknown): Answer {
	return plainJson(201, { status: 'success', message, data });
}

/** Nothing, which is all there is to say. */
export const noContent: Answer = { status: 204, headers: {}, body: '' };

/** Refusals that come from parts shared with the other API, by their status there. */
const KNOWN: Record<number, [status: number, code: string]> = {
	400: [422, 'validation_error'],
	401: [401, 'unauthorized'],
	404: [404, 'not_found'],
	422: [422, 'validation_error'],
	429: [429, 'rate_limited'],
};

/** A refusal; one for too many calls tells how many there may be and from when on. */
export function errorAnswer({ status, message, details }: ApiError, { rateLimit }: State): Answer {
	const [shownStatus, code] = KNOWN[status] ?? [status, 'error'];
	const limits = rateLimit &&
		status === 429 && {
			'x-ratelimit-limit': String(rateLimit.calls),
			'x-ratelimit-remaining': '0',
			'x-ratelimit-reset': String(Math.ceil((Date.now() + rateLimit.perMs) / 1000)),
		};
	const body = {
		status: 'error',
		message,
		error_code: details.code ?? code,
		errors: details.fields,
	};
	return plainJson(shownStatus, body, { ...details.headers, ...limits });
}
