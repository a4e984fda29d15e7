import { spawnSync } from 'node:child_process';
import path from 'node:path';
import type { Workflow, WorkflowDefinition } from '../../scripts/n8n/types';
import { waitUntil } from '../../scripts/n8n/waitUntil';
import { readWorkflow } from '../../scripts/n8n/workflow';
import {
	deliverAll,
	eachTwice,
	executionsOf,
	idsFrom,
	ledgerWorkflow,
	PUBLIC,
	publishAgain,
	publishWorkflow,
	settled,
	startLedger,
	timesTold,
	type PaymentLedger,
} from './support/payments';
import { startQueueHost, type QueueHost } from './support/queue';
import { releases } from './support/releases';
import { coreNode } from './support/run';

jest.setTimeout(3_600_000);

const STRICT = path.join(__dirname, '../../examples', 'strict-once.json');
/** n8n notices after about 80 s that a worker is gone, and then goes by its queue. */
const NOTICED_MS = 300_000;

describe.each(releases())(
	'SePay Trigger on the %s n8n with two webhook processes and two workers',
	(name) => {
		let host: QueueHost;
		let ledger: PaymentLedger;

		beforeAll(async () => {
			ledger = await startLedger();
			host = await startQueueHost(name, PUBLIC);
		});

		afterAll(async () => {
			await host?.close();
			ledger?.close();
		});

		afterEach(async () => {
			const { webhooks } = host.sandbox.data;
			for (const { id } of await host.n8n.rest<Workflow[]>('GET', '/workflows')) {
				await host.n8n.unpublish(id);
			}
			await waitUntil('no webhook is left', () => webhooks.length === 0);
		});

		/** What holds with several processes and what does not, in figures. */
		test('nothing is lost; repeats that come alone start nothing; those that come at once may', async () => {
			const { workflow, hook } = await publishWorkflow(
				host,
				ledgerWorkflow(host, ledger, { catchUp: 'off' }),
			);
			const atOnce = idsFrom(1_000, 10);
			for (const id of atOnce) {
				await deliverAll(host, hook, Array<number>(100).fill(id), 100);
				await settled(host, workflow);
			}
			console.log('one payment, 100 deliveries at once:', timesTold(ledger, atOnce));

			const many = idsFrom(20_000, 500);
			await deliverAll(host, hook, eachTwice(many));
			await settled(host, workflow);
			console.log('500 payments, two deliveries of each at once:', timesTold(ledger, many));
			await deliverAll(host, hook, many);
			await settled(host, workflow);
			console.log('and later a third one of each:', timesTold(ledger, many));

			const apart = idsFrom(30_000, 20);
			for (const id of [...apart, ...apart]) {
				await deliverAll(host, hook, [id]);
				await settled(host, workflow);
			}
			expect(timesTold(ledger, apart)).toEqual({ 1: apart.length });
			expect(timesTold(ledger, [...atOnce, ...many])).not.toHaveProperty('0');
		});

		test('what was cut with its worker stands in the list as an error and passes as the README says', async () => {
			const definition = ledgerWorkflow(host, ledger, { catchUp: 'off' });
			const { workflow } = await publishWorkflow(host, definition);
			ledger.delayMs = () => 2000;
			const paid = Array.from({ length: 20 }, () => host.sandbox.addTransaction().id);
			await waitUntil('some are told', () => paid.some((id) => ledger.times(id) > 0));
			await host.workers[0].kill();
			await settled(host, workflow, NOTICED_MS);
			await host.workers[0].start();
			ledger.delayMs = () => 0;
			const untold = paid.filter((id) => ledger.times(id) === 0);
			const failed = (await executionsOf(host, workflow.id)).filter(
				({ status }) => status !== 'success',
			);
			console.log(
				`a worker killed amid 20 payments: ${timesToldText(paid)}, executions that failed: ${failed.length}`,
			);
			expect(Object.keys(timesTold(ledger, paid)).every((times) => Number(times) <= 1)).toBe(true);
			expect(failed.length).toBeGreaterThanOrEqual(untold.length);

			const [trigger] = definition.nodes;
			trigger.parameters.deduplicate = false;
			await host.n8n.saveWorkflow(definition, workflow.id);
			const { id: hookId } = await publishAgain(host, workflow.id);
			for (const id of untold) expect((await host.sandbox.deliver(hookId, id)).ok).toBe(true);
			await settled(host, workflow);
			expect(timesTold(ledger, paid)).toEqual({ 1: paid.length });
		});

		const timesToldText = (ids: number[]) => JSON.stringify(timesTold(ledger, ids));

		/** One value that PostgreSQL answers with. */
		function sql(query: string): string {
			const { port } = host.postgres;
			const args = ['-h', '127.0.0.1', '-p', `${port}`, '-U', 'postgres', '-Atc', query];
			const { status, stdout, stderr } = spawnSync('psql', args, { encoding: 'utf8' });
			if (status !== 0) throw new Error(stderr);
			return stdout.trim();
		}

		/** The example with this rig's credentials and the ledger in place of goods or money. */
		async function strict(): Promise<WorkflowDefinition> {
			const postgres = await host.n8n.createCredential('postgres', 'Postgres', {
				host: '127.0.0.1',
				port: host.postgres.port,
				database: 'postgres',
				user: 'postgres',
				password: 'any',
				ssl: 'disable',
			});
			const definition = await readWorkflow(STRICT, {
				sePayOAuth2Api: host.credential,
				postgres,
			});
			const step = definition.nodes.find(({ name }) => name === 'Move Goods or Money')!;
			const url = `=${ledger.url}/?id={{ $json.payment.id }}&execution={{ $execution.id }}`;
			Object.assign(step, coreNode('httpRequest', 4.2, { url }).node);
			return definition;
		}

		test('the strict recipe: exactly once, whatever comes at once and whatever is cut', async () => {
			const before = host.sandbox.addTransaction().id;
			const { workflow, hook } = await publishWorkflow(host, await strict());
			const run = async (trigger: string) => {
				const { status } = await host.n8n.runWorkflow(workflow.id, trigger);
				expect(status).toBe('success');
			};
			await run('Set Up Once');
			await run('Every 30 Minutes');
			expect(ledger.times(before)).toBe(0);

			const atOnce = idsFrom(2_000_000, 3);
			for (const id of atOnce) await deliverAll(host, hook, Array<number>(100).fill(id), 100);
			const many = idsFrom(2_100_000, 300);
			await deliverAll(host, hook, eachTwice(many));
			await deliverAll(host, hook, many);
			await settled(host, workflow);
			expect(timesTold(ledger, [...atOnce, ...many])).toEqual({ 1: atOnce.length + many.length });

			// No delivery brings these: the list does.
			const { get } = host.sandbox.hosts;
			host.sandbox.hosts.get = () => undefined;
			const missed = Array.from({ length: 5 }, () => host.sandbox.addTransaction().id);
			await host.sandbox.idle();
			host.sandbox.hosts.get = get;
			await run('Every 30 Minutes');
			expect(timesTold(ledger, missed)).toEqual({ 1: missed.length });

			ledger.delayMs = () => 2000;
			const paid = Array.from({ length: 20 }, () => host.sandbox.addTransaction().id);
			await waitUntil('some are told', () => paid.some((id) => ledger.times(id) > 0));
			await host.workers[1].kill();
			await settled(host, workflow, NOTICED_MS);
			await host.workers[1].start();
			ledger.delayMs = () => 0;
			await run('Every 30 Minutes');
			const unfinished = sql('SELECT id FROM sepay_payments WHERE done_at IS NULL ORDER BY id')
				.split('\n')
				.filter(Boolean)
				.map(Number);
			console.log(
				`a worker killed amid 20 payments: ${timesToldText(paid)}, claimed and not done: ${unfinished.length}`,
			);
			const untold = paid.filter((id) => ledger.times(id) === 0);
			expect(paid.filter((id) => ledger.times(id) > 1)).toEqual([]);
			expect(untold.filter((id) => !unfinished.includes(id))).toEqual([]);

			// What a person does: looks which moved nothing, and deletes their rows.
			sql(`UPDATE sepay_payments SET claimed_at = now() - interval '1 hour'`);
			const { data } = await host.n8n.runWorkflow(workflow.id, 'Every 30 Minutes');
			const shown = data.resultData.runData['Tell a Person']?.[0].data?.main?.[0] ?? [];
			expect(shown.map(({ json }) => Object(json.payment).id).sort()).toEqual(unfinished);
			if (untold.length > 0) sql(`DELETE FROM sepay_payments WHERE id IN (${untold.join()})`);
			await run('Every 30 Minutes');
			expect(timesTold(ledger, paid)).toEqual({ 1: paid.length });
			await deliverAll(host, hook, paid);
			await settled(host, workflow);
			expect(timesTold(ledger, paid)).toEqual({ 1: paid.length });
		});
	},
);
