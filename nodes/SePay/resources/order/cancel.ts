import type { Operation } from '../../../shared/descriptions';
import { callSePayToken } from '../../../shared/sePayToken';
import { operation } from '../../exchanges';
import { bankAccountId, orderId } from './fields';

export const cancel: Operation = {
	option: {
		name: 'Cancel',
		value: 'cancel',
		action: 'Cancel an order',
		description:
			'Cancel an order for good, so that it can no longer be paid. Only while nothing has been paid (status Pending).',
		routing: {
			request: { method: 'DELETE', url: '/bank-accounts/{bankAccountId}/orders/{orderId}' },
			operations: {
				pagination: operation(async function (request) {
					await callSePayToken.call(this, request);
					return [{ id: request.url.split('/').pop(), cancelled: true }];
				}),
			},
		},
	},
	properties: [bankAccountId, orderId],
};
