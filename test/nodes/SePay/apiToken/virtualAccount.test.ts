import { uuidOf } from '../../../sandbox';
import { accountId, byId, byToken, useTokenTester } from './sePayToken';

const tester = useTokenTester();
const get = byToken('virtualAccount', 'get');
const getAll = byToken('virtualAccount', 'getAll');
const bankAccountId = byId(accountId({ id: 12 }));

const shown = (id: number) => {
	const row = tester.sandbox.data.subAccounts.find((one) => one.id === id)!;
	return {
		id: uuidOf('va', id),
		va: row.account_number,
		sub_holder_name: row.account_holder_name,
		label: row.label,
		active: row.active,
		official: true,
		static: true,
		bank_account_id: accountId({ id: row.bank_account_id }),
		created_at: row.created_at,
		updated_at: row.created_at,
	};
};

test('Get puts out the virtual account, its flags as booleans', async () => {
	const virtualAccountId = byId(uuidOf('va', 26));
	expect(await tester.rows({ ...get, bankAccountId, virtualAccountId })).toEqual([shown(26)]);
});

test('Get Many puts out those of the account, over pages', async () => {
	tester.sandbox.tokenApi.variants.maxPerPage = 1;
	const rows = await tester.rows({ ...getAll, bankAccountId, returnAll: true });
	expect(rows).toEqual(expect.arrayContaining([shown(25), shown(26)]));
	expect(rows).toHaveLength(2);
	expect(await tester.rows({ ...getAll, bankAccountId, limit: 1 })).toHaveLength(1);
});

test('Get Many has the filters and the order of SePay', async () => {
	tester.sandbox.data.subAccounts[0].active = false;
	tester.sandbox.data.subAccounts[0].created_at = '2025-02-01 08:00:00';
	const filters = { active: false, official: true, search: 'Quận', static: true };
	expect(await tester.rows({ ...getAll, bankAccountId, filters })).toEqual([shown(25)]);
	const [{ query }] = tester.sent();
	expect(query).toEqual({
		active: '0',
		official: '1',
		q: 'Quận',
		static: '1',
		page: '1',
		per_page: '50',
	});
	const options = { createdSort: 'asc' };
	expect(await tester.rows({ ...getAll, bankAccountId, options })).toEqual([shown(25), shown(26)]);
	expect(await tester.rows({ ...getAll, bankAccountId })).toEqual([shown(26), shown(25)]);
});

test('From List shows those of the account chosen before, or asks for it', async () => {
	const chosen = { ...get, bankAccountId };
	expect(await tester.list('getVirtualAccounts', 'quận 3', chosen)).toEqual([
		{ name: 'VCB0011ABC004 – Chi nhánh Quận 3', value: uuidOf('va', 26) },
	]);
	await expect(tester.list('getVirtualAccounts', '', get)).rejects.toThrow(
		'Choose the Bank Account first',
	);
});
