import { createHmac, randomUUID } from 'node:crypto';
import {
	WebhookSender,
	type Attempt,
	type WebhookMessage,
} from '../../../../test/sandbox/deliveries/webhookSender';
import { eventOf, type EventAbout } from './events';
import type { State } from './state';

/** A webhook as it is made by hand in the settings of an administration. */
export interface Webhook {
	url: string;
	secret: string;
	/** Names of the events that are wanted; undefined: all. */
	events?: string[];
	/** Ends when all attempts for an event have failed; a person has to switch it on again. */
	active: boolean;
}

interface About {
	event: string;
	/** `X-PAYT-DELIVERY`. */
	id: string;
}

/** One attempt to bring an event to the webhook. */
export type Delivery = About & Attempt;

const ADMINISTRATION = 'x-payt-administration-identifier';

/** Ten attempts at growing intervals; no document says how long these are. */
const RETRY_DELAYS = [1, 2, 4, 8, 15, 30, 45, 60, 120];

/** Brings events to the webhook. */
export class Webhooks {
	private readonly courier: WebhookSender<About>;

	constructor(private readonly state: State) {
		this.courier = new WebhookSender(state, {
			retryDelays: RETRY_DELAYS,
			longestRetryMs: Infinity,
			redirects: 3,
			isAccepted: (status) => status === 200,
		});
	}

	/**
	 * Tells an event and repeats it until it is taken; after the last attempt the webhook ends.
	 * @returns the first attempt, undefined when there is no webhook that wants it
	 */
	async deliver(event: string, about?: EventAbout): Promise<Delivery | undefined> {
		const { body, administrationId } = eventOf(event, about, this.state);
		const id = randomUUID();
		let first: Delivery | undefined;
		await this.courier.deliver(
			() => this.letter({ event, id }, JSON.stringify(body), administrationId),
			(delivery) => {
				first ??= delivery;
				const isLast = delivery.attempt > RETRY_DELAYS.length;
				if (isLast && !delivery.ok && this.state.webhook) this.state.webhook.active = false;
			},
		);
		return first;
	}

	/** Sends once more what was sent before, as the settings page can; not repeated. */
	async again({ event, id, body, headers }: Delivery): Promise<Delivery | undefined> {
		const letter = this.letter({ event, id }, body, headers[ADMINISTRATION]);
		return letter && (await this.courier.send(letter));
	}

	/** Waits until no attempt is under way; retries that are not due yet do not count. */
	idle(): Promise<void> {
		return this.courier.idle();
	}

	private letter(
		{ event, id: lasting }: About,
		body: string,
		administrationId?: string,
	): WebhookMessage<About> | undefined {
		const { webhook, variants } = this.state;
		if (!webhook?.active || webhook.events?.includes(event) === false) return undefined;
		const id = variants.deliveryId === 'perAttempt' ? randomUUID() : lasting;
		return {
			about: { event, id },
			url: webhook.url,
			content: { bytes: new TextEncoder().encode(body), contentType: 'application/json' },
			authenticate: (bytes) => ({
				'x-payt-delivery': id,
				...(administrationId !== undefined && { [ADMINISTRATION]: administrationId }),
				'x-payt-signature': createHmac('sha256', webhook.secret).update(bytes).digest('hex'),
			}),
			isRetried: ({ ok }) => !ok,
		};
	}
}
