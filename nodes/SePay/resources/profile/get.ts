import { asInteger, asSent } from '../../../shared/operations/output';
import { declareGet } from '../../operations';

export const get = declareGet(
	{
		action: 'Get the profile',
		description:
			'Retrieve the name, email and phone of the SePay user who connected the credential',
	},
	'/me',
	asSent({ id: asInteger }),
);
