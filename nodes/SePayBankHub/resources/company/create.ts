import { collectionOf, type Operation } from '../../../shared/descriptions';
import { asSent, readOne } from '../../exchanges';
import { textFrom } from '../../parameters';
import { checkCompany, fullName, shortName, status } from './fields';

export const create: Operation = {
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create a company',
		description: 'Add a customer whose bank accounts are to be linked',
		routing: {
			request: { method: 'POST', url: '/v1/company/create' },
			operations: {
				pagination: readOne(asSent, function (request) {
					textFrom(this, 'Full Name', this.getNodeParameter('fullName', ''));
					return checkCompany.call(this, request);
				}),
			},
		},
	},
	properties: [
		{ ...fullName, required: true },
		status(['Active', 'Pending']),
		collectionOf('Additional Fields', 'additionalFields', 'Add Field', [shortName]),
	],
};
