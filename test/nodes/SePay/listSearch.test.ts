import { sePay } from '../../../nodes/shared/sePay/oAuth2Api';
import { addWebhook, byId, chosen, useSePayTester } from './sePay';

const tester = useSePayTester();

describe('Bank Accounts', () => {
	test('lists all accounts by bank, number and label or holder', async () => {
		tester.sandbox.variants.order = 'oldestFirst';
		expect(await tester.list('getBankAccounts')).toEqual([
			{ name: 'Vietcombank 0071000888888 (Cửa hàng chính)', value: '12' },
			{ name: 'BIDV 1200456789 (Hộ kinh doanh)', value: '14' },
			{ name: 'VietinBank 109876543210 (NGUYEN THI LAN)', value: '17' },
			{ name: 'TPBank 04168899001 (Kho Thủ Đức)', value: '19' },
			{ name: 'OCB 0037100012345678 (Học phí)', value: '21' },
			{ name: 'MBBank 0901234567 (Giao hàng)', value: '24' },
			{ name: 'ACB 8888123 (Đã đóng)', value: '27' },
		]);
		expect(tester.sent()).toEqual([
			{ call: 'GET /bank-accounts', query: { page: '1', limit: '100' }, body: undefined },
		]);
	});

	test.each([
		['vietcom', ['12']],
		[' 0901 ', ['24']],
		['KHO thủ', ['19']],
		['nguyen thi lan', ['17']],
		['bank', ['24', '19', '17', '12']],
		['nothing like it', []],
		['', ['27', '24', '21', '19', '17', '14', '12']],
	])('finds "%s" whatever its case', async (text, ids) => {
		expect((await tester.list('getBankAccounts', text)).map(({ value }) => value)).toEqual(ids);
	});

	test.each([{ ids: 'string' }, { meta: 'missing' }, { maxPerPage: 2 }] as const)(
		'gives all of them with %j',
		async (variants) => {
			Object.assign(tester.sandbox.variants, variants);
			const entries = await tester.list('getBankAccounts');
			expect(entries.map(({ value }) => value)).toEqual(['27', '24', '21', '19', '17', '14', '12']);
		},
	);
});

describe('Sub-Accounts', () => {
	test('lists those of the chosen account by number and label or holder', async () => {
		tester.sandbox.variants.order = 'oldestFirst';
		const bankAccountId = byId('14');
		expect(await tester.list('getSubAccounts', undefined, { bankAccountId })).toEqual([
			{ name: '96247HOASEN01 – Quầy 1', value: '27' },
			{ name: '96247HOASEN02 – NGUYEN THI LAN', value: '28' },
		]);
		expect(new Set(tester.calls())).toEqual(new Set(['GET /bank-accounts/14/sub-accounts']));
	});

	test.each([
		['several accounts', { bankAccountIds: chosen('12', '19') }],
		['the several accounts of an update', { updateFields: { bankAccountIds: chosen('12, 19') } }],
	])('lists those of %s', async (_name, parameters) => {
		const entries = await tester.list('getSubAccounts', undefined, parameters as never);
		expect(entries.map(({ value }) => value).sort()).toEqual(['25', '26', '29']);
	});

	test.each([
		['nothing chosen yet', {}],
		['an account not chosen yet', { bankAccountId: { __rl: true, mode: 'list', value: '' } }],
		['no accounts chosen yet', { bankAccountIds: {} }],
		['the whole form of an update', { updateFields: {} }],
	])('lists those of all accounts with %s', async (_name, parameters) => {
		const entries = await tester.list('getSubAccounts', undefined, parameters as never);
		expect(entries.map(({ value }) => value).sort()).toEqual(
			tester.sandbox.data.subAccounts.map(({ id }) => String(id)).sort(),
		);
	});

	test('finds by search text', async () => {
		const entries = await tester.list('getSubAccounts', 'lớp 1b');
		expect(entries.map(({ value }) => value)).toEqual(['32']);
	});

	test.each([{ ids: 'string' }, { subAccountMeta: 'present', maxPerPage: 1 }] as const)(
		'gives all of them with %j',
		async (variants) => {
			Object.assign(tester.sandbox.variants, variants);
			const entries = await tester.list('getSubAccounts', '', { bankAccountId: byId(21) });
			expect(entries.map(({ value }) => value)).toEqual(['33', '32', '31']);
		},
	);
});

describe('Webhooks', () => {
	beforeEach(() => {
		for (let index = 1; index <= 120; index += 1) {
			const webhook_url = `https://shop.example.com/hook/${index}`;
			addWebhook(tester.sandbox, { id: index, name: `Orders ${index}`, webhook_url });
		}
	});

	test('lists all of them by name and address, over all pages', async () => {
		const entries = await tester.list('getWebhooks');
		expect(entries).toHaveLength(120);
		expect(entries[0]).toEqual({
			name: 'Orders 120 (https://shop.example.com/hook/120)',
			value: '120',
		});
		expect(tester.sent().map(({ query }) => query)).toEqual([
			{ page: '1', limit: '100' },
			{ page: '2', limit: '100' },
		]);
	});

	test.each([
		['ORDERS 77', ['77']],
		['/hook/5', ['59', '58', '57', '56', '55', '54', '53', '52', '51', '50', '5']],
	])('finds "%s"', async (text, ids) => {
		expect((await tester.list('getWebhooks', text)).map(({ value }) => value)).toEqual(ids);
	});

	test('no secret is in the list', async () => {
		expect(JSON.stringify(await tester.list('getWebhooks'))).not.toContain('whsec_stored');
	});
});

describe('every list passes the one door of sending', () => {
	const methods = ['getBankAccounts', 'getSubAccounts', 'getWebhooks'];

	test.each([
		['getBankAccounts', 'bank-account:read'],
		['getSubAccounts', 'bank-account:read'],
		['getWebhooks', 'webhook:read'],
	])('%s without its scope says which to tick', async (method, scope) => {
		tester.connect({ scopes: ['profile'] });
		await expect(tester.list(method)).rejects.toMatchObject({
			message: `SePay denied access: The scope ${scope} is missing`,
			description: expect.stringContaining(`Select it under Scopes`),
		});
	});

	test.each(methods)('%s renews an expired token, also where it is told by 403', async (method) => {
		tester.sandbox.variants.expiredToken = 'accessDenied403';
		tester.sandbox.expireAccessTokens();
		await tester.list(method);
		const { requests } = tester.sandbox;
		expect(requests.filter(({ path }) => path === '/oauth/token')).toHaveLength(1);
	});

	test.each(methods)('%s says when the credential must be connected again', async (method) => {
		tester.sandbox.expireAccessTokens();
		tester.sandbox.revokeRefreshTokens();
		await expect(tester.list(method)).rejects.toThrow('needs to be reconnected');
	});

	test.each(methods)('%s says what came when it is no list', async (method) => {
		tester.sandbox.fault({ answer: { status: 200, body: '<html>' } });
		await expect(tester.list(method)).rejects.toThrow(
			/SePay returned a web page instead of a list/,
		);
	});

	test('keeps to the pace', async () => {
		const { calls, perMs } = sePay.rateLimit;
		Object.assign(sePay.rateLimit, { calls: 1, perMs: 60 });
		tester.sandbox.variants.maxPerPage = 2;
		await tester
			.list('getBankAccounts')
			.finally(() => Object.assign(sePay.rateLimit, { calls, perMs }));
		const times = tester.sandbox.requests.map(({ receivedAt }) => receivedAt);
		expect(times).toHaveLength(4);
		expect(times[3] - times[0]).toBeGreaterThanOrEqual(3 * 60 - 15);
	});
});
