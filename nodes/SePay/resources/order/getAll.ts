import { sortBy } from '../../fields';
import { declareGetAll } from '../../operations';
import { bankAccount } from './fields';
import { toOrder } from './output';

export const getAll = declareGetAll(
	{
		action: 'Get many orders',
		description: 'Retrieve the orders of one bank account with their status and paid amount',
		main: [bankAccount],
		options: [
			sortBy('amount_sort', 'Amount'),
			sortBy('created_at_sort', 'Date Created', { name: 'createdSort' }),
		],
	},
	'/bank-accounts/{bankAccountId}/orders',
	toOrder,
);
