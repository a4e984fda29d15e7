import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { inAdministration, listPage } from './listPage';

/** The debtors of the administration chosen in the node, by name and number. */
export async function getDebtors(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const request = { url: '/v1/debtors', qs: inAdministration(this) };
	return await listPage.call(
		this,
		request,
		filter,
		paginationToken,
		({ name, debtor_number }) => `${String(name)} (${String(debtor_number)})`,
	);
}
