/** When each payment was taken first, and where its answer goes. */
const taken = new Map();

/**
 * The least that a trigger of a community package can be, to see what n8n itself costs: it verifies
 * nothing, remembers in memory alone, and loses what a crash cuts.
 */
class BareTrigger {
	description = {
		displayName: 'Bare Trigger',
		name: 'bareTrigger',
		group: ['trigger'],
		version: 1,
		description: 'Starts the workflow with the first delivery of a payment',
		defaults: { name: 'Bare Trigger' },
		inputs: [],
		outputs: ['main'],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				path: 'webhook',
				responseMode: 'onReceived',
				responseCode: 201,
				responseData: '',
			},
		],
		properties: [
			{
				displayName: 'Answer',
				name: 'answer',
				type: 'options',
				options: [
					{ name: 'When n8n Has Stored the Execution', value: 'stored' },
					{ name: 'When the Execution Has Begun', value: 'begun' },
				],
				default: 'stored',
			},
		],
	};

	async webhook() {
		const json = this.getBodyData();
		const webhookResponse = { success: true };
		if (taken.has(json.id)) return { webhookResponse };
		taken.set(json.id, this.getResponseObject());
		const noWebhookResponse = this.getNodeParameter('answer') === 'begun';
		return { webhookResponse, noWebhookResponse, workflowData: [[{ json }]] };
	}

	async execute() {
		const items = this.getInputData();
		if (this.getNodeParameter('answer', 0) === 'begun') {
			taken.get(items[0].json.id).status(201).json({ success: true });
		}
		return [items];
	}
}

module.exports = { BareTrigger };
