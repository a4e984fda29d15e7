import type { Operation } from '../../../shared/descriptions';
import { locator } from '../../../shared/locators';
import { readOne } from '../../exchanges';
import { bankAccountId, toVirtualAccount } from './fields';

export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get a virtual account',
		description: 'Retrieve one virtual account (VA) with its number, holder and label',
		routing: {
			request: { method: 'GET', url: '/bank-accounts/{bankAccountId}/va/{virtualAccountId}' },
			operations: { pagination: readOne(toVirtualAccount) },
		},
	},
	properties: [
		bankAccountId,
		{
			...locator(
				'Virtual Account',
				'virtualAccountId',
				'getVirtualAccounts',
				'The virtual account to read',
			),
			required: true,
		},
	],
};
