import type {
	ICredentialDataDecryptedObject,
	INodeCredentialTestResult,
	IWebhookFunctions,
} from 'n8n-workflow';
import type { WebhookHeaders } from './verification';

const CACHE_MS = 30_000;

/** By credential; what a credential settled for its time needs no reading again. */
const cache = new Map<string, { credential: ICredentialDataDecryptedObject; until: number }>();

/** Tests what can be tested of a webhook's secret without its service: whether it is whole. */
export function testSecret(secret: string, service: string): INodeCredentialTestResult {
	if (secret.trim() === '') return { status: 'Error', message: 'The secret is empty' };
	if (secret !== secret.trim()) {
		return { status: 'Error', message: 'Remove the space or line break around the secret' };
	}
	return {
		status: 'OK',
		message: `The secret is filled in. Check that ${service} has the same one.`,
	};
}

/**
 * Why a delivery must not be believed by the node's credential of a type. Reading it takes n8n almost
 * as long as all else it does for a delivery (`npm run bench`), so what was read is good for
 * {@link CACHE_MS}: a new secret holds at once, an old one at most so much longer.
 *
 * @param verify why a delivery must not be believed by what the credential holds; `now` in epoch ms
 */
export function createCredentialVerifier(
	credentialType: string,
	verify: (
		credential: ICredentialDataDecryptedObject,
		headers: WebhookHeaders,
		body: Buffer,
		now: number,
	) => string | undefined,
) {
	return async function (
		this: IWebhookFunctions,
		headers: WebhookHeaders,
		body: Buffer,
	): Promise<string | undefined> {
		const id = this.getNode().credentials?.[credentialType]?.id ?? '';
		const now = Date.now();
		const known = cache.get(id);
		if (known && known.until > now && !verify(known.credential, headers, body, now)) {
			return undefined;
		}
		const credential = await this.getCredentials(credentialType);
		cache.set(id, { credential, until: now + CACHE_MS });
		return verify(credential, headers, body, now);
	};
}
