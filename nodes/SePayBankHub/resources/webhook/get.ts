import { readWebhook } from '../../../shared/bankHub/webhook';
import { declareMapped } from '../../operations';
import { toWebhook } from './output';

export const get = declareMapped(
	{
		value: 'get',
		action: 'Get the webhook',
		description:
			'Retrieve the webhook that receives lifecycle events of links and bank accounts. Its secret is masked. If no webhook is set, the field "configured" is false.',
	},
	{ method: 'GET', url: '/v1/webhook' },
	async function () {
		const found = await readWebhook.call(this);
		return [found ? toWebhook.call(this, found) : { configured: false }];
	},
	toWebhook,
);
