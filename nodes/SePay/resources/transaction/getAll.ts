import { onlyUnder } from '../../../shared/authentication';
import { listLength, simplify, type Operation } from '../../../shared/descriptions';
import { readMany } from '../../exchanges';
import { optionCollection } from '../../listFilters';
import { checkFilters, filterCollections, paymentCode, rowFilter, transferType } from './filters';
import { toOutput } from './output';
import { tokenSorting } from './tokenFilters';

export const getAll: Operation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many transactions',
		description:
			'Retrieve bank transfers, the newest first, by date, account, amount, direction or payment code. To find out whether an order has been paid, set Payment Code and From Date.',
		routing: {
			request: { method: 'GET', url: '/transactions' },
			operations: { pagination: readMany(toOutput, checkFilters, rowFilter) },
		},
	},
	properties: [
		...listLength,
		simplify,
		...filterCollections([paymentCode, transferType], [paymentCode]),
		onlyUnder('apiToken', optionCollection(tokenSorting)),
	],
};
