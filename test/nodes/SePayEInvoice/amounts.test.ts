import Decimal from 'decimal.js';
import fc from 'fast-check';
import {
	amountsOf,
	assertLines,
	toleranceOf,
	type Line,
} from '../../../nodes/SePayEInvoice/amounts';
import {
	amountsOf as sandboxAmounts,
	defaultVariants,
	type NewInvoice,
} from '../../sandbox/eInvoice';
import { createNode, item, useEInvoice } from './eInvoice';

Decimal.set({ precision: 60 });

const decimal = (highest: number, decimals: number) =>
	fc
		.integer({ min: 0, max: highest * 10 ** Math.min(decimals, 6) })
		.map((units) => units / 10 ** Math.min(decimals, 6))
		.filter((value) => Number.isFinite(value));
const rate = fc.constantFrom(-2, -1, 0, 5, 8, 10);

const goods: fc.Arbitrary<Line> = fc.record({
	line_type: fc.constantFrom(1 as const, 2 as const),
	quantity: decimal(1000, 2).filter((value) => value > 0),
	unit_price: decimal(1_000_000, 6).filter((value) => value > 0),
	tax_rate: rate,
});
const discounted: fc.Arbitrary<Line> = fc.oneof(
	goods,
	fc.tuple(goods, decimal(100, 4)).map(([line, discount_tax]) => ({ ...line, discount_tax })),
	fc.tuple(goods, fc.double({ min: 0, max: 1, noNaN: true })).map(([line, part]) => ({
		...line,
		discount_amount: Math.floor(line.quantity! * line.unit_price! * part),
	})),
	fc.record({
		line_type: fc.constant(3 as const),
		tax_rate: rate,
		before_discount_and_tax_amount: fc.integer({ min: 1, max: 1_000_000 }),
	}),
	fc.record({ line_type: fc.constant(4 as const) }),
);

/** The reckoning of the reference in decimals: lines after discount, their tax, rounded once. */
function reckoned(lines: Line[]) {
	const nets = lines.map((line) => {
		if (line.line_type === 4) return new Decimal(0);
		if (line.line_type === 3) return new Decimal(line.before_discount_and_tax_amount!).negated();
		const gross = new Decimal(line.quantity!).times(line.unit_price!);
		return gross
			.minus(line.discount_amount ?? 0)
			.minus(gross.times(line.discount_tax ?? 0).div(100));
	});
	const taxes = nets.map((net, index) =>
		net.times(Math.max(0, lines[index].tax_rate ?? 0)).div(100),
	);
	const sum = (values: Decimal[]) => values.reduce((all, one) => all.plus(one), new Decimal(0));
	const whole = (value: Decimal) => value.toDecimalPlaces(0, Decimal.ROUND_HALF_UP).toNumber() + 0;
	return {
		totalBeforeTax: whole(sum(nets)),
		taxAmount: whole(sum(taxes)),
		totalAmount: whole(sum(nets).plus(sum(taxes))),
	};
}

test('the sums are those of an independent reckoning in decimals', () => {
	fc.assert(
		fc.property(fc.array(discounted, { minLength: 1, maxLength: 12 }), (lines) => {
			expect(amountsOf(lines)).toEqual(reckoned(lines));
		}),
		{ numRuns: 1000 },
	);
});

test('SePay’s sums differ by less than is allowed, wherever it rounds', () => {
	fc.assert(
		fc.property(fc.array(discounted, { minLength: 1, maxLength: 12 }), (lines) => {
			const invoice = { template_code: '1', items: lines } as unknown as NewInvoice;
			for (const rounding of ['total', 'lines'] as const) {
				const { total_amount } = sandboxAmounts(invoice, { ...defaultVariants, rounding });
				const difference = Math.abs(total_amount - amountsOf(lines).totalAmount);
				expect(difference).toBeLessThanOrEqual(toleranceOf(lines));
			}
		}),
		{ numRuns: 500 },
	);
});

test.each<[string, Line[], number]>([
	['halves go up', [{ line_type: 1, quantity: 1, unit_price: 0.5 }], 1],
	['what floating point gets wrong', [{ line_type: 1, quantity: 3, unit_price: 0.35 }], 1],
	['1.005 is below 1.01', [{ line_type: 1, quantity: 100, unit_price: 1.005 }], 101],
	['a billion times a billion', [{ line_type: 1, quantity: 1e6, unit_price: 1e9 }], 1e15],
	[
		'8% of prices with tax',
		[{ line_type: 1, quantity: 1, unit_price: 92592.59259259, tax_rate: 8 }],
		100_000,
	],
])('%s', (_name, lines, total) => {
	expect(amountsOf(lines).totalAmount).toBe(total);
});

