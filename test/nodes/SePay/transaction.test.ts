import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { simplifiedTransaction } from '../../harness/simplified';
import type { Transaction } from '../../sandbox';
import { answerForms, byId, useSePayTester } from './sePay';

const tester = useSePayTester({ transactions: 220 });
const get = { resource: 'transaction', operation: 'get' };
const getAll = { resource: 'transaction', operation: 'getAll' };
const count = { resource: 'transaction', operation: 'count' };
const all = { ...getAll, returnAll: true };

const transactions = () => [...tester.sandbox.data.transactions].reverse();
const queries = () => tester.sent().map(({ query }) => query);
const dayOf = (row: Transaction) => row.transaction_date.slice(0, 10);
/** What proves that the rows up to this one are the newest, by how many SePay counts from its day on. */
const countedFrom = (row: Transaction) => ({ from_date: dayOf(row), page: '1', limit: '100' });
const zones = ['UTC', 'America/Los_Angeles', 'Asia/Ho_Chi_Minh'];

describe('Get Many', () => {
	test('Simplify gives a small flat object with exactly these keys', async () => {
		tester.sandbox.addTransaction({
			id: 60_001,
			bank_account_id: 14,
			amount_in: 18_067_000,
			accumulated: 1_777_283_273,
			transaction_date: '2026-01-31 23:30:05',
			transaction_content: 'Thanh toán đơn hàng DH123456',
			reference_number: 'FT26031123456',
		});
		const [row] = await tester.rows({ ...getAll, limit: 1 });
		expect(Object.entries(row)).toEqual([
			['id', 60_001],
			['direction', 'in'],
			['amount', 18_067_000],
			['currency', 'VND'],
			['date', '2026-01-31T23:30:05+07:00'],
			['accountNumber', '1200456789'],
			['bank', 'BIDV'],
			['content', 'Thanh toán đơn hàng DH123456'],
			['code', 'DH123456'],
			['reference', 'FT26031123456'],
			['subAccount', '96247HOASEN01'],
			['balance', 1_777_283_273],
		]);
	});

	test('Simplify gives null for what is absent or empty, and the amount of money sent', async () => {
		tester.sandbox.addTransaction({
			amount_out: 55_000,
			code: '',
			reference_number: null,
			sub_account: '',
		});
		const [row] = await tester.rows({ ...getAll, limit: 1 });
		expect(row).toMatchObject({ direction: 'out', amount: 55_000 });
		expect(row).toMatchObject({ code: null, reference: null, subAccount: null });
	});

	test('Return All reads every page and puts out every transaction once', async () => {
		expect(await tester.rows(all)).toEqual(transactions().map(simplifiedTransaction));
		expect(tester.sent()).toEqual(
			['1', '2', '3'].map((page) => ({
				call: 'GET /transactions',
				query: { page, limit: '100' },
				body: undefined,
			})),
		);
	});

	test('without Simplify the rows are as SePay holds them', async () => {
		expect(await tester.rows({ ...all, simplify: false })).toEqual(transactions());
	});

	test('Limit reads no page too many and cuts the last one', async () => {
		expect(await tester.rows({ ...getAll, limit: 150 })).toEqual(
			transactions().slice(0, 150).map(simplifiedTransaction),
		);
		expect(queries()).toEqual([
			{ page: '1', limit: '100' },
			{ page: '2', limit: '100' },
			countedFrom(transactions()[149]),
		]);
		tester.sandbox.clearRequests();
		expect(await tester.rows({ ...getAll, limit: 5 })).toHaveLength(5);
		expect(queries()).toEqual([{ page: '1', limit: '100' }, countedFrom(transactions()[4])]);
		tester.sandbox.clearRequests();
		expect(await tester.rows(getAll)).toHaveLength(50);
		expect(queries()).toEqual([{ page: '1', limit: '100' }, countedFrom(transactions()[49])]);
	});

	test.each(answerForms)('gives the same with %s', async (_name, variants) => {
		Object.assign(tester.sandbox.variants, variants);
		const expected = transactions();
		expect(await tester.rows(all)).toEqual(expected.map(simplifiedTransaction));
		expect(await tester.rows({ ...getAll, limit: 33, simplify: false })).toEqual(
			expected.slice(0, 33),
		);
	});

	test('two items and several outputs each are paired with their item', async () => {
		const { items } = await tester.run(
			{ ...getAll, limit: '={{ $json.limit }}', filters: { transferType: 'in' } },
			{ input: [{ limit: 3 }, { limit: 2 }] },
		);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
			...Array.from({ length: 3 }, () => ({ item: 0 })),
			...Array.from({ length: 2 }, () => ({ item: 1 })),
		]);
	});

	describe('an item that fails leaves the others as they are', () => {
		const parameters = { ...getAll, limit: '={{ $json.limit }}' };
		const input = [
			{ order: 'A', limit: 2 },
			{ order: 'B', limit: -1 },
			{ order: 'C', limit: 1 },
		];
		const good = (length: number, item: number) =>
			transactions()
				.slice(0, length)
				.map((row) => ({ json: simplifiedTransaction(row), pairedItem: { item } }));

		test('with Continue, its error in its place', async () => {
			const { items } = await tester.run(parameters, { input, onError: 'continueRegularOutput' });
			const failed = items.splice(2, 1);
			expect(items).toEqual([...good(2, 0), ...good(1, 2)]);
			expect(failed).toMatchObject([
				{
					json: { error: expect.stringContaining('Limit must be') },
					error: { message: expect.stringContaining('Limit must be') },
					pairedItem: { item: 1 },
				},
			]);
		});

		test('with Continue (using error output), its error there', async () => {
			const { items, errorItems } = await tester.run(parameters, {
				input,
				onError: 'continueErrorOutput',
			});
			expect(items).toEqual([...good(2, 0), ...good(1, 2)]);
			expect(errorItems).toMatchObject([
				{
					json: { error: expect.stringContaining('Limit must be') },
					pairedItem: { item: 1 },
				},
			]);
		});

		test('with Stop Workflow, nothing comes out', async () => {
			const { items, error } = await tester.run(parameters, { input });
			expect([items, error?.message]).toEqual([[], 'Limit must be a whole number of at least 1']);
		});
	});
});

