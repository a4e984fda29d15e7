import { listLength, simplify, type Operation } from '../../../shared/descriptions';
import { readMany } from '../../exchanges';
import { optionCollection, sorting } from '../../listFilters';
import { bankAccountId } from './fields';
import { toOrder } from './output';

export const getAll: Operation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many orders',
		description: 'Retrieve the orders of one bank account with their status and what was paid',
		routing: {
			request: { method: 'GET', url: '/bank-accounts/{bankAccountId}/orders' },
			operations: { pagination: readMany(toOrder) },
		},
	},
	properties: [
		bankAccountId,
		...listLength,
		simplify,
		optionCollection([
			sorting('amount_sort', 'Amount', 'amountSort'),
			sorting('created_at_sort', 'Date Created', 'createdSort'),
		]),
	],
};
