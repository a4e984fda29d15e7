import { payable } from '../../fields';
import { declareCall } from '../../operations';
import { bankAccount, order, virtualAccountFields } from './fields';
import { toVirtualAccount } from './output';

export const addVirtualAccount = declareCall(
	{
		value: 'addVirtualAccount',
		action: 'Add a virtual account to an order',
		description:
			'Open another virtual account (VA) that takes payment for an order. The order must be pending or partly paid.',
		main: [bankAccount, order],
		additionalFields: [
			payable('amount', 'Amount to pay into it, in whole VND, up to the amount of the order'),
			...virtualAccountFields,
		],
	},
	{ method: 'POST', url: '/bank-accounts/{bankAccountId}/orders/{orderId}/va' },
	toVirtualAccount,
);
