import { listSearch } from '../../operations/listSearch';
import { parseIds } from '../../operations/locators';
import { readSubAccounts } from '../subAccounts';

/** The sub-accounts (VAs) of the bank accounts chosen in the node, or of all when none is. */
export const getSubAccounts = listSearch(async function () {
	const parameters = { ...this.getCurrentNodeParameters() };
	const { bankAccountId, bankAccountIds } = { ...parameters, ...Object(parameters.updateFields) };
	const accountIds = parseIds([bankAccountId, bankAccountIds]);
	const accounts = await readSubAccounts.call(this, accountIds);
	return accounts.map(({ id, account_number, label, account_holder_name }) => ({
		name: [account_number, label ?? account_holder_name].filter(Boolean).join(' – '),
		value: String(id),
	}));
});
