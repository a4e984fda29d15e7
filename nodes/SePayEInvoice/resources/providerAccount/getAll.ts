import { listed } from '../../../shared/operations/operations';
import { declareGetAll } from '../../operations';
import { toProviderAccount } from './output';

export const getAll = declareGetAll(
	{
		action: 'Get many provider accounts',
		description: 'Retrieve the accounts at invoice providers, without their templates',
	},
	'/v1/provider-accounts',
	listed(toProviderAccount, { lacks: 'templates' }),
);
