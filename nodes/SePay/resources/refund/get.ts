import type { Operation } from '../../../shared/descriptions';
import { UUID_EXAMPLE } from '../../../shared/locators';
import { readObject } from '../../../shared/sePayToken';
import { operation } from '../../exchanges';
import { bankAccountId, atEitherPath, toRefund } from './fields';

export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get a refund',
		description: 'Retrieve one refund with its amount and how far it has come',
		routing: {
			request: { method: 'GET', url: '/bank-accounts/{bankAccountId}/refunds/{refundId}' },
			operations: {
				pagination: operation(async function (request) {
					const row = await atEitherPath(request, (read) => readObject.call(this, read));
					return [toRefund.call(this, row)];
				}),
			},
		},
	},
	properties: [
		bankAccountId,
		{
			displayName: 'Refund ID',
			name: 'refundId',
			type: 'string',
			required: true,
			default: '',
			placeholder: `e.g. ${UUID_EXAMPLE}`,
			description: 'The UUID of the refund, as Create gave it',
		},
	],
};
