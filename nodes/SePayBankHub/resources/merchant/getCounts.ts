import { assertOrder, dayOf } from '../../../shared/checks';
import { collectionOf, dayFilter, type Operation } from '../../../shared/descriptions';
import { dropEmptyFilters } from '../../../shared/operations';
import { asSent, readOne } from '../../exchanges';

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
				pagination: readOne(asSent, function (request) {
					dropEmptyFilters(request);
					const qs = request.qs!;
					if ('start_date' in qs) qs.start_date = dayOf(this, 'Start Date', qs.start_date);
					if ('end_date' in qs) qs.end_date = dayOf(this, 'End Date', qs.end_date);
					assertOrder(this, ['Start Date', qs.start_date], ['End Date', qs.end_date]);
				}),
			},
		},
	},
	properties: [
		collectionOf('Filters', 'filters', 'Add Filter', [
			dayFilter('End Date', 'endDate', 'end_date', 'until'),
			dayFilter('Start Date', 'startDate', 'start_date', 'from'),
		]),
	],
};
