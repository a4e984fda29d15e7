import { declare } from '../../operations';
import { readCompany, toCompany } from './company';

export const get = declare(
	{
		value: 'get',
		action: 'Get the company',
		description: 'Retrieve the company with its SePay plan and payment code formats',
	},
	{ method: 'GET', url: '/company' },
	async function (request) {
		return [await readCompany.call(this, request)];
	},
	toCompany,
);
