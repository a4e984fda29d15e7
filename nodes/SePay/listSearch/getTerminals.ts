import { bankAccountSearch } from './bankAccountSearch';

/** The terminals of the bank account, by ID and name. */
export const getTerminals = bankAccountSearch('terminals', ({ tid, name }) => ({
	name: `${String(tid)} (${String(name)})`,
	value: String(tid),
}));
