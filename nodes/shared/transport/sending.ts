import {
	NodeOperationError,
	sleep,
	type IAllExecuteFunctions,
	type ICredentialDataDecryptedObject,
	type IHttpRequestOptions,
	type IN8nHttpFullResponse,
} from 'n8n-workflow';
import {
	apiError,
	authenticationError,
	connectionError,
	isSafeRequest,
	redirected,
	unexpected,
} from './errors';
import { withLock } from './mutex';
import { acquireRateLimitSlot, pauseRateLimit } from './rateLimiter';
import { credentialRedactor, type Redact } from './redaction';
import type { Service } from './service';

const MAX_ATTEMPTS = 5;
/** A service that asks for a longer rest, in ms, is not called again. */
const MAX_RETRY_DELAY_MS = 60_000;
const TRANSIENT_STATUSES = [502, 503, 504];
const INCOMPLETE_RESPONSE = 'ERR_BAD_RESPONSE';
const CONNECTION_ERRORS = [
	'ECONNRESET',
	'EPIPE',
	'ETIMEDOUT',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'EPROTO',
];
/** The connection was never made, so the service cannot have acted. */
const UNSENT_ERRORS = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'];
/** No answer within the time-out of the request, which has been a long wait already. */
const TIMEOUT_ERROR = 'ECONNABORTED';
const NETWORK_ERRORS = [...CONNECTION_ERRORS, ...UNSENT_ERRORS, TIMEOUT_ERROR];
/** How long an answer may take, in ms. */
export const TIMEOUT_MS = 60_000;
/** What n8n calls it when the service refuses a token, for want of the client secret, say. */
const TOKEN_ERROR = 'EAUTH';
/** The same when the answer has no `error`, and the statuses that tell a refusal then. */
const TOKEN_STATUS = 'ESTATUS';
const REFUSING_STATUS = [400, 401, 403];

interface RequestError {
	httpCode?: string | null;
	response?: { status?: number; data?: unknown };
	code?: string;
	status?: number;
	body?: unknown;
	cause?: RequestError;
}

/** What came of sending once. */
export type Outcome = { answer: IN8nHttpFullResponse } | { networkCode: string };

/**
 * The one place that every call of every node passes: in pace, signed in, repeated where that is
 * safe, and every refusal explained. Writes are repeated only when the service has certainly not
 * acted on them. No redirect is followed, and no secret of the credential is in what comes back.
 *
 * @param options `url` is a path of the service's API, such as `/bank-accounts`; without a `baseURL`
 *   the credential's is taken
 * @returns the answer, always with a 2xx status; its body is parsed JSON, or text when it is none
 * @throws NodeApiError that says what happened, why, and what to do
 */
export async function send(
	this: IAllExecuteFunctions,
	service: Service,
	options: IHttpRequestOptions,
): Promise<IN8nHttpFullResponse> {
	const node = this.getNode();
	const { id } = node.credentials?.[service.credentialType] ?? {};
	// n8n starts all items at once: a call whose turn came would be signed in after all their reads.
	const credentials = await withLock(
		`reading ${id}`,
		async () => await this.getCredentials(service.credentialType),
	);
	const baseURL = options.baseURL ?? service.baseUrl(credentials);
	const host = hostOf(baseURL);
	if (!host) {
		throw new NodeOperationError(node, `Base URL "${baseURL}" is not a URL`, {
			description: `Open the ${service.name} credential and enter a URL that starts with https://.`,
		});
	}
	const request = { timeout: TIMEOUT_MS, ...options, baseURL, method: options.method ?? 'GET' };
	const context = { node, service, request };
	const rateLimitKey = service.isRateLimitPerCredential ? `${host} ${id}` : host;
	const signal = 'getExecutionCancelSignal' in this ? this.getExecutionCancelSignal() : undefined;
	let refreshStatus = 401;

	for (;;) {
		const sendInLimit = async () => {
			await acquireRateLimitSlot(rateLimitKey, service.rateLimit, signal);
			return await sendOnce.call(this, service, credentials, request, refreshStatus);
		};
		const { outcome, retryDelay } = await sendWithRetry(
			rateLimitKey,
			sendInLimit,
			isSafeRequest(context),
			signal,
		);
		if ('networkCode' in outcome) {
			const { networkCode } = outcome;
			throw connectionError(context, networkCode, !UNSENT_ERRORS.includes(networkCode));
		}
		const { answer } = outcome;
		const isGood = isSuccess(answer.statusCode);
		if (isTokenExpired(service, answer)) {
			if (refreshStatus !== answer.statusCode) {
				refreshStatus = answer.statusCode;
				continue;
			}
			if (isGood) throw authenticationError(context, answer.body);
		}
		if (isGood) return answer;
		throw redirected(context, answer) ?? apiError(context, answer, retryDelay);
	}
}

/**
 * Sends again, after a rest, for as long as that is safe and may help.
 *
 * @param rateLimitKey whose further calls wait as well when the service asks for a rest
 * @param isSafe whether the call may be sent again even if the service has acted on it
 * @returns how it ended, and the rest before another try would make sense, in ms
 */
