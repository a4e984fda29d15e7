import type { IDataObject } from 'n8n-workflow';
import {
	decimal,
	fieldType,
	objectList,
	parseText,
	required,
	text,
	type Field,
	type FieldFactory,
	type Parser,
} from '../../../shared/operations/fields';
import { parameterError } from '../../../shared/operations/parameterError';
import { isObject, omitEmpty } from '../../../shared/values';
import { GOODS, NOTE, PROMOTION, TRADE_DISCOUNT, type Line } from '../../amounts';

const TYPES = [
	{ name: 'Goods or Service', value: GOODS },
	{ name: 'Note', value: NOTE, description: 'Text printed between the items' },
	{ name: 'Promotion', value: PROMOTION, description: 'Free goods, unless priced' },
	{
		name: 'Trade Discount',
		value: TRADE_DISCOUNT,
		description: 'An amount that reduces the whole invoice',
	},
];

const TAX_RATES = [
	{ name: '0%', value: '0' },
	{ name: '10%', value: '10' },
	{ name: '5%', value: '5' },
	{ name: '8%', value: '8' },
	{ name: 'None: Not a VAT Invoice', value: '' },
	{ name: 'Not Declared', value: '-1' },
	{ name: 'Not Subject to Tax', value: '-2' },
];

const shownFor = (types: number[]) => ({ displayOptions: { show: { lineType: types } } });

/** The number in one of the choices, which an expression may give as text. */
const oneOf =
	(options: Array<{ value: string | number }>): Parser =>
	(context, displayName, value) => {
		const values = options.map((option) => String(option.value)).filter(Boolean);
		if (values.includes(String(value).trim())) return Number(value);
		values.sort((a, b) => Number(a) - Number(b));
		const wanted = `one of ${values.join(', ')}`;
		throw parameterError(context, displayName, wanted, `It is "${String(value)}".`);
	};

/** A number from 0 with at most so many decimals. */
const number =
	(decimals: number): FieldFactory =>
	(sendAs, description, overrides) => ({
		...decimal(sendAs, description, { placeholder: 'e.g. 150000', ...overrides }),
		parse: (context, displayName, value) => {
			const digits = String(decimal(sendAs).parse(context, displayName, value));
			const [, fraction = ''] = digits.split('.').map((part) => part.replace(/0+$/, ''));
			if (!digits.startsWith('-') && fraction.length <= decimals) return Number(digits);
			const wanted = `a number of at least 0 with up to ${decimals} decimals`;
			throw parameterError(context, displayName, wanted, `It is ${digits}.`);
		},
	});

const PRICED = [GOODS, PROMOTION];

const LINE: Field[] = [
	fieldType('options', oneOf(TYPES))('line_type', undefined, {
		options: TYPES,
		default: GOODS,
	}),
	...required(
		text('item_name', 'Name printed on the invoice', { placeholder: 'e.g. Coffee 1 kg' }),
	),
	text('item_code', undefined, { placeholder: 'e.g. SP001', ...shownFor(PRICED) }),
	text('unit', undefined, { placeholder: 'e.g. kg', ...shownFor(PRICED) }),
	number(2)('quantity', 'Up to two decimals', { default: '1', ...shownFor(PRICED) }),
	number(8)('unit_price', 'Price before tax, in VND', shownFor(PRICED)),
	fieldType('options', oneOf(TAX_RATES))(
		'tax_rate',
		'Required on VAT invoices (template 1); not used on others',
		{ options: TAX_RATES, default: '', ...shownFor([...PRICED, TRADE_DISCOUNT]) },
	),
	number(4)('discount_tax', 'Percentage taken off the price of the item', {
		displayName: 'Discount (%)',
		name: 'discountPercent',
		placeholder: 'e.g. 10',
		...shownFor([GOODS]),
	}),
	number(8)('discount_amount', 'Amount in VND taken off the price of the item', shownFor([GOODS])),
	number(8)('before_discount_and_tax_amount', 'Amount in VND, before tax', {
		name: 'invoiceDiscountAmount',
		...shownFor([TRADE_DISCOUNT]),
	}),
];

const DESCRIPTION =
	'The items of the invoice. Values of line_type: 1 for goods (the default), 2 for a promotion, 3 for a trade discount, 4 for a note.';
const json = objectList('items', DESCRIPTION, LINE);

const rowOf = (entry: unknown): IDataObject =>
	Object.fromEntries(
		LINE.map(({ parameter, sendAs }) => [sendAs[0], Object(entry)[parameter.name]]),
	);

/** The lines that are given, numbered; a field that lines of the type do not have is refused. */
const parseLines: Parser = (context, _displayName, value) => {
	const entries = isObject(value) ? ((value.item ?? []) as unknown[]).map(rowOf) : undefined;
	const given = entries ? entries.map(omitEmpty) : value;
	const lines = json.parse(context, 'Items', given) as IDataObject[];
	return lines.map((line, index) => {
		const { line_type = GOODS } = line as Partial<Line>;
		for (const { parameter, sendAs } of LINE) {
			const types = parameter.displayOptions?.show?.lineType;
			if (line[sendAs[0]] === undefined || !types || types.includes(line_type)) continue;
			const kind = TYPES.find((type) => type.value === line_type)!.name;
			const name = `Item ${index + 1}: ${parameter.displayName}`;
			throw parameterError(context, name, 'left out', `The type ${kind} does not use it.`);
		}
		return { line_number: index + 1, ...line, line_type };
	});
};

const specifyItems: Field = {
	parameter: {
		displayName: 'Specify Items',
		name: 'specifyItems',
		type: 'options',
		options: [
			{ name: 'Using Fields Below', value: 'form' },
			{ name: 'Using JSON', value: 'json' },
		],
		default: 'form',
	},
	sendAs: [],
	parse: parseText,
};

const shownAs = (value: string) => ({ displayOptions: { show: { specifyItems: [value] } } });

/** The items, in a form or as JSON. */
export const items: Field[] = [
	specifyItems,
	fieldType('fixedCollection', parseLines)('items', undefined, {
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Item', sortable: true },
		placeholder: 'Add Item',
		default: {},
		options: [
			{ displayName: 'Item', name: 'item', values: LINE.map(({ parameter }) => parameter) },
		],
		...shownAs('form'),
	}),
	fieldType('json', parseLines)('items', json.parameter.description, {
		displayName: 'Items (JSON)',
		name: 'itemsJson',
		default: '[]',
		...shownAs('json'),
	}),
];
