import { pageReader, readObject } from '../shared/eInvoice/api';
import { listSearch } from '../shared/operations/listSearch';
import { parseIds } from '../shared/operations/locators';
import { collectRows } from '../shared/transport/paging';
import { isObject } from '../shared/values';

/** The accounts at providers of invoices, by provider and ID. */
export const getProviderAccounts = listSearch(async function () {
	const fetchPage = pageReader.call(this, { url: '/v1/provider-accounts' });
	const accounts = await collectRows(fetchPage, Infinity);
	return accounts.map(({ id, provider, active }) => ({
		name: `${String(provider)} (${String(id)}${active === false ? ', inactive' : ''})`,
		value: String(id),
	}));
});

/** The templates of the provider account chosen in the node, each with its series. */
export const getTemplates = listSearch(async function () {
	const [id] = parseIds(this.getCurrentNodeParameter('providerAccountId'));
	if (!id) return [];
	const url = `/v1/provider-accounts/${encodeURIComponent(id)}`;
	const { templates } = await readObject.call(this, { url });
	return [templates ?? []]
		.flat()
		.filter(isObject)
		.map(({ template_code, invoice_series, invoice_label }) => ({
			name: String(invoice_label ?? `${String(template_code)} - ${String(invoice_series)}`),
			value: `${String(template_code)}/${String(invoice_series)}`,
		}));
});
