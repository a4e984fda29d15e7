import { collectionParameter, type Operation } from '../../../shared/operations/descriptions';
import { identity } from '../../../shared/operations/operations';
import { readOne } from '../../operations';
import { parseText } from '../../parameters';
import { fullName, shortName, status, validateCompany } from './fields';

export const create: Operation = {
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create a company',
		description: 'Add a customer whose bank accounts are to be linked',
		routing: {
			request: { method: 'POST', url: '/v1/company/create' },
			operations: {
				pagination: readOne(identity, function (request) {
					parseText(this, 'Full Name', this.getNodeParameter('fullName', ''));
					return validateCompany.call(this, request);
				}),
			},
		},
	},
	properties: [
		{ ...fullName, required: true },
		status(['Active', 'Pending']),
		collectionParameter('Additional Fields', 'additionalFields', 'Add Field', [shortName]),
	],
};
