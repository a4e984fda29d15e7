import { bankAccountSearch } from './bankAccountSearch';

/** The orders of the bank account, the newest first, by code and status. */
export const getOrders = bankAccountSearch(
	'orders',
	({ id, order_code, status }) => ({
		name: `${String(order_code)} (${String(status)})`,
		value: String(id),
	}),
	{ created_at_sort: 'desc' },
);
