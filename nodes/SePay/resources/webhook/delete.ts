import type { Operation } from '../../../shared/operations/descriptions';
import { callSePay } from '../../../shared/sePay/oAuth2Api';
import { operation } from '../../operations';
import { webhookId } from './fields';

export const del: Operation = {
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete a webhook',
		description:
			'Delete a webhook for good: SePay then no longer delivers transfers to its address',
		routing: {
			request: { method: 'DELETE', url: '/webhooks/{webhookId}' },
			operations: {
				pagination: operation(async function (request) {
					await callSePay.call(this, request);
					return [{ deleted: true }];
				}),
			},
		},
	},
	properties: [webhookId],
};
