import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { childEnvironment } from '../../scripts/n8n/environment';
import { quietEnvironment } from '../../scripts/n8n/quietEnvironment';
import type { Execution, Workflow } from '../../scripts/n8n/types';
import { waitUntil } from '../../scripts/n8n/waitUntil';
import type { Webhook } from '../sandbox';
import {
	connectSandbox,
	startE2eHost,
	startN8nHost,
	type E2eHost,
	type N8nHost,
} from './support/n8nHost';
import {
	deliverAll,
	deliverUntilTaken,
	executionsOf,
	idsFrom,
	ledgerWorkflow,
	PUBLIC,
	publishAgain,
	publishedByHand,
	publishWorkflow,
	settled,
	startLedger,
	timesTold,
	unpublishWorkflow,
	webhookOf,
	type PaymentLedger,
} from './support/payments';
import { releases } from './support/releases';

jest.setTimeout(1_200_000);

/** Runs a command of n8n beside the one that is up, as its administrator does. */
async function n8nCommand({ release, userFolder }: N8nHost, ...args: string[]): Promise<void> {
	const program = path.join(release.folder, 'node_modules/n8n/bin/n8n');
	const env = { ...quietEnvironment, N8N_USER_FOLDER: userFolder };
	await promisify(execFile)(release.node, [program, ...args], {
		env: childEnvironment([path.dirname(release.node)], env),
	});
}

const DAY = 24 * 60 * 60 * 1000;

