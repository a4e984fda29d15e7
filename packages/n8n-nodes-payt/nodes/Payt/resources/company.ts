import { resourceProperties } from '../../../../../nodes/shared/descriptions';
import { id, sparse } from '../fields';
import { get, getAll, type Kind } from '../operations';

const kind: Kind = { one: 'a company', many: 'companies', path: '/v1/companies', isGlobal: true };

export const company = resourceProperties('company', [
	get(kind, id('companyId'), 'Retrieve one company that is connected to the application at Payt'),
	getAll(
		{ ...kind, fields: sparse('id name status trial_ends_on trial') },
		'Retrieve the companies that are connected to the application at Payt, and whether each is in its trial',
	),
]);
