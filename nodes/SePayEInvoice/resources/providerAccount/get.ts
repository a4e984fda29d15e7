import { declareGet } from '../../operations';
import { providerAccount, unsent } from '../../parameters';
import { toProviderAccount } from './output';

export const get = declareGet(
	{
		action: 'Get a provider account',
		description: 'Retrieve one account at an invoice provider, with its templates and series',
		main: [unsent(providerAccount)],
	},
	'/v1/provider-accounts/{providerAccountId}',
	toProviderAccount,
);
