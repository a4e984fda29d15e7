import { VA_ONLY_BANKS } from '../accounts';
import { vietnamTime } from '../clock';
import { omit } from '../omit';
import { findPaymentCode } from '../paymentCodes';
import { Random } from '../random';
import { randomMemo } from '../transactions';
import type { BankAccount, Company, Data, Transaction } from './model';
import { TEST_ACCOUNTS, type TestAccount } from './testAccounts';

const DAY = 86_400_000;

/** Where new rows get their xids from. */
export type NewXid = () => string;

const names = ['Hoa Sen', 'Bình Minh', 'Sông Hồng', 'Đại Phát', 'An Khang', 'Trường Sơn'];

/** Adds a company, active unless `wish` says otherwise; `now` is epoch milliseconds. */
export function addCompany(
	data: Data,
	wish: Partial<Company>,
	now: number,
	newXid: NewXid,
): Company {
	const id = (data.companies.at(-1)?.id ?? 700) + 1;
	const at = vietnamTime(now);
	const company: Company = {
		id,
		xid: newXid(),
		full_name: `Công ty TNHH ${names[id % names.length]} ${id}`,
		short_name: null,
		status: 'Active',
		created_at: at,
		updated_at: at,
		...wish,
		configuration: {
			payment_code: 'on',
			payment_code_prefix: 'DH',
			payment_code_suffix_from: 6,
			payment_code_suffix_to: 8,
			payment_code_suffix_character_type: 'NumberOnly',
			data_storage_time: '90',
			transaction_amount: 'Unlimited',
			...wish.configuration,
		},
	};
	data.companies.push(company);
	return company;
}

/** Links an account to a company; with a virtual account where payments come through them only. */
export function addBankAccount(
	data: Data,
	company_xid: string,
	known: TestAccount,
	now: number,
	newXid: NewXid,
): BankAccount {
	const at = vietnamTime(now);
	const times = { created_at: at, updated_at: at };
	const account: BankAccount = {
		xid: newXid(),
		company_xid,
		...omit(known, 'bank_id', 'otp'),
		accumulated: 0,
		bank_api_connected: true,
		active: true,
		last_transaction: null,
		...times,
		va_list: !VA_ONLY_BANKS.includes(known.brand_name)
			? []
			: [
					{
						xid: newXid(),
						sub_account: `${known.bank_id}HUB${known.account_number.slice(-4)}`,
						sub_holder_name: known.account_holder_name,
						active: true,
						...times,
					},
				],
	};
	data.bankAccounts.push(account);
	return account;
}

function paymentCode(memo: string, { configuration }: Company): string | null {
	if (configuration.payment_code === 'off') return null;
	return findPaymentCode(memo, [
		{
			prefix: configuration.payment_code_prefix,
			suffix_from: configuration.payment_code_suffix_from,
			suffix_to: configuration.payment_code_suffix_to,
			character_type: configuration.payment_code_suffix_character_type,
			is_active: true,
		},
	]);
}

/**
 * Books a transaction as the newest one and moves the account's balance. What is not given is
 * filled in: 100,000 VND into the first account, at `now` (epoch ms), the payment code found in the
 * text, a virtual account where the bank has payments through them only.
 */
export function bookTransaction(
	data: Data,
	wish: Partial<Transaction>,
	now: number,
	newXid: NewXid,
): Transaction {
	const account = data.bankAccounts.find(
		({ xid }) => xid === (wish.bank_account_xid ?? data.bankAccounts[0].xid),
	);
	const company = data.companies.find(({ xid }) => xid === account?.company_xid);
	if (!account || !company) throw new Error('bookTransaction: no such bank account');
	const { transfer_type = 'in', amount = 100_000 } = wish;
	const transaction_content = wish.transaction_content ?? 'NGUYEN VAN AN chuyen tien';
	const va = transfer_type === 'in' ? account.va_list[0] : undefined;
	const transaction: Transaction = {
		transaction_id: newXid(),
		transaction_date: vietnamTime(now),
		bank_account_xid: account.xid,
		company_xid: account.company_xid,
		brand_name: account.brand_name,
		account_number: account.account_number,
		va: va?.sub_account ?? null,
		va_xid: va?.xid ?? null,
		reference_number: `FT${String(data.transactions.length + 1).padStart(12, '0')}`,
		transfer_type,
		amount,
		accumulated: account.accumulated + (transfer_type === 'in' ? amount : -amount),
		transaction_content,
		payment_code: paymentCode(transaction_content, company),
		webhook_success: false,
		...wish,
	};
	account.accumulated = transaction.accumulated;
	account.last_transaction = transaction.transaction_date;
	data.transactions.push(transaction);
	return transaction;
}

/** How much there is at the start. */
export interface Amounts {
	/** One in five, the third first, is pending and has no bank account. */
	companies: number;
	/** Spread over the companies in turn. */
	bankAccounts: number;
	/** Spread over the accounts by chance and over the 90 days before. */
	transactions: number;
}

function seededXid(random: Random): NewXid {
	const hex = (length: number) =>
		Array.from({ length }, () => random.integer(0, 15).toString(16)).join('');
	return () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
}

/** What the merchant has at `now` (epoch ms), the same xids and amounts for the same seed. */
export function createData(amounts: Amounts, seed: number, now: number): Data {
	const random = new Random(seed);
	const newXid = seededXid(random);
	const data: Data = {
		companies: [],
		bankAccounts: [],
		transactions: [],
		linkTokens: [],
		webhook: null,
		merchant: {
			transaction_whitelist_remark_keywords: [],
			global_hosted_link_custom_css: null,
			logo_url: null,
		},
		logo: null,
	};
	const start = now - 90 * DAY;
	for (let index = 0; index < amounts.companies; index += 1) {
		const status = index % 5 === 2 ? 'Pending' : 'Active';
		const at = start - (amounts.companies - index) * DAY;
		addCompany(data, { status }, at, newXid);
	}
	const active = data.companies.filter(({ status }) => status === 'Active');
	for (let index = 0; index < amounts.bankAccounts; index += 1) {
		const known = {
			...TEST_ACCOUNTS[index % TEST_ACCOUNTS.length],
			account_number: `9${random.digits(9)}`,
			identification_number: random.digits(12),
			phone_number: `09${random.digits(8)}`,
		};
		const { xid } = active[index % active.length];
		const account = addBankAccount(data, xid, known, start - (1 - index / 1e5) * DAY, newXid);
		account.accumulated = 500_000_000;
	}
	for (let index = 0; index < amounts.transactions; index += 1) {
		const account = random.pick(data.bankAccounts);
		const isIn = random.chance(0.8) || account.accumulated < 60_000_000;
		bookTransaction(
			data,
			{
				bank_account_xid: account.xid,
				transfer_type: isIn ? 'in' : 'out',
				amount: random.integer(10, 50_000) * 1_000,
				transaction_content: randomMemo(random, isIn),
				reference_number: `FT${random.digits(12)}`,
				webhook_success: random.chance(0.9),
			},
			start + ((index + random.next()) / amounts.transactions) * 90 * DAY,
			newXid,
		);
	}
	return data;
}
