import { whenAuthenticatedBy } from '../../../shared/sePay/authentication';
import { declareGetAll } from '../../operations';
import { bankAccount, toSubAccount } from './fields';

export const getSubAccounts = declareGetAll(
	{
		name: 'Get Many Sub-Accounts',
		value: 'getSubAccounts',
		action: 'Get many sub-accounts of a bank account',
		description: 'Retrieve the sub-accounts (virtual accounts, VAs) of one bank account',
		show: whenAuthenticatedBy('oAuth2'),
		main: [bankAccount],
	},
	'/bank-accounts/{bankAccountId}/sub-accounts',
	toSubAccount,
);