describe('the filters of SePay', () => {
	const sample = () => tester.sandbox.data.transactions[120];
	const cases: Array<
		[string, (row: Transaction) => IDataObject, (row: Transaction) => IDataObject]
	> = [
		[
			'Account Number',
			(row) => ({ accountNumber: row.account_number }),
			(row) => ({ account_number: row.account_number }),
		],
		[
			'Reference Number',
			(row) => ({ referenceNumber: row.reference_number }),
			(row) => ({ reference_number: row.reference_number }),
		],
		['Amount In', (row) => ({ amountIn: row.amount_in }), (row) => ({ amount_in: row.amount_in })],
		[
			'Amount Out',
			(row) => ({ amountOut: row.amount_out }),
			(row) => ({ amount_out: row.amount_out }),
		],
		[
			'Bank Account',
			(row) => ({ bankAccountId: byId(row.bank_account_id) }),
			(row) => ({ bank_account_id: row.bank_account_id }),
		],
		['From Date', (row) => ({ fromDate: dayOf(row) }), (row) => ({ from_date: dayOf(row) })],
		['To Date', (row) => ({ toDate: dayOf(row) }), (row) => ({ to_date: dayOf(row) })],
		[
			'all of them',
			(row) => ({
				accountNumber: row.account_number,
				referenceNumber: row.reference_number,
				amountIn: row.amount_in,
				amountOut: row.amount_out,
				bankAccountId: byId(String(row.bank_account_id)),
				fromDate: `${dayOf(row)}T00:00:00`,
				toDate: `${dayOf(row)}T00:00:00`,
			}),
			(row) => ({
				account_number: row.account_number,
				reference_number: row.reference_number,
				amount_in: row.amount_in,
				amount_out: row.amount_out,
				bank_account_id: row.bank_account_id,
				from_date: dayOf(row),
				to_date: dayOf(row),
			}),
		],
	];

	/** What SePay's filters mean. */
	const matches = (query: IDataObject) => (row: Transaction) =>
		Object.entries(query).every(([name, value]) => {
			if (name === 'from_date') return dayOf(row) >= String(value);
			if (name === 'to_date') return dayOf(row) <= String(value);
			return row[name as keyof Transaction] === value;
		});

	const asText = (query: IDataObject) =>
		Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)]));

	test.each(cases)('%s', async (_name, filtersOf, queryOf) => {
		const filters = filtersOf(sample()) as INodeParameters;
		const query = queryOf(sample());
		const expected = transactions().filter(matches(query));
		expect(expected).toContainEqual(sample());
		expect(await tester.rows({ ...all, filters })).toEqual(expected.map(simplifiedTransaction));
		expect(queries()).toEqual(
			queries().map(({ page }) => ({ ...asText(query), page, limit: '100' })),
		);
		tester.sandbox.clearRequests();
		expect(await tester.rows({ ...count, filters })).toEqual([{ count: expected.length }]);
		expect(queries()).toEqual([{ ...asText(query), page: '1', limit: '1' }]);
	});

	test('stay on every page', async () => {
		tester.sandbox.variants.maxPerPage = 20;
		const expected = transactions().filter((row) => row.bank_account_id === 12);
		const rows = await tester.rows({ ...all, filters: { bankAccountId: byId('12') } });
		expect(rows).toEqual(expected.map(simplifiedTransaction));
		expect(queries().length).toBeGreaterThan(1);
		expect(queries()).toEqual(
			queries().map((_query, index) => ({
				bank_account_id: '12',
				page: String(index + 1),
				limit: '100',
			})),
		);
	});

	test('apply per item when expressions give them', async () => {
		const { items } = await tester.run(
			{ ...all, filters: { amountIn: '={{ $json.amount }}' } },
			{ input: [{ amount: 0 }, { amount: sample().amount_in }] },
		);
		const rows = (item: number) =>
			items.filter(({ pairedItem }) => (pairedItem as { item: number }).item === item);
		expect(rows(0).map(({ json }) => json)).toEqual(
			transactions()
				.filter((row) => row.amount_in === 0)
				.map(simplifiedTransaction),
		);
		expect(rows(1).map(({ json }) => json)).toContainEqual(simplifiedTransaction(sample()));
	});

	test('are left out when they are added but empty', async () => {
		const filters = {
			accountNumber: '',
			referenceNumber: ' ',
			bankAccountId: byId(''),
			fromDate: '',
			toDate: '',
			code: '',
		};
		expect(await tester.rows({ ...getAll, limit: 2, filters })).toHaveLength(2);
		expect(queries()).toEqual([{ page: '1', limit: '100' }, countedFrom(transactions()[1])]);
	});

	test('amounts given as text of digits are taken', async () => {
		await tester.rows({ ...getAll, filters: { amountIn: '={{ "500000" }}' } });
		expect(queries()).toEqual([{ amount_in: '500000', page: '1', limit: '100' }]);
	});
});

