import { bankAccountSearch } from './bankAccountSearch';

/** The virtual accounts of the bank account, by number and label or holder. */
export const getVirtualAccounts = bankAccountSearch('va', ({ id, va, label, sub_holder_name }) => ({
	name: [va, label || sub_holder_name].filter(Boolean).join(' – '),
	value: String(id),
}));
