import { createHmac, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NodeDefinition } from '../../scripts/n8n/types';
import { startE2eHost, type E2eHost } from '../e2e/support/n8nHost';
import type { Line } from './run';

const CONNECTIONS = 8;
const ROUNDS = 4;
const PER_ROUND = 150;
const PUBLIC = 'https://n8n.example.com';
const SECRET = 'a secret that was set by hand, 0123456789';

/** One way to take deliveries with n8n, and what was measured of it. */
interface Way {
	name: string;
	nodes: NodeDefinition[];
	address: string;
	secret: string;
	/** Milliseconds until each answer. */
	answers: number[];
	/** Seconds until the last run had ended, and seconds of n8n's CPU. */
	took: number;
	cpu: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
let id = 1_000_000;

/** Sends a payment of its own as SePay does; resolves with the milliseconds until the answer. */
async function deliver({ address, secret }: Way): Promise<number> {
	const body = JSON.stringify({
		id: id++,
		gateway: 'Vietcombank',
		transactionDate: '2026-01-14 13:37:00',
		accountNumber: '0071000888888',
		subAccount: null,
		code: 'DH123456',
		content: 'DH123456 chuyen tien',
		transferType: 'in',
		description: 'DH123456 chuyen tien',
		transferAmount: 250_000,
		accumulated: 19_077_000,
		referenceCode: 'FT26014123456',
	});
	const timestamp = String(Math.floor(Date.now() / 1000));
	const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
	const began = performance.now();
	return await new Promise((resolve, reject) => {
		const call = request(address, {
			agent,
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				'x-sepay-timestamp': timestamp,
				'x-sepay-signature': `sha256=${signature}`,
			},
		});
		call.once('error', reject);
		call.once('response', (response) => {
			response.resume().once('end', () => {
				if (response.statusCode! < 300) resolve(performance.now() - began);
				else reject(new Error(`n8n answered ${response.statusCode}`));
			});
		});
		call.end(body);
	});
}

/** What n8n's process has used so far: seconds of CPU, and megabytes. */
async function used(host: E2eHost): Promise<{ cpu: number; memory: number }> {
	const metrics = await (await host.n8n.page('/metrics')).text();
	const read = (name: string) => Number(new RegExp(`^n8n_${name} (\\S+)`, 'm').exec(metrics)?.[1]);
	return {
		cpu: read('process_cpu_seconds_total'),
		memory: read('process_resident_memory_bytes') / 2 ** 20,
	};
}

/** Waits until n8n has ended everything that it started. */
async function quiet(host: E2eHost): Promise<void> {
	const filter = encodeURIComponent(JSON.stringify({ status: ['new', 'running'] }));
	for (;;) {
		const { results } = await host.n8n.rest<{ results: unknown[] }>(
			'GET',
			`/executions?filter=${filter}&limit=1`,
		);
		if (results.length === 0) return;
		await sleep(20);
	}
}

async function round(host: E2eHost, way: Way, count = PER_ROUND): Promise<void> {
	const before = await used(host);
	const began = performance.now();
	let left = count;
	await Promise.all(
		Array.from({ length: CONNECTIONS }, async () => {
			while (left-- > 0) way.answers.push(await deliver(way));
		}),
	);
	await quiet(host);
	way.took += (performance.now() - began) / 1000;
	way.cpu += (await used(host)).cpu - before.cpu;
}

const forget = (way: Way) => Object.assign(way, { answers: [], took: 0, cpu: 0 });
const cpuOf = (way: Way) => (1000 * way.cpu) / way.answers.length;
const perSecond = (way: Way) => way.answers.length / way.took;
const percentile = (figures: number[], part: number) =>
	[...figures].sort((a, b) => a - b)[Math.floor(part * figures.length)].toFixed(0);

function webhook(path: string, typeVersion: number, options = {}): Partial<NodeDefinition> {
	const parameters = { httpMethod: 'POST', path, responseMode: 'onReceived', options };
	return { type: 'n8n-nodes-base.webhook', typeVersion, webhookId: randomUUID(), parameters };
}

/** What people build by hand for the same promise. */
const byHand: Array<Partial<NodeDefinition>> = [
	webhook('hand', 2, { rawBody: true }),
	{
		type: 'n8n-nodes-base.code',
		typeVersion: 2,
		parameters: {
			jsCode: `const { createHmac, timingSafeEqual } = require('crypto');
const { headers } = $input.first().json;
const body = await this.helpers.getBinaryDataBuffer(0, 'data');
const signed = createHmac('sha256', '${SECRET}').update(headers['x-sepay-timestamp'] + '.').update(body);
const expected = Buffer.from('sha256=' + signed.digest('hex'));
if (!timingSafeEqual(expected, Buffer.from(headers['x-sepay-signature']))) return [];
return [{ json: JSON.parse(body.toString()) }];`,
		},
	},
	{
		type: 'n8n-nodes-base.removeDuplicates',
		typeVersion: 2,
		parameters: {
			operation: 'removeItemsSeenInPreviousExecutions',
			dedupeValue: '={{ $json.id }}',
			options: {},
		},
	},
];

