import { readWebhook } from '../../../shared/bankHub/webhook';
import { simplify, type Operation } from '../../../shared/operations/descriptions';
import { operation } from '../../operations';
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
