import fc from 'fast-check';
import { DateTime } from 'luxon';
import {
	contains,
	fieldsOf,
	instantOf,
	isExactInteger,
	isNonEmptyText,
	isObject,
	isSameUrl,
	normalizeCode,
	textAsSent,
	textOrNull,
	toBoolean,
	toExactNumber,
	toVietnamDate,
	toVietnamTime,
	vndIn,
} from '../../../nodes/shared/values';

describe('vietnamDay', () => {
	test.each([
		['2026-01-31', '2026-01-31'],
		['2026-01-31T00:00:00', '2026-01-31'],
		['2026-01-31T23:30:00', '2026-01-31'],
		['2026-01-31 23:30:00', '2026-01-31'],
		['2026-01-31 23:30', '2026-01-31'],
		['2026-01-31T23:30:00.123', '2026-01-31'],
		['2026-01-31T23:30:00Z', '2026-02-01'],
		['2026-01-31T23:30:00.000Z', '2026-02-01'],
		['2026-01-31T23:30:00-08:00', '2026-02-01'],
		['2026-01-31T23:30:00+07:00', '2026-01-31'],
		['2026-02-01T00:30:00+09:00', '2026-01-31'],
		['2026-02-01T00:30:00+0900', '2026-01-31'],
		[' 2026-01-31 ', '2026-01-31'],
	])('%s is %s', (value, day) => expect(toVietnamDate(value)).toBe(day));

	test.each(['UTC', 'America/Los_Angeles', 'Asia/Ho_Chi_Minh'])(
		'half past eleven at night in %s is the day it then is in Vietnam',
		(zone) => {
			const time = DateTime.fromISO('2026-01-31T23:30:00', { zone });
			const expected = time.setZone('Asia/Ho_Chi_Minh').toISODate();
			expect(toVietnamDate(time)).toBe(expected);
			expect(toVietnamDate(time.toISO())).toBe(expected);
			expect(toVietnamDate(time.toJSDate())).toBe(expected);
		},
	);

	test.each([
		...['', '31/01/2026', '2026-1-31', '2026-02-30', 'today', '2026-01-31T23:30:00Z (UTC)'],
		...[20260131, null, true, {}, NaN],
	])('%p is no date', (value) => expect(toVietnamDate(value)).toBeUndefined());
});

describe('instantOf', () => {
	const written = fc
		.date({ min: new Date('1900-01-02'), max: new Date('2999-12-30'), noInvalidDate: true })
		.map((date) => Math.floor(date.getTime() / 1000) * 1000);
	const offsets = fc.integer({ min: -14 * 4, max: 14 * 4 }).map((quarters) => quarters * 15);

	/** A moment as it is written at an offset from UTC, in minutes. */
	const at = (instant: number, offset: number) =>
		new Date(instant + offset * 60_000).toISOString().slice(0, 19);
	const zone = (offset: number) => {
		const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
		const parts = [hours, minutes].map((part) => String(part).padStart(2, '0'));
		return [offset < 0 ? '-' : '+', ...parts];
	};

	test('reads every moment in every form of it', () => {
		const fractions = fc.constantFrom('', '.0', '.000', '.000000');
		fc.assert(
			fc.property(written, offsets, fractions, (instant, offset, fraction) => {
				const [sign, hours, minutes] = zone(offset);
				const forms = [
					`${at(instant, 7 * 60)}${fraction}`,
					`${at(instant, 0)}${fraction}Z`,
					`${at(instant, 0)}${fraction}z`,
					`${at(instant, 0)}${fraction} UTC`,
					`${at(instant, offset)}${fraction}${sign}${hours}:${minutes}`,
					`${at(instant, offset)}${fraction}${sign}${hours}${minutes}`,
					`${at(instant, offset)}${fraction} ${sign}${hours}:${minutes}`,
					...(minutes === '00' ? [`${at(instant, offset)}${fraction}${sign}${hours}`] : []),
				];
				for (const form of [...forms, ...forms.map((one) => one.replace('T', ' '))]) {
					expect([form, instantOf(form)]).toEqual([form, instant]);
					expect([form, toVietnamTime(form)]).toEqual([form, `${at(instant, 7 * 60)}+07:00`]);
				}
			}),
		);
	});

	test('keeps the parts of a second, and needs no seconds', () => {
		expect(instantOf('2026-01-31T10:30:00.123456Z')).toBe(Date.UTC(2026, 0, 31, 10, 30, 0, 123));
		expect(instantOf(' 2026-01-31 10:30 ')).toBe(Date.UTC(2026, 0, 31, 3, 30));
	});

	test.each<unknown>([
		...['', '2026-01-31', '31/01/2026 10:30:00', '2026-02-30 10:30:00', '2026-13-01 10:30:00'],
		...['2026-01-31 24:00:00', '2026-01-31 10:60:00', '2026-01-31T10:30:00+99:00', '10:30:00'],
		...[
			'on 2026-01-31 10:30:00',
			'2026-01-31T10:30:00 ICT',
			'2026-1-31 10:30:00',
			'0000-00-00 00:00:00',
			'0001-01-01 00:00',
		],
		...[null, undefined, 1_769_830_200, true, {}, [], { toString: 1 }],
	])('%j is no time', (value) => expect(instantOf(value)).toBeUndefined());
});

describe('vietnamTime', () => {
	test.each([
		['2025-02-25 19:59:48', '2025-02-25T19:59:48+07:00'],
		['2026-11-26T23:59:59', '2026-11-26T23:59:59+07:00'],
		['2025-02-25T19:59:48Z', '2025-02-26T02:59:48+07:00'],
		['2025-02-25T19:59:48+07:00', '2025-02-25T19:59:48+07:00'],
		['2025-02-25', '2025-02-25'],
		['25/02/2025 19:59', '25/02/2025 19:59'],
		['0000-00-00 00:00:00', null],
		['', null],
		[' ', null],
		[undefined, null],
		[null, null],
	])('%j gives %j', (value, time) => expect(toVietnamTime(value)).toBe(time));
});

