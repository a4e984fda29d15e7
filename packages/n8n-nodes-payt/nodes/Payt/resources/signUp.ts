import { resourceProperties } from '../../../../../nodes/shared/operations/descriptions';
import {
	email,
	flag,
	local,
	nested,
	option,
	required,
	text,
} from '../../../../../nodes/shared/operations/fields';
import type { OutputMapper } from '../../../../../nodes/shared/operations/output';
import { within } from '../fields';
import { write } from '../operations';
import { NEW_ADMINISTRATION } from './administration';

const { main, contact, additionalFields, connection } = NEW_ADMINISTRATION;

const LANGUAGES = [
	{ name: 'Dutch', value: 'nl' },
	{ name: 'Dutch (Belgium)', value: 'nl-BE' },
	{ name: 'English', value: 'en-GB' },
	{ name: 'French', value: 'fr' },
	{ name: 'German', value: 'de' },
	{ name: 'Spanish', value: 'es' },
];

/** What lets whoever has it into the new account. */
const CODES: Record<string, string[]> = {
	access_grant: ['code'],
	user: ['sign_up_token', 'sign_up_url'],
};

const showCodes = local(
	flag(
		'show_codes',
		'Whether to return the authorization code, sign-up token and sign-up URL. Anyone who has them can access the account.',
	),
);

/** No document says what the objects in it hold, so its schema is written by hand. */
const withoutCodes: OutputMapper = function (row) {
	if (this.getNodeParameter('options.showCodes', false)) return row;
	const shown = Object.entries(row).map(([name, value]) => {
		const fields = Object.entries(Object(value));
		return [name, Object.fromEntries(fields.filter(([field]) => !CODES[name]?.includes(field)))];
	});
	return Object.fromEntries(shown);
};

export const signUp = resourceProperties('signUp', [
	write(
		{ one: 'a Payt account', path: '/v1/sign_up', isGlobal: true },
		{
			value: 'create',
			description:
				'Create a Payt account for someone else: user, company and administration, connected to the application. Payt emails the user. It deletes the account after 30 days unless the user confirms it.',
			main: [
				...main,
				...required(
					...within('administration', text('phone_number')),
					...nested('user', [text('first_name'), text('last_name'), email('email_address')]),
					...connection.main,
				),
			],
			additionalFields: [
				...contact,
				...additionalFields,
				...connection.additionalFields,
				...nested('user', [
					option('locale', [], 'The language of the user', {
						options: LANGUAGES,
						default: 'en-GB',
					}),
				]),
			],
			options: [showCodes],
			form: 'form',
			shape: withoutCodes,
		},
	),
]);
