import {
	email,
	fieldType,
	flag,
	longText,
	nested,
	option,
	text,
	vnd,
	type Field,
	type Parser,
	type PropertyOverrides,
} from '../../../shared/operations/fields';
import { locator } from '../../../shared/operations/locators';
import { parameterError } from '../../../shared/operations/parameterError';
import { parseCode, parseDateTime } from '../../parameters';

const TAX_CODE = /^(\d{10}(-\d{3})?|\d{12})$/;

const parseTaxCode: Parser = (context, displayName, value) => {
	const found = String(value).trim();
	if (TAX_CODE.test(found)) return found;
	const wanted = '10 digits, 10 digits with a branch (0101234567-001), or 12 digits';
	throw parameterError(context, displayName, wanted, `It is "${found}".`);
};

/** A template with its series: `1/C26TSE`. */
const parseTemplate: Parser = (context, displayName, value) => {
	const [, code, series] = /^\s*(\d+)\s*\/\s*(\S+)\s*$/.exec(String(value)) ?? [];
	if (series) return { template_code: code, invoice_series: series };
	const hint = `It is "${String(value)}". Enter the template number, a slash, and the series.`;
	throw parameterError(context, displayName, 'a template like 1/C26TSE', hint);
};

export const template: Field = {
	parameter: {
		...locator(
			'Template',
			'template',
			'getTemplates',
			'The type of invoice and its series: template 1 is a VAT invoice, 2 a sales invoice',
			{
				placeholder: 'e.g. 1/C26TSE',
				regex: '^\\s*\\d+\\s*/\\s*\\S+\\s*$',
				errorMessage: 'A template looks like 1/C26TSE',
			},
		),
		required: true,
	},
	sendAs: ['template'],
	parse: parseTemplate,
};

export const newReference = fieldType('string', parseCode, { placeholder: 'e.g. SEPAY-92704' })(
	'reference_code',
	'Unique for each sale. A second run with the same code returns the same invoice. If empty, the code is SEPAY- and the ID of the payment in the input item.',
);

export const isDraft = flag(
	'is_draft',
	'Whether to create a draft. A draft can be deleted and does not count. Otherwise the invoice is issued at once: signed, numbered and sent to the tax authority. Issuing cannot be undone.',
	{ displayName: 'Draft', default: true },
);

/** What most sales know of the buyer; a field that is empty is left out. */
export const buyer = nested('buyer', [
	text('name', 'Person or company', { placeholder: 'e.g. Nguyen Van An' }),
	email('email', 'Email address that the provider sends the invoice to'),
	fieldType('string', parseTaxCode, { placeholder: 'e.g. 0101234567' })('tax_code'),
	text('address'),
]);

/** Of fields whose labels do not follow from the service's names. */
const LABELS: Record<string, PropertyOverrides> = {
	buyerBuyerCode: { name: 'buyerCode', displayName: 'Buyer Code' },
	buyerNationalId: { displayName: 'Buyer National ID' },
};

export const moreOfBuyer = nested('buyer', [
	text('buyer_code', "The buyer's code in your books", { placeholder: 'e.g. KH-001' }),
	text('legal_name', 'Registered name of a company'),
	text('national_id', 'Citizen ID (CCCD) of a person'),
	text('phone'),
	option('type', ['company', 'personal']),
]).map(({ parameter, ...field }) => ({
	...field,
	parameter: { ...parameter, ...LABELS[parameter.name] },
}));

export const issuedDate = fieldType('dateTime', parseDateTime)(
	'issued_date',
	'Defaults to now. Cannot be in the future. Times are in Vietnam time (UTC+7) unless they name a zone.',
);

export const paymentMethod = option('payment_method', ['CK'], undefined, {
	options: [
		{ name: 'Bank Transfer', value: 'CK' },
		{ name: 'Cash', value: 'TM' },
		{ name: 'Cash or Bank Transfer', value: 'TM/CK' },
		{ name: 'Other', value: 'KHAC' },
	],
});

export const totalAmount = vnd(
	'total_amount',
	'Amount that the buyer pays, with tax, in whole VND. The items must add up to it, except for rounding. SePay then prints exactly this amount.',
);

export const notes = longText(
	'notes',
	'For your own records. To print a note on the invoice, add an item of that type.',
);

export const store = [
	text('seller_store_code', 'Code of the shop that made the sale'),
	text('seller_store_name', 'Name of the shop that made the sale'),
];
