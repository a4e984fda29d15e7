import type { Transaction, Webhook } from '../model';
import type { State } from '../state';
import { isWanted } from './filters';
import { encode, payloadOf, type Payload } from './payload';
import { authenticationHeaders } from './send';
import { WebhookSender, type Attempt, type WebhookMessage } from './webhookSender';

export type { Payload } from './payload';

interface About {
	webhookId: number;
	/** 0 in test sends. */
	transactionId: number;
}

/** One attempt to bring an event to a webhook. */
export type Delivery = About & Attempt;

/** A wrong body is a failure but no reason to retry, nor is a token that could not be had. */
function isRetriable({ status, headers }: Attempt): boolean {
	const wasMade = Object.keys(headers).length > 0;
	return wasMade && (status === undefined || status < 200 || status > 299);
}

const testPayload: Payload = {
	id: 0,
	gateway: 'Vietcombank',
	transactionDate: '2024-07-02 11:08:33',
	accountNumber: '1017588888',
	subAccount: null,
	code: 'DH123456',
	content: 'DH123456 thanh toan don hang',
	transferType: 'in',
	description: '',
	transferAmount: 5_000_000,
	accumulated: 105_000_000,
	referenceCode: 'FT24012345678',
};

function messageTo(hook: Webhook, payload: Payload): WebhookMessage<About> {
	return {
		about: { webhookId: hook.id, transactionId: payload.id },
		url: hook.webhook_url,
		content: encode(payload, hook.request_content_type),
		authenticate: (bytes, signal) => authenticationHeaders(hook, bytes, signal),
		isRetried: (attempt) => hook.retry_conditions.non_2xx_status_code === 1 && isRetriable(attempt),
	};
}

/** Sends events to the webhooks. */
export class Deliveries {
	private readonly courier: WebhookSender<About>;

	constructor(private readonly state: State) {
		this.courier = new WebhookSender(state);
	}

	/** Starts the delivery of a transaction to every webhook that wants it. */
	announce(transaction: Transaction): void {
		const { data } = this.state;
		const payload = payloadOf(transaction);
		for (const wanting of data.webhooks) {
			if (!isWanted(wanting, transaction, data)) continue;
			// Retries go to the address that the webhook has by then.
			void this.courier.deliver(() => {
				const hook = data.webhooks.find(({ id }) => id === wanting.id);
				return hook && messageTo(hook, payload);
			});
		}
	}

	/**
	 * Sends once to a webhook by hand, as the dashboard does, whatever its filters.
	 * @param what nothing for a test send, fields to replace in one, or the id of a transaction
	 */
	async manual(webhookId: number, what: number | Partial<Payload> = {}): Promise<Delivery> {
		const { webhooks, transactions } = this.state.data;
		const hook = webhooks.find(({ id }) => id === webhookId);
		if (!hook) throw new Error(`deliver: no webhook ${webhookId}`);
		if (typeof what !== 'number') {
			return await this.courier.send(messageTo(hook, { ...testPayload, ...what }));
		}
		const transaction = transactions.find(({ id }) => id === what);
		if (!transaction) throw new Error(`deliver: no transaction ${what}`);
		return await this.courier.send(messageTo(hook, payloadOf(transaction)));
	}

	/** Waits until no delivery is under way; retries that are not due yet do not count. */
	idle(): Promise<void> {
		return this.courier.idle();
	}
}
