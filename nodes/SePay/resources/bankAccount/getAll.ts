import { listLength, type Operation } from '../../../shared/descriptions';
import { readMany } from '../../exchanges';
import { toBankAccount } from './fields';

export const getAll: Operation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many bank accounts',
		description:
			'Retrieve the bank accounts that SePay watches, with number, holder, bank and balance in VND',
		routing: {
			request: { method: 'GET', url: '/bank-accounts' },
			operations: { pagination: readMany(toBankAccount) },
		},
	},
	properties: listLength,
};
