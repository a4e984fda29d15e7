import {
	collectionParameter,
	dateFilter,
	type Operation,
} from '../../../shared/operations/descriptions';
import { identity } from '../../../shared/operations/operations';
import { assertRange } from '../../../shared/operations/parameterParsers';
import { parseDateFilters } from '../../filters';
import { readOne } from '../../operations';

export const getCounts: Operation = {
	option: {
		name: 'Get Transaction Counts',
		value: 'getCounts',
		action: 'Get the transaction counts of the merchant',
		description:
			'Tell how many transfers in and out all companies had, by day and company and in all; of today when no date is given. In the field "transaction" SePay counts transfers in only.',
		routing: {
			request: { method: 'GET', url: '/v1/merchant-config/counter' },
			operations: {
				pagination: readOne(identity, function (request) {
					parseDateFilters.call(this, request, { start_date: 'Start Date', end_date: 'End Date' });
					const { start_date, end_date } = request.qs!;
					assertRange(this, ['Start Date', start_date], ['End Date', end_date]);
				}),
			},
		},
	},
	properties: [
		collectionParameter('Filters', 'filters', 'Add Filter', [
			dateFilter('End Date', 'endDate', 'end_date', 'until'),
			dateFilter('Start Date', 'startDate', 'start_date', 'from'),
		]),
	],
};
