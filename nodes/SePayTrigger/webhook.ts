import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { fromWebhook } from '../shared/sePay/transaction';
import { verifyByCredential } from '../shared/sePay/webhookCredential';
import { triggerKey } from '../shared/triggers/processedItems';
import { readState } from '../shared/triggers/triggerState';
import { verifyDelivery, type Verification } from '../shared/triggers/verification';
import { handleWebhook } from '../shared/triggers/webhookHandler';
import { isByHand, isCatchUpEnabled } from './catchUp';
import { deliveredId, identityOf } from './identity';
import { deduplicationIdOf, filterOf, toOutput } from './payload';

/** The status that all of SePay's rules take for success. */
export const RESPONSE_CODE = 201;

/** Takes one delivery of SePay. */
export async function webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	return await handleWebhook.call(this, {
		name: 'SePay Trigger',
		expected: 'SePay transaction',
		responseCode: RESPONSE_CODE,
		retriesAfterErrors: true,
		async verify(headers, body) {
			if (isByHand(this)) return await verifyByCredential.call(this, headers, body);
			const kind = this.getNodeParameter('authenType') as Verification['kind'];
			const { secret } = readState(this) ?? {};
			return verifyDelivery({ kind, secret }, headers, body, Date.now());
		},
		parse(fields) {
			const payment = fromWebhook(fields);
			if (typeof payment === 'string') return payment;
			const json = filterOf(this)(payment) ? toOutput.call(this, payment) : undefined;
			const number = deduplicationIdOf(payment);
			if (number === undefined || !isByHand(this) || !isCatchUpEnabled(this))
				return { id: number, json };
			const id = deliveredId(triggerKey(this), identityOf(payment), number);
			return { id, alias: number, json };
		},
	});
}
