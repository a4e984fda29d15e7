import type { Operation } from '../../../shared/operations/descriptions';
import { pageReader } from '../../../shared/sePay/authentication';
import { collectRows } from '../../../shared/transport/paging';
import { operation } from '../../operations';
import { filterCollections, validateTransactionFilters } from './filters';

export const count: Operation = {
	option: {
		name: 'Count',
		value: 'count',
		action: 'Count transactions',
		description: 'Tell how many bank transfers there are, all or by date, account or amount',
		routing: {
			request: { method: 'GET', url: '/transactions' },
			operations: {
				pagination: operation(async function (request) {
					validateTransactionFilters.call(this, request);
					const fetchPage = pageReader.call(this, request);
					const { total } = await fetchPage(1, 1);
					return [{ count: total ?? (await collectRows(fetchPage, Infinity)).length }];
				}),
			},
		},
	},
	properties: filterCollections([], []),
};
