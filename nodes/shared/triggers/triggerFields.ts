import type { INodeProperties } from 'n8n-workflow';

export const deduplicate: INodeProperties = {
	displayName: 'Start Once for Each Payment',
	name: 'deduplicate',
	type: 'boolean',
	default: true,
	description:
		'Whether repeated deliveries of a payment are received but passed on only once; test sends always pass',
};

export const rememberedPayments: INodeProperties = {
	displayName: 'Remembered Payments',
	name: 'rememberedPayments',
	type: 'number',
	typeOptions: { minValue: 1000, maxValue: 200000 },
	default: 10000,
	description:
		'How many payments to remember at least, so that a repeat is known; those of 7 days are remembered anyway, up to 50000. A longer memory makes each payment a little slower.',
};

/** When to look for missed payments; its default is the node's to choose. */
export const catchUp: INodeProperties = {
	displayName: 'Catch Up on Missed Payments',
	name: 'catchUp',
	type: 'options',
	options: [
		{
			name: 'At an Interval',
			value: 'interval',
			description: 'When n8n starts or the workflow is published, and then again and again',
		},
		{
			name: 'Off',
			value: 'off',
			description: 'Payments that SePay could not deliver do not start the workflow',
		},
		{
			name: 'On Start',
			value: 'onStart',
			description: 'When n8n starts or the workflow is published',
		},
	],
	default: 'off',
	description: 'When to look in the list of transactions for payments that no delivery brought',
};

export const catchUpMinutes: INodeProperties = {
	displayName: 'Minutes Between',
	name: 'catchUpMinutes',
	type: 'options',
	options: [5, 10, 15, 30, 60].map((value) => ({ name: String(value), value })),
	default: 30,
	description: 'How often to look for missed payments',
};

export const lookBackHours: INodeProperties = {
	displayName: 'Look-Back Hours',
	name: 'lookBackHours',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 168 },
	default: 24,
	description:
		'How far back to look for missed payments, never before the workflow was first published',
};

/** n8n then leaves the body of a delivery unread, so that signatures of all content types verify. */
export const rawBodyOption: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'hidden',
	default: { binaryData: true },
};
