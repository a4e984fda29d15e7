import { itemsOf } from '../../scripts/n8n/client';
import { waitUntil } from '../../scripts/n8n/waitUntil';
import { startE2eHost, type E2eHost } from './support/n8nHost';
import {
	ledgerWorkflow,
	PUBLIC,
	publishWorkflow,
	startLedger,
	type PaymentLedger,
} from './support/payments';
import { releases } from './support/releases';
import { expectTaken, removeWorkflow } from './support/triggerProofs';

jest.setTimeout(300_000);

describe.each(releases())('SePay Trigger on the %s n8n', (name) => {
	let host: E2eHost;
	let ledger: PaymentLedger;

	beforeAll(async () => {
		ledger = await startLedger();
		host = await startE2eHost(name);
		host.sandbox.hosts.set(PUBLIC, host.instance.url);
	});

	afterAll(async () => {
		await host?.close();
		ledger?.close();
	});

	test('registers one webhook, starts on a payment, and leaves nothing behind', async () => {
		const { workflow, hook } = await publishWorkflow(host, ledgerWorkflow(host, ledger));
		expect(host.sandbox.data.webhooks).toEqual([
			expect.objectContaining({
				event_type: 'In_only',
				bank_mode: 'all',
				authen_type: 'HMAC_SHA256',
				secret_key: expect.stringMatching(/^whsec_[0-9a-f]{64}$/),
				retry_conditions: { non_2xx_status_code: 1 },
				active: true,
			}),
		]);
		const row = host.sandbox.addTransaction({ transaction_content: 'DH123456 tra tien' });
		await waitUntil('the payment is told', () => ledger.times(row.id) > 0);
		// The run that tells it begins before SePay is answered.
		await host.sandbox.idle();
		expectTaken(host.sandbox.deliveries.find(({ transactionId }) => transactionId === row.id)!);
		expectTaken(await host.sandbox.deliver(hook.id, row.id));

		const forged = await fetch(hook.webhook_url.replace(PUBLIC, host.instance.url), {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'x-sepay-timestamp': '1' },
			body: JSON.stringify({ id: 77, transferType: 'in', transferAmount: 1 }),
		});
		expect(forged.status).toBe(401);
		// Publishing sends some as well, whose runs may not have told it yet.
		await host.n8n.endedExecutions(workflow.id);
		const before = ledger.times(0);
		for (let send = 0; send < 3; send++) expectTaken(await host.sandbox.deliver(hook.id));
		await host.n8n.endedExecutions(workflow.id);
		expect(ledger.times(0)).toBe(before + 3);
		expect(ledger.times(row.id)).toBe(1);
		expect(ledger.times(77)).toBe(0);
		await removeWorkflow(host, workflow);
	});

	test.each(['multipart_form-data', 'application_x-www-form-urlencoded'] as const)(
		'verifies the raw bytes of a %s delivery and types its fields',
		async (request_content_type) => {
			const definition = ledgerWorkflow(host, ledger, { simplify: false });
			const { workflow, hook } = await publishWorkflow(host, definition);
			hook.request_content_type = request_content_type;
			const id = 880_000 + request_content_type.length;
			expectTaken(await host.sandbox.deliver(hook.id, { id, content: 'chuyển tiền' }));
			await waitUntil('it is told', () => ledger.times(id) > 0);
			let item: Record<string, unknown> | undefined;
			await waitUntil('n8n shows its run', async () => {
				const executions = await host.n8n.executions(workflow.id);
				item = executions
					.map((execution) => itemsOf(execution, 'Payment')[0]?.json)
					.find((json) => json?.id === id);
				return item;
			});
			expect(item).toMatchObject({
				id,
				transferAmount: 5_000_000,
				accumulated: 105_000_000,
				content: 'chuyển tiền',
			});
			await removeWorkflow(host, workflow);
		},
	);
});
