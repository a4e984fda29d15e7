import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Workflow, WorkflowDefinition } from '../../../scripts/n8n/types';
import { waitUntil } from '../../../scripts/n8n/waitUntil';
import type { Delivery } from '../../sandbox';
import { Random } from '../../sandbox/random';
import type { E2eHost } from './n8nHost';
import {
	ledgerWorkflow,
	PUBLIC,
	publishWorkflow,
	settled,
	unpublishWorkflow,
	type PaymentLedger,
} from './payments';

/** Another address of n8n as SePay knows it. */
export const MOVED = 'https://automation.example.com';

/** Of a delivery that was answered as SePay waits for. */
export function expectTaken({ status, answer }: Delivery): void {
	expect([status, answer]).toEqual([201, '{"success":true}']);
}

/** Unpublishes a workflow and deletes it. */
export async function removeWorkflow(host: E2eHost, { id }: Workflow): Promise<void> {
	await unpublishWorkflow(host, id);
	await host.n8n.deleteWorkflow(id);
}

/** The payments that were told, test sends left out, each as often as it was. */
const toldBy = ({ received }: PaymentLedger) =>
	received.map(({ id }) => id).filter((id) => id !== 0);

/** Proves that payments that are each delivered twice, eight at a time, are each told once. */
export async function proveManyPayments(
	host: E2eHost,
	ledger: PaymentLedger,
	total: number,
): Promise<string> {
	ledger.received.length = 0;
	const definition = ledgerWorkflow(host, ledger, { catchUp: 'off' });
	const { workflow, hook } = await publishWorkflow(host, definition);
	const ids = Array.from({ length: total }, (_, index) => 1_000_000 + index);
	const queue = ids.flatMap((id) => [id, id]);
	const took: number[] = [];
	const start = Date.now();
	const worker = async () => {
		for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
			const at = performance.now();
			expectTaken(await host.sandbox.deliver(hook.id, { id }));
			took.push(performance.now() - at);
		}
	};
	await Promise.all(Array.from({ length: 8 }, worker));
	const seconds = (Date.now() - start) / 1000;
	await waitUntil('all are told', () => new Set(toldBy(ledger)).size === total, 600_000);
	await settled(host, workflow);
	expect(toldBy(ledger).sort()).toEqual(ids);
	await removeWorkflow(host, workflow);
	took.sort((a, b) => a - b);
	const at = (part: number) => Math.round(took[Math.floor(took.length * part)]);
	return `${took.length} deliveries in ${seconds.toFixed(1)} s; answers p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`;
}

/** Proves that payments of two hours in which n8n is down are each told once when it is back. */
export async function proveDowntime(
	host: E2eHost,
	ledger: PaymentLedger,
	payments: number,
): Promise<void> {
	const { sandbox, instance, n8n } = host;
	ledger.received.length = 0;
	const definition = ledgerWorkflow(host, ledger, { catchUp: 'onStart' });
	const { workflow, hook } = await publishWorkflow(host, definition);
	const pay = () => sandbox.addTransaction().id;
	const early = pay();
	await waitUntil('the first is told', () => ledger.times(early) === 1);
	await instance.stop();
	const missed = Array.from({ length: payments }, pay);
	for (let minute = 0; minute < 60; minute++) {
		await sandbox.idle();
		sandbox.clock.advance(2 * 60_000);
		await sleep(1);
	}
	await sandbox.idle();
	expect(
		sandbox.deliveries.filter(({ transactionId }) => transactionId === missed[0]),
	).toHaveLength(8);
	await instance.start();
	await n8n.signIn();
	await waitUntil('all are told', () => missed.every((id) => ledger.times(id) > 0), 120_000);
	// SePay's replay by hand of some of them, and another start.
	for (const id of missed.slice(0, 5)) expectTaken(await sandbox.deliver(hook.id, id));
	await settled(host, workflow);
	const lastByTrigger = async () =>
		(await n8n.executions(workflow.id)).find(({ mode }) => mode === 'trigger')!.id;
	const before = await lastByTrigger();
	await instance.restart();
	await n8n.signIn();
	const isLive = async () => (await sandbox.deliver(hook.id)).ok;
	await waitUntil('the webhook is live', isLive, 120_000);
	// The run that asks n8n's store for those of the look-back, and those that a wrong answer would start.
	const isAsked = async () => (await lastByTrigger()) !== before;
	await waitUntil('it has caught up once more', isAsked, 120_000);
	await settled(host, workflow);
	expect(toldBy(ledger).sort()).toEqual([early, ...missed].sort());
	await removeWorkflow(host, workflow);
}

