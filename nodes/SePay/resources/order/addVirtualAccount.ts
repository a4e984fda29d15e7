import { collectionOf, simplify, type Operation } from '../../../shared/descriptions';
import { readOne, withoutEmpty } from '../../exchanges';
import { payableVnd } from '../../parameters';
import { checkVirtualAccount } from './checks';
import { bankAccountId, duration, orderId, vaHolderName } from './fields';
import { toVirtualAccount } from './output';

export const addVirtualAccount: Operation = {
	option: {
		name: 'Add Virtual Account',
		value: 'addVirtualAccount',
		action: 'Add a virtual account to an order',
		description:
			'Open one more virtual account (VA) that takes payment for an order, while it is pending or partly paid',
		routing: {
			request: { method: 'POST', url: '/bank-accounts/{bankAccountId}/orders/{orderId}/va' },
			operations: {
				pagination: readOne(toVirtualAccount, function (request) {
					const body = withoutEmpty(request.body);
					if ('amount' in body) body.amount = payableVnd(this, 'Amount', body.amount);
					checkVirtualAccount.call(this, body);
					request.body = body;
				}),
			},
		},
	},
	properties: [
		bankAccountId,
		orderId,
		simplify,
		collectionOf('Additional Fields', 'additionalFields', 'Add Field', [
			{
				displayName: 'Amount',
				name: 'amount',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 0,
				placeholder: 'e.g. 500000',
				description:
					'What is to be paid into it, in whole VND and not above the amount of the order',
				routing: { send: { type: 'body', property: 'amount' } },
			},
			duration,
			vaHolderName,
		]),
	],
};
