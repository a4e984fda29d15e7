import type {
	IExecuteFunctions,
	IHookFunctions,
	ITriggerFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { EVENTS, EVERY_EVENT } from '../shared/bankHubWebhook';

/** Whether the node starts on life-cycle events, and not on balance changes. */
export function isForEvents(
	context: IExecuteFunctions | IHookFunctions | ITriggerFunctions | IWebhookFunctions,
): boolean {
	const parameters = context.getNode().parameters;
	return parameters.triggerOn !== 'balanceChanges';
}

/** The names of the events that the node is set to, or {@link EVERY_EVENT} alone. */
export function chosenEvents(context: IHookFunctions | IWebhookFunctions): string[] {
	const names = context.getNodeParameter('events') as string[];
	return EVENTS.every((name) => names.includes(name)) ? [EVERY_EVENT] : names;
}
