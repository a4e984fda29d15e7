import type {
	IExecuteFunctions,
	IHookFunctions,
	ITriggerFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { ALL_EVENTS, EVENTS } from '../shared/bankHub/webhook';

/** Whether the node starts on life-cycle events, and not on balance changes. */
export function isEventTrigger(
	context: IExecuteFunctions | IHookFunctions | ITriggerFunctions | IWebhookFunctions,
): boolean {
	const parameters = context.getNode().parameters;
	return parameters.triggerOn !== 'balanceChanges';
}

/** The names of the events that the node is set to, or {@link ALL_EVENTS} alone. */
export function subscribedEvents(context: IHookFunctions | IWebhookFunctions): string[] {
	const names = context.getNodeParameter('events') as string[];
	return EVENTS.every((name) => names.includes(name)) ? [ALL_EVENTS] : names;
}
