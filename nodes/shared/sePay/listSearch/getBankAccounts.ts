import { listSearch } from '../../operations/listSearch';
import { collectRows } from '../../transport/paging';
import { fieldsOf } from '../../values';
import { pageReader } from '../authentication';

/** The bank accounts that the credential may see, by bank, number and label or holder. */
export const getBankAccounts = listSearch(async function () {
	const accounts = await collectRows(pageReader.call(this, { url: '/bank-accounts' }), Infinity);
	return accounts.map(
		({ id, label, account_holder_name, account_number, bank, bank_short_name }) => ({
			name: `${fieldsOf(bank).short_name ?? bank_short_name} ${account_number} (${label || account_holder_name})`,
			value: String(id),
		}),
	);
});
