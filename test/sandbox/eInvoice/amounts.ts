import Decimal from 'decimal.js';
import type { NewInvoice, NewLine } from './model';
import type { Variants } from './variants';

const sum = (values: Decimal[]) => values.reduce((all, value) => all.plus(value), new Decimal(0));
const whole = (value: Decimal) => value.toDecimalPlaces(0, Decimal.ROUND_HALF_UP);

/** What a line adds before tax, its discount taken off; a trade discount adds less than nothing. */
function netOf(line: NewLine): Decimal {
	const { line_type, quantity, unit_price, discount_tax = 0, discount_amount } = line;
	const given = new Decimal(line.before_discount_and_tax_amount ?? 0);
	if (line_type === 3) return given.negated();
	if (line_type === 4) return new Decimal(0);
	const gross = unit_price === undefined ? given : new Decimal(unit_price).times(quantity ?? 1);
	return gross.minus(discount_amount ?? gross.times(discount_tax).div(100));
}

/** The sums of an invoice (reference: "Tổng tiền hóa đơn"), and those of its lines. */
export function amountsOf(
	{ items, template_code, total_amount }: NewInvoice,
	{ rounding }: Variants,
) {
	const round = (value: Decimal) => (rounding === 'lines' ? whole(value) : value);
	const lines = items.map((line) => {
		const net = round(netOf(line));
		const rate = template_code === '1' ? Math.max(0, line.tax_rate ?? 0) : 0;
		return { net, tax: round(net.times(rate).div(100)) };
	});
	const net = sum(lines.map((line) => line.net));
	const tax = sum(lines.map((line) => line.tax));
	return {
		lines,
		total_before_tax: whole(net).toNumber(),
		tax_amount: whole(tax).toNumber(),
		total_amount: total_amount ?? whole(net.plus(tax)).toNumber(),
	};
}
