import type { IDataObject } from 'n8n-workflow';
import { pageReader } from '../../../shared/eInvoice/api';
import { requestedLimit } from '../../../shared/operations/declarativeAdapter';
import { option, range, text, vietnamDate, vnd } from '../../../shared/operations/fields';
import { listed } from '../../../shared/operations/operations';
import { collectRows } from '../../../shared/transport/paging';
import { fieldsOf } from '../../../shared/values';
import { declare } from '../../operations';
import { toInvoice } from './output';

function matches(row: IDataObject, filters: IDataObject): boolean {
	const { buyer, from_date, to_date, min_total, max_total } = filters;
	const { name, legal_name, tax_code, email } = fieldsOf(row.buyer);
	const words = [name, legal_name, tax_code, email].join('\n').toLowerCase();
	const day = String(row.issued_date).slice(0, 10);
	const total = Number(row.total_amount);
	return (
		words.includes(String(buyer ?? '').toLowerCase()) &&
		day >= String(from_date ?? '') &&
		day <= String(to_date ?? '9999') &&
		total >= Number(min_total ?? 0) &&
		total <= Number(max_total ?? Infinity) &&
		String(row.reference_code).startsWith(String(filters.reference_code ?? '')) &&
		['source', 'status'].every((name) => !filters[name] || filters[name] === row[name])
	);
}

export const getAll = declare(
	{
		isList: true,
		value: 'getAll',
		action: 'Get many invoices',
		description:
			'Retrieve invoices, all or by date, status, buyer, total or source. SePay filters by source only. For all other filters, the node reads the whole list.',
		filters: [
			text(
				'buyer',
				'Return only invoices with this text in the name, tax code or email of the buyer',
				{
					placeholder: 'e.g. 0101234567',
				},
			),
			...range(
				vietnamDate('from_date', 'Return only invoices dated on or after this day'),
				vietnamDate('to_date', 'Return only invoices dated on or before this day'),
			),
			...range(
				vnd('min_total', 'Return only invoices with at least this total, with tax', {
					displayName: 'Minimum Total',
				}),
				vnd('max_total', 'Return only invoices with up to this total, with tax', {
					displayName: 'Maximum Total',
				}),
			),
			text('reference_code', 'Return only invoices whose reference code starts with this text', {
				placeholder: 'e.g. SEPAY-',
			}),
			option('source', ['api', 'manual'], 'Return only invoices created in this way', {
				options: [
					{ name: 'API', value: 'api' },
					{ name: 'By Hand', value: 'manual' },
				],
			}),
			option('status', ['cancelled', 'draft', 'issued']),
		],
	},
	{ method: 'GET', url: '/v1/invoices' },
	async function (request) {
		const limit = requestedLimit.call(this);
		const filters = fieldsOf(request.qs);
		const { source } = filters;
		const read = pageReader.call(this, { ...request, qs: source ? { source } : {} });
		const isFiltered = Object.keys(filters).length > 0;
		const keep = isFiltered ? (row: IDataObject) => matches(row, filters) : undefined;
		return await collectRows(read, limit, keep);
	},
	listed(toInvoice, { lacks: 'items' }),
);
