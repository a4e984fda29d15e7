import { randomUUID } from 'node:crypto';
import { accountType } from '../../accounts';
import type { Answer } from '../../answers';
import { ApiError } from '../../apiError';
import { vietnamTime } from '../../clock';
import type { EndpointCall } from '../../endpoint';
import type { Transaction } from '../../model';
import { integer, problemsOf, refuse } from '../../rules';
import type { State } from '../../state';
import { created, success } from '../answers';
import type { Order, Refund } from '../model';
import { orderOf } from '../orders';
import { uuidOf } from '../uuids';
import { orderIn } from './orders';
import { accountOf, fieldsOf, found, listed, type Route } from './route';
import { transactionIn } from './transactions';

/** How long the bank takes for a refund, milliseconds on the sandbox clock. */
const SETTLED_MS = 60_000;

function shown({ transaction_id, bank_account_id, ...refund }: Refund) {
	return {
		...refund,
		bank_account_id: uuidOf('account', bank_account_id),
		transaction_id: transaction_id === null ? null : uuidOf('transaction', transaction_id),
	};
}

const sum = (refunds: Refund[]) =>
	refunds.reduce((total, { refund_amount }) => total + refund_amount, 0);

/** @throws Refusal when the bank has no refunds, which Test Mode does not look at */
function assertBank(id: number, { data, tokenApi }: State): void {
	const account = data.bankAccounts.find((one) => one.id === id)!;
	const hasRefunds =
		account.bank.short_name === 'VietinBank' && accountType(account) === 'enterprise';
	if (hasRefunds || tokenApi.environment === 'test') return;
	throw new ApiError(422, 'Ngân hàng không được hỗ trợ', { code: 'unsupported_bank' });
}

/** Pays back what was received for an order, or by one transaction, or a part of it. */
function refund(call: EndpointCall, state: State, order?: Order, row?: Transaction): Answer {
	const { tokenApi, clock } = state;
	const { refunds } = tokenApi;
	const { bank_account_id } = (row ?? order)!;
	assertBank(bank_account_id, state);
	const isUnpaid = order && !(order.paid_amount > 0 && order.status !== 'Cancelled');
	if (isUnpaid || row?.amount_in === 0) {
		throw new ApiError(422, 'Không thể hoàn tiền', { code: 'not_available' });
	}
	const ofOrder = refunds.filter(({ order_id }) => order_id === order?.id);
	const ofRow = refunds.filter(({ transaction_id }) => transaction_id === row?.id);
	const left = Math.min(
		order ? order.paid_amount - sum(ofOrder) : Infinity,
		row ? row.amount_in - sum(ofRow) : Infinity,
	);
	if (left === 0) throw new ApiError(422, 'Đã hoàn tiền', { code: 'already_refunded' });
	const fields = fieldsOf(call);
	refuse(problemsOf(fields, { refund_amount: integer(1, left) }));
	const now = clock.now();
	const made: Refund = {
		id: randomUUID(),
		bank_account_id,
		order_id: order?.id ?? null,
		transaction_id: row?.id ?? null,
		refund_amount: Number(fields.refund_amount ?? left),
		status: 'pending',
		created_at: vietnamTime(now),
		updated_at: vietnamTime(now),
	};
	refunds.push(made);
	clock.schedule(now + SETTLED_MS, () => {
		made.status = 'succeeded';
		made.updated_at = vietnamTime(clock.now());
	});
	return created('Tạo yêu cầu hoàn tiền thành công', shown(made));
}

/** Carries a request out once for each idempotency key. */
function once(call: EndpointCall, { tokenApi }: State, carryOut: () => Answer): Answer {
	const key = call.headers['x-idempotency-key'];
	if (!key) {
		throw new ApiError(422, 'Thiếu X-Idempotency-Key', { code: 'idempotency_key_required' });
	}
	const request = `${call.path} ${call.rawBody}`;
	const before = tokenApi.answered.get(key);
	if (!before) {
		const answer = carryOut();
		tokenApi.answered.set(key, { request, answer });
		return answer;
	}
	if (before.request === request && tokenApi.variants.repeatedRefund === 'sameAnswer') {
		return before.answer;
	}
	throw new ApiError(409, 'X-Idempotency-Key đã được dùng', { code: 'idempotency_key_reused' });
}

/** The refunds at a place where they may be listed, of the bank account in its path or of all. */
function refundsAt(
	place: State['tokenApi']['variants']['refundsPath'],
	call: EndpointCall,
	state: State,
): Refund[] {
	const { refunds, variants } = state.tokenApi;
	if (variants.refundsPath !== place) throw new ApiError(404, 'Không tìm thấy');
	if (place === 'root') return refunds;
	const account = accountOf(call, state);
	return refunds.filter(({ bank_account_id }) => bank_account_id === account.id);
}

export const refundRoutes: Route[] = [
	{
		method: 'post',
		path: '/bank-accounts/:ba/orders/:id/refund',
		handle: (call, state) => {
			const order = orderIn(call, state);
			return once(call, state, () => refund(call, state, order));
		},
	},
	{
		method: 'post',
		path: '/transactions/:id/refund',
		handle: (call, state) => {
			const row = transactionIn(call, state);
			const order = row.sub_account === null ? undefined : orderOf(state, row.sub_account);
			return once(call, state, () => refund(call, state, order, row));
		},
	},
	...(
		[
			['root', '/refunds'],
			['bankAccount', '/bank-accounts/:ba/refunds'],
		] as const
	).flatMap(([place, path]): Route[] => [
		{
			method: 'get',
			path,
			handle: (call, state) => {
				const rows = refundsAt(place, call, state).map(shown);
				return listed(rows, call.query, state);
			},
		},
		{
			method: 'get',
			path: `${path}/:id`,
			handle: (call, state) => {
				const row = refundsAt(place, call, state).find(({ id }) => id === call.params.id);
				return success(shown(found(row, 'hoàn tiền')));
			},
		},
	]),
];
