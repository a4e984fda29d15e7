import { callBankHub } from '../../../shared/bankHub/api';
import type { Operation } from '../../../shared/operations/descriptions';
import { operation } from '../../operations';
import { parseLinkTokenXid } from './ids';

export const revoke: Operation = {
	option: {
		name: 'Revoke',
		value: 'revoke',
		action: 'Revoke a link token',
		description:
			'Close the page of a link token for good; a customer who is on it is cut off at once',
		routing: {
			request: { method: 'POST', url: '/v1/link-token/revoke' },
			operations: {
				pagination: operation(async function (request) {
					const xid = parseLinkTokenXid(this);
					await callBankHub.call(this, { ...request, body: { link_token_xid: xid } });
					return [{ xid, revoked: true }];
				}),
			},
		},
	},
	properties: [
		{
			displayName: 'Link Token ID',
			name: 'xid',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. {{ $json.xid }}',
			description:
				'The field "xid" of Create or Get, not the "link_token"; the whole output of either will do too',
		},
	],
};
