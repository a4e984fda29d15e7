import type { Company } from './model';

/**
 * The payment code in a memo by the company's structures, in upper case, or null. Matching ignores
 * case; nothing is found while recognition is off.
 */
export function findPaymentCode(memo: string, company: Company): string | null {
	if (!company.configurations.paycode) return null;
	for (const format of company.configurations.payment_code_formats) {
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
