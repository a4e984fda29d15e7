import { setTimeout as sleep } from 'node:timers/promises';
import { startE2eHost, type E2eHost } from './support/n8nHost';
import {
	countByStatus,
	MINUTE,
	outcomeOf,
	pay,
	proveWaits,
	result,
	untilAll,
} from './support/paymentWaits';
import { oneRelease } from './support/releases';
import { coreNode } from './support/run';
import { codeOf, publishShop } from './support/shop';

jest.setTimeout(900_000);

describe.each(oneRelease())('waits for payments on the %s n8n', (name) => {
	let host: E2eHost;

	beforeAll(async () => {
		host = await startE2eHost(name);
	});

	afterAll(async () => {
		await host?.close();
	});

	test('a wait holds no worker, and goes on through a kill of n8n and a stop while it looks', async () => {
		const parts = [pay(host, 0, 40_000)];
		// It looks when the minute turns, which n8n is not to be killed in.
		const left = MINUTE - (Date.now() % MINUTE);
		if (left < 30_000) await sleep(left);
		const { id } = await publishShop(host, 'one', 30, coreNode('noOp', 1, {}));
		await untilAll(host, id, 1, 'waiting');
		expect(await countByStatus(host, id, 'running')).toBe(0);
		await host.instance.kill();
		parts.push(pay(host, 0, 60_000, `NGUYENVANA${codeOf(0)}CHUYENTIEN`));
		await host.instance.start();
		await untilAll(host, id, 1, 'running');
		await host.instance.restart();
		await untilAll(host, id, 1, 'success');
		const [execution] = await host.n8n.executions(id);
		expect(outcomeOf(execution)).toEqual(result(0, 'paid', parts));
	});

	// A short form of the one in payment.soak.test.ts.
	test('12 waits for payments share their calls and outlive a restart', async () => {
		await proveWaits(host, 12, 1);
	});
});
