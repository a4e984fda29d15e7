import { local, matching, required } from '../../../shared/operations/fields';
import { callSePayToken } from '../../../shared/sePay/tokenApi';
import { declare } from '../../operations';
import { bankAccount, order } from './fields';

const vaNumber = matching(
	/^[A-Za-z0-9]{1,40}$/,
	'the number of a virtual account such as 963NQDORD001',
)('vaNumber', 'The number that is paid into, as Create or Add Virtual Account gave it', {
	displayName: 'VA Number',
	placeholder: 'e.g. 963NQDORD001',
});

export const cancelVirtualAccount = declare(
	{
		name: 'Cancel Virtual Account',
		value: 'cancelVirtualAccount',
		action: 'Cancel a virtual account of an order',
		description:
			'Cancel a virtual account (VA) of an order for good, so that nothing can be paid into it. Only while nothing has been.',
		main: [bankAccount, order, ...required(local(vaNumber))],
	},
	{ method: 'DELETE', url: '/bank-accounts/{bankAccountId}/orders/{orderId}/va/{vaNumber}' },
	async function (request) {
		await callSePayToken.call(this, request);
		return [{ vaNumber: request.url.split('/').pop(), cancelled: true }];
	},
);
