import { NodeOperationError } from 'n8n-workflow';
import { parameterError, type ItemContext } from '../shared/operations/parameterError';

/** A line of an invoice, as SePay takes it (reference: "items"). */
export interface Line {
	line_type: 1 | 2 | 3 | 4;
	item_name?: string;
	quantity?: number;
	unit_price?: number;
	tax_rate?: number;
	discount_tax?: number;
	discount_amount?: number;
	before_discount_and_tax_amount?: number;
}

/** The sums of an invoice in whole VND. */
export interface Amounts {
	totalBeforeTax: number;
	taxAmount: number;
	totalAmount: number;
}

export const GOODS = 1;
export const PROMOTION = 2;
export const TRADE_DISCOUNT = 3;
export const NOTE = 4;
/** The template of VAT invoices, the only one with tax rates. */
const VAT_TEMPLATE = '1';

/** Decimals that are kept: 2 of the quantity, 8 of the price, 4 of a percentage, 2 of each percent. */
const DECIMALS = 18;
const ONE = 10n ** BigInt(DECIMALS);

/** A number as a multiple of 10^-18, exactly as it is written. */
function exact(value: number | undefined): bigint {
	const [digits, exponent = '0'] = String(value ?? 0).split('e');
	const [whole, decimals = ''] = digits.split('.');
	const shift = DECIMALS - decimals.length + Number(exponent);
	const number = BigInt(whole + decimals);
	return shift < 0 ? number / 10n ** BigInt(-shift) : number * 10n ** BigInt(shift);
}

const times = (left: bigint, right: bigint) => (left * right) / ONE;

/** To whole VND, halves away from zero. */
function rounded(value: bigint): number {
	const half = value < 0n ? -ONE / 2n : ONE / 2n;
	return Number((value + half) / ONE);
}

/** What a line adds before tax, its discount taken off; a trade discount adds less than nothing. */
function netOf(line: Line): bigint {
	if (line.line_type === NOTE) return 0n;
	if (line.line_type === TRADE_DISCOUNT) return -exact(line.before_discount_and_tax_amount);
	const gross = times(exact(line.quantity ?? 1), exact(line.unit_price));
	const percentage = times(gross, exact(line.discount_tax)) / 100n;
	return gross - exact(line.discount_amount) - percentage;
}

/**
 * The sums of an invoice as SePay makes them: lines after discount, plus tax, rounded once.
 * Tax is that of each line by its rate; rates below zero mean that there is none.
 */
export function amountsOf(lines: Line[]): Amounts {
	const sum = (values: bigint[]) => values.reduce((all, value) => all + value, 0n);
	const nets = lines.map(netOf);
	const taxes = lines.map(
		({ tax_rate = 0 }, index) => (nets[index] * BigInt(Math.max(0, tax_rate))) / 100n,
	);
	return {
		totalBeforeTax: rounded(sum(nets)),
		taxAmount: rounded(sum(taxes)),
		totalAmount: rounded(sum(nets) + sum(taxes)),
	};
}

/** How far rounding of each line, by amount and tax, may take a sum from that of {@link amountsOf}, VND. */
export const toleranceOf = (lines: Line[]): number => lines.length;

/** What is wrong with a line: the name of a field, what it must be, and what it is. */
function problemOf(
	line: Line,
	isVat: boolean,
): [field: string, wanted: string, hint: string] | undefined {
	const { line_type, quantity, unit_price, tax_rate } = line;
	const hasDiscount = line.discount_tax !== undefined || line.discount_amount !== undefined;
	if (line_type === NOTE) return undefined;
	if (isVat && tax_rate === undefined) {
		return ['Tax Rate', 'chosen', 'A VAT invoice (template 1) needs a tax rate on every line.'];
	}
	if (!isVat && tax_rate !== undefined) {
		return ['Tax Rate', 'left empty', 'Only VAT invoices (template 1) have tax rates.'];
	}
	if (line_type === TRADE_DISCOUNT) {
		return line.before_discount_and_tax_amount
			? undefined
			: [
					'Invoice Discount Amount',
					'above 0',
					'This is the amount that the whole invoice is reduced by, before tax.',
				];
	}
	if (line_type === GOODS && !unit_price) {
		return ['Unit Price', 'above 0', 'For free goods, choose the type Promotion.'];
	}
	if (quantity !== undefined && quantity <= 0) {
		return ['Quantity', 'above 0', `It is ${quantity}.`];
	}
	if (line.discount_tax !== undefined && line.discount_amount !== undefined) {
		return ['Discount', 'either a percentage or an amount', 'Both are filled in.'];
	}
	if (hasDiscount && netOf(line) < 0n) {
		return ['Discount', 'at most the price of the line', 'Lower the discount.'];
	}
	return undefined;
}

function lineError(context: ItemContext, index: number, { item_name }: Line, problem: string[]) {
	const [field, wanted, hint] = problem;
	const line = `Item ${index + 1}${item_name ? ` (${item_name})` : ''}`;
	return parameterError(context, `${line}: ${field}`, wanted, hint);
}

/**
 * Checks the lines of an invoice, and their sum against the one that is expected.
 *
 * @param template_code of the invoice; `1` for a VAT invoice
 * @param expected the total with tax, in whole VND; unless given, any sum will do
 * @throws NodeOperationError that names the line
 */
export function assertLines(
	context: ItemContext,
	lines: Line[],
	template_code: string,
	expected?: number,
): void {
	if (lines.length === 0)
		throw parameterError(context, 'Items', 'filled in', 'Add at least one item.');
	const isVat = template_code === VAT_TEMPLATE;
	lines.forEach((line, index) => {
		const problem = problemOf(line, isVat);
		if (problem) throw lineError(context, index, line, problem);
	});
	const { totalAmount } = amountsOf(lines);
	if (totalAmount < 0) {
		const index = lines.findIndex(({ line_type }) => line_type === TRADE_DISCOUNT);
		const wanted = 'at most the total of the other items';
		throw lineError(context, index, lines[index], [
			'Invoice Discount Amount',
			wanted,
			'Lower the discount.',
		]);
	}
	if (expected === undefined || Math.abs(totalAmount - expected) <= toleranceOf(lines)) return;
	const parts = lines.map((line, index) => {
		const { totalAmount: total } = amountsOf([line]);
		return `item ${index + 1}${line.item_name ? ` (${line.item_name})` : ''}: ${total}`;
	});
	throw new NodeOperationError(
		context.getNode(),
		`The items add up to ${totalAmount} VND, but Total Amount is ${expected} VND`,
		{
			description: `Totals with tax: ${parts.join(', ')}. Correct the item, or Total Amount.`,
			itemIndex: context.getItemIndex?.(),
		},
	);
}
