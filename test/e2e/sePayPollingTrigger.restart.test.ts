import { spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { itemsOf } from '../../scripts/n8n/client';
import type { WorkflowDefinition } from '../../scripts/n8n/types';
import { waitUntil } from '../../scripts/n8n/waitUntil';
import { startE2eHost, type E2eHost } from './support/n8nHost';
import { POLL_EVERY_MS, POLL_TIMES } from './support/polling';
import { oneRelease } from './support/releases';

jest.setTimeout(300_000);

const TRIGGER = 'SePay Polling Trigger';
const TRANSACTIONS = '/api/v1/transactions';

describe.each(oneRelease())('SePay Polling Trigger on the %s n8n', (name) => {
	let host: E2eHost;
	let workflowId: string;
	/** How many seconds n8n, killed while it published a workflow, waits before it does so again. */
	const env: NodeJS.ProcessEnv = { N8N_WORKFLOW_PUBLICATION_OUTBOX_LEASE_SECONDS: '15' };
	/** IDs of all transactions that shall have started the workflow so far. */
	let wanted: number[] = [];

	const pay = (count: number, fields = {}) => {
		const ids = Array.from({ length: count }, () => host.sandbox.addTransaction(fields).id);
		wanted.push(...ids);
		return ids;
	};

	/** IDs that the last node got, over all executions, each as often as it did. */
	const handed = async () => {
		const executions = await host.n8n.executions(workflowId);
		return executions
			.filter(({ mode, status }) => mode === 'trigger' && status === 'success')
			.flatMap((execution) => itemsOf(execution, 'Done').map(({ json }) => Number(json.id)))
			.sort((a, b) => a - b);
	};

	/** IDs with which executions began that a crash cut. */
	const crashed = async () =>
		(await host.n8n.executions(workflowId))
			.filter(({ status }) => status === 'crashed')
			.flatMap(({ data }) => data.executionData!.nodeExecutionStack)
			.flatMap(({ data }) => data.main.flatMap((items) => items ?? []))
			.map(({ json }) => Number(json.id));

	/** Waits until every payment has arrived, and looks a little longer for any that comes twice. */
	const untilHanded = async () => {
		const isAll = async () => (await handed()).length >= wanted.length;
		// What is missing, the comparison shows.
		await waitUntil('every payment has started the workflow', isAll, 90_000).catch(() => undefined);
		await sleep(500);
		expect(await handed()).toEqual([...wanted].sort((a, b) => a - b));
	};

	const restarted = async (how: 'stop' | 'kill') => {
		await host.instance[how]();
		return async () => {
			await host.instance.start();
			await host.n8n.signIn();
		};
	};

	/**
	 * Kills n8n, running or about to run, so long after it has stored the next mark.
	 * @param act brings the next mark about
	 * @returns how many executions it has stored meanwhile
	 */
	const killedAtMark = async (delayMs: number, act?: () => void) => {
		while (host.instance.pid === undefined) await sleep(5);
		const file = path.join(host.userFolder, '.n8n/database.sqlite');
		const killer = spawn(
			host.release.node,
			[
				'--no-warnings',
				path.join(__dirname, 'support/crasher.ts'),
				...[file, host.instance.pid, workflowId, delayMs].map(String),
			],
			{ stdio: ['ignore', 'pipe', 'inherit'] },
		);
		const words = killer.stdout.setEncoding('utf8')[Symbol.asyncIterator]();
		expect(await words.next()).toMatchObject({ value: 'waiting\n' });
		act?.();
		const { value } = await words.next();
		await host.instance.kill();
		return Number(value);
	};

	const workflow = (filters = {}): WorkflowDefinition => ({
		name: 'Poll',
		nodes: [
			{
				id: 'poll',
				name: TRIGGER,
				type: 'n8n-nodes-sepay.sePayPollingTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: { pollTimes: POLL_TIMES, filters },
				credentials: { sePayOAuth2Api: { id: host.credential.id, name: host.credential.name } },
			},
			{
				id: 'done',
				name: 'Done',
				type: 'n8n-nodes-base.noOp',
				typeVersion: 1,
				position: [200, 0],
				parameters: {},
			},
		],
		connections: { [TRIGGER]: { main: [[{ node: 'Done', type: 'main', index: 0 }]] } },
	});

	const polls = () => host.sandbox.requests.filter(({ path }) => path === TRANSACTIONS);

	/** Publishes and waits until the poll that n8n makes at once has been answered and stored. */
	const publish = async () => {
		host.sandbox.clearRequests();
		await host.n8n.publish(workflowId);
		await host.n8n.waitUntilApplied(workflowId);
		expect(polls().map(({ status }) => status)).toContain(200);
	};

	beforeAll(async () => {
		host = await startE2eHost(name, env);
		({ id: workflowId } = await host.n8n.saveWorkflow(workflow()));
	});

	afterAll(async () => {
		await host?.close();
	});

	test('a test in the editor shows the newest transactions', async () => {
		const execution = await host.n8n.runWorkflow(workflowId, TRIGGER);
		expect(execution.status).toBe('success');
		const newest = host.sandbox.data.transactions.at(-1)!;
		const shown = itemsOf(execution, TRIGGER).map(({ json }) => json);
		expect(shown).toHaveLength(10);
		expect(shown.map(({ id }) => id)).toContain(newest.id);
	});

	test('publishing starts nothing; payments start it at the next poll, each once', async () => {
		await publish();
		expect(await handed()).toEqual([]);
		pay(3);
		await untilHanded();
		const [newest] = await host.n8n.executions(workflowId);
		const row = host.sandbox.data.transactions.at(-1)!;
		expect(itemsOf(newest, TRIGGER).at(-1)?.json).toMatchObject({
			id: row.id,
			direction: 'in',
			amount: row.amount_in,
			date: `${row.transaction_date.replace(' ', 'T')}+07:00`,
		});
	});

	test('a failed poll is an execution that says why, and loses nothing', async () => {
		const body = { message: 'We are closed' };
		host.sandbox.fault({ path: TRANSACTIONS, answer: { status: 400, body } });
		pay(2);
		await untilHanded();
		const failed = (await host.n8n.executions(workflowId)).filter(
			({ status }) => status === 'error',
		);
		expect(failed.map(({ data }) => data.resultData.error?.message)).toEqual([
			expect.stringContaining('SePay rejected the request (HTTP 400): We are closed'),
		]);
	});

	test('a restart: what came meanwhile comes right after it, nothing twice', async () => {
		pay(1);
		const start = await restarted('stop');
		// More than a page, in one second.
		pay(120);
		await start();
		await untilHanded();
	});

	test('a power cut while idle: nothing lost, nothing twice', async () => {
		pay(1);
		const start = await restarted('kill');
		pay(1);
		await start();
		await untilHanded();
	});

	test('a power cut right after the mark: what no run got comes again, and nothing twice', async () => {
		let hits = 0;
		// The second cut of the first round is in the start that gives it again.
		const rounds = [[0, 0], [0], [40]];
		// It is chance whether a cut comes before the execution is stored: one at least has to.
		for (let round = 0; round < rounds.length || (hits === 0 && round < 10); round++) {
			const [delayMs, ...atStart] = rounds[round] ?? [0];
			let stored = await killedAtMark(delayMs, () => pay(2));
			for (const atStartMs of atStart) {
				pay(1);
				const starting = host.instance.start().catch(() => undefined);
				stored += await killedAtMark(atStartMs);
				await starting;
			}
			const [last] = pay(1);
			const start = await restarted('kill');
			await start();
			const isHanded = async () => (await handed()).includes(last);
			await waitUntil('the last payment has started the workflow', isHanded, 120_000);
			await sleep(500);

			const passed = await handed();
			const missing = wanted.filter((id) => !passed.includes(id));
			if (stored === 0) hits++;
			// Where an execution was there already, it may have begun: a person decides.
			expect(stored === 0 ? [] : await crashed()).toEqual(expect.arrayContaining(missing));
			wanted = wanted.filter((id) => passed.includes(id));
			await untilHanded();
		}
		expect(hits).toBeGreaterThan(0);
	}, 900_000);

	test('SePay down while n8n starts: n8n tries again by itself, and nothing is lost', async () => {
		const start = await restarted('stop');
		pay(1);
		host.sandbox.clearRequests();
		host.sandbox.fault({ path: TRANSACTIONS, answer: { status: 400 } });
		await start();
		await untilHanded();
		expect(polls()[0].status).toBe(400);
	});

	test('changed filters hold for what comes after them; what they left out does not come later', async () => {
		await host.n8n.saveWorkflow(workflow({ minAmount: 50_000 }), workflowId);
		await publish();
		host.sandbox.addTransaction({ amount_in: 1000 });
		pay(1, { amount_in: 60_000 });
		await host.n8n.saveWorkflow(workflow(), workflowId);
		await publish();
		await untilHanded();
	});

	test('unpublished, it is silent; published again, it makes up for the pause', async () => {
		await host.n8n.unpublish(workflowId);
		await host.n8n.waitUntilApplied(workflowId);
		host.sandbox.clearRequests();
		pay(2);
		// In which it would poll once.
		await sleep(POLL_EVERY_MS + 2000);
		expect(polls()).toEqual([]);
		expect(await handed()).toHaveLength(wanted.length - 2);
		await publish();
		await untilHanded();
	});

	(name === 'newest' ? test : test.skip)(
		'with the durable cursors of n8n: nothing lost, nothing twice, also after a power cut',
		async () => {
			for (const part of ['SCHEDULER', 'SCHEDULER_POLL_TRIGGERS', 'POLLER_DURABLE_CURSORS']) {
				env[`N8N_${part}_ENABLED`] = 'true';
			}
			pay(1);
			let start = await restarted('stop');
			await start();
			await untilHanded();
			pay(2);
			await untilHanded();
			start = await restarted('kill');
			pay(1);
			await start();
			await untilHanded();
		},
		300_000,
	);
});
