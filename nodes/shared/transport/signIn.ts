import type { IHttpRequestHelper, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';
import { redactor } from './redaction';
import { networkErrorOf, TIMEOUT_MS, type Outcome } from './sending';

/** Why a sign-in failed; n8n shows message and description as those of the node's error. */
export class SignInError extends Error {
	constructor(
		message: string,
		readonly description: string,
	) {
		super(message);
	}
}

/**
 * Sends a call once that signs in, before n8n has anything to sign calls in with.
 *
 * @param secrets the credential, whose secrets are masked in what comes back
 * @param errorFor what to throw when n8n could not send, by why
 */
export async function sendSignIn(
	this: IHttpRequestHelper,
	request: IHttpRequestOptions,
	secrets: object,
	errorFor: (why: string) => SignInError,
): Promise<Outcome> {
	const redact = redactor(secrets);
	const options: IHttpRequestOptions = {
		...request,
		json: true,
		timeout: TIMEOUT_MS,
		returnFullResponse: true,
		disableFollowRedirect: true,
		ignoreHttpStatusErrors: true,
	};
	return await this.helpers.httpRequest(options).then(
		(answer: IN8nHttpFullResponse) => ({ answer: redact(answer) }),
		(error) => {
			const networkCode = networkErrorOf(error);
			if (networkCode) return { networkCode };
			throw errorFor(redact(error.message));
		},
	);
}
