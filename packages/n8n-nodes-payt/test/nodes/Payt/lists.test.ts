import type { IDataObject } from 'n8n-workflow';
import type { Kind } from '../../sandbox';
import { answerForms, byId, usePaytTester } from './payt';

const tester = usePaytTester();

/** The lists of the node, by resource. */
const LISTS: Array<[resource: string, kind: Kind]> = [
	['administration', 'administrations'],
	['company', 'companies'],
	['contact', 'contacts'],
	['creditCase', 'credit_cases'],
	['debtor', 'debtors'],
	['invoice', 'invoices'],
	['message', 'messages'],
	['note', 'notes'],
	['notification', 'notifications'],
	['orderLine', 'order_lines'],
	['payment', 'payments'],
	['paymentPlan', 'payment_plans'],
	['pspMandate', 'psp_mandates'],
	['pspTransaction', 'psp_transactions'],
	['task', 'tasks'],
	['vatRate', 'vat_rates'],
];

const idsOf = (rows: IDataObject[]) => rows.map(({ id }) => String(id)).sort();

describe.each(LISTS)('%s: Get Many', (resource, kind) => {
	const getAll = (fields: object = {}) => tester.node(resource, 'getAll', fields);

	test.each(answerForms)('Return All gives them all, %s', async (_name, variants) => {
		Object.assign(tester.payt.variants, variants);
		for (let number = 0; number < 3; number += 1) tester.payt.add(kind);
		const rows = await tester.rows(getAll({ returnAll: true }));
		expect(idsOf(rows)).toEqual(idsOf(tester.payt.data[kind] as IDataObject[]));
	});

	test('Limit asks for no more than it wants', async () => {
		expect(await tester.rows(getAll({ limit: 1 }))).toHaveLength(1);
		expect(tester.sent().map(({ query }) => query.per_page)).toEqual(['1']);
	});
});

describe('pages', () => {
	const all = (fields: object = {}) =>
		tester.node('invoice', 'getAll', { returnAll: true, ...fields });

	test.each(answerForms)(
		'are read one after the other, 500 rows each, %s',
		async (_name, variants) => {
			Object.assign(tester.payt.variants, variants);
			for (let number = 0; number < 1_088; number += 1) tester.payt.add('vat_rates');
			const rows = await tester.rows(tester.node('vatRate', 'getAll', { returnAll: true }));
			expect(idsOf(rows)).toEqual(idsOf(tester.payt.data.vat_rates as IDataObject[]));
			const queries = tester.sent().map(({ query }) => query);
			expect(queries.map(({ per_page }) => per_page)).toEqual(queries.map(() => '500'));
			expect(queries.map(({ cursor }) => cursor !== undefined)).toEqual(
				queries.map((_, index) => index > 0),
			);
			expect(queries.length).toBe(
				['emptyPage', 'repeats'].includes(String(variants.listEnd)) ? 4 : 3,
			);
		},
	);

	test('keep their filters', async () => {
		tester.payt.variants.listEnd = 'emptyPage';
		const [invoice] = tester.payt.data.invoices;
		const filters = { ids: invoice.id, paid: false, updatedAfter: '2020-01-31T12:00:00.123456Z' };
		expect(await tester.rows(all({ filters, options: { order: 'due_date_asc' } }))).toHaveLength(1);
		expect(tester.sent()).toHaveLength(2);
		for (const { query } of tester.sent()) {
			expect(query).toMatchObject({
				ids: invoice.id,
				paid: 'false',
				updated_after: '2020-01-31T12:00:00.123456Z',
				order: 'due_date_asc',
				administration_id: invoice.administration_id,
			});
		}
	});

	test('that are not full are followed where they have a cursor', async () => {
		const page = (id: number, cursor: unknown) => ({
			status: 200,
			body: { data: [{ id }], pagination: { cursor } },
		});
		const path = '/v1/invoices';
		for (const answer of [page(1, 7), page(2, 'x'), page(3, 7)])
			tester.payt.fault({ path, answer });
		expect(await tester.rows(all())).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
		expect(tester.sent().map(({ query }) => query.cursor)).toEqual([undefined, '7', 'x']);
	});

	test.each([[{}], [{ pagination: null }]])('end where no cursor comes: %j', async (end) => {
		const answer = { status: 200, body: { data: [{ id: 1 }], ...end } };
		tester.payt.fault({ path: '/v1/invoices', answer });
		expect(await tester.rows(all())).toEqual([{ id: 1 }]);
		expect(tester.sent()).toHaveLength(1);
	});

	test('stop at Limit', async () => {
		tester.payt.variants.listEnd = 'emptyPage';
		for (let number = 0; number < 600; number += 1) tester.payt.add('invoices');
		expect(await tester.rows(tester.node('invoice', 'getAll', { limit: 501 }))).toHaveLength(501);
		expect(tester.sent()).toHaveLength(2);
	});
});

