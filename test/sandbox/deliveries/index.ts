import type { Transaction, Webhook } from '../model';
import type { State } from '../state';
import { isWanted } from './filters';
import { encode, payloadOf, type Payload } from './payload';
import { authenticationHeaders, parseObject, post, routed } from './send';

export type { Payload } from './payload';

const MINUTE = 60_000;
/** Minutes from each attempt to the next. */
const RETRY_DELAYS = [1, 1, 2, 3, 5, 8, 13];
const LONGEST_RETRY = 5 * 60 * MINUTE;

/** One attempt to bring an event to a webhook. */
export interface Delivery {
	webhookId: number;
	/** 0 in test sends. */
	transactionId: number;
	/** From 1; retries count up. */
	attempt: number;
	/** When it was due on the sandbox clock, epoch milliseconds. */
	at: number;
	url: string;
	headers: Record<string, string>;
	body: string;
	/** Status answered; undefined when there was no answer. */
	status?: number;
	/** Body answered. */
	answer: string;
	/** Whether the answer is 200 or 201 with `{"success": true}`. */
	ok: boolean;
	/** Why there was no answer. */
	error?: string;
}

/** A wrong body is a failure but no reason to retry, nor is a token that could not be had. */
function isRetriable({ status, headers }: Delivery): boolean {
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

/** What went wrong when a request had no answer; fetch hides it in the cause. */
function reasonOf(error: unknown): string {
	const { cause, message } = error as Error;
	return cause instanceof Error ? cause.message || cause.name : message;
}

/** Sends events to the webhooks and logs each attempt. */
export class Deliveries {
	private readonly open = new Set<Promise<unknown>>();

	constructor(private readonly state: State) {}

	/** Starts the delivery of a transaction to every webhook that wants it. */
	announce(transaction: Transaction): void {
		const { data, clock } = this.state;
		for (const hook of data.webhooks) {
			if (isWanted(hook, transaction, data)) {
				this.automatic(hook.id, payloadOf(transaction), 1, clock.now(), clock.now());
			}
		}
	}

	/**
	 * Sends once to a webhook by hand, as the dashboard does, whatever its filters.
	 * @param what nothing for a test send, fields to replace in one, or the id of a transaction
	 */
	manual(webhookId: number, what: number | Partial<Payload> = {}): Promise<Delivery> {
		const { webhooks, transactions } = this.state.data;
		const hook = webhooks.find(({ id }) => id === webhookId);
		if (!hook) throw new Error(`deliver: no webhook ${webhookId}`);
		const at = this.state.clock.now();
		if (typeof what !== 'number') return this.send(hook, { ...testPayload, ...what }, 1, at);
		const transaction = transactions.find(({ id }) => id === what);
		if (!transaction) throw new Error(`deliver: no transaction ${what}`);
		return this.send(hook, payloadOf(transaction), 1, at);
	}

	/** Waits until no delivery is under way; retries that are not due yet do not count. */
	async idle(): Promise<void> {
		while (this.open.size > 0) await Promise.all(this.open);
	}

	/** An attempt at the address the webhook has now, followed by retries as it is set to. */
	private automatic(
		webhookId: number,
		payload: Payload,
		attempt: number,
		at: number,
		since: number,
	): void {
		const { data, clock } = this.state;
		const hook = data.webhooks.find(({ id }) => id === webhookId);
		if (!hook || clock.now() - since > LONGEST_RETRY) return;
		void this.send(hook, payload, attempt, at).then((delivery) => {
			const delay = RETRY_DELAYS[attempt - 1];
			const isRetried = hook.retry_conditions.non_2xx_status_code === 1 && isRetriable(delivery);
			if (!isRetried || delay === undefined || this.state.closing.signal.aborted) return;
			const next = at + delay * MINUTE;
			clock.schedule(next, () => this.automatic(webhookId, payload, attempt + 1, next, since));
		});
	}

	private send(hook: Webhook, payload: Payload, attempt: number, at: number): Promise<Delivery> {
		const sending = this.exchange(hook, payload, attempt, at);
		this.open.add(sending);
		return sending.finally(() => this.open.delete(sending));
	}

	private async exchange(
		hook: Webhook,
		payload: Payload,
		attempt: number,
		at: number,
	): Promise<Delivery> {
		const { closing, deliveryTimeoutMs } = this.state;
		const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(deliveryTimeoutMs)]);
		const { bytes, contentType } = await encode(payload, hook.request_content_type);
		const delivery: Delivery = {
			webhookId: hook.id,
			transactionId: payload.id,
			attempt,
			at,
			url: hook.webhook_url,
			headers: {},
			body: Buffer.from(bytes).toString('utf8'),
			answer: '',
			ok: false,
		};
		try {
			const proof = await authenticationHeaders(hook, bytes, signal);
			delivery.headers = { 'content-type': contentType, ...proof };
			const address = routed(delivery.url, this.state.hosts);
			const { status, text } = await post(address, delivery.headers, bytes, signal);
			delivery.status = status;
			delivery.answer = text;
			delivery.ok = (status === 200 || status === 201) && parseObject(text).success === true;
		} catch (error) {
			delivery.error = reasonOf(error);
		}
		this.state.deliveries.push(delivery);
		return delivery;
	}
}
