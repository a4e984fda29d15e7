import type { INodePropertyOptions } from 'n8n-workflow';

/** Stands for events that SePay adds later. */
export const OTHER_EVENTS = '*';

export const events: INodePropertyOptions[] = [
	{ name: 'Order Paid', value: 'ORDER_PAID', description: 'A buyer paid an order' },
	{ name: 'Other Events', value: OTHER_EVENTS, description: 'Events that SePay adds later' },
	{
		name: 'Renewal Order Paid',
		value: 'RENEWAL_ORDER_PAID',
		description: 'A recurring payment was made',
	},
	{
		name: 'Transaction Void',
		value: 'TRANSACTION_VOID',
		description: 'A card payment was returned to the buyer',
	},
];

/** Whether an event has a name of its own among {@link events}. */
export const isKnown = (event: string) =>
	event !== OTHER_EVENTS && events.some(({ value }) => value === event);

/** Whether an event is among those chosen. */
export const isChosen = (event: string, chosen: unknown): boolean =>
	[chosen].flat().includes(isKnown(event) ? event : OTHER_EVENTS);
