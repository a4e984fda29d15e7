import { identity } from '../../../shared/operations/operations';
import { declareGetAll } from '../../operations';
import { bankAccount } from './fields';

export const getPrefixes = declareGetAll(
	{
		name: 'Get Prefixes',
		value: 'getPrefixes',
		action: 'Get the VA prefixes of a bank account',
		description:
			'Retrieve what the numbers of virtual accounts can begin with; Sacombank alone has prefixes',
		main: [bankAccount],
	},
	'/bank-accounts/{bankAccountId}/prefixes',
	identity,
);
