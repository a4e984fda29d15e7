import { startE2eHost, type E2eHost } from './support/n8nHost';
import { PUBLIC, startLedger, type PaymentLedger } from './support/payments';
import { releases } from './support/releases';
import { MOVED, proveDowntime, proveManyPayments, proveWebhooks } from './support/triggerProofs';

jest.setTimeout(1_800_000);

describe.each(releases())('SePay Trigger on the %s n8n, with much to do', (name) => {
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

	test('many payments, each delivered twice, each passed on once', async () => {
		console.log(await proveManyPayments(host, ledger, 2000));
	});

	test('n8n is down for two hours and 300 payments: each starts the workflow once', async () => {
		await proveDowntime(host, ledger, 300);
	});

	test('publishing, moving, copying and deleting never leave a second webhook or an orphan', async () => {
		await proveWebhooks(host, ledger, env, 50, (cycle) => cycle % 12 === 11);
	});
});
