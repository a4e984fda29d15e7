import { resourceProperties } from '../../../../../nodes/shared/operations/descriptions';
import { email, idList, option, text } from '../../../../../nodes/shared/operations/fields';
import { date, fieldSelection, filtersBy } from '../fields';
import { getAll, upsert, type ResourceInfo } from '../operations';

const resource: ResourceInfo = {
	one: 'a contact',
	path: '/v1/contacts',
	fields:
		fieldSelection(`id contact_identifier call_phone_number debtor_numbers default_email_address
				firstname gender infix invoice_email_address invoice_cc_email_address
				invoice_bcc_email_address lastname middlename postal_address_street_1
				postal_address_street_2 postal_address_postal_code postal_address_city
				postal_address_country_code postal_address_region prefix reminder_email_address
				reminder_cc_email_address reminder_bcc_email_address sms_phone_number validation_errors
				updated_at`),
};

export const contact = resourceProperties('contact', [
	getAll(resource, 'Retrieve contacts: the people and addresses that receive mail for debtors', [
		idList('contact_identifiers', 'Return only contacts with these contact identifiers'),
		...filtersBy('contacts of', 'debtor_numbers'),
	]),
	upsert(
		resource,
		'Create a contact, or update the one with the same identifier. Payt sends later mail to the new addresses.',
		{
			keys: ['contact_identifier', 'id'],
			main: [
				text(
					'contact_identifier',
					'The ID of the contact in your accounting software. You can leave it empty if you enter Payt ID.',
				),
			],
			additionalFields: [
				text('id', 'The ID of the contact at Payt', { displayName: 'Payt ID', name: 'paytId' }),
				date('birth_date'),
				text('call_phone_number'),
				email('default_email_address'),
				text('firstname'),
				option('gender', ['female', 'male', 'male_female']),
				text('infix'),
				email('invoice_email_address', 'Address that receives invoices'),
				email('invoice_cc_email_address'),
				email('invoice_bcc_email_address'),
				text('lastname'),
				text('middlename'),
				text('postal_address_street_1'),
				text('postal_address_street_2'),
				text('postal_address_postal_code'),
				text('postal_address_city'),
				text('postal_address_country_code', 'Two letters (ISO 3166)', { placeholder: 'e.g. NL' }),
				text('postal_address_region'),
				text('prefix'),
				email('reminder_email_address', 'Address that receives reminders'),
				email('reminder_cc_email_address'),
				email('reminder_bcc_email_address'),
				text('sms_phone_number'),
			],
		},
	),
]);
