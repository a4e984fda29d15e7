import { collectionOf, dayFilter, type Operation } from '../../../shared/descriptions';
import { asSent, readOne } from '../../exchanges';
import { checkDays } from '../../filters';
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
					checkDays.call(this, request, { date: 'Date' });
				}),
			},
		},
	},
	properties: [
		companyId,
		collectionOf('Filters', 'filters', 'Add Filter', [dayFilter('Date', 'date', 'date', 'of')]),
	],
};
