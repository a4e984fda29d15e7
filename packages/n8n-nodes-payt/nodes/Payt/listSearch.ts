import {
	NodeOperationError,
	type IDataObject,
	type ILoadOptionsFunctions,
	type INodeListSearchResult,
} from 'n8n-workflow';
import { parseIds } from '../../../../nodes/shared/operations/locators';
import { pageReader } from '../shared/payt';

function inAdministration(context: ILoadOptionsFunctions): IDataObject {
	const [administration_id] = parseIds(context.getCurrentNodeParameters()?.administrationId);
	if (administration_id) return { administration_id };
	throw new NodeOperationError(context.getNode(), 'Choose the Administration first');
}

/**
 * A list behind "From List". Payt cannot search, so pages are read until one has entries whose names
 * contain the filter; the token is the cursor of the next page.
 */
const listSearch = (
	url: string,
	nameOf: (row: IDataObject) => string,
	queryOf: (context: ILoadOptionsFunctions) => IDataObject = () => ({}),
) =>
	async function (
		this: ILoadOptionsFunctions,
		filter?: string,
		paginationToken?: string,
	): Promise<INodeListSearchResult> {
		const cursor = paginationToken === undefined ? {} : { cursor: paginationToken };
		const fetchPage = pageReader.call(this, { url, qs: { ...queryOf(this), ...cursor } });
		const wanted = (filter ?? '').trim().toLowerCase();
		for (let number = 1; ; number++) {
			const { rows, isLast, next } = await fetchPage(number, fetchPage.largest!);
			const results = rows
				.map((row) => ({ name: nameOf(row), value: String(row.id) }))
				.filter(({ name }) => name.toLowerCase().includes(wanted));
			const isEnd = isLast || rows.length === 0;
			if (results.length > 0 || isEnd) {
				return { results, paginationToken: isEnd ? undefined : next };
			}
		}
	};

/** The administrations that the credential opens. */
export const getAdministrations = listSearch('/v1/administrations', ({ name, status }) =>
	status === 'active' ? String(name) : `${String(name)} (${String(status)})`,
);

/** The debtors of the administration chosen in the node. */
export const getDebtors = listSearch(
	'/v1/debtors',
	({ name, debtor_number }) => `${String(name)} (${String(debtor_number)})`,
	inAdministration,
);

/** The invoices of the administration chosen in the node, the newest first. */
export const getInvoices = listSearch(
	'/v1/invoices',
	({ invoice_number, currency_code, total_amount, due_date }) =>
		`${String(invoice_number)}: ${String(currency_code)} ${String(total_amount)}, due ${String(due_date)}`,
	(context) => ({ ...inAdministration(context), order: 'invoice_date_desc' }),
);
