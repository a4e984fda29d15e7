import type {
	ICredentialDataDecryptedObject,
	IHttpRequestMethods,
	IHttpRequestOptions,
} from 'n8n-workflow';
import type { Pace } from './pace';

/** What the sending of requests must know about a service. */
export interface Service {
	/** The name users know it by. */
	name: string;
	credentialType: string;
	/** Absolute address that the paths of the API are appended to, without a slash at its end. */
	baseUrl(credentials: ICredentialDataDecryptedObject): string;
	pace: Pace;
	/** Whether each credential has the pace to itself; otherwise all calls to a host share it. */
	isPacePerCredential?: boolean;
	/** How a call is signed in that n8n does not sign in itself: `auth`, or nothing at all. */
	ownSignIn?(
		path: string,
		credentials: ICredentialDataDecryptedObject,
	): Pick<IHttpRequestOptions, 'auth'> | undefined;
	/** The `error` by which an answer of any status says that the access token has expired. */
	expiredError?: string;
	/** Whether a call changes nothing, so that it may be sent again whatever became of it. */
	isRead(method: IHttpRequestMethods, path: string): boolean;
	/** What to do when the sign-in is refused. */
	signInHelp: string;
	/**
	 * What a call needs beyond a valid sign-in, and where to get it; shown when it is refused.
	 *
	 * @param said the service's own words of the refusal
	 */
	permission(method: IHttpRequestMethods, path: string, said: string): string | undefined;
	/** What to do about a call that was not accepted, by what the body of the answer says. */
	advice?(body: Record<string, unknown>): string | undefined;
}
