import type { ICredentialDataDecryptedObject, IHttpRequestMethods } from 'n8n-workflow';
import type { Pace } from './pace';

/** What the sending of requests must know about a service. */
export interface Service {
	/** The name users know it by. */
	name: string;
	credentialType: string;
	/** Absolute address that the paths of the API are appended to, without a slash at its end. */
	baseUrl(credentials: ICredentialDataDecryptedObject): string;
	pace: Pace;
	/** Whether a call changes nothing, so that it may be sent again whatever became of it. */
	isRead(method: IHttpRequestMethods, path: string): boolean;
	/** What to do when the sign-in is refused. */
	signInHelp: string;
	/** What a call needs beyond a valid sign-in, and where to get it; shown when it is refused. */
	permission(method: IHttpRequestMethods, path: string): string | undefined;
}
