import type { Variants } from '../../sandbox/bankHub';
import { byId, newestFirst, useBankHubTester } from './bankHub';

const tester = useBankHubTester();
const hub = () => tester.hub.data;

describe('Companies', () => {
	test('lists them by name, and status where it is not active', async () => {
		expect(await tester.list('getCompanies')).toEqual(
			newestFirst(hub().companies).map(({ xid, full_name, status }) => ({
				name: status === 'Active' ? full_name : `${full_name} (Pending)`,
				value: xid,
			})),
		);
		expect(tester.sent()).toEqual([
			{ call: 'GET /company', query: { page: '1', per_page: '100' }, body: undefined },
		]);
	});

	test('lets SePay search', async () => {
		const [{ xid, full_name }] = hub().companies;
		expect(await tester.list('getCompanies', full_name.toUpperCase())).toEqual([
			{ name: full_name, value: xid },
		]);
		expect(tester.sent()[0].query).toMatchObject({ q: full_name.toUpperCase() });
	});

	test('asks for the next page when the user has come to the end of one', async () => {
		for (let index = 0; index < 245; index += 1) tester.hub.addCompany();
		const entries = await tester.list('getCompanies', 'TNHH');
		expect(entries.map(({ value }) => value)).toEqual(
			newestFirst(hub().companies).map(({ xid }) => xid),
		);
		expect(tester.sent().map(({ query }) => query)).toEqual(
			['1', '2', '3'].map((page) => ({ q: 'TNHH', page, per_page: '100' })),
		);
	});
});

describe('Bank Accounts', () => {
	test('lists all of them by bank, number and holder', async () => {
		expect(await tester.list('getBankAccounts')).toEqual(
			newestFirst(hub().bankAccounts).map((account) => ({
				name: `${account.brand_name} ${account.account_number} (${account.account_holder_name})`,
				value: account.xid,
			})),
		);
		expect(tester.sent()[0].query).toEqual({ page: '1', per_page: '100' });
	});

	test('lets SePay search', async () => {
		const [{ xid, account_number }] = hub().bankAccounts;
		const entries = await tester.list('getBankAccounts', account_number);
		expect(entries.map(({ value }) => value)).toEqual([xid]);
	});

	test.each([
		['company of a link token', (companyId: never) => ({ companyId })],
		['company in the filters', (companyId: never) => ({ filters: { companyId } })],
	])('lists those of the chosen %s', async (_name, parametersOf) => {
		const [{ company_xid }] = hub().bankAccounts;
		const entries = await tester.list(
			'getBankAccounts',
			'',
			parametersOf(byId(company_xid)) as never,
		);
		const own = hub().bankAccounts.filter((account) => account.company_xid === company_xid);
		expect(entries.map(({ value }) => value)).toEqual(newestFirst(own).map(({ xid }) => xid));
		expect(own.length).toBeLessThan(6);
	});

	test('lists all of them while no company is chosen', async () => {
		const companyId = { __rl: true, mode: 'list', value: '' } as never;
		expect(await tester.list('getBankAccounts', '', { companyId })).toHaveLength(6);
	});

	test('shows no personal data', async () => {
		const shown = JSON.stringify(await tester.list('getBankAccounts'));
		for (const { identification_number, phone_number } of hub().bankAccounts) {
			expect(shown).not.toContain(identification_number);
			expect(shown).not.toContain(phone_number);
		}
	});
});

describe.each<Partial<Variants>>([
	{},
	{ meta: 'missing' },
	{ pageCount: 'oneTooFew' },
	{ pageCount: 'ofAskedSize' },
])('%j', (variants) => {
	test.each([100, 99, 7])(
		'lists all of 130, each once, with %i rows a page',
		async (maxPerPage) => {
			Object.assign(tester.hub.variants, variants, { maxPerPage });
			const [{ company_xid }] = hub().bankAccounts;
			while (hub().companies.length < 130) tester.hub.addCompany();
			while (hub().bankAccounts.length < 130) tester.hub.addBankAccount(company_xid);
			for (const [method, rows] of [
				['getCompanies', hub().companies],
				['getBankAccounts', hub().bankAccounts],
			] as const) {
				const entries = await tester.list(method);
				const xids = (rows as Array<{ xid: string }>).map(({ xid }) => xid);
				expect(entries.map(({ value }) => value)).toEqual(newestFirst(xids));
			}
		},
	);
});

test('a list that comes whole, whatever page is asked for, is shown once', async () => {
	const data = hub().companies.map(({ xid, full_name, status }) => ({ xid, full_name, status }));
	tester.hub.fault({ times: Infinity, answer: { status: 200, body: { data } } });
	expect(await tester.list('getCompanies')).toHaveLength(data.length);
});

test.each(['getCompanies', 'getBankAccounts'])(
	'%s says what came when it is no list',
	async (method) => {
		tester.hub.fault({ answer: { status: 200, body: '<html>' } });
		await expect(tester.list(method)).rejects.toThrow(
			'SePay Bank Hub returned a web page instead of a list of objects under "data"',
		);
	},
);
