import { itemsOf } from '../../scripts/n8n/client';
import { waitUntil } from '../../scripts/n8n/waitUntil';
import type { Webhook } from '../sandbox';
import { Random } from '../sandbox/random';
import { proveExactlyOnce } from './support/crashes';
import { startE2eHost, type E2eHost } from './support/n8nHost';
import {
	executionsOf,
	ledgerWorkflow,
	PUBLIC,
	publishWorkflow,
	startLedger,
	type PaymentLedger,
} from './support/payments';
import { oneRelease } from './support/releases';

jest.setTimeout(900_000);

describe.each(oneRelease())('SePay Trigger on the %s n8n', (name) => {
	let host: E2eHost;
	let ledger: PaymentLedger;
	const hooks = () => host.sandbox.data.webhooks;

	beforeAll(async () => {
		ledger = await startLedger();
		const env: NodeJS.ProcessEnv = { WEBHOOK_URL: PUBLIC };
		host = await startE2eHost(name, env);
		// Addresses of tests begin with it, and the one of the OAuth2 callback, which is done with.
		env.N8N_EDITOR_BASE_URL = PUBLIC;
		await host.instance.restart();
		await host.n8n.signIn();
		host.sandbox.hosts.set(PUBLIC, host.instance.url);
	});

	afterAll(async () => {
		await host?.close();
		ledger?.close();
	});

	/** Presses "Listen for test event". @returns the webhook that is there for the test */
	async function listen(workflowId: string): Promise<Webhook> {
		const workflowData = await host.n8n.workflow(workflowId);
		const body = { workflowData, triggerToStartFrom: { name: 'Payment' } };
		const answer = await host.n8n.rest('POST', `/workflows/${workflowId}/run`, body);
		expect(answer).toEqual({ waitingForWebhook: true });
		const isForTest = ({ webhook_url }: Webhook) =>
			webhook_url.startsWith(`${PUBLIC}/webhook-test/`);
		const found = hooks().filter(isForTest);
		expect(found).toHaveLength(1);
		return found[0];
	}

	const untilTold = async (id: number, times: number) =>
		await waitUntil(`${id} is told ${times} times`, () => ledger.times(id) === times);

	test('a test in the editor has a webhook of its own and leaves the published workflow alone', async () => {
		const { workflow, hook } = await publishWorkflow(host, ledgerWorkflow(host, ledger));
		const own = structuredClone(hook);
		const untilAlone = async () => {
			await waitUntil('the webhook of the test is gone', () => hooks().length === 1);
			expect(hooks()).toEqual([own]);
		};

		await listen(workflow.id);
		const { id } = host.sandbox.addTransaction();
		await untilTold(id, 2);
		await untilAlone();
		const found = await waitUntil('both executions have ended', async () => {
			const executions = await executionsOf(host, workflow.id);
			const own = executions.filter((one) => itemsOf(one, 'Payment')[0]?.json.id === id);
			return own.length === 2 && own;
		});
		expect(found.map(({ mode, status }) => [mode, status]).sort()).toEqual([
			['manual', 'success'],
			['trigger', 'success'],
		]);

		// The test comes first: what it was shown still starts the published workflow, once.
		const forTest = await listen(workflow.id);
		const later = 990_001;
		expect((await host.sandbox.deliver(forTest.id, { id: later })).ok).toBe(true);
		await untilTold(later, 1);
		await untilAlone();
		expect((await host.sandbox.deliver(hook.id, { id: later })).ok).toBe(true);
		await untilTold(later, 2);

		await listen(workflow.id);
		await host.n8n.rest('DELETE', `/test-webhook/${workflow.id}`);
		await untilAlone();

		// What a test leaves behind when n8n ends goes with the next one.
		await listen(workflow.id);
		await host.instance.kill();
		await host.instance.start();
		await host.n8n.signIn();
		const isTaken = async () => (await host.sandbox.deliver(hook.id)).ok;
		await waitUntil('deliveries are taken', isTaken, 120_000);
		expect(hooks()).toHaveLength(2);
		await listen(workflow.id);
		await host.n8n.rest('DELETE', `/test-webhook/${workflow.id}`);
		await untilAlone();

		await host.n8n.unpublish(workflow.id);
		await waitUntil('no webhook is left', () => hooks().length === 0);
		await listen(workflow.id);
		await host.n8n.rest('DELETE', `/test-webhook/${workflow.id}`);
		await waitUntil('no webhook is left', () => hooks().length === 0);
	});

	test('killed at random moments, it loses no payment and passes none on twice', async () => {
		console.log(await proveExactlyOnce(host, ledger, 2, new Random(11)));
	});
});
