import { readWebhook } from '../../../shared/bankHubWebhook';
import { simplify, type Operation } from '../../../shared/descriptions';
import { operation } from '../../exchanges';
import { toWebhook } from './output';

export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get the webhook',
		description:
			'Retrieve where SePay tells what becomes of links and bank accounts, with the secret masked; when nothing is set, the field "configured" is false',
		routing: {
			request: { method: 'GET', url: '/v1/webhook' },
			operations: {
				pagination: operation(async function () {
					const found = await readWebhook.call(this);
					return [found ? toWebhook.call(this, found) : { configured: false }];
				}),
			},
		},
	},
	properties: [simplify],
};
