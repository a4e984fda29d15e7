import { required } from '../../../shared/operations/fields';
import { identity } from '../../../shared/operations/operations';
import { declareCall } from '../../operations';
import { fullName, shortName, status } from './fields';

export const create = declareCall(
	{
		value: 'create',
		action: 'Create a company',
		description: 'Add a customer whose bank accounts you want to link',
		main: [...required(fullName), status(['Active', 'Pending'])],
		additionalFields: [shortName],
	},
	{ method: 'POST', url: '/v1/company/create' },
	identity,
);
