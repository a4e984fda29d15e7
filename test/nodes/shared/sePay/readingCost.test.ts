import { codeReader, readMemo } from '../../../../nodes/shared/sePay/paymentCodes';

describe('the cost of reading a memo', () => {
	test.each([
		['with a code again and again', 'DH1042 '],
		['without a gap', 'DH1042'],
		['with codes of letters', 'DHYWD4UM'],
		['with beginnings of a code', 'DH10 42 DH '],
		['of words without an end', 'NGUYENVANA'],
		['of letters that are no words', 'DHN'],
		['of numbers', '1042-'],
	])('grows with its length: %s', (_name, part) => {
		/** The CPU of the cheapest of some readings; time would count what else runs. */
		const cost = (length: number) => {
			const memo = part.repeat(length / part.length);
			const costs = Array.from({ length: 5 }, () => {
				const before = process.cpuUsage();
				codeReader(['DH1042', 'DH104', 'DH10421', 'DHYWD4UM'])(readMemo(memo), 'DH10');
				// Which part is the user's Linux only guesses, and may say none.
				const { user, system } = process.cpuUsage(before);
				return user + system;
			});
			return Math.min(...costs);
		};
		cost(10_000);
		// Linear it is 32 times as much, quadratic 1024 times.
		expect(cost(320_000) / cost(10_000)).toBeLessThan(256);
	});
});
