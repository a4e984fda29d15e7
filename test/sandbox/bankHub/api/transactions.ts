import { randomUUID } from 'node:crypto';
import type { Answer } from '../../answers';
import { ApiError } from '../../apiError';
import { jsonObjectOf, type EndpointCall } from '../../endpoint';
import { omit } from '../../omit';
import { contains, queryDay } from '../../query';
import { oneOf, problemsOf, refuse, text, type Rule } from '../../rules';
import { amount, count, dayOf, direction, json } from '../answers';
import { bookTransaction } from '../data';
import type { Transaction } from '../model';
import type { State } from '../state';
import type { Variants } from '../variants';
import { newestPage, paged, type Route } from './route';

function shown(transaction: Transaction, variants: Variants) {
	return {
		...omit(transaction, 'accumulated'),
		transfer_type: direction(transaction.transfer_type, 'inOut', variants),
		amount: amount(transaction.amount, 'number', variants),
		webhook_success: count(transaction.webhook_success, 'number', variants),
	};
}

function list({ query }: EndpointCall, state: State): Answer {
	const { transfer_type, webhook_success, q } = query;
	refuse(
		problemsOf(query, { transfer_type: oneOf('in', 'out'), webhook_success: oneOf('0', '1') }),
	);
	const day = queryDay(query, 'transaction_date');
	const from = queryDay(query, 'start_transaction_date') ?? '';
	const to = queryDay(query, 'end_transaction_date') ?? '9999';
	const exact = ['company_xid', 'bank_account_xid', 'brand_name'] as const;
	const rows = state.data.transactions.filter((row) => {
		const date = dayOf(row.transaction_date, state.variants);
		return (
			date >= from &&
			date <= to &&
			(day === undefined || date === day) &&
			exact.every((name) => query[name] === undefined || query[name] === row[name]) &&
			(transfer_type === undefined || transfer_type === row.transfer_type) &&
			(webhook_success === undefined || webhook_success === String(Number(row.webhook_success))) &&
			contains([row.transaction_content, row.payment_code, row.account_number], q)
		);
	});
	const { page, size, total, pages, ...found } = newestPage(rows, query, state);
	const data = found.rows.map((row) => shown(row, state.variants));
	return paged(data, { page, per_page: size, total, total_pages: pages }, state);
}

function get({ params }: EndpointCall, { data, variants }: State): Answer {
	const row = data.transactions.find(({ transaction_id }) => transaction_id === params.id);
	if (!row) throw new ApiError(404, 'Không tìm thấy giao dịch');
	return json(200, { data: shown(row, variants) });
}

const positive: Rule = (value) =>
	typeof value === 'number' && value > 0 ? undefined : 'must be a number above zero';

const directions = {
	creditDebit: ['credit', 'debit'],
	inOut: ['in', 'out'],
	both: ['credit', 'debit', 'in', 'out'],
};

/** A test transaction, which only the sandbox makes. */
function create(call: EndpointCall, state: State): Answer {
	if (state.environment === 'production') {
		throw new ApiError(403, 'API chỉ khả dụng trên môi trường sandbox');
	}
	const { data, clock, variants, notices } = state;
	const body = jsonObjectOf(call);
	const rules = {
		bank_account_xid: text(),
		transfer_type: oneOf(...directions[variants.testDirection]),
		amount: positive,
		transaction_content: text(),
	};
	refuse(problemsOf(body, rules, Object.keys(rules)));
	const account = data.bankAccounts.find(({ xid }) => xid === body.bank_account_xid);
	if (!account?.active) {
		throw new ApiError(400, 'Tài khoản ngân hàng không hợp lệ', {
			fields: { bank_account_xid: 'is not a linked account' },
		});
	}
	const transaction = bookTransaction(
		data,
		{
			bank_account_xid: account.xid,
			transfer_type: ['credit', 'in'].includes(String(body.transfer_type)) ? 'in' : 'out',
			amount: Number(body.amount),
			transaction_content: String(body.transaction_content),
		},
		clock.now(),
		randomUUID,
	);
	void notices.ipn(transaction);
	const { transaction_id, reference_number, transaction_date, accumulated } = transaction;
	return json(200, {
		code: 201,
		message: 'Tạo giao dịch giả lập thành công',
		data: {
			transaction_id,
			reference_number,
			transaction_date,
			amount: amount(transaction.amount, 'number', variants),
			transfer_type: body.transfer_type,
			accumulated: amount(accumulated, 'number', variants),
		},
	});
}

export const transactionRoutes: Route[] = [
	{ method: 'get', path: '/transaction', handle: list },
	{ method: 'get', path: '/transaction/:id', handle: get },
	{ method: 'post', path: '/transaction/create', handle: create },
];