describe('days are those of Vietnam', () => {
	const days: Array<[string, string]> = [
		['2026-01-31', '2026-01-31'],
		['2026-01-31T00:00:00', '2026-01-31'],
		['2026-01-31T23:30:00', '2026-01-31'],
		['2026-01-31 23:30:00', '2026-01-31'],
		['2026-01-31T16:59:59Z', '2026-01-31'],
		['2026-01-31T17:00:00Z', '2026-02-01'],
		['2026-01-31T23:30:00Z', '2026-02-01'],
		['2026-01-31T23:30:00.000Z', '2026-02-01'],
		['2026-01-31T23:30:00-08:00', '2026-02-01'],
		['2026-01-31T23:30:00.000+07:00', '2026-01-31'],
		['2026-01-31T23:30:00+0700', '2026-01-31'],
		['2026-02-01T00:30:00+09:00', '2026-01-31'],
		['={{ DateTime.fromISO("2026-01-31T23:30:00Z") }}', '2026-02-01'],
		['={{ DateTime.fromISO("2026-01-31T23:30:00-08:00") }}', '2026-02-01'],
		['={{ DateTime.fromISO("2026-01-31T23:30:00+07:00") }}', '2026-01-31'],
		['={{ DateTime.fromISO("2026-01-31T23:30:00Z").toISO() }}', '2026-02-01'],
		['={{ new Date("2026-01-31T23:30:00Z") }}', '2026-02-01'],
		['={{ $json.picked }}', '2026-01-31'],
	];

	test.each(zones)('with the workflow in %s', async (timezone) => {
		const input = [{ picked: '2026-01-31T23:30:00' }];
		const sent: Record<string, unknown> = {};
		for (const [value] of days) {
			tester.sandbox.clearRequests();
			const filters = { fromDate: value, toDate: value };
			await tester.rows({ ...getAll, limit: 1, filters }, { timezone, input });
			await tester.rows({ ...count, filters: { toDate: value } }, { timezone, input });
			sent[value] = queries();
		}
		const expected = days.map(([value, day]) => [
			value,
			[
				{ from_date: day, to_date: day, page: '1', limit: '100' },
				{ to_date: day, page: '1', limit: '1' },
			],
		]);
		expect(sent).toEqual(Object.fromEntries(expected));
	});

	test.each([
		['UTC', '2026-02-01'],
		['America/Los_Angeles', '2026-02-01'],
		['Asia/Ho_Chi_Minh', '2026-01-31'],
	])('a DateTime of 23:30 in the zone of a workflow in %s is %s', async (timezone, day) => {
		const fromDate = '={{ DateTime.fromISO("2026-01-31T23:30:00") }}';
		await tester.rows({ ...getAll, filters: { fromDate } }, { timezone });
		expect(queries()[0]).toMatchObject({ from_date: day });
	});

	test.each(zones)('the transactions of one day are found from %s', async (timezone) => {
		const at = (id: number, transaction_date: string) =>
			tester.sandbox.addTransaction({ id, transaction_date });
		at(70_001, '2027-01-30 23:59:59');
		at(70_002, '2027-01-31 00:00:00');
		at(70_003, '2027-01-31 23:59:59');
		at(70_004, '2027-02-01 00:00:00');
		const filters = { fromDate: '2027-01-31T00:00:00', toDate: '2027-01-31T00:00:00' };
		const rows = await tester.rows({ ...all, filters }, { timezone });
		expect(rows.map(({ id }) => id)).toEqual([70_003, 70_002]);
	});
});

