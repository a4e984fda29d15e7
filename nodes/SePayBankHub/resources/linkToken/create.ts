import {
	fieldType,
	flagAsNumber,
	option,
	required,
	showFor,
	type Parser,
} from '../../../shared/operations/fields';
import { identity } from '../../../shared/operations/operations';
import { parameterError } from '../../../shared/operations/parameterError';
import { bankAccount, company } from '../../fields';
import { declareCall } from '../../operations';

const UNLINK = 'UNLINK_BANK_ACCOUNT';

const parseUri: Parser = (context, displayName, value) => {
	const uri = String(value).trim();
	if (URL.canParse(uri)) return uri;
	const expected = 'a URL like https://app.example.com/linked';
	throw parameterError(context, displayName, expected, `It is "${uri}".`);
};

export const create = declareCall(
	{
		value: 'create',
		action: 'Create a link token',
		description:
			'Create a link (field "hosted_link_url") to a page where a customer links or unlinks a bank account. It is valid for a limited time.',
		main: [
			...required(company('company_xid', 'The company whose bank account to link or unlink')),
			option('purpose', [], 'What the customer does on the page', {
				options: [
					{ name: 'Link a Bank Account', value: 'LINK_BANK_ACCOUNT' },
					{ name: 'Unlink a Bank Account', value: UNLINK },
				],
				default: 'LINK_BANK_ACCOUNT',
			}),
			...showFor(
				{ purpose: [UNLINK] },
				required(bankAccount('bank_account_xid', 'The bank account to unlink')),
			),
		],
		additionalFields: [
			fieldType('string', parseUri)(
				'completion_redirect_uri',
				'URL that the page redirects the customer to at the end',
				{ placeholder: 'e.g. https://app.example.com/linked' },
			),
			option('language', [], 'The language of the page', {
				options: [
					{ name: 'English', value: 'en' },
					{ name: 'Vietnamese', value: 'vi' },
				],
				default: 'vi',
			}),
			flagAsNumber('is_mobile_app', 'Whether the page opens inside a mobile app', {
				name: 'mobileApp',
				default: false,
			}),
		],
	},
	{ method: 'POST', url: '/v1/link-token/create' },
	identity,
);
