import type {
	IExecuteFunctions,
	IHookFunctions,
	INodePropertyOptions,
	ITriggerFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

/** Whether the node starts on life-cycle events, and not on balance changes. */
export function isForEvents(
	context: IExecuteFunctions | IHookFunctions | ITriggerFunctions | IWebhookFunctions,
): boolean {
	const parameters = context.getNode().parameters;
	return parameters.triggerOn !== 'balanceChanges';
}

/** Stands for all events, those too that SePay has yet to name. */
export const EVERY_EVENT = '*';

const EVENTS: Record<string, string> = {
	BANK_ACCOUNT_INACTIVATED: 'A linked account was switched off at SePay',
	BANK_ACCOUNT_LINKED: 'A bank account was linked',
	BANK_ACCOUNT_UNLINKED: 'The link was ended at the bank',
	LINK_SESSION_ABANDONED: 'The customer left before the end',
	LINK_SESSION_COMPLETED: 'The customer has linked or unlinked an account',
	LINK_SESSION_EXPIRED: 'The customer took too long',
	LINK_SESSION_FAILED: 'Linking or unlinking did not succeed',
	LINK_SESSION_INITIALIZED: 'The customer opened the link',
	LINK_SESSION_REINITIALIZED: 'The customer opened the link again',
	LINK_SESSION_STATE_CHANGED: 'The customer took a step',
	LINK_TOKEN_CREATED: 'A link token was created',
	LINK_TOKEN_EXPIRED: 'A link token was not used in time',
	LINK_TOKEN_REVOKED: 'A link token was revoked',
};

/** The events as SePay names them. */
export const eventNames = Object.keys(EVENTS);

/** The same to choose from. */
export const eventOptions: INodePropertyOptions[] = Object.entries(EVENTS).map(
	([value, description]) => ({
		name: value
			.split('_')
			.map((word) => word[0] + word.slice(1).toLowerCase())
			.join(' '),
		value,
		description,
	}),
);

/** The names of the events that the node is set to, or {@link EVERY_EVENT} alone. */
export function chosenEvents(context: IHookFunctions | IWebhookFunctions): string[] {
	const names = context.getNodeParameter('events') as string[];
	return eventNames.every((name) => names.includes(name)) ? [EVERY_EVENT] : names;
}
