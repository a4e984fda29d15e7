import { omit } from '../../sandbox/omit';
import { answerForms, byId, expectListed, useSePayTester } from './sePay';

const tester = useSePayTester();
const get = { resource: 'bankAccount', operation: 'get' };
const getAll = { resource: 'bankAccount', operation: 'getAll' };
const getSubAccounts = { resource: 'bankAccount', operation: 'getSubAccounts' };

const account = (id: number) => tester.sandbox.data.bankAccounts.find((row) => row.id === id)!;
const accounts = () => expectListed(tester.sandbox, tester.sandbox.data.bankAccounts);
const subAccounts = (id: number) =>
	expectListed(
		tester.sandbox,
		tester.sandbox.data.subAccounts
			.filter((row) => row.bank_account_id === id)
			.map((row) => omit(row, 'bank_account_id')),
	);

beforeEach(() => {
	tester.sandbox.data.bankAccounts.forEach((row, index) => {
		row.accumulated = 18_067_000 * index;
	});
});

describe('Get', () => {
	test('puts out the account as SePay holds it, the envelope removed', async () => {
		expect(await tester.rows({ ...get, bankAccountId: byId('19') })).toEqual([account(19)]);
		expect(tester.sent()).toEqual([{ call: 'GET /bank-accounts/19', query: {}, body: undefined }]);
	});

	test('takes an ID chosen from the list, a number, and text with blanks', async () => {
		const fromList = { __rl: true, mode: 'list', value: '12' } as never;
		expect(await tester.rows({ ...get, bankAccountId: fromList })).toEqual([account(12)]);
		expect(await tester.rows({ ...get, bankAccountId: byId(14) })).toEqual([account(14)]);
		expect(await tester.rows({ ...get, bankAccountId: byId(' 17 ') })).toEqual([account(17)]);
	});

	test('reads one account per input item, each paired with its item', async () => {
		const { items } = await tester.run(
			{ ...get, bankAccountId: byId('={{ $json.account }}') },
			{ input: [{ account: 27 }, { account: 12 }] },
		);
		expect(items).toEqual([
			{ json: account(27), pairedItem: { item: 0 } },
			{ json: account(12), pairedItem: { item: 1 } },
		]);
	});

	test.each(answerForms)('gives the same with %s', async (_name, variants) => {
		Object.assign(tester.sandbox.variants, variants);
		expect(await tester.rows({ ...get, bankAccountId: byId('27') })).toEqual([account(27)]);
	});

	test('signs in by the Authorization header and sends no body', async () => {
		await tester.rows({ ...get, bankAccountId: byId('19') });
		const [{ headers, rawBody }] = tester.sandbox.requests;
		expect(headers.authorization).toMatch(/^Bearer \S+$/);
		expect(headers.accept).toContain('application/json');
		expect(rawBody).toBe('');
	});
});

describe('Get Many', () => {
	test('Return All gives all accounts in the order of SePay', async () => {
		expect(await tester.rows({ ...getAll, returnAll: true })).toEqual(accounts());
		expect(tester.sent()).toEqual([
			{ call: 'GET /bank-accounts', query: { page: '1', limit: '100' }, body: undefined },
		]);
	});

	test('Return All reads every page', async () => {
		tester.sandbox.variants.maxPerPage = 3;
		expect(await tester.rows({ ...getAll, returnAll: true })).toEqual(accounts());
		expect(tester.sent().map(({ query }) => query.page)).toEqual(['1', '2', '3']);
	});

	test('Limit asks for no more rows than wanted', async () => {
		expect(await tester.rows({ ...getAll, limit: 2 })).toEqual(accounts().slice(0, 2));
		expect(tester.sent().map(({ query }) => query)).toEqual([{ page: '1', limit: '2' }]);
	});

	test.each(answerForms)('gives the same with %s', async (_name, variants) => {
		Object.assign(tester.sandbox.variants, variants);
		expect(await tester.rows({ ...getAll, returnAll: true })).toEqual(accounts());
		expect(await tester.rows({ ...getAll, limit: 3 })).toEqual(accounts().slice(0, 3));
	});

	test('a company without accounts gives no items and no error', async () => {
		tester.sandbox.data.bankAccounts = [];
		expect(await tester.rows({ ...getAll, returnAll: true })).toEqual([]);
	});
});

describe('Get Many Sub-Accounts', () => {
	test('Return All gives the sub-accounts of that account alone', async () => {
		const parameters = { ...getSubAccounts, bankAccountId: byId('21'), returnAll: true };
		expect(await tester.rows(parameters)).toEqual(subAccounts(21));
		expect(new Set(tester.calls())).toEqual(new Set(['GET /bank-accounts/21/sub-accounts']));
	});

	test('Return All reads every page where the list has pages', async () => {
		Object.assign(tester.sandbox.variants, { subAccountMeta: 'present', maxPerPage: 1 });
		const parameters = { ...getSubAccounts, bankAccountId: byId('21'), returnAll: true };
		expect(await tester.rows(parameters)).toEqual(subAccounts(21));
		expect(tester.sent().map(({ query }) => query)).toEqual([
			{ page: '1', limit: '100' },
			{ page: '2', limit: '100' },
			{ page: '3', limit: '100' },
		]);
	});

	test.each(answerForms)('gives the same with %s', async (_name, variants) => {
		Object.assign(tester.sandbox.variants, variants);
		const parameters = { ...getSubAccounts, bankAccountId: byId('21') };
		expect(await tester.rows({ ...parameters, returnAll: true })).toEqual(subAccounts(21));
		expect(await tester.rows({ ...parameters, limit: 2 })).toEqual(subAccounts(21).slice(0, 2));
	});

	test('two items and several outputs each are paired with their item', async () => {
		const { items } = await tester.run(
			{ ...getSubAccounts, bankAccountId: byId('={{ $json.account }}'), returnAll: true },
			{ input: [{ account: 12 }, { account: 21 }] },
		);
		expect(items).toEqual([
			...subAccounts(12).map((json) => ({ json, pairedItem: { item: 0 } })),
			...subAccounts(21).map((json) => ({ json, pairedItem: { item: 1 } })),
		]);
	});
});
