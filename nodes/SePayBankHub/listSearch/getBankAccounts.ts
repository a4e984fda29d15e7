import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { parseIds } from '../../shared/operations/locators';
import { listPage } from './listPage';

/** The linked bank accounts of the company chosen in the node, or of all, by bank, number and holder. */
export async function getBankAccounts(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const parameters = { ...this.getCurrentNodeParameters() };
	const { companyId } = { ...parameters, ...Object(parameters.filters) };
	const [company_xid] = parseIds(companyId);
	const request = { url: '/v1/bank-account', qs: { q: filter, company_xid } };
	return await listPage.call(
		this,
		request,
		paginationToken,
		({ brand_name, account_number, account_holder_name }) =>
			`${String(brand_name)} ${String(account_number)} (${String(account_holder_name)})`,
	);
}
