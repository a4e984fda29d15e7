import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { listPage } from './listPage';

/** The companies of the merchant, by name. */
export async function getCompanies(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const request = { url: '/v1/company', qs: { q: filter } };
	return await listPage.call(this, request, paginationToken, ({ full_name, status }) =>
		status === 'Active' ? String(full_name) : `${String(full_name)} (${String(status)})`,
	);
}
