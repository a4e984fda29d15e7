import type { IDataObject } from 'n8n-workflow';
import { normalizeCode, toBoolean, withoutMarks } from '../values';

// What a memo says: docs/payment-codes.md gives the rules in words and with examples.

/** How the payment codes of an account are built (reference: "Payment-code structure"). */
export interface CodeFormat {
	prefix: string;
	/** Of the suffix, in characters. */
	shortest: number;
	longest: number;
	digitsOnly: boolean;
}

/** The characters of a suffix, by SePay's `character_type`. */
export const characterTypes = [
	{ name: 'Digits', value: 'NumberOnly' },
	{ name: 'Letters and Digits', value: 'NumberAndLetter' },
];

/** A memo, taken apart into runs of letters and digits, each with what separates it from the next. */
export interface Memo {
	/** Without accents, otherwise as it came. */
	text: string;
	squeezed: string;
	words: Word[];
}

interface Word {
	text: string;
	/** What separates it from the next one. */
	gap: string;
}

/** Codes that cannot be told from a code's own but by their characters: the rivals of a code. */
interface Make {
	pattern: RegExp;
	/** What may stand before a gap: the prefix. */
	heads: string[];
	/** Whether letters may follow without a gap, because none belongs to a code. */
	digitsOnly: boolean;
	/** Whether a word can only be the beginning of a code, whose other digits are the next word. */
	isCut?(word: string): boolean;
}

