import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { ALL_EVENTS, EVENTS } from '../shared/bankHub/webhook';

/** Whether the node starts on life-cycle events, and not on balance changes. */
export const isEventTrigger = (context: Pick<IHookFunctions, 'getNode'>): boolean =>
	context.getNode().parameters.triggerOn !== 'balanceChanges';

/** The names of the events that the node is set to, or {@link ALL_EVENTS} alone. */
export function subscribedEvents(context: IHookFunctions | IWebhookFunctions): string[] {
	const names = context.getNodeParameter('events') as string[];
	return EVENTS.every((name) => names.includes(name)) ? [ALL_EVENTS] : names;
}
