import { VA_ONLY_BANKS } from './accounts';
import { vietnamTime } from './clock';
import type { BankAccount, Data, Transaction } from './model';
import { findPaymentCode } from './paymentCodes';
import { Random } from './random';

const DAY = 86_400_000;
const FIRST_ID = 49_682;

const names = [
	'Nguyễn Văn An',
	'Trần Thị Bích Ngọc',
	'Lê Hoàng Phúc',
	'Phạm Minh Đức',
	'Hoàng Thị Thu Hà',
	'Vũ Quốc Việt',
	'Đặng Thuỳ Dương',
	'Bùi Đình Khôi',
	'Đỗ Mỹ Linh',
	'Ngô Gia Huy',
];

const incomingMemos = [
	'{NAME} chuyen tien',
	'{NAME} CHUYEN KHOAN {CODE}',
	'Thanh toán đơn hàng {CODE}',
	'{code} mua hang online',
	'MBVCB.{DIGITS}.{CODE}.CT tu {DIGITS} {NAME} toi HOA SEN VIET',
	'IBFT {CODE} {NAME} thanh toan tien hang',
	'Học phí tháng 9 bé {Name}',
	'Tiền nhà tháng này – {Name}',
	'ck tien com trua',
	'{NAME} dat coc don {CODE}',
];

const outgoingMemos = [
	'Thanh toan tien hang cho {NAME}',
	'Trả lương tháng cho {Name}',
	'Phi dich vu SMS banking',
	'Hoan tien don hang {NAME}',
];

/** Latin letters without Vietnamese marks, upper case: how most banks print a name. */
function plain(text: string): string {
	return text
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.replace(/đ/g, 'd')
		.replace(/Đ/g, 'D')
		.toUpperCase();
}

/** What a bank prints about a transfer: names, payment codes, free words. */
export function randomMemo(random: Random, isIn: boolean): string {
	const template = random.pick(isIn ? incomingMemos : outgoingMemos);
	const name = random.pick(names);
	const code = random.chance(0.8)
		? `DH${random.digits(random.integer(6, 8))}`
		: `HOC${random.digits(3)}AB`;
	return template
		.replaceAll('{NAME}', plain(name))
		.replaceAll('{Name}', name)
		.replaceAll('{CODE}', code)
		.replaceAll('{code}', code.toLowerCase())
		.replaceAll('{DIGITS}', random.digits(10));
}

function accountOf(data: Data, wish: Partial<Transaction>): BankAccount {
	const found = data.bankAccounts.find((account) =>
		wish.bank_account_id === undefined && wish.account_number !== undefined
			? account.account_number === wish.account_number
			: account.id === (wish.bank_account_id ?? data.bankAccounts[0].id),
	);
	if (!found) throw new Error('addTransaction: no such bank account');
	return found;
}

/**
 * Books a transaction as the newest one and moves the account's balance. What is not given is
 * filled in: 100,000 VND into the first account, at `now` (epoch ms), the payment code found in the
 * memo, a virtual account where the bank has payments through them only.
 */
export function bookTransaction(data: Data, wish: Partial<Transaction>, now: number): Transaction {
	const account = accountOf(data, wish);
	const id = wish.id ?? (data.transactions.at(-1)?.id ?? FIRST_ID - 1) + 1;
	const amount_out = wish.amount_out ?? 0;
	const amount_in = wish.amount_in ?? (amount_out > 0 ? 0 : 100_000);
	const transaction_content = wish.transaction_content ?? 'NGUYEN VAN AN chuyen tien';
	const va =
		amount_in > 0 && VA_ONLY_BANKS.includes(account.bank.short_name)
			? data.subAccounts.find((sub) => sub.bank_account_id === account.id)
			: undefined;
	const { paycode, payment_code_formats } = data.company.configurations;
	const transaction: Transaction = {
		id,
		bank_account_id: account.id,
		bank_brand_name: account.bank.brand_name,
		account_number: account.account_number,
		transaction_date: vietnamTime(now),
		amount_out,
		amount_in,
		accumulated: account.accumulated + amount_in - amount_out,
		transaction_content,
		reference_number: `FT${String(id).padStart(10, '0')}`,
		code: findPaymentCode(transaction_content, paycode ? payment_code_formats : []),
		sub_account: va?.account_number ?? null,
		...wish,
	};
	account.accumulated = transaction.accumulated;
	data.transactions.push(transaction);
	return transaction;
}

/**
 * Fills the accounts with `count` transactions of the 90 days before `now` (epoch ms), the same
 * for the same seed. One in a hundred is reported late: its date is before that of smaller ids.
 */
export function seedTransactions(data: Data, count: number, seed: number, now: number): void {
	const random = new Random(seed);
	const accounts = data.bankAccounts.filter((account) => account.active);
	for (const account of accounts) account.accumulated = 500_000_000;
	for (let index = 0; index < count; index += 1) {
		const account = random.pick(accounts);
		const vas = data.subAccounts.filter((sub) => sub.bank_account_id === account.id);
		const isIn = random.chance(0.8) || account.accumulated < 60_000_000;
		const amount = random.chance(0.9)
			? random.integer(10, 5_000) * 1_000
			: random.integer(10_001, 50_000_000);
		const useVa = isIn && (VA_ONLY_BANKS.includes(account.bank.short_name) || random.chance(0.4));
		const va = useVa && vas.length > 0 ? random.pick(vas).account_number : null;
		let content = randomMemo(random, isIn);
		if (isIn && account.bank.short_name === 'VietinBank') content = `SEVQR ${content}`;
		if (va?.startsWith('TKP')) content = `${va} ${content}`;
		const late = random.chance(0.01) ? 2 * 3_600_000 : 0;
		const at = now - ((count - index - random.next()) / count) * 90 * DAY - late;
		bookTransaction(
			data,
			{
				bank_account_id: account.id,
				amount_in: isIn ? amount : 0,
				amount_out: isIn ? 0 : amount,
				transaction_content: content,
				reference_number: random.chance(0.03) ? null : `FT${random.digits(12)}`,
				sub_account: va,
			},
			at,
		);
	}
}
