import { callBankHub } from '../../../shared/bankHub/api';
import { asSentText, from, always, outputOf } from '../../../shared/operations/output';
import { fieldsOf } from '../../../shared/values';
import { declare } from '../../operations';
import { linkTokenXid } from './fields';

export const revoke = declare(
	{
		value: 'revoke',
		action: 'Revoke a link token',
		description:
			'Close the page of a link token permanently. A customer who has it open is disconnected at once.',
		main: linkTokenXid,
	},
	{ method: 'POST', url: '/v1/link-token/revoke' },
	async function (request) {
		await callBankHub.call(this, request);
		return [fieldsOf(request.body)];
	},
	outputOf({ xid: from('link_token_xid', asSentText), revoked: always(true) }),
);
