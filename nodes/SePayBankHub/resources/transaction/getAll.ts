import {
	collectionParameter,
	dateFilter,
	returnAllAndLimit,
	simplify,
	type Operation,
} from '../../../shared/operations/descriptions';
import { assertRange, parseBoolean } from '../../../shared/operations/parameterParsers';
import { bankAccountFilter, companyFilter, parseDateFilters, parseXidFilters } from '../../filters';
import { readMany } from '../../operations';
import { toTransaction } from './output';

const DAYS = {
	transaction_date: 'Date',
	start_transaction_date: 'Start Date',
	end_transaction_date: 'End Date',
};

export const getAll: Operation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many transactions',
		description:
			'Retrieve bank transfers of your customers, the newest first, by date, company, bank account, direction or text',
		routing: {
			request: { method: 'GET', url: '/v1/transaction' },
			operations: {
				pagination: readMany(toTransaction, async function (request) {
					await parseXidFilters.call(this, request);
					parseDateFilters.call(this, request, DAYS);
					const qs = request.qs!;
					assertRange(
						this,
						['Start Date', qs.start_transaction_date],
						['End Date', qs.end_transaction_date],
					);
					if ('webhook_success' in qs) {
						qs.webhook_success = Number(parseBoolean(this, 'Delivered', qs.webhook_success));
					}
				}),
			},
		},
	},
	properties: [
		...returnAllAndLimit,
		simplify,
		collectionParameter('Filters', 'filters', 'Add Filter', [
			{
				displayName: 'Bank',
				name: 'bank',
				type: 'string',
				default: '',
				placeholder: 'e.g. MBBank',
				description: 'Only transactions at the bank with this name',
				routing: { send: { type: 'query', property: 'brand_name' } },
			},
			bankAccountFilter('Only transactions of this bank account'),
			companyFilter('Only transactions of this company'),
			dateFilter('Date', 'date', 'transaction_date', 'of'),
			{
				displayName: 'Delivered',
				name: 'delivered',
				type: 'boolean',
				default: true,
				description:
					'Whether to return transactions that SePay has told you of by IPN or those that it has not',
				routing: { send: { type: 'query', property: 'webhook_success' } },
			},
			dateFilter('End Date', 'endDate', 'end_transaction_date', 'until'),
			{
				displayName: 'Search',
				name: 'search',
				type: 'string',
				default: '',
				placeholder: 'e.g. DH1042',
				description: 'Only transactions with this in their text, payment code or account number',
				routing: { send: { type: 'query', property: 'q' } },
			},
			dateFilter('Start Date', 'startDate', 'start_transaction_date', 'from'),
			{
				displayName: 'Transfer Type',
				name: 'transferType',
				type: 'options',
				options: [
					{ name: 'Money In', value: 'in' },
					{ name: 'Money Out', value: 'out' },
				],
				default: 'in',
				description: 'Only transactions in this direction',
				routing: { send: { type: 'query', property: 'transfer_type' } },
			},
		]),
	],
};
