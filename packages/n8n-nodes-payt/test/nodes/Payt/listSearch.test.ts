import { byId, usePaytTester } from './payt';

const tester = usePaytTester();

const inFirst = () => ({ administrationId: byId(tester.payt.data.administrations[0].id) });

test('administrations come by name, with a status that is not active', async () => {
	const { id } = tester.payt.add('administrations', { name: 'Zuid', status: 'implementation' });
	const list = await tester.list('getAdministrations');
	expect(list).toHaveLength(tester.payt.data.administrations.length);
	expect(list).toContainEqual({ name: 'Zuid (implementation)', value: id });
	expect(await tester.list('getAdministrations', ' zUID')).toHaveLength(1);
});

test('debtors come by name and number, of the administration chosen', async () => {
	const [, other] = tester.payt.data.administrations;
	tester.payt.add('debtors', { administration_id: other.id });
	const { id } = tester.payt.add('debtors', { name: 'Bakker', debtor_number: 'X-77' });
	expect(await tester.list('getDebtors', 'x-77', inFirst())).toEqual([
		{ name: 'Bakker (X-77)', value: id },
	]);
	expect(await tester.list('getDebtors', undefined, inFirst())).toHaveLength(6);
});

test('invoices come with what they are about, the newest first', async () => {
	const { id } = tester.payt.add('invoices', {
		invoice_number: 'N-1',
		total_amount: '12.50',
		due_date: '2026-01-31',
	});
	expect(await tester.list('getInvoices', 'n-1', inFirst())).toEqual([
		{ name: 'N-1: EUR 12.50, due 2026-01-31', value: id },
	]);
	expect(tester.sent()[0].query.order).toBe('invoice_date_desc');
});

test('pages are read until one has what is sought', async () => {
	const debtor = (id: number, cursor: number | null) => ({
		status: 200,
		body: { data: [{ id, name: `D${id}`, debtor_number: id }], pagination: { cursor } },
	});
	for (const answer of [debtor(1, 11), debtor(2, 12), debtor(3, null)])
		tester.payt.fault({ answer });
	expect(await tester.list('getDebtors', 'd2', inFirst())).toEqual([
		{ name: 'D2 (2)', value: '2' },
	]);
	expect(tester.sent().map(({ query }) => query.cursor)).toEqual([undefined, '11', '12']);
});

test('without an administration it says that one must be chosen', async () => {
	await expect(tester.list('getDebtors')).rejects.toThrow('Choose the Administration first');
	expect(tester.sent()).toEqual([]);
});
