import { spawnSync } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { REPOSITORY } from '../../scripts/n8n/paths';
import type { NodeDefinition } from '../../scripts/n8n/types';
import { startE2eHost, startN8nHost, type E2eHost, type N8nHost } from '../e2e/support/n8nHost';
import { rounded, type Figures } from './local';

const CONNECTIONS = 8;
const ROUNDS = 3;
const PER_ROUND = 160;
const REMEMBERED = 10_000;
/** So that n8n clears its memory often enough to compare what it needs, and not what it has yet to clear. */
const SMALL_HEAP = '--max-old-space-size=512';
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
	address: string;
	secret: string;
	/** With each payment sent once, and with each sent twice. */
	once: Tally;
	twice: Tally;
}

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
let newestId = 1_000_000;

/** Sends a payment as SePay does; resolves with the milliseconds until the answer. */
async function deliver(way: Way, id = ++newestId): Promise<number> {
	const { address, secret } = way;
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
		// n8n closes a connection that rested for a while, perhaps at this very moment.
		call.once('error', (error) => (call.reusedSocket ? resolve(deliver(way, id)) : reject(error)));
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
	rounded([...figures].sort((a, b) => a - b)[Math.floor(part * figures.length)], 0);

function webhook(path: string, typeVersion: number, options = {}): Partial<NodeDefinition> {
	const parameters = { httpMethod: 'POST', path, responseMode: 'onReceived', options };
	return { type: 'n8n-nodes-base.webhook', typeVersion, webhookId: randomUUID(), parameters };
}

/** What people build by hand for the same promise. */
const byHandChain: Array<Partial<NodeDefinition>> = [
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
	const way: Way = { address: '', secret: '', once: tally(), twice: tally() };
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
	await round(host, way, 1, 40);
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

/** The bare trigger of `extensions/`. */
const bareTrigger = async (host: N8nHost, answer: string) =>
	await publish(host, `Bare, ${answer}`, at(`${answer}/webhook`), [
		{ type: 'CUSTOM.bareTrigger', webhookId: answer, parameters: { answer } },
	]);

const automatic = async (host: E2eHost) =>
	await publish(host, 'SePay Trigger', '', [trigger({}, 'sePayOAuth2Api', host.credential.id)]);

/** Starts n8n again, so that no way carries what came before it. */
async function restarted(host: N8nHost): Promise<void> {
	await host.instance.restart();
	await host.n8n.signIn();
}

/** Waits until a way takes deliveries again, and lets n8n warm up. */
async function warmUp(host: N8nHost, way: Way): Promise<void> {
	for (let tried = 0; ; tried++) {
		const isTaken = await deliver(way).then(
			() => true,
			() => false,
		);
		if (isTaken) break;
		if (tried === 300) throw new Error('n8n takes no deliveries');
		await sleep(200);
	}
	await round(host, way, 1, 30);
	way.once = tally();
}

/** Megabytes of an n8n that takes deliveries in one way alone: the median of many looks. */
async function memoryUnder(host: N8nHost, way: Way): Promise<number> {
	await restarted(host);
	await warmUp(host, way);
	const looks: number[] = [];
	for (let turn = 0; turn < 15; turn++) {
		await round(host, way, 1, 40);
		looks.push((await used(host)).memory);
	}
	return looks.sort((a, b) => a - b)[looks.length >> 1];
}

/** Milliseconds until the answers to deliveries that come five a second. */
async function answersAt5PerSecond(way: Way, seconds = 24): Promise<number[]> {
	const answers: Array<Promise<number>> = [];
	for (let sent = 0; sent < 5 * seconds; sent++) {
		answers.push(deliver(way));
		await sleep(200);
	}
	return await Promise.all(answers);
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

/** Which of the ways are sent each payment twice, too: those that let it through once. */
const withoutRepeats = ['byHandChain', 'byHand', 'automatic', 'bareTrigger'];

/** Deliveries a second and their CPU, all ways in turn. */
async function sideBySide(
	host: N8nHost,
	ways: Record<string, Way>,
	rounds = ROUNDS,
): Promise<Figures> {
	for (const way of Object.values(ways)) Object.assign(way, { once: tally(), twice: tally() });
	for (let turn = 0; turn < rounds; turn++) {
		for (const way of Object.values(ways)) await round(host, way);
		for (const name of withoutRepeats) {
			if (ways[name]) await round(host, ways[name], 2, PER_ROUND / 2);
		}
	}
	const figures: Figures = {};
	for (const [name, way] of Object.entries(ways)) {
		for (const times of ['once', 'twice'] as const) {
			if (way[times].answers.length === 0) continue;
			const key = `${name}${times === 'once' ? 'Once' : 'Twice'}`;
			figures[key] = rounded(perSecond(way[times]));
			figures[`${key}CpuMs`] = rounded(cpuOf(way[times]), 1);
		}
	}
	return figures;
}

/**
 * Deliveries to the SePay Trigger on a real n8n, in turn with n8n's own Webhook node, with what people
 * build by hand for the same promise, and with the least that a community trigger can be; memory; and
 * what 10,000 remembered payments cost.
 *
 * Why goals are missed, as the bare trigger and the last part show: n8n makes a V8 isolate for
 * each delivery to any node but its own Webhook node version 2, and one more for each execution, some
 * 40 ms of CPU each. So a repeat costs a community trigger two thirds of a whole run of the chain, and
 * an answer that waits for the execution to begin, without which a kill could lose the payment,
 * waits for the second isolate. With N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE n8n makes it when it is used.
 */
export async function deliveries(): Promise<Figures> {
	const env: NodeJS.ProcessEnv = {
		WEBHOOK_URL: PUBLIC,
		N8N_METRICS: 'true',
		NODE_FUNCTION_ALLOW_BUILTIN: 'crypto',
		N8N_CUSTOM_EXTENSIONS: path.join(__dirname, 'extensions'),
		NODE_OPTIONS: SMALL_HEAP,
	};
	const figures: Figures = {};

	const without = await startN8nHost('newest', { ...env }, []);
	try {
		const plain = await publish(without, 'Webhook', at('plain'), [webhook('plain', 1)]);
		figures.memoryWithoutPackageMb = rounded(await memoryUnder(without, plain), 0);
	} finally {
		await without.close();
	}

	const host = await startE2eHost('newest', env, REPOSITORY);
	try {
		const sePay = await automatic(host);
		figures.memoryWithPackageMb = rounded(await memoryUnder(host, sePay), 0);
		figures.memoryRatio = rounded(figures.memoryWithPackageMb / figures.memoryWithoutPackageMb);
		delete env.NODE_OPTIONS;
		await restarted(host);

		const { id: secretId } = await host.n8n.createCredential('sePayWebhookApi', 'By hand', {
			authenType: 'HMAC_SHA256',
			secretKey: SECRET,
		});
		const byHandWay = [trigger({ setUp: 'byHand' }, 'sePayWebhookApi', secretId)];
		const ways = {
			webhookVersion1: await publish(host, 'Version 1', at('v1'), [webhook('v1', 1)]),
			webhookVersion2: await publish(host, 'Version 2', at('v2'), [webhook('v2', 2)]),
			byHandChain: await publish(host, 'Chain', at('hand'), byHandChain),
			byHand: await publish(host, 'By hand', at('sePayWebhookApi/webhook'), byHandWay),
			automatic: sePay,
			bareTrigger: await bareTrigger(host, 'stored'),
		};
		Object.assign(figures, await sideBySide(host, ways));
		figures.onceRatio = rounded(figures.automaticOnce / figures.webhookVersion1Once);
		figures.twiceRatio = rounded(figures.automaticTwice / figures.byHandChainTwice);

		const begun = await bareTrigger(host, 'begun');
		for (const [name, way] of Object.entries({
			p99At5PerSecond: sePay,
			webhookVersion1P99At5PerSecond: ways.webhookVersion1,
			bareTriggerBegunP99At5PerSecond: begun,
		})) {
			const answers = await answersAt5PerSecond(way);
			figures[`${name}Ms`] = percentile(answers, 0.99);
			figures[`${name.replace(/p99/i, (part) => part.replace('99', '50'))}Ms`] = percentile(
				answers,
				0.5,
			);
		}

		const { webhookVersion1, automatic: empty } = ways;
		const early = perSecond(empty.once) / perSecond(webhookVersion1.once);
		await host.instance.stop();
		remember(host, REMEMBERED);
		await restarted(host);
		const few = { webhookVersion1, automatic: sePay };
		for (const way of Object.values(few)) await warmUp(host, way);
		const full = await sideBySide(host, few);
		figures.automaticOnceAt10000Remembered = full.automaticOnce;
		figures.automaticOnceAt10000RememberedCpuMs = full.automaticOnceCpuMs;
		figures.rememberedRatio = rounded(full.automaticOnce / full.webhookVersion1Once / early);

		env.N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE = 'true';
		await restarted(host);
		const lazy = { byHandChain: ways.byHandChain, automatic: sePay };
		for (const way of Object.values(lazy)) await warmUp(host, way);
		const isolatesOnUse = await sideBySide(host, lazy, 2);
		for (const [name, value] of Object.entries(isolatesOnUse)) {
			figures[`isolatesOnUse${name[0].toUpperCase()}${name.slice(1)}`] = value;
		}
		figures.isolatesOnUseP99At5PerSecondMs = percentile(await answersAt5PerSecond(sePay), 0.99);
		return figures;
	} finally {
		agent.destroy();
		await host.close();
	}
}
