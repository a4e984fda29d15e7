import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { uuidOf, type Transaction } from '../../../sandbox';
import { accountId, byId, byToken, simplifiedByToken, useTokenTester } from './sePayToken';

const tester = useTokenTester({ transactions: 220 });
const get = byToken('transaction', 'get');
const getAll = byToken('transaction', 'getAll');
const all = { ...getAll, returnAll: true };
const count = byToken('transaction', 'count');

const transactions = () => [...tester.sandbox.data.transactions].reverse();
const queries = () => tester.sent().map(({ query }) => query);
const newestFirst = { transaction_date_sort: 'desc' };
const idOf = ({ id }: Transaction) => uuidOf('transaction', id);
const day = ({ transaction_date }: Transaction) => transaction_date.slice(0, 10);

test('Get Many puts out all transactions as with OAuth2, but for their IDs', async () => {
	expect(await tester.rows(all)).toEqual(transactions().map(simplifiedByToken));
	expect(queries()).toEqual(
		['1', '2', '3'].map((page) => ({ ...newestFirst, page, per_page: '100' })),
	);
});

test('Get Many puts out as many as Limit says, each paired with its item', async () => {
	const { items } = await tester.run({ ...getAll, limit: 2 }, { input: [{}, {}] });
	const [first, second] = transactions().map(simplifiedByToken);
	expect(items).toEqual(
		[0, 1].flatMap((item) => [first, second].map((json) => ({ json, pairedItem: { item } }))),
	);
});

test('Get Many without Simplify puts rows out as SePay sends them', async () => {
	const [row] = await tester.rows({ ...getAll, limit: 1, simplify: false });
	const [expected] = transactions();
	expect(row).toMatchObject({
		id: idOf(expected),
		va: expected.sub_account,
		bank_account_id: accountId({ id: expected.bank_account_id }),
		transfer_type: expected.amount_in > 0 ? 'in' : 'out',
		amount_in: expected.amount_in,
		webhook_success: 0,
	});
});

test('Get reads the one transaction by its UUID', async () => {
	const wanted = transactions()[150];
	const { rows } = await tester.run({ ...get, transactionId: ` ${idOf(wanted)} ` });
	expect(rows).toEqual([simplifiedByToken(wanted)]);
	expect(tester.sent()).toEqual([
		{ call: `GET /transactions/${idOf(wanted)}`, query: {}, body: undefined },
	]);
});

test('Count reads the total of the list by one row', async () => {
	expect(await tester.rows(count)).toEqual([{ count: 220 }]);
	expect(queries()).toEqual([{ page: '1', per_page: '1' }]);
});

/** What asks SePay for the newest first. */
const newest = { transaction_date_sort: 'desc' };

