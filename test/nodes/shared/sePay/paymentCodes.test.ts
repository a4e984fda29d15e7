import fc from 'fast-check';
import {
	codeFormatsIn,
	codeReader,
	isPaymentCode,
	readMemo,
	type CodeFormat,
} from '../../../../nodes/shared/sePay/paymentCodes';
import { normalizeCode } from '../../../../nodes/shared/values';
import { memoCases } from '../../../cases';

const codesIn = (memo: string, codes: string[], sePayCode = '', formats: CodeFormat[] = []) =>
	codeReader(codes, formats)(readMemo(memo), sePayCode);

const RUNS = { numRuns: 5000 };
const pick = <T>(...values: T[]) => fc.constantFrom(...values);
const letters = (minLength: number, maxLength: number) =>
	fc.string({ unit: pick(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'), minLength, maxLength });
const digits = (minLength: number, maxLength: number) =>
	fc.string({ unit: pick(...'0123456789'), minLength, maxLength });
const numbered = fc.tuple(letters(2, 5), digits(1, 10)).map((parts) => parts.join(''));
const mixed = fc
	.tuple(letters(2, 5), digits(1, 1), letters(1, 3), digits(1, 4))
	.map((parts) => parts.join(''));
const code = fc.oneof(numbered, mixed);
const word = pick(
	...['NGUYEN', 'VAN', 'A', 'chuyen', 'tien', 'thanh toan', 'don hang', 'CT', 'IBFT', 'Trả', 'cho'],
	...['SEVQR', 'MBVCB', 'ZALOPAY', 'MOMO', 'Ma giao dich', 'tu TK', 'GD', 'CT DEN', 'Trace'],
);
const number = fc.oneof(
	digits(1, 3),
	digits(6, 13),
	digits(14, 14).map((one) => `FT${one}`),
	fc.tuple(digits(6, 6), digits(6, 6)).map((parts) => parts.join('-')),
	pick('250.000', '0909123456', '15/11/2026', '10:20:30', '5tr'),
);
/** What stands before a number in memos, and is a code with it. */
const BEFORE_NUMBERS = [
	'FT',
	'GD',
	'CT',
	'TK',
	'TRACE',
	'CHO',
	'VAN',
	'TIEN',
	'MOMO',
	'TOAN',
	'HANG',
	'DEN',
];
const gap = pick(' ', '.', '-', '_', ', ', '. ', ' - ', '/', ':', ';', '+');

/** A code as people write it: in capitals or not, and with a blank or dash before its digits. */
const written = (one: string) =>
	fc
		.tuple(fc.boolean(), pick('', '', ' ', '-', '.'))
		.map(([small, between]) =>
			(small ? one.toLowerCase() : one).replace(/(?<=^[a-z]+)(?=\d)/i, between),
		);

/** The letters of a code that may stand before a gap: of one with letters in its suffix any from two on. */
function headsOf(one: string): string[] {
	const [letters] = /^[A-Z]+/.exec(one)!;
	if (!/\d[A-Z]/.test(one)) return [letters];
	return Array.from(letters.slice(1), (_, index) => letters.slice(0, index + 2));
}

/** A memo with one code between words and numbers. */
const around = (one: string) =>
	fc
		.tuple(
			fc.array(fc.oneof(word, number), { maxLength: 4 }),
			written(one),
			fc.array(fc.oneof(word, number), { maxLength: 4 }),
			gap,
		)
		.map(([before, middle, after, between]) => [...before, middle, ...after].join(between));

describe('a code in a memo', () => {
	test('is the one that is credited, between words and numbers that are no code of its make', () => {
		const memo = code.chain((one) => fc.tuple(fc.constant(one), around(one)));
		fc.assert(
			fc.property(memo, fc.uniqueArray(code, { maxLength: 5 }), ([one, text], others) => {
				// What would be a code of the same make, and other codes that happen to be in the memo.
				fc.pre(!headsOf(one).some((head) => BEFORE_NUMBERS.includes(head)));
				// With a blank before the number it cannot be told from an amount, a date or a time.
				fc.pre(!/[a-z] (?:\d{1,3}[.,]\d{3}|\d\d?(?:\/\d\d?|:\d\d)|\d+-\d{6})(?!\d)/i.test(text));
				const squeezed = text.toUpperCase().replace(/[^0-9A-Z]/g, '');
				const due = [one, ...others.filter((other) => !squeezed.includes(other))];
				expect([text, codesIn(text, due)]).toEqual([text, [one]]);
			}),
			RUNS,
		);
	});

	test('is one at most, whatever the memo and whatever SePay read', () => {
		const piece = fc.oneof(word, number, letters(1, 3), digits(1, 3), gap);
		const all = fc.uniqueArray(code, { minLength: 1, maxLength: 6 }).chain((due) => {
			const parts = fc.array(
				fc.oneof(
					piece,
					pick(...due),
					pick(...due).map((one) => one.slice(0, -1)),
				),
			);
			const shuffled = fc.shuffledSubarray(due, { minLength: due.length });
			return fc.tuple(
				fc.constant(due),
				shuffled,
				parts,
				fc.oneof(fc.constant(''), pick(...due), code),
			);
		});
		fc.assert(
			fc.property(all, ([due, shuffled, parts, sePayCode]) => {
				const memo = parts.join('');
				const found = codesIn(memo, due, sePayCode);
				expect(found).toEqual([...new Set(found)].sort());
				if (found.length === 1) expect(due).toContain(found[0]);
				expect(codesIn(memo, shuffled, sePayCode)).toEqual(found);
			}),
			RUNS,
		);
	});

	test('is not found in a longer one, nor across gaps in its suffix', () => {
		fc.assert(
			fc.property(numbered, digits(1, 5), fc.nat(), gap, (one, more, at, between) => {
				expect(codesIn(one + more, [one])).toEqual([]);
				const [prefix] = /^[A-Z]+/.exec(one)!;
				const broken = 1 + (at % (one.length - 1));
				fc.pre(broken !== prefix.length);
				expect(codesIn(one.slice(0, broken) + between + one.slice(broken), [one])).toEqual([]);
			}),
			RUNS,
		);
	});

	test('is not found where its letters and digits are not', () => {
		fc.assert(
			fc.property(numbered, fc.string({ maxLength: 60 }), (one, memo) => {
				fc.pre(
					!memo
						.toUpperCase()
						.replace(/[^0-9A-Z]/g, '')
						.includes(one),
				);
				expect(codesIn(memo, [one])).toEqual([]);
			}),
		);
	});

	test.each([
		['a code with letters runs on', 'HOC12ABCK', 'HOC12AB'],
		['a code of letters alone runs on', 'HOCABCK', 'HOCABC'],
		['a code of letters alone is the end of a word', 'CKHOCABC', 'HOCABC'],
		['one more letter before it', 'DĐH1042', 'DH1042'],
		['one more letter after it', 'DH1042A', 'DH1042'],
		['a letter of another script', 'ЖЖDH1042', 'DH1042'],
		['it is too far apart', 'DH      1042', 'DH1042'],
		['letters on both sides that are no words', 'XKQDH1042BCD', 'DH1042'],
		['too few of them are words', 'TAMDH1042XKQ', 'DH1042'],
		['words that nobody can tell from a reference', 'IBFTDH1042CT', 'DH1042'],
		['letters and digits before it', 'X12DH1042', 'DH1042'],
		['digits and letters before it', '12XDH1042', 'DH1042'],
		['two letters before it in mixed case, without a vowel', 'nGDH1042', 'DH1042'],
		['letters in mixed case behind it and another', 'DH104201DH104302xK', 'DH104302'],
		['nothing at all', '', 'DH1042'],
	])('is not found: %s', (_name, memo, one) => {
		expect(codesIn(memo, [one])).toEqual([]);
	});

	test.each([
		['of letters alone', 'hoc phi hocabc', 'HOCABC'],
		['with a blank of another kind', 'DH\u00a01042', 'DH1042'],
		['decomposed', 'Đơn hàng ĐH1042'.normalize('NFD'), 'DH1042'],
		['after words that nobody can read', 'SEVQRDH1042CHUYENTIEN', 'DH1042'],
		['after small letters that nobody can read', 'ibftDH1042', 'DH1042'],
		['after such letters with a capital', 'IbftDH1042', 'DH1042'],
		['with letters in its suffix, after a word', 'CHUYENHOC1A2B', 'HOC1A2B'],
		['with a dash before its digits, as long as they are', 'DH-15/11', 'DH15'],
	])('is found: %s', (_name, memo, one) => {
		expect(codesIn(memo, [one])).toEqual([one]);
	});

	test('is the whole word, when that is a code too', () => {
		expect(codesIn('CKDH1042', ['CKDH1042', 'DH1042'])).toEqual(['CKDH1042']);
		expect(codesIn('CKDH1042', ['DH1042'], 'CKDH1042')).toEqual([]);
		expect(codesIn('NGUYENVANADH1042', ['NADH1042', 'DH1042'])).toEqual(['DH1042', 'NADH1042']);
	});
});

test.each(memoCases.map((one) => [one.kind, one.transfers[0].content, one] as const))(
	'%s: "%s" is for the codes that it should be credited to',
	(_kind, _content, { due, transfers, right }) => {
		const codes = due.map(({ code }) => code);
		for (const asked of [codes, ...codes.map((one) => [one])]) {
			const found = transfers
				.map(({ content, code: sePayCode }) => codesIn(content, asked, normalizeCode(sePayCode)))
				.flatMap((read) => (read.length === 1 ? read : []));
			const sure = asked.filter((one) => one in right.credited);
			expect(asked.filter((one) => found.includes(one) && !right.may?.includes(one))).toEqual(sure);
		}
	},
);

describe('a blank between prefix and number', () => {
	test.each([
		...['5/1', '15/11', '5:20', '10:20', '1.000', '250,000', '7-010126', '174242-290926'],
		...['174242-301026', '174242-311226'],
	])('is none before a number of the bank: DH %s', (number) => {
		const [digits] = /^\d+/.exec(number)!;
		expect(codesIn(`DH ${number}`, [`DH${digits}`])).toEqual([]);
		expect(codesIn(`CK DH ${number} tra`, [`DH${digits}`])).toEqual([]);
	});

	test.each([
		...['5/111', '115/11', '5:2', '5:200', '1042.000', '250.0000', '250;000', '5/x'],
		...['174242-000926', '174242-320926', '174242-091326', '174242-090026', '174242-0909267'],
	])('belongs to the code before another: DH %s', (number) => {
		const one = `DH${/^\d+/.exec(number)![0]}`;
		expect(codesIn(`DH ${number}`, [one])).toEqual([one]);
	});
});

test.each<[string, string[], string[]]>([
	['DH12 5', ['DH12', 'DH125'], ['DH12', 'DH125']],
	['dh12.5', ['DH12', 'DH125'], ['DH12', 'DH125']],
	['DH12 53', ['DH12', 'DH125'], ['DH12']],
	['DH12    5', ['DH12', 'DH125'], ['DH12']],
	['DH12 5 DH99', ['DH12', 'DH125'], ['DH12', 'DH125', 'DH99']],
	['HOC1A 2B', ['HOC1A', 'HOC1A2B'], ['HOC1A', 'HOC1A2B']],
	['HOC1A 2BC', ['HOC1A', 'HOC1A2B'], ['HOC1A']],
])('a longer code across a gap may be meant as well: %s, of %j: %j', (memo, due, found) => {
	expect(codesIn(memo, due)).toEqual(found);
});

test('a payment code is 2 to 10 letters and up to 30 of either kind', () => {
	const good = ['DH1', 'ABC', 'ABCDEFGHIJ1', `DH${'1'.repeat(30)}`, `ABCDEFGHIJ${'Z'.repeat(30)}`];
	expect(good.map(isPaymentCode)).toEqual(good.map(() => true));
	const bad = [
		'',
		'D1',
		'DH',
		'1DH1',
		'dh1',
		'DH-1',
		'DH1 ',
		`D1${'A'.repeat(9)}`,
		`DH${'1'.repeat(31)}`,
	];
	expect(bad.map(isPaymentCode)).toEqual(bad.map(() => false));
});

describe('codes that are in the way of one another', () => {
	test.each<[string, string[], string[]]>([
		['DH12 5 2Tra da', ['DH12', 'DH125'], ['DH12', 'DH125']],
		['DH1042 va DH1043', ['DH1042'], ['DH1042', 'DH1043']],
		['DH1042 TT77', ['DH1042', 'TT77'], ['DH1042', 'TT77']],
		['DH1042 TT77', ['DH1042'], ['DH1042']],
		['HS2026A1 va HS2026B12', ['HS2026A1'], ['HS2026A1', 'HS2026B12']],
		['HS2026A1 va HS26B', ['HS2026A1'], ['HS2026A1']],
		['HS2026A1 va HS202B1', ['HS2026A1'], ['HS2026A1', 'HS202B1']],
		['HS2026A1 va hs2026b12', ['HS2026A1'], ['HS2026A1', 'HS2026B12']],
		['HOC1A2B va HOCABCD', ['HOC1A2B'], ['HOC1A2B']],
		['DH1042 va DX1043', ['DH1042'], ['DH1042']],
		['DH104201DH104302', ['DH104302'], ['DH104201', 'DH104302']],
	])('%s, of %j: %j', (memo, due, found) => expect(codesIn(memo, due)).toEqual(found));

	test.each<[string, string, string[]]>([
		['a code elsewhere counts', '', ['DH1042']],
		['so it does beside a short piece of it', 'SEVQR DH10', ['DH1042']],
		['nor against what may be a code of its make', 'SEVQR DH104', ['DH104', 'DH1042']],
		['it does not against the memo', 'TT77', ['DH1042', 'TT77']],
		['nor against another of its make', 'DH9999', ['DH1042', 'DH9999']],
		['nor as a piece', 'XDH1042Z9', []],
	])('SePay read DH1042: %s', (_name, memo, found) => {
		expect(codesIn(memo, ['DH1042', 'TT77'], 'DH1042')).toEqual(found);
	});

	test('a code that SePay read beside an expected one is in its way', () => {
		expect(codesIn('DH1042 TT77', ['DH1042'], 'TT77')).toEqual(['DH1042', 'TT77']);
		expect(codesIn('TT77', ['DH1042'], 'TT77')).toEqual([]);
	});
});

describe('formats of the account', () => {
	const format = { prefix: 'dh', suffix_from: 3, suffix_to: 6, character_type: 'NumberOnly' };
	const letterFormat = { ...format, prefix: 'HOC', character_type: 'NumberAndLetter' };
	const formats = codeFormatsIn([format, letterFormat]);

	test.each<[string, string, string[]]>([
		['of any length that it allows', 'DH1042 DH104201', ['DH1042', 'DH104201']],
		['of another format', 'DH1042 HOC7X2', ['DH1042', 'HOC7X2']],
		['not of a length that it does not allow', 'DH1042 DH99 DH9999999', ['DH1042']],
		['not of other characters', 'DH1042 DH7X2Q', ['DH1042']],
	])('tell what is in the way of a code: %s', (_name, memo, found) => {
		expect(codesIn(memo, ['DH1042'], '', formats)).toEqual(found);
	});

	test.each(['DH 1042', 'DH1234567', 'DH7X2'])(
		'do not keep %s from being found, one that fits none as if there were no formats',
		(memo) => {
			const one = normalizeCode(memo);
			expect(codesIn(memo, [one], '', formats)).toEqual([one]);
		},
	);

	test('hold the prefix together', () => {
		expect(codesIn('HOC ABC12', ['HOCABC12'], '', formats)).toEqual(['HOCABC12']);
		expect(codesIn('HOCA BC12', ['HOCABC12'], '', formats)).toEqual([]);
		expect(codesIn('HOCABC', ['HOCABC'], '', formats)).toEqual(['HOCABC']);
	});

	test.each<[string, string, string[], string[]]>([
		['a piece that is too short for a code', 'SEVQR dh10 42 tra da', ['DH1042'], ['DH1042']],
		['so is a rival', 'DH1042 DH10 43', ['DH1042'], ['DH1042', 'DH1043']],
		['not one that may be a code itself', 'DH104 2', ['DH1042'], []],
		['not one that may be a code of another format', 'HO7 101', ['HO7101'], []],
		['not one that somebody expects', 'DH10 42', ['DH1042', 'DH10'], ['DH10', 'DH1042']],
		['not by more than one blank', 'DH10  42', ['DH1042'], []],
		['not twice', 'DH 10 42', ['DH1042'], []],
		['not by another sign', 'DH10-42', ['DH1042'], []],
		['not before an amount', 'DH10 250.000', ['DH10250'], []],
		['not before a number that is too long', 'DH10 0909123456', ['DH100909'], []],
		['not before letters', 'DH10 42k', ['DH1042'], []],
		['not before digits and a word', 'DH10 42tra', ['DH1042'], []],
	])('tell whether a blank broke a code: %s', (_name, memo, due, found) => {
		const counted = [format, { ...format, prefix: 'HO', suffix_from: 4 }];
		const others = { ...letterFormat, prefix: 'HO', suffix_from: 1, suffix_to: 1 };
		expect(codesIn(memo, due, '', codeFormatsIn([...counted, others]))).toEqual(found);
	});

	test('are the active ones that say how codes are built', () => {
		expect(
			codeFormatsIn([
				{ ...format, is_active: 0 },
				{ ...format, prefix: 'D' },
				{ ...format, suffix_from: 7 },
				{ ...format, suffix_from: 0 },
				{ ...format, suffix_to: 31 },
				{ ...format, prefix: '1DH' },
				{ ...format, prefix: 'DH1' },
				{ prefix: 'DH' },
				{ ...letterFormat, is_active: '1', suffix_to: '30' },
			]),
		).toEqual([{ prefix: 'HOC', shortest: 3, longest: 30, digitsOnly: false }]);
	});
});
