import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { takeDelivery as take } from '../../../../nodes/shared/delivery';
import { eventIn } from './payload';
import { doubt } from './verification';

/** As large as n8n lets it be; Payt switches a webhook off whose deliveries are refused. */
const BOUNDS = { bytes: 16 * 1024 * 1024, fields: 200_000, depth: 20, lists: true };

/** Takes one delivery of Payt. */
export async function takeDelivery(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	return await take.call(this, {
		name: 'Payt Trigger',
		expected: 'event of Payt',
		repeatsAfterErrors: true,
		bounds: BOUNDS,
		doubt,
		read: eventIn,
	});
}
