import { resourceProperties } from '../../../../../nodes/shared/operations/descriptions';
import { fieldSelection, recordId } from '../fields';
import { get, getAll, type ResourceInfo } from '../operations';

const resource: ResourceInfo = {
	one: 'a company',
	many: 'companies',
	path: '/v1/companies',
	isGlobal: true,
	isWholeList: true,
};

export const company = resourceProperties('company', [
	get(
		resource,
		recordId('companyId'),
		'Retrieve one company that is connected to the application at Payt',
	),
	getAll(
		{ ...resource, fields: fieldSelection('id name status trial_ends_on trial') },
		'Retrieve the companies that are connected to the application at Payt, with their trial status',
	),
]);
