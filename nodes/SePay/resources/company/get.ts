import { declare } from '../../operations';
import { readCompany, toCompany } from './company';

export const get = declare(
	{
		name: 'Get',
		value: 'get',
		action: 'Get the company',
		description: 'Retrieve the company, its SePay plan and how its payment codes are formed',
	},
	{ method: 'GET', url: '/company' },
	async function (request) {
		return [await readCompany.call(this, request)];
	},
	toCompany,
);
