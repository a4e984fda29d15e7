import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import {
	balance,
	codeReader,
	inOrder,
	transferFrom,
	type Transfer,
} from '../../../../nodes/SePay/resources/payment/matching';

const transfer = (content: string, more: IDataObject = {}) =>
	transferFrom({ id: 1, direction: 'in', amount: 1000, date: '', content, code: null, ...more });

const codesIn = (content: string, codes: string[]) => codeReader(codes)(transfer(content));

const letter = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ');
const digit = fc.constantFrom(...'0123456789');
const prefix = fc.string({ unit: letter, minLength: 2, maxLength: 5 });
const digits = (minLength: number, maxLength: number) =>
	fc.string({ unit: digit, minLength, maxLength });
const number = fc
	.tuple(prefix, digits(3, 10))
	.map(([letters, figures]) => ({ letters, figures, code: letters + figures }));
/** Words as they stand in memos, without the letters of the code's prefix before digits. */
const words = fc.array(
	fc.constantFrom('NGUYEN', 'VAN', 'A', 'chuyen', 'tien', 'thanh', 'toan', 'CT', 'IBFT', 'Trả'),
	{ maxLength: 4 },
);
const separator = fc.constantFrom(' ', '.', '-', '_', '. ', ' - ');
const anyCase = (text: string) =>
	fc
		.array(fc.boolean(), { minLength: text.length, maxLength: text.length })
		.map((small) =>
			[...text].map((one, index) => (small[index] ? one.toLowerCase() : one)).join(''),
		);

describe('a payment code in a memo', () => {
	test('is found whatever its case, among other words', () => {
		const memo = fc.tuple(number, words, words, separator).chain(([{ code }, before, after, gap]) =>
			anyCase(code).map((written) => ({
				code,
				memo: [...before, written, ...after].join(gap),
			})),
		);
		fc.assert(fc.property(memo, ({ code, memo }) => expect(codesIn(memo, [code])).toEqual([code])));
	});

	test('is found without any gap around it', () => {
		fc.assert(
			fc.property(number, words, words, ({ code }, before, after) => {
				const memo = [...before, code, ...after].join('');
				expect(codesIn(memo, [code])).toEqual([code]);
			}),
		);
	});

	test('is found with gaps within it', () => {
		const memo = number.chain(({ code }) =>
			fc
				.array(fc.option(separator, { nil: '' }), {
					minLength: code.length - 1,
					maxLength: code.length - 1,
				})
				.map((gaps) => ({
					code,
					memo: `ck ${[...code].map((one, index) => one + (gaps[index] ?? '')).join('')} nhe`,
				})),
		);
		fc.assert(fc.property(memo, ({ code, memo }) => expect(codesIn(memo, [code])).toEqual([code])));
	});

	test('is not found in a longer one', () => {
		fc.assert(
			fc.property(number, digits(1, 5), words, ({ code }, more, before) => {
				expect(codesIn([...before, code + more].join(' '), [code])).toEqual([]);
			}),
		);
	});

	test('is not found where there is none', () => {
		fc.assert(
			fc.property(number, fc.string({ maxLength: 60 }), ({ code }, memo) => {
				fc.pre(
					!memo
						.toUpperCase()
						.replace(/[^0-9A-Z]/g, '')
						.includes(code),
				);
				expect(codesIn(memo, [code])).toEqual([]);
			}),
		);
	});

	test.each([
		['a word in front of loose digits', 'don hang 1042', 'NG1042'],
		['a code with letters runs on', 'HOC12ABCK', 'HOC12AB'],
		['a code of letters alone runs on', 'HOCABCK', 'HOCABC'],
		['an accented letter stands within', 'DĐH1042', 'DH1042'],
		['it is too far apart', 'DH      1042', 'DH1042'],
		['two orders in one transfer', 'DH1042 va DH1043', 'DH1042'],
		['nothing at all', '', 'DH1042'],
	])('is not found: %s', (_name, memo, code) => {
		expect(codesIn(memo, [code])).toEqual([]);
	});

	test.each([
		['written twice', 'DH1042 DH1042', 'DH1042'],
		['in a bank’s envelope', 'MBVCB.3278907687.DH1042.CT tu 0071000888888', 'DH1042'],
		['with letters in its suffix', 'hoc phi hoc-12ab', 'HOC12AB'],
		['at the very end', 'SEVQR DH1042', 'DH1042'],
	])('is found: %s', (_name, memo, code) => {
		expect(codesIn(memo, [code])).toEqual([code]);
	});

	test('as SePay read it decides alone', () => {
		const reader = codeReader(['DH1042', 'H1042X', 'TT77']);
		expect(reader(transfer('TT77', { code: 'DH1042' }))).toEqual(['DH1042']);
		expect(reader(transfer('TT77', { code: 'DH9999' }))).toEqual([]);
		expect(reader(transfer('', { code: 'dh-1042' }))).toEqual(['DH1042']);
	});

	test('and another one: both are told', () => {
		expect(codesIn('DH1042 TT77', ['DH1042', 'TT77'])).toEqual(['DH1042', 'TT77']);
	});
});

