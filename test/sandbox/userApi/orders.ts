import { randomInt, randomUUID } from 'node:crypto';
import { accountType } from '../accounts';
import { ApiError } from '../apiError';
import { vietnamTime } from '../clock';
import type { BankAccount, Transaction } from '../model';
import { integer, matches, oneOf, problemsOf, refuse, zeroOrOne, type Body } from '../rules';
import type { State } from '../state';
import type { Order, OrderVa } from './model';

/** What a bank asks of an order. */
interface Bank {
	/** The kinds of customers that it has orders for. */
	types: string[];
	/** Fields that it needs. */
	required: string[];
	longestCode: number;
	/** Whether it takes any other amount than that of the virtual account. */
	takesParts?: true;
}

const BANKS: Record<string, Bank> = {
	BIDV: { types: ['enterprise'], required: [], longestCode: 50, takesParts: true },
	Sacombank: {
		types: ['personal', 'household'],
		required: ['va_prefix', 'amount'],
		longestCode: 50,
	},
	Vietcombank: {
		types: ['enterprise', 'household'],
		required: ['tid', 'amount'],
		longestCode: 15,
	},
	VietinBank: { types: ['enterprise'], required: ['amount'], longestCode: 50 },
};

const amount = integer(1, 999_999_999_999);
const holder = matches(/^[A-Z0-9 ]+$/, 'must be A-Z, digits and spaces');

/**
 * What the bank of an account asks of an order.
 * @throws Refusal when it has none for such a customer
 */
function bankOf(account: BankAccount): Bank {
	const bank = BANKS[account.bank.short_name];
	if (bank?.types.includes(accountType(account))) return bank;
	throw new ApiError(422, 'Ngân hàng không được hỗ trợ', { code: 'unsupported_bank' });
}

function newVa(account: BankAccount, fields: Body, amount: number | null, now: number): OrderVa {
	const { va_prefix = 'SP', va_holder_name, duration } = fields;
	const random = Array.from({ length: 12 }, () => randomInt(10)).join('');
	return {
		va_number: `${String(va_prefix)}${random}`.slice(0, 18),
		va_holder_name: va_holder_name ? String(va_holder_name) : account.account_holder_name,
		amount,
		paid_amount: 0,
		status: 'Unpaid',
		expired_at: duration ? vietnamTime(now + Number(duration) * 1000) : null,
		paid_at: null,
	};
}

/**
 * Makes an order with its first virtual account.
 * @throws Refusal when the bank or a field is not as it must be
 */
export function createOrder({ tokenApi, clock }: State, account: BankAccount, fields: Body): Order {
	const { required, longestCode } = bankOf(account);
	const { orders, terminals, prefixes } = tokenApi;
	const ofAccount = ({ bank_account_id }: { bank_account_id: number }) =>
		bank_account_id === account.id;
	const rules = {
		tid: oneOf(...terminals.filter(ofAccount).map(({ tid }) => tid)),
		va_prefix: oneOf(...prefixes.filter(ofAccount).map(({ va_prefix }) => va_prefix)),
		order_code: matches(
			new RegExp(`^[A-Za-z0-9]{6,${longestCode}}$`),
			`must be 6 to ${longestCode} letters and digits`,
		),
		amount,
		va_holder_name: holder,
		duration: integer(1),
		with_qrcode: zeroOrOne,
		qrcode_template: oneOf('compact', 'qronly'),
	};
	refuse(problemsOf(fields, rules, required));
	const { order_code = `SP${randomUUID().replaceAll('-', '').slice(0, 10).toUpperCase()}` } =
		fields;
	if (orders.some((order) => order.order_code === order_code)) {
		refuse({ order_code: 'has been used' });
	}
	const now = clock.now();
	const wanted = fields.amount === undefined ? null : Number(fields.amount);
	const order: Order = {
		id: randomUUID(),
		bank_account_id: account.id,
		order_code: String(order_code),
		amount: wanted,
		paid_amount: 0,
		status: 'Pending',
		created_at: vietnamTime(now),
		updated_at: vietnamTime(now),
		va: [newVa(account, fields, wanted, now)],
	};
	orders.push(order);
	return order;
}

/**
 * Adds a virtual account to an order.
 * @throws Refusal when the order is paid or cancelled, or a field is not as it must be
 */
export function addVa(state: State, account: BankAccount, order: Order, fields: Body): OrderVa {
	assertStatus(order.status, ['Pending', 'Partially']);
	const { holderNames } = state.tokenApi.variants;
	const rules = {
		amount: integer(1, order.amount ?? Infinity),
		va_holder_name: holder,
		duration: integer(1),
	};
	refuse(problemsOf(fields, rules, holderNames === 'required' ? ['va_holder_name'] : []));
	const left = order.amount === null ? null : order.amount - order.paid_amount;
	const wanted = fields.amount === undefined ? left : Number(fields.amount);
	const va_prefix = /^\D+/.exec(order.va[0].va_number)?.[0];
	const now = state.clock.now();
	const va = newVa(account, { va_prefix, ...fields }, wanted, now);
	order.va.push(va);
	order.updated_at = vietnamTime(now);
	return va;
}

/** @throws Refusal `invalid_state` unless the status is one of those that are allowed */
export function assertStatus(status: string, allowed: string[]): void {
	if (allowed.includes(status)) return;
	throw new ApiError(422, `Trạng thái ${status} không hợp lệ`, { code: 'invalid_state' });
}

/** The order that a virtual account belongs to, if it belongs to one. */
export const orderOf = ({ tokenApi }: State, va_number: string | null): Order | undefined =>
	tokenApi.orders.find(({ va }) => va.some((one) => one.va_number === va_number));

/**
 * Pays into the virtual account of an order, as a customer does at the bank.
 * @param paid VND, by default what the virtual account asks for, or 100,000
 * @param book books the transaction that comes of it
 * @throws Error when the bank takes no such payment
 */
export function pay(
	state: State,
	va_number: string,
	paid: number | undefined,
	book: (transaction: Partial<Transaction>) => Transaction,
): Transaction {
	const order = orderOf(state, va_number);
	const va = order?.va.find((one) => one.va_number === va_number);
	const account = state.data.bankAccounts.find(({ id }) => id === order?.bank_account_id);
	if (!order || !va || !account) throw new Error(`payVa: there is no ${va_number}`);
	const now = vietnamTime(state.clock.now());
	const amount_in = paid ?? va.amount ?? 100_000;
	const isOpen = va.status === 'Unpaid' || va.status === 'Partially';
	if (!isOpen || order.status === 'Cancelled' || (va.expired_at ?? now) < now) {
		throw new Error(`payVa: ${va_number} is not open any more`);
	}
	if (va.amount !== null && amount_in !== va.amount && !bankOf(account).takesParts) {
		throw new Error(`payVa: ${account.bank.short_name} takes exactly ${va.amount}`);
	}
	const statusOf = (wanted: number | null, got: number) =>
		got >= (wanted ?? 0) ? 'Paid' : 'Partially';
	va.paid_amount += amount_in;
	va.status = statusOf(va.amount, va.paid_amount);
	va.paid_at = now;
	order.paid_amount += amount_in;
	order.status = statusOf(order.amount, order.paid_amount);
	order.updated_at = now;
	return book({
		bank_account_id: account.id,
		amount_in,
		sub_account: va_number,
		transaction_content: `${order.order_code} thanh toan`,
	});
}
