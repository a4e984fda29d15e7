import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { handleWebhook } from '../../../../nodes/shared/triggers/webhookHandler';
import { parseEvent } from './payload';
import { verifyDelivery } from './verification';

/** As large as n8n lets it be; Payt switches a webhook off whose deliveries are refused. */
const BODY_LIMITS = { bytes: 16 * 1024 * 1024, fields: 200_000, depth: 20, lists: true };

/** Takes one delivery of Payt. */
export async function webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	return await handleWebhook.call(this, {
		name: 'Payt Trigger',
		expected: 'Payt event',
		retriesAfterErrors: true,
		limits: BODY_LIMITS,
		verify: verifyDelivery,
		parse: parseEvent,
	});
}
