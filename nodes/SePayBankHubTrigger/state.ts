import type { IDataObject } from 'n8n-workflow';
import type { TriggerState } from '../shared/triggers/triggerState';

/** The merchant's one webhook, but for its secret. */
export interface Webhook extends IDataObject {
	webhook_url: string;
	active: 0 | 1;
	allow_events: string[];
}

/** A webhook as Bank Hub shows it: of its secret no more than the end. */
export interface CurrentWebhook {
	webhook: Webhook;
	/** How the secret ends; undefined when there is none. */
	ending?: string;
}

/** That the merchant's webhook has been set to an address of this node. */
export interface Registration {
	address: string;
	earlier?: CurrentWebhook;
}

/** What the node keeps in n8n. */
export interface WebhookState extends TriggerState {
	production?: Registration;
	test?: Registration;
	/** When the workflow was first published, as a bank would write it; catching up begins there. */
	after?: string;
}
