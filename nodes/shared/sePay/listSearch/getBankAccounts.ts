import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { searchResults } from '../../operations/listResults';
import { collectRows } from '../../transport/paging';
import { fieldsOf } from '../../values';
import { pageReader } from '../authentication';

/** The bank accounts that the credential may see, by bank, number and label or holder. */
export async function getBankAccounts(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const accounts = await collectRows(pageReader.call(this, { url: '/bank-accounts' }), Infinity);
	return searchResults(
		accounts.map(({ id, label, account_holder_name, account_number, bank, bank_short_name }) => ({
			name: `${fieldsOf(bank).short_name ?? bank_short_name} ${account_number} (${label || account_holder_name})`,
			value: String(id),
		})),
		filter,
	);
}
