import { simplify, type Operation } from '../../../shared/operations/descriptions';
import { readOne } from '../../operations';
import { companyId, toCompany } from './fields';

export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get a company',
		description:
			'Retrieve one company with its payment codes and how many transactions it may have',
		routing: {
			request: { method: 'GET', url: '/v1/company/{companyId}' },
			operations: { pagination: readOne(toCompany) },
		},
	},
	properties: [companyId, simplify],
};