describe('a transaction', () => {
	const money = { id: '49682', flaw: '', amount: 500_000, date: '2026-01-31T23:30:00+07:00' };
	const text = {
		code: 'DH1042',
		memo: '~~N DH1042',
		squeezed: 'NDH1042',
		accounts: ['0071000888888', 'VCBA1'],
	};
	const date = '2026-01-31 23:30:00';

	test.each<[name: string, json: IDataObject]>([
		[
			'simplified',
			{
				id: 49682,
				direction: 'in',
				amount: 500_000,
				date: money.date,
				accountNumber: '0071000888888',
				subAccount: 'VCB-A1',
				content: 'Đơn DH1042',
				code: 'dh1042',
			},
		],
		[
			'as OAuth2 lists it',
			{
				id: '49682',
				amount_in: '500000.00',
				amount_out: '0.00',
				transaction_date: date,
				account_number: '0071000888888',
				sub_account: 'VCBA1',
				transaction_content: 'Đơn DH1042',
				code: 'DH1042',
			},
		],
		[
			'as the API token lists it',
			{
				id: '49682',
				transfer_type: 'in',
				amount_in: 500_000,
				amount_out: 0,
				transaction_date: date,
				account_number: '0071000888888',
				va: 'VCBA1',
				transaction_content: 'Đơn DH1042',
				code: 'DH1042',
			},
		],
		[
			'as a webhook delivers it',
			{
				id: 49682,
				transferType: 'in',
				transferAmount: 500_000,
				transactionDate: date,
				accountNumber: '0071000888888',
				subAccount: 'VCBA1',
				content: 'Đơn DH1042',
				code: 'DH1042',
			},
		],
		[
			'of Bank Hub',
			{
				transaction_id: '49682',
				transfer_type: 'credit',
				amount: '500000',
				transaction_date: date,
				account_number: '0071000888888',
				va: 'VCBA1',
				transaction_content: 'Đơn DH1042',
				payment_code: 'DH1042',
			},
		],
	])('is read: %s', (_name, json) => {
		expect(transferFrom(json)).toEqual({ ...money, ...text, json });
	});

	test.each<[IDataObject, string]>([
		[{ direction: 'out', amount: 5 }, 'money went out'],
		[{ transfer_type: 'debit', amount: '5' }, 'money went out'],
		[{ amount_in: '0.00', amount_out: '5.00' }, 'money went out'],
		[{ amount: 5.5, direction: 'in' }, 'its amount cannot be read'],
		[{ amount: '9007199254740993', direction: 'in' }, 'its amount cannot be read'],
		[{ amount: 0, direction: 'in' }, 'its amount cannot be read'],
		[{ amount: -5, direction: 'in' }, 'its amount cannot be read'],
		[{ hello: 'world' }, 'its amount cannot be read'],
	])('%j pays nothing: %s', (json, flaw) => {
		expect(transferFrom(json)).toMatchObject({ flaw });
	});
});

describe('the balance of a payment', () => {
	const vnd = fc.integer({ min: 1, max: 9_999_999_999_999 });
	const of = (...amounts: number[]) =>
		amounts.map((amount, index) => ({ amount, id: `${index}`, date: '' }) as Transfer);

	test('adds up to the last dong', () => {
		fc.assert(
			fc.property(vnd, fc.array(vnd, { maxLength: 20 }), (expected, amounts) => {
				const { verdict, receivedAmount, difference } = balance(expected, of(...amounts));
				const sum = amounts.reduce((all, one) => all + BigInt(one), 0n);
				expect(BigInt(receivedAmount)).toBe(sum);
				expect(BigInt(difference)).toBe(sum - BigInt(expected));
				const wanted =
					amounts.length === 0
						? ['unmatched']
						: sum === BigInt(expected)
							? ['paid']
							: sum < BigInt(expected)
								? ['underpaid']
								: ['overpaid', 'duplicate'];
				expect(wanted).toContain(verdict);
			}),
		);
	});

	test('is a duplicate exactly when all of it came again after it was paid', () => {
		const split = fc.tuple(vnd, fc.array(vnd, { minLength: 1, maxLength: 4 }), fc.nat(3));
		fc.assert(
			fc.property(split, ([surplus, parts, again]) => {
				const whole = parts.reduce((sum, one) => sum + one, 0);
				const repeats = Array.from({ length: again }, () => whole);
				const { verdict } = balance(whole, of(...parts, ...repeats));
				expect(verdict).toBe(again > 0 ? 'duplicate' : 'paid');
				fc.pre(surplus % whole !== 0);
				expect(balance(whole, of(...parts, ...repeats, surplus)).verdict).toBe('overpaid');
			}),
		);
	});

	test.each([
		[[150], 'overpaid'],
		[[60, 50], 'overpaid'],
		[[100, 50, 50], 'overpaid'],
		[[50, 100, 50], 'overpaid'],
		[[60, 40, 100], 'duplicate'],
		[[99], 'underpaid'],
	])('of 100 after %j: %s', (amounts, verdict) => {
		expect(balance(100, of(...amounts)).verdict).toBe(verdict);
	});

	test('does not depend on the order in which transfers are given', () => {
		const transfers = fc.uniqueArray(
			fc.record({
				id: fc.nat().map(String),
				amount: fc.constantFrom(40, 60, 100),
				date: fc.constantFrom('a', 'b'),
			}),
			{ selector: ({ id }) => id, maxLength: 6 },
		);
		fc.assert(
			fc.property(transfers, fc.func(fc.integer()), (given, rank) => {
				const shuffled = [...given].sort((a, b) => rank(a.id) - rank(b.id));
				expect(inOrder(shuffled as Transfer[])).toEqual(inOrder(given as Transfer[]));
			}),
		);
	});
});
