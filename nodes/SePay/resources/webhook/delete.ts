import type { Operation } from '../../../shared/descriptions';
import { sePay } from '../../../shared/sePay';
import { send } from '../../../shared/sending';
import { operation } from '../../exchanges';
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
					await send.call(this, sePay, request);
					return [{ deleted: true }];
				}),
			},
		},
	},
	properties: [webhookId],
};
