import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { createCredentialVerifier } from '../shared/triggers/credentialVerification';
import { verifyDelivery } from '../shared/triggers/verification';
import { handleWebhook } from '../shared/triggers/webhookHandler';
import { parseNotification } from './payload';

/** Custom data may be a list or an object of the shop's. */
const BOUNDS = { bytes: 1024 * 1024, fields: 500, depth: 6, lists: true };

const verify = createCredentialVerifier(
	'sePayPaymentGatewayApi',
	({ ipnSecretKey, secretKey }, headers, body, now) => {
		const secret = [ipnSecretKey, secretKey]
			.map((value) => String(value ?? '').trim())
			.find(Boolean);
		return verifyDelivery({ kind: 'Secret_Key', secret }, headers, body, now);
	},
);

/** Takes one IPN. */
export async function takeDelivery(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	return await handleWebhook.call(this, {
		name: 'SePay Payment Gateway Trigger',
		expected: 'SePay Payment Gateway notification',
		// No document says what SePay repeats; a cut connection is a failure in any case.
		retriesAfterErrors: false,
		limits: BOUNDS,
		verify,
		parse: parseNotification,
	});
}
