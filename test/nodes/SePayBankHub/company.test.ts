import type { IDataObject } from 'n8n-workflow';
import type { Company } from '../../sandbox/bankHub';
import { answerForms, byId, iso, newestFirst, unreadable, useBankHubTester } from './bankHub';

const tester = useBankHubTester();
const node = (operation: string, fields: object = {}) =>
	({ resource: 'company', operation, ...fields }) as never;
const companies = () => tester.hub.data.companies;

const simple = ({ xid, full_name, status, created_at, updated_at }: Company): IDataObject => ({
	xid,
	fullName: full_name,
	status,
	active: status === 'Active',
	createdAt: iso(created_at),
	updatedAt: iso(updated_at),
});

const whole = (company: Company): IDataObject => {
	const { configuration } = company;
	return {
		...simple(company),
		paymentCode: configuration.payment_code === 'on',
		paymentCodePrefix: configuration.payment_code_prefix,
		paymentCodeSuffixFrom: configuration.payment_code_suffix_from,
		paymentCodeSuffixTo: configuration.payment_code_suffix_to,
		paymentCodeCharacters: configuration.payment_code_suffix_character_type,
		transactionAllowance: configuration.transaction_amount,
		dataStorageTime: configuration.data_storage_time,
	};
};

describe('Create', () => {
	const create = (fields: object = {}) => node('create', { fullName: 'Hoa Sen', ...fields });

	test('adds an active company and gives its ID', async () => {
		const rows = await tester.rows(create());
		const created = companies().at(-1)!;
		expect(created).toMatchObject({ full_name: 'Hoa Sen', status: 'Active', short_name: null });
		expect(rows).toEqual([{ xid: created.xid, full_name: 'Hoa Sen' }]);
		expect(tester.sent()).toEqual([
			{ call: 'POST /company/create', query: {}, body: { full_name: 'Hoa Sen', status: 'Active' } },
		]);
	});

	test('sends status and short name, without the blanks around the name', async () => {
		const fields = { fullName: ' Hoa Sen ', status: 'Pending' };
		await tester.rows(create({ ...fields, additionalFields: { shortName: 'HS' } }));
		expect(companies().at(-1)).toMatchObject({
			full_name: 'Hoa Sen',
			status: 'Pending',
			short_name: 'HS',
		});
	});

	test.each(answerForms)('gives the same with %s', async (_name, variants) => {
		Object.assign(tester.hub.variants, variants);
		expect(await tester.rows(create())).toEqual([
			{ xid: companies().at(-1)!.xid, full_name: 'Hoa Sen' },
		]);
	});

	test('adds one company for each item', async () => {
		const input = ['A', 'B', 'C'].map((name) => ({ name }));
		const { items } = await tester.run(create({ fullName: '={{ $json.name }}' }), { input });
		expect(items.map(({ json, pairedItem }) => [json.full_name, pairedItem])).toEqual([
			['A', { item: 0 }],
			['B', { item: 1 }],
			['C', { item: 2 }],
		]);
	});

	test('is not sent again when its answer is lost, and says how to look', async () => {
		tester.hub.fault({ method: 'POST', when: 'after', answer: 'cut' });
		const { message, description } = await tester.failure(create());
		expect(message).toBe('The connection to SePay Bank Hub was lost before it responded');
		expect(description).toContain('may still have processed it');
		expect(companies()).toHaveLength(6);
	});

	test('a name that is taken is refused with the words of SePay', async () => {
		const { message } = await tester.failure(create({ fullName: companies()[0].full_name }));
		expect(message).toBe(
			'SePay Bank Hub rejected the request (HTTP 400): full_name đã tồn tại; full_name: đã tồn tại',
		);
	});
});

