import { simplify } from '../../../shared/operations/descriptions';
import { readObject } from '../../../shared/sePay/tokenApi';
import { payable } from '../../fields';
import { declare } from '../../operations';
import { bankAccount, order, virtualAccountFields } from './fields';
import { toVirtualAccount } from './output';

export const addVirtualAccount = declare(
	{
		name: 'Add Virtual Account',
		value: 'addVirtualAccount',
		action: 'Add a virtual account to an order',
		description:
			'Open one more virtual account (VA) that takes payment for an order, while it is pending or partly paid',
		main: [bankAccount, order],
		output: [simplify],
		additionalFields: [
			payable(
				'amount',
				'What is to be paid into it, in whole VND and not above the amount of the order',
			),
			...virtualAccountFields,
		],
	},
	{ method: 'POST', url: '/bank-accounts/{bankAccountId}/orders/{orderId}/va' },
	async function (request) {
		return [toVirtualAccount.call(this, await readObject.call(this, request))];
	},
);
