import { asInteger, from, outputOf } from '../../../shared/operations/output';
import { pageReader } from '../../../shared/sePay/authentication';
import { collectRows } from '../../../shared/transport/paging';
import { declare } from '../../operations';
import { apiFilters } from './filters';

export const count = declare(
	{
		value: 'count',
		action: 'Count transactions',
		description: 'Count transactions, all or by date, account or amount',
		filters: apiFilters,
	},
	{ method: 'GET', url: '/transactions' },
	async function (request) {
		const fetchPage = pageReader.call(this, request);
		const { total } = await fetchPage(1, 1);
		return [{ count: total ?? (await collectRows(fetchPage, Infinity)).length }];
	},
	outputOf({ count: from('count', asInteger) }),
);
