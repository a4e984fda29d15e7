import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { doubtAbout, type Proof } from './verification';
import { doubtsBy, secretTest } from './webhookSecrets';

function proofIn({
	authenType,
	secretKey,
	apiKey,
}: ICredentialDataDecryptedObject): Required<Proof> {
	const secret = String((authenType === 'Api_Key' ? apiKey : secretKey) ?? '');
	return { kind: authenType as Proof['kind'], secret };
}

/** Tests what can be tested of a webhook credential without SePay: whether its secret is whole. */
export async function webhookSecretTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const { kind, secret } = proofIn(credential.data ?? {});
	if (kind === 'Api_Key' && /^apikey\s/i.test(secret)) {
		return { status: 'Error', message: 'Enter the key without the word "Apikey"' };
	}
	return secretTest(secret, 'SePay');
}

/** Why a delivery must not be believed by the webhook credential of the node. */
export const doubtByCredential = doubtsBy('sePayWebhookApi', (credential, headers, body, now) =>
	doubtAbout(proofIn(credential), headers, body, now),
);
