import { checkedId } from '../../../shared/checks';
import type { Operation } from '../../../shared/descriptions';
import { callSePayToken } from '../../../shared/sePayToken';
import { operation } from '../../exchanges';
import { bankAccountId, orderId } from './fields';

export const cancelVirtualAccount: Operation = {
	option: {
		name: 'Cancel Virtual Account',
		value: 'cancelVirtualAccount',
		action: 'Cancel a virtual account of an order',
		description:
			'Cancel a virtual account (VA) of an order for good, so that nothing can be paid into it. Only while nothing has been.',
		routing: {
			request: { method: 'DELETE', url: '/bank-accounts/{bankAccountId}/orders/{orderId}/va' },
			operations: {
				pagination: operation(async function (request) {
					const given = this.getNodeParameter('vaNumber', '');
					const wanted = 'the number of a virtual account such as 963NQDORD001';
					const vaNumber = checkedId(this, 'VA Number', given, /^[A-Za-z0-9]{1,40}$/, wanted);
					await callSePayToken.call(this, { ...request, url: `${request.url}/${vaNumber}` });
					return [{ vaNumber, cancelled: true }];
				}),
			},
		},
	},
	properties: [
		bankAccountId,
		orderId,
		{
			displayName: 'VA Number',
			name: 'vaNumber',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 963NQDORD001',
			description: 'The number that is paid into, as Create or Add Virtual Account gave it',
		},
	],
};
