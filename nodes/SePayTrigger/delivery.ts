import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { takeDelivery as take } from '../shared/delivery';
import { doubtAbout } from '../shared/verification';
import { doubtByCredential } from '../shared/webhookCredential';
import { idOf, outputOf, passesFilters, paymentIn } from './payload';
import { proofFor } from './registration';

/** Takes one delivery of SePay. */
export async function takeDelivery(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	return await take.call(this, {
		name: 'SePay Trigger',
		expected: 'transaction of SePay',
		repeatsAfterErrors: true,
		async doubt(headers, body) {
			return this.getNodeParameter('setUp') === 'byHand'
				? await doubtByCredential.call(this, headers, body)
				: doubtAbout(proofFor(this), headers, body, Date.now());
		},
		read(fields) {
			const payment = paymentIn(fields);
			if (typeof payment === 'string') return payment;
			const json = passesFilters.call(this, payment) ? outputOf.call(this, payment) : undefined;
			return { id: idOf(payment), json };
		},
	});
}
