import { listLength, type Operation } from '../../../shared/descriptions';
import { readMany } from '../../exchanges';
import {
	checkedBy,
	filterCollection,
	flagFilter,
	optionCollection,
	sorting,
	textFilter,
} from '../../listFilters';
import { bankAccountId, toVirtualAccount } from './fields';

const filters = [
	flagFilter('active', 'Active', 'active', 'Whether to return those in use or those that are not'),
	flagFilter(
		'official',
		'Official',
		'official',
		'Whether to return those that the bank has issued or those that stand in the memo of a transfer',
	),
	textFilter(
		'q',
		'Search',
		'search',
		'e.g. Quan 1',
		'Only virtual accounts that SePay finds by this text, such as a number, holder or label',
	),
	flagFilter(
		'static',
		'Static',
		'static',
		'Whether to return those that stay or those made for a single use',
	),
];

export const getAll: Operation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many virtual accounts',
		description: 'Retrieve the virtual accounts (VAs) of one bank account',
		routing: {
			request: { method: 'GET', url: '/bank-accounts/{bankAccountId}/va' },
			operations: { pagination: readMany(toVirtualAccount, checkedBy(filters)) },
		},
	},
	properties: [
		bankAccountId,
		...listLength,
		filterCollection(filters),
		optionCollection([sorting('created_at_sort', 'Date Created', 'createdSort')]),
	],
};
