import { setTimeout as sleep } from 'node:timers/promises';
import type { Execution } from '../../../scripts/n8n/types';
import { waitUntil } from '../../../scripts/n8n/waitUntil';
import type { Random } from '../../sandbox/random';
import type { E2eHost } from './n8nHost';
import { executionsOf, ledgerWorkflow, publishWorkflow, type PaymentLedger } from './payments';

const MINUTE = 60_000;
/** Longer than SePay goes on with the retries of one delivery. */
const RETRY_MINUTES = 34;

/** The payments that an execution was started with. */
function paymentsOf({ data }: Execution): number[] {
	const { executionData } = data as unknown as {
		executionData: {
			nodeExecutionStack: Array<{ data: { main: Array<Array<{ json: { id: number } }>> } }>;
		};
	};
	return executionData.nodeExecutionStack.flatMap(({ data: { main } }) =>
		main[0].map(({ json }) => json.id),
	);
}

/**
 * Starts n8n again as a service manager does: 2.41.1 ends while it recovers an execution that was
 * cut before its start was noted, and succeeds when it is started once more.
 */
async function startAgain({ instance }: E2eHost): Promise<void> {
	await instance.start().catch(async () => await instance.start());
}

/** Payments arrive, n8n is killed at random moments, also while it starts, and SePay retries. */
async function payThroughCrashes(
	host: E2eHost,
	webhookId: number,
	kills: number,
	random: Random,
): Promise<number[]> {
	const { sandbox, instance } = host;
	const paid: number[] = [];
	const pay = async (most: number) => {
		for (let left = random.integer(1, most); left > 0; left--) {
			paid.push(sandbox.addTransaction().id);
			await sleep(random.pick([0, 0, 0, 50, 200]));
		}
	};
	const isLive = async () =>
		await waitUntil(
			'deliveries are taken',
			async () => (await sandbox.deliver(webhookId)).ok,
			60_000,
		);
	for (let kill = 0; kill < kills; kill++) {
		const paying = pay(15);
		// Every third one meets payments that are stored and have not begun, for which n8n takes 40 ms.
		await sleep(kill % 3 === 2 ? random.integer(20, 120) : random.integer(30, 700));
		await instance.kill();
		await paying;
		if (kill % 2 === 1) {
			const start = instance.start().catch(() => undefined);
			await sleep(random.integer(500, 6000));
			await instance.kill();
			await start;
		}
		const arriving = pay(4);
		await startAgain(host);
		await arriving;
		// Otherwise most kills would meet an n8n that has not published its workflows again.
		if (random.chance(0.8)) await isLive();
		sandbox.clock.advance(MINUTE);
		// Time to catch up, now and then.
		await sleep(random.pick([0, 0, 0, 2000, 5000]));
	}
	await isLive();
	for (let minute = 0; minute < RETRY_MINUTES; minute++) {
		await sandbox.idle();
		sandbox.clock.advance(MINUTE);
		await sleep(20);
	}
	await sandbox.idle();
	return paid;
}

/**
 * Proves that no payment is lost and none passed on twice: each is told once; or its run was cut,
 * stands in n8n's list as crashed, and tells it when it is repeated. Repeating all that were cut
 * makes no second run tell a payment.
 *
 * @returns the figures
 */
export async function proveExactlyOnce(
	host: E2eHost,
	ledger: PaymentLedger,
	kills: number,
	random: Random,
): Promise<string> {
	const { sandbox, n8n } = host;
	const { workflow, hook } = await publishWorkflow(
		host,
		ledgerWorkflow(host, ledger, { catchUp: 'onStart' }),
	);
	ledger.delayMs = () => random.integer(0, 400);
	const paid = await payThroughCrashes(host, hook.id, kills, random);
	await n8n.signIn();
	let standing = '';
	/** Those cut, once there is nothing under way and every payment is told or has one. */
	const settled = async () => {
		const executions = await executionsOf(host, workflow.id);
		// Those that are new are no runs: 2.30.0 leaves what was cut before it began so for ever.
		const cut = executions.filter(({ status }) => !['success', 'new'].includes(status));
		const found = [...cut.flatMap(paymentsOf), ...ledger.received.map(({ id }) => id)];
		const missing = paid.filter((id) => !found.includes(id));
		const open = cut.filter(({ status }) => status !== 'crashed');
		standing = `missing ${missing.join()}; open ${open.map(({ id, status }) => `${id} ${status}`).join()}`;
		return !(missing.length + open.length) && cut;
	};
	// Payments that SePay was not to repeat come by catching up, which takes its time: an n8n that was
	// killed while it published the workflow rests for two minutes before it does so again.
	const cut = await waitUntil(
		() => `every payment is told or crashed: ${standing}`,
		settled,
		240_000,
	);
	expect(paid.filter((id) => ledger.times(id) > 1)).toEqual([]);
	const untold = paid.filter((id) => ledger.times(id) === 0);

	/** By execution, the one that it repeats. */
	const origin = new Map<string, string>();
	const tellers = (id: number) => {
		const found = ledger.received.filter((told) => told.id === id);
		return new Set(found.map(({ execution }) => origin.get(execution) ?? execution));
	};
	const overtaken = cut.filter((one) =>
		paymentsOf(one).some((id) => {
			return paid.includes(id) && tellers(id).size > 0 && !tellers(id).has(one.id);
		}),
	);
	for (const { id } of cut) {
		const body = { loadWorkflow: false };
		const repeated = await n8n.rest<Execution>('POST', `/executions/${id}/retry`, body);
		expect(repeated.status).toBe('success');
		origin.set(repeated.id, id);
	}
	expect(paid.filter((id) => tellers(id).size !== 1)).toEqual([]);
	expect(untold.filter((id) => ledger.times(id) !== 1)).toEqual([]);
	const failed = sandbox.deliveries.filter(({ ok }) => !ok);
	return [
		`${kills} kills, ${paid.length} payments`,
		`${sandbox.deliveries.length} deliveries, ${failed.length} of them not taken`,
		`${failed.filter(({ status }) => status === 200).length} answered by n8n itself while it started`,
		`${cut.length} runs cut, ${overtaken.length} of them for payments that another run told`,
		`${untold.length} payments told only when their runs were repeated`,
	].join('; ');
}