describe.each(releases())('Once each, on the %s n8n', (name) => {
	let host: E2eHost;
	let ledger: PaymentLedger;
	let env: NodeJS.ProcessEnv;

	beforeAll(async () => {
		ledger = await startLedger();
		env = { WEBHOOK_URL: PUBLIC };
		host = await startE2eHost(name, env);
		host.sandbox.hosts.set(PUBLIC, host.instance.url);
	});

	afterAll(async () => {
		jest.restoreAllMocks();
		await host?.close();
		ledger?.close();
	});

	async function restarted(change: NodeJS.ProcessEnv = {}): Promise<void> {
		Object.assign(env, change);
		await host.instance.restart();
		await host.n8n.signIn();
	}

	const live = async (hook: Webhook) =>
		await waitUntil('deliveries are taken', async () => (await host.sandbox.deliver(hook.id)).ok);

	test('executions not saved, saved on errors only, deleted by hand, pruned: days later repeats start nothing', async () => {
		const settings = {
			'not saved': { saveDataSuccessExecution: 'none', saveDataErrorExecution: 'none' },
			'errors only': { saveDataSuccessExecution: 'none' },
			'deleted by hand': {},
			pruned: {},
		};
		const made: Array<{ workflow: Workflow; hook: Webhook; ids: number[] }> = [];
		for (const own of Object.values(settings)) {
			const definition = { ...ledgerWorkflow(host, ledger, { catchUp: 'onStart' }) };
			Object.assign(definition, { settings: { executionOrder: 'v1', ...own } });
			const { workflow, hook } = await publishWorkflow(host, definition);
			const ids = idsFrom(10_000 * (made.length + 1), 5);
			await deliverAll(host, hook, ids);
			await settled(host, workflow);
			expect(timesTold(ledger, ids)).toEqual({ 1: ids.length });
			made.push({ workflow, hook, ids });
		}
		const filters = { workflowId: made[2].workflow.id };
		await host.n8n.rest('POST', '/executions/delete', { deleteBefore: new Date(), filters });
		// Three days later for SePay, for n8n, which then prunes, and for the signatures.
		host.sandbox.clock.advance(3 * DAY);
		const { now } = Date;
		jest.spyOn(Date, 'now').mockImplementation(() => now() + 3 * DAY);
		await restarted({
			N8N_GUARD_CLOCK_AHEAD_MS: `${3 * DAY}`,
			EXECUTIONS_DATA_MAX_AGE: '24',
			EXECUTIONS_DATA_HARD_DELETE_BUFFER: '0',
			EXECUTIONS_DATA_PRUNE_SOFT_DELETE_INTERVAL: '0.05',
			EXECUTIONS_DATA_PRUNE_HARD_DELETE_INTERVAL: '0.05',
		});
		for (const { workflow, hook } of made) {
			await live(hook);
			await waitUntil('the executions are gone', async () => {
				const left = await executionsOf(host, workflow.id);
				return left.every(({ startedAt }) => Date.parse(String(startedAt)) > Date.now() - DAY);
			});
		}
		await sleep(10_000);
		for (const { workflow, hook, ids } of made) {
			await deliverAll(host, hook, [...ids, ...ids]);
			await settled(host, workflow);
			expect(timesTold(ledger, ids)).toEqual({ 1: ids.length });
			await host.n8n.unpublish(workflow.id);
		}
	});

	test('Retry of a failed execution passes the payment on; a repeat does not', async () => {
		const { workflow, hook } = await publishWorkflow(
			host,
			ledgerWorkflow(host, ledger, { catchUp: 'off' }),
		);
		const [id] = idsFrom(60_000, 1);
		ledger.fails = () => true;
		await deliverAll(host, hook, [id]);
		await settled(host, workflow);
		ledger.fails = () => false;
		// Test sends have another mode.
		const failed = (await executionsOf(host, workflow.id)).filter(
			({ mode, status }) => mode === 'trigger' && status === 'error',
		);
		expect(failed).toHaveLength(1);
		await deliverAll(host, hook, [id, id]);
		await settled(host, workflow);
		expect(ledger.times(id)).toBe(1);
		// From the start, the trigger included.
		await restarted();
		await live(hook);
		const body = { loadWorkflow: true };
		const path = `/executions/${failed[0].id}/retry`;
		const repeated = await host.n8n.rest<Execution>('POST', path, body);
		expect(repeated.status).toBe('success');
		expect(ledger.times(id)).toBe(2);
		await deliverAll(host, hook, [id]);
		await settled(host, workflow);
		expect(ledger.times(id)).toBe(2);
		await host.n8n.unpublish(workflow.id);
	});

	test('a renamed workflow knows its payments; a copy starts clean and doubles nothing', async () => {
		const definition = ledgerWorkflow(host, ledger, { catchUp: 'onStart' });
		const { workflow, hook } = await publishWorkflow(host, definition);
		const ids = idsFrom(70_000, 5);
		await deliverAll(host, hook, ids);
		await host.n8n.saveWorkflow({ ...definition, name: 'Renamed' }, workflow.id);
		const renamed = await publishAgain(host, workflow.id);
		// 2.30.0 adds it anew.
		if (name === 'newest') expect(renamed.id).toBe(hook.id);
		await deliverAll(host, renamed, ids);
		await settled(host, workflow);
		expect(timesTold(ledger, ids)).toEqual({ 1: ids.length });

		const copy = structuredClone(definition);
		copy.nodes[0].webhookId = randomUUID();
		const { workflow: copied, hook: own } = await publishWorkflow(host, copy);
		await deliverAll(host, own, [...ids, ...ids]);
		await deliverAll(host, renamed, ids);
		for (const one of [workflow, copied]) await settled(host, one);
		expect(timesTold(ledger, ids)).toEqual({ 2: ids.length });
		for (const { id } of [workflow, copied]) await host.n8n.unpublish(id);
	});

	test('a workflow moved to another n8n, with all that n8n keeps of it, starts clean and doubles nothing', async () => {
		const { sandbox } = host;
		const definition = ledgerWorkflow(host, ledger, { catchUp: 'onStart' });
		const { workflow } = await publishWorkflow(host, definition);
		const told = async (id: number) => await waitUntil(`${id} is told`, () => ledger.times(id) > 0);
		const seen = Array.from({ length: 5 }, () => sandbox.addTransaction().id);
		for (const id of seen) await told(id);
		const file = path.join(host.userFolder, 'moved.json');
		await n8nCommand(host, 'export:workflow', `--id=${workflow.id}`, `--output=${file}`);
		await unpublishWorkflow(host, workflow.id);

		const other = await startN8nHost(name, { ...env });
		try {
			sandbox.hosts.set(PUBLIC, other.instance.url);
			const { id } = await connectSandbox(other.n8n, sandbox);
			const moved = readFileSync(file, 'utf8').replaceAll(host.credential.id, id);
			expect(moved).toContain('whsec_');
			writeFileSync(file, moved);
			await n8nCommand(other, 'import:workflow', `--input=${file}`);
			await other.n8n.publish(workflow.id);
			const hook = await waitUntil('the webhook is registered', () => webhookOf(host, workflow.id));
			await live(hook);
			expect(sandbox.data.webhooks.filter(({ name }) => name === hook.name)).toEqual([hook]);
			const next = sandbox.addTransaction().id;
			await told(next);
			await sleep(5000);
			expect(timesTold(ledger, [...seen, next])).toEqual({ 1: 6 });
		} finally {
			await other.close();
			sandbox.hosts.set(PUBLIC, host.instance.url);
		}
	});

	test('payments caught up with and delivered at the same moment run once', async () => {
		const { workflow, hook } = await publishWorkflow(
			host,
			ledgerWorkflow(host, ledger, { catchUp: 'onStart' }),
		);
		await host.instance.stop();
		const ids = Array.from({ length: 60 }, () => host.sandbox.addTransaction().id);
		await host.sandbox.idle();
		const delivering = deliverUntilTaken(host, hook, ids);
		await host.instance.start();
		await delivering;
		await host.n8n.signIn();
		await settled(host, workflow);
		await sleep(3000);
		expect(timesTold(ledger, ids)).toEqual({ 1: ids.length });
		await host.n8n.unpublish(workflow.id);
	});

	test('set up by hand with a token: down for two hours and 300 payments, each once', async () => {
		const { n8n, sandbox } = host;
		const secret = 'a secret that was set by hand, 0123456789';
		const webhook = await n8n.createCredential('sePayWebhookApi', 'By hand', {
			authenType: 'HMAC_SHA256',
			secretKey: secret,
		});
		const token = await n8n.createCredential('sePayTokenApi', 'Token', {
			environment: 'custom',
			baseUrl: sandbox.tokenApi.url,
			apiToken: sandbox.tokenApi.token,
		});
		const parameters = { setUp: 'byHand', catchUp: 'onStart' };
		const definition = ledgerWorkflow(host, ledger, parameters);
		Object.assign(definition.nodes[0], {
			credentials: { sePayWebhookApi: webhook, sePayTokenApi: token },
		});
		// A caught up payment has a UUID: the ledger knows it by its amount.
		const url = `=${ledger.url}/?id={{ $json.amount }}&execution={{ $execution.id }}`;
		Object.assign(definition.nodes[1].parameters, { url });
		const { workflow, hook } = await publishedByHand(host, definition, secret);
		await sleep(2000);
		let amount = 1_000_000;
		const pay = () => sandbox.addTransaction({ amount_in: ++amount });
		const early = [pay(), pay()];
		await waitUntil('the first are told', () => ledger.times(amount) === 1);
		await host.instance.stop();
		const missed = Array.from({ length: 300 }, pay);
		for (let minute = 0; minute < 60; minute++) {
			await sandbox.idle();
			sandbox.clock.advance(2 * 60_000);
			await sleep(1);
		}
		await sandbox.idle();
		await host.instance.start();
		await n8n.signIn();
		const amounts = [...early, ...missed].map(({ amount_in }) => amount_in);
		await waitUntil('all are told', () => amounts.every((one) => ledger.times(one) > 0), 180_000);
		for (const { id } of [...early, ...missed.slice(0, 20)]) {
			expect((await sandbox.deliver(hook.id, id)).ok).toBe(true);
		}
		await restarted();
		await live(hook);
		for (const { id } of missed.slice(0, 40)) {
			expect((await sandbox.deliver(hook.id, id)).ok).toBe(true);
		}
		await settled(host, workflow);
		await sleep(3000);
		expect(timesTold(ledger, amounts)).toEqual({ 1: amounts.length });
		await n8n.unpublish(workflow.id);
	});
});
