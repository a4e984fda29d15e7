import { onlyUnder, under } from '../../../shared/authentication';
import { listLength, type Operation } from '../../../shared/descriptions';
import { readMany } from '../../exchanges';
import { bankAccountId, toBankAccount } from './fields';

export const getSubAccounts: Operation = {
	option: {
		name: 'Get Many Sub-Accounts',
		value: 'getSubAccounts',
		action: 'Get many sub-accounts of a bank account',
		description: 'Retrieve the sub-accounts (virtual account numbers, VAs) of one bank account',
		displayOptions: { show: under('oAuth2') },
		routing: {
			request: { method: 'GET', url: '/bank-accounts/{bankAccountId}/sub-accounts' },
			operations: { pagination: readMany(toBankAccount) },
		},
	},
	properties: [bankAccountId, ...listLength].map((property) => onlyUnder('oAuth2', property)),
};
