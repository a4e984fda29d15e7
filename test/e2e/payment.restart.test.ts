import { waitUntil } from '../../scripts/n8n/waitUntil';
import { startE2eHost, type E2eHost } from './support/n8nHost';
import { countByStatus, outcomeOf, pay, proveWaits, result } from './support/paymentWaits';
import { oneRelease } from './support/releases';
import { coreNode } from './support/run';
import { codeOf, publishShop } from './support/shop';

jest.setTimeout(600_000);

describe.each(oneRelease())('waits for payments on the %s n8n', (name) => {
	let host: E2eHost;

	beforeAll(async () => {
		host = await startE2eHost(name);
	});

	afterAll(async () => {
		await host?.close();
	});

	test('a wait goes on through a kill of n8n, holding no worker, until the rest has been paid', async () => {
		const parts = [pay(host, 0, 40_000)];
		const { id } = await publishShop(host, 'one', 30, coreNode('noOp', 1, {}));
		const count = async (status: string) => await countByStatus(host, id, status);
		await waitUntil('it waits', async () => (await count('waiting')) === 1);
		expect(await count('running')).toBe(0);
		await host.instance.kill();
		parts.push(pay(host, 0, 60_000, `NGUYENVANA${codeOf(0)}CHUYENTIEN`));
		await host.instance.start();
		await waitUntil('it has ended', async () => (await count('success')) === 1, 180_000);
		const [execution] = await host.n8n.executions(id);
		expect(outcomeOf(execution)).toEqual(result(0, 'paid', parts));
	});

	// A short form of the one in payment.soak.test.ts.
	test('12 waits for payments share their calls and outlive a restart', async () => {
		await proveWaits(host, 12, 1);
	});
});
