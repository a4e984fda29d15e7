import type {
	ICredentialDataDecryptedObject,
	INodeCredentialTestResult,
	IWebhookFunctions,
} from 'n8n-workflow';
import type { Headers } from './verification';

const KEPT_MS = 30_000;

/** By credential; what a credential settled for its time needs no reading again. */
const kept = new Map<string, { credential: ICredentialDataDecryptedObject; until: number }>();

/** Tests what can be tested of a webhook's secret without its service: whether it is whole. */
export function secretTest(secret: string, service: string): INodeCredentialTestResult {
	if (secret.trim() === '') return { status: 'Error', message: 'Nothing is entered' };
	if (secret !== secret.trim()) {
		return { status: 'Error', message: 'There is a space or line break around it' };
	}
	return { status: 'OK', message: `Filled in; ${service} must have the same` };
}

/**
 * Why a delivery must not be believed by the node's credential of a type. Reading it takes n8n almost
 * as long as all else it does for a delivery (`npm run bench`), so what was read is good for
 * {@link KEPT_MS}: a new secret holds at once, an old one at most so much longer.
 *
 * @param doubt why a delivery must not be believed by what the credential holds; `now` in epoch ms
 */
export function doubtsBy(
	credentialType: string,
	doubt: (
		credential: ICredentialDataDecryptedObject,
		headers: Headers,
		body: Buffer,
		now: number,
	) => string | undefined,
) {
	return async function (
		this: IWebhookFunctions,
		headers: Headers,
		body: Buffer,
	): Promise<string | undefined> {
		const id = this.getNode().credentials?.[credentialType]?.id ?? '';
		const now = Date.now();
		const known = kept.get(id);
		if (known && known.until > now && !doubt(known.credential, headers, body, now)) {
			return undefined;
		}
		const credential = await this.getCredentials(credentialType);
		kept.set(id, { credential, until: now + KEPT_MS });
		return doubt(credential, headers, body, now);
	};
}
