import { Router } from 'express';
import type { Answer } from '../answers';
import { ApiError } from '../apiError';
import { endpoint, type EndpointCall } from '../endpoint';
import { escape, page } from '../html';
import {
	addressProblem,
	matches,
	oneOf,
	problemsOf,
	refuse,
	text,
	type Body,
	type Rule,
} from '../rules';
import { PAYMENT_METHODS, type Order, type PaymentMethod } from './model';
import { cancel, createOrder, decline, pay } from './orders';
import { isSigned } from './signature';
import type { State } from './state';

const LABELS: Record<PaymentMethod, string> = {
	BANK_TRANSFER: 'Quét mã QR chuyển khoản ngân hàng',
	NAPAS_BANK_TRANSFER: 'Quét mã QR NAPAS',
	CARD: 'Thẻ',
};

function rulesFor(state: State): Record<string, Rule> {
	const address: Rule = (value) => addressProblem(String(value), state, false);
	return {
		merchant: oneOf(state.merchant.id),
		operation: oneOf('PURCHASE'),
		payment_method: oneOf(...PAYMENT_METHODS),
		order_amount: matches(/^[1-9]\d*$/, 'must be a whole amount'),
		currency: oneOf('VND'),
		order_invoice_number: text(),
		order_description: text(),
		success_url: address,
		error_url: address,
		cancel_url: address,
		signature: text(),
	};
}

const REQUIRED = [
	'merchant',
	'operation',
	'order_amount',
	'currency',
	'order_invoice_number',
	'order_description',
	'signature',
];

function assertUnused(invoiceNumber: string, { orders, variants }: State): void {
	const isUsed = orders.some(
		({ order_invoice_number, order_status }) =>
			order_invoice_number === invoiceNumber &&
			!(variants.invoiceNumber === 'againAfterCancel' && order_status === 'CANCELLED'),
	);
	if (isUsed) throw new ApiError(400, 'order_invoice_number đã tồn tại');
}

/** What the shop's form leads to: the order, and the page where it is paid. */
function init(call: EndpointCall, state: State): Answer {
	const form = (call.body ?? {}) as Record<string, string>;
	refuse(problemsOf(form as Body, rulesFor(state), REQUIRED));
	const { merchant, variants } = state;
	if (!isSigned(form, merchant.secretKey, variants.signatureOrder)) {
		throw new ApiError(400, 'Chữ ký không hợp lệ');
	}
	assertUnused(form.order_invoice_number, state);
	const order = createOrder(state, {
		order_invoice_number: form.order_invoice_number,
		order_amount: Number(form.order_amount),
		order_description: form.order_description,
		customer_id: form.customer_id ?? null,
		custom_data: form.custom_data ?? null,
		payment_method: (form.payment_method as PaymentMethod) ?? null,
		success_url: form.success_url ?? null,
		error_url: form.error_url ?? null,
		cancel_url: form.cancel_url ?? null,
	});
	if (variants.init === 'page') return checkoutPage(order);
	return { status: 302, headers: { location: addressOf(order) }, body: '' };
}

const addressOf = ({ order_id }: Order) => `/v1/checkout/${order_id}`;

/** The page on which a buyer pays, fails to pay, or leaves. */
function checkoutPage(order: Order): Answer {
	const { order_amount, order_invoice_number, order_description, payment_method } = order;
	const methods = payment_method ? [payment_method] : PAYMENT_METHODS;
	const options = methods
		.map((method) => `<option value="${method}">${LABELS[method]}</option>`)
		.join('\n');
	return page(
		200,
		`<meta charset="utf-8">
<h1>${order_amount.toLocaleString('vi-VN')} VND</h1>
<p>${escape(order_description)} (${escape(order_invoice_number)})</p>
<form method="post" action="${addressOf(order)}">
<label>Phương thức <select name="payment_method">
${options}
</select></label>
<button name="end" value="paid">Thanh toán</button>
<button name="end" value="declined">Thanh toán thất bại</button>
<button name="end" value="cancelled">Hủy</button>
</form>`,
		'Thanh toán SePay',
	);
}

/**
 * The order whose page it is.
 * @throws Refusal 404, or 410 when there is nothing left to pay
 */
function openOrder({ params }: EndpointCall, { orders }: State): Order {
	const order = orders.find(({ order_id }) => order_id === params.order);
	if (!order) throw new ApiError(404, 'Không tìm thấy đơn hàng');
	if (order.order_status === 'AUTHENTICATION_NOT_NEEDED') return order;
	throw new ApiError(410, 'Đơn hàng đã kết thúc');
}

/** What the buyer did; leads on to the address that the shop gave for it. */
function submit(call: EndpointCall, state: State): Answer {
	const order = openOrder(call, state);
	const { payment_method, end } = (call.body ?? {}) as Record<string, string>;
	const ends: Record<string, { act(): void; url: string | null; word: string }> = {
		paid: {
			act: () => pay(state, order, payment_method as PaymentMethod),
			url: order.success_url,
			word: 'Thanh toán thành công',
		},
		declined: {
			act: () => decline(state, order, payment_method as PaymentMethod),
			url: order.error_url,
			word: 'Thanh toán thất bại',
		},
		cancelled: { act: () => cancel(state, order), url: order.cancel_url, word: 'Đã hủy' },
	};
	refuse(
		problemsOf(
			{ payment_method, end },
			{ payment_method: oneOf(...PAYMENT_METHODS), end: oneOf(...Object.keys(ends)) },
			['payment_method', 'end'],
		),
	);
	const { act, url, word } = ends[end];
	act();
	if (url !== null) return { status: 302, headers: { location: url }, body: '' };
	return page(200, `<meta charset="utf-8"><h1>${word}</h1>`);
}

/** `/v1/checkout`, where the forms of shops lead. */
export function checkoutRoutes(state: State): Router {
	const router = Router();
	router.post(
		'/init',
		endpoint(state, (call) => init(call, state)),
	);
	router.get(
		'/:order',
		endpoint(state, (call) => checkoutPage(openOrder(call, state))),
	);
	router.post(
		'/:order',
		endpoint(state, (call) => submit(call, state)),
	);
	return router;
}
