import { NodeOperationError, type IDataObject, type INodeListSearchItems } from 'n8n-workflow';
import { listSearch } from '../shared/operations/listSearch';
import { parseIds } from '../shared/operations/locators';
import { pageReader } from '../shared/sePay/authentication';
import { collectRows } from '../shared/transport/paging';

export { getBankAccounts } from '../shared/sePay/listSearch/getBankAccounts';
export { getSubAccounts } from '../shared/sePay/listSearch/getSubAccounts';
export { getWebhooks } from '../shared/sePay/listSearch/getWebhooks';

const MAX_RESULTS = 500;

/** The first 500 rows at a path below that of the bank account chosen in the node; `qs` says their order. */
const bankAccountSearch = (
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

/** The orders, the newest first. */
export const getOrders = bankAccountSearch(
	'orders',
	({ id, order_code, status }) => ({
		name: `${String(order_code)} (${String(status)})`,
		value: String(id),
	}),
	{ created_at_sort: 'desc' },
);

/** The VA prefixes, by what they are and whose. */
export const getPrefixes = bankAccountSearch('prefixes', ({ va_prefix, store_name }) => ({
	name: `${String(va_prefix)} (${String(store_name)})`,
	value: String(va_prefix),
}));

export const getTerminals = bankAccountSearch('terminals', ({ tid, name }) => ({
	name: `${String(tid)} (${String(name)})`,
	value: String(tid),
}));

/** The virtual accounts, by number and label or holder. */
export const getVirtualAccounts = bankAccountSearch('va', ({ id, va, label, sub_holder_name }) => ({
	name: [va, label || sub_holder_name].filter(Boolean).join(' – '),
	value: String(id),
}));