describe('the filters that SePay does not have', () => {
	const expectedBy = (keep: (row: Transaction) => boolean) =>
		transactions().filter(keep).map(simplifiedTransaction);

	test.each([
		['in', (row: Transaction) => row.amount_in > 0],
		['out', (row: Transaction) => row.amount_out > 0],
	])('Transfer Type %s keeps that direction alone', async (transferType, keep) => {
		const rows = await tester.rows({ ...all, filters: { transferType } });
		expect(rows).toEqual(expectedBy(keep));
		expect(queries()).toEqual(['1', '2', '3'].map((page) => ({ page, limit: '100' })));
	});

	test('Payment Code keeps that code alone, whatever its case', async () => {
		tester.sandbox.addTransaction({ transaction_content: 'mua hang DH7654321' });
		tester.sandbox.addTransaction({ transaction_content: 'mua hang DH76543210' });
		for (const code of ['DH7654321', ' dh7654321 ', 'DH-7654321', 'ĐH 7654321']) {
			expect(await tester.rows({ ...all, filters: { code } })).toEqual(
				expectedBy((row) => row.code === 'DH7654321'),
			);
		}
		expect(JSON.stringify(queries())).not.toMatch(/code/i);
	});

	test('Payment Code reads memos as Payment: Match does', async () => {
		const pay = (transaction_content: string, code: string | null) =>
			tester.sandbox.addTransaction({ transaction_content, code });
		const found = pay('mua hang dh 7654322', null);
		pay('mua hang DH7654322X9', 'DH7654322');
		pay('mua hang DH7654322 va DH7654323', 'DH7654322');
		const rows = await tester.rows({ ...all, filters: { code: 'DH7654322' } });
		expect(rows.map(({ id }) => id)).toEqual([found.id]);
		pay('', 'X-1');
		expect(await tester.rows({ ...all, filters: { code: 'x1' } })).toHaveLength(1);
		expect(await tester.rows({ ...all, filters: { code: '-' } })).toEqual([]);
	});

	test('Account Number is sent without blanks and dashes', async () => {
		await tester.rows({ ...all, filters: { accountNumber: '0071 000-888888' } });
		expect(queries()[0]).toMatchObject({ account_number: '0071000888888' });
	});

	test('both, with filters of SePay', async () => {
		const coded = tester.sandbox.data.transactions.find((row) => row.code !== null)!;
		const filters = { code: coded.code, transferType: 'in', toDate: dayOf(coded) };
		expect(await tester.rows({ ...all, filters })).toEqual(
			expectedBy(
				(row) => row.code === coded.code && row.amount_in > 0 && dayOf(row) <= dayOf(coded),
			),
		);
		expect(await tester.rows({ ...all, filters: { ...filters, transferType: 'out' } })).toEqual([]);
	});

	test('with Limit the node pages on until there are enough', async () => {
		const expected = expectedBy((row) => row.amount_out > 0);
		const before = transactions().findIndex((row) => row.id === expected[24].id);
		const rows = await tester.rows({ ...getAll, limit: 25, filters: { transferType: 'out' } });
		expect(rows).toEqual(expected.slice(0, 25));
		expect(before).toBeGreaterThan(100);
		const pages = Array.from({ length: Math.ceil((before + 1) / 100) }, (_, page) => page + 1);
		expect(queries()).toEqual([
			...pages.map((page) => ({ page: String(page), limit: '100' })),
			countedFrom(transactions()[before]),
		]);
	});

	test('with Limit the node stops at the page that has enough', async () => {
		const rows = await tester.rows({ ...getAll, limit: 3, filters: { transferType: 'in' } });
		const expected = transactions().filter((row) => row.amount_in > 0);
		expect(rows).toEqual(expected.slice(0, 3).map(simplifiedTransaction));
		expect(queries()).toEqual([{ page: '1', limit: '100' }, countedFrom(expected[2])]);
	});

	test('work without meta and with amounts as text', async () => {
		Object.assign(tester.sandbox.variants, { meta: 'missing', amounts: 'decimalText' });
		const rows = await tester.rows({ ...getAll, limit: 1000, filters: { transferType: 'out' } });
		expect(rows).toEqual(expectedBy((row) => row.amount_out > 0));
	});
});

