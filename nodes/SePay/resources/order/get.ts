import { simplify, type Operation } from '../../../shared/descriptions';
import { readOne } from '../../exchanges';
import { bankAccountId, orderId } from './fields';
import { toOrder } from './output';

export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get an order',
		description:
			'Retrieve one order with its status, the amount paid so far and its virtual accounts',
		routing: {
			request: { method: 'GET', url: '/bank-accounts/{bankAccountId}/orders/{orderId}' },
			operations: { pagination: readOne(toOrder) },
		},
	},
	properties: [bankAccountId, orderId, simplify],
};
