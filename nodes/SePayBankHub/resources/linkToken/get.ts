import { simplify, type Operation } from '../../../shared/operations/descriptions';
import { readOne } from '../../operations';
import { parseLinkToken } from './ids';
import { toLinkToken } from './output';

export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get a link token',
		description: 'Retrieve a link token with what the customer has done on its page so far',
		routing: {
			request: { method: 'POST', url: '/v1/link-token/get' },
			operations: {
				pagination: readOne(toLinkToken, function (request) {
					request.body = { link_token: parseLinkToken(this) };
				}),
			},
		},
	},
	properties: [
		{
			displayName: 'Link Token',
			name: 'linkToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. {{ $json.link_token }}',
			description:
				'The field "link_token" of Create, not its "xid"; the address of the page or the whole output of Create will do too',
		},
		simplify,
	],
};
