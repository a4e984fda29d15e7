import type { INodeParameters, INodePropertyOptions } from 'n8n-workflow';
import { uuidOf } from '../../../sandbox';
import type { Variants } from '../../../sandbox/userApi/variants';
import { nodeType } from '../sePay';
import { accountId, byId, byToken, useTokenTester } from './sePayToken';

const tester = useTokenTester({ transactions: 134, orderAccounts: true });
const at = (id: number) => ({ bankAccountId: byId(accountId({ id })) });
const vietinbank = at(18);

/** Of the orders that are there before each operation the first has been paid, the other has not. */
const named = (index: number) => ({
	...vietinbank,
	orderId: byId(tester.sandbox.tokenApi.orders[index].id),
});
const all = { returnAll: true };

/** Each operation with an API token, by `resource.operation`. */
const operations: Record<string, () => INodeParameters> = {
	'bankAccount.get': () => vietinbank,
	'bankAccount.getAll': () => all,
	'order.addVirtualAccount': () => ({ ...named(1), amount: 200_000 }),
	'order.cancel': () => named(1),
	'order.cancelVirtualAccount': () => ({
		...named(1),
		vaNumber: tester.sandbox.tokenApi.orders[1].va[0].va_number,
	}),
	'order.create': () => ({ ...vietinbank, amount: 500_000 }),
	'order.get': () => named(0),
	'order.getAll': () => ({ ...vietinbank, ...all }),
	'order.getPrefixes': () => at(13),
	'order.getTerminals': () => at(12),
	'refund.create': () => ({ ...named(0), refundOf: 'order', amount: 100_000 }),
	'refund.get': () => ({ ...vietinbank, refundId: tester.sandbox.tokenApi.refunds[0].id }),
	'refund.getAll': () => ({ ...vietinbank, ...all }),
	'transaction.count': () => ({}),
	'transaction.get': () => ({ transactionId: uuidOf('transaction', 49_815) }),
	'transaction.getAll': () => all,
	'virtualAccount.get': () => ({ ...at(12), virtualAccountId: byId(uuidOf('va', 26)) }),
	'virtualAccount.getAll': () => ({ ...at(12), ...all }),
};

const forms: Array<[string, Partial<Variants>]> = [
	['lists without meta', { meta: 'missing', maxPerPage: 20 }],
	['the oldest first', { order: 'oldestFirst' }],
	['lists in no order', { order: 'shuffled', maxPerPage: 20 }],
	['one row a page at most', { maxPerPage: 1 }],
	['one page too few counted', { lastPage: 'oneTooFew', maxPerPage: 20 }],
	['pages counted for the size asked for', { lastPage: 'ofAskedSize', maxPerPage: 50 }],
	['no order, and one page too few', { order: 'shuffled', lastPage: 'oneTooFew', maxPerPage: 2 }],
	['an empty list as null', { emptyList: 'null' }],
	['an empty list as an object', { emptyList: 'object' }],
	['whether a webhook took it', { webhookSuccess: 'flag' }],
	['refunds below their account', { refundsPath: 'bankAccount' }],
];

test('every operation is run under every form of answer', () => {
	const withToken = nodeType.description.properties
		.filter(({ name, displayOptions: { show = {} } = {} }) => {
			return name === 'operation' && show.authentication?.[0] !== 'oAuth2';
		})
		.flatMap(({ displayOptions, options }) =>
			(displayOptions!.show!.resource as string[]).flatMap((resource) =>
				(options as INodePropertyOptions[])
					.filter(({ displayOptions: one }) => one?.show?.authentication?.[0] !== 'oAuth2')
					.map(({ value }) => `${resource}.${String(value)}`),
			),
		);
	const run = withToken.filter((name) => !name.startsWith('payment.'));
	expect(Object.keys(operations).sort()).toEqual(run.sort());
});

/** What is new at each run: IDs, order codes, numbers of virtual accounts, times. */
const NEW = /[0-9a-f-]{36}|"SP[0-9A-F]{10}"|"[A-Z]*\d{9,}[^"]*"|\d{4}-\d\d-\d\d[T ][\d:]{8}/g;
const MAKING = ['order.create', 'order.addVirtualAccount', 'order.cancel', 'refund.create'];

/** What an operation gives; lists other than transactions in one order. */
async function run(name: string): Promise<string[]> {
	const [resource, operation] = name.split('.');
	const rows = await tester.rows({ ...byToken(resource, operation), ...operations[name]() });
	const texts = rows.map((row) => {
		const text = JSON.stringify(row).replace(/"webhookSuccess":\w+/, '');
		return MAKING.includes(name) ? text.replace(NEW, 'new') : text;
	});
	return name === 'transaction.getAll' ? texts : texts.sort();
}

describe.each(Object.keys(operations))('%s', (name) => {
	test.each(forms)('gives the same with %s', async (_name, variants) => {
		const { sandbox } = tester;
		const create = { ...byToken('order', 'create'), ...vietinbank, amount: 500_000 };
		await tester.rows(create);
		await tester.rows(create);
		const { orders, refunds } = sandbox.tokenApi;
		sandbox.payVa(orders[0].va[0].va_number);
		const refund = { ...byToken('refund', 'create'), ...named(0), refundOf: 'order' };
		await tester.rows({ ...refund, amount: 100_000 });
		const before = structuredClone({ orders, refunds });
		const expected = await run(name);
		expect(expected.length).toBeGreaterThan(0);
		orders.splice(0, Infinity, ...before.orders);
		refunds.splice(0, Infinity, ...before.refunds);
		Object.assign(sandbox.tokenApi.variants, variants);
		expect(await run(name)).toEqual(expected);
	});
});
