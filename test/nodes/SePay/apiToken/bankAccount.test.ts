import { accountId, byId, byToken, useTokenTester } from './sePayToken';

const tester = useTokenTester();
const get = byToken('bankAccount', 'get');
const getAll = byToken('bankAccount', 'getAll');

const accounts = () => tester.sandbox.data.bankAccounts;
const account = (id: number) => accounts().find((row) => row.id === id)!;

/** A bank account as the API for a token shows it, in the output of the node. */
const shown = (row: ReturnType<typeof account>) =>
	expect.objectContaining({
		id: accountId(row),
		label: row.label,
		account_holder_name: row.account_holder_name,
		account_number: row.account_number,
		accumulated: row.accumulated,
		active: row.active,
		created_at: row.created_at,
		bank_short_name: row.bank.short_name,
		bank_full_name: row.bank.full_name,
		bank_code: row.bank.code,
		bank_bin: row.bank.bin,
	});

beforeEach(() => {
	accounts().forEach((row, index) => {
		row.accumulated = 18_067_000 * index;
	});
});

test('Get puts out the account as SePay holds it, its flag as a boolean', async () => {
	const bankAccountId = byId(accountId(account(19)));
	expect(await tester.rows({ ...get, bankAccountId })).toEqual([shown(account(19))]);
	expect(tester.sent()).toEqual([
		{ call: `GET /bank-accounts/${accountId(account(19))}`, query: {}, body: undefined },
	]);
});

test('Get Many puts out all accounts, over pages', async () => {
	tester.sandbox.tokenApi.variants.maxPerPage = 3;
	const expected = [...accounts()].reverse().map(shown);
	expect(await tester.rows({ ...getAll, returnAll: true })).toEqual(expected);
	expect(tester.sent().map(({ query }) => query)).toEqual(
		tester.sent().map((_call, index) => ({ page: String(index + 1), per_page: '100' })),
	);
	expect(await tester.rows({ ...getAll, limit: 2 })).toEqual(expected.slice(0, 2));
});

const balanceOf = ({ accumulated }: { accumulated: number }) => accumulated;

test.each<[string, object, object, (row: ReturnType<typeof account>) => boolean]>([
	['Active off', { active: false }, { active: '0' }, ({ active }) => !active],
	['Active on', { active: true }, { active: '1' }, ({ active }) => active],
	[
		'Bank',
		{ bank: 'TPBank' },
		{ bank_short_name: 'TPBank' },
		({ bank }) => bank.short_name === 'TPBank',
	],
	[
		'Maximum Balance',
		{ maxBalance: 18_067_000 },
		{ accumulated_max: '18067000' },
		(row) => balanceOf(row) <= 18_067_000,
	],
	[
		'Minimum Balance',
		{ minBalance: '={{ "18067000" }}' },
		{ accumulated_min: '18067000' },
		(row) => balanceOf(row) >= 18_067_000,
	],
	['Search', { search: '0071000888888' }, { q: '0071000888888' }, ({ id }) => id === 12],
	[
		'Last Transaction From and To',
		{ lastTransactionFrom: '2026-01-31', lastTransactionTo: '2026-02-01T00:00:00' },
		{
			last_transaction_from: '2026-01-31 00:00:00',
			last_transaction_to: '2026-02-01 23:59:59',
		},
		({ id }) => id === 12 || id === 14,
	],
])('the filter %s', async (_name, filters, query, keep) => {
	const at = (bank_account_id: number, transaction_date: string) =>
		tester.sandbox.addTransaction({
			bank_account_id,
			transaction_date,
			amount_in: 0,
			amount_out: 1,
		});
	at(12, '2026-01-31 00:00:00');
	at(14, '2026-02-01 23:59:59');
	at(17, '2026-02-02 00:00:00');
	at(19, '2026-01-30 23:59:59');
	const expected = [...accounts()].reverse().filter(keep).map(shown);
	expect(expected).not.toHaveLength(0);
	expect(await tester.rows({ ...getAll, filters } as never)).toEqual(expected);
	expect(tester.sent().map((call) => call.query)).toEqual([
		{ ...query, page: '1', per_page: '50' },
	]);
});

test.each([
	['balanceSort', 'accumulated_sort'],
	['createdSort', 'created_at_sort'],
	['lastTransactionSort', 'last_transaction_sort'],
])('the option %s orders them', async (name, property) => {
	const ids = async (sense: string) =>
		(await tester.rows({ ...getAll, options: { [name]: sense } })).map(({ id }) => id);
	const ascending = await ids('asc');
	expect(tester.sent()[0].query).toMatchObject({ [property]: 'asc' });
	if (name !== 'lastTransactionSort') expect(ascending).toEqual(accounts().map(accountId));
	tester.sandbox.clearRequests();
	await ids('desc');
	expect(tester.sent()[0].query).toMatchObject({ [property]: 'desc' });
});

test('From List shows the accounts by bank, number and label, with their UUIDs', async () => {
	expect(await tester.list('getBankAccounts', 'cửa hàng', get)).toEqual([
		{ name: 'Vietcombank 0071000888888 (Cửa hàng chính)', value: accountId(account(12)) },
	]);
});
