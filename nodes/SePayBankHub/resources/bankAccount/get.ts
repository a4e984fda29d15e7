import { simplify } from '../../../shared/operations/descriptions';
import { bankAccount, inPath } from '../../fields';
import { declareGet } from '../../operations';
import { toBankAccount } from './output';

export const get = declareGet(
	{
		name: 'Get',
		value: 'get',
		action: 'Get a bank account',
		description:
			'Retrieve one linked bank account with its virtual accounts (VAs) and, where the bank tells it, its balance in VND. Without Simplify, identity number and phone of the holder are in the output.',
		main: inPath(bankAccount('bank_account_xid', 'The bank account to read')),
		output: [simplify],
	},
	'/v1/bank-account/{bankAccountId}',
	toBankAccount,
);
