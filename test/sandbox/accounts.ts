import type { Bank, BankAccount, SubAccount } from './model';

function bank(short_name: string, full_name: string, code: string, bin: string): Bank {
	const picture = `https://my.sepay.vn/assets/images/banklogo/${short_name.toLowerCase()}`;
	return {
		short_name,
		full_name,
		code,
		bin,
		icon_url: `${picture}-icon.png`,
		logo_url: `${picture}.png`,
		brand_name: short_name,
	};
}

const vietcombank = bank('Vietcombank', 'Ngân hàng TMCP Ngoại Thương Việt Nam', 'VCB', '970436');
const bidv = bank('BIDV', 'Ngân hàng TMCP Đầu tư và Phát triển Việt Nam', 'BIDV', '970418');
const vietinbank = bank('VietinBank', 'Ngân hàng TMCP Công thương Việt Nam', 'ICB', '970415');
const tpbank = bank('TPBank', 'Ngân hàng TMCP Tiên Phong', 'TPB', '970423');
const ocb = bank('OCB', 'Ngân hàng TMCP Phương Đông', 'OCB', '970448');
const mbbank = bank('MBBank', 'Ngân hàng TMCP Quân đội', 'MB', '970422');
const sacombank = bank('Sacombank', 'Ngân hàng TMCP Sài Gòn Thương Tín', 'STB', '970403');
const acb = bank('ACB', 'Ngân hàng TMCP Á Châu', 'ACB', '970416');

/** Banks whose money-out transactions SePay sends to webhooks. */
export const MONEY_OUT_BANKS = ['Sacombank', 'TPBank', 'VietinBank'];

/** Banks where SePay sees payments into virtual accounts only. */
export const VA_ONLY_BANKS = ['BIDV', 'OCB', 'MSB', 'KienLongBank'];

function account(
	id: number,
	bank: Bank,
	account_number: string,
	account_holder_name: string,
	label: string | null,
	active = true,
): BankAccount {
	const created_at = `2025-02-${id} 21:09:49`;
	return {
		id,
		label,
		account_holder_name,
		account_number,
		accumulated: 0,
		active,
		created_at,
		bank,
	};
}

const COMPANY = 'CONG TY TNHH HOA SEN VIET';

/** The company's bank accounts, balances still zero. */
export function bankAccounts(): BankAccount[] {
	return [
		account(12, vietcombank, '0071000888888', COMPANY, 'Cửa hàng chính'),
		account(14, bidv, '1200456789', 'NGUYEN THI LAN', 'Hộ kinh doanh'),
		account(17, vietinbank, '109876543210', 'NGUYEN THI LAN', null),
		account(19, tpbank, '04168899001', COMPANY, 'Kho Thủ Đức'),
		account(21, ocb, '0037100012345678', COMPANY, 'Học phí'),
		account(24, mbbank, '0901234567', COMPANY, 'Giao hàng'),
		account(27, acb, '8888123', COMPANY, 'Đã đóng', false),
	];
}

/** One more account at each bank that has orders, but for Vietcombank, where there is one already. */
export function orderAccounts(): BankAccount[] {
	return [
		account(13, sacombank, '060123456789', 'NGUYEN THI LAN', 'Đơn hàng'),
		account(15, bidv, '1300567890', COMPANY, 'Đơn hàng'),
		account(18, vietinbank, '118001234567', COMPANY, 'Đơn hàng'),
	];
}

/** What kind of customer the bank has; banks give orders to some kinds only. */
export function accountType({ account_holder_name, label }: BankAccount): string {
	if (account_holder_name.startsWith('CONG TY')) return 'enterprise';
	return label === 'Hộ kinh doanh' ? 'household' : 'personal';
}

/** Virtual accounts of the banks that have them. */
export function subAccounts(): SubAccount[] {
	const created_at = '2025-03-01 08:00:00';
	const rows: Array<[number, number, string, string | null, string | null]> = [
		[25, 12, 'VCB0011ABC001', null, 'Chi nhánh Quận 1'],
		[26, 12, 'VCB0011ABC004', 'HOA SEN VIET QUAN 3', 'Chi nhánh Quận 3'],
		[27, 14, '96247HOASEN01', 'NGUYEN THI LAN', 'Quầy 1'],
		[28, 14, '96247HOASEN02', 'NGUYEN THI LAN', null],
		[29, 19, 'TKPHS1', null, 'Kho'],
		[31, 21, 'OCBHS0001', 'HOA SEN VIET', 'Lớp 1A'],
		[32, 21, 'OCBHS0002', 'HOA SEN VIET', 'Lớp 1B'],
		[33, 21, 'OCBHS0003', 'HOA SEN VIET', 'Lớp 1C'],
	];
	return rows.map(([id, bank_account_id, account_number, account_holder_name, label]) => ({
		id,
		bank_account_id,
		account_number,
		account_holder_name,
		label,
		active: true,
		created_at,
	}));
}
