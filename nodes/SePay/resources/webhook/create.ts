import {
	allFieldsOf,
	declareOperation,
	flag,
	local,
	type OperationForm,
} from '../../../shared/operations/fields';
import { createWebhook } from '../../../shared/sePay/webhooks';
import { operation } from '../../operations';
import { mainFields, optionalFields, webhookBody } from './fields';
import { includeSecrets, toOutput } from './output';

const form: OperationForm = {
	value: 'create',
	action: 'Create a webhook',
	description:
		'Create a webhook that receives each transfer. To start an n8n workflow, use the SePay Trigger, which creates its webhook itself.',
	main: mainFields,
	additionalFields: optionalFields,
	options: [
		local(
			flag(
				'createAnyway',
				'Whether to create a second webhook for a URL that already has one. SePay then delivers each transfer twice.',
				{ displayName: 'Create Even If URL Exists' },
			),
		),
		includeSecrets,
	],
};

export const create = declareOperation(
	form,
	{ method: 'POST', url: '/webhooks' },
	operation(async function (request) {
		const { retry_conditions: retry, ...given } = webhookBody.call(this, { ...form, options: [] });
		request.body = {
			// Older documents require the first three.
			is_verify_payment: 1,
			skip_if_no_code: 0,
			active: 1,
			...given,
			...((retry as string[])?.length > 0 && { retry_conditions: retry }),
		};
		const anyway = this.getNodeParameter('options.createAnyway', false) as boolean;
		return [toOutput.call(this, await createWebhook.call(this, request, anyway))];
	}, allFieldsOf(form)),
	toOutput,
);
