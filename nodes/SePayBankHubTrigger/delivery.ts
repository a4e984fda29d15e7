import {
	NodeOperationError,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
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
			if (!forEvents) return await doubtByCredential.call(this, headers, body);
			const proof = proofFor(this);
			if (proof.secret) return doubtAbout(proof, headers, body, Date.now());
			// n8n stores it a moment after Bank Hub has it; Bank Hub would not repeat what is refused.
			throw new NodeOperationError(this.getNode(), 'this workflow has no secret of its own yet');
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
