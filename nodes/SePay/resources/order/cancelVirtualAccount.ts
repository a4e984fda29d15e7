import { local, matching, required } from '../../../shared/operations/fields';
import { always, asSentText, from, outputOf } from '../../../shared/operations/output';
import { callSePayToken } from '../../../shared/sePay/tokenApi';
import { declare } from '../../operations';
import { bankAccount, order } from './fields';

const vaNumber = matching(
	/^[A-Za-z0-9]{1,40}$/,
	'the number of a virtual account like 963NQDORD001',
)(
	'vaNumber',
	'The number that the payer transfers to, as Create or Add Virtual Account returned it',
	{ displayName: 'VA Number', placeholder: 'e.g. 963NQDORD001' },
);

export const cancelVirtualAccount = declare(
	{
		value: 'cancelVirtualAccount',
		action: 'Cancel a virtual account of an order',
		description:
			'Cancel an unpaid virtual account (VA) of an order permanently. It can then take no more payments.',
		main: [bankAccount, order, ...required(local(vaNumber))],
	},
	{ method: 'DELETE', url: '/bank-accounts/{bankAccountId}/orders/{orderId}/va/{vaNumber}' },
	async function (request) {
		await callSePayToken.call(this, request);
		return [{ vaNumber: request.url.split('/').pop() }];
	},
	outputOf({ vaNumber: from('vaNumber', asSentText), cancelled: always(true) }),
);
