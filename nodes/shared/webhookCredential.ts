import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
	IWebhookFunctions,
} from 'n8n-workflow';
import { doubtAbout, type Headers, type Proof } from './verification';

const CREDENTIAL = 'sePayWebhookApi';
const KEPT_MS = 30_000;

/** By credential; what a proof settled for its time needs no reading again. */
const proofs = new Map<string, { proof: Proof; until: number }>();

/** Tests what can be tested of a webhook credential without SePay: whether its secret is whole. */
export async function webhookSecretTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const { authenType, secretKey, apiKey } = credential.data ?? {};
	const secret = String((authenType === 'Api_Key' ? apiKey : secretKey) ?? '');
	if (secret.trim() === '') return { status: 'Error', message: 'Nothing is entered' };
	if (secret !== secret.trim()) {
		return { status: 'Error', message: 'There is a space or line break around it' };
	}
	if (authenType === 'Api_Key' && /^apikey\s/i.test(secret)) {
		return { status: 'Error', message: 'Enter the key without the word "Apikey"' };
	}
	return { status: 'OK', message: 'Filled in; SePay must have the same' };
}

/**
 * Why a delivery must not be believed by the webhook credential of the node. Reading it takes n8n
 * almost as long as all else it does for a delivery (`npm run bench`), so what was read is good for
 * {@link KEPT_MS}: a new secret holds at once, an old one at most so much longer.
 */
export async function doubtByCredential(
	this: IWebhookFunctions,
	headers: Headers,
	body: Buffer,
): Promise<string | undefined> {
	const id = this.getNode().credentials?.[CREDENTIAL]?.id ?? '';
	const now = Date.now();
	const kept = proofs.get(id);
	if (kept && kept.until > now && !doubtAbout(kept.proof, headers, body, now)) return undefined;
	const { authenType, secretKey, apiKey } = await this.getCredentials(CREDENTIAL);
	const secret = String((authenType === 'Api_Key' ? apiKey : secretKey) ?? '');
	const proof = { kind: authenType as Proof['kind'], secret };
	proofs.set(id, { proof, until: now + KEPT_MS });
	return doubtAbout(proof, headers, body, now);
}
