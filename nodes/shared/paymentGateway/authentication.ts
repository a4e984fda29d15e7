import { createHash } from 'crypto';
import type { ICredentialDataDecryptedObject, IDataObject, IHttpRequestHelper } from 'n8n-workflow';
import { messageIn, pageHint, quoted, redirectNote } from '../transport/errors';
import { hostOf, sendWithRetry } from '../transport/sending';
import { sendSignIn, SignInError } from '../transport/signIn';
import { merchantIn, paymentGateway } from './api';

const { name, authenticationHint } = paymentGateway;

const basicOf = (credentials: ICredentialDataDecryptedObject) => {
	const { id, secretKey } = merchantIn(credentials);
	return Buffer.from(`${id}:${secretKey}`, 'utf8').toString('base64');
};

/** The header that signs a call in. */
export const authorization = (credentials: ICredentialDataDecryptedObject): IDataObject => ({
	Authorization: `Basic ${basicOf(credentials)}`,
});

/**
 * Asks SePay whether it knows the merchant, before the first call with a credential and again after a
 * 401: an answer to a test by n8n itself would not say which of ID and key is wrong.
 *
 * @returns what was accepted, as a hash
 * @throws SignInError that names the field
 */
export async function verifySignIn(
	this: IHttpRequestHelper,
	credentials: ICredentialDataDecryptedObject,
): Promise<string> {
	const baseURL = paymentGateway.baseUrl(credentials);
	assertComplete(credentials, baseURL);
	const ask = async () =>
		await sendSignIn.call(
			this,
			{ baseURL, url: '/v1/order', qs: { per_page: 1 }, headers: authorization(credentials) },
			credentials,
			(why) => new SignInError(`Could not reach ${name}: ${why}`, authenticationHint),
		);
	const { outcome } = await sendWithRetry(hostOf(baseURL)!, ask, true);
	if ('networkCode' in outcome) {
		const hint = `${outcome.networkCode} at ${baseURL}. Check the network, Environment and Base URL.`;
		throw new SignInError(`The connection to ${name} was lost before it responded`, hint);
	}
	const { statusCode, body } = outcome.answer;
	if (statusCode >= 200 && statusCode < 300) {
		return createHash('sha256').update(basicOf(credentials)).digest('hex');
	}
	const redirect = redirectNote(name, outcome.answer, baseURL);
	if (redirect) throw new SignInError(redirect.message, redirect.description);
	const said = messageIn(body);
	const words = quoted(said);
	if (statusCode >= 429) {
		const hint = `${pageHint(name, body)}Try again later.`;
		throw new SignInError(`${name} returned an error (HTTP ${statusCode})${words}`, hint);
	}
	const message = `${name} rejected the ${fieldIn(said, statusCode)}${words}`;
	throw new SignInError(message, authenticationHint);
}

function fieldIn(said: string, statusCode: number): string {
	if (/secret|key|kh\u00f3a/i.test(said)) return 'Secret Key';
	return statusCode === 404 || /merchant/i.test(said) ? 'Merchant ID' : 'Merchant ID or Secret Key';
}

function assertComplete(credentials: ICredentialDataDecryptedObject, baseURL: string): void {
	const { environment } = credentials;
	const { id, secretKey } = merchantIn(credentials);
	const problem =
		(!id && 'Merchant ID must be filled in') ||
		(!secretKey && 'Secret Key must be filled in') ||
		(id.includes(':') && 'Merchant ID must not contain a colon') ||
		(environment === 'production' &&
			/^SP-TEST-/i.test(id) &&
			`Merchant ID ${id} belongs to the Environment Sandbox`) ||
		(environment === 'sandbox' &&
			/^SP-LIVE-/i.test(id) &&
			`Merchant ID ${id} belongs to the Environment Production`) ||
		(!hostOf(baseURL) && `Base URL "${baseURL}" is not a URL`);
	if (problem) throw new SignInError(problem, authenticationHint);
}
