import { assertOrder } from '../../../shared/checks';
import { collectionOf, dayFilter, type Operation } from '../../../shared/descriptions';
import { asSent, readOne } from '../../exchanges';
import { checkDays } from '../../filters';

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
					checkDays.call(this, request, { start_date: 'Start Date', end_date: 'End Date' });
					const { start_date, end_date } = request.qs!;
					assertOrder(this, ['Start Date', start_date], ['End Date', end_date]);
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
