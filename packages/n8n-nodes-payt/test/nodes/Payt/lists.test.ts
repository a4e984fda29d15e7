import type { IDataObject } from 'n8n-workflow';
import type { Kind } from '../../sandbox';
import { answerForms, byId, usePayt } from './payt';

const bench = usePayt();

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
	const getAll = (fields: object = {}) => bench.node(resource, 'getAll', fields);

	test.each(answerForms)('Return All gives them all, %s', async (_name, variants) => {
		Object.assign(bench.payt.variants, variants);
		for (let number = 0; number < 3; number += 1) bench.payt.add(kind);
		const rows = await bench.rows(getAll({ returnAll: true }));
		expect(idsOf(rows)).toEqual(idsOf(bench.payt.data[kind] as IDataObject[]));
	});
});
