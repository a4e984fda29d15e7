import type { INodeProperties, IWebhookDescription } from 'n8n-workflow';

/**
 * Where deliveries come in, and the status of the answer that the sender waits for. A number: n8n takes
 * it as it is, while an expression costs each delivery a tenth of its time. Without response data n8n
 * sends what webhook() returns, once it has stored the execution.
 */
export const deliveryWebhook = (responseCode = 200): IWebhookDescription => ({
	name: 'default',
	httpMethod: 'POST',
	path: 'webhook',
	responseMode: 'onReceived',
	responseCode: responseCode as unknown as string,
	responseData: '',
});

export const deduplicate: INodeProperties = {
	displayName: 'Start Once for Each Payment',
	name: 'deduplicate',
	type: 'boolean',
	default: true,
	description:
		'Whether to ignore duplicate deliveries of a payment. Test deliveries always start the workflow.',
};

export const rememberedPayments: INodeProperties = {
	displayName: 'Remembered Payments',
	name: 'rememberedPayments',
	type: 'number',
	typeOptions: { minValue: 1000, maxValue: 200000 },
	default: 10000,
	description:
		'Minimum number of payments to remember, so that duplicates are recognized. Payments of the last 7 days are always remembered, up to 50000. A higher number makes each payment slightly slower.',
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
			description: 'When n8n starts or the workflow is published, and then at regular intervals',
		},
		{ name: 'Off', value: 'off', description: 'Missed payments do not start the workflow' },
		{
			name: 'On Start',
			value: 'onStart',
			description: 'When n8n starts or the workflow is published',
		},
	],
	default: 'off',
	description: 'When to check the list of transactions for payments that were not delivered',
};

export const catchUpMinutes: INodeProperties = {
	displayName: 'Interval (Minutes)',
	name: 'catchUpMinutes',
	type: 'options',
	options: [5, 10, 15, 30, 60].map((value) => ({ name: String(value), value })),
	default: 30,
	description: 'How often to check for missed payments',
};

export const lookBackHours: INodeProperties = {
	displayName: 'Look Back (Hours)',
	name: 'lookBackHours',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 168 },
	default: 24,
	description:
		'How many hours to look back for missed payments. It never goes back before the workflow was first published.',
};

/** n8n then leaves the body of a delivery unread, so that signatures of all content types verify. */
export const rawBodyOption: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'hidden',
	default: { binaryData: true },
};
