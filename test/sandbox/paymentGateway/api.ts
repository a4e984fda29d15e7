import { timingSafeEqual } from 'node:crypto';
import { Router } from 'express';
import { plainJson, type Answer } from '../answers';
import { ApiError } from '../apiError';
import { endpoint, jsonObjectOf, type EndpointCall } from '../endpoint';
import { pageOf } from '../paging';
import { contains, queryDay } from '../query';
import { problemsOf, refuse, text } from '../rules';
import { shownOrder, shownTransaction } from './answers';
import type { Order } from './model';
import { cancel, voidTransaction } from './orders';
import type { State } from './state';

/** @throws Refusal 401, or what the variant says of a merchant that does not exist */
function authenticate({ headers }: EndpointCall, { merchant, variants }: State): void {
	const basic = /^Basic (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
	const sent = Buffer.from(basic, 'base64');
	const wanted = Buffer.from(`${merchant.id}:${merchant.secretKey}`);
	if (sent.length === wanted.length && timingSafeEqual(sent, wanted)) return;
	const isUnknown = sent.toString().split(':')[0] !== merchant.id;
	if (!isUnknown) throw new ApiError(401, 'Secret key không hợp lệ');
	throw new ApiError(basic ? variants.unknownMerchant : 401, 'Merchant không tồn tại');
}

/** The direction of `sort`, in the spelling that the variant heeds. */
function directionIn(query: Record<string, string>, { variants }: State): 'asc' | 'desc' {
	const colon = /^created_at:(asc|desc)$/.exec(query.sort ?? '')?.[1];
	const wanted = variants.sort === 'colon' ? colon : query['sort[created_at]'];
	return wanted === 'asc' ? 'asc' : 'desc';
}

function list({ query }: EndpointCall, state: State): Answer {
	const { variants } = state;
	const day = queryDay(query, 'created_at');
	const from = queryDay(query, 'from_created_at') ?? '';
	const to = queryDay(query, variants.lastDay) ?? '9999';
	const rows = state.orders.filter((order) => {
		const date = order.created_at.slice(0, 10);
		const { order_status, customer_id, order_id, order_invoice_number, order_description } = order;
		return (
			date >= from &&
			date <= to &&
			(day === undefined || date === day) &&
			(query.order_status ?? order_status) === order_status &&
			(query.customer_id ?? customer_id) === customer_id &&
			contains([order_id, order_invoice_number, order_description], query.q)
		);
	});
	if (directionIn(query, state) === 'desc') rows.reverse();
	const found = pageOf(rows, query, 'per_page', variants.maxPerPage);
	return plainJson(200, {
		data: found.rows.map((order) => shownOrder(order, variants)),
		meta: {
			per_page: found.size,
			total: found.total,
			has_more: found.page < found.pages,
			current_page: found.page,
			page_count: found.total === 0 ? variants.emptyPageCount : found.pages,
		},
	});
}

/** The newest of the orders that match: an invoice number may have been used twice. */
const latest = (orders: Order[], matches: (order: Order) => boolean) =>
	[...orders].reverse().find(matches);

function detail({ params }: EndpointCall, { orders, variants }: State): Answer {
	const id = decodeURIComponent(params.id);
	const isNamed = {
		orderId: ({ order_id }: Order) => order_id === id,
		invoiceNumber: ({ order_invoice_number }: Order) => order_invoice_number === id,
		both: (order: Order) => order.order_id === id || order.order_invoice_number === id,
	}[variants.detailBy];
	const order = latest(orders, isNamed);
	if (!order) {
		const { unknownOrder } = variants;
		if (unknownOrder === 'null') return plainJson(200, { data: null });
		throw new ApiError(unknownOrder, 'Không tìm thấy đơn hàng');
	}
	const transactions = order.transactions.map((one) => shownTransaction(one, variants));
	return plainJson(200, { data: { ...shownOrder(order, variants), transactions } });
}

/** Cancels or voids the order that the body names. */
const acting =
	(act: (state: State, order: Order) => void, message: string) =>
	(call: EndpointCall, state: State): Answer => {
		const { order_invoice_number } = jsonObjectOf(call);
		refuse(
			problemsOf({ order_invoice_number }, { order_invoice_number: text() }, [
				'order_invoice_number',
			]),
		);
		const order = latest(state.orders, (one) => one.order_invoice_number === order_invoice_number);
		if (!order) throw new ApiError(404, 'Không tìm thấy đơn hàng');
		try {
			act(state, order);
		} catch (error) {
			const { actionRefusal } = state.variants;
			if (actionRefusal !== 'body') throw new ApiError(actionRefusal, (error as ApiError).message);
			return plainJson(200, { code: 400, message: (error as ApiError).message });
		}
		return plainJson(200, { message });
	};

/** `/v1/order`. */
export function orderRoutes(state: State): Router {
	const router = Router();
	const signedIn = (handle: (call: EndpointCall, state: State) => Answer) =>
		endpoint(state, (call) => {
			authenticate(call, state);
			return handle(call, state);
		});
	router.get('/', signedIn(list));
	router.get('/detail/:id', signedIn(detail));
	router.post('/cancel', signedIn(acting(cancel, 'Đã hủy đơn hàng thành công')));
	router.post('/voidTransaction', signedIn(acting(voidTransaction, 'Đã hủy giao dịch thành công')));
	router.use(
		endpoint(state, () => {
			throw new ApiError(404, 'Not Found');
		}),
	);
	return router;
}
