import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { pageReader, readObject } from '../shared/eInvoice/api';
import { searchResults } from '../shared/operations/listResults';
import { parseIds } from '../shared/operations/locators';
import { collectRows } from '../shared/transport/paging';
import { isObject } from '../shared/values';

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

/** The templates of the provider account chosen in the node, each with its series. */
export async function getTemplates(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const [id] = parseIds(this.getCurrentNodeParameter('providerAccountId'));
	if (!id) return { results: [] };
	const url = `/v1/provider-accounts/${encodeURIComponent(id)}`;
	const { templates } = await readObject.call(this, { url });
	return searchResults(
		[templates ?? []]
			.flat()
			.filter(isObject)
			.map(({ template_code, invoice_series, invoice_label }) => ({
				name: String(invoice_label ?? `${String(template_code)} - ${String(invoice_series)}`),
				value: `${String(template_code)}/${String(invoice_series)}`,
			})),
		filter,
	);
}
