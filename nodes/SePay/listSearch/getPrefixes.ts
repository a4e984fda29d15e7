import { bankAccountSearch } from './bankAccountSearch';

/** The VA prefixes of the bank account, by what they are and whose. */
export const getPrefixes = bankAccountSearch('prefixes', ({ va_prefix, store_name }) => ({
	name: `${String(va_prefix)} (${String(store_name)})`,
	value: String(va_prefix),
}));
