import {
	NodeOperationError,
	sleep,
	type IAllExecuteFunctions,
	type ICredentialDataDecryptedObject,
	type IHttpRequestOptions,
	type IN8nHttpFullResponse,
} from 'n8n-workflow';
import { awaitTurn, holdBack } from './pace';
import { cutOff, isRead, redirected, refusal, signInRefused, unexpected } from './refusals';
import { redactor, type Redact } from './secrets';
import type { Service } from './service';

/** How often one call is sent at the most. */
const TRIES = 5;
/** A service that asks for a longer rest, in ms, is not called again. */
const LONGEST_REST_MS = 60_000;
const PASSING_STATUS = [502, 503, 504];
/** An answer that broke off within its body. */
const CUT_SHORT = 'ERR_BAD_RESPONSE';
/** The connection broke, by the system's names for how. */
const CUT = ['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EPROTO'];
/** The connection was never made, so the service cannot have acted. */
const NEVER_SENT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'];
/** No answer within the time-out of the request, which has been a long wait already. */
const TIMED_OUT = 'ECONNABORTED';
const NETWORK_CODES = [...CUT, ...NEVER_SENT, TIMED_OUT];
/** How long an answer may take, in ms. */
export const TIME_OUT_MS = 60_000;
/** What n8n calls it when the service refuses a token, for want of the client secret, say. */
const TOKEN_REFUSED = 'EAUTH';
/** The same when the answer has no `error`, and the statuses that tell a refusal then. */
const TOKEN_STATUS = 'ESTATUS';
const REFUSING_STATUS = [400, 401, 403];

/** What n8n throws, or the library that it sends with. */
interface SendingError {
	httpCode?: string | null;
	response?: { status?: number; data?: unknown };
	code?: string;
	status?: number;
	body?: unknown;
	cause?: SendingError;
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
	const credentials = await this.getCredentials(service.credentialType);
	const baseURL = options.baseURL ?? service.baseUrl(credentials);
	const host = hostOf(baseURL);
	if (!host) {
		throw new NodeOperationError(this.getNode(), `"${baseURL}" is not a web address`, {
			description: `Open the ${service.name} credential and enter an address that begins with https://.`,
		});
	}
	const request = { timeout: TIME_OUT_MS, ...options, baseURL, method: options.method ?? 'GET' };
	const context = { node: this.getNode(), service, request };
	const { id } = context.node.credentials?.[service.credentialType] ?? {};
	const lane = service.isPacePerCredential ? `${host} ${id}` : host;
	const signal = 'getExecutionCancelSignal' in this ? this.getExecutionCancelSignal() : undefined;
	let refreshOn = 401;

	for (;;) {
		const sendOnce = async () => {
			await awaitTurn(lane, service.pace, signal);
			return await attempt.call(this, service, credentials, request, refreshOn);
		};
		const { outcome, rest } = await insist(lane, sendOnce, isRead(context), signal);
		if ('networkCode' in outcome) {
			const { networkCode } = outcome;
			throw cutOff(context, networkCode, !NEVER_SENT.includes(networkCode));
		}
		const { answer } = outcome;
		const isGood = isSuccess(answer.statusCode);
		if (isExpiry(service, answer)) {
			if (refreshOn !== answer.statusCode) {
				refreshOn = answer.statusCode;
				continue;
			}
			if (isGood) throw signInRefused(context, answer.body);
		}
		if (isGood) return answer;
		throw redirected(context, answer) ?? refusal(context, answer, rest);
	}
}

/**
 * Sends again, after a rest, for as long as that is safe and may help.
 *
 * @param lane whose further calls wait as well when the service asks for a rest
 * @param isHarmless whether the call may be sent again even if the service has acted on it
 * @returns how it ended, and the rest before another try would make sense, in ms
 */
export async function insist(
	lane: string,
	sendOnce: () => Promise<Outcome>,
	isHarmless: boolean,
	signal?: AbortSignal,
): Promise<{ outcome: Outcome; rest: number }> {
	for (let tried = 1; ; tried++) {
		const outcome = await sendOnce();
		const answer = 'answer' in outcome ? outcome.answer : undefined;
		const networkCode = 'networkCode' in outcome ? outcome.networkCode : '';
		const rest = (answer && restAskedFor(answer)) ?? backOff(tried);
		const isRefused = answer?.statusCode === 429 || NEVER_SENT.includes(networkCode);
		const isPassing = answer
			? PASSING_STATUS.includes(answer.statusCode)
			: networkCode !== TIMED_OUT;
		const mayHelp = isRefused || (isHarmless && isPassing);
		if (tried === TRIES || !mayHelp || rest > LONGEST_REST_MS || signal?.aborted) {
			return { outcome, rest };
		}
		if (answer?.statusCode === 429) holdBack(lane, rest);
		await sleep(rest);
	}
}

