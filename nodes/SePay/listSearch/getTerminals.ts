import { listBelow } from './listBelow';

/** The terminals of the bank account, by ID and name. */
export const getTerminals = listBelow('terminals', ({ tid, name }) => ({
	name: `${String(tid)} (${String(name)})`,
	value: String(tid),
}));
