import {
	NodeOperationError,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { verifyByCredential } from '../shared/sePay/webhookCredential';
import { readState } from '../shared/triggers/triggerState';
import { verifyDelivery } from '../shared/triggers/verification';
import { handleWebhook } from '../shared/triggers/webhookHandler';
import { isEventTrigger } from './events';
import {
	matchesEvents,
	parseEvent,
	parseTransaction,
	toOutput,
	transactionFilter,
} from './payload';

/** Takes one delivery of Bank Hub. */
export async function webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	const forEvents = isEventTrigger(this);
	return await handleWebhook.call(this, {
		name: 'SePay Bank Hub Trigger',
		expected: forEvents ? 'SePay Bank Hub event' : 'SePay Bank Hub transaction',
		retriesAfterErrors: false,
		async verify(headers, body) {
			if (!forEvents) return await verifyByCredential.call(this, headers, body);
			const { secret } = readState(this) ?? {};
			if (secret) return verifyDelivery({ kind: 'Secret_Key', secret }, headers, body, Date.now());
			// n8n stores it a moment after Bank Hub has it; Bank Hub would not repeat what is refused.
			throw new NodeOperationError(this.getNode(), 'this workflow has no secret yet');
		},
		parse(fields) {
			const found = forEvents ? parseEvent(fields) : parseTransaction(fields);
			if (typeof found === 'string') return found;
			const isWanted = found.transaction
				? transactionFilter(this)(found.transaction)
				: matchesEvents.call(this, found);
			return { id: found.id, json: isWanted ? toOutput.call(this, found) : undefined };
		},
	});
}
