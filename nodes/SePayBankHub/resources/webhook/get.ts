import { readWebhook } from '../../../shared/bankHub/webhook';
import { simplify } from '../../../shared/operations/descriptions';
import { describeOutput } from '../../../shared/operations/operations';
import { declare } from '../../operations';
import { toWebhook } from './output';

export const get = describeOutput(
	declare(
		{
			name: 'Get',
			value: 'get',
			action: 'Get the webhook',
			description:
				'Retrieve the webhook that receives lifecycle events of links and bank accounts. Its secret is masked. If no webhook is set, the field "configured" is false.',
			output: [simplify],
		},
		{ method: 'GET', url: '/v1/webhook' },
		async function () {
			const found = await readWebhook.call(this);
			return [found ? toWebhook.call(this, found) : { configured: false }];
		},
	),
	toWebhook,
);
