import { always, asSentText, from, outputOf } from '../../../shared/operations/output';
import { callSePayToken } from '../../../shared/sePay/tokenApi';
import { declare } from '../../operations';
import { bankAccount, order } from './fields';

export const cancel = declare(
	{
		value: 'cancel',
		action: 'Cancel an order',
		description:
			'Cancel an unpaid order permanently. The order must be pending, with no payment received.',
		main: [bankAccount, order],
	},
	{ method: 'DELETE', url: '/bank-accounts/{bankAccountId}/orders/{orderId}' },
	async function (request) {
		await callSePayToken.call(this, request);
		return [{ id: request.url.split('/').pop() }];
	},
	outputOf({ id: from('id', asSentText), cancelled: always(true) }),
);
