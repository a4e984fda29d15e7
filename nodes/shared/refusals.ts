import {
	NodeApiError,
	type IHttpRequestOptions,
	type IN8nHttpFullResponse,
	type INode,
} from 'n8n-workflow';
import type { Service } from './service';

type Context = { node: INode; service: Service; request: IHttpRequestOptions };

const REPEAT_WITH_CARE =
	'may have carried it out nevertheless. Look with Get or Get Many before you repeat it.';

/** Whether the call changes nothing. */
export const isRead = ({ service, request }: Omit<Context, 'node'>): boolean =>
	service.isRead(request.method ?? 'GET', request.url);

function explained(
	{ node }: Context,
	message: string,
	description: string,
	httpCode: string,
): NodeApiError {
	return new NodeApiError(node, { message }, { message, description, httpCode });
}

/** Every text in an error body, each with the name of the field it stands under, if it names one. */
export function texts(value: unknown, field = ''): string[] {
	if (typeof value === 'string') return value ? [field ? `${field}: ${value}` : value] : [];
	if (Array.isArray(value)) return value.flatMap((entry) => texts(entry, field));
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, entry]) =>
		texts(entry, /^\d+$/.test(name) ? field : name),
	);
}

/**
 * The service's own words in an error body of any known shape: `error_description`, `message`,
 * `error`, and the messages by field under `messages` or `errors`; the same one level down, in an
 * `error` with a `message` of its own.
 */
export function wordsOf(body: unknown): string {
	if (typeof body !== 'object' || body === null) return '';
	const { error_description, message, error, messages, errors } = body as Record<string, unknown>;
	if (typeof Object(error).message === 'string') return wordsOf(error);
	const general = [error_description, message, error].find(
		// Bank Hub may repeat the status under `error`.
		(text) => typeof text === 'string' && text !== '' && !/^\d{3}$/.test(text),
	);
	const fields = [messages, errors, typeof error === 'object' ? error : undefined].flatMap(
		(group) => texts(group).map((text) => text.replace(/^error: /, '')),
	);
	return [...new Set([...texts(general), ...fields])].join('; ');
}

/** Says that a body is a web page, when it is one: it does not come from the service itself. */
export function pageNote(name: string, body: unknown): string {
	return typeof body === 'string' && body.trimStart().startsWith('<')
		? `${name} answered with a web page instead of data: a proxy, or maintenance at ${name}. `
		: '';
}

/** The service may repeat in its words what was sent; secrets among that are masked. */
function withoutSecrets(words: string, sent: unknown): string {
	if (sent instanceof Uint8Array) return words;
	const secrets = Object.entries(Object(sent))
		.filter(([name, value]) => /key|secret|token/i.test(name) && typeof value === 'string')
		.map(([, value]) => String(value));
	return secrets.reduce((text, secret) => (secret ? text.split(secret).join('***') : text), words);
}

/**
 * The error for an answer with a status other than 2xx.
 *
 * @param restMs how long the service wants to rest before the next call, in ms
 */
export function refusal(
	context: Context,
	{ statusCode, body }: Pick<IN8nHttpFullResponse, 'statusCode' | 'body'>,
	restMs: number,
): NodeApiError {
	const { service, request } = context;
	const { name } = service;
	const method = request.method ?? 'GET';
	const said = withoutSecrets(wordsOf(body), request.body);
	const quoted = said ? `: ${said}` : '';
	const error = (message: string, description: string) =>
		explained(context, message, pageNote(name, body) + description, String(statusCode));

	if (statusCode === 403) {
		const needed =
			service.permission(method, request.url, said) ?? 'Check what the credential may do.';
		return error(`${name} did not allow this${quoted}`, needed);
	}
	if (statusCode === 404) {
		return error(
			`${name} has nothing at ${request.url.split('?')[0]}${quoted}`,
			'Check the ID: it may be mistyped, deleted, or belong to another company.',
		);
	}
	if (statusCode === 429) {
		return error(
			`${name} takes no more calls for now${quoted}`,
			`Try again in ${Math.ceil(restMs / 1000)} seconds. Other programs that use ${name} from the same address share its limit.`,
		);
	}
	if (statusCode >= 500) {
		return error(
			`${name} could not answer (HTTP ${statusCode})${quoted}`,
			isRead(context) ? 'Try again later.' : `${name} ${REPEAT_WITH_CARE}`,
		);
	}
	return error(
		`${name} did not accept the request (HTTP ${statusCode})${quoted}`,
		service.advice?.(Object(body)) ?? `Check the values that ${name} names.`,
	);
}

/** The error for a sign-in that was refused even after n8n had renewed it. */
export function signInRefused(context: Context, body: unknown): NodeApiError {
	const { name, signInHelp } = context.service;
	const said = wordsOf(body);
	const message = `${name} did not accept the sign-in${said && `: ${said}`}`;
	return explained(context, message, signInHelp, '401');
}

/** The error for a call whose connection broke; `code` is the system's name for it. */
export function cutOff(context: Context, code: string, mayHaveHappened: boolean): NodeApiError {
	const { service, request } = context;
	const caution = mayHaveHappened && !isRead(context) ? ` ${service.name} ${REPEAT_WITH_CARE}` : '';
	return explained(
		context,
		`The connection to ${service.name} broke before an answer came`,
		`${code} at ${request.baseURL}.${caution || ' Check the network and try again.'}`,
		'none',
	);
}

/**
 * The error for a 2xx answer that is not what the service documents.
 *
 * @param found what stands in place of what was expected
 * @param body the whole answer, in which the service may say more
 */
export function unreadable(
	context: Context,
	expected: string,
	found: unknown,
	body: unknown = found,
): NodeApiError {
	const { name } = context.service;
	const said = wordsOf(body);
	return explained(
		context,
		`${name} sent ${kindOf(found)} instead of ${expected}${said && `: ${said}`}`,
		isRead(context) ? 'Try again later.' : `${name} ${REPEAT_WITH_CARE}`,
		'none',
	);
}

function kindOf(value: unknown): string {
	if (value === undefined || value === null) return 'nothing';
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'object') return 'an object';
	if (typeof value !== 'string') return `a ${typeof value}`;
	const text = value.trim();
	if (text === '') return 'an empty answer';
	return text.startsWith('<') ? 'a web page' : 'text that is no JSON';
}
