import { ApiError } from '../../apiError';
import type { EndpointCall } from '../../endpoint';
import type { BankAccount } from '../../model';
import { omit } from '../../omit';
import { contains } from '../../query';
import type { State } from '../../state';
import { created, noContent, success } from '../answers';
import type { Order } from '../model';
import { addVa, assertStatus, createOrder } from '../orders';
import { accountOf, check, fieldsOf, found, listed, type Route } from './route';

/** The smallest picture there is. */
const QR_CODE =
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==';

const bankOf = ({ bank, account_number, account_holder_name }: BankAccount) => ({
	bank_name: bank.brand_name,
	account_number,
	account_holder_name,
});

function shown(order: Order, account: BankAccount) {
	const { va, ...rest } = omit(order, 'bank_account_id');
	return { ...rest, ...bankOf(account), va: va.map((one) => omit(one, 'paid_amount')) };
}

const ordersOf = (account: BankAccount, { tokenApi }: State) =>
	tokenApi.orders.filter(({ bank_account_id }) => bank_account_id === account.id);

/**
 * The order in the path.
 * @throws Refusal 404
 */
export function orderIn(call: EndpointCall, state: State): Order {
	const orders = ordersOf(accountOf(call, state), state);
	return found(
		orders.find(({ id }) => id === call.params.id),
		'đơn hàng',
	);
}

/** The rows of what one bank alone has. */
function rowsAt<T extends { bank_account_id: number }>(
	call: EndpointCall,
	state: State,
	rows: T[],
	bank: string,
): Array<Omit<T, 'bank_account_id'>> {
	const account = accountOf(call, state);
	if (account.bank.short_name !== bank) {
		throw new ApiError(422, 'Ngân hàng không được hỗ trợ', { code: 'unsupported_bank' });
	}
	const own = rows.filter(({ bank_account_id }) => bank_account_id === account.id);
	return own.map((row) => omit(row, 'bank_account_id'));
}

const prefixesOf = (call: EndpointCall, state: State) =>
	rowsAt(call, state, state.tokenApi.prefixes, 'Sacombank');

export const orderRoutes: Route[] = [
	{
		method: 'get',
		path: '/bank-accounts/:ba/orders',
		handle: (call, state) => {
			check(call.query);
			const account = accountOf(call, state);
			const rows = ordersOf(account, state).map((order) => shown(order, account));
			return listed(rows, call.query, state);
		},
	},
	{
		method: 'post',
		path: '/bank-accounts/:ba/orders',
		handle: (call, state) => {
			const account = accountOf(call, state);
			const fields = fieldsOf(call);
			const order = createOrder(state, account, fields);
			const { id, order_code, amount, status, va } = order;
			const [{ va_number, va_holder_name, expired_at }] = va;
			const query = new URLSearchParams({
				acc: va_number,
				bank: account.bank.short_name,
				amount: String(amount ?? ''),
				template: String(fields.qrcode_template ?? ''),
			});
			const isDrawn = fields.with_qrcode === 1;
			return created('Tạo đơn hàng thành công', {
				id,
				order_code,
				va_number,
				va_holder_name,
				amount,
				status,
				...bankOf(account),
				expired_at,
				qr_code: isDrawn ? QR_CODE : null,
				qr_code_url: isDrawn ? `https://vietqr.app/img?${query}` : null,
			});
		},
	},
	{
		method: 'get',
		path: '/bank-accounts/:ba/orders/:id',
		handle: (call, state) => success(shown(orderIn(call, state), accountOf(call, state))),
	},
	{
		method: 'delete',
		path: '/bank-accounts/:ba/orders/:id',
		handle: (call, state) => {
			const order = orderIn(call, state);
			assertStatus(order.status, ['Pending']);
			order.status = 'Cancelled';
			return noContent;
		},
	},
	{
		method: 'post',
		path: '/bank-accounts/:ba/orders/:id/va',
		handle: (call, state) => {
			const va = addVa(state, accountOf(call, state), orderIn(call, state), fieldsOf(call));
			return created('Tạo VA thành công', omit(va, 'paid_amount', 'paid_at'));
		},
	},
	{
		method: 'delete',
		path: '/bank-accounts/:ba/orders/:id/va/:va',
		handle: (call, state) => {
			const { va } = orderIn(call, state);
			const one = found(
				va.find(({ va_number }) => va_number === call.params.va),
				'VA',
			);
			assertStatus(one.status, ['Unpaid']);
			one.status = 'Cancelled';
			return noContent;
		},
	},
	{
		method: 'get',
		path: '/bank-accounts/:ba/prefixes',
		handle: (call, state) => listed(prefixesOf(call, state), call.query, state),
	},
	{
		method: 'get',
		path: '/bank-accounts/:ba/prefixes/:prefix',
		handle: (call, state) => {
			const { prefix } = call.params;
			const row = prefixesOf(call, state).find(({ va_prefix }) => va_prefix === prefix);
			return success(found(row, 'tiền tố VA'));
		},
	},
	{
		method: 'get',
		path: '/bank-accounts/:ba/terminals',
		handle: (call, state) => {
			const rows = rowsAt(call, state, state.tokenApi.terminals, 'Vietcombank');
			const wanted = rows.filter(({ tid, name }) => contains([tid, name], call.query.q));
			return listed(wanted, call.query, state);
		},
	},
];
