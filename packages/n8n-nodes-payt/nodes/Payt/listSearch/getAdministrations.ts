import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { listPage } from './listPage';

/** The administrations that the credential opens, by name. */
export async function getAdministrations(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const request = { url: '/v1/administrations' };
	return await listPage.call(this, request, filter, paginationToken, ({ name, status }) =>
		status === 'active' ? String(name) : `${String(name)} (${String(status)})`,
	);
}
