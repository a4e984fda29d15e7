import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { searchResults } from '../../operations/listResults';
import { parseIds } from '../../operations/locators';
import { collectRows } from '../../transport/paging';
import { pageReader } from '../oAuth2Api';

/** The sub-accounts (VAs) of the bank accounts chosen in the node, or of all when none is. */
export async function getSubAccounts(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const parameters = { ...this.getCurrentNodeParameters() };
	const { bankAccountId, bankAccountIds } = { ...parameters, ...Object(parameters.updateFields) };
	let accounts = parseIds([bankAccountId, bankAccountIds].flat());
	if (accounts.length === 0) {
		const all = await collectRows(pageReader.call(this, { url: '/bank-accounts' }), Infinity);
		accounts = all.map(({ id }) => String(id));
	}
	const lists = await Promise.all(
		accounts.map(async (id) => {
			const url = `/bank-accounts/${encodeURIComponent(id)}/sub-accounts`;
			return await collectRows(pageReader.call(this, { url }), Infinity);
		}),
	);
	return searchResults(
		lists.flat().map(({ id, account_number, label, account_holder_name }) => ({
			name: [account_number, label ?? account_holder_name].filter(Boolean).join(' – '),
			value: String(id),
		})),
		filter,
	);
}
