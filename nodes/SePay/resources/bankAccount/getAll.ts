import { onlyUnder } from '../../../shared/authentication';
import { dayFilter, listLength, type Operation } from '../../../shared/descriptions';
import { readMany } from '../../exchanges';
import {
	amountFilter,
	checkedBy,
	dayLimit,
	filterCollection,
	flagFilter,
	optionCollection,
	sorting,
	textFilter,
} from '../../listFilters';
import { toBankAccount } from './fields';

const withLast = 'accounts with a last transaction';

const filters = [
	flagFilter(
		'active',
		'Active',
		'active',
		'Whether to return accounts in use or those that are not',
	),
	textFilter(
		'bank_short_name',
		'Bank',
		'bank',
		'e.g. Vietcombank',
		'Only accounts at the bank with this short name',
	),
	amountFilter(
		'accumulated_max',
		'Largest Balance',
		'maxBalance',
		'Only accounts that hold at most this amount',
	),
	dayLimit(
		dayFilter(
			'Last Transaction From',
			'lastTransactionFrom',
			'last_transaction_from',
			'on or after',
			withLast,
		),
		'00:00:00',
	),
	dayLimit(
		dayFilter(
			'Last Transaction To',
			'lastTransactionTo',
			'last_transaction_to',
			'on or before',
			withLast,
		),
		'23:59:59',
	),
	textFilter(
		'q',
		'Search',
		'search',
		'e.g. NGUYEN VAN A',
		'Only accounts that SePay finds by this text, such as a number or a holder',
	),
	amountFilter(
		'accumulated_min',
		'Smallest Balance',
		'minBalance',
		'Only accounts that hold at least this amount',
	),
];

const sorts = [
	sorting('accumulated_sort', 'Balance', 'balanceSort'),
	sorting('created_at_sort', 'Date Created', 'createdSort'),
	sorting('last_transaction_sort', 'Last Transaction', 'lastTransactionSort'),
];

export const getAll: Operation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many bank accounts',
		description:
			'Retrieve the bank accounts that SePay watches, with number, holder, bank and balance in VND',
		routing: {
			request: { method: 'GET', url: '/bank-accounts' },
			operations: { pagination: readMany(toBankAccount, checkedBy(filters)) },
		},
	},
	properties: [
		...listLength,
		onlyUnder('apiToken', filterCollection(filters)),
		onlyUnder('apiToken', optionCollection(sorts)),
	],
};
