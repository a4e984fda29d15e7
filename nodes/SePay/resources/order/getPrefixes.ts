import { listLength, type Operation } from '../../../shared/descriptions';
import { asSent, readMany } from '../../exchanges';
import { bankAccountId } from './fields';

export const getPrefixes: Operation = {
	option: {
		name: 'Get Prefixes',
		value: 'getPrefixes',
		action: 'Get the VA prefixes of a bank account',
		description:
			'Retrieve what the numbers of virtual accounts can begin with; Sacombank alone has prefixes',
		routing: {
			request: { method: 'GET', url: '/bank-accounts/{bankAccountId}/prefixes' },
			operations: { pagination: readMany(asSent) },
		},
	},
	properties: [bankAccountId, ...listLength],
};
