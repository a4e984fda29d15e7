import {
	collectionParameter,
	simplify,
	type Operation,
} from '../../../shared/operations/descriptions';
import { parameterError } from '../../../shared/operations/parameterError';
import { bankAccounts, eventType } from '../../../shared/sePay/webhookFields';
import { updateWebhook } from '../../../shared/sePay/webhooks';
import { operation } from '../../operations';
import { authentication, name, optionalFields, webhookBody, webhookId, webhookUrl } from './fields';
import { includeSecrets, optionCollection, toOutput } from './output';

export const update: Operation = {
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update a webhook',
		description: 'Change fields of a webhook; those not given stay as they are',
		routing: {
			request: { method: 'PATCH', url: '/webhooks/{webhookId}' },
			operations: {
				pagination: operation(async function (request) {
					request.body = webhookBody.call(this, 'updateFields');
					if (Object.keys(request.body).length === 0) {
						throw parameterError(
							this,
							'Update Fields',
							'given',
							'Add at least one field to change.',
						);
					}
					const id = Number(request.url.split('/').pop());
					return [toOutput.call(this, await updateWebhook.call(this, request, id))];
				}),
			},
		},
	},
	properties: [
		webhookId,
		simplify,
		collectionParameter('Update Fields', 'updateFields', 'Add Field', [
			name,
			webhookUrl,
			eventType,
			...bankAccounts,
			...authentication,
			...optionalFields,
		]),
		optionCollection([includeSecrets]),
	],
};
