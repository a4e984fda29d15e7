import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Execution, Workflow, WorkflowDefinition } from '../../../scripts/n8n/types';
import { waitUntil } from '../../../scripts/n8n/waitUntil';
import type { Webhook } from '../../sandbox';
import type { E2eHost } from './n8nHost';
import { coreNode } from './run';

export { PUBLIC } from './n8nHost';

/** A payment that the step after the trigger was run for. */
export interface ReceivedPayment {
	id: number;
	execution: string;
}

/** What the step after the trigger tells. */
export interface PaymentLedger {
	received: ReceivedPayment[];
	/** How long the step lasts, milliseconds; asked anew each time. */
	delayMs: () => number;
	/** `http://127.0.0.1:<port>` */
	url: string;
	/** How often a payment was told. */
	times(id: number): number;
	close(): void;
}

export async function startLedger(): Promise<PaymentLedger> {
	const server = createServer((request, response) => {
		const { searchParams } = new URL(request.url!, ledger.url);
		const execution = searchParams.get('execution')!;
		ledger.received.push({ id: Number(searchParams.get('id')), execution });
		setTimeout(() => response.end('{}'), ledger.delayMs());
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const ledger: PaymentLedger = {
		received: [],
		delayMs: () => 0,
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		times: (id) => ledger.received.filter((told) => told.id === id).length,
		close: () => {
			server.close();
			server.closeAllConnections();
		},
	};
	return ledger;
}

/** SePay Trigger "Payment", then "Tell" for the ledger. */
export function ledgerWorkflow(
	{ credential: { id, name } }: E2eHost,
	{ url }: PaymentLedger,
	parameters: Record<string, unknown> = {},
): WorkflowDefinition {
	const tell = `=${url}/?id={{ $json.id }}&execution={{ $execution.id }}`;
	return {
		name: `Orders ${randomUUID().slice(0, 4)}`,
		nodes: [
			{
				id: randomUUID(),
				webhookId: randomUUID(),
				name: 'Payment',
				type: 'n8n-nodes-sepay.sePayTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters,
				credentials: { sePayOAuth2Api: { id, name } },
			},
			{
				id: randomUUID(),
				name: 'Tell',
				position: [200, 0],
				...coreNode('httpRequest', 4.2, { url: tell }).node,
			},
		] as WorkflowDefinition['nodes'],
		connections: { Payment: { main: [[{ node: 'Tell', type: 'main', index: 0 }]] } },
	};
}

/** Publishes a workflow and waits until its webhook takes deliveries. */
export async function publishWorkflow(
	host: E2eHost,
	definition: WorkflowDefinition,
): Promise<{ workflow: Workflow; hook: Webhook }> {
	const workflow = await host.n8n.saveWorkflow(definition);
	await host.n8n.publish(workflow.id);
	const hook = await waitUntil('the webhook is registered', () =>
		host.sandbox.data.webhooks.find(({ name }) => name.endsWith(`(n8n ${workflow.id})`)),
	);
	await waitUntil('it is live', async () => (await host.sandbox.deliver(hook.id)).ok);
	return { workflow, hook };
}

/** All executions of a workflow that have ended, the oldest first. */
export async function executionsOf(host: E2eHost, workflowId: string): Promise<Execution[]> {
	const found: Execution[] = [];
	let cursor = '';
	do {
		const query = `includeData=true&limit=250&workflowId=${workflowId}${cursor}`;
		const { data, nextCursor } = await host.n8n.api<{ data: Execution[]; nextCursor?: string }>(
			'GET',
			`/executions?${query}`,
		);
		found.push(...data);
		cursor = nextCursor ? `&cursor=${nextCursor}` : '';
	} while (cursor);
	return found.reverse();
}

/** How many executions of a workflow have not ended. */
export async function openExecutions(host: E2eHost, workflowId: string): Promise<number> {
	const filter = JSON.stringify({ workflowId, status: ['new', 'running', 'waiting', 'unknown'] });
	const { count } = await host.n8n.rest<{ count: number }>(
		'GET',
		`/executions?filter=${encodeURIComponent(filter)}`,
	);
	return count;
}
