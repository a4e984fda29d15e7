import { spawnSync } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { REPOSITORY } from '../../scripts/n8n/paths';
import type { NodeDefinition } from '../../scripts/n8n/types';
import { startE2eHost, startN8nHost, type E2eHost, type N8nHost } from '../e2e/support/n8nHost';
import type { Line } from './run';

const CONNECTIONS = 8;
const ROUNDS = 4;
const PER_ROUND = 100;
const REMEMBERED = 10_000;
const PUBLIC = 'https://n8n.example.com';
const SECRET = 'a secret that was set by hand, 0123456789';

/** Deliveries in a row, and what was measured of them. */
interface Tally {
	/** Milliseconds until each answer. */
	answers: number[];
	/** Seconds until the last run had ended, and seconds of n8n's CPU. */
	took: number;
	cpu: number;
}

const tally = (): Tally => ({ answers: [], took: 0, cpu: 0 });

/** One way to take deliveries with n8n. */
interface Way {
	name: string;
	address: string;
	secret: string;
	/** With each payment sent once, and with each sent twice. */
	once: Tally;
	twice: Tally;
}

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
let newestId = 1_000_000;

/** Sends a payment as SePay does; resolves with the milliseconds until the answer. */
async function deliver({ address, secret }: Way, id = ++newestId): Promise<number> {
	const body = JSON.stringify({
		id,
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
async function used(host: N8nHost): Promise<{ cpu: number; memory: number }> {
	const metrics = await (await host.n8n.page('/metrics')).text();
	const read = (name: string) => Number(new RegExp(`^n8n_${name} (\\S+)`, 'm').exec(metrics)?.[1]);
	return {
		cpu: read('process_cpu_seconds_total'),
		memory: read('process_resident_memory_bytes') / 2 ** 20,
	};
}

/** Waits until n8n has ended everything that it started. */
async function quiet(host: N8nHost): Promise<void> {
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

async function round(
	host: N8nHost,
	way: Way,
	times: 1 | 2 = 1,
	payments = PER_ROUND,
): Promise<void> {
	const into = times === 1 ? way.once : way.twice;
	const ids = Array.from({ length: payments }, () => ++newestId).flatMap((id) =>
		Array<number>(times).fill(id),
	);
	const before = await used(host);
	const began = performance.now();
	await Promise.all(
		Array.from({ length: CONNECTIONS }, async () => {
			for (let id = ids.shift(); id; id = ids.shift()) into.answers.push(await deliver(way, id));
		}),
	);
	await quiet(host);
	into.took += (performance.now() - began) / 1000;
	into.cpu += (await used(host)).cpu - before.cpu;
}

const cpuOf = ({ cpu, answers }: Tally) => (1000 * cpu) / answers.length;
const perSecond = ({ answers, took }: Tally) => answers.length / took;
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
	host: N8nHost & Partial<E2eHost>,
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
	const way: Way = { name, address: '', secret: '', once: tally(), twice: tally() };
	for (let tried = 0; ; tried++) {
		const hook = host.sandbox?.data.webhooks[0];
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
	await round(host, way, 1, 60);
	const [{ status }] = await host.n8n.executions(workflowId);
	if (status !== 'success') throw new Error(`A run of ${name} ended as ${status}`);
	way.once = tally();
	return way;
}

const at = (name: string) => `${PUBLIC}/webhook/${name}`;

const trigger = (parameters: object, type: string, credential: string) => ({
	type: 'n8n-nodes-sepay.sePayTrigger',
	webhookId: type,
	parameters: { catchUp: 'off', ...parameters },
	credentials: { [type]: { id: credential, name: 'SePay' } },
});

const automatic = async (host: E2eHost) =>
	await publish(host, 'SePay Trigger', '', [trigger({}, 'sePayOAuth2Api', host.credential.id)]);

/** Megabytes of an n8n that takes deliveries in one way alone: the median of many looks. */
async function memoryUnder(host: N8nHost, way: Way): Promise<number> {
	const looks: number[] = [];
	for (let turn = 0; turn < 8; turn++) {
		await round(host, way, 1, 60);
		looks.push((await used(host)).memory);
	}
	return looks.sort((a, b) => a - b)[looks.length >> 1];
}

/** Puts payments into n8n's store of processed items as the SePay Trigger does; n8n has to be down. */
function remember(host: E2eHost, count: number): void {
	const script = `
		const { createHash } = require('node:crypto');
		const { DatabaseSync } = require('node:sqlite');
		const database = new DatabaseSync(${JSON.stringify(path.join(host.userFolder, '.n8n/database.sqlite'))});
		const hash = (text) => createHash('md5').update(text).digest('base64');
		for (const row of database.prepare('SELECT * FROM processed_data').all()) {
			const value = JSON.parse(row.value);
			const own = Array.from({ length: ${count} }, (_, id) => ['passed ' + id, String(id), 'claimed ' + id + ' run ' + id]);
			value.data = [...own.flat().map(hash), ...value.data].slice(-3 * ${count});
			database.prepare('UPDATE processed_data SET value = ? WHERE "workflowId" = ? AND context = ?').run(JSON.stringify(value), row.workflowId, row.context);
		}`;
	const { status, stderr } = spawnSync(host.release.node, ['-e', script], { encoding: 'utf8' });
	if (status !== 0) throw new Error(stderr);
}

/**
 * Deliveries to the SePay Trigger on a real n8n, in turn with n8n's own Webhook node and with what
 * people build by hand; then what 10,000 remembered payments cost, and memory. All figures also go
 * to docs/benchmarks.json.
 */
export async function deliveries(): Promise<Line[]> {
	const env = {
		WEBHOOK_URL: PUBLIC,
		N8N_METRICS: 'true',
		NODE_FUNCTION_ALLOW_BUILTIN: 'crypto',
	};
	const lines: Line[] = [];
	const figures: Record<string, number> = {};
	const figure = (name: string, value: number, digits = 2) =>
		(figures[name] = Number(value.toFixed(digits)));

	const without = await startN8nHost('newest', { ...env }, []);
	try {
		const bare1 = await publish(without, 'Webhook node, version 1', at('bare1'), [
			webhook('bare1', 1),
		]);
		figure('memoryWithoutPackageMb', await memoryUnder(without, bare1), 0);
	} finally {
		await without.close();
	}

	const host = await startE2eHost('newest', env, REPOSITORY);
	try {
		const sePay = await automatic(host);
		figure('memoryWithPackageMb', await memoryUnder(host, sePay), 0);
		figure('memoryRatio', figures.memoryWithPackageMb / figures.memoryWithoutPackageMb);
		lines.push({
			measured: 'Memory of n8n under deliveries to the SePay Trigger',
			figure: `${figures.memoryWithPackageMb} MB`,
			beside: `${figures.memoryWithoutPackageMb} MB without the package, to the Webhook node`,
			ratio: `${figures.memoryRatio}`,
		});

		const { id: secretId } = await host.n8n.createCredential('sePayWebhookApi', 'By hand', {
			authenType: 'HMAC_SHA256',
			secretKey: SECRET,
		});
		const bare1 = await publish(host, 'Webhook node, version 1', at('bare1'), [
			webhook('bare1', 1),
		]);
		const bare2 = await publish(host, 'Webhook node, version 2', at('bare2'), [
			webhook('bare2', 2),
		]);
		const hand = await publish(host, 'Webhook, Code, Remove Duplicates', at('hand'), byHand);
		const pasted = await publish(host, 'SePay Trigger, by hand', at('sePayWebhookApi/webhook'), [
			trigger({ setUp: 'byHand' }, 'sePayWebhookApi', secretId),
		]);
		sePay.once = tally();
		for (let turn = 0; turn < ROUNDS; turn++) {
			for (const way of [bare1, bare2, hand, pasted, sePay]) await round(host, way);
			for (const way of [hand, pasted, sePay]) await round(host, way, 2, PER_ROUND / 2);
		}
		const named = {
			webhookVersion1: bare1,
			webhookVersion2: bare2,
			byHandChain: hand,
			byHand: pasted,
			automatic: sePay,
		};
		for (const [name, way] of Object.entries(named)) {
			for (const times of ['once', 'twice'] as const) {
				const measured = way[times];
				if (measured.answers.length === 0) continue;
				const key = `${name}${times === 'once' ? 'Once' : 'Twice'}`;
				const yardstick = times === 'once' ? bare1 : hand;
				figure(`${key}CpuMs`, cpuOf(measured), 1);
				lines.push({
					measured: `Deliveries over ${CONNECTIONS} connections, each payment ${times}: ${way.name}`,
					figure: `${figure(key, perSecond(measured))}/s, p50 ${percentile(measured.answers, 0.5)} ms, p99 ${percentile(measured.answers, 0.99)} ms, CPU ${cpuOf(measured).toFixed(0)} ms each`,
					beside: `${perSecond(yardstick[times]).toFixed(1)}/s: ${yardstick.name}`,
					ratio: (perSecond(measured) / perSecond(yardstick[times])).toFixed(2),
				});
			}
		}

		const answers: Array<Promise<number>> = [];
		for (let sent = 0; sent < 150; sent++) {
			answers.push(deliver(sePay));
			await sleep(200);
		}
		const calm = await Promise.all(answers);
		figure('p99At5PerSecondMs', Number(percentile(calm, 0.99)), 0);
		lines.push({
			measured: 'Deliveries, 5 a second for 30 s: SePay Trigger',
			figure: `p50 ${percentile(calm, 0.5)} ms, p99 ${percentile(calm, 0.99)} ms`,
			beside: '60 ms at p99',
			ratio: '',
		});

		const early = { bare1: perSecond(bare1.once), sePay: perSecond(sePay.once) };
		await host.instance.stop();
		remember(host, REMEMBERED);
		await host.instance.start();
		await host.n8n.signIn();
		for (const way of [bare1, sePay]) {
			await round(host, way, 1, 30);
			way.once = tally();
		}
		for (let turn = 0; turn < ROUNDS; turn++) {
			for (const way of [bare1, sePay]) await round(host, way);
		}
		const full = perSecond(sePay.once) / perSecond(bare1.once);
		figure('automaticOnceAt10000Remembered', perSecond(sePay.once));
		figure('automaticOnceAt10000RememberedCpuMs', cpuOf(sePay.once), 1);
		figure('rememberedRatio', full / (early.sePay / early.bare1));
		lines.push({
			measured: 'Deliveries with 10,000 remembered payments: SePay Trigger',
			figure: `${perSecond(sePay.once).toFixed(1)}/s, ${full.toFixed(2)} of the Webhook node, version 1, CPU ${cpuOf(sePay.once).toFixed(0)} ms each`,
			beside: `${(early.sePay / early.bare1).toFixed(2)} of it with few`,
			ratio: `${figures.rememberedRatio}`,
		});
		const folder = path.join(REPOSITORY, 'docs');
		await mkdir(folder, { recursive: true });
		const report = { n8n: host.release.version, deliveries: figures };
		await writeFile(
			path.join(folder, 'benchmarks.json'),
			`${JSON.stringify(report, null, '\t')}\n`,
		);
		return lines;
	} finally {
		agent.destroy();
		await host.close();
	}
}
