import { WebhookSender, type Attempt, type WebhookMessage } from '../deliveries/webhookSender';
import { omit } from '../omit';
import { amount, idText, shownTransaction } from './answers';
import type { NotificationType, Order, Transaction } from './model';
import type { State } from './state';

interface About {
	type: NotificationType;
	order_invoice_number: string;
}

/** One attempt to send an IPN. */
export type Delivery = About & Attempt;

const MANNERS = {
	retryDelays: [1, 1, 2, 3, 5, 8, 13],
	longestRetryMs: 5 * 60 * 60_000,
	redirects: 0,
	isAccepted: (status: number) => status === 200,
};

function customDataOf({ custom_data }: Order, { variants }: State): unknown {
	if (variants.customData === 'text') return custom_data;
	if (variants.customData === 'object') return custom_data === null ? {} : { value: custom_data };
	return custom_data === null ? [] : [custom_data];
}

function customerOf({ customer_id }: Order, { variants }: State): object | null | undefined {
	if (customer_id !== null) return { id: '1', customer_id };
	const none = { null: null, nulls: { id: null, customer_id: null }, absent: undefined };
	return none[variants.noCustomer];
}

function bodyOf(type: NotificationType, order: Order, transaction: Transaction, state: State) {
	const { variants, clock } = state;
	return {
		timestamp: Math.floor(clock.now() / 1000),
		notification_type: type,
		order: {
			id: idText('order', order.id, variants),
			order_id: order.order_id,
			order_status: order.order_status,
			order_currency: 'VND',
			order_amount: amount(order.order_amount, variants),
			order_invoice_number: order.order_invoice_number,
			custom_data: customDataOf(order, state),
			user_agent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)',
			ip_address: '203.0.113.7',
			order_description: order.order_description,
		},
		transaction: shownTransaction(transaction, variants),
		customer: customerOf(order, state),
	};
}

/** Sends IPNs to the merchant. */
export class Notifications {
	private readonly courier: WebhookSender<About>;

	constructor(private readonly state: State) {
		this.courier = new WebhookSender(state, MANNERS);
	}

	/**
	 * Sends an IPN as the order is now, and repeats what was not answered with 200.
	 * @returns when the first attempt has ended
	 */
	async send(type: NotificationType, order: Order, transaction: Transaction): Promise<void> {
		const body = JSON.stringify(bodyOf(type, order, transaction, this.state));
		const about = { type, order_invoice_number: order.order_invoice_number };
		await this.courier.deliver(() => this.letter(about, body));
	}

	/** Sends once more what was sent before, to where it went. */
	again({ type, order_invoice_number, url, headers, body }: Delivery): Promise<Delivery> {
		return this.courier.send({
			about: { type, order_invoice_number },
			url,
			content: { bytes: new TextEncoder().encode(body), contentType: 'application/json' },
			authenticate: () => omit(headers, 'content-type'),
			isRetried: () => false,
		});
	}

	/** Waits until no attempt is under way; retries that are not due yet do not count. */
	idle(): Promise<void> {
		return this.courier.idle();
	}

	private letter(about: About, body: string): WebhookMessage<About> | undefined {
		const { ipn, variants } = this.state;
		return (
			ipn && {
				about,
				url: ipn.url,
				content: { bytes: new TextEncoder().encode(body), contentType: 'application/json' },
				authenticate: (): Record<string, string> =>
					ipn.secretKey === undefined ? {} : { 'x-secret-key': ipn.secretKey },
				isRetried: ({ ok }) => !ok && variants.ipnRetries === 'asWebhooks',
			}
		);
	}
}
