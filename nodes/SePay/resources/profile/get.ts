import type { Operation } from '../../../shared/descriptions';
import { typed } from '../../../shared/values';
import { readOne } from '../../exchanges';

export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get the profile',
		description: 'Retrieve name, email and phone of the SePay user who connected the credential',
		routing: {
			request: { method: 'GET', url: '/me' },
			operations: {
				pagination: readOne((row) => typed(row, { numbers: ['id'], flags: [] })),
			},
		},
	},
	properties: [],
};
