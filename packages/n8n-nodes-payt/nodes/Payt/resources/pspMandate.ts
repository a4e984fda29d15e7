import { resourceProperties } from '../../../../../nodes/shared/operations/descriptions';
import { option, required, text } from '../../../../../nodes/shared/operations/fields';
import { readList } from '../../shared/payt';
import { fieldSelection, filtersBy, identifiedBy } from '../fields';
import { customWrite, getAll, getAllDeleted, writeRecords, type ResourceInfo } from '../operations';

const resource: ResourceInfo = {
	one: 'a PSP mandate',
	path: '/v1/psp_mandates',
	fields: fieldSelection(
		`administration_id bank_account_name bank_account_number debtor_id id mandate_identifier
		mandate_reference provider updated_at deactivated_at`,
		'debtor_number',
	),
};

const NAMES = ['psp_mandate_ids', 'mandate_identifiers', 'mandate_references', 'debtor_numbers'];

export const pspMandate = resourceProperties('pspMandate', [
	customWrite(
		resource,
		{
			value: 'create',
			description:
				'Register a direct-debit mandate that a debtor signed and the provider verified. Payt can use it to collect money from the bank account.',
			main: required(
				text('bank_account_name'),
				text('bank_account_number', undefined, { placeholder: 'e.g. NL91ABNA0417164300' }),
				option('provider_code', ['mollie', 'twikey'], 'Place where the mandate was signed'),
			),
			additionalFields: [
				text('customer_identifier', 'The ID of the customer at Mollie'),
				text('debtor_code', 'The debtor number'),
				text('debtor_id', 'The Payt ID of the debtor'),
				text('mandate_identifier', 'The ID of the mandate at the provider'),
				text('mandate_reference', 'Your own reference, unique in the administration'),
			],
			options: [resource.fields!],
		},
		// One a call: by the documents the answer holds one mandate, however many were sent.
		async function (request, { administration_id, fields, ...mandate }) {
			const body = { administration_id, ...(fields && { fields }), psp_mandates: [mandate] };
			return (await readList.call(this, { ...request, body })).slice(0, 1);
		},
	),
	writeRecords(resource, {
		value: 'deactivate',
		description:
			'End a direct-debit mandate, or all mandates of a debtor. Payt revokes it at the provider soon after. It cannot be used again.',
		method: 'DELETE',
		keys: NAMES,
		most: 1,
		pack: ([named]) => named,
		form: 'query',
		main: identifiedBy('pspMandate', NAMES),
	}),
	getAll(
		resource,
		'Retrieve direct-debit mandates, all or by debtor',
		filtersBy('mandates of', 'debtor_ids', 'debtor_numbers'),
	),
	getAllDeleted(resource),
]);
