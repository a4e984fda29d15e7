import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

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
