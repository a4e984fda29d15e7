import { randomUUID } from 'node:crypto';
import { plainJson, type Answer } from '../answers';
import type { ApiError } from '../apiError';
import { page } from '../html';
import type { SeenRequest } from '../state';
import type { Order, Transaction } from './model';
import type { Variants } from './variants';

const uuids = new Map<string, string>();

/** The ID of an order or a transaction as the variant shows it. */
export function idText(kind: 'order' | 'transaction', id: number, { ids }: Variants): string {
	if (ids === 'number') return String(id);
	const key = `${kind} ${id}`;
	if (!uuids.has(key)) uuids.set(key, randomUUID());
	return uuids.get(key)!;
}

/** The amount of an order as the variant shows it. */
export function amount(value: number, { amounts }: Variants): string | number {
	if (amounts === 'number') return value;
	return amounts === 'decimals' ? value.toFixed(2) : String(value);
}

const authenticationOf = (card: unknown) => (card ? 'AUTHENTICATION_SUCCESSFUL' : null);

/** What the API and IPNs have in common of a transaction. */
export function shownTransaction(transaction: Transaction, variants: Variants) {
	const { id, transaction_amount, card, ...rest } = transaction;
	return {
		id: idText('transaction', id, variants),
		...rest,
		transaction_amount: String(transaction_amount),
		transaction_currency: 'VND',
		authentication_status: authenticationOf(card),
		card_number: card?.card_number ?? null,
		card_holder_name: card?.card_holder_name ?? null,
		card_expiry: card?.card_expiry ?? null,
		card_funding_method: card?.card_funding_method ?? null,
		card_brand: card?.card_brand ?? null,
	};
}

/** An order as the list shows it. */
export function shownOrder(order: Order, variants: Variants) {
	return {
		id: idText('order', order.id, variants),
		customer_id: order.customer_id,
		order_id: order.order_id,
		order_invoice_number: order.order_invoice_number,
		order_status: order.order_status,
		order_amount: amount(order.order_amount, variants),
		order_currency: 'VND',
		order_description: order.order_description,
		authentication_status: authenticationOf(order.transactions.at(-1)?.card),
		created_at: order.created_at,
		updated_at: order.updated_at,
	};
}

/** A refusal: a page for what a browser asked, else in the shape of the variant. */
export function errorAnswer(apiError: ApiError, { path }: SeenRequest, variants: Variants): Answer {
	const { status, message, details } = apiError;
	const { errorShape } = variants;
	const isPage = errorShape === 'html' || path.includes('/checkout/');
	if (isPage) return page(status, `<h1>${message}</h1>`);
	const shapes = {
		message: { message },
		error: { error: { code: status, message } },
		errors: { message, errors: details.fields ?? {} },
	};
	return plainJson(status, shapes[errorShape], details.headers);
}
