import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { createCredentialVerifier, testSecret } from '../triggers/credentialVerification';
import { verifyDelivery, type Verification } from '../triggers/verification';

function verificationIn({ authenType, secretKey, apiKey }: ICredentialDataDecryptedObject) {
	const secret = String((authenType === 'Api_Key' ? apiKey : secretKey) ?? '');
	return { kind: authenType as Verification['kind'], secret };
}

/** Tests what can be tested of a webhook credential without SePay: whether its secret is whole. */
export async function webhookSecretTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const { kind, secret } = verificationIn(credential.data ?? {});
	if (kind === 'Api_Key' && /^apikey\s/i.test(secret)) {
		return { status: 'Error', message: 'Enter the key without the word "Apikey"' };
	}
	return testSecret(secret, 'SePay');
}

/** Why a delivery must not be believed by the webhook credential of the node. */
export const verifyByCredential = createCredentialVerifier(
	'sePayWebhookApi',
	(credential, ...delivery) => verifyDelivery(verificationIn(credential), ...delivery),
);
