import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Execution, Workflow, WorkflowDefinition } from '../../../scripts/n8n/types';
import { waitUntil } from '../../../scripts/n8n/waitUntil';
import type { Sandbox, Webhook } from '../../sandbox';
import { PUBLIC, type E2eHost } from './n8nHost';
import { coreNode } from './run';

export { PUBLIC };

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
	/** Whether the step fails; asked anew each time. */
	fails: () => boolean;
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
		response.statusCode = ledger.fails() ? 400 : 200;
		setTimeout(() => response.end('{}'), ledger.delayMs());
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const ledger: PaymentLedger = {
		received: [],
		delayMs: () => 0,
		fails: () => false,
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
	const hook = await waitUntil('the webhook is registered', () => webhookOf(host, workflow.id));
	await waitUntil('it is live', async () => (await host.sandbox.deliver(hook.id)).ok);
	return { workflow, hook };
}

/** The webhook that a published workflow has added at SePay. */
export const webhookOf = ({ sandbox }: E2eHost, workflowId: string): Webhook | undefined =>
	sandbox.data.webhooks.find(({ name }) => name.endsWith(`(n8n ${workflowId})`));

/** Unpublishes a workflow and waits until its webhook is gone: n8n answers first, deletes later. */
export async function unpublishWorkflow(host: E2eHost, workflowId: string): Promise<void> {
	await host.n8n.unpublish(workflowId);
	await waitUntil('the webhook is gone', () => !webhookOf(host, workflowId));
}

/** Publishes a changed workflow and waits until it takes deliveries: n8n may add its webhook anew. */
export async function publishAgain(host: E2eHost, workflowId: string): Promise<Webhook> {
	await host.n8n.publish(workflowId);
	await host.n8n.waitUntilApplied(workflowId);
	return await waitUntil('deliveries are taken', async () => {
		const hook = webhookOf(host, workflowId);
		return hook && (await host.sandbox.deliver(hook.id)).ok ? hook : undefined;
	});
}

/** Adds a webhook at SePay as a person does, for a trigger that is set up by hand. */
export function addWebhook({ data }: Sandbox, webhook_url: string, secret_key: string): Webhook {
	const hook: Webhook = {
		id: 900_000 + data.webhooks.length,
		bank_account_id: 0,
		bank_account_ids: [],
		bank_sub_account_ids: [],
		bank_mode: 'all',
		name: 'By hand',
		event_type: 'In_only',
		authen_type: 'HMAC_SHA256',
		secret_key,
		request_content_type: 'Json',
		webhook_url,
		is_verify_payment: true,
		skip_if_no_code: false,
		prefix_filters: [],
		retry_conditions: { non_2xx_status_code: 1 },
		only_va: false,
		va_mode: 'all',
		alert_threshold: 3,
		alert_event_types: [],
		alert_channel_ids: [],
		active: true,
		created_at: '2026-01-01 00:00:00',
	};
	data.webhooks.push(hook);
	return hook;
}

/** Publishes a workflow whose webhook a person adds at SePay, and waits until it takes deliveries. */
export async function publishedByHand(
	{ n8n, sandbox }: E2eHost,
	definition: WorkflowDefinition,
	secret: string,
): Promise<{ workflow: Workflow; hook: Webhook }> {
	const workflow = await n8n.saveWorkflow(definition);
	await n8n.publish(workflow.id);
	const url = `${PUBLIC}/webhook/${definition.nodes[0].webhookId}/webhook`;
	const hook = addWebhook(sandbox, url, secret);
	await waitUntil('it is live', async () => (await sandbox.deliver(hook.id)).ok);
	return { workflow, hook };
}

/**
 * The executions of a workflow that have ended, the oldest first. n8n leaves out what its main process
 * still takes for running: in queue mode also the run of a worker that was killed.
 */
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

/** How many executions of a workflow have one of the statuses. */
export async function countExecutions(
	host: E2eHost,
	workflowId: string,
	status: string[],
): Promise<number> {
	const filter = JSON.stringify({ workflowId, status });
	const { count } = await host.n8n.rest<{ count: number }>(
		'GET',
		`/executions?filter=${encodeURIComponent(filter)}`,
	);
	return count;
}

/** IDs of payments that nothing else has. */
export const idsFrom = (first: number, count: number) =>
	Array.from({ length: count }, (_, index) => first + index);

/** The same IDs, each twice in a row. */
export const eachTwice = (ids: number[]) => ids.flatMap((id) => [id, id]);

/** Does something with each of the IDs, some at a time. */
async function forEach(
	ids: number[],
	atOnce: number,
	work: (id: number) => Promise<unknown>,
): Promise<void> {
	const queue = [...ids];
	const workers = Array.from({ length: atOnce }, async () => {
		for (let id = queue.shift(); id !== undefined; id = queue.shift()) await work(id);
	});
	await Promise.all(workers);
}

/** Delivers each, some at a time; every answer has to be the one that SePay waits for. */
export async function deliverAll(
	{ sandbox }: E2eHost,
	hook: Webhook,
	ids: number[],
	atOnce = 8,
): Promise<void> {
	await forEach(ids, atOnce, async (id) => {
		const delivery = await sandbox.deliver(hook.id, { id });
		expect([delivery.status, delivery.answer]).toEqual([201, '{"success":true}']);
	});
}

/** The same of a sender that repeats each until it is taken, as SePay does but sooner. */
export async function deliverUntilTaken(
	{ sandbox }: E2eHost,
	hook: Webhook,
	ids: number[],
	atOnce = 8,
): Promise<void> {
	await forEach(ids, atOnce, async (id) => {
		const isTaken = async () => (await sandbox.deliver(hook.id, { id })).ok;
		await waitUntil(`${id} is taken`, isTaken, 300_000);
	});
}

/** Waits until every execution of the workflow has ended. */
export async function settled(host: E2eHost, { id }: Workflow, withinMs = 120_000): Promise<void> {
	const open = ['new', 'running', 'waiting', 'unknown'];
	const haveEnded = async () => (await countExecutions(host, id, open)) === 0;
	await waitUntil('all executions have ended', haveEnded, withinMs);
}

/** How many of the payments were told how often, as in `{"1": 413, "2": 87}`. */
export function timesTold(ledger: PaymentLedger, ids: number[]): Record<string, number> {
	const found: Record<string, number> = {};
	for (const id of ids) found[ledger.times(id)] = (found[ledger.times(id)] ?? 0) + 1;
	return found;
}
