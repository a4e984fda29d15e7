import {
	collectionParameter,
	dateFilter,
	type Operation,
} from '../../../shared/operations/descriptions';
import { identity } from '../../../shared/operations/operations';
import { parseDateFilters } from '../../filters';
import { readOne } from '../../operations';
import { companyId } from './fields';

export const getCounts: Operation = {
	option: {
		name: 'Get Transaction Counts',
		value: 'getCounts',
		action: 'Get the transaction counts of a company',
		description: 'Tell how many transfers in and out a company had, by day and in all',
		routing: {
			request: { method: 'GET', url: '/v1/company/counter/{companyId}' },
			operations: {
				pagination: readOne(identity, function (request) {
					parseDateFilters.call(this, request, { date: 'Date' });
				}),
			},
		},
	},
	properties: [
		companyId,
		collectionParameter('Filters', 'filters', 'Add Filter', [
			dateFilter('Date', 'date', 'date', 'of'),
		]),
	],
};
