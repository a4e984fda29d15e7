import {
	NodeApiError,
	type IAuthenticateRuleResponseCode,
	type IHttpRequestOptions,
	type IN8nHttpFullResponse,
	type INode,
} from 'n8n-workflow';
import { redactor } from './redaction';
import type { Service } from './service';

type RequestContext = { node: INode; service: Service; request: IHttpRequestOptions };

const REDIRECTS = [301, 302, 303, 307, 308];
const redirectHelp = (name: string) =>
	`The node does not follow redirects, so no token or secret reaches another host. Check the URL in the credential, and any proxy between n8n and ${name}.`;

/** The way out of a refusal that names fields. */
export const FIX_FIELDS = 'Fix the fields named above.';

const RETRY_WITH_CARE = 'may still have processed it. Check with Get or Get Many before you retry.';

/** Whether the call changes nothing. */
export function isSafeRequest({ service, request }: Omit<RequestContext, 'node'>): boolean {
	const { method = 'GET', url } = request;
	return service.isSafeMethod?.(method, url) ?? method === 'GET';
}

function createApiError(
	{ node }: RequestContext,
	message: string,
	description: string,
	httpCode: string,
): NodeApiError {
	return new NodeApiError(node, { message }, { message, description, httpCode });
}

/** Every text in an error body, each with the name of the field it stands under, if it names one. */
export function messagesIn(value: unknown, field = ''): string[] {
	if (typeof value === 'string') return value ? [field ? `${field}: ${value}` : value] : [];
	if (Array.isArray(value)) return value.flatMap((entry) => messagesIn(entry, field));
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, entry]) =>
		messagesIn(entry, /^\d+$/.test(name) ? field : name),
	);
}

/**
 * The service's own words in an error body of any known shape: `error_description`, `message`,
 * `error`, and the messages by field under `messages` or `errors`; the same one level down, in an
 * `error` with a `message` of its own.
 */
export function messageIn(body: unknown): string {
	if (typeof body !== 'object' || body === null) return '';
	const { error_description, message, error, messages, errors } = body as Record<string, unknown>;
	if (typeof Object(error).message === 'string') return messageIn(error);
	const general = [error_description, message, error].find(
		// Bank Hub may repeat the status under `error`.
		(text) => typeof text === 'string' && text !== '' && !/^\d{3}$/.test(text),
	);
	const fields = [messages, errors, typeof error === 'object' ? error : undefined].flatMap(
		(group) => messagesIn(group).map((text) => text.replace(/^error: /, '')),
	);
	return [...new Set([...messagesIn(general), ...fields])].join('; ');
}

/** Says that a body is a web page, when it is one: it does not come from the service itself. */
export function pageHint(name: string, body: unknown): string {
	return typeof body === 'string' && body.trimStart().startsWith('<')
		? `${name} returned a web page instead of data. The cause may be a proxy, or maintenance at ${name}. `
		: '';
}

/** Words to go behind a message, if there are any. */
export const quoted = (said: string) => said && `: ${said}`;

/** The service's own words, in which it may repeat a secret that was sent, as for a webhook. */
const wordsFrom = ({ request }: RequestContext, body: unknown) =>
	redactor(request.body)(messageIn(body));

/** The error for a status other than 2xx; the service wants to rest for `retryDelayMs` before the next call. */
export function apiError(
	context: RequestContext,
	{ statusCode, body }: Pick<IN8nHttpFullResponse, 'statusCode' | 'body'>,
	retryDelayMs: number,
): NodeApiError {
	const { service, request } = context;
	const { name } = service;
	const method = request.method ?? 'GET';
	const said = wordsFrom(context, body);
	const suffix = quoted(said);
	const error = (message: string, description: string) =>
		createApiError(context, message, pageHint(name, body) + description, String(statusCode));

	const advice = service.errorHint?.(Object(body));
	if (statusCode === 403) {
		const hint =
			advice ??
			service.permissionHint?.(method, request.url, said) ??
			'Check the permissions of the credential.';
		return error(`${name} denied access${suffix}`, hint);
	}
	if (statusCode === 404) {
		return error(
			`Not found: ${request.url.split('?')[0]}${suffix}`,
			advice ?? 'Check the ID. It may be mistyped, deleted, or belong to another company.',
		);
	}
	if (statusCode === 429) {
		return error(
			`The rate limit of ${name} is reached${suffix}`,
			`Try again in ${Math.ceil(retryDelayMs / 1000)} seconds. Other programs that call ${name} from the same IP address share its rate limit.`,
		);
	}
	if (statusCode >= 500) {
		return error(
			`${name} returned an error (HTTP ${statusCode})${suffix}`,
			isSafeRequest(context) ? 'Try again later.' : `${name} ${RETRY_WITH_CARE}`,
		);
	}
	return error(`${name} rejected the request (HTTP ${statusCode})${suffix}`, advice ?? FIX_FIELDS);
}