describe('the filters of SePay', () => {
	const isIn = ({ amount_in }: Transaction) => amount_in > 0;
	const sample = () => transactions().find((row) => isIn(row) && row.code && row.sub_account)!;
	const vaOf = ({ sub_account }: Transaction) =>
		tester.sandbox.data.subAccounts.find(({ account_number }) => account_number === sub_account)!;

	const cases: Array<
		[
			name: string,
			filters: (row: Transaction) => IDataObject,
			query: (row: Transaction) => IDataObject,
			keep: (row: Transaction, sample: Transaction) => boolean,
		]
	> = [
		[
			'Bank',
			(row) => ({ bank: row.bank_brand_name }),
			(row) => ({ bank_brand_name: row.bank_brand_name }),
			(row, { bank_brand_name }) => row.bank_brand_name === bank_brand_name,
		],
		[
			'Bank Account',
			(row) => ({ bankAccountId: byId(accountId({ id: row.bank_account_id })) }),
			(row) => ({ bank_account_id: accountId({ id: row.bank_account_id }) }),
			(row, { bank_account_id }) => row.bank_account_id === bank_account_id,
		],
		[
			'Memo Contains',
			() => ({ content: 'thanh to' }),
			() => ({ transaction_content: 'thanh to' }),
			(row) => row.transaction_content.toLowerCase().includes('thanh to'),
		],
		[
			'From Date and To Date',
			(row) => ({ fromDate: day(row), toDate: `${day(row)}T00:00:00` }),
			(row) => ({
				transaction_date_from: `${day(row)} 00:00:00`,
				transaction_date_to: `${day(row)} 23:59:59`,
			}),
			(row, wanted) => day(row) === day(wanted),
		],
		[
			'Smallest and Maximum Amount In',
			(row) => ({ minAmountIn: row.amount_in, maxAmountIn: row.amount_in * 2 }),
			(row) => ({ amount_in_min: row.amount_in, amount_in_max: row.amount_in * 2 }),
			(row, { amount_in }) => row.amount_in >= amount_in && row.amount_in <= amount_in * 2,
		],
		[
			'Smallest and Maximum Amount Out',
			() => ({ minAmountOut: 1, maxAmountOut: 5_000_000 }),
			() => ({ amount_out_min: 1, amount_out_max: 5_000_000 }),
			(row) => row.amount_out >= 1 && row.amount_out <= 5_000_000,
		],
		[
			'Reference Number',
			(row) => ({ referenceNumber: row.reference_number }),
			(row) => ({ reference_number: row.reference_number }),
			(row, { reference_number }) => row.reference_number === reference_number,
		],
		[
			'Search',
			(row) => ({ search: row.code }),
			(row) => ({ q: row.code }),
			(row, { code }) => row.transaction_content.toUpperCase().includes(code!),
		],
		[
			'Since ID',
			(row) => ({ sinceId: idOf(row) }),
			(row) => ({ since_id: idOf(row) }),
			(row, { id }) => row.id > id,
		],
		['Transfer Type in', () => ({ transferType: 'in' }), () => ({ transfer_type: 'in' }), isIn],
		[
			'Transfer Type out',
			() => ({ transferType: 'out' }),
			() => ({ transfer_type: 'out' }),
			(row) => !isIn(row),
		],
		[
			'Virtual Account',
			(row) => ({ virtualAccountId: byId(uuidOf('va', vaOf(row).id)) }),
			(row) => ({ va_id: uuidOf('va', vaOf(row).id) }),
			(row, { sub_account }) => row.sub_account === sub_account,
		],
	];

	const asText = (query: IDataObject) =>
		Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)]));

	test.each(cases)('%s, also to count', async (_name, filtersOf, queryOf, keep) => {
		const wanted = sample();
		const filters = filtersOf(wanted) as INodeParameters;
		const expected = transactions().filter((row) => keep(row, wanted));
		expect(expected).not.toHaveLength(0);
		expect(await tester.rows({ ...all, filters })).toEqual(expected.map(simplifiedByToken));
		const query = asText(queryOf(wanted));
		expect(queries()).toEqual(
			queries().map(({ page }) => ({ ...newestFirst, ...query, page, per_page: '100' })),
		);
		tester.sandbox.clearRequests();
		expect(await tester.rows({ ...count, filters })).toEqual([{ count: expected.length }]);
		expect(queries()).toEqual([{ ...query, page: '1', per_page: '1' }]);
	});

	test('by direction needs no more rows than Limit says', async () => {
		await tester.rows({ ...getAll, limit: 3, filters: { transferType: 'in' } });
		expect(queries()).toEqual([{ ...newest, transfer_type: 'in', page: '1', per_page: '3' }]);
	});

	test.each([
		[true, '1'],
		[false, '0'],
	])('Delivered %s', async (delivered, webhook_success) => {
		const rows = await tester.rows({ ...all, filters: { delivered } });
		expect(rows).toHaveLength(delivered ? 0 : 220);
		expect(queries()[0]).toEqual({ ...newest, webhook_success, page: '1', per_page: '100' });
	});

	test('are left out when they are added but empty', async () => {
		const filters = { bank: '', search: ' ', bankAccountId: byId(''), fromDate: '', sinceId: '' };
		expect(await tester.rows({ ...getAll, limit: 2, filters })).toHaveLength(2);
		expect(queries()).toEqual([{ ...newest, page: '1', per_page: '2' }]);
	});
});

test('Payment Code keeps that code alone, whatever its case', async () => {
	tester.sandbox.addTransaction({ transaction_content: 'mua hang DH7654321' });
	tester.sandbox.addTransaction({ transaction_content: 'mua hang DH76543210' });
	const [row] = transactions().filter(({ code }) => code === 'DH7654321');
	expect(await tester.rows({ ...all, filters: { code: 'dh7654321' } })).toEqual([
		simplifiedByToken(row),
	]);
	expect(JSON.stringify(queries())).not.toMatch(/code/);
});

test.each([
	['amountInSort', 'amount_in_sort', 'amount_in'],
	['amountOutSort', 'amount_out_sort', 'amount_out'],
	['dateSort', 'transaction_date_sort', 'transaction_date'],
] as const)('the option %s orders them', async (name, property, field) => {
	for (const sense of ['asc', 'desc']) {
		tester.sandbox.clearRequests();
		const rows = await tester.rows({ ...all, simplify: false, options: { [name]: sense } });
		const values = rows.map((row) => row[field]!);
		const sorted = [...values].sort((a, b) => (a < b ? -1 : Number(a > b)));
		expect(values).toEqual(sense === 'asc' ? sorted : sorted.reverse());
		expect(queries()[0]).toEqual({ [property]: sense, page: '1', per_page: '100' });
	}
});
