import type { INodeParameters } from 'n8n-workflow';
import { uuidOf } from '../../../sandbox';
import { accountId, byId, byToken, useSePayToken } from './sePayToken';

const bench = useSePayToken({ orderAccounts: true });
const create = byToken('refund', 'create');
const get = byToken('refund', 'get');
const getAll = byToken('refund', 'getAll');
const bankAccountId = byId(accountId({ id: 18 }));

const refunds = () => bench.sandbox.tokenApi.refunds;
const keys = () =>
	bench.sandbox.requests
		.filter(({ path }) => path.endsWith('/refund'))
		.map(({ headers }) => headers['x-idempotency-key']);

/** An order of 500,000 VND that has been paid: how a refund names it, and its transaction. */
async function paidOrder() {
	await bench.rows({ ...byToken('order', 'create'), bankAccountId, amount: 500_000 });
	const order = bench.sandbox.tokenApi.orders.at(-1)!;
	const { id } = bench.sandbox.payVa(order.va[0].va_number);
	bench.sandbox.clearRequests();
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
	const [first] = await bench.rows({ ...ofOrder, amount: 200_000 });
	expect(first).toMatchObject({
		id: refunds()[0].id,
		order_id: orderId,
		refund_amount: 200_000,
		status: 'pending',
	});
	const [rest] = await bench.rows({ ...ofTransaction, refundAll: true });
	expect(rest.refund_amount).toBe(300_000);
	expect(bench.sent().map(({ call, body }) => [call, body])).toEqual([
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
		bench.sandbox.tokenApi.variants.refundsPath = place;
		const { ofOrder } = await paidOrder();
		for (const amount of [1, 2, 3]) await bench.rows({ ...ofOrder, amount });
		refunds().push({
			...refunds()[0],
			id: uuidOf('transaction', 'elsewhere'),
			bank_account_id: 12,
		});
		const [{ id }] = refunds();
		const [one] = await bench.rows({ ...get, bankAccountId, refundId: id });
		expect(one).toMatchObject({ id, refund_amount: 1, bank_account_id: accountId({ id: 18 }) });
		bench.sandbox.tokenApi.variants.maxPerPage = 2;
		const all = await bench.rows({ ...getAll, bankAccountId, returnAll: true });
		expect(all.map(({ refund_amount }) => refund_amount)).toEqual([3, 2, 1]);
		expect(await bench.rows({ ...getAll, bankAccountId, limit: 2 })).toEqual(all.slice(0, 2));
		const { message } = await bench.failure({
			...get,
			bankAccountId,
			refundId: uuidOf('transaction', 'none'),
		});
		expect(message).toMatch('SePay has nothing at');
	},
);

describe('the idempotency key', () => {
	test('is the same when n8n repeats the item, so that nothing is paid twice', async () => {
		const { ofOrder } = await paidOrder();
		bench.sandbox.fault({ method: 'POST', when: 'after', answer: 'cut' });
		const { rows, error } = await bench.run({ ...ofOrder, amount: 200_000 }, { retryOnFail: true });
		expect(error).toBeUndefined();
		expect(rows).toMatchObject([{ refund_amount: 200_000 }]);
		expect(keys()).toHaveLength(2);
		expect(new Set(keys()).size).toBe(1);
		expect(refunds()).toHaveLength(1);
	});

	test('is another for each item and each run', async () => {
		const { ofOrder } = await paidOrder();
		for (let run = 0; run < 2; run++) {
			await bench.rows({ ...ofOrder, amount: 1 }, { input: [{}, {}] });
		}
		expect(new Set(keys()).size).toBe(4);
		expect(refunds()).toHaveLength(4);
	});

	test('may be one of your own, and pays once for it in any number of runs', async () => {
		const { ofOrder } = await paidOrder();
		const options = { idempotencyKey: ' refund-77 ' };
		const [first] = await bench.rows({ ...ofOrder, amount: 1000, options });
		expect(await bench.rows({ ...ofOrder, amount: 1000, options })).toEqual([first]);
		expect(keys()).toEqual(['refund-77', 'refund-77']);
		expect(refunds()).toHaveLength(1);
	});

	test.each<[string, INodeParameters, 'sameAnswer' | 'refused']>([
		['another amount', { amount: 2000 }, 'sameAnswer'],
		['the same amount, where SePay refuses that', { amount: 1000 }, 'refused'],
	])('that was used before with %s pays nothing and says so', async (_name, fields, repeated) => {
		bench.sandbox.tokenApi.variants.repeatedRefund = repeated;
		const { ofOrder } = await paidOrder();
		const options = { idempotencyKey: 'refund-77' };
		await bench.rows({ ...ofOrder, amount: 1000, options });
		const { message, description } = await bench.failure({ ...ofOrder, ...fields, options });
		expect(message).toMatch('SePay did not accept the request (HTTP 409)');
		expect(description).toMatch(
			/^A refund with this Idempotency Key was sent before: nothing was paid now\./,
		);
		expect(refunds()).toHaveLength(1);
	});

	test.each(['has blanks', 'x'.repeat(256), 'khoá'])('%s is refused', async (idempotencyKey) => {
		const { ofOrder } = await paidOrder();
		const { message } = await bench.failure({
			...ofOrder,
			amount: 1,
			options: { idempotencyKey },
		});
		expect(message).toMatch('Idempotency Key must be at most 255');
		expect(bench.sent()).toEqual([]);
	});
});

test('a refund is not sent again when the connection breaks, and the way out is told', async () => {
	const { ofOrder } = await paidOrder();
	bench.sandbox.fault({ method: 'POST', when: 'after', answer: 'cut' });
	const { description } = await bench.failure({ ...ofOrder, amount: 1 });
	expect(description).toContain('Look with Get or Get Many before you repeat it.');
	expect(keys()).toHaveLength(1);
});

test('a refund above what is left is explained, and nothing is paid', async () => {
	const { ofOrder } = await paidOrder();
	await bench.rows({ ...ofOrder, amount: 400_000 });
	const above = await bench.failure({ ...ofOrder, amount: 100_001 });
	expect(above.message).toMatch('refund_amount');
	expect(above.description).toMatch(/^At most what was received can be sent back/);
	await bench.rows({ ...ofOrder, amount: 100_000 });
	const { description } = await bench.failure({ ...ofOrder, amount: 1 });
	expect(description).toMatch(/^All that was received has been sent back/);
	expect(refunds().map(({ refund_amount }) => refund_amount)).toEqual([400_000, 100_000]);
});

test('a refund of what was not received, or at another bank, is explained', async () => {
	const { ofTransaction } = await paidOrder();
	const out = bench.sandbox.addTransaction({ bank_account_id: 18, amount_in: 0, amount_out: 5 });
	const elsewhere = bench.sandbox.addTransaction({ bank_account_id: 12, amount_in: 5 });
	const failed = async ({ id }: { id: number }) => {
		const transactionId = uuidOf('transaction', id);
		return await bench.failure({ ...ofTransaction, transactionId, amount: 1 });
	};
	expect((await failed(out)).description).toMatch(/^Only what was received can be sent back/);
	expect((await failed(elsewhere)).description).toMatch('refunds at VietinBank');
});
