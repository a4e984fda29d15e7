import type { INodeParameters } from 'n8n-workflow';
import { uuidOf } from '../../../sandbox';
import { accountId, byId, byToken, useTokenTester } from './sePayToken';

const tester = useTokenTester({ orderAccounts: true });
const create = byToken('refund', 'create');
const get = byToken('refund', 'get');
const getAll = byToken('refund', 'getAll');
const bankAccountId = byId(accountId({ id: 18 }));

const refunds = () => tester.sandbox.tokenApi.refunds;
const keys = () =>
	tester.sandbox.requests
		.filter(({ path }) => path.endsWith('/refund'))
		.map(({ headers }) => headers['x-idempotency-key']);

/** An order of 500,000 VND that has been paid: how a refund names it, and its transaction. */
async function paidOrder() {
	await tester.rows({ ...byToken('order', 'create'), bankAccountId, amount: 500_000 });
	const order = tester.sandbox.tokenApi.orders.at(-1)!;
	const { id } = tester.sandbox.payVa(order.va[0].va_number);
	tester.sandbox.clearRequests();
	return {
		ofOrder: { ...create, refundOf: 'order', bankAccountId, orderId: byId(order.id) },
		ofTransaction: {
			...create,
			refundOf: 'transaction',
			transactionId: uuidOf('transaction', id),
		},
		orderId: order.id,
	};
}

test('Create sends a part of an order back, then of its transaction what is left', async () => {
	const { ofOrder, ofTransaction, orderId } = await paidOrder();
	const [first] = await tester.rows({ ...ofOrder, amount: 200_000 });
	expect(first).toMatchObject({
		id: refunds()[0].id,
		order_id: orderId,
		refund_amount: 200_000,
		status: 'pending',
	});
	const [rest] = await tester.rows({ ...ofTransaction, refundAll: true });
	expect(rest.refund_amount).toBe(300_000);
	expect(tester.sent().map(({ call, body }) => [call, body])).toEqual([
		[
			`POST /bank-accounts/${accountId({ id: 18 })}/orders/${orderId}/refund`,
			{ refund_amount: 200_000 },
		],
		[`POST /transactions/${ofTransaction.transactionId}/refund`, undefined],
	]);
});

test.each(['root', 'bankAccount'] as const)(
	'Get and Get Many read refunds listed at %s',
	async (place) => {
		tester.sandbox.tokenApi.variants.refundsPath = place;
		const { ofOrder } = await paidOrder();
		for (const amount of [1, 2, 3]) await tester.rows({ ...ofOrder, amount });
		refunds().push({
			...refunds()[0],
			id: uuidOf('transaction', 'elsewhere'),
			bank_account_id: 12,
		});
		const [{ id }] = refunds();
		const [one] = await tester.rows({ ...get, bankAccountId, refundId: id });
		expect(one).toMatchObject({ id, refund_amount: 1, bank_account_id: accountId({ id: 18 }) });
		tester.sandbox.tokenApi.variants.maxPerPage = 2;
		const all = await tester.rows({ ...getAll, bankAccountId, returnAll: true });
		expect(all.map(({ refund_amount }) => refund_amount)).toEqual([3, 2, 1]);
		expect(await tester.rows({ ...getAll, bankAccountId, limit: 2 })).toEqual(all.slice(0, 2));
		const { message } = await tester.failure({
			...get,
			bankAccountId,
			refundId: uuidOf('transaction', 'none'),
		});
		expect(message).toMatch('Not found:');
	},
);

