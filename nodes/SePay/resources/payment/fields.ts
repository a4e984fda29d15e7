import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { InputItem } from '../../../shared/operations/declarativeAdapter';
import { parameterError, type ItemContext } from '../../../shared/operations/parameterError';
import { parseVnd } from '../../../shared/operations/parameterParsers';
import { codeFormatsIn, isPaymentCode, type CodeFormat } from '../../../shared/sePay/paymentCodes';
import { normalizeCode } from '../../../shared/values';

/** A VietQR holds 13 digits. */
const MAX_AMOUNT_VND = 9_999_999_999_999;

export const code: INodeProperties = {
	displayName: 'Payment Code',
	name: 'code',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. DH1042',
	description: 'The code in the memo that tells which order a transfer is for',
};

export const amount: INodeProperties = {
	displayName: 'Amount',
	name: 'amount',
	type: 'number',
	required: true,
	typeOptions: { minValue: 1 },
	default: 0,
	placeholder: 'e.g. 500000',
	description: 'In whole VND',
};

export const accountNumber: INodeProperties = {
	displayName: 'Account Number',
	name: 'accountNumber',
	type: 'string',
	default: '',
	placeholder: 'e.g. 0071000888888',
	description:
		'Only transfers to the bank account or virtual account (VA) with this number count; left empty, to any',
};

export const codeFormats: INodeProperties = {
	displayName: 'Payment Code Formats',
	name: 'codeFormats',
	type: 'json',
	default: '[]',
	placeholder: "e.g. {{ $('Company').item.json.configurations.payment_code_formats }}",
	description:
		'How the payment codes of the account are built, as Company: Get returns it: a list of objects with prefix, suffix_from, suffix_to and character_type. With it, a memo with any two codes of the account is unclear. Without it, the format is guessed from each code.',
};

/**
 * The formats in the option {@link codeFormats}; none when it is empty.
 *
 * @throws NodeOperationError when one of them does not say how codes are built
 */
export function codeFormatsOf(item: InputItem): CodeFormat[] {
	const { displayName, name } = codeFormats;
	const example =
		'Such as [{ "prefix": "DH", "suffix_from": 3, "suffix_to": 10, "character_type": "NumberOnly" }].';
	const rows = listIn(item, displayName, item.parameter(`options.${name}`, '[]') || '[]', example);
	const wrong = rows.findIndex((row) => codeFormatsIn([{ ...row, is_active: true }]).length === 0);
	if (wrong < 0) return codeFormatsIn(rows);
	throw parameterError(item, displayName, `formats, but number ${wrong + 1} is not one`, example);
}

/**
 * A list of objects, given as such or in JSON.
 *
 * @throws NodeOperationError when it is anything else
 */
export function listIn(
	context: ItemContext,
	displayName: string,
	value: unknown,
	hint: string,
): IDataObject[] {
	let rows = value;
	if (typeof value === 'string') {
		try {
			rows = JSON.parse(value);
		} catch {
			throw parameterError(context, displayName, 'a list in JSON', hint);
		}
	}
	if (Array.isArray(rows) && rows.every((row) => row instanceof Object)) return rows;
	throw parameterError(context, displayName, 'a list of objects', hint);
}

/**
 * An amount to be paid, in whole VND.
 *
 * @throws NodeOperationError when it is a fraction, below 1 or of more than 13 digits
 */
export function parsePaymentAmount(context: ItemContext, value: unknown): number {
	const found = parseVnd(context, 'Amount', value);
	if (found >= 1 && found <= MAX_AMOUNT_VND) return found;
	throw parameterError(context, 'Amount', `from 1 to ${MAX_AMOUNT_VND} VND`, `It is ${found}.`);
}

/** Letters and digits that no code has, not even where only an accent makes the difference. */
const FOREIGN_CHARACTERS = /(?![0-9A-Z])[\p{L}\p{N}\p{M}]/iu;

/**
 * A payment code without what banks strip: capital letters and digits alone.
 *
 * @throws NodeOperationError when SePay could not have formed it
 */
export function parsePaymentCode(context: ItemContext, value: unknown): string {
	const found = normalizeCode(value);
	const isForeign = FOREIGN_CHARACTERS.test(String(value).normalize('NFC'));
	if (isPaymentCode(found) && !isForeign) return found;
	const wanted = 'a prefix of 2 to 10 letters A–Z and a suffix of at most 30 letters A–Z or digits';
	const hint = isForeign ? ' Banks take accents off; give it as it comes in a memo.' : '';
	throw parameterError(context, 'Payment Code', wanted, `It is "${String(value)}".${hint}`);
}
