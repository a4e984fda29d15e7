import { resourceProperties } from '../../../../../nodes/shared/operations/descriptions';
import { jsonObject, nested, required, text } from '../../../../../nodes/shared/operations/fields';
import { administrationInPath, fieldSelection, within } from '../fields';
import { get, getAll, write, type ResourceInfo } from '../operations';

const resource: ResourceInfo = {
	one: 'an administration',
	path: '/v1/administrations',
	isGlobal: true,
	isWholeList: true,
};

const resourceFields = fieldSelection(
	`id name status email_address contact_name commercial_registration_number country_code city
	house_number internal_name street_name postal_code bank_account_name bank_account_number
	bank_account_bic vat_number timezone currency_code administration_url paused_at
	reminding_paused_at`,
	'import_origin_identifier last_successful_import_at',
);

/** What a new administration is made of; an account that is signed up gets one too. */
export const NEW_ADMINISTRATION = {
	main: required(
		...within(
			'administration',
			text('name', 'Name of the organization'),
			text('email_address'),
			text('commercial_registration_number', 'For example the Dutch KvK number'),
			text('street_name'),
			text('house_number'),
			text('postal_code'),
			text('city'),
			text('country_code', 'Two letters (ISO 3166)', { placeholder: 'e.g. NL' }),
		),
	),
	contact: within('administration', text('contact_name', 'Contact person at the organization')),
	additionalFields: within(
		'administration',
		text('bank_account_bic', 'Payt ignores the bank fields unless BIC, name and number match'),
		text('bank_account_name'),
		text('bank_account_number'),
		text('currency_code', 'Three letters (ISO 4217). Defaults to EUR.', {
			placeholder: 'e.g. EUR',
		}),
		text('sender_email_address', 'Sender of outgoing email'),
		text('timezone', 'Name in the tz database. Defaults to Europe/Amsterdam.', {
			placeholder: 'e.g. Europe/Amsterdam',
		}),
		text('vat_number'),
	),
	connection: {
		main: nested('connection', [
			text('resource_label', 'The name that users in your application know the organization by'),
			text('resource_identifier', 'The ID of the organization in your application'),
		]),
		additionalFields: nested('connection', [
			text('credentials_label', 'Owner of the credentials, if they belong to someone else'),
		]),
	},
};

const { main, contact, additionalFields, connection } = NEW_ADMINISTRATION;

export const administration = resourceProperties('administration', [
	write(resource, {
		value: 'create',
		description:
			'Create an administration at Payt for an organization that has none yet. The API cannot delete it.',
		main: [...main, ...required(...contact)],
		additionalFields: [
			...additionalFields,
			...connection.main,
			...connection.additionalFields,
			...nested('connection', [
				jsonObject('credentials', 'The keys that the application needs, as JSON'),
			]),
		],
	}),
	get(
		resource,
		administrationInPath,
		'Retrieve one administration with its address, currency, time zone and paused state',
	),
	getAll(
		{ ...resource, fields: resourceFields },
		'Retrieve the administrations that the credential can access. Nearly every other operation needs the ID of one.',
	),
]);
