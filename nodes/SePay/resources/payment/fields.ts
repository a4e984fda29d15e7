import type { IDataObject } from 'n8n-workflow';
import { fieldType, required, text } from '../../../shared/operations/fields';
import { parameterError, type ItemContext } from '../../../shared/operations/parameterError';
import { parseVnd } from '../../../shared/operations/parameterParsers';
import { codeFormatsIn, isPaymentCode, type CodeFormat } from '../../../shared/sePay/paymentCodes';
import { normalizeCode } from '../../../shared/values';

/** A VietQR holds 13 digits. */
const MAX_AMOUNT_VND = 9_999_999_999_999;

export const [code, amount] = required(
	fieldType('string', parsePaymentCode)('code', 'The code in the memo that identifies the order', {
		displayName: 'Payment Code',
		placeholder: 'e.g. DH1042',
	}),
	fieldType('number', parsePaymentAmount)('amount', 'In whole VND', {
		typeOptions: { minValue: 1 },
		default: 0,
		placeholder: 'e.g. 500000',
	}),
);

export const accountNumber = text(
	'accountNumber',
	'Count only transfers to the bank account or virtual account (VA) with this number. Leave empty to count all.',
	{ placeholder: 'e.g. 0071000888888' },
);

export const codeFormats = fieldType('json', parseCodeFormats)(
	'codeFormats',
	'The payment code formats of the account, as Company: Get returns them: a list of objects with prefix, suffix_from, suffix_to and character_type. With formats, a memo that contains any two codes of the account is unclear. Without them, the node guesses the format from each code.',
	{
		displayName: 'Payment Code Formats',
		default: '[]',
		placeholder: "e.g. {{ $('Company').item.json.configurations.payment_code_formats }}",
	},
);

/** The payment code formats in a list. @throws NodeOperationError when one does not say how codes are built */
function parseCodeFormats(context: ItemContext, displayName: string, value: unknown): CodeFormat[] {
	const example =
		'Example: [{ "prefix": "DH", "suffix_from": 3, "suffix_to": 10, "character_type": "NumberOnly" }]';
	const rows = listIn(context, displayName, value, example);
	const wrong = rows.findIndex((row) => codeFormatsIn([{ ...row, is_active: true }]).length === 0);
	if (wrong < 0) return codeFormatsIn(rows);
	const expected = `a list of formats, but number ${wrong + 1} is not one`;
	throw parameterError(context, displayName, expected, example);
}

/** A list of objects, given as such or in JSON. @throws NodeOperationError when it is anything else */
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
			throw parameterError(context, displayName, 'a JSON list', hint);
		}
	}
	if (Array.isArray(rows) && rows.every((row) => row instanceof Object)) return rows;
	throw parameterError(context, displayName, 'a list of objects', hint);
}

/** An amount in whole VND. @throws NodeOperationError when it is a fraction, below 1 or above 13 digits */
function parsePaymentAmount(context: ItemContext, displayName: string, value: unknown): number {
	const found = parseVnd(context, displayName, value);
	if (found >= 1 && found <= MAX_AMOUNT_VND) return found;
	throw parameterError(context, displayName, `from 1 to ${MAX_AMOUNT_VND} VND`, `It is ${found}.`);
}

/** Letters and digits that no code has, not even where only an accent makes the difference. */
const FOREIGN_CHARACTERS = /(?![0-9A-Z])[\p{L}\p{N}\p{M}]/iu;

/** A payment code in capital letters and digits. @throws NodeOperationError when SePay could not have formed it */
function parsePaymentCode(context: ItemContext, displayName: string, value: unknown): string {
	const found = normalizeCode(value);
	const isForeign = FOREIGN_CHARACTERS.test(String(value).normalize('NFC'));
	if (isPaymentCode(found) && !isForeign) return found;
	const wanted = 'a prefix of 2 to 10 letters A–Z and a suffix of at most 30 letters A–Z or digits';
	const hint = isForeign ? ' Banks remove accents. Enter the code as it appears in a memo.' : '';
	throw parameterError(context, displayName, wanted, `It is "${String(value)}".${hint}`);
}
