import { waitUntil } from '../../../../scripts/n8n/waitUntil';
import { startN8nHost, type N8nHost } from '../../../../test/e2e/support/n8nHost';
import { oneRelease } from '../../../../test/e2e/support/releases';
import { startPayt, type Payt } from '../sandbox';
import { publishTrigger, toldOf, type PaytTrigger } from './support/trigger';

jest.setTimeout(240_000);

describe.each(oneRelease())('Payt Trigger on the %s n8n', (name) => {
	let host: N8nHost;
	let payt: Payt;
	let trigger: PaytTrigger;

	beforeAll(async () => {
		host = await startN8nHost(name);
		payt = await startPayt();
		trigger = await publishTrigger(host, payt);
	});

	afterAll(async () => {
		await host?.close();
		await payt?.close();
	});

	test.each(['perEvent', 'perAttempt'] as const)(
		'starts once for each event, with a delivery ID %s, also while n8n is down',
		async (deliveryId) => {
			payt.variants.deliveryId = deliveryId;
			const before = (await trigger.told()).length;
			const [invoice] = payt.data.invoices;
			const first = (await payt.deliver('invoice_paid', { id: invoice.id }))!;
			expect(first).toMatchObject({ ok: true, status: 200 });
			for (let time = 0; time < 3; time++) {
				expect(await payt.sendAgain(first)).toMatchObject({ status: 200 });
			}
			await waitUntil('the first is told', async () => (await trigger.told()).length > before);
			await host.instance.kill();
			const missed = (await payt.deliver('invoice_new_comment', { id: invoice.id }))!;
			expect(missed.ok).toBe(false);
			await host.instance.start();
			await host.n8n.signIn();
			await trigger.waitUntilLive();
			// Known from n8n's store alone. The trigger may run later than n8n takes deliveries.
			const isTaken = async () => (await payt.sendAgain(first))?.status === 200;
			await waitUntil('it is taken', isTaken, 60_000);
			payt.clock.advance(3_600_000);
			await payt.idle();
			await waitUntil('it is told', async () => (await trigger.told()).length >= before + 2);
			expect((await trigger.told()).slice(before)).toMatchObject([
				toldOf('invoice_paid', invoice),
				{ event: 'invoice_new_comment', id: invoice.id },
			]);
		},
	);
});
