import { pageReader } from '../../shared/eInvoice/api';
import { listSearch } from '../../shared/operations/listSearch';
import { collectRows } from '../../shared/transport/paging';

/** The accounts at providers of invoices, by provider and ID. */
export const getProviderAccounts = listSearch(async function () {
	const fetchPage = pageReader.call(this, { url: '/v1/provider-accounts' });
	const accounts = await collectRows(fetchPage, Infinity);
	return accounts.map(({ id, provider, active }) => ({
		name: `${String(provider)} (${String(id)}${active === false ? ', inactive' : ''})`,
		value: String(id),
	}));
});
