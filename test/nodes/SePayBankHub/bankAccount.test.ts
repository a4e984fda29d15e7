import type { BankAccount } from '../../sandbox/bankHub';
import { answerForms, byId, iso, newestFirst, useBankHubTester } from './bankHub';

const tester = useBankHubTester();
const node = (operation: string, fields: object = {}) =>
	({ resource: 'bankAccount', operation, ...fields }) as never;
const accounts = () => tester.hub.data.bankAccounts;

const simple = (account: BankAccount) => ({
	xid: account.xid,
	companyXid: account.company_xid,
	bank: account.brand_name,
	accountNumber: account.account_number,
	accountHolder: account.account_holder_name,
	balance: account.accumulated,
	connected: account.bank_api_connected,
	active: account.active,
	lastTransaction: iso(account.last_transaction),
	createdAt: iso(account.created_at),
	updatedAt: iso(account.updated_at),
});
const expectListed = (account: BankAccount) => ({
	...simple(account),
	accountType: account.account_type,
});
const whole = (account: BankAccount) => ({
	...simple(account),
	virtualAccounts: account.va_list.map((va) => ({
		xid: va.xid,
		accountNumber: va.sub_account,
		accountHolder: va.sub_holder_name,
		active: va.active,
		createdAt: iso(va.created_at),
		updatedAt: iso(va.updated_at),
	})),
});

beforeEach(() => {
	Object.assign(accounts()[1], { active: false, bank_api_connected: false });
	tester.hub.addTransaction({ transfer_type: 'in', amount: 18_067_000 });
});

describe('Get', () => {
	const get = ({ xid }: BankAccount, fields: object = {}) =>
		node('get', { bankAccountId: byId(xid), ...fields });

	test.each(answerForms)(
		'gives each account without personal data, %s',
		async (_name, variants) => {
			Object.assign(tester.hub.variants, variants);
			expect(accounts().some(({ va_list }) => va_list.length > 0)).toBe(true);
			for (const account of accounts()) {
				const { run, rows } = await tester.run(get(account));
				expect(rows).toEqual([whole(account)]);
				expect(JSON.stringify(run)).not.toContain(account.identification_number);
				expect(JSON.stringify(run)).not.toContain(account.phone_number);
			}
		},
	);

	test('without Simplify gives what SePay sent', async () => {
		const [account] = accounts();
		const [row] = await tester.rows(get(account, { simplify: false }));
		expect(row).toMatchObject({
			xid: account.xid,
			active: '1',
			accumulated: `${account.accumulated}.00`,
			identification_number: account.identification_number,
			phone_number: account.phone_number,
		});
	});
});

describe('Get Many', () => {
	const getAll = (fields: object = {}) => node('getAll', fields);

	test.each(answerForms)('Return All gives them all, %s', async (_name, variants) => {
		Object.assign(tester.hub.variants, variants);
		expect(await tester.rows(getAll({ returnAll: true }))).toEqual(
			newestFirst(accounts()).map(expectListed),
		);
	});

	test('Return All reads page after page of a long list', async () => {
		const [{ company_xid }] = accounts();
		for (let index = 0; index < 245; index += 1) tester.hub.addBankAccount(company_xid);
		expect(await tester.rows(getAll({ returnAll: true }))).toEqual(
			newestFirst(accounts()).map(expectListed),
		);
		expect(tester.sent().map(({ query }) => query)).toEqual(
			['1', '2', '3'].map((page) => ({ page, per_page: '100' })),
		);
	});

	test('Limit asks for no more than it wants', async () => {
		expect(await tester.rows(getAll({ limit: 2 }))).toEqual(
			newestFirst(accounts()).slice(0, 2).map(expectListed),
		);
		expect(tester.sent()[0].query).toEqual({ page: '1', per_page: '2' });
	});

	test('without Simplify gives what SePay sent', async () => {
		const [row] = await tester.rows(getAll({ limit: 1, simplify: false }));
		expect(row).toMatchObject({
			xid: accounts().at(-1)!.xid,
			active: '1',
			accumulated: '500000000.00',
		});
	});

	const [first, second] = [0, 1].map((index) => () => accounts()[index]);
	test.each<[string, () => object, () => object, (account: BankAccount) => boolean]>([
		[
			'Company',
			() => ({ companyId: byId(first().company_xid) }),
			() => ({ company_xid: first().company_xid }),
			({ company_xid }) => company_xid === first().company_xid,
		],
		[
			'Bank Code',
			() => ({ bankCode: 'ACB' }),
			() => ({ bank_id: 'ACB' }),
			(a) => a.brand_name === 'ACB',
		],
		[
			'Search',
			() => ({ search: second().account_number }),
			() => ({ q: second().account_number }),
			({ account_number }) => account_number === second().account_number,
		],
	])('the filter %s', async (_name, filters, query, matches) => {
		const rows = await tester.rows(getAll({ returnAll: true, filters: filters() }));
		expect(rows).toEqual(newestFirst(accounts()).filter(matches).map(expectListed));
		expect(rows.length).toBeGreaterThan(0);
		expect(rows.length).toBeLessThan(6);
		expect(tester.sent()[0].query).toEqual({ ...query(), page: '1', per_page: '100' });
	});
});
