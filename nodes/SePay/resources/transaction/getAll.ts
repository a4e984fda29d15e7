import type { IExecutePaginationFunctions, IHttpRequestOptions } from 'n8n-workflow';
import {
	returnAllAndLimit,
	simplify,
	type Operation,
} from '../../../shared/operations/descriptions';
import { optionCollection } from '../../../shared/operations/listFilters';
import type { RequestHook } from '../../../shared/operations/operations';
import {
	isTokenAuth,
	pageReader,
	showWhenAuthenticatedBy,
} from '../../../shared/sePay/authentication';
import { newestCollector } from '../../../shared/sePay/newestFirst';
import { collectRows } from '../../../shared/transport/paging';
import { readMany } from '../../operations';
import {
	filterCollections,
	paymentCode,
	rowFilter,
	transferType,
	validateTransactionFilters,
} from './filters';
import { toOutput } from './output';
import { tokenSorting } from './tokenFilters';

/** With an API token SePay sorts as it is told: the newest first when nothing else was chosen. */
const checkList: RequestHook = async function (request) {
	await validateTransactionFilters.call(this, request);
	const isSorted = Object.keys(request.qs ?? {}).some((name) => name.endsWith('_sort'));
	if (isTokenAuth(this) && !isSorted) {
		request.qs = { ...request.qs, transaction_date_sort: 'desc' };
	}
};

function collector(this: IExecutePaginationFunctions, request: IHttpRequestOptions) {
	if (isTokenAuth(this)) return collectRows;
	return newestCollector((from_date) =>
		pageReader.call(this, { ...request, qs: { ...request.qs, from_date } }),
	);
}

export const getAll: Operation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many transactions',
		description:
			'Retrieve bank transfers, the newest first, by date, account, amount, direction or payment code. To find out whether an order has been paid, set Payment Code and From Date.',
		routing: {
			request: { method: 'GET', url: '/transactions' },
			operations: { pagination: readMany(toOutput, checkList, rowFilter, collector) },
		},
	},
	properties: [
		...returnAllAndLimit,
		simplify,
		...filterCollections([paymentCode, transferType], [paymentCode]),
		showWhenAuthenticatedBy('apiToken', optionCollection(tokenSorting)),
	],
};
