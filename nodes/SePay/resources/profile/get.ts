import { convertFields } from '../../../shared/values';
import { declareGet } from '../../operations';

export const get = declareGet(
	{
		name: 'Get',
		value: 'get',
		action: 'Get the profile',
		description: 'Retrieve name, email and phone of the SePay user who connected the credential',
	},
	'/me',
	(row) => convertFields(row, { numbers: ['id'], flags: [] }),
);
