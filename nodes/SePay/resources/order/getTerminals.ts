import { listLength, type Operation } from '../../../shared/descriptions';
import { asSent, readMany } from '../../exchanges';
import { checkedBy, filterCollection, textFilter } from '../../listFilters';
import { bankAccountId } from './fields';

const filters = [
	textFilter('q', 'Search', 'search', 'e.g. VCB00001', 'Only terminals with this in ID or name'),
];

export const getTerminals: Operation = {
	option: {
		name: 'Get Terminals',
		value: 'getTerminals',
		action: 'Get the terminals of a bank account',
		description: 'Retrieve where orders can be taken; Vietcombank alone has terminals',
		routing: {
			request: { method: 'GET', url: '/bank-accounts/{bankAccountId}/terminals' },
			operations: { pagination: readMany(asSent, checkedBy(filters)) },
		},
	},
	properties: [bankAccountId, ...listLength, filterCollection(filters)],
};