export async function sendWithRetry(
	rateLimitKey: string,
	attempt: () => Promise<Outcome>,
	isSafe: boolean,
	signal?: AbortSignal,
): Promise<{ outcome: Outcome; retryDelay: number }> {
	for (let attempts = 1; ; attempts++) {
		const outcome = await attempt();
		const answer = 'answer' in outcome ? outcome.answer : undefined;
		const networkCode = 'networkCode' in outcome ? outcome.networkCode : '';
		const retryDelay = (answer && retryAfter(answer)) ?? backoff(attempts);
		const isUnprocessed = answer?.statusCode === 429 || UNSENT_ERRORS.includes(networkCode);
		const isTransient = answer
			? TRANSIENT_STATUSES.includes(answer.statusCode)
			: networkCode !== TIMEOUT_ERROR;
		const isWorthRetrying = isUnprocessed || (isSafe && isTransient);
		if (
			attempts === MAX_ATTEMPTS ||
			!isWorthRetrying ||
			retryDelay > MAX_RETRY_DELAY_MS ||
			signal?.aborted
		) {
			return { outcome, retryDelay };
		}
		if (answer?.statusCode === 429) pauseRateLimit(rateLimitKey, retryDelay);
		await sleep(retryDelay);
	}
}

/** Sends once. n8n signs in, and on the status `refreshOn` renews the sign-in and repeats by itself. */
async function sendOnce(
	this: IAllExecuteFunctions,
	service: Service,
	credentials: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
	refreshStatus: number,
): Promise<Outcome> {
	const { credentialType } = service;
	const authentication = service.authenticationFor?.(request.url, credentials);
	const options: IHttpRequestOptions = {
		...request,
		...authentication,
		headers: { ...request.headers },
		json: true,
		returnFullResponse: true,
		// n8n would take the sign-in along to whatever host the answer names.
		disableFollowRedirect: true,
		// 401 must reach n8n as an error, or it would never renew the sign-in.
		ignoreHttpStatusErrors: { ignore: true, except: [refreshStatus] },
	};
	const { answer, error } = await (
		authentication
			? this.helpers.httpRequest(options)
			: this.helpers.httpRequestWithAuthentication.call(this, credentialType, options, {
					oauth2: { tokenExpiredStatusCode: refreshStatus },
					preAuthenticationRetryStatusCode: refreshStatus,
				})
	).then(
		(answer: IN8nHttpFullResponse) => ({ answer, error: undefined }),
		(error) => ({ answer: undefined, error }),
	);
	const redact = await redactorAfterCall.call(this, service, credentials);
	if (answer) return { answer: redact(answer) };

	const context = { node: this.getNode(), service, request };
	const code = statusOrCodeOf(error);
	const tokenError = findTokenError(error);
	const body = redact(error.context?.data ?? parsed(tokenError?.body) ?? error.response?.data);
	// n8n was told to take this status for an error; what was cut short has no body.
	if (code === String(refreshStatus) && isSuccess(refreshStatus) && body !== undefined) {
		return { answer: { statusCode: refreshStatus, headers: {}, body } };
	}
	const networkCode = networkErrorOf(error);
	if (networkCode) return { networkCode };
	if (code === '401' || tokenError) throw authenticationError(context, body);
	if (code === String(refreshStatus))
		throw apiError(context, { statusCode: refreshStatus, body }, 0);
	const { message, description } = error;
	throw unexpected(context, redact({ message, description }), error.httpCode ?? error.code);
}

/** Masks the secrets of the credential as it was before a call, and as it is now. */
async function redactorAfterCall(
	this: IAllExecuteFunctions,
	{ credentialType }: Service,
	before: ICredentialDataDecryptedObject,
): Promise<Redact> {
	// The sign-in may have been renewed; an answer that came is not lost when that cannot be read.
	const renewed = await this.getCredentials(credentialType).catch(() => undefined);
	return credentialRedactor(before, renewed);
}

/** The system's name for how the connection broke; undefined when something else went wrong. */
export function networkErrorOf(error: RequestError): string | undefined {
	const code = statusOrCodeOf(error);
	if (NETWORK_ERRORS.includes(code)) return code;
	// The head of a good answer came, and then the connection broke.
	const isCutShort = (error.cause ?? error).code === INCOMPLETE_RESPONSE && code.startsWith('2');
	return isCutShort ? INCOMPLETE_RESPONSE : undefined;
}

/** The refusal of a token, new or renewed; n8n wraps it in errors of its own. */
function findTokenError(error?: RequestError): RequestError | undefined {
	if (!error) return undefined;
	const { code, status = 0, cause } = error;
	const isRefusal =
		code === TOKEN_ERROR || (code === TOKEN_STATUS && REFUSING_STATUS.includes(status));
	return isRefusal ? error : findTokenError(cause);
}

/** n8n hands on as text what a token was refused with, unless it names an `error`. */
function parsed(body: unknown): unknown {
	try {
		return typeof body === 'string' ? JSON.parse(body) : body;
	} catch {
		return body;
	}
}

function statusOrCodeOf({ httpCode, response, code }: RequestError): string {
	return String(httpCode ?? response?.status ?? code);
}

/** The host of a web address, with its port; undefined when it is none. */
export function hostOf(address: string): string | undefined {
	return /^https?:\/\//i.test(address) && URL.canParse(address) ? new URL(address).host : undefined;
}

const isSuccess = (status: number) => status >= 200 && status < 300;

const isTokenExpired = ({ expiredTokenError }: Service, { body }: IN8nHttpFullResponse): boolean =>
	expiredTokenError !== undefined && Object(body).error === expiredTokenError;

/** The rest that the service asks for, in ms: `Retry-After` or SePay's own header, in seconds or as a date. */
function retryAfter({ headers }: IN8nHttpFullResponse): number | undefined {
	const asked = headers['retry-after'] ?? headers['x-sepay-userapi-retry-after'];
	if (typeof asked !== 'string' || asked === '') return undefined;
	const seconds = Number(asked);
	const ms = Number.isNaN(seconds) ? Date.parse(asked) - Date.now() : seconds * 1000;
	return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

/** 1, 2, 4, 8 seconds, each with up to a quarter more so that callers do not come back together; in ms. */
function backoff(attempts: number): number {
	return 2 ** (attempts - 1) * 1000 * (1 + Math.random() / 4);
}
