import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { pageReader } from '../../shared/eInvoice/api';
import { searchResults } from '../../shared/operations/listResults';
import { collectRows } from '../../shared/transport/paging';

/** The accounts at providers of invoices, by provider and ID. */
export async function getProviderAccounts(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const accounts = await collectRows(
		pageReader.call(this, { url: '/v1/provider-accounts' }),
		Infinity,
	);
	return searchResults(
		accounts.map(({ id, provider, active }) => ({
			name: `${String(provider)} (${String(id)}${active === false ? ', inactive' : ''})`,
			value: String(id),
		})),
		filter,
	);
}
