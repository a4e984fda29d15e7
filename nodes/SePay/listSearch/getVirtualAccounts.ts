import { listBelow } from './listBelow';

/** The virtual accounts of the bank account, by number and label or holder. */
export const getVirtualAccounts = listBelow('va', ({ id, va, label, sub_holder_name }) => ({
	name: [va, label || sub_holder_name].filter(Boolean).join(' – '),
	value: String(id),
}));