describe('Get', () => {
	const get = (company: Company, fields: object = {}) =>
		node('get', { companyId: byId(company.xid), ...fields });

	test.each(answerForms)(
		'gives the company with its configuration, %s',
		async (_name, variants) => {
			Object.assign(tester.hub.variants, variants);
			companies()[1].configuration.transaction_amount = 500;
			companies()[1].configuration.payment_code = 'off';
			expect(await tester.rows(get(companies()[0]))).toEqual([whole(companies()[0])]);
			expect(await tester.rows(get(companies()[1]))).toEqual([whole(companies()[1])]);
		},
	);

	test('without Simplify gives what SePay sent', async () => {
		const { xid, full_name, configuration } = companies()[2];
		expect(await tester.rows(get(companies()[2], { simplify: false }))).toEqual([
			expect.objectContaining({ xid, full_name, status: 'Pending', active: '0', configuration }),
		]);
	});

	test('takes the ID from another node, with blanks around it', async () => {
		const [{ xid }] = companies();
		const companyId = byId('={{ $json.xid }}');
		const input = [{ xid: ` ${xid}\n` }];
		await tester.rows(node('get', { companyId }), { input });
		expect(tester.calls()).toEqual([`GET /company/${xid}`]);
	});
});

describe('Get Many', () => {
	const getAll = (fields: object = {}) => node('getAll', fields);
	const all = getAll({ returnAll: true });

	test.each(answerForms)('Return All gives them all, %s', async (_name, variants) => {
		Object.assign(tester.hub.variants, variants);
		expect(await tester.rows(all)).toEqual(newestFirst(companies()).map(simple));
	});

	test('Return All reads page after page of a long list', async () => {
		for (let index = 0; index < 245; index += 1) tester.hub.addCompany();
		expect(await tester.rows(all)).toEqual(newestFirst(companies()).map(simple));
		expect(tester.sent()).toEqual(
			['1', '2', '3'].map((page) => ({
				call: 'GET /company',
				query: { page, per_page: '100' },
				body: undefined,
			})),
		);
	});

	test('Limit asks for no more than it wants', async () => {
		expect(await tester.rows(getAll({ limit: 2 }))).toHaveLength(2);
		expect(tester.sent().map(({ query }) => query)).toEqual([{ page: '1', per_page: '2' }]);
	});

	test('pairs every row with its item', async () => {
		const input = [{ limit: 1 }, { limit: 2 }];
		const { items } = await tester.run(getAll({ limit: '={{ $json.limit }}' }), { input });
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 1 },
		]);
	});

	test('without Simplify gives what SePay sent', async () => {
		const [row] = await tester.rows(getAll({ limit: 1, simplify: false }));
		const { xid, full_name, status, created_at, updated_at } = companies()[4];
		expect(row).toEqual({ xid, full_name, status, active: '1', created_at, updated_at });
	});

	test('the filters stay on every page', async () => {
		tester.hub.variants.maxPerPage = 2;
		const filters = { search: 'TNHH', status: 'Active' };
		const rows = await tester.rows(getAll({ returnAll: true, filters, options: { sort: 'asc' } }));
		expect(rows).toEqual(
			companies()
				.filter(({ status }) => status === 'Active')
				.map(simple),
		);
		expect(tester.sent().map(({ query }) => query)).toEqual(
			['1', '2'].map((page) => ({
				q: 'TNHH',
				status: 'Active',
				'sort[created_at]': 'asc',
				page,
				per_page: '100',
			})),
		);
	});

	test('filters that were added and left empty are not sent', async () => {
		await tester.rows(getAll({ filters: { search: ' ' } }));
		expect(tester.sent()[0].query).toEqual({ page: '1', per_page: '50' });
	});
});

