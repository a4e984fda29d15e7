import {
	allFieldsOf,
	declareOperation,
	type OperationForm,
} from '../../../shared/operations/fields';
import { assertChanges } from '../../../shared/operations/parameterParsers';
import { updateWebhook } from '../../../shared/sePay/webhooks';
import { operation } from '../../operations';
import { mainFields, optionalFields, webhook, webhookBody } from './fields';
import { includeSecrets, toOutput } from './output';

const form: OperationForm = {
	value: 'update',
	action: 'Update a webhook',
	description: 'Change fields of a webhook. Fields left out stay unchanged.',
	main: [webhook],
	updateFields: [...mainFields, ...optionalFields],
	options: [includeSecrets],
};

export const update = declareOperation(
	form,
	{ method: 'PATCH', url: '/webhooks/{webhookId}' },
	operation(async function (request) {
		const body = webhookBody.call(this, { updateFields: form.updateFields });
		assertChanges(this, body);
		const id = Number(request.url.split('/').pop());
		return [toOutput.call(this, await updateWebhook.call(this, { ...request, body }, id))];
	}, allFieldsOf(form)),
	toOutput,
);