describe('the idempotency key', () => {
	test('is the same when n8n repeats the item, so that nothing is paid twice', async () => {
		const { ofOrder } = await paidOrder();
		tester.sandbox.fault({ method: 'POST', when: 'after', answer: 'cut' });
		const { rows, error } = await tester.run(
			{ ...ofOrder, amount: 200_000 },
			{ retryOnFail: true },
		);
		expect(error).toBeUndefined();
		expect(rows).toMatchObject([{ refund_amount: 200_000 }]);
		expect(keys()).toHaveLength(2);
		expect(new Set(keys()).size).toBe(1);
		expect(refunds()).toHaveLength(1);
	});

	test('is another for each item and each run', async () => {
		const { ofOrder } = await paidOrder();
		for (let run = 0; run < 2; run++) {
			await tester.rows({ ...ofOrder, amount: 1 }, { input: [{}, {}] });
		}
		expect(new Set(keys()).size).toBe(4);
		expect(refunds()).toHaveLength(4);
	});

	test('may be one of your own, and pays once for it in any number of runs', async () => {
		const { ofOrder } = await paidOrder();
		const options = { idempotencyKey: ' refund-77 ' };
		const [first] = await tester.rows({ ...ofOrder, amount: 1000, options });
		expect(await tester.rows({ ...ofOrder, amount: 1000, options })).toEqual([first]);
		expect(keys()).toEqual(['refund-77', 'refund-77']);
		expect(refunds()).toHaveLength(1);
	});

	test.each<[string, INodeParameters, 'sameAnswer' | 'refused']>([
		['another amount', { amount: 2000 }, 'sameAnswer'],
		['the same amount, where SePay refuses that', { amount: 1000 }, 'refused'],
	])('that was used before with %s pays nothing and says so', async (_name, fields, repeated) => {
		tester.sandbox.tokenApi.variants.repeatedRefund = repeated;
		const { ofOrder } = await paidOrder();
		const options = { idempotencyKey: 'refund-77' };
		await tester.rows({ ...ofOrder, amount: 1000, options });
		const { message, description } = await tester.failure({ ...ofOrder, ...fields, options });
		expect(message).toMatch('SePay rejected the request (HTTP 409)');
		expect(description).toMatch(
			/^A refund with this Idempotency Key was already sent, so nothing was paid now\./,
		);
		expect(refunds()).toHaveLength(1);
	});

	test.each(['has blanks', 'x'.repeat(256), 'khoá'])('%s is refused', async (idempotencyKey) => {
		const { ofOrder } = await paidOrder();
		const { message } = await tester.failure({
			...ofOrder,
			amount: 1,
			options: { idempotencyKey },
		});
		expect(message).toMatch('Idempotency Key must be at most 255');
		expect(tester.sent()).toEqual([]);
	});
});

test('a refund is not sent again when the connection breaks, and the way out is told', async () => {
	const { ofOrder } = await paidOrder();
	tester.sandbox.fault({ method: 'POST', when: 'after', answer: 'cut' });
	const { description } = await tester.failure({ ...ofOrder, amount: 1 });
	expect(description).toContain('Check with Get or Get Many before you retry.');
	expect(keys()).toHaveLength(1);
});

test('a refund above what is left is explained, and nothing is paid', async () => {
	const { ofOrder } = await paidOrder();
	await tester.rows({ ...ofOrder, amount: 400_000 });
	const above = await tester.failure({ ...ofOrder, amount: 100_001 });
	expect(above.message).toMatch('refund_amount');
	expect(above.description).toMatch(/^A refund can be up to the amount received/);
	await tester.rows({ ...ofOrder, amount: 100_000 });
	const { description } = await tester.failure({ ...ofOrder, amount: 1 });
	expect(description).toMatch(/^The full amount has already been refunded/);
	expect(refunds().map(({ refund_amount }) => refund_amount)).toEqual([400_000, 100_000]);
});

test('a refund of what was not received, or at another bank, is explained', async () => {
	const { ofTransaction } = await paidOrder();
	const out = tester.sandbox.addTransaction({ bank_account_id: 18, amount_in: 0, amount_out: 5 });
	const elsewhere = tester.sandbox.addTransaction({ bank_account_id: 12, amount_in: 5 });
	const failed = async ({ id }: { id: number }) => {
		const transactionId = uuidOf('transaction', id);
		return await tester.failure({ ...ofTransaction, transactionId, amount: 1 });
	};
	expect((await failed(out)).description).toMatch(/^Only money that was received can be refunded/);
	expect((await failed(elsewhere)).description).toMatch('refunds at VietinBank');
});
