import type {
	ICredentialDataDecryptedObject,
	IHttpRequestMethods,
	IHttpRequestOptions,
} from 'n8n-workflow';
import type { RateLimit } from './rateLimiter';

/** What the sending of requests must know about a service. */
export interface Service {
	name: string;
	credentialType: string;
	/** Absolute address that the paths of the API are appended to, without a slash at its end. */
	baseUrl(credentials: ICredentialDataDecryptedObject): string;
	rateLimit: RateLimit;
	/** Whether each credential has the pace to itself; otherwise all calls to a host share it. */
	isRateLimitPerCredential?: boolean;
	/** How a call is signed in that n8n does not sign in itself: `auth`, or nothing at all. */
	authenticationFor?(
		path: string,
		credentials: ICredentialDataDecryptedObject,
	): Pick<IHttpRequestOptions, 'auth'> | undefined;
	/** The `error` by which an answer of any status says that the access token has expired. */
	expiredTokenError?: string;
	/** Whether a call changes nothing, so that it may be sent again whatever became of it; unless given, a GET. */
	isSafeMethod?(method: IHttpRequestMethods, path: string): boolean;
	authenticationHint: string;
	/** What a refused call needs beyond a valid sign-in, and where to get it; `said` is how it was refused. */
	permissionHint?(method: IHttpRequestMethods, path: string, said: string): string | undefined;
	/** What to do about a call that was not accepted, by what the body of the answer says. */
	errorHint?(body: Record<string, unknown>): string | undefined;
}

/** The address that the paths `/v1/…` are appended to, of a URL that was pasted with more behind it. */
export const baseUrlIn = (url: unknown): string =>
	String(url ?? '')
		.trim()
		.replace(/[?#].*$/, '')
		.replace(/(\/v1)?\/*$/i, '');

/** The address for the environment of a credential: one of these hosts, or its own Base URL. */
export const baseUrlAmong =
	(hosts: Record<string, string>): Service['baseUrl'] =>
	({ environment, baseUrl }) =>
		hosts[String(environment)] ?? baseUrlIn(baseUrl);
