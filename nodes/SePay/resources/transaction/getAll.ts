import type { IDataObject } from 'n8n-workflow';
import { showFor } from '../../../shared/operations/fields';
import { isTokenAuth, pageReader, whenAuthenticatedBy } from '../../../shared/sePay/authentication';
import {
	collectTransactions,
	newestCollector,
	type TransactionCollector,
} from '../../../shared/sePay/newestFirst';
import { sortBy } from '../../fields';
import { declare, listRows } from '../../operations';
import { createFilter, rowFilters } from './filters';
import { toOutput } from './output';

export const getAll = declare(
	{
		value: 'getAll',
		action: 'Get many transactions',
		description:
			'Retrieve transactions by date, account, amount, direction or payment code, newest first. To check whether an order was paid, set Payment Code and From Date.',
		isList: true,
		filters: rowFilters,
		options: showFor(whenAuthenticatedBy('apiToken'), [
			sortBy('amount_in_sort', 'Amount In'),
			sortBy('amount_out_sort', 'Amount Out'),
			sortBy('transaction_date_sort', 'Date', { name: 'dateSort' }),
		]),
	},
	{ method: 'GET', url: '/transactions' },
	async function (request) {
		const keep = createFilter.call(this);
		const list = async (qs: IDataObject | undefined, collect: TransactionCollector) =>
			await listRows.call(this, { ...request, qs }, (fetchPage, limit, onIncomplete) =>
				collect(fetchPage, limit, keep, onIncomplete),
			);
		if (!isTokenAuth(this)) {
			const listFrom = (from_date: string) =>
				pageReader.call(this, { ...request, qs: { ...request.qs, from_date } });
			return await list(request.qs, newestCollector(listFrom));
		}
		// SePay sorts as it is told: the newest first when nothing else was chosen.
		const isSorted = Object.keys(request.qs!).some((name) => name.endsWith('_sort'));
		const qs = isSorted ? request.qs : { ...request.qs, transaction_date_sort: 'desc' };
		return await list(qs, collectTransactions);
	},
	toOutput,
);
