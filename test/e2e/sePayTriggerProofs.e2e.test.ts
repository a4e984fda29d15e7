import { itemsOf } from '../../scripts/n8n/client';
import { until } from '../../scripts/n8n/until';
import type { Webhook } from '../sandbox';
import { Random } from '../sandbox/random';
import { proveOnce } from './support/kills';
import {
	executionsOf,
	published,
	PUBLIC,
	startLedger,
	telling,
	type Ledger,
} from './support/payments';
import { oneRelease } from './support/releases';
import { startRig, type Rig } from './support/rig';

jest.setTimeout(600_000);

describe.each(oneRelease())('SePay Trigger on the %s n8n', (name) => {
	let rig: Rig;
	let ledger: Ledger;
	const hooks = () => rig.sandbox.data.webhooks;

	beforeAll(async () => {
		ledger = await startLedger();
		const env: NodeJS.ProcessEnv = { WEBHOOK_URL: PUBLIC };
		rig = await startRig(name, env);
		// Addresses of tests begin with it, and the one of the OAuth2 callback, which is done with.
		env.N8N_EDITOR_BASE_URL = PUBLIC;
		await rig.instance.restart();
		await rig.n8n.signIn();
		rig.sandbox.hosts.set(PUBLIC, rig.instance.url);
	});

	afterAll(async () => {
		await rig?.close();
		ledger?.close();
	});

	/** Presses "Listen for test event". @returns the webhook that is there for the test */
	async function listen(workflowId: string): Promise<Webhook> {
		const workflowData = await rig.n8n.workflow(workflowId);
		const body = { workflowData, triggerToStartFrom: { name: 'Payment' } };
		const answer = await rig.n8n.rest('POST', `/workflows/${workflowId}/run`, body);
		expect(answer).toEqual({ waitingForWebhook: true });
		const isForTest = ({ webhook_url }: Webhook) =>
			webhook_url.startsWith(`${PUBLIC}/webhook-test/`);
		const found = hooks().filter(isForTest);
		expect(found).toHaveLength(1);
		return found[0];
	}

	const untilTold = async (id: number, times: number) =>
		await until(`${id} is told ${times} times`, () => ledger.times(id) === times);

	test('a test in the editor has a webhook of its own and leaves the published workflow alone', async () => {
		const { workflow, hook } = await published(rig, telling(rig, ledger));
		const own = structuredClone(hook);
		const untilAlone = async () => {
			await until('the webhook of the test is gone', () => hooks().length === 1);
			expect(hooks()).toEqual([own]);
		};

		await listen(workflow.id);
		const { id } = rig.sandbox.addTransaction();
		await untilTold(id, 2);
		await untilAlone();
		const found = await until('both executions have ended', async () => {
			const executions = await executionsOf(rig, workflow.id);
			const own = executions.filter((one) => itemsOf(one, 'Payment')[0]?.json.id === id);
			return own.length === 2 && own;
		});
		expect(found.map(({ mode, status }) => [mode, status]).sort()).toEqual([
			['manual', 'success'],
			['webhook', 'success'],
		]);

		// The test comes first: what it was shown still starts the published workflow, once.
		const forTest = await listen(workflow.id);
		const later = 990_001;
		expect((await rig.sandbox.deliver(forTest.id, { id: later })).ok).toBe(true);
		await untilTold(later, 1);
		await untilAlone();
		expect((await rig.sandbox.deliver(hook.id, { id: later })).ok).toBe(true);
		await untilTold(later, 2);

		await listen(workflow.id);
		await rig.n8n.rest('DELETE', `/test-webhook/${workflow.id}`);
		await untilAlone();

		// What a test leaves behind when n8n ends goes with the next one.
		await listen(workflow.id);
		await rig.instance.kill();
		await rig.instance.start();
		await rig.n8n.signIn();
		await until('deliveries are taken', async () => (await rig.sandbox.deliver(hook.id)).ok);
		expect(hooks()).toHaveLength(2);
		await listen(workflow.id);
		await rig.n8n.rest('DELETE', `/test-webhook/${workflow.id}`);
		await untilAlone();

		await rig.n8n.unpublish(workflow.id);
		await until('no webhook is left', () => hooks().length === 0);
		await listen(workflow.id);
		await rig.n8n.rest('DELETE', `/test-webhook/${workflow.id}`);
		await until('no webhook is left', () => hooks().length === 0);
	});

	test('killed at random moments, it loses no payment and passes none on twice', async () => {
		console.log(await proveOnce(rig, ledger, 2, new Random(11)));
	});
});