/** Publishes a workflow of these nodes and No Operation, and waits until it takes deliveries. */
async function publish(
	host: E2eHost,
	name: string,
	path: string,
	steps: Array<Partial<NodeDefinition>>,
): Promise<Way> {
	const nodes = [...steps, { type: 'n8n-nodes-base.noOp' }].map((node, index) => ({
		id: randomUUID(),
		name: `Step ${index}`,
		typeVersion: 1,
		position: [200 * index, 0],
		parameters: {},
		...node,
	})) as NodeDefinition[];
	const connections = nodes
		.slice(1)
		.map((node, index) => [
			nodes[index].name,
			{ main: [[{ node: node.name, type: 'main', index: 0 }]] },
		]);
	const { id: workflowId } = await host.n8n.saveWorkflow({
		name,
		nodes,
		connections: Object.fromEntries(connections),
	});
	await host.n8n.publish(workflowId);
	const way = forget({ name, nodes } as Way);
	for (let tried = 0; ; tried++) {
		const [hook] = host.sandbox.data.webhooks;
		way.address = path || (hook?.webhook_url ?? PUBLIC);
		way.address = way.address.replace(PUBLIC, host.instance.url);
		way.secret = path ? SECRET : (hook?.secret_key ?? '');
		try {
			await deliver(way);
			break;
		} catch (error) {
			if (tried === 100) throw error;
			await sleep(200);
		}
	}
	await round(host, way, 60);
	const [{ status }] = await host.n8n.executions(workflowId);
	if (status !== 'success') throw new Error(`A run of ${name} ended as ${status}`);
	return forget(way);
}

/**
 * Deliveries to the SePay Trigger on a real n8n, in turn with n8n's own Webhook node and with what
 * people build by hand; then what 10,000 remembered payments cost.
 */
export async function deliveries(): Promise<Line[]> {
	const host = await startE2eHost('newest', {
		WEBHOOK_URL: PUBLIC,
		N8N_METRICS: 'true',
		NODE_FUNCTION_ALLOW_BUILTIN: 'crypto',
	});
	try {
		const { id: secretId } = await host.n8n.createCredential('sePayWebhookApi', 'By hand', {
			authenType: 'HMAC_SHA256',
			secretKey: SECRET,
		});
		const trigger = (parameters: object, type: string, credential: string) => ({
			type: 'n8n-nodes-sepay.sePayTrigger',
			webhookId: type,
			parameters: { catchUp: 'off', ...parameters },
			credentials: { [type]: { id: credential, name: 'SePay' } },
		});
		const at = (path: string) => `${PUBLIC}/webhook/${path}`;
		const bare = await publish(host, 'Webhook node', at('bare'), [webhook('bare', 2)]);
		const bare1 = await publish(host, 'Webhook node, version 1', at('bare1'), [
			webhook('bare1', 1),
		]);
		const hand = await publish(host, 'Webhook, Code, Remove Duplicates', at('hand'), byHand);
		const pasted = await publish(host, 'SePay Trigger, by hand', at('sePayWebhookApi/webhook'), [
			trigger({ setUp: 'byHand' }, 'sePayWebhookApi', secretId),
		]);
		const sePay = await publish(host, 'SePay Trigger', '', [
			trigger({}, 'sePayOAuth2Api', host.credential.id),
		]);
		const ways = [bare, bare1, hand, pasted, sePay];
		for (let turn = 0; turn < ROUNDS; turn++) for (const way of ways) await round(host, way);
		const lines: Line[] = ways.map((way) => ({
			measured: `Deliveries over ${CONNECTIONS} connections: ${way.name}`,
			figure: `${perSecond(way).toFixed(1)}/s, p50 ${percentile(way.answers, 0.5)} ms, p99 ${percentile(way.answers, 0.99)} ms, CPU ${cpuOf(way).toFixed(0)} ms each`,
			beside: `${perSecond(bare).toFixed(1)}/s of n8n's Webhook node`,
			ratio: (perSecond(way) / perSecond(bare)).toFixed(2),
		}));

		const answers: Array<Promise<number>> = [];
		for (let sent = 0; sent < 150; sent++) {
			answers.push(deliver(sePay));
			await sleep(200);
		}
		const calm = await Promise.all(answers);
		lines.push({
			measured: 'Deliveries, 5 a second for 30 s: SePay Trigger',
			figure: `p50 ${percentile(calm, 0.5)} ms, p99 ${percentile(calm, 0.99)} ms`,
			beside: '1000 ms at p99',
			ratio: '',
		});

		const early = cpuOf(sePay);
		const { memory } = await used(host);
		while (sePay.answers.length < 10_000) await round(host, sePay, 1000);
		const full = await used(host);
		for (const way of [bare, sePay]) forget(way);
		for (let turn = 0; turn < ROUNDS; turn++) {
			for (const way of [bare, sePay]) await round(host, way);
		}
		lines.push(
			{
				measured: 'CPU of a delivery with 10,000 remembered payments',
				figure: `${cpuOf(sePay).toFixed(1)} ms`,
				beside: `${early.toFixed(1)} ms with some hundred`,
				ratio: (cpuOf(sePay) / early).toFixed(2),
			},
			{
				measured: "Memory of n8n after 10,000 deliveries, its stored runs' included",
				figure: `${full.memory.toFixed(0)} MB`,
				beside: `${memory.toFixed(0)} MB before`,
				ratio: (full.memory / memory).toFixed(2),
			},
		);
		return lines;
	} finally {
		agent.destroy();
		await host.close();
	}
}