test('a total that is off by more than rounding is refused, whatever the lines', () => {
	const context = { getNode: () => ({ name: 'Node' }) as never, getItemIndex: () => 0 };
	const sale = fc.array(goods, { minLength: 1, maxLength: 8 });
	fc.assert(
		fc.property(sale, fc.integer({ min: -50, max: 50 }), (lines, off) => {
			const expected = amountsOf(lines).totalAmount + off;
			const check = () => assertLines(context, lines, '1', expected);
			if (Math.abs(off) <= lines.length) expect(check).not.toThrow();
			else expect(check).toThrow(/^The items add up to/);
		}),
	);
});

const tester = useEInvoice();
const create = (lines: object[], fields: object = {}) =>
	createNode({ items: { item: lines }, ...fields });
const sales = { template: { __rl: true, mode: 'id', value: '2/C26TSP' } };

describe('an error names the line', () => {
	const good = item();
	const json = (lines: unknown) => ({ specifyItems: 'json', itemsJson: JSON.stringify(lines) });

	test.each<[string, object[], object, string]>([
		['no tax rate', [good, item({ taxRate: '' })], {}, 'Item 2 (Cà phê): Tax Rate must be chosen'],
		['a tax rate too many', [good], sales, 'Item 1 (Cà phê): Tax Rate must be left empty'],
		['no price', [item({ unitPrice: '' })], {}, 'Item 1 (Cà phê): Unit Price must be above 0'],
		['a quantity of 0', [item({ quantity: '0' })], {}, 'Item 1 (Cà phê): Quantity must be above 0'],
		[
			'a quantity with too many decimals',
			[good, item({ quantity: '1.234' })],
			{},
			'Items 2: Quantity must be a number of at least 0 with up to 2 decimals',
		],
		[
			'a price below 0',
			[item({ unitPrice: '-5' })],
			{},
			'Items 1: Unit Price must be a number of at least 0 with up to 8 decimals',
		],
		[
			'a price with a comma',
			[item({ unitPrice: '50.000,5' })],
			{},
			'Items 1: Unit Price must be a number like 12.5',
		],
		['no name', [good, item({ itemName: ' ' })], {}, 'Items 2: Item Name must be filled in'],
		[
			'two discounts',
			[item({ discountPercent: '5', discountAmount: '5' })],
			{},
			'Item 1 (Cà phê): Discount must be either a percentage or an amount',
		],
		[
			'a discount above the price',
			[item({ discountAmount: '100001' })],
			{},
			'Item 1 (Cà phê): Discount must be at most the price of the line',
		],
		[
			'a discount above 100%',
			[item({ discountPercent: '101' })],
			{},
			'Item 1 (Cà phê): Discount must be at most the price of the line',
		],
		[
			'a trade discount of nothing',
			[good, { lineType: 3, itemName: 'KM', taxRate: '10' }],
			{},
			'Item 2 (KM): Invoice Discount Amount must be above 0',
		],
		[
			'a trade discount above all',
			[good, { lineType: 3, itemName: 'KM', taxRate: '10', invoiceDiscountAmount: '100001' }],
			{},
			'Item 2 (KM): Invoice Discount Amount must be at most the total of the other items',
		],
		['no items', [], {}, 'Items must be filled in'],
		[
			'JSON that is none',
			[],
			{ specifyItems: 'json', itemsJson: '[{' },
			'Items must be a list of objects in JSON',
		],
		['an empty list', [], json([]), 'Items must be filled in'],
		[
			'an unknown field',
			[],
			json([{ item_name: 'A', price: 1 }]),
			'Items 1 must be an object with only the known fields',
		],
		[
			'an unknown type',
			[],
			json([{ item_name: 'A', line_type: 5 }]),
			'Items 1: Line Type must be one of 1, 2, 3, 4',
		],
		[
			'a field that its type does not have',
			[],
			json([{ item_name: 'A', line_type: 4, unit_price: 1 }]),
			'Item 1: Unit Price must be left out',
		],
		[
			'an unknown tax rate',
			[],
			json([{ item_name: 'A', tax_rate: 7 }]),
			'Items 1: Tax Rate must be one of -2, -1, 0, 5, 8, 10',
		],
	])('%s', async (_name, lines, fields, message) => {
		expect((await tester.failure(create(lines, fields))).message).toBe(message);
		expect(tester.calls()).toEqual([]);
	});

	test('of several that do not add up to Total Amount', async () => {
		const lines = [item(), item({ itemName: 'Trà', unitPrice: '30000' })];
		const fields = { additionalFields: { totalAmount: 200_000 } };
		expect(await tester.failure(create(lines, fields))).toEqual({
			message: 'The items add up to 176000 VND, but Total Amount is 200000 VND',
			description:
				'Totals with tax: item 1 (Cà phê): 110000, item 2 (Trà): 66000. Correct the item, or Total Amount.',
		});
		expect(tester.calls()).toEqual([]);
	});
});
