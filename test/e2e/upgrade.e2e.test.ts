import { setTimeout as sleep } from 'node:timers/promises';
import { itemsOf } from '../../scripts/n8n/client';
import { offer, packPackage } from '../../scripts/n8n/package';
import { until } from '../../scripts/n8n/until';
import { buildEarlier } from './support/earlier';
import { PUBLIC, published, startLedger, telling, type Ledger } from './support/payments';
import { oneRelease } from './support/releases';
import { startRig, type Rig } from './support/rig';
import { core } from './support/run';
import { AMOUNT, codeOf, publishShop } from './support/shop';

jest.setTimeout(600_000);

const PACKAGE = 'n8n-nodes-sepay';
const EVERY_TEN_SECONDS = [0, 10, 20, 30, 40, 50].map((second) => ({
	mode: 'custom',
	cronExpression: `${second} * * * * *`,
}));

/** What an earlier version of the package has stored in n8n. */
describe.each(oneRelease())('an upgrade of the package on the %s n8n', (name) => {
	let rig: Rig;
	const env: NodeJS.ProcessEnv = { WEBHOOK_URL: PUBLIC };
	const ledgers: Record<'webhook' | 'polling', Ledger> = {} as never;
	const ids: number[] = [];

	const pay = (count: number) => {
		for (let payment = 0; payment < count; payment++) ids.push(rig.sandbox.addTransaction().id);
	};
	/** Waits until both triggers have told every payment, and looks a little longer for repeats. */
	const untilTold = async () => {
		for (const [way, ledger] of Object.entries(ledgers)) {
			await until(`${way}: every payment is told`, () => ids.every((id) => ledger.times(id) > 0));
		}
		await sleep(12_000);
		for (const ledger of Object.values(ledgers)) {
			expect(ids.filter((id) => ledger.times(id) !== 1)).toEqual([]);
		}
	};

	beforeAll(async () => {
		rig = await startRig(name, env, await buildEarlier());
		rig.sandbox.hosts.set(PUBLIC, rig.instance.url);
		for (const way of ['webhook', 'polling'] as const) ledgers[way] = await startLedger();
	});

	afterAll(async () => {
		for (const ledger of Object.values(ledgers)) ledger.close();
		await rig?.close();
	});

	test('doubles and loses no payment, leaves one webhook, and waits go on', async () => {
		const { n8n, sandbox, instance } = rig;
		expect(await n8n.installedPackages()).toMatchObject([{ installedVersion: '0.0.9' }]);
		const { hook } = await published(rig, telling(rig, ledgers.webhook, { catchUp: 'onStart' }));
		const polling = telling(rig, ledgers.polling, { pollTimes: { item: EVERY_TEN_SECONDS } });
		polling.nodes[0].type = `${PACKAGE}.sePayPollingTrigger`;
		const { id: pollingId } = await n8n.saveWorkflow(polling);
		await n8n.publish(pollingId);
		const shop = await publishShop(rig, 'shop', 30, core('noOp', 1, {}));
		const polls = () =>
			sandbox.requests.filter(({ path }) => path === '/api/v1/transactions').length;
		const before = polls();
		await until('it has polled', () => polls() > before + 1);
		pay(5);
		await untilTold();
		const memo = codeOf(0);
		sandbox.addTransaction({ transaction_content: memo, amount_in: 40_000 });

		await instance.stop();
		pay(3);
		const packed = await packPackage();
		Object.assign(env, offer([packed], rig.release).env);
		await instance.start();
		await n8n.signIn();
		await n8n.updatePackage(PACKAGE);
		expect(await n8n.installedPackages()).toMatchObject([{ installedVersion: packed.version }]);
		await instance.restart();
		await n8n.signIn();
		await until('deliveries are taken', async () => (await sandbox.deliver(hook.id)).ok);
		await untilTold();
		for (const id of ids) expect(await sandbox.deliver(hook.id, id)).toMatchObject({ ok: true });
		pay(2);
		await untilTold();
		expect(sandbox.data.webhooks.map(({ id }) => id)).toEqual([hook.id]);

		sandbox.addTransaction({ transaction_content: memo, amount_in: AMOUNT - 40_000 });
		const paid = await until('the wait has ended', async () =>
			(await n8n.executions(shop.id)).find(({ status }) => status === 'success'),
		);
		expect(itemsOf(paid, 'After')[0].json).toMatchObject({ verdict: 'paid', code: memo });
	});
});
