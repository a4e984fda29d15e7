import {
	NodeOperationError,
	type ICredentialDataDecryptedObject,
	type ICredentialsDecrypted,
	type ICredentialTestFunctions,
	type INodeCredentialTestResult,
} from 'n8n-workflow';
import {
	createCredentialVerifier,
	testSecret,
} from '../../../../nodes/shared/triggers/credentialVerification';
import { isSignature, REASONS, singleHeader } from '../../../../nodes/shared/triggers/verification';
import { withWholeMessage } from '../../../../nodes/shared/triggers/wholeMessage';

const CREDENTIAL = 'paytWebhookApi';

/** Either may sign for a while after the secret was replaced at Payt. */
function secretsIn({ secret, previousSecret }: ICredentialDataDecryptedObject): string[] {
	return [secret, previousSecret].map((one) => String(one ?? '')).filter((one) => one !== '');
}

/** Tests what can be tested of the secrets without Payt: whether they are whole. */
export async function webhookSecretTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const { secret, previousSecret } = credential.data ?? {};
	const results = [String(secret ?? ''), String(previousSecret || secret)].map((one) =>
		testSecret(one, 'Payt'),
	);
	return results.find(({ status }) => status === 'Error') ?? results[0];
}

/** Refuses a credential without a secret: Payt switches a webhook off whose deliveries are refused. */
export const assertSecret = withWholeMessage(async function () {
	if (secretsIn(await this.getCredentials(CREDENTIAL)).length > 0) return true;
	throw new NodeOperationError(this.getNode(), 'The Payt Webhook credential contains no secret', {
		description: "Payt shows it once on the webhook's settings page, where you can replace it.",
	});
});

/** Why a delivery must not be believed: `X-PAYT-SIGNATURE` covers the bytes of the body. */
export const verifyDelivery = createCredentialVerifier(CREDENTIAL, (credential, headers, body) => {
	const secrets = secretsIn(credential);
	if (secrets.length === 0) return REASONS.noSecret;
	const signature = singleHeader(headers['x-payt-signature']);
	if (!signature) return REASONS.noSignature;
	const fits = secrets.some((secret) => isSignature(signature, secret, body));
	return fits ? undefined : REASONS.wrongSignature;
});
