import { Random } from '../sandbox/random';
import { proveExactlyOnce } from './support/crashes';
import type { E2eHost } from './support/n8nHost';
import {
	deliverUntilTaken,
	idsFrom,
	ledgerWorkflow,
	PUBLIC,
	publishWorkflow,
	settled,
	startLedger,
	timesTold,
	type PaymentLedger,
} from './support/payments';
import { startPostgresHost } from './support/queue';
import { releases } from './support/releases';
import { proveManyPayments } from './support/triggerProofs';

jest.setTimeout(3_600_000);

describe.each(releases())('SePay Trigger on the %s n8n, which stores in PostgreSQL', (name) => {
	let host: E2eHost;
	let ledger: PaymentLedger;

	beforeAll(async () => {
		ledger = await startLedger();
		host = await startPostgresHost(name, { WEBHOOK_URL: PUBLIC });
		host.sandbox.hosts.set(PUBLIC, host.instance.url);
	});

	afterAll(async () => {
		await host?.close();
		ledger?.close();
	});

	test('one payment 100 times at once: told once', async () => {
		const definition = ledgerWorkflow(host, ledger, { catchUp: 'off' });
		const { workflow, hook } = await publishWorkflow(host, definition);
		const ids = idsFrom(1_000, 3);
		for (const id of ids) {
			await deliverUntilTaken(host, hook, Array<number>(100).fill(id), 100);
		}
		await settled(host, workflow);
		expect(timesTold(ledger, ids)).toEqual({ 1: ids.length });
		await host.n8n.unpublish(workflow.id);
	});

	test('2,000 payments, each delivered twice, each passed on once', async () => {
		console.log(await proveManyPayments(host, ledger, 2000));
	});

	test('killed 20 times, it loses no payment and passes none on twice', async () => {
		console.log(await proveExactlyOnce(host, ledger, 20, new Random(23)));
	});
});
