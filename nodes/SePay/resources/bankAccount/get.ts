import { declareGet } from '../../operations';
import { bankAccount, toBankAccount } from './fields';

export const get = declareGet(
	{
		action: 'Get a bank account',
		description:
			'Retrieve one bank account with its bank and current balance in VND (field "accumulated")',
		main: [bankAccount],
	},
	'/bank-accounts/{bankAccountId}',
	toBankAccount,
);
