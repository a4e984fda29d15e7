import { bankAccount, inPath } from '../../fields';
import { declareGet } from '../../operations';
import { toBankAccount } from './output';

export const get = declareGet(
	{
		action: 'Get a bank account',
		description:
			"Retrieve one linked bank account with its virtual accounts (VAs). If the bank provides it, the balance in VND is included. Turn off Simplify to also get the holder's identity number and phone.",
		main: inPath(bankAccount('bank_account_xid', 'The bank account to retrieve')),
	},
	'/v1/bank-account/{bankAccountId}',
	toBankAccount,
);