/**
 * Proves that no order of publishing, changing, copying and deleting workflows, and of moving n8n
 * to another address, leaves a second webhook or an orphan, or touches a webhook of a person.
 * @param env of the host's n8n, with `WEBHOOK_URL`
 * @param movesAt whether n8n moves in a cycle; the other cycles are random
 */
export async function proveWebhooks(
	host: E2eHost,
	ledger: PaymentLedger,
	env: NodeJS.ProcessEnv,
	cycles: number,
	movesAt: (cycle: number) => boolean,
): Promise<void> {
	const { n8n, sandbox, instance } = host;
	const hooks = sandbox.data.webhooks;
	const random = new Random(7);
	const known = new Map<string, { definition: WorkflowDefinition; isLive: boolean }>();
	const expected = () => [...known.values()].filter(({ isLive }) => isLive).length;
	const person = { id: 1, webhook_url: 'https://shop.example.com/hook', name: 'By a person' };
	hooks.push(structuredClone(person) as never);
	const save = async (definition: WorkflowDefinition) => {
		const { id } = await n8n.saveWorkflow(definition);
		known.set(id, { definition, isLive: false });
	};
	await save(ledgerWorkflow(host, ledger, { catchUp: 'off' }));
	for (let cycle = 0; cycle < cycles; cycle++) {
		const ids = [...known.keys()];
		const id = random.pick(ids);
		const it = known.get(id)!;
		const what = movesAt(cycle)
			? 'move'
			: random.pick(['publish', 'publish', 'unpublish', 'change', 'copy', 'delete']);
		if (what === 'publish') {
			await n8n.publish(id);
			it.isLive = true;
		} else if (what === 'unpublish' && it.isLive) {
			await n8n.unpublish(id);
			it.isLive = false;
		} else if (what === 'change') {
			it.definition.nodes[0].parameters.eventType = random.pick(['In_only', 'All']);
			await n8n.saveWorkflow(it.definition, id);
			if (it.isLive) await n8n.publish(id);
		} else if (what === 'copy' && ids.length < 4) {
			const copy = structuredClone(it.definition);
			copy.nodes[0].webhookId = randomUUID();
			await save(copy);
		} else if (what === 'delete' && ids.length > 1) {
			if (it.isLive) await n8n.unpublish(id);
			await n8n.deleteWorkflow(id);
			known.delete(id);
		} else if (what === 'move') {
			env.WEBHOOK_URL = env.WEBHOOK_URL === PUBLIC ? MOVED : PUBLIC;
			await instance.restart();
			await n8n.signIn();
			const haveMoved = () =>
				hooks.slice(1).every(({ webhook_url }) => webhook_url.startsWith(env.WEBHOOK_URL!));
			await waitUntil('all have moved', haveMoved, 120_000);
		}
		// n8n answers first and works afterwards; a changed version goes and comes.
		await n8n.waitUntilApplied(id, 120_000);
		let steady = 0;
		await waitUntil(`cycle ${cycle} (${what}) settles`, () => {
			const addresses = hooks.map(({ webhook_url }) => webhook_url);
			expect(new Set(addresses).size).toBe(addresses.length);
			steady = addresses.length === expected() + 1 ? steady + 1 : 0;
			return steady > 20;
		});
		expect(hooks[0]).toEqual(person);
	}
	for (const [id, { isLive }] of known) if (isLive) await n8n.unpublish(id);
	await waitUntil('none is left', () => hooks.length === 1);
	hooks.length = 0;
}