describe('Update', () => {
	const update = (updateFields: object, fields: object = {}) =>
		node('update', { companyId: byId(companies()[0].xid), updateFields, ...fields });
	const fields = {
		fullName: 'Sen Hồng',
		shortName: 'SH',
		status: 'Suspended',
		paymentCode: false,
		paymentCodePrefix: 'PAY',
		paymentCodeSuffixFrom: 4,
		paymentCodeSuffixTo: 10,
		paymentCodeCharacters: 'NumberAndLetter',
		transactionAllowance: '500',
	};

	test.each(answerForms)(
		'changes every field and reads the company back, %s',
		async (_name, variants) => {
			Object.assign(tester.hub.variants, variants);
			const [{ xid }] = companies();
			const rows = await tester.rows(update(fields));
			expect(tester.sent()).toEqual([
				{
					call: `POST /company/edit/${xid}`,
					query: {},
					body: {
						full_name: 'Sen Hồng',
						short_name: 'SH',
						status: 'Suspended',
						payment_code: 'off',
						payment_code_prefix: 'PAY',
						payment_code_suffix_from: 4,
						payment_code_suffix_to: 10,
						payment_code_suffix_character_type: 'NumberAndLetter',
						transaction_amount: 500,
					},
				},
				{ call: `GET /company/${xid}`, query: {}, body: undefined },
			]);
			expect(companies()[0]).toMatchObject({ full_name: 'Sen Hồng', status: 'Suspended' });
			expect(rows).toEqual([whole(companies()[0])]);
		},
	);

	test('sends only what is given', async () => {
		const before = structuredClone(companies()[0]);
		await tester.rows(update({ transactionAllowance: 'Unlimited', shortName: '' }));
		expect(tester.sent()[0].body).toEqual({ transaction_amount: 'Unlimited' });
		expect(companies()[0]).toEqual({ ...before, updated_at: companies()[0].updated_at });
	});

	test('flags and numbers given as text by an expression are sent as such', async () => {
		const given = { paymentCode: '={{ "false" }}', paymentCodeSuffixTo: '={{ "9" }}' };
		await tester.rows(update(given));
		expect(tester.sent()[0].body).toEqual({ payment_code: 'off', payment_code_suffix_to: 9 });
	});

	test.each(unreadable)(
		'that was carried out gives what is known of it, and only that, when it cannot be read back: %s',
		async (_name, answer) => {
			const [{ xid }] = companies();
			tester.hub.fault({ method: 'GET', answer, times: Infinity });
			const given = { fullName: 'New', shortName: 'N', status: 'Pending', paymentCode: false };
			expect(await tester.rows(update(given))).toEqual([
				{ xid, fullName: 'New', status: 'Pending', paymentCode: false },
			]);
			expect(await tester.rows(update({ transactionAllowance: 7 }))).toEqual([
				{ xid, transactionAllowance: 7 },
			]);
			expect(await tester.rows(update({ transactionAllowance: 8 }, { simplify: false }))).toEqual([
				{ xid, configuration: { transaction_amount: 8 } },
			]);
			expect(companies()[0]).toMatchObject({ full_name: 'New', short_name: 'N' });
		},
	);
});

describe('Get Transaction Counts', () => {
	const counts = (fields: object = {}) =>
		node('getCounts', { companyId: byId(companies()[0].xid), ...fields });
	const none = { transaction: 0, transaction_in: 0, transaction_out: 0 };

	beforeEach(() => {
		const [{ xid: bank_account_xid }] = tester.hub.data.bankAccounts;
		const add = (day: string, transfer_type: 'in' | 'out') =>
			tester.hub.addTransaction({
				bank_account_xid,
				transfer_type,
				transaction_date: `${day} 09:00:00`,
			});
		add('2026-01-30', 'in');
		add('2026-01-31', 'in');
		add('2026-01-31', 'out');
	});
	const first = { date: '2026-01-30', transaction: 1, transaction_in: 1, transaction_out: 0 };
	const second = { date: '2026-01-31', transaction: 2, transaction_in: 1, transaction_out: 1 };

	test('gives all days and the sums', async () => {
		const total = { transaction: 3, transaction_in: 2, transaction_out: 1 };
		expect(await tester.rows(counts())).toEqual([{ dates: [first, second], total }]);
		expect(tester.sent()[0].query).toEqual({});
	});

	test('of one day, which is that of Vietnam', async () => {
		const { date, ...total } = first;
		const filters = { date: '2026-01-30T16:59:59Z' };
		expect(await tester.rows(counts({ filters }))).toEqual([{ dates: [first], total }]);
		expect(tester.sent()[0].query).toEqual({ date });
	});

	test('of a day without transfers are zero', async () => {
		const filters = { date: '2020-01-01' };
		expect(await tester.rows(counts({ filters }))).toEqual([{ dates: [], total: none }]);
	});
});
