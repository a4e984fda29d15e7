import {
	collectionParameter,
	simplify,
	type Operation,
} from '../../../shared/operations/descriptions';
import { bankAccounts, eventType } from '../../../shared/sePay/webhookFields';
import { createWebhook } from '../../../shared/sePay/webhooks';
import { operation } from '../../operations';
import { authentication, name, optionalFields, webhookBody, webhookUrl } from './fields';
import { includeSecrets, optionCollection, toOutput } from './output';

export const create: Operation = {
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create a webhook',
		description:
			'Have SePay deliver each bank transfer to an address. To start a workflow in n8n use the SePay Trigger, which does this by itself.',
		routing: {
			request: { method: 'POST', url: '/webhooks' },
			operations: {
				pagination: operation(async function (request) {
					const { retry_conditions: retry, ...given } = webhookBody.call(this, 'additionalFields');
					// Older documents require the first three.
					const body = { is_verify_payment: 1, skip_if_no_code: 0, active: 1, ...given };
					request.body = (retry as string[])?.length ? { ...body, retry_conditions: retry } : body;
					const anyway = this.getNodeParameter('options.createAnyway', false) as boolean;
					return [toOutput.call(this, await createWebhook.call(this, request, anyway))];
				}),
			},
		},
	},
	properties: [
		{ ...name, required: true },
		{ ...webhookUrl, required: true },
		eventType,
		...bankAccounts,
		...authentication,
		simplify,
		collectionParameter('Additional Fields', 'additionalFields', 'Add Field', optionalFields),
		optionCollection([
			{
				displayName: 'Create Even If Address Exists',
				name: 'createAnyway',
				type: 'boolean',
				default: false,
				description:
					'Whether to create a second webhook for an address that has one. Each transfer is then delivered twice.',
			},
			includeSecrets,
		]),
	],
};
