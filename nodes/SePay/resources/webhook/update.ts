import { simplify } from '../../../shared/operations/descriptions';
import {
	allFieldsOf,
	declareOperation,
	type OperationForm,
} from '../../../shared/operations/fields';
import { parameterError } from '../../../shared/operations/parameterError';
import { updateWebhook } from '../../../shared/sePay/webhooks';
import { operation } from '../../operations';
import { mainFields, optionalFields, webhook, webhookBody } from './fields';
import { includeSecrets, toOutput } from './output';

const form: OperationForm = {
	name: 'Update',
	value: 'update',
	action: 'Update a webhook',
	description: 'Change fields of a webhook; those not given stay as they are',
	main: [webhook],
	output: [simplify],
	updateFields: [...mainFields, ...optionalFields],
	options: [includeSecrets],
};

export const update = declareOperation(
	form,
	{ method: 'PATCH', url: '/webhooks/{webhookId}' },
	operation(async function (request) {
		const body = webhookBody.call(this, { updateFields: form.updateFields });
		if (Object.keys(body).length === 0) {
			const hint = 'Add at least one field to change.';
			throw parameterError(this, 'Update Fields', 'given', hint);
		}
		const id = Number(request.url.split('/').pop());
		return [toOutput.call(this, await updateWebhook.call(this, { ...request, body }, id))];
	}, allFieldsOf(form)),
);
