import { setTimeout as sleep } from 'node:timers/promises';
import { itemsOf } from '../../scripts/n8n/client';
import { waitUntil } from '../../scripts/n8n/waitUntil';
import { startQrService } from '../sandbox/qr';
import {
	countExecutions,
	deliverAll,
	deliverUntilTaken,
	eachTwice,
	idsFrom,
	ledgerWorkflow,
	PUBLIC,
	publishWorkflow,
	settled,
	startLedger,
	timesTold,
	type PaymentLedger,
} from './support/payments';
import { startQueueHost, type QueueHost } from './support/queue';
import { releases } from './support/releases';
import { execute } from './support/run';

jest.setTimeout(1_800_000);

/** n8n notices after about 80 s that a worker is gone, and then goes by its queue. */
const NOTICED_MS = 300_000;

describe.each(releases())(
	'SePay Trigger on the %s n8n with two workers, whose main takes the deliveries',
	(name) => {
		let host: QueueHost;
		let ledger: PaymentLedger;

		beforeAll(async () => {
			ledger = await startLedger();
			host = await startQueueHost(name, PUBLIC, 'main');
		});

		afterAll(async () => {
			await host?.close();
			ledger?.close();
		});

		test('one payment 100 times at once, and 1,000 payments twice: each told once', async () => {
			const { workflow, hook } = await publishWorkflow(
				host,
				ledgerWorkflow(host, ledger, { catchUp: 'off' }),
			);
			const atOnce = idsFrom(1_000, 5);
			for (const id of atOnce) {
				// n8n answers some of so many with 503 itself when it waits for its database.
				await deliverUntilTaken(host, hook, Array<number>(100).fill(id), 100);
			}
			const many = idsFrom(20_000, 1_000);
			const began = Date.now();
			await deliverUntilTaken(host, hook, eachTwice(many));
			const seconds = (Date.now() - began) / 1000;
			await settled(host, workflow);
			const all = [...atOnce, ...many];
			console.log(`told, by times: ${JSON.stringify(timesTold(ledger, all))} in ${seconds} s`);
			expect(timesTold(ledger, all)).toEqual({ 1: all.length });
			await host.n8n.unpublish(workflow.id);
		});

		test('a worker killed amid 300 payments twice: none twice, none lost', async () => {
			const { workflow, hook } = await publishWorkflow(
				host,
				ledgerWorkflow(host, ledger, { catchUp: 'off' }),
			);
			const ids = idsFrom(30_000, 300);
			const delivering = deliverUntilTaken(host, hook, eachTwice(ids));
			await waitUntil('some are told', () => ids.filter((id) => ledger.times(id) > 0).length > 60);
			await host.workers[0].kill();
			await delivering;
			await host.workers[0].start();
			await settled(host, workflow, NOTICED_MS);
			await deliverAll(host, hook, ids);
			await settled(host, workflow, NOTICED_MS);
			const cut = await countExecutions(host, workflow.id, ['error', 'crashed', 'canceled']);
			const told = timesTold(ledger, ids);
			console.log(`told, by times: ${JSON.stringify(told)}; runs cut: ${cut}`);
			// One that was cut had begun, and stands in the list as an error.
			expect(Object.keys(told).every((times) => Number(times) <= 1)).toBe(true);
			expect(told['0'] ?? 0).toBeLessThanOrEqual(cut);
			await host.n8n.unpublish(workflow.id);
		});

		test('main killed amid 300 payments twice and started again: none twice, none lost', async () => {
			const { workflow, hook } = await publishWorkflow(
				host,
				ledgerWorkflow(host, ledger, { catchUp: 'off' }),
			);
			const ids = idsFrom(40_000, 300);
			const delivering = deliverUntilTaken(host, hook, eachTwice(ids));
			await waitUntil('some are told', () => ids.filter((id) => ledger.times(id) > 0).length > 60);
			await host.instance.kill();
			await sleep(1000);
			await host.instance.start();
			await host.n8n.signIn();
			await delivering;
			await deliverUntilTaken(host, hook, ids);
			await settled(host, workflow);
			const told = timesTold(ledger, ids);
			console.log(`told, by times: ${JSON.stringify(told)}`);
			expect(told).toEqual({ 1: ids.length });
			await host.n8n.unpublish(workflow.id);
		});

		test('payments missed while main was down are caught up once, also when they are delivered meanwhile', async () => {
			const definition = ledgerWorkflow(host, ledger, { catchUp: 'onStart' });
			const { workflow, hook } = await publishWorkflow(host, definition);
			await host.instance.stop();
			const ids = Array.from({ length: 50 }, () => host.sandbox.addTransaction().id);
			await host.sandbox.idle();
			await host.instance.start();
			await host.n8n.signIn();
			await Promise.all(
				ids.map(async (id) => {
					const isTaken = async () => (await host.sandbox.deliver(hook.id, id)).ok;
					await waitUntil(`${id} is taken`, isTaken, 120_000);
				}),
			);
			await waitUntil('all are told', () => ids.every((id) => ledger.times(id) > 0), 120_000);
			await settled(host, workflow);
			expect(timesTold(ledger, ids)).toEqual({ 1: ids.length });
			await host.n8n.unpublish(workflow.id);
		});

		test('a test in the editor on a worker passes on what it is shown, and records nothing', async () => {
			// Addresses of tests begin with it, and the one of the OAuth2 callback, which is done with.
			host.env.N8N_EDITOR_BASE_URL = PUBLIC;
			await host.instance.restart();
			await host.n8n.signIn();
			const { workflow, hook } = await publishWorkflow(
				host,
				ledgerWorkflow(host, ledger, { catchUp: 'off' }),
			);
			const workflowData = await host.n8n.workflow(workflow.id);
			const body = { workflowData, triggerToStartFrom: { name: 'Payment' } };
			await host.n8n.rest('POST', `/workflows/${workflow.id}/run`, body);
			const forTest = host.sandbox.data.webhooks.find(({ webhook_url }) =>
				webhook_url.includes('/webhook-test/'),
			)!;
			const [id] = idsFrom(50_000, 1);
			await deliverAll(host, forTest, [id]);
			await waitUntil('the test has told it', () => ledger.times(id) === 1);
			await deliverAll(host, hook, [id, id]);
			await waitUntil('the workflow has told it', () => ledger.times(id) === 2);
			await host.n8n.unpublish(workflow.id);
		});

		test('a QR picture made on a worker, its data in the database', async () => {
			const service = await startQrService();
			const execution = await execute(host, {
				qr: {
					resource: 'payment',
					operation: 'createQr',
					accountNumber: '0071000888888',
					bank: 'Vietcombank',
					amount: 250_000,
					memo: 'DH1042',
					download: true,
					options: { qrService: service.url },
				},
			});
			await service.close();
			expect(execution.status).toBe('success');
			const [{ binary }] = itemsOf(execution, 'qr') as unknown as [
				{ binary: Record<string, { mimeType: string; id?: string }> },
			];
			const [picture] = Object.values(binary);
			expect(picture).toMatchObject({ mimeType: expect.stringContaining('image/') });
			expect(picture.id).toMatch(/^database/);
		});

		test('a second main process does not start without a licence of n8n for it', async () => {
			const starting = host.join('start', { N8N_MULTI_MAIN_SETUP_ENABLED: 'true' });
			await expect(starting).rejects.toThrow(
				/license does not allow for feat:multipleMainInstances/,
			);
		});
	},
);
