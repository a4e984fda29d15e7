import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { readMemo } from '../../../../nodes/shared/sePay/paymentCodes';
import {
	paymentStatusOf,
	readTransfer,
	sortByTime,
	type Transfer,
} from '../../../../nodes/shared/sePay/paymentMatching';
import { fromItem } from '../../../../nodes/shared/sePay/transaction';

describe('a transaction', () => {
	test('is read for the payment that it is for', () => {
		const json = {
			id: 49_682,
			direction: 'in',
			amount: '1.500.000 VND',
			content: 'Đơn 1',
			code: 'dh-1',
		};
		expect(readTransfer(fromItem(json))).toMatchObject({
			amount: 1_500_000,
			rejectionReason: '',
			memo: readMemo('Đơn 1'),
			sePayCode: 'DH1',
			code: 'dh-1',
			raw: json,
		});
	});

	test.each<[IDataObject, string]>([
		[{ direction: 'out', amount: 5 }, 'money went out'],
		[{ transfer_type: 'debit', amount: '5' }, 'money went out'],
		[{ amount_in: '0.00', amount_out: '5.00' }, 'money went out'],
		[{ amount: 5.5, direction: 'in' }, 'its amount cannot be read'],
		[{ amount: '9007199254740993', direction: 'in' }, 'its amount cannot be read'],
		[{ amount: 0, direction: 'in' }, 'its amount cannot be read'],
		[{ amount: -5, direction: 'in' }, 'its amount cannot be read'],
		[{ amount: '250.000', direction: 'in' }, 'its amount cannot be read'],
		[{ hello: 'world' }, 'its amount cannot be read'],
	])('%j pays nothing: %s', (json, rejectionReason) => {
		expect(readTransfer(fromItem(json))).toMatchObject({ rejectionReason });
	});
});

describe('the balance of a payment', () => {
	const vnd = fc.integer({ min: 1, max: 9_999_999_999_999 });
	const of = (...amounts: number[]) =>
		amounts.map((amount, index) => ({ amount, id: `${index}`, date: '' }) as Transfer);

	test('adds up to the last dong', () => {
		fc.assert(
			fc.property(vnd, fc.array(vnd, { maxLength: 20 }), (expected, amounts) => {
				const { verdict, receivedAmount, difference } = paymentStatusOf(expected, of(...amounts));
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
				const { verdict } = paymentStatusOf(whole, of(...parts, ...repeats));
				expect(verdict).toBe(again > 0 ? 'duplicate' : 'paid');
				fc.pre(surplus % whole !== 0);
				expect(paymentStatusOf(whole, of(...parts, ...repeats, surplus)).verdict).toBe('overpaid');
			}),
		);
	});

	test.each([
		[[150], 'overpaid'],
		[[60, 50], 'overpaid'],
		[[100, 50, 50], 'overpaid'],
		[[50, 100, 50], 'overpaid'],
		[[100, 50, 150], 'overpaid'],
		[[60, 40, 100], 'duplicate'],
		[[99], 'underpaid'],
	])('of 100 after %j: %s', (amounts, verdict) => {
		expect(paymentStatusOf(100, of(...amounts)).verdict).toBe(verdict);
	});

	test('counts transfers by time, then by ID as a number, those without a time first', () => {
		const given = [
			['11', '2026-01-15 10:35:00'],
			['9', '2026-01-15 10:36:00'],
			['9', '2026-01-15 10:35:00'],
			['12', null],
		].map(([id, date]) => ({ id, date }) as Transfer);
		const [later, latest, first, untimed] = given;
		expect(sortByTime(given)).toEqual([untimed, first, later, latest]);
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
				expect(sortByTime(shuffled as Transfer[])).toEqual(sortByTime(given as Transfer[]));
			}),
		);
	});
});