describe('Get', () => {
	const target = () => tester.sandbox.data.transactions[100];

	test('looks the ID up in the list, page by page, and stops where it is', async () => {
		const id = target().id;
		expect(await tester.rows({ ...get, transactionId: String(id) })).toEqual([
			simplifiedTransaction(target()),
		]);
		expect(tester.sent()).toEqual(
			['1', '2'].map((page) => ({
				call: 'GET /transactions',
				query: { page, limit: '100' },
				body: undefined,
			})),
		);
	});

	test('without Simplify gives the row as SePay holds it', async () => {
		const parameters = { ...get, transactionId: `={{ ${target().id} }}`, simplify: false };
		expect(await tester.rows(parameters)).toEqual([target()]);
	});

	test('searches only the given day and account', async () => {
		const { id, bank_account_id } = target();
		const options = { date: dayOf(target()), bankAccountId: byId(bank_account_id) };
		expect(await tester.rows({ ...get, transactionId: String(id), options })).toEqual([
			simplifiedTransaction(target()),
		]);
		expect(queries()).toEqual([
			{
				from_date: dayOf(target()),
				to_date: dayOf(target()),
				bank_account_id: String(bank_account_id),
				page: '1',
				limit: '100',
			},
		]);
	});

	test.each(zones)('takes Date as a day in Vietnam from %s', async (timezone) => {
		const transaction_date = '2027-01-31 23:30:00';
		const row = tester.sandbox.addTransaction({ transaction_date });
		for (const date of ['2027-01-31T00:00:00', '={{ DateTime.fromISO("2027-01-31T16:30:00Z") }}']) {
			const parameters = { ...get, transactionId: String(row.id), options: { date } };
			expect(await tester.rows(parameters, { timezone })).toEqual([simplifiedTransaction(row)]);
		}
		expect(new Set(queries().map(({ from_date }) => from_date))).toEqual(new Set(['2027-01-31']));
	});

	test.each(answerForms)('gives the same with %s', async (_name, variants) => {
		Object.assign(tester.sandbox.variants, variants);
		const options = { maxPages: 20 };
		expect(await tester.rows({ ...get, transactionId: String(target().id), options })).toEqual([
			simplifiedTransaction(target()),
		]);
	});

	test('says in how many it was not found', async () => {
		expect(await tester.failure({ ...get, transactionId: '1' })).toEqual({
			message: 'Transaction 1 was not found in 220 transactions',
			description: 'Check the ID, and Date and Bank Account if they are set.',
		});
		expect(queries()).toHaveLength(3);
	});

	test('says where it was not found', async () => {
		const options = { date: '2020-01-01', bankAccountId: byId('12') };
		expect((await tester.failure({ ...get, transactionId: '1', options })).message).toBe(
			'Transaction 1 was not found in 0 transactions on 2020-01-01 of bank account 12',
		);
	});

	test('reads no more than Max Pages, and then says how to narrow the search', async () => {
		const { description } = await tester.failure({
			...get,
			transactionId: '1',
			options: { maxPages: 2 },
		});
		expect(description).toBe('There may be more. Set Date or Bank Account, or raise Max Pages.');
		expect(queries()).toHaveLength(2);
	});

	test('reads ten pages at the most when Max Pages is not given', async () => {
		tester.sandbox.variants.maxPerPage = 20;
		await tester.failure({ ...get, transactionId: '1' });
		expect(queries()).toHaveLength(10);
	});
});

describe('Count', () => {
	test('reads the total of the list by one row', async () => {
		expect(await tester.rows(count)).toEqual([{ count: 220 }]);
		expect(queries()).toEqual([{ page: '1', limit: '1' }]);
	});

	test.each(answerForms)('gives the same with %s', async (_name, variants) => {
		Object.assign(tester.sandbox.variants, variants);
		expect(await tester.rows(count)).toEqual([{ count: 220 }]);
	});

	test('of nothing is 0', async () => {
		const filters = { toDate: '2020-01-01' };
		expect(await tester.rows({ ...count, filters })).toEqual([{ count: 0 }]);
		tester.sandbox.variants.meta = 'missing';
		expect(await tester.rows({ ...count, filters })).toEqual([{ count: 0 }]);
	});
});
