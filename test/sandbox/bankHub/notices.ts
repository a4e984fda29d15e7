import {
	WebhookSender,
	type Attempt,
	type Content,
	type WebhookMessage,
} from '../deliveries/webhookSender';
import { omit } from '../omit';
import { direction, serialize, time } from './answers';
import type { Company, LifecycleEvent, Transaction } from './model';
import type { State } from './state';

interface About {
	/** Whether it went to the webhook or to the address of the IPNs. */
	channel: 'event' | 'ipn';
	/** xid of the event or id of the transaction. */
	id: string;
}

/** One attempt to bring an event or a transaction to the merchant. */
export type Delivery = About & Attempt;

const json = (value: object, { variants }: State): Content => ({
	bytes: new TextEncoder().encode(serialize(value, variants)),
	contentType: 'application/json',
});

/** Only a request without any answer is repeated. */
const isRetried = ({ status }: Attempt) => status === undefined;

/** What is sent about a transaction; `accumulated` is not supported yet. */
function ipnPayload(transaction: Transaction, { variants }: State) {
	const { transaction_date, brand_name, reference_number, transaction_content } = transaction;
	const dates = {
		documented: transaction_date,
		iso: time(transaction_date, 'zoned'),
		T: time(transaction_date, 'T'),
		timestamp: Date.parse(`${transaction_date}+07:00`) / 1000,
	};
	const names =
		variants.ipnNames === 'documented'
			? { gateway: brand_name, content: transaction_content, reference_code: reference_number }
			: { brand_name, transaction_content, reference_number };
	return {
		...names,
		transaction_date: dates[variants.ipnDate],
		account_number: transaction.account_number,
		bank_account_xid: transaction.bank_account_xid,
		va: transaction.va,
		payment_code: transaction.payment_code,
		transfer_type: direction(transaction.transfer_type, 'creditDebit', variants),
		amount: transaction.amount,
		accumulated: 0,
		transaction_id: transaction.transaction_id,
	};
}

function hasAllowance({ status, configuration }: Company): boolean {
	const { transaction_amount } = configuration;
	return status === 'Active' && (transaction_amount === 'Unlimited' || transaction_amount > 0);
}

/** Whether a transaction is told: its company may have IPNs and the keyword filter lets it pass. */
function isNotified({ company_xid, transaction_content }: Transaction, { data }: State): boolean {
	const company = data.companies.find(({ xid }) => xid === company_xid);
	const { transaction_whitelist_remark_keywords: keywords } = data.merchant;
	const text = transaction_content.toLowerCase();
	const passes = keywords.some((keyword) => text.includes(keyword.toLowerCase()));
	return company !== undefined && hasAllowance(company) && (passes || keywords.length === 0);
}

/** Tells the merchant: lifecycle events to the webhook, transactions to the address of the IPNs. */
export class Notifications {
	private readonly sender: WebhookSender<About>;
	/** The end of what is under way, by link token, as its events come in order. */
	private readonly last = new Map<string, Promise<void>>();

	constructor(private readonly state: State) {
		this.sender = new WebhookSender(state);
	}

	/**
	 * Sends an event unless the webhook does not want it, after those about the same link token.
	 * @returns when the first attempt has ended
	 */
	event(event: LifecycleEvent): Promise<void> {
		const subject = String(event.metadata.link_token_xid);
		const before = this.last.get(subject) ?? Promise.resolve();
		const sending = before.then(() => this.sender.deliver(() => this.eventMessage(event)));
		this.last.set(subject, sending);
		return this.sender.track(sending);
	}

	/** Sends a transaction unless there is no address for it or it is not to be told. */
	ipn(transaction: Transaction): Promise<void> {
		if (!isNotified(transaction, this.state)) return Promise.resolve();
		return this.sender.deliver(
			() => this.ipnMessage(transaction),
			({ ok }) => {
				transaction.webhook_success ||= ok;
			},
		);
	}

	/** Sends once more what was sent before, to where it went, as duplicates are possible. */
	resend({ channel, id, url, headers, body }: Delivery): Promise<Delivery> {
		return this.sender.send({
			about: { channel, id },
			url,
			content: { bytes: new TextEncoder().encode(body), contentType: 'application/json' },
			authenticate: () => omit(headers, 'content-type'),
			isRetried,
		});
	}

	/** Waits until no attempt is under way; retries that are not due yet do not count. */
	idle(): Promise<void> {
		return this.sender.idle();
	}

	private eventMessage(event: LifecycleEvent): WebhookMessage<About> | undefined {
		const { webhook } = this.state.data;
		const name = event.event.replace('INACTIVED', 'INACTIVATED');
		const isWanted = webhook?.allow_events?.some((wanted) => wanted === '*' || wanted === name);
		if (!webhook || webhook.active === 0 || !isWanted) return undefined;
		return {
			about: { channel: 'event', id: event.xid },
			url: webhook.webhook_url,
			content: json(event, this.state),
			authenticate: (): Record<string, string> =>
				webhook.auth_type === null ? {} : { 'x-secret-key': String(webhook.secret_key) },
			isRetried,
		};
	}

	private ipnMessage(transaction: Transaction): WebhookMessage<About> | undefined {
		const { ipn } = this.state;
		return (
			ipn && {
				about: { channel: 'ipn', id: transaction.transaction_id },
				url: ipn.url,
				content: json(ipnPayload(transaction, this.state), this.state),
				authenticate: () => ({ authorization: `Apikey ${ipn.apiKey}` }),
				isRetried,
			}
		);
	}
}
