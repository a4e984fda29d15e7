import type { IDataObject } from 'n8n-workflow';
import { collectionParameter, type Operation } from '../../../shared/operations/descriptions';
import { identity, omitEmpty } from '../../../shared/operations/operations';
import { parameterError } from '../../../shared/operations/parameterError';
import { parseBoolean } from '../../../shared/operations/parameterParsers';
import { readOne } from '../../operations';
import { bankAccount, company, parseXid } from '../../parameters';

const UNLINK = 'UNLINK_BANK_ACCOUNT';

export const create: Operation = {
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create a link token',
		description:
			'Make the address of a page (field "hosted_link_url") where a customer links or unlinks a bank account. It is valid for a limited time.',
		routing: {
			request: { method: 'POST', url: '/v1/link-token/create' },
			operations: {
				pagination: readOne(identity, function (request) {
					const { bank_account_xid, ...body }: IDataObject = omitEmpty(request.body);
					body.company_xid = parseXid(this, 'Company', body.company_xid);
					if (body.purpose === UNLINK) {
						body.bank_account_xid = parseXid(this, 'Bank Account', bank_account_xid);
					}
					if ('is_mobile_app' in body) {
						body.is_mobile_app = Number(parseBoolean(this, 'Mobile App', body.is_mobile_app));
					}
					const address = body.completion_redirect_uri;
					if (address !== undefined && !URL.canParse(String(address))) {
						const wanted = 'an absolute address such as https://app.example.com/linked';
						throw parameterError(
							this,
							'Completion Redirect URI',
							wanted,
							`It is "${String(address)}".`,
						);
					}
					request.body = body;
				}),
			},
		},
	},
	properties: [
		{
			...company('The company whose bank account is linked or unlinked'),
			required: true,
			routing: { send: { type: 'body', property: 'company_xid' } },
		},
		{
			displayName: 'Purpose',
			name: 'purpose',
			type: 'options',
			options: [
				{ name: 'Link a Bank Account', value: 'LINK_BANK_ACCOUNT' },
				{ name: 'Unlink a Bank Account', value: UNLINK },
			],
			default: 'LINK_BANK_ACCOUNT',
			description: 'What the customer does on the page',
			routing: { send: { type: 'body', property: 'purpose' } },
		},
		{
			...bankAccount('The bank account to unlink'),
			required: true,
			displayOptions: { show: { purpose: [UNLINK] } },
			routing: { send: { type: 'body', property: 'bank_account_xid' } },
		},
		collectionParameter('Additional Fields', 'additionalFields', 'Add Field', [
			{
				displayName: 'Completion Redirect URI',
				name: 'completionRedirectUri',
				type: 'string',
				default: '',
				placeholder: 'e.g. https://app.example.com/linked',
				description: 'Where the customer goes from the page when it is done',
				routing: { send: { type: 'body', property: 'completion_redirect_uri' } },
			},
			{
				displayName: 'Language',
				name: 'language',
				type: 'options',
				options: [
					{ name: 'English', value: 'en' },
					{ name: 'Vietnamese', value: 'vi' },
				],
				default: 'vi',
				description: 'The language of the page',
				routing: { send: { type: 'body', property: 'language' } },
			},
			{
				displayName: 'Mobile App',
				name: 'mobileApp',
				type: 'boolean',
				default: false,
				description: 'Whether the page is opened within a mobile app',
				routing: { send: { type: 'body', property: 'is_mobile_app' } },
			},
		]),
	],
};
