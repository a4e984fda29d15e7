import { dayOf } from '../../../shared/checks';
import { collectionOf, dayFilter, type Operation } from '../../../shared/descriptions';
import { dropEmptyFilters } from '../../../shared/operations';
import { asSent, readOne } from '../../exchanges';
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
				pagination: readOne(asSent, function (request) {
					dropEmptyFilters(request);
					const { date } = request.qs!;
					if (date !== undefined) request.qs!.date = dayOf(this, 'Date', date);
				}),
			},
		},
	},
	properties: [
		companyId,
		collectionOf('Filters', 'filters', 'Add Filter', [dayFilter('Date', 'date', 'date', 'of')]),
	],
};
