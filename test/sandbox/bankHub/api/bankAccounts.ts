import { omit } from '../../omit';
import { contains } from '../../query';
import { amount, count, json } from '../answers';
import type { BankAccount } from '../model';
import { TEST_ACCOUNTS } from '../testAccounts';
import type { Variants } from '../variants';
import { listed, newestPage, rowOf, type Route } from './route';

function shown(account: BankAccount, variants: Variants) {
	return {
		...account,
		accumulated: amount(account.accumulated, 'text', variants),
		bank_api_connected: count(account.bank_api_connected, 'text', variants),
		active: count(account.active, 'text', variants),
	};
}

/** In the list there is no personal data and no virtual account. */
function row(account: BankAccount, variants: Variants) {
	return omit(shown(account, variants), 'identification_number', 'phone_number', 'va_list');
}

function details(account: BankAccount, variants: Variants) {
	return {
		...omit(shown(account, variants), 'account_type'),
		va_list: account.va_list.map((va) => ({ ...va, active: count(va.active, 'text', variants) })),
	};
}

const bankIds = new Map(TEST_ACCOUNTS.map(({ brand_name, bank_id }) => [brand_name, bank_id]));

export const bankAccountRoutes: Route[] = [
	{
		method: 'get',
		path: '/bank-account',
		handle: ({ query }, state) => {
			const { company_xid, bank_id, q } = query;
			const rows = state.data.bankAccounts.filter(
				(account) =>
					(company_xid === undefined || account.company_xid === company_xid) &&
					(bank_id === undefined || bankIds.get(account.brand_name) === bank_id) &&
					contains([account.account_number, account.account_holder_name], q),
			);
			const page = newestPage(rows, query, state);
			return listed({ ...page, rows: page.rows.map((found) => row(found, state.variants)) }, state);
		},
	},
	{
		method: 'get',
		path: '/bank-account/:xid',
		handle: ({ params }, { data, variants }) => {
			const account = rowOf(data.bankAccounts, params.xid, 'tài khoản ngân hàng');
			return json(200, { data: details(account, variants) });
		},
	},
];
