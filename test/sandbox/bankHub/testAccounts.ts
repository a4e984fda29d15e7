/** An account that the simulated banks know. */
export interface TestAccount {
	brand_name: string;
	/** What the parameter `bank_id` calls the bank; no document lists the values. */
	bank_id: string;
	account_type: 'individual' | 'enterprise';
	account_number: string;
	account_holder_name: string;
	identification_number: string;
	phone_number: string;
	otp: string;
}

/** By bank: its code, then a personal and a business account as published. */
const published: Record<string, [code: string, personal: string, business: string]> = {
	MBBank: [
		'MB',
		'0123456789 · NGUYEN VAN A · 001234567890 · 0000000001 · 12345678',
		'5555666677 · CONG TY TNHH ABC · 0123456789 · 0000000004 · 55556666',
	],
	ACB: [
		'ACB',
		'4567890123 · BUI VAN G · 045678901234 · 0000000007 · 456789',
		'1111333344 · CONG TY TNHH PQR · 1111333344 · 0000000010 · 111133',
	],
	BIDV: [
		'BIDV',
		'7890123456 · DO VAN J · 078901234567 · 0000000013 · 789012',
		'4444666677 · CONG TY TNHH YZ · 4444666677 · 0000000016 · 444466',
	],
	VietinBank: [
		'ICB',
		'0011223344 · NGUYEN VAN M · 001122334455 · 0000000019 · 001122',
		'7777999900 · CONG TY TNHH GHI TRADING · 7777999900 · 0000000022 · 777799',
	],
	OCB: [
		'OCB',
		'9900112233 · DO VAN V · 099001122334 · 0000000025 · 990011',
		'7777000011 · CONG TY TNHH GHI CONSULTING · 7777000011 · 0000000028 · 777700',
	],
	KienLongBank: [
		'KLB',
		'2233445577 · NGUYEN VAN Y · 022334455778 · 0000000031 · 223344',
		'1111222244 · CONG TY TNHH PQR MANUFACTURING · 1111222244 · 0000000034 · 111122',
	],
};

export const TEST_ACCOUNTS: TestAccount[] = Object.entries(published).flatMap(
	([brand_name, [bank_id, ...lines]]) =>
		lines.map((line, index) => {
			const [account_number, account_holder_name, identification_number, phone_number, otp] =
				line.split(' · ');
			return {
				brand_name,
				bank_id,
				account_type: index === 0 ? 'individual' : 'enterprise',
				account_number,
				account_holder_name,
				identification_number,
				phone_number,
				otp,
			};
		}),
);
