import { typed } from '../../../shared/values';
import { declareGet } from '../../exchanges';

export const get = declareGet(
	{
		name: 'Get',
		value: 'get',
		action: 'Get the profile',
		description: 'Retrieve name, email and phone of the SePay user who connected the credential',
	},
	'/me',
	(row) => typed(row, { numbers: ['id'], flags: [] }),
);
