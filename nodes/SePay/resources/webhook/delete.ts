import { always, outputOf } from '../../../shared/operations/output';
import { callSePay } from '../../../shared/sePay/oAuth2Api';
import { declare } from '../../operations';
import { webhook } from './fields';

export const del = declare(
	{
		value: 'delete',
		action: 'Delete a webhook',
		description: 'Delete a webhook permanently. SePay then stops delivering transfers to its URL.',
		main: [webhook],
	},
	{ method: 'DELETE', url: '/webhooks/{webhookId}' },
	async function (request) {
		await callSePay.call(this, request);
		return [{}];
	},
	outputOf({ deleted: always(true) }),
);
