import fc from 'fast-check';
import { DateTime } from 'luxon';
import {
	contains,
	exactNumber,
	flag,
	squeeze,
	typed,
	vietnamDay,
	vietnamTime,
	vndIn,
} from '../../../nodes/shared/values';

describe('vietnamDay', () => {
	test.each([
		['2026-01-31', '2026-01-31'],
		['2026-01-31T00:00:00', '2026-01-31'],
		['2026-01-31T23:30:00', '2026-01-31'],
		['2026-01-31 23:30:00', '2026-01-31'],
		['2026-01-31T23:30:00Z', '2026-02-01'],
		['2026-01-31T23:30:00.000Z', '2026-02-01'],
		['2026-01-31T23:30:00-08:00', '2026-02-01'],
		['2026-01-31T23:30:00+07:00', '2026-01-31'],
		['2026-02-01T00:30:00+09:00', '2026-01-31'],
		[' 2026-01-31 ', '2026-01-31'],
	])('%s is %s', (value, day) => expect(vietnamDay(value)).toBe(day));

	test.each(['UTC', 'America/Los_Angeles', 'Asia/Ho_Chi_Minh'])(
		'half past eleven at night in %s is the day it then is in Vietnam',
		(zone) => {
			const time = DateTime.fromISO('2026-01-31T23:30:00', { zone });
			const expected = time.setZone('Asia/Ho_Chi_Minh').toISODate();
			expect(vietnamDay(time)).toBe(expected);
			expect(vietnamDay(time.toISO())).toBe(expected);
			expect(vietnamDay(time.toJSDate())).toBe(expected);
		},
	);

	test.each(['', '31/01/2026', '2026-1-31', '2026-02-30', 'today', 20260131, null, true, {}, NaN])(
		'%p is no date',
		(value) => expect(vietnamDay(value)).toBeUndefined(),
	);
});

test('vietnamTime adds the zone to a time of the bank and nothing to anything else', () => {
	expect(vietnamTime('2025-02-25 19:59:48')).toBe('2025-02-25T19:59:48+07:00');
	expect(vietnamTime('2025-02-25T19:59:48Z')).toBe('2025-02-25T19:59:48Z');
	expect(vietnamTime('2026-01-15T10:35:00')).toBe('2026-01-15T10:35:00+07:00');
	expect(vietnamTime('2026-01-15 10:35')).toBe('2026-01-15T10:35:00+07:00');
	expect(vietnamTime('2026-01-15 10:35:07.000')).toBe('2026-01-15T10:35:07+07:00');
	expect(vietnamTime('2026-01-15T10:35:00+09:00')).toBe('2026-01-15T10:35:00+09:00');
	expect(vietnamTime('15/01/2026')).toBe('15/01/2026');
	expect(vietnamTime('0000-00-00 00:00:00')).toBeNull();
	expect(vietnamTime('')).toBeNull();
	expect(vietnamTime(undefined)).toBeNull();
});

describe('exactNumber', () => {
	test.each([
		['18067000.00', 18067000],
		['18067000', 18067000],
		['-5', -5],
		['0', 0],
		['0.5', 0.5],
		[42, 42],
		['', ''],
		['1,000', '1,000'],
		['1e3', '1e3'],
		['143519239212531650', '143519239212531650'],
		['007', '007'],
		[null, null],
	])('%p gives %p', (value, number) => expect(exactNumber(value)).toBe(number));

	test('every whole amount survives as text with and without decimals, or stays the text it was', () => {
		fc.assert(
			fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }), fc.boolean(), (amount, decimals) => {
				const text = decimals ? `${amount}.00` : `${amount}`;
				const number = exactNumber(text);
				if (typeof number === 'number') expect(BigInt(number)).toBe(amount);
				else expect(number).toBe(text);
				if (amount <= BigInt(Number.MAX_SAFE_INTEGER)) expect(typeof number).toBe('number');
			}),
		);
	});
});

describe('text', () => {
	test.each([
		['DH-1042', 'dh 1042'],
		['1017 588 888', '1017588888'],
		['thanh toán', 'THANH TOAN'],
		['Đỗ đạt', 'DO_DAT'],
		['Trả tiền'.normalize('NFD'), 'tra.tien'],
		['\u00a0DH\u20131042', 'DH1042'],
	])('%s is compared as %s', (one, other) => expect(squeeze(one)).toBe(squeeze(other)));

	test('without letters and digits stays as it is', () => {
		expect([' - ', '', null, undefined].map(squeeze)).toEqual(['-', '', '', '']);
		expect(contains('DH1042', '-')).toBe(false);
		expect(contains('DH1042', '')).toBe(true);
	});
});

describe('vndIn', () => {
	test.each([
		[250000, 250000],
		['250000', 250000],
		[' 250000 ', 250000],
		['250000.00', 250000],
		['250000,0', 250000],
		['250000.000', 250000],
		['250000 VND', 250000],
		['250000đ', 250000],
		['250000 VNĐ', 250000],
		['250000₫', 250000],
		['250 000', 250000],
		["250'000", 250000],
		['1.250.000', 1250000],
		['1,250,000', 1250000],
		['1.250.000,00', 1250000],
		['250,000.00', 250000],
		['250.000,00 VND', 250000],
		['0', 0],
	])('%p is %p', (value, amount) => expect(vndIn(value)).toBe(amount));

	test.each([
		...['250.000', '250,000', '250.000đ', '0.000', '250000.5', '250000.01', '1.25', '1.250.00.0'],
		...[
			'1.250,000.00',
			'12.50.000',
			'1.250.000.00',
			'-5',
			'+5',
			'1e5',
			'0x10',
			'',
			' ',
			'VND',
			'５',
		],
		...['9007199254740993', '250k', 0.5, NaN, null, undefined, true, {}, [1, 2]],
	])('%p is no amount, or two', (value) => expect(vndIn(value)).toBeUndefined());
});

test('flag takes every form of yes and no and leaves the rest', () => {
	expect([true, 1, '1', 'true', 'True'].map(flag)).toEqual(Array(5).fill(true));
	expect([false, 0, '0', 'false'].map(flag)).toEqual(Array(4).fill(false));
	expect([null, 2, 'yes', ''].map(flag)).toEqual([null, 2, 'yes', '']);
});

test('typed converts the named fields only, lists alike', () => {
	const row = { id: '7', ids: ['1', 2], active: 1, account_number: '0071', other: '5' };
	expect(typed(row, { numbers: ['id', 'ids'], flags: ['active'] })).toEqual({
		id: 7,
		ids: [1, 2],
		active: true,
		account_number: '0071',
		other: '5',
	});
});
