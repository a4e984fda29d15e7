import { declareGet } from '../../operations';
import { bankAccount, order } from './fields';
import { toOrder } from './output';

export const get = declareGet(
	{
		action: 'Get an order',
		description: 'Retrieve one order with its status, paid amount and virtual accounts',
		main: [bankAccount, order],
	},
	'/bank-accounts/{bankAccountId}/orders/{orderId}',
	toOrder,
);
