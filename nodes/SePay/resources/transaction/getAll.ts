import type { IExecutePaginationFunctions } from 'n8n-workflow';
import { onlyUnder, usesToken } from '../../../shared/authentication';
import { listLength, simplify, type Operation } from '../../../shared/descriptions';
import { collectNewest } from '../../../shared/newestFirst';
import { collectRows } from '../../../shared/paging';
import { readMany, type Prepare } from '../../exchanges';
import { optionCollection } from '../../listFilters';
import { checkFilters, filterCollections, paymentCode, rowFilter, transferType } from './filters';
import { toOutput } from './output';
import { tokenSorting } from './tokenFilters';

/** With an API token SePay sorts as it is told: the newest first when nothing else was chosen. */
const checkList: Prepare = async function (request) {
	await checkFilters.call(this, request);
	const isSorted = Object.keys(request.qs ?? {}).some((name) => name.endsWith('_sort'));
	if (usesToken(this) && !isSorted) {
		request.qs = { ...request.qs, transaction_date_sort: 'desc' };
	}
};

function collector(this: IExecutePaginationFunctions) {
	return usesToken(this) ? collectRows : collectNewest;
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
		...listLength,
		simplify,
		...filterCollections([paymentCode, transferType], [paymentCode]),
		onlyUnder('apiToken', optionCollection(tokenSorting)),
	],
};
