import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { wholeVnd } from '../../../shared/checks';
import { invalid, type InputItem, type Place } from '../../../shared/exchange';
import { codeFormatsIn, isCode, type CodeFormat } from '../../../shared/paymentCodes';
import { squeeze } from '../../../shared/values';

/** A VietQR holds 13 digits. */
const MOST = 9_999_999_999_999;

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
	throw invalid(item, displayName, `formats, but number ${wrong + 1} is not one`, example);
}

/**
 * A list of objects, given as such or in JSON.
 *
 * @throws NodeOperationError when it is anything else
 */
export function listIn(
	place: Place,
	displayName: string,
	value: unknown,
	wayOut: string,
): IDataObject[] {
	let rows = value;
	if (typeof value === 'string') {
		try {
			rows = JSON.parse(value);
		} catch {
			throw invalid(place, displayName, 'a list in JSON', wayOut);
		}
	}
	if (Array.isArray(rows) && rows.every((row) => row instanceof Object)) return rows;
	throw invalid(place, displayName, 'a list of objects', wayOut);
}

/**
 * An amount to be paid, in whole VND.
 *
 * @throws NodeOperationError when it is a fraction, below 1 or of more than 13 digits
 */
export function money(place: Place, value: unknown): number {
	const found = wholeVnd(place, 'Amount', value);
	if (found >= 1 && found <= MOST) return found;
	throw invalid(place, 'Amount', `from 1 to ${MOST} VND`, `It is ${found}.`);
}

/** Letters and digits that no code has, not even where only an accent makes the difference. */
const FOREIGN = /(?![0-9A-Z])[\p{L}\p{N}\p{M}]/iu;

/**
 * A payment code without what banks strip: capital letters and digits alone.
 *
 * @throws NodeOperationError when SePay could not have formed it
 */
export function codeOf(place: Place, value: unknown): string {
	const found = squeeze(value);
	const isForeign = FOREIGN.test(String(value).normalize('NFC'));
	if (isCode(found) && !isForeign) return found;
	const wanted = 'a prefix of 2 to 10 letters A–Z and a suffix of at most 30 letters A–Z or digits';
	const wayOut = isForeign ? ' Banks take accents off; give it as it comes in a memo.' : '';
	throw invalid(place, 'Payment Code', wanted, `It is "${String(value)}".${wayOut}`);
}
