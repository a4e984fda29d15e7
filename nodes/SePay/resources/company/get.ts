import type { Operation } from '../../../shared/descriptions';
import { operation } from '../../exchanges';
import { readCompany } from './company';

export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get the company',
		description: 'Retrieve the company, its SePay plan and how its payment codes are formed',
		routing: {
			request: { method: 'GET', url: '/company' },
			operations: {
				pagination: operation(async function (request) {
					return [await readCompany.call(this, request)];
				}),
			},
		},
	},
	properties: [],
};