/** Sends once. n8n signs in, and on the status `refreshOn` renews the sign-in and repeats by itself. */
async function attempt(
	this: IAllExecuteFunctions,
	service: Service,
	credentials: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
	refreshOn: number,
): Promise<Outcome> {
	const { credentialType } = service;
	const signIn = service.ownSignIn?.(request.url, credentials);
	const options: IHttpRequestOptions = {
		...request,
		...signIn,
		headers: { ...request.headers },
		json: true,
		returnFullResponse: true,
		// n8n would take the sign-in along to whatever host the answer names.
		disableFollowRedirect: true,
		// 401 must reach n8n as an error, or it would never renew the sign-in.
		ignoreHttpStatusErrors: { ignore: true, except: [refreshOn] },
	};
	const { answer, error } = await (
		signIn
			? this.helpers.httpRequest(options)
			: this.helpers.httpRequestWithAuthentication.call(this, credentialType, options, {
					oauth2: { tokenExpiredStatusCode: refreshOn },
					preAuthenticationRetryStatusCode: refreshOn,
				})
	).then(
		(answer: IN8nHttpFullResponse) => ({ answer, error: undefined }),
		(error) => ({ answer: undefined, error }),
	);
	const redact = await credentialRedactor.call(this, service, credentials);
	if (answer) return { answer: redact(answer) };

	const context = { node: this.getNode(), service, request };
	const code = statusOrCodeOf(error);
	const refused = tokenRefusal(error);
	const body = redact(error.context?.data ?? parsed(refused?.body) ?? error.response?.data);
	// n8n was told to take this status for an error; what was cut short has no body.
	if (code === String(refreshOn) && isSuccess(refreshOn) && body !== undefined) {
		return { answer: { statusCode: refreshOn, headers: {}, body } };
	}
	const networkCode = networkCodeOf(error);
	if (networkCode) return { networkCode };
	if (code === '401' || refused) throw signInRefused(context, body);
	if (code === String(refreshOn)) throw refusal(context, { statusCode: refreshOn, body }, 0);
	const { message, description } = error;
	throw unexpected(context, redact({ message, description }), error.httpCode ?? error.code);
}

/** Masks the secrets of the credential as it was before a call, and as it is now. */
async function credentialRedactor(
	this: IAllExecuteFunctions,
	{ credentialType }: Service,
	before: ICredentialDataDecryptedObject,
): Promise<Redact> {
	// The sign-in may have been renewed; an answer that came is not lost when that cannot be read.
	const renewed = await this.getCredentials(credentialType).catch(() => undefined);
	return redactor(before, renewed);
}

/** The system's name for how the connection broke; undefined when something else went wrong. */
export function networkCodeOf(error: SendingError): string | undefined {
	const code = statusOrCodeOf(error);
	if (NETWORK_CODES.includes(code)) return code;
	// The head of a good answer came, and then the connection broke.
	const isCutShort = (error.cause ?? error).code === CUT_SHORT && code.startsWith('2');
	return isCutShort ? CUT_SHORT : undefined;
}

/** The refusal of a token, new or renewed; n8n wraps it in errors of its own. */
function tokenRefusal(error?: SendingError): SendingError | undefined {
	if (!error) return undefined;
	const { code, status = 0, cause } = error;
	const isRefusal =
		code === TOKEN_REFUSED || (code === TOKEN_STATUS && REFUSING_STATUS.includes(status));
	return isRefusal ? error : tokenRefusal(cause);
}

/** n8n hands on as text what a token was refused with, unless it names an `error`. */
function parsed(body: unknown): unknown {
	try {
		return typeof body === 'string' ? JSON.parse(body) : body;
	} catch {
		return body;
	}
}

function statusOrCodeOf({ httpCode, response, code }: SendingError): string {
	return String(httpCode ?? response?.status ?? code);
}

/** The host of a web address, with its port; undefined when it is none. */
export function hostOf(address: string): string | undefined {
	return /^https?:\/\//i.test(address) && URL.canParse(address) ? new URL(address).host : undefined;
}

const isSuccess = (status: number) => status >= 200 && status < 300;

function isExpiry({ expiredError }: Service, { body }: IN8nHttpFullResponse): boolean {
	return expiredError !== undefined && (body as { error?: unknown } | null)?.error === expiredError;
}

/** The rest that the service asks for, in ms: `Retry-After` or SePay's own header, in seconds or as a date. */
function restAskedFor({ headers }: IN8nHttpFullResponse): number | undefined {
	const asked = headers['retry-after'] ?? headers['x-sepay-userapi-retry-after'];
	if (typeof asked !== 'string' || asked === '') return undefined;
	const seconds = Number(asked);
	const ms = Number.isNaN(seconds) ? Date.parse(asked) - Date.now() : seconds * 1000;
	return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

/** 1, 2, 4, 8 seconds, each with up to a quarter more so that callers do not come back together; in ms. */
function backOff(tried: number): number {
	return 2 ** (tried - 1) * 1000 * (1 + Math.random() / 4);
}
