import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeReader, readMemo } from '../../../../nodes/shared/sePay/paymentCodes';

/** The rows of the one table of a page, each with the texts that are written as code in its cells. */
function examplesIn(page: string) {
	const text = readFileSync(join(__dirname, '../../../../docs', page), 'utf8');
	const rows = text.split('\n').filter((line) => line.startsWith('| `'));
	return rows.map((row) => {
		const cells = row.split('|').slice(1, -1);
		const [[memo], [sePayCode = ''], expected, result] = cells.map((cell) =>
			Array.from(cell.matchAll(/`([^`]+)`/g), ([, code]) => code),
		);
		return { memo, sePayCode, expected, result };
	});
}

const english = examplesIn('payment-codes.md');

test.each(english)('$memo, of $expected: $result', ({ memo, sePayCode, expected, result }) => {
	expect(codeReader(expected)(readMemo(memo), sePayCode)).toEqual(result);
});

test('the page in Vietnamese has the same examples', () => {
	expect(english.length).toBeGreaterThan(15);
	expect(examplesIn('vi/payment-codes.md')).toEqual(english);
});
