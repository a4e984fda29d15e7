import type { Operation } from '../../../shared/descriptions';
import { readOne } from '../../exchanges';
import { bankAccountId, toBankAccount } from './fields';

export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get a bank account',
		description:
			'Retrieve one bank account with its bank and its current balance in VND (field "accumulated")',
		routing: {
			request: { method: 'GET', url: '/bank-accounts/{bankAccountId}' },
			operations: { pagination: readOne(toBankAccount) },
		},
	},
	properties: [bankAccountId],
};
