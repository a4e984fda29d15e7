import { NodeOperationError, type IDataObject, type INodeListSearchItems } from 'n8n-workflow';
import { listSearch } from '../../shared/operations/listSearch';
import { parseIds } from '../../shared/operations/locators';
import { pageReader } from '../../shared/sePay/authentication';
import { collectRows } from '../../shared/transport/paging';

const MAX_RESULTS = 500;

/**
 * A list behind "From List" that belongs to the bank account chosen in the node; the first 500 rows.
 *
 * @param path below the path of the account
 * @param qs in which order, say
 * @throws NodeOperationError when no account is chosen
 */
export const bankAccountSearch = (
	path: string,
	entryOf: (row: IDataObject) => INodeListSearchItems,
	qs?: IDataObject,
) =>
	listSearch(async function () {
		const parameters = { ...this.getCurrentNodeParameters() };
		const { bankAccountId } = { ...parameters, ...Object(parameters.filters) };
		const [account] = parseIds(bankAccountId);
		if (!account) throw new NodeOperationError(this.getNode(), 'Choose the Bank Account first');
		const url = `/bank-accounts/${encodeURIComponent(account)}/${path}`;
		const rows = await collectRows(pageReader.call(this, { url, qs }), MAX_RESULTS);
		return rows.map(entryOf);
	});