describe('filters', () => {
	test('take IDs and numbers as text, numbers and lists', async () => {
		const filters = { debtorIds: '={{ [1, "2"] }}', invoiceNumbers: ' F1 , F2 ', ids: '={{ 7 }}' };
		await tester.rows(tester.node('invoice', 'getAll', { filters }));
		expect(tester.sent()[0].query).toMatchObject({
			debtor_ids: '1,2',
			invoice_numbers: 'F1,F2',
			ids: '7',
		});
	});

	test('take several values of the service', async () => {
		const filters = { statuses: ['paid', 'refunded'], paymentMethods: ['ideal'] };
		expect(await tester.rows(tester.node('pspTransaction', 'getAll', { filters }))).toHaveLength(3);
		expect(tester.sent()[0].query).toMatchObject({
			statuses: 'paid,refunded',
			payment_methods: 'ideal',
		});
	});

	test('that name nothing do not let all rows pass', async () => {
		const filters = { ids: '={{ [null, undefined] }}' };
		const { message } = await tester.failure(tester.node('invoice', 'getAll', { filters }));
		expect(message).toBe('IDs must be filled in');
		expect(tester.sent()).toEqual([]);
	});

	test('of values that were added and left empty are not sent', async () => {
		await tester.rows(tester.node('pspTransaction', 'getAll', { filters: { statuses: [] } }));
		expect(Object.keys(tester.sent()[0].query).sort()).toEqual(['administration_id', 'per_page']);
	});

	test('that were added and left empty are not sent', async () => {
		await tester.rows(
			tester.node('invoice', 'getAll', { filters: { ids: ' ' }, options: { fields: [] } }),
		);
		expect(Object.keys(tester.sent()[0].query).sort()).toEqual(['administration_id', 'per_page']);
	});
});

describe.each([
	['creditCase', 'credit_cases'],
	['invoice', 'invoices'],
	['payment', 'payments'],
	['paymentPlan', 'payment_plans'],
	['pspMandate', 'psp_mandates'],
] as const)('%s: Get Many Deleted', (resource, kind) => {
	test('gives those deleted within the time', async () => {
		const [{ id }] = tester.payt.data[kind];
		tester.payt.remove(kind, id);
		const list = (fields: object) =>
			tester.node(resource, 'getAllDeleted', { returnAll: true, ...fields });
		const rows = await tester.rows(list({ deletedAfter: '2020-01-01' }));
		expect(rows).toEqual([expect.objectContaining({ id, deleted_at: expect.any(String) })]);
		const filters = { deletedBefore: '2020-01-02' };
		expect(await tester.rows(list({ deletedAfter: '2020-01-01', filters }))).toEqual([]);
	});
});

test('rows are paired with their items, of the administration of each', async () => {
	const [one, two] = tester.payt.data.administrations;
	const { id } = tester.payt.add('debtors', { administration_id: two.id });
	const parameters = tester.node('debtor', 'getAll', {
		administrationId: byId('={{ $json.id }}'),
		limit: 1,
	});
	const { items } = await tester.run(parameters, {
		input: [{ id: two.id }, { id: Number(one.id) }],
	});
	expect(items.map(({ json, pairedItem }) => [json.administration_id, pairedItem])).toEqual([
		[two.id, { item: 0 }],
		[one.id, { item: 1 }],
	]);
	expect(items[0].json.id).toBe(id);
});