const WIDEST_GAP = 3;
/** 15/11, 10:20, 250.000 and, of a transfer, its number and day: 174242-090826. */
const BANK_NUMBER =
	/^(?:\d\d?(?:\/\d\d?|:\d\d)|\d{1,3}[.,]\d{3}|\d+-(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d)(?!\d)/;
/** Letters of a text without blanks that cannot be chance when they read as Vietnamese. */
const ENOUGH_LETTERS = 6;

/** Whether a squeezed text is built as SePay builds codes: a prefix of 2 to 10 letters, then a suffix. */
export const isPaymentCode = (code: string) => /^[A-Z]{2,10}[0-9A-Z]{1,30}$/.test(code);

/** The active formats among those of a company, as SePay lists them; what is no format is left out. */
export function codeFormatsIn(formats: IDataObject[]): CodeFormat[] {
	return formats
		.filter(({ is_active }) => toBoolean(is_active) !== false)
		.map(({ prefix, suffix_from, suffix_to, character_type }) => ({
			prefix: normalizeCode(prefix),
			shortest: Number(suffix_from),
			longest: Number(suffix_to),
			digitsOnly: character_type === 'NumberOnly',
		}))
		.filter(
			({ prefix, shortest, longest }) =>
				/^[A-Z]{2,10}$/.test(prefix) && shortest >= 1 && longest >= shortest && longest <= 30,
		);
}

/** Takes a memo apart; the cost is linear in its length. */
export function readMemo(content: unknown): Memo {
	const text = withoutMarks(content);
	const words = Array.from(text.matchAll(/([\p{L}\p{N}]+)([^\p{L}\p{N}]*)/gu), ([, word, gap]) => ({
		text: word,
		gap,
	}));
	return { text, squeezed: normalizeCode(text), words };
}

/**
 * Tells which of the codes a transfer is for, by its memo and by what SePay read in it.
 *
 * @param codes squeezed codes as {@link isPaymentCode} takes them, each once
 * @param formats how the codes of the account are built; where unknown, it is guessed from each code
 * @returns of a memo and SePay's squeezed code, empty where it read none: none when the transfer is for
 * none of the codes, the one that it is for, or several, in alphabetical order, when that is unclear;
 * these may be rivals that are not among the codes
 */
export function codeReader(
	codes: string[],
	formats: CodeFormat[] = [],
): (memo: Memo, sePayCode: string) => string[] {
	const due = new Set(codes);
	return (memo, sePayCode) => {
		const isKnown = (text: string) => due.has(text) || text === sePayCode;
		const readAs = (code: string) =>
			makesOf(code, formats).flatMap((make) => codesOf(make, memo, code, isKnown));
		const inMemo = codes.filter((code) => memo.squeezed.includes(code));
		const found = new Set<string>();
		for (const code of inMemo) {
			const read = readAs(code);
			if (read.includes(code)) read.forEach((one) => found.add(one));
		}
		for (const code of inMemo) {
			const isLonger = [...found].some((one) => code !== one && code.startsWith(one));
			if (isLonger && acrossGaps(code).test(memo.text)) found.add(code);
		}
		if (isPaymentCode(sePayCode) && !found.has(sePayCode)) {
			const read = readAs(sePayCode);
			// What stands in the memo as a piece of something else only, SePay misread.
			if (read.includes(sePayCode) || !memo.squeezed.includes(sePayCode)) {
				[sePayCode, ...read].forEach((one) => found.add(one));
			}
		}
		return codes.some((code) => found.has(code)) ? [...found].sort() : [];
	};
}

function makesOf(code: string, formats: CodeFormat[]): Make[] {
	const makes = formats.some((format) => fits(code, format))
		? formats.map((format) => formatMake(format, formats))
		: guessedMakes(code);
	// A word like any other: only as it is.
	const whole = { pattern: new RegExp(`^${code}$`, 'gi'), heads: [], digitsOnly: false };
	return /\d/.test(code) ? makes : [whole, ...makes];
}

function fits(code: string, { prefix, shortest, longest, digitsOnly }: CodeFormat): boolean {
	const suffix = code.slice(prefix.length);
	const isLongEnough = suffix.length >= shortest && suffix.length <= longest;
	return code.startsWith(prefix) && isLongEnough && !(digitsOnly && /\D/.test(suffix));
}

function formatMake(
	{ prefix, shortest, longest, digitsOnly }: CodeFormat,
	formats: CodeFormat[],
): Make {
	if (!digitsOnly) return mixedMake(prefix, shortest, longest, [prefix]);
	const beginning = new RegExp(`^${prefix}\\d+$`);
	return {
		...digitMake(prefix, shortest, longest, [prefix]),
		isCut: (word) => beginning.test(word) && !formats.some((format) => fits(word, format)),
	};
}

/**
 * The makes of a code whose format is unknown; its suffix has as many characters or one more or less, as
 * numbers that are counted have them. Of digits after letters: the same letters; or all letters but the
 * last, which may belong to the suffix. Of others: the first two letters, the shortest prefix.
 */
function guessedMakes(code: string): Make[] {
	const [, letters, digits] = /^([A-Z]+)(\d*)/.exec(code)!;
	if (digits === '') return [];
	if (code.length > letters.length + digits.length) {
		const heads = Array.from(letters.slice(1), (_letter, index) => letters.slice(0, index + 2));
		const suffix = code.length - 2;
		const { pattern } = mixedMake(code.slice(0, 2), suffix - 1, suffix + 1, []);
		return [
			mixedMake(code.slice(0, 2), suffix, suffix, heads),
			{ pattern: new RegExp(`^${pattern.source}$`, 'gi'), heads, digitsOnly: false },
		];
	}
	const { length } = digits;
	const same = digitMake(letters, Math.max(1, length - 1), length + 1, [letters]);
	if (letters.length === 2) return [same];
	return [same, digitMake(`${letters.slice(0, -1)}[A-Z]`, length, length, [])];
}

function digitMake(prefix: string, shortest: number, longest: number, heads: string[]): Make {
	const pattern = new RegExp(`${prefix}\\d{${shortest},${longest}}(?!\\d)`, 'gi');
	return { pattern, heads, digitsOnly: true };
}

function mixedMake(prefix: string, shortest: number, longest: number, heads: string[]): Make {
	const hasDigit = `(?=[A-Z]{0,${longest - 1}}\\d)`;
	const pattern = new RegExp(`${prefix}${hasDigit}[0-9A-Z]{${shortest},${longest}}`, 'gi');
	return { pattern, heads, digitsOnly: false };
}

/**
 * All codes of a make in a memo.
 * @param code the one that is sought; a rival must not begin a number of the bank
 * @param isKnown whether a word as a whole is a code that somebody expects or SePay read
 */
function codesOf(
	{ pattern, heads, digitsOnly, isCut }: Make,
	{ words }: Memo,
	code: string,
	isKnown: (word: string) => boolean,
): string[] {
	return words.flatMap((word, index) => {
		const next = words[index + 1];
		const upper = word.text.toUpperCase();
		const isHead =
			next &&
			((word.gap.length <= WIDEST_GAP && heads.includes(upper)) ||
				(word.gap === ' ' &&
					/^\d+$/.test(next.text) &&
					!isKnown(upper) &&
					isCut?.(upper) === true));
		const text = isHead ? word.text + next.text : word.text;
		const found = (text.match(pattern) ?? []).map((one) => one.toUpperCase());
		if (found.length === 0) return [];
		const around = text.split(pattern);
		const isAlone = around.every((letters) => letters === '');
		if (!isAlone && (isKnown(text.toUpperCase()) || !areWords(around, isHead, digitsOnly)))
			return [];
		const isOther = isHead ? isBankNumber(next, words[index + 2]) : isBankNumber(word, next);
		if (!isOther) return found;
		return isHead && /\s/.test(word.gap) ? [] : found.filter((one) => one === code);
	});
}

/** Whether a word and the next one are a date, a time, an amount, or the number and day of a transfer. */
const isBankNumber = ({ text, gap }: Word, next?: Word) =>
	BANK_NUMBER.test(text.replace(/^\D+/, '') + gap + (next?.text ?? ''));

/**
 * Whether what stands around codes, without a gap, are words and not the rest of a reference. Letters
 * on both sides are words only when those on one side read as Vietnamese.
 *
 * @param around what is before, between and after the codes
 */
function areWords(around: string[], isHead: boolean, digitsOnly: boolean): boolean {
	const [before, ...others] = around;
	const after = around[around.length - 1];
	return (
		(before === '' || (!isHead && (/^\d+$/.test(before) || isWord(before)))) &&
		others.every((letters) => letters === '' || (digitsOnly && isWord(letters))) &&
		(!before || !after || [before, after].some(isLongVietnamese))
	);
}

/** One letter may belong to a code, and letters in mixed case are a reference. */
const isWord = (letters: string) =>
	letters.length > 1 && (/^(?:[A-Z]+|[A-Z]?[a-z]+)$/.test(letters) || isVietnamese(letters));

const isLongVietnamese = (letters: string) =>
	letters.length >= ENOUGH_LETTERS && isVietnamese(letters);

const INITIAL = '(?:B|CH?|D|GH?|H|KH?|L|M|NG?H?|PH?|Q|R|S|T[HR]?|V|X)?';
const FINAL = '(?:CH?|M|N[GH]?|P|T)?';
const [FIRST, BETWEEN, LAST] = [INITIAL, FINAL + INITIAL, FINAL].map(
	(consonants) => new RegExp(`^${consonants}$`),
);

/** Whether letters without accents can be read as syllables of Vietnamese. */
function isVietnamese(letters: string): boolean {
	const consonants = letters.toUpperCase().split(/[AEIOUY]+/);
	const last = consonants.length - 1;
	return (
		last > 0 &&
		FIRST.test(consonants[0]) &&
		LAST.test(consonants[last]) &&
		consonants.slice(1, last).every((one) => BETWEEN.test(one))
	);
}

/** Finds a code that is broken by gaps, be they within its suffix. */
function acrossGaps(code: string): RegExp {
	const characters = [...code].join(`[^\\p{L}\\p{N}]{0,${WIDEST_GAP}}`);
	return new RegExp(`${characters}(?!${/\d$/.test(code) ? '\\d' : '[\\p{L}\\p{N}]'})`, 'iu');
}
