import type { PaymentCodeFormat } from './model';

/** The payment code in a memo by these structures, in upper case, or null; case is ignored. */
export function findPaymentCode(memo: string, formats: PaymentCodeFormat[]): string | null {
	for (const format of formats) {
		if (!format.is_active) continue;
		const character = format.character_type === 'NumberOnly' ? '[0-9]' : '[0-9A-Z]';
		const length = `{${format.suffix_from},${format.suffix_to}}`;
		const found = new RegExp(
			`(?<![0-9A-Z])${format.prefix}${character}${length}(?![0-9A-Z])`,
			'i',
		).exec(memo);
		if (found) return found[0].toUpperCase();
	}
	return null;
}
