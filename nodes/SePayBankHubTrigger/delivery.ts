import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { takeDelivery as take } from '../shared/delivery';
import { doubtAbout } from '../shared/verification';
import { doubtByCredential } from '../shared/webhookCredential';
import { isForEvents } from './events';
import { eventIn, isEventWanted, isTransactionWanted, outputOf, transactionIn } from './payload';
import { proofFor } from './registration';

/** Takes one delivery of Bank Hub. */
export async function takeDelivery(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	const forEvents = isForEvents(this);
	return await take.call(this, {
		name: 'SePay Bank Hub Trigger',
		expected: forEvents ? 'event of SePay Bank Hub' : 'transaction of SePay Bank Hub',
		repeatsAfterErrors: false,
		async doubt(headers, body) {
			return forEvents
				? doubtAbout(proofFor(this), headers, body, Date.now())
				: await doubtByCredential.call(this, headers, body);
		},
		read(fields) {
			const found = forEvents ? eventIn(fields) : transactionIn(fields);
			if (typeof found === 'string') return found;
			const isWanted = forEvents ? isEventWanted : isTransactionWanted;
			const json = isWanted.call(this, found) ? outputOf.call(this, found) : undefined;
			return { id: found.id, json };
		},
	});
}
