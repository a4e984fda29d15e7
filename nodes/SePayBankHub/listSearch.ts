import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { pageReader } from '../shared/bankHub/api';
import { parseIds } from '../shared/operations/locators';
import { omitEmpty } from '../shared/values';

const PAGE = 100;

/** What is known of the pages shown before and the rows seen on them, as the editor hands it back. */
interface Position {
	page: number;
	seen: number;
	/** The first row of the one before it. */
	first?: unknown;
}

/**
 * A list behind "From List", page by page; SePay searches, and the editor asks for the next page. There
 * is one while fewer rows were shown than SePay counts, and where it does not count or counts too few,
 * until a page is empty or repeats the one before.
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
		const qs = omitEmpty({ q: filter, ...queryOf(this) });
		const { page, seen, first }: Position = JSON.parse(paginationToken ?? '{"page":1,"seen":0}');
		const { rows, total } = await pageReader.call(this, { url, qs })(page, PAGE);
		if (rows.length === 0 || rows[0].xid === first) return { results: [] };
		const next: Position = { page: page + 1, seen: seen + rows.length, first: rows[0].xid };
		return {
			results: rows.map((row) => ({ name: nameOf(row), value: String(row.xid) })),
			paginationToken: next.seen === total ? undefined : JSON.stringify(next),
		};
	};

/** The linked bank accounts of the company chosen in the node, or of all. */
export const getBankAccounts = listSearch(
	'/v1/bank-account',
	({ brand_name, account_number, account_holder_name }) =>
		`${String(brand_name)} ${String(account_number)} (${String(account_holder_name)})`,
	(context) => {
		const parameters = { ...context.getCurrentNodeParameters() };
		const { companyId } = { ...parameters, ...Object(parameters.filters) };
		return { company_xid: parseIds(companyId)[0] };
	},
);

/** The companies of the merchant. */
export const getCompanies = listSearch('/v1/company', ({ full_name, status }) =>
	status === 'Active' ? String(full_name) : `${String(full_name)} (${String(status)})`,
);
