import { randomBytes } from 'node:crypto';
import { ApiError } from '../apiError';
import { vietnamTime } from '../clock';
import type { Card, Order, PaymentMethod, Transaction } from './model';
import type { State } from './state';
import type { Variants } from './variants';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const VIETNAM_OFFSET = 7 * HOUR;

const CARD: Card = {
	card_number: '512345xxxxxx0008',
	card_holder_name: 'NGUYEN VAN A',
	card_expiry: '12/30',
	card_funding_method: 'CREDIT',
	card_brand: 'MASTERCARD',
};

/** Adds an order that waits for payment; what is not given is filled in. */
export function createOrder({ orders, clock }: State, wish: Partial<Order>): Order {
	const at = vietnamTime(clock.now());
	const id = (orders.at(-1)?.id ?? 0) + 1;
	const order: Order = {
		id,
		order_id: `SEPAY-${randomBytes(7).toString('hex').slice(0, 13).toUpperCase()}`,
		order_invoice_number: `DH${1_000 + id}`,
		order_status: 'AUTHENTICATION_NOT_NEEDED',
		order_amount: 300_000,
		order_description: `Đơn hàng #${1_000 + id}`,
		customer_id: null,
		custom_data: null,
		payment_method: null,
		success_url: null,
		error_url: null,
		cancel_url: null,
		created_at: at,
		updated_at: at,
		transactions: [],
		...wish,
	};
	orders.push(order);
	return order;
}

let transactions = 0;

function book(
	state: State,
	order: Order,
	payment_method: PaymentMethod,
	fields: Pick<Transaction, 'transaction_status' | 'transaction_type'>,
): Transaction {
	const transaction_date = vietnamTime(state.clock.now());
	const transaction: Transaction = {
		id: ++transactions,
		transaction_id: randomBytes(7).toString('hex').slice(0, 13),
		payment_method,
		transaction_amount: order.order_amount,
		transaction_date,
		card: payment_method === 'CARD' ? CARD : null,
		...fields,
	};
	order.transactions.push(transaction);
	order.updated_at = transaction_date;
	return transaction;
}

/** Pays an order in full and tells the merchant. */
export function pay(state: State, order: Order, method: PaymentMethod = 'BANK_TRANSFER'): void {
	if (order.order_status !== 'AUTHENTICATION_NOT_NEEDED') throw new Error('pay: not waiting');
	const fields = { transaction_type: 'PAYMENT', transaction_status: 'APPROVED' } as const;
	const transaction = book(state, order, method, fields);
	order.order_status = 'CAPTURED';
	void state.notifications.send('ORDER_PAID', order, transaction);
}

/** A payment that the bank or card did not approve; the order keeps waiting. */
export function decline(state: State, order: Order, method: PaymentMethod): void {
	const fields = { transaction_type: 'PAYMENT', transaction_status: 'DECLINED' } as const;
	book(state, order, method, fields);
}

/**
 * Ends an order that waits for payment.
 * @throws Refusal 400 when it is paid, cancelled, or by card
 */
export function cancel({ clock }: State, order: Order): void {
	const { order_status, transactions: booked, payment_method } = order;
	const isByCard = (booked.at(-1)?.payment_method ?? payment_method) === 'CARD';
	if (isByCard) throw new ApiError(400, 'Không thể hủy đơn hàng thanh toán bằng thẻ');
	if (order_status !== 'AUTHENTICATION_NOT_NEEDED') {
		throw new ApiError(400, 'Không thể hủy đơn hàng ở trạng thái hiện tại');
	}
	order.order_status = 'CANCELLED';
	order.updated_at = vietnamTime(clock.now());
}

/** When a card payment is settled, epoch milliseconds: the start of a working day in Vietnam. */
export function settledAt(paidAt: number, { fridaySettlement }: Variants): number {
	const local = new Date(paidAt + VIETNAM_OFFSET);
	const isLate = local.getUTCHours() >= 16;
	const isLateFriday = isLate && local.getUTCDay() === 5;
	const midnight = Math.floor((paidAt + VIETNAM_OFFSET) / DAY) * DAY;
	const nextWorkingDay = (day: number): number => {
		const next = day + DAY;
		return [0, 6].includes(new Date(next).getUTCDay()) ? nextWorkingDay(next) : next;
	};
	const first = nextWorkingDay(midnight);
	const needsSecond = isLate && !(isLateFriday && fridaySettlement === 'monday');
	return (needsSecond ? nextWorkingDay(first) : first) - VIETNAM_OFFSET;
}

/**
 * Gives the money of a card payment back and tells the merchant.
 * @throws Refusal 400 when the order is not paid, not by card, or settled
 */
export function voidTransaction(state: State, order: Order): void {
	const { clock, variants } = state;
	const payment = order.transactions.at(-1);
	if (order.order_status !== 'CAPTURED' || payment?.payment_method !== 'CARD') {
		throw new ApiError(400, 'Chỉ hủy được giao dịch thẻ đã thanh toán');
	}
	const paidAt = Date.parse(`${payment.transaction_date.replace(' ', 'T')}+07:00`);
	if (clock.now() >= settledAt(paidAt, variants)) {
		throw new ApiError(400, 'Giao dịch đã được quyết toán');
	}
	const fields = { transaction_type: 'VOID', transaction_status: 'APPROVED' } as const;
	const own = book(state, order, 'CARD', fields);
	order.order_status = variants.voidedStatus;
	const told = variants.voidTransaction === 'own' ? own : payment;
	void state.notifications.send('TRANSACTION_VOID', order, told);
}
