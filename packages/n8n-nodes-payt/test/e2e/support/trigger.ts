import { randomUUID } from 'node:crypto';
import { itemsOf } from '../../../../../scripts/n8n/client';
import { waitUntil } from '../../../../../scripts/n8n/waitUntil';
import { PUBLIC, type N8nHost } from '../../../../../test/e2e/support/n8nHost';
import type { Payt } from '../../sandbox';

export const NODE = 'n8n-nodes-payt.payt';
export const SECRET = 'what Payt showed once';

/** A published workflow of the Payt Trigger alone, to which Payt delivers. */
export interface PaytTrigger {
	/** What it was started with, the oldest first, once all that it was started with has ended. */
	told(): Promise<Array<Record<string, unknown>>>;
	/** Waits until it takes deliveries; a little after n8n says that it is published. */
	waitUntilLive(): Promise<void>;
}

export async function publishTrigger({ n8n, instance }: N8nHost, payt: Payt): Promise<PaytTrigger> {
	payt.hosts.set(PUBLIC, instance.url);
	const { id, name } = await n8n.createCredential('paytWebhookApi', 'Payt webhook', {
		secret: SECRET,
	});
	const webhookId = randomUUID();
	const { id: workflowId } = await n8n.saveWorkflow({
		name: 'Told by Payt',
		nodes: [
			{
				id: randomUUID(),
				webhookId,
				name: 'Told',
				type: `${NODE}Trigger`,
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
				credentials: { paytWebhookApi: { id, name } },
			},
		],
		connections: {},
	});
	await n8n.publish(workflowId);
	const address = `/webhook/${webhookId}/webhook`;
	const isLive = async () => {
		const answer = await fetch(`${instance.url}${address}`, { method: 'POST' }).catch(
			() => undefined,
		);
		return answer?.status === 401;
	};
	const waitUntilLive = async () => void (await waitUntil('the trigger is live', isLive));
	await waitUntilLive();
	payt.webhook = { url: `${PUBLIC}${address}`, secret: SECRET, active: true };
	return {
		told: async () =>
			(await n8n.endedExecutions(workflowId)).flatMap((one) =>
				itemsOf(one, 'Told').map(({ json }) => json),
			),
		waitUntilLive,
	};
}

/** What an event of an invoice tells of it. */
export const toldOf = (event: string, invoice: Payt['data']['invoices'][number]) => ({
	event,
	resource_type: 'invoice',
	id: invoice.id,
	invoice_number: invoice.invoice_number,
	amount_total: invoice.total_amount,
	administration_id: invoice.administration_id,
});