/**
 * What to say about an answer that points elsewhere; undefined when it does not.
 *
 * @param asked the address that was called
 * @returns `message` names the place without its query, in which there may be secrets
 */
export function redirectNote(
	name: string,
	{ statusCode, headers }: Pick<IN8nHttpFullResponse, 'statusCode' | 'headers'>,
	asked: string,
): { message: string; description: string } | undefined {
	if (!REDIRECTS.includes(statusCode)) return undefined;
	const location = String(headers.location ?? 'about:blank');
	const to = URL.canParse(location, asked) ? new URL(location, asked) : undefined;
	const place = to?.host ? ` to ${to.origin}${to.pathname}` : '';
	return {
		message: `${name} redirected the request${place} (HTTP ${statusCode})`,
		description: redirectHelp(name),
	};
}

/** The error for an answer that points elsewhere; undefined when it does not. */
export function redirected(context: RequestContext, answer: IN8nHttpFullResponse) {
	const { service, request } = context;
	const note = redirectNote(service.name, answer, `${request.baseURL}${request.url}`);
	if (!note) return undefined;
	const caution = isSafeRequest(context) ? '' : ` ${service.name} ${RETRY_WITH_CARE}`;
	const status = String(answer.statusCode);
	return createApiError(context, note.message, note.description + caution, status);
}

/** The same for the test of a credential, which can only name a status. */
export const redirectRules = (name: string): IAuthenticateRuleResponseCode[] =>
	REDIRECTS.map((value) => ({
		type: 'responseCode',
		properties: { value, message: `${name} redirected the request. ${redirectHelp(name)}` },
	}));

/** The error for what n8n or its HTTP library threw, whose own error carries the whole request. */
export function unexpected(
	context: RequestContext,
	{ message, description }: { message?: string; description?: string | null },
	code = 'none',
): NodeApiError {
	return createApiError(context, message ?? '', description ?? '', code);
}

/** The error for a sign-in that was refused even after n8n had renewed it. */
export function authenticationError(context: RequestContext, body: unknown): NodeApiError {
	const { name, authenticationHint } = context.service;
	const said = wordsFrom(context, body);
	const message = `${name} rejected the credential${quoted(said)}`;
	return createApiError(context, message, authenticationHint, '401');
}

/** The error for a call whose connection broke; `code` is the system's name for it. */
export function connectionError(
	context: RequestContext,
	code: string,
	mayHaveBeenSent: boolean,
): NodeApiError {
	const { service, request } = context;
	const caution =
		mayHaveBeenSent && !isSafeRequest(context) ? ` ${service.name} ${RETRY_WITH_CARE}` : '';
	const message = `The connection to ${service.name} was lost before it responded`;
	const hint = `${code} at ${request.baseURL}.${caution || ' Check the network and try again.'}`;
	return createApiError(context, message, hint, 'none');
}

/**
 * The error for a 2xx answer that is not what the service documents.
 *
 * @param found what stands in place of what was expected
 * @param body the whole answer, in which the service may say more
 */
export function unexpectedBodyError(
	context: RequestContext,
	expected: string,
	found: unknown,
	body: unknown = found,
): NodeApiError {
	const { name } = context.service;
	const said = wordsFrom(context, body);
	const message = `${name} returned ${describeKind(found)} instead of ${expected}${quoted(said)}`;
	const hint = isSafeRequest(context) ? 'Try again later.' : `${name} ${RETRY_WITH_CARE}`;
	return createApiError(context, message, hint, 'none');
}

function describeKind(value: unknown): string {
	if (value === undefined || value === null) return 'nothing';
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'object') return 'an object';
	if (typeof value !== 'string') return `a ${typeof value}`;
	const text = value.trim();
	if (text === '') return 'an empty response';
	return text.startsWith('<') ? 'a web page' : 'text that is not JSON';
}
