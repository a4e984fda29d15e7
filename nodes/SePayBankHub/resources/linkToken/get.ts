import { readObject } from '../../../shared/bankHub/api';
import { fieldsOf } from '../../../shared/values';
import { declare } from '../../operations';
import { linkToken } from './fields';
import { toLinkToken } from './output';

export const get = declare(
	{
		value: 'get',
		action: 'Get a link token',
		description: "Retrieve a link token with the customer's progress on its page",
		main: linkToken,
	},
	{ method: 'POST', url: '/v1/link-token/get' },
	async function (request) {
		const { link_token } = fieldsOf(request.body);
		return [{ ...(await readObject.call(this, request)), link_token }];
	},
	toLinkToken,
);
