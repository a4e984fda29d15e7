import { identity } from '../../../shared/operations/operations';
import { declareGetAll } from '../../operations';
import { bankAccount } from './fields';

export const getPrefixes = declareGetAll(
	{
		value: 'getPrefixes',
		action: 'Get the VA prefixes of a bank account',
		description: 'List virtual account prefixes (Sacombank)',
		main: [bankAccount],
	},
	'/bank-accounts/{bankAccountId}/prefixes',
	identity,
);
