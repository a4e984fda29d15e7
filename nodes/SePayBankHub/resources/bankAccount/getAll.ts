import {
	collectionParameter,
	returnAllAndLimit,
	simplify,
	type Operation,
} from '../../../shared/operations/descriptions';
import { companyFilter, parseXidFilters } from '../../filters';
import { readMany } from '../../operations';
import { toBankAccount } from './output';

export const getAll: Operation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many bank accounts',
		description: 'Retrieve the linked bank accounts, all or those of one company or bank',
		routing: {
			request: { method: 'GET', url: '/v1/bank-account' },
			operations: { pagination: readMany(toBankAccount, parseXidFilters) },
		},
	},
	properties: [
		...returnAllAndLimit,
		simplify,
		collectionParameter('Filters', 'filters', 'Add Filter', [
			{
				displayName: 'Bank Code',
				name: 'bankCode',
				type: 'string',
				default: '',
				placeholder: 'e.g. MB',
				description: 'Only accounts at the bank with this code of SePay',
				routing: { send: { type: 'query', property: 'bank_id' } },
			},
			companyFilter('Only accounts of this company'),
			{
				displayName: 'Search',
				name: 'search',
				type: 'string',
				default: '',
				placeholder: 'e.g. NGUYEN VAN A',
				description: 'Only accounts that SePay finds by this text, such as a number or a holder',
				routing: { send: { type: 'query', property: 'q' } },
			},
		]),
	],
};
