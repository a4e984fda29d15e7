import type { IAllExecuteFunctions, IDataObject } from 'n8n-workflow';
import { collectRows } from '../transport/paging';
import { pageReader } from './oAuth2Api';

/** The sub-accounts (VAs) of the bank accounts with these IDs, or of all when there are none. */
export async function readSubAccounts(
	this: IAllExecuteFunctions,
	bankAccountIds: string[],
): Promise<IDataObject[]> {
	const read = async (url: string) => await collectRows(pageReader.call(this, { url }), Infinity);
	const chosen = bankAccountIds.map((id) => ({ id }));
	const accounts = chosen.length > 0 ? chosen : await read('/bank-accounts');
	const lists = accounts.map(
		async ({ id }) => await read(`/bank-accounts/${encodeURIComponent(String(id))}/sub-accounts`),
	);
	return (await Promise.all(lists)).flat();
}
