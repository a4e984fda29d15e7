import { accountType } from '../../accounts';
import type { BankAccount } from '../../model';
import { contains } from '../../query';
import type { State } from '../../state';
import { success } from '../answers';
import { uuidOf } from '../uuids';
import { accountOf, check, isWithin, listed, type Route } from './route';

function shown(account: BankAccount, { data }: State) {
	const { bank, label, accumulated, created_at, account_holder_name, account_number } = account;
	const dates = data.transactions
		.filter(({ bank_account_id }) => bank_account_id === account.id)
		.map(({ transaction_date }) => transaction_date);
	return {
		id: uuidOf('account', account.id),
		account_holder_name,
		account_number,
		accumulated,
		last_transaction: dates.sort().at(-1) ?? null,
		label,
		account_type: accountType(account),
		active: Number(account.active),
		created_at,
		bank_short_name: bank.short_name,
		bank_full_name: bank.full_name,
		bank_bin: bank.bin,
		bank_code: bank.code,
	};
}

export const bankAccountRoutes: Route[] = [
	{
		method: 'get',
		path: '/bank-accounts',
		handle: ({ query }, state) => {
			check(query);
			const rows = state.data.bankAccounts.map((account) => shown(account, state));
			const wanted = rows.filter(
				(row) =>
					contains([row.account_number, row.account_holder_name, row.label], query.q) &&
					[row.bank_short_name, undefined].includes(query.bank_short_name) &&
					[String(row.active), undefined].includes(query.active) &&
					isWithin(query, row.last_transaction ?? '', 'last_transaction', ['from', 'to']) &&
					isWithin(query, row.accumulated, 'accumulated', ['min', 'max']),
			);
			return listed(wanted, query, state);
		},
	},
	{
		method: 'get',
		path: '/bank-accounts/:ba',
		handle: (call, state) => success(shown(accountOf(call, state), state)),
	},
];
