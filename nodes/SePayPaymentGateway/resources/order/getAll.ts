import type { IDataObject } from 'n8n-workflow';
import { dayDescription } from '../../../shared/operations/descriptions';
import { option, range, search, text, vietnamDate } from '../../../shared/operations/fields';
import { listed } from '../../../shared/operations/operations';
import { declare, listRows } from '../../operations';
import { toOrder } from './output';

const created = (sense: string) => dayDescription(sense, 'orders created');

const isSorted = (rows: IDataObject[], direction: unknown) =>
	rows.slice(1).every(({ created_at: next }, index) => {
		const { created_at: previous } = rows[index];
		return direction === 'asc' ? previous! <= next! : previous! >= next!;
	});

export const getAll = declare(
	{
		value: 'getAll',
		action: 'Get many orders',
		description: 'Retrieve orders by date, status, customer or text',
		isList: true,
		filters: [
			vietnamDate('created_at', created('on'), { name: 'createdOn' }),
			text('customer_id', 'Return only orders with this customer ID', {
				displayName: 'Customer ID',
				placeholder: 'e.g. CUST_001',
			}),
			...range(
				vietnamDate('from_created_at', created('on or after'), { name: 'fromDate' }),
				vietnamDate('end_created_at', created('on or before'), { name: 'toDate' }),
			),
			search('Return only orders that match this text', 'e.g. DH1042'),
			option('order_status', [], 'Return only orders with this status', {
				name: 'status',
				options: [
					{ name: 'Cancelled', value: 'CANCELLED' },
					{ name: 'Paid', value: 'CAPTURED' },
					{ name: 'Waiting for Payment', value: 'AUTHENTICATION_NOT_NEEDED' },
				],
				default: 'CAPTURED',
			}),
		],
		options: [
			option('sort', [], 'Sort order by creation time; with a limit, decides which are returned', {
				options: [
					{ name: 'Newest First', value: 'desc' },
					{ name: 'Oldest First', value: 'asc' },
				],
				default: 'desc',
			}),
		],
	},
	{ method: 'GET', url: '/v1/order' },
	async function (request) {
		const { sort, ...filters } = request.qs!;
		// The documents and SePay's library differ in two names.
		const { end_created_at: to } = filters;
		const qs = { ...filters, ...(to !== undefined && { to_created_at: to }) };
		const read = async (sorting: IDataObject) =>
			await listRows.call(this, { ...request, qs: { ...qs, ...sorting } });
		const rows = await read(sort === undefined ? {} : { sort: `created_at:${String(sort)}` });
		const isDone = sort === undefined || isSorted(rows, sort);
		return isDone ? rows : await read({ 'sort[created_at]': sort });
	},
	listed(toOrder, { lacks: 'transactions' }),
);
