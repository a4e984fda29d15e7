import type { TriggerState } from '../shared/triggers/triggerState';

/** A webhook that this node made at SePay. */
export interface Registration {
	address: string;
	id?: number;
	/** The address as SePay shows it. */
	shown?: string;
}

/** What the node keeps in n8n; the secret signs deliveries, or is the API key. */
export interface WebhookState extends TriggerState {
	production?: Registration;
	test?: Registration;
	/** The newest transaction when the workflow was first published; catching up begins after it. */
	after?: number;
	/** Set up by hand, the time instead, as a bank tells it. */
	afterTime?: string;
}
