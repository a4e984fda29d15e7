import { setTimeout as sleep } from 'node:timers/promises';
import { itemsOf } from '../../../scripts/n8n/client';
import type { Execution } from '../../../scripts/n8n/types';
import { waitUntil } from '../../../scripts/n8n/waitUntil';
import { simplifiedTransaction } from '../../harness/simplified';
import type { Transaction } from '../../sandbox';
import type { E2eHost } from './n8nHost';
import { coreNode } from './run';
import { AMOUNT, codeOf, publishShop, WAIT } from './shop';

export const MINUTE = 60_000;

/** SePay receives money for an order of the shop. */
export const pay = (
	{ sandbox }: E2eHost,
	order: number,
	amount_in: number,
	memo = codeOf(order),
): Transaction => sandbox.addTransaction({ transaction_content: memo, amount_in });

/** What comes out behind the wait for an order. */
export function result(order: number, verdict: string, paid: Transaction[]) {
	const receivedAmount = paid.reduce((sum, { amount_in }) => sum + amount_in, 0);
	return {
		verdict,
		code: codeOf(order),
		expectedAmount: AMOUNT,
		receivedAmount,
		difference: receivedAmount - AMOUNT,
		transactions: paid.map(simplifiedTransaction),
	};
}

/** How many executions of a workflow have the status. */
export async function countByStatus({ n8n }: E2eHost, workflowId: string, status: string) {
	const query = `/executions?status=${status}&limit=250&workflowId=${workflowId}`;
	return (await n8n.api<{ data: Execution[] }>('GET', query)).data.length;
}

/** Waits until so many executions of a workflow have the status; tells how they stand if they never do. */
export async function untilAll(
	host: E2eHost,
	workflowId: string,
	expected: number,
	status: string,
) {
	const count = async (one: string) => await countByStatus(host, workflowId, one);
	const standing = async () => {
		const all = ['running', 'waiting', 'success', 'error', 'crashed'];
		const counts = await Promise.all(all.map(async (one) => `${await count(one)} ${one}`));
		return `${expected} are ${status}, not ${counts.join(', ')}`;
	};
	await waitUntil(standing, async () => (await count(status)) === expected, 400_000);
}

/** What came out behind the wait, once, in the one run of each node. */
export function outcomeOf(execution: Execution) {
	const { runData } = execution.data.resultData;
	expect(Object.keys(runData)).toEqual(['Start', WAIT, 'After']);
	expect(runData[WAIT]).toHaveLength(1);
	const [{ json, pairedItem }] = itemsOf(execution, 'After');
	expect(pairedItem).toEqual({ item: 0 });
	return json;
}

/**
 * Proves that waits for payments share their calls and outlive a restart of n8n, in which four of
 * the orders are paid and all are due.
 * @param minutes that each waits
 * @returns the figures
 */
export async function proveWaits(host: E2eHost, orders: number, minutes: number): Promise<string> {
	const { sandbox, instance, n8n } = host;
	sandbox.data.transactions.length = 0;
	// Nothing goes from SePay's list, so n8n's process would still know the payments of before.
	await instance.restart();
	await n8n.signIn();
	sandbox.clearRequests();
	const { id, order } = await publishShop(host, 'many', minutes, coreNode('noOp', 1, {}));
	for (let number = 1; number < orders; number++) expect(await order(number)).toBe(true);
	await untilAll(host, id, orders, 'waiting');

	await instance.stop();
	const payments = [
		[pay(host, 0, AMOUNT)],
		[pay(host, 1, 40_000), pay(host, 1, 60_000)],
		[pay(host, 2, AMOUNT + 1)],
		[pay(host, 3, AMOUNT - 1)],
	];
	// They are due when n8n starts, and SePay answers while n8n takes them for crashed.
	await sleep(MINUTE - (Date.now() % MINUTE));
	const logged = instance.log.length;
	const isRecovering = () => instance.log.slice(logged).includes('[Recovery]');
	sandbox.fault({
		path: '/api/v1/transactions',
		when: 'after',
		answer: { after: waitUntil('n8n recovers executions', isRecovering, 5 * MINUTE) },
	});
	await instance.start();
	await untilAll(host, id, orders, 'success');

	const ends = (await n8n.executions(id)).map(outcomeOf);
	const verdicts = ['paid', 'paid', 'overpaid', 'underpaid'];
	const expected = Array.from({ length: orders }, (_, number) =>
		result(number, verdicts[number] ?? 'expired', payments[number] ?? []),
	);
	const byCode = (a: Record<string, unknown>, b: Record<string, unknown>) =>
		String(a.code) < String(b.code) ? -1 : 1;
	expect(ends.sort(byCode)).toEqual(expected);
	// Each reads one page, the first after a start all three of them.
	const listings = sandbox.requests.filter(({ path }) => path === '/api/v1/transactions').length;
	expect(listings).toBeLessThan(20);
	return `${orders} executions waited: ${listings} calls`;
}
