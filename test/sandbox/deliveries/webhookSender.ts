import type { Service } from '../state';
import { parseObject, post, routed } from './send';

const MINUTE = 60_000;

/** How a service delivers. */
interface RetryPolicy {
	/** Minutes from each attempt to the next. */
	retryDelays: number[];
	/** How long after the first attempt there may be others, milliseconds. */
	longestRetryMs: number;
	/** How many redirects of an answer are followed. */
	redirects: number;
	/** Whether an answer says that the letter was taken. */
	isAccepted(status: number, answer: string): boolean;
}

const SEPAY_RETRY_POLICY: RetryPolicy = {
	retryDelays: [1, 1, 2, 3, 5, 8, 13],
	longestRetryMs: 5 * 60 * MINUTE,
	redirects: 0,
	isAccepted: (status, answer) =>
		(status === 200 || status === 201) && parseObject(answer).success === true,
};

/** One attempt to bring something to an address. */
export interface Attempt {
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
	/** Whether the answer says that it was taken; of SePay: 200 or 201 with `{"success": true}`. */
	ok: boolean;
	/** Why there was no answer. */
	error?: string;
}

export interface Content {
	bytes: Uint8Array<ArrayBuffer>;
	contentType: string;
}

/** What is to be sent, and where to. */
export interface WebhookMessage<About> {
	/** Is kept with each attempt. */
	about: About;
	url: string;
	content: Content | Promise<Content>;
	/**
	 * The headers that prove the sender.
	 * @throws when they cannot be had
	 */
	authenticate(
		bytes: Uint8Array,
		signal: AbortSignal,
	): Record<string, string> | Promise<Record<string, string>>;
	/** Whether an attempt that ended so is followed by another one. */
	isRetried(attempt: Attempt): boolean;
}

type CreateMessage<About> = () => WebhookMessage<About> | undefined;
type OnDelivery<About> = (delivery: About & Attempt) => void;

/** What went wrong when a request had no answer; fetch hides it in the cause. */
function reasonOf(error: unknown): string {
	const { cause, message } = error as Error;
	return cause instanceof Error ? cause.message || cause.name : message;
}

/** Sends letters and logs each attempt in `deliveries` of its service. */
export class WebhookSender<About extends object> {
	private readonly open = new Set<Promise<unknown>>();

	constructor(
		private readonly service: Service & { deliveries: Array<About & Attempt> },
		private readonly policy = SEPAY_RETRY_POLICY,
	) {}

	/** Waits until no attempt is under way; retries that are not due yet do not count. */
	async idle(): Promise<void> {
		while (this.open.size > 0) await Promise.all(this.open);
	}

	/** Lets `idle` wait for a piece of work as well. */
	track<T>(work: Promise<T>): Promise<T> {
		this.open.add(work);
		return work.finally(() => this.open.delete(work));
	}

	/**
	 * Attempts until one is not to be repeated or the time for it is over.
	 * @param write what to send and where to at the time of an attempt; nothing ends it
	 * @param told is called with each attempt
	 * @returns when the first attempt has ended
	 */
	async deliver(write: CreateMessage<About>, told: OnDelivery<About> = () => {}): Promise<void> {
		const now = this.service.clock.now();
		await this.continue(write, told, 1, now, now);
	}

	/** One attempt that is not repeated. */
	send(
		message: WebhookMessage<About>,
		attempt = 1,
		at = this.service.clock.now(),
	): Promise<About & Attempt> {
		return this.track(this.exchange(message, attempt, at));
	}

	private async continue(
		write: CreateMessage<About>,
		told: OnDelivery<About>,
		attempt: number,
		at: number,
		since: number,
	): Promise<void> {
		const { clock, closing } = this.service;
		const message = write();
		if (!message || clock.now() - since > this.policy.longestRetryMs) return;
		const delivery = await this.send(message, attempt, at);
		told(delivery);
		const delay = this.policy.retryDelays[attempt - 1];
		if (!message.isRetried(delivery) || delay === undefined || closing.signal.aborted) return;
		const next = at + delay * MINUTE;
		clock.schedule(next, () => void this.continue(write, told, attempt + 1, next, since));
	}

	private async exchange(
		{ about, url, content, authenticate }: WebhookMessage<About>,
		attempt: number,
		at: number,
	): Promise<About & Attempt> {
		const { closing, deliveryTimeoutMs, hosts, deliveries } = this.service;
		const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(deliveryTimeoutMs)]);
		const { bytes, contentType } = await content;
		const delivery: About & Attempt = {
			...about,
			attempt,
			at,
			url,
			headers: {},
			body: Buffer.from(bytes).toString('utf8'),
			answer: '',
			ok: false,
		};
		try {
			delivery.headers = { 'content-type': contentType, ...(await authenticate(bytes, signal)) };
			const { redirects, isAccepted } = this.policy;
			const address = routed(url, hosts);
			const { headers } = delivery;
			const { status, text } = await post(address, headers, bytes, signal, redirects);
			delivery.status = status;
			delivery.answer = text;
			delivery.ok = isAccepted(status, text);
		} catch (error) {
			delivery.error = reasonOf(error);
		}
		deliveries.push(delivery);
		return delivery;
	}
}
