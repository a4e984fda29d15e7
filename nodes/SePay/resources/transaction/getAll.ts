import { simplify } from '../../../shared/operations/descriptions';
import { showFor } from '../../../shared/operations/fields';
import { isTokenAuth, pageReader, whenAuthenticatedBy } from '../../../shared/sePay/authentication';
import { newestCollector } from '../../../shared/sePay/newestFirst';
import { sortBy } from '../../fields';
import { declare, listRows } from '../../operations';
import { rowFilter, rowFilters } from './filters';
import { toOutput } from './output';

export const getAll = declare(
	{
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many transactions',
		description:
			'Retrieve transactions by date, account, amount, direction or payment code, newest first. To check whether an order was paid, set Payment Code and From Date.',
		isList: true,
		output: [simplify],
		filters: rowFilters,
		options: showFor(whenAuthenticatedBy('apiToken'), [
			sortBy('amount_in_sort', 'Amount In', { name: 'amountInSort' }),
			sortBy('amount_out_sort', 'Amount Out', { name: 'amountOutSort' }),
			sortBy('transaction_date_sort', 'Date', { name: 'dateSort' }),
		]),
	},
	{ method: 'GET', url: '/transactions' },
	async function (request) {
		const predicate = rowFilter.call(this);
		if (!isTokenAuth(this)) {
			const collect = newestCollector((from_date) =>
				pageReader.call(this, { ...request, qs: { ...request.qs, from_date } }),
			);
			return await listRows.call(this, request, predicate, collect);
		}
		// SePay sorts as it is told: the newest first when nothing else was chosen.
		const isSorted = Object.keys(request.qs!).some((name) => name.endsWith('_sort'));
		const qs = isSorted ? request.qs : { ...request.qs, transaction_date_sort: 'desc' };
		return await listRows.call(this, { ...request, qs }, predicate);
	},
	toOutput,
);
