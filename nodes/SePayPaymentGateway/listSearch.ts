import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { pageReader } from '../shared/paymentGateway/api';
import { omitEmpty } from '../shared/values';

const PAGE = 100;

/** The orders of the merchant, by invoice number and status; SePay searches. */
export async function getOrders(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const request = { url: '/v1/order', qs: omitEmpty({ q: filter }) };
	const page = Number(paginationToken ?? 1);
	const { rows, lastPage = page } = await pageReader.call(this, request)(page, PAGE);
	return {
		results: rows.map(({ order_id, order_invoice_number, order_status }) => ({
			name: `${String(order_invoice_number)} (${String(order_status)})`,
			value: String(order_id),
		})),
		paginationToken: page < lastPage ? String(page + 1) : undefined,
	};
}
