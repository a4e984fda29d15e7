import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { inAdministration, listPage } from './listPage';

/** The invoices of the administration chosen in the node, the newest first, by number and amount. */
export async function getInvoices(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const qs = { ...inAdministration(this), order: 'invoice_date_desc' };
	return await listPage.call(
		this,
		{ url: '/v1/invoices', qs },
		filter,
		paginationToken,
		({ invoice_number, currency_code, total_amount, due_date }) =>
			`${String(invoice_number)}: ${String(currency_code)} ${String(total_amount)}, due ${String(due_date)}`,
	);
}
