import { simplify, type Operation } from '../../../shared/operations/descriptions';
import { readOne } from '../../operations';
import { bankAccount } from '../../parameters';
import { toBankAccount } from './output';

export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get a bank account',
		description:
			'Retrieve one linked bank account with its virtual accounts (VAs) and, where the bank tells it, its balance in VND. Without Simplify, identity number and phone of the holder are in the output.',
		routing: {
			request: { method: 'GET', url: '/v1/bank-account/{bankAccountId}' },
			operations: { pagination: readOne(toBankAccount) },
		},
	},
	properties: [{ ...bankAccount('The bank account to read'), required: true }, simplify],
};
