import { waitUntil } from '../../scripts/n8n/waitUntil';
import { startE2eHost, type E2eHost } from './support/n8nHost';
import {
	ledgerWorkflow,
	PUBLIC,
	publishWorkflow,
	settled,
	startLedger,
	type PaymentLedger,
} from './support/payments';
import { oneRelease } from './support/releases';
import {
	expectTaken,
	MOVED,
	proveDowntime,
	proveManyPayments,
	proveWebhooks,
	removeWorkflow,
} from './support/triggerProofs';

jest.setTimeout(600_000);

describe.each(oneRelease())('SePay Trigger on the %s n8n, stopped and started', (name) => {
	let host: E2eHost;
	let ledger: PaymentLedger;
	const env: NodeJS.ProcessEnv = { WEBHOOK_URL: PUBLIC };

	beforeAll(async () => {
		ledger = await startLedger();
		host = await startE2eHost(name, env);
		for (const origin of [PUBLIC, MOVED]) host.sandbox.hosts.set(origin, host.instance.url);
	});

	afterAll(async () => {
		await host?.close();
		ledger?.close();
	});

	test('100 deliveries of one payment at once: one run goes on; none after a kill', async () => {
		const { sandbox, instance, n8n } = host;
		const { workflow, hook } = await publishWorkflow(host, ledgerWorkflow(host, ledger));
		const id = 900_001;
		const all = await Promise.all(
			Array.from({ length: 100 }, async () => await sandbox.deliver(hook.id, { id })),
		);
		for (const delivery of all) expectTaken(delivery);
		await waitUntil('it is told', () => ledger.times(id) > 0);
		await instance.kill();
		await instance.start();
		await n8n.signIn();
		const isLive = async () => (await sandbox.deliver(hook.id)).ok;
		await waitUntil('the webhook is live', isLive, 120_000);
		for (let send = 0; send < 20; send++) expectTaken(await sandbox.deliver(hook.id, { id }));
		expectTaken(await sandbox.deliver(hook.id, { id: id + 1 }));
		await waitUntil('a new one is told', () => ledger.times(id + 1) > 0);
		await settled(host, workflow);
		expect(ledger.times(id)).toBe(1);
		await removeWorkflow(host, workflow);
	});

	// These are short forms of those in sePayTrigger.soak.test.ts.
	test('payments, each delivered twice, are each passed on once', async () => {
		await proveManyPayments(host, ledger, 100);
	});

	test('n8n is down for two hours and 20 payments: each starts the workflow once', async () => {
		await proveDowntime(host, ledger, 20);
	});

	test('publishing, moving, copying and deleting leave no second webhook and no orphan', async () => {
		await proveWebhooks(host, ledger, env, 12, (cycle) => cycle === 6 || cycle === 11);
	});
});
