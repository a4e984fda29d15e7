import { createHmac, randomUUID } from 'node:crypto';
import type { INodeParameters } from 'n8n-workflow';
import { TestCredentials } from '../../../../../test/harness/credentials';
import { processedItems, TriggerWorkflow } from '../../../../../test/harness/trigger';
import { PaytWebhookApi } from '../../../credentials/PaytWebhookApi.credentials';
import { PaytTrigger } from '../../../nodes/PaytTrigger/PaytTrigger.node';

export const SECRET = 'what Payt showed once, 0123456789';
export const ADMINISTRATION = '4711';

let workflows = 0;

/** A workflow of its own; what another one remembers is not in its way. */
export function workflowOf(
	parameters: INodeParameters = {},
	options: Partial<ConstructorParameters<typeof TriggerWorkflow>[1]> = {},
	type = new PaytTrigger(),
): TriggerWorkflow {
	const id = options.id ?? `payt${++workflows}`;
	processedItems.delete(`${id} n1`);
	return new TriggerWorkflow(type, {
		credentials: new TestCredentials([new PaytWebhookApi()], {
			paytWebhookApi: { secret: SECRET, previousSecret: '' },
		}),
		parameters,
		webhookId: `hook-${id}`,
		...options,
		id,
	});
}

/** The headers of a delivery of Payt. */
export const headersOf = (
	body: string | Buffer,
	secret = SECRET,
	delivery: string = randomUUID(),
) => ({
	'x-payt-delivery': delivery,
	'x-payt-administration-identifier': ADMINISTRATION,
	'x-payt-signature': createHmac('sha256', secret).update(body).digest('hex'),
});

export const invoice = (fields: object = {}) => ({
	resource_type: 'invoice',
	id: 981,
	link: 'https://app.example/invoices/981',
	document_url: 'https://files.example/981.pdf?signature=a',
	invoice_number: '2026-0042',
	invoice_date: '2026-01-02',
	due_date: '2026-01-31',
	amount_total: '1210.0',
	amount_open: '0.0',
	currency_code: 'EUR',
	labels: ['late'],
	psp_transactions: [{ id: 5, amount: '1210.0', payment_method: 'ideal' }],
	debtor: { id: 31, name: 'De Hoop', debtor_code: 'D31' },
	administration: { id: 4711, name: 'Main', origin_id: null },
	...fields,
});

export const event = (fields: object = {}, context: object | null = invoice()) => ({
	event: {
		event_name: 'invoice_paid',
		event_time: '2026-01-31T12:00:00.000000Z',
		context,
		...fields,
	},
});
