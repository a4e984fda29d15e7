import { parameterError, type ItemContext } from '../../../shared/operations/parameterError';
import { normalizeCode, withoutMarks } from '../../../shared/values';

/** How payments reach SePay at a bank where it is not enough to transfer to the account. */
interface BankRule {
	/** Whose accounts it holds for; absent: everybody's. */
	only?: 'personal';
	/** Must stand in the memo. */
	memo?: string;
	/** SePay sees transfers to virtual accounts (VAs) alone. */
	vaOnly?: boolean;
}

/**
 * The banks that SePay's documents name, by the short name that a VietQR takes. Others go by short
 * name, code or BIN.
 */
export const BANKS = [
	'ACB',
	'BIDV',
	'KienLongBank',
	'MBBank',
	'MSB',
	'OCB',
	'Sacombank',
	'TPBank',
	'Vietcombank',
	'VietinBank',
	'VPBank',
];

/** Rules of SePay (reference: "Memo and VA rules, by bank"). */
const RULES: Record<string, BankRule> = {
	BIDV: { only: 'personal', vaOnly: true },
	KienLongBank: { vaOnly: true },
	MSB: { vaOnly: true },
	OCB: { vaOnly: true },
	VietinBank: { only: 'personal', memo: 'SEVQR' },
};

/** Other names of the banks with rules, in capitals: codes, BINs, and how else people call them. */
const ALIASES: Record<string, string> = {
	'970415': 'VietinBank',
	'970418': 'BIDV',
	'970426': 'MSB',
	'970448': 'OCB',
	'970452': 'KienLongBank',
	CTG: 'VietinBank',
	ICB: 'VietinBank',
	KLB: 'KienLongBank',
	VTB: 'VietinBank',
};

/** A VietQR's field for the memo holds no more, its own head included. */
const MAX_LENGTH = 95;
/** What NAPAS provides for; banks may cut the rest. */
const SAFE_LENGTH = 25;

/** The bank by the name that a VietQR takes for sure, where it is known; otherwise as it is given. */
export const bankNameOf = (bank: string) =>
	ALIASES[normalizeCode(bank)] ??
	BANKS.find((name) => normalizeCode(name) === normalizeCode(bank)) ??
	bank;

/** The rule for an account of this kind, if there is one. */
export function bankRuleFor(bankName: string, holder: string): BankRule {
	const rule = RULES[bankName] ?? {};
	return rule.only && rule.only !== holder ? {} : rule;
}

/**
 * The memo as it has to be for SePay to see the transfer and for banks to leave it alone: Latin
 * letters without marks, digits and blanks; the code of a memo-based VA first, then what the bank
 * needs.
 *
 * @param memoVa code of a memo-based VA, with or without `TKP`; empty for none
 * @throws NodeOperationError when it has other characters or is too long
 */
export function composeMemo(
	context: ItemContext,
	text: string,
	memoVa: string,
	rule: BankRule,
): string {
	const plain = withoutMarks(text).replace(/\s+/g, ' ').trim();
	const [odd] = /[^0-9A-Za-z ]/u.exec(plain) ?? [];
	if (odd) {
		const hint = `It contains "${odd}", which banks drop or change. Accents are removed automatically.`;
		throw parameterError(context, 'Memo', 'letters, digits and spaces', hint);
	}
	const va = memoVa && `TKP${normalizeCode(memoVa).replace(/^TKP/, '')}`;
	const needed = rule.memo && !normalizeCode(plain).includes(rule.memo) ? rule.memo : '';
	const memo = [va, needed, plain].filter(Boolean).join(' ');
	if (memo.length <= MAX_LENGTH) return memo;
	const hint = `It has ${memo.length} characters. A VietQR code cannot hold more, and banks may cut off everything after ${SAFE_LENGTH}.`;
	throw parameterError(context, 'Memo', `at most ${MAX_LENGTH} characters long`, hint);
}

/** What may keep a payment by this QR from being seen or told apart. */
export function memoWarnings(memo: string, rule: BankRule, isVa: boolean): string[] {
	const warnings = [
		rule.vaOnly &&
			!isVa &&
			'SePay sees transfers at this bank only if they go to a virtual account (VA). Use the number of a VA.',
		memo.length > SAFE_LENGTH &&
			`Banks may cut the memo off after ${SAFE_LENGTH} characters. Put the code first.`,
	];
	return warnings.filter((warning) => typeof warning === 'string');
}