describe('exactNumber', () => {
	test.each([
		['18067000.00', 18067000],
		['18067000', 18067000],
		['-5', -5],
		['0', 0],
		['0.5', 0.5],
		['5.05', 5.05],
		[42, 42],
		['', ''],
		['1,000', '1,000'],
		['1e3', '1e3'],
		['143519239212531650', '143519239212531650'],
		['9007199254740991', 9007199254740991],
		['9007199254740992', '9007199254740992'],
		['5.', '5.'],
		['007', '007'],
		[null, null],
	])('%p gives %p', (value, number) => expect(toExactNumber(value)).toBe(number));

	test('every whole amount survives as text with and without decimals, or stays the text it was', () => {
		fc.assert(
			fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }), fc.boolean(), (amount, decimals) => {
				const text = decimals ? `${amount}.00` : `${amount}`;
				const number = toExactNumber(text);
				if (typeof number === 'number') expect(BigInt(number)).toBe(amount);
				else expect(number).toBe(text);
				if (amount <= BigInt(Number.MAX_SAFE_INTEGER)) expect(typeof number).toBe('number');
			}),
		);
	});
});

describe('text', () => {
	test('is compared in capitals', () => expect(normalizeCode('dh-1042')).toBe('DH1042'));

	test.each([
		['DH-1042', 'dh 1042'],
		['1017 588 888', '1017588888'],
		['thanh toán', 'THANH TOAN'],
		['Đỗ đạt', 'DO_DAT'],
		['Trả tiền'.normalize('NFD'), 'tra.tien'],
		['\u00a0DH\u20131042', 'DH1042'],
	])('%s is compared as %s', (one, other) => expect(normalizeCode(one)).toBe(normalizeCode(other)));

	test('without letters and digits stays as it is', () => {
		expect([' - ', '', null, undefined].map(normalizeCode)).toEqual(['-', '', '', '']);
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
			'VND 250000',
			'５',
		],
		...['9007199254740993', '250k', 0.5, NaN, null, undefined, true, {}, [1, 2]],
	])('%p is no amount, or two', (value) => expect(vndIn(value)).toBeUndefined());
});

test('flag takes every form of yes and no and leaves the rest', () => {
	expect([true, 1, '1', 'true', 'True'].map(toBoolean)).toEqual(Array(5).fill(true));
	expect([false, 0, '0', 'false'].map(toBoolean)).toEqual(Array(4).fill(false));
	expect([null, 2, 'yes', ''].map(toBoolean)).toEqual([null, 2, 'yes', '']);
});

test.each<[unknown, string | null, string | null, boolean, boolean]>([
	['DH 1', 'DH 1', 'DH 1', true, false],
	['', '', null, false, false],
	[' ', ' ', ' ', false, false],
	[7, '7', '7', false, true],
	[2 ** 53, null, '9007199254740992', false, false],
	[0.5, null, '0.5', false, false],
	[false, 'false', 'false', false, false],
	[null, null, null, false, false],
	[undefined, null, null, false, false],
])('%j is %j as it was sent, %j or nothing', (value, sent, text, isText, isInteger) => {
	expect([textAsSent(value), textOrNull(value)]).toEqual([sent, text]);
	expect([isNonEmptyText(value), isExactInteger(value)]).toEqual([isText, isInteger]);
	expect([isObject(value), fieldsOf(value)]).toEqual([false, {}]);
});

test('an object has fields and is no text; a list has none', () => {
	expect([{ a: 1 }, ['a']].map(isObject)).toEqual([true, false]);
	expect([{ a: 1 }, ['a']].map(fieldsOf)).toEqual([{ a: 1 }, {}]);
	expect([{ a: 1 }, ['a']].map(textAsSent)).toEqual([null, null]);
});

describe('isSameUrl', () => {
	const address = 'https://N8N.Example.com/webhook/Ab12/sePay?x=Y';

	test.each([
		address,
		'https://n8n.example.com/webhook/Ab12/sePay?x=Y',
		'HTTPS://n8n.EXAMPLE.com:443/webhook/Ab12/sePay?x=Y',
		'https://n8n.example.com./webhook/Ab12/sePay?x=Y',
	])('%s is the same address', (other) => {
		expect([isSameUrl(address, other), isSameUrl(other, address)]).toEqual([true, true]);
	});

	test.each([
		'https://n8n.example.com/webhook/ab12/sePay?x=Y',
		'https://n8n.example.com/webhook/Ab12/sePay/?x=Y',
		'https://n8n.example.com/webhook/Ab12/sePay?x=y',
		'https://n8n.example.com/webhook/Ab12/sePay',
		'https://n8n.example.com:8443/webhook/Ab12/sePay?x=Y',
		'http://n8n.example.com/webhook/Ab12/sePay?x=Y',
		'https://example.com/webhook/Ab12/sePay?x=Y',
		'',
		null,
		undefined,
	])('%s is another one', (other) => {
		expect([isSameUrl(address, other), isSameUrl(other, address)]).toEqual([false, false]);
	});

	test('a path in Vietnamese and its encoded form are the same, and so are the forms of such a host', () => {
		const written = 'https://cửa-hàng.vn/đơn-hàng';
		expect(isSameUrl(written, new URL(written).href)).toBe(true);
	});

	test('text that is no address is compared as it is', () => {
		expect([isSameUrl('shop', 'shop'), isSameUrl('shop', 'Shop')]).toEqual([true, false]);
	});
});
