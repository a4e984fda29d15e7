import { pathId } from '../../fields';
import { declareGet } from '../../operations';
import { bankAccount, toVirtualAccount } from './fields';

export const get = declareGet(
	{
		action: 'Get a virtual account',
		description: 'Retrieve one virtual account (VA) with its number, holder and label',
		main: [
			bankAccount,
			pathId('virtualAccountId', 'getVirtualAccounts', 'The virtual account to retrieve'),
		],
	},
	'/bank-accounts/{bankAccountId}/va/{virtualAccountId}',
	toVirtualAccount,
);
