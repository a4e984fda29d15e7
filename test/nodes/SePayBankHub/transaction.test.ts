import type { IDataObject } from 'n8n-workflow';
import type { Transaction } from '../../sandbox/bankHub';
import { answerForms, byId, iso, newestFirst, unreadable, useBankHubTester } from './bankHub';

const tester = useBankHubTester({ transactions: 230 });
const node = (operation: string, fields: object = {}) =>
	({ resource: 'transaction', operation, ...fields }) as never;
const transactions = () => tester.hub.data.transactions;

const simple = (row: Transaction): IDataObject => ({
	id: row.transaction_id,
	direction: row.transfer_type,
	amount: row.amount,
	currency: 'VND',
	date: iso(row.transaction_date),
	accountNumber: row.account_number,
	bank: row.brand_name,
	content: row.transaction_content,
	code: row.payment_code,
	reference: row.reference_number,
	subAccount: row.va,
	companyXid: row.company_xid,
	bankAccountXid: row.bank_account_xid,
	delivered: row.webhook_success,
});

describe('Get', () => {
	const get = (transactionId: unknown, fields: object = {}) =>
		node('get', { transactionId, ...fields });

	test.each(answerForms)('gives one transaction, %s', async (_name, variants) => {
		Object.assign(tester.hub.variants, variants);
		const { transaction_id } = transactions()[7];
		expect(await tester.rows(get(transaction_id))).toEqual([simple(transactions()[7])]);
		expect(tester.calls()).toEqual([`GET /transaction/${transaction_id}`]);
	});

	test('money out is out, however SePay says it', async () => {
		const { transaction_id } = tester.hub.addTransaction({ transfer_type: 'out' });
		for (const directions of ['inOut', 'creditDebit'] as const) {
			tester.hub.variants.directions = directions;
			expect(await tester.rows(get(transaction_id))).toMatchObject([{ direction: 'out' }]);
		}
	});

	test('without Simplify gives what SePay sent', async () => {
		Object.assign(tester.hub.variants, {
			amounts: 'text',
			flags: 'text',
			directions: 'creditDebit',
		});
		const { transaction_id, amount } = transactions()[0];
		expect(await tester.rows(get(transaction_id, { simplify: false }))).toMatchObject([
			{ transaction_id, amount: `${amount}.00`, webhook_success: expect.stringMatching(/^[01]$/) },
		]);
	});

	test('takes the ID from another node', async () => {
		const input = transactions()
			.slice(0, 3)
			.map(({ transaction_id }) => ({ id: transaction_id }));
		const { items } = await tester.run(get('={{ $json.id }}'), { input });
		expect(items.map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual(
			input.map(({ id }, item) => [id, { item }]),
		);
	});
});

describe('Get Many', () => {
	const getAll = (fields: object = {}) => node('getAll', fields);
	const all = (filters: object = {}) => getAll({ returnAll: true, filters });

	test.each(answerForms)(
		'Return All gives them all, the newest first, %s',
		async (_name, variants) => {
			Object.assign(tester.hub.variants, variants);
			expect(await tester.rows(all())).toEqual(newestFirst(transactions()).map(simple));
		},
	);

	test('Return All asks for pages of 100', async () => {
		await tester.rows(all());
		expect(tester.sent().map(({ query }) => query)).toEqual(
			['1', '2', '3'].map((page) => ({ page, per_page: '100' })),
		);
	});

	test('Return All gives each row once while new ones come in', async () => {
		tester.hub.latencyMs = 20;
		const before = newestFirst(transactions()).map(({ transaction_id }) => transaction_id);
		tester.hub.variants.maxPerPage = 20;
		// On a slow machine more would come without end than a page holds.
		let left = 200;
		const adding = setInterval(() => left-- > 0 && tester.hub.addTransaction(), 15);
		const rows = await tester.rows(all()).finally(() => clearInterval(adding));
		const ids = rows.map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
		expect(ids).toEqual(expect.arrayContaining(before));
	});

	test('Limit asks for no more than it wants', async () => {
		expect(await tester.rows(getAll({ limit: 3 }))).toEqual(
			newestFirst(transactions()).slice(0, 3).map(simple),
		);
		expect(tester.sent()[0].query).toEqual({ page: '1', per_page: '3' });
	});

	const day = ({ transaction_date }: Transaction) => transaction_date.slice(0, 10);
	const sample = () => transactions()[100];
	type Case = [string, () => IDataObject, () => IDataObject, (row: Transaction) => boolean];
	const cases: Case[] = [
		[
			'Bank',
			() => ({ bank: 'ACB' }),
			() => ({ brand_name: 'ACB' }),
			(row) => row.brand_name === 'ACB',
		],
		[
			'Bank Account',
			() => ({ bankAccountId: byId(sample().bank_account_xid) }),
			() => ({ bank_account_xid: sample().bank_account_xid }),
			(row) => row.bank_account_xid === sample().bank_account_xid,
		],
		[
			'Company',
			() => ({ companyId: byId(sample().company_xid) }),
			() => ({ company_xid: sample().company_xid }),
			(row) => row.company_xid === sample().company_xid,
		],
		[
			'Date',
			() => ({ date: `${day(sample())}T23:30:00+07:00` }),
			() => ({ transaction_date: day(sample()) }),
			(row) => day(row) === day(sample()),
		],
		[
			'Delivered',
			() => ({ delivered: true }),
			() => ({ webhook_success: '1' }),
			(row) => row.webhook_success,
		],
		[
			'Delivered, as text',
			() => ({ delivered: '={{ "false" }}' }),
			() => ({ webhook_success: '0' }),
			(row) => !row.webhook_success,
		],
		[
			'From Date',
			() => ({ startDate: day(sample()) }),
			() => ({ start_transaction_date: day(sample()) }),
			(row) => day(row) >= day(sample()),
		],
		[
			'To Date',
			() => ({ endDate: day(sample()) }),
			() => ({ end_transaction_date: day(sample()) }),
			(row) => day(row) <= day(sample()),
		],
		[
			'Search',
			() => ({ search: sample().account_number }),
			() => ({ q: sample().account_number }),
			(row) => row.account_number === sample().account_number,
		],
		[
			'Transfer Type',
			() => ({ transferType: 'out' }),
			() => ({ transfer_type: 'out' }),
			(row) => row.transfer_type === 'out',
		],
	];

	test.each(cases)('the filter %s', async (_name, filters, query, matches) => {
		const expected = newestFirst(transactions()).filter(matches).map(simple);
		expect(await tester.rows(all(filters() as never))).toEqual(expected);
		expect(expected.length).toBeGreaterThan(0);
		expect(expected.length).toBeLessThan(230);
		expect(tester.sent()[0].query).toEqual({ ...query(), page: '1', per_page: '100' });
	});

	test('all filters together stay on every page', async () => {
		tester.hub.variants.maxPerPage = 1;
		const { bank_account_xid, company_xid, brand_name, transfer_type } = sample();
		for (let index = 0; index < 3; index += 1) {
			tester.hub.addTransaction({
				bank_account_xid,
				transfer_type,
				transaction_date: sample().transaction_date,
				transaction_content: 'DH7654321',
			});
		}
		const rows = await tester.rows(
			all({
				bank: brand_name,
				bankAccountId: byId(bank_account_xid),
				companyId: byId(company_xid),
				date: day(sample()),
				delivered: false,
				startDate: day(sample()),
				endDate: day(sample()),
				search: 'DH7654321',
				transferType: transfer_type,
			}),
		);
		expect(rows).toHaveLength(3);
		expect(tester.sent().map(({ query }) => query)).toEqual(
			['1', '2', '3'].map((page) => ({
				brand_name,
				bank_account_xid,
				company_xid,
				transaction_date: day(sample()),
				webhook_success: '0',
				start_transaction_date: day(sample()),
				end_transaction_date: day(sample()),
				q: 'DH7654321',
				transfer_type,
				page,
				per_page: '100',
			})),
		);
	});
});

describe('Create Test Transaction', () => {
	const account = () => tester.hub.data.bankAccounts[0];
	const createTest = (fields: object = {}) =>
		node('createTest', {
			bankAccountId: byId(account().xid),
			amount: 250_000,
			content: 'DH1042 thanh toan',
			...fields,
		});

	test.each(answerForms)('makes a transfer and reads it back, %s', async (_name, variants) => {
		Object.assign(tester.hub.variants, variants);
		const rows = await tester.rows(createTest());
		const made = transactions().at(-1)!;
		expect(made).toMatchObject({ transfer_type: 'in', amount: 250_000 });
		expect(rows).toEqual([simple(made)]);
		expect(tester.sent()).toEqual([
			{
				call: 'POST /transaction/create',
				query: {},
				body: {
					bank_account_xid: account().xid,
					transfer_type: 'credit',
					amount: 250_000,
					transaction_content: 'DH1042 thanh toan',
				},
			},
			{ call: `GET /transaction/${made.transaction_id}`, query: {}, body: undefined },
		]);
	});

	test('makes a transfer out; an amount given as digits is a number', async () => {
		const rows = await tester.rows(createTest({ transferType: 'debit', amount: '={{ "5000" }}' }));
		expect(rows).toMatchObject([{ direction: 'out', amount: 5000 }]);
	});

	test.each(unreadable)(
		'that was made gives what is known of it, and only that, when it cannot be read back: %s',
		async (_name, answer) => {
			tester.hub.fault({ method: 'GET', answer, times: Infinity });
			const rows = await tester.rows(createTest());
			const { transaction_id, transaction_date, reference_number } = transactions().at(-1)!;
			expect(rows).toEqual([
				{
					id: transaction_id,
					direction: 'in',
					amount: 250_000,
					currency: 'VND',
					date: iso(transaction_date),
					content: 'DH1042 thanh toan',
					reference: reference_number,
					bankAccountXid: account().xid,
				},
			]);
		},
	);

	test.each([
		{ environment: 'production' },
		{ environment: 'custom', baseUrl: 'https://bankhub-api.sepay.vn/' },
		{ environment: 'custom', baseUrl: 'HTTPS://BANKHUB-API.SEPAY.VN/v1' },
	])('is refused with %j before anything is sent', async (fields) => {
		tester.store(fields);
		expect(await tester.failure(createTest())).toEqual({
			message: 'SePay Bank Hub creates no test transactions on Production',
			description:
				'SePay creates test transactions only in its sandbox. Set Environment to Sandbox in the credential.',
		});
		expect(tester.hub.requests).toEqual([]);
	});

	test('says the same when SePay refuses it', async () => {
		tester.hub.environment = 'production';
		expect(await tester.failure(createTest())).toEqual({
			message: 'SePay Bank Hub denied access: API chỉ khả dụng trên môi trường sandbox',
			description:
				'SePay creates test transactions only in its sandbox. Set Environment to Sandbox in the credential.',
		});
	});
});
