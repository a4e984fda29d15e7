import { declareGet } from '../../operations';
import { companyId } from './fields';
import { toCompany } from './output';

export const get = declareGet(
	{
		action: 'Get a company',
		description: 'Retrieve one company with its payment codes and transaction limit',
		main: companyId,
	},
	'/v1/company/{companyId}',
	toCompany,
);
