import { local } from '../../../shared/operations/fields';
import { declareGet } from '../../operations';
import { providerAccount } from '../../parameters';
import { toProviderAccount } from './output';

export const get = declareGet(
	{
		action: 'Get a provider account',
		description: 'Retrieve one account at an invoice provider, with its templates and series',
		main: [local(providerAccount)],
	},
	'/v1/provider-accounts/{providerAccountId}',
	toProviderAccount,
);
