import { setTimeout as sleep } from 'node:timers/promises';
import { itemsOf } from '../../scripts/n8n/client';
import { offerPackages, packPackage } from '../../scripts/n8n/package';
import { waitUntil } from '../../scripts/n8n/waitUntil';
import { buildEarlier } from './support/earlier';
import { startE2eHost, type E2eHost } from './support/n8nHost';
import {
	ledgerWorkflow,
	PUBLIC,
	publishWorkflow,
	startLedger,
	type PaymentLedger,
} from './support/payments';
import { POLL_EVERY_MS, POLL_TIMES } from './support/polling';
import { oneRelease } from './support/releases';
import { coreNode } from './support/run';
import { AMOUNT, codeOf, publishShop } from './support/shop';

jest.setTimeout(600_000);

const PACKAGE = 'n8n-nodes-sepay';

/** What an earlier version of the package has stored in n8n. */
describe.each(oneRelease())('an upgrade of the package on the %s n8n', (name) => {
	let host: E2eHost;
	const env: NodeJS.ProcessEnv = { WEBHOOK_URL: PUBLIC };
	const ledgers: Record<'webhook' | 'polling', PaymentLedger> = {} as never;
	const ids: number[] = [];

	const pay = (count: number) => {
		for (let payment = 0; payment < count; payment++) ids.push(host.sandbox.addTransaction().id);
	};
	/** Waits until both triggers have told every payment, and looks a little longer for repeats. */
	const untilTold = async () => {
		for (const [way, ledger] of Object.entries(ledgers)) {
			const isEvery = () => ids.every((id) => ledger.times(id) > 0);
			await waitUntil(`${way}: every payment is told`, isEvery, 120_000);
		}
		await sleep(POLL_EVERY_MS + 2000);
		for (const ledger of Object.values(ledgers)) {
			expect(ids.filter((id) => ledger.times(id) !== 1)).toEqual([]);
		}
	};

	beforeAll(async () => {
		host = await startE2eHost(name, env, await buildEarlier());
		host.sandbox.hosts.set(PUBLIC, host.instance.url);
		for (const way of ['webhook', 'polling'] as const) ledgers[way] = await startLedger();
	});

	afterAll(async () => {
		for (const ledger of Object.values(ledgers)) ledger.close();
		await host?.close();
	});

	test('doubles and loses no payment, leaves one webhook, and waits go on', async () => {
		const { n8n, sandbox, instance } = host;
		expect(await n8n.installedPackages()).toMatchObject([{ installedVersion: '0.0.9' }]);
		const { hook } = await publishWorkflow(
			host,
			ledgerWorkflow(host, ledgers.webhook, { catchUp: 'onStart' }),
		);
		const polling = ledgerWorkflow(host, ledgers.polling, {
			pollTimes: POLL_TIMES,
		});
		polling.nodes[0].type = `${PACKAGE}.sePayPollingTrigger`;
		const { id: pollingId } = await n8n.saveWorkflow(polling);
		await n8n.publish(pollingId);
		// Payments are to come after the first poll, which takes all that it finds for known.
		await n8n.waitUntilApplied(pollingId);
		const shop = await publishShop(host, 'shop', 30, coreNode('noOp', 1, {}));
		const polls = () =>
			sandbox.requests.filter(({ path }) => path === '/api/v1/transactions').length;
		const before = polls();
		await waitUntil('it has polled', () => polls() > before + 1);
		pay(5);
		await untilTold();
		const memo = codeOf(0);
		sandbox.addTransaction({ transaction_content: memo, amount_in: 40_000 });

		await instance.stop();
		pay(3);
		const packed = await packPackage();
		Object.assign(env, offerPackages([packed], host.release).env);
		await instance.start();
		await n8n.signIn();
		await n8n.updatePackage(PACKAGE);
		expect(await n8n.installedPackages()).toMatchObject([{ installedVersion: packed.version }]);
		await instance.restart();
		await n8n.signIn();
		const isTaken = async () => (await sandbox.deliver(hook.id)).ok;
		await waitUntil('deliveries are taken', isTaken, 120_000);
		await untilTold();
		for (const id of ids) expect(await sandbox.deliver(hook.id, id)).toMatchObject({ ok: true });
		pay(2);
		await untilTold();
		expect(sandbox.data.webhooks.map(({ id }) => id)).toEqual([hook.id]);

		sandbox.addTransaction({ transaction_content: memo, amount_in: AMOUNT - 40_000 });
		// It looks once a minute.
		let states: unknown[] = [];
		const hasEnded = async () => {
			const runs = await n8n.executions(shop.id);
			states = runs.map(({ status }) => status);
			return runs.find(({ status }) => status === 'success');
		};
		const paid = await waitUntil(() => `the wait has ended: ${states.join()}`, hasEnded, 240_000);
		expect(itemsOf(paid, 'After')[0].json).toMatchObject({ verdict: 'paid', code: memo });
	});
});
