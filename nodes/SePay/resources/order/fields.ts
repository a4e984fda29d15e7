import {
	matching,
	option,
	parseText,
	text,
	wholeFrom,
	type Field,
} from '../../../shared/operations/fields';
import { locator } from '../../../shared/operations/locators';
import { bankAccountInPath, pathId } from '../../fields';

export const bankAccount = bankAccountInPath('The bank account that receives the payment');

export const order = pathId('orderId', 'getOrders', 'The order to use');

/** Something of the bank account that goes by a code: chosen from a list or typed in. */
const chosen = (
	sendAs: string,
	[displayName, name, listSearch]: [displayName: string, name: string, listSearch: string],
	description: string,
	placeholder: string,
): Field => {
	const typedIn = { placeholder, regex: '\\s*\\S+\\s*', errorMessage: 'Enter a value' };
	const parameter = locator(displayName, name, listSearch, description, typedIn);
	return { parameter, sendAs: [sendAs], parse: parseText };
};

/** What of a virtual account may be left to SePay. */
export const virtualAccountFields = [
	wholeFrom(1, { default: 86400 })(
		'duration',
		"How long the virtual account accepts payments. Leave it out to use SePay's default.",
		{ displayName: 'Duration (Seconds)' },
	),
	matching(/^[A-Z0-9 ]+$/, 'capital letters A–Z (no accents), digits and spaces')(
		'va_holder_name',
		'Account holder name that payers see: capital letters A–Z, digits and spaces. Only for enterprise accounts at BIDV with custom holder names.',
		{ displayName: 'VA Holder Name', placeholder: 'e.g. HOA SEN VIET DH1042' },
	),
];

/** What of an order may be left to SePay, and what some banks ask for. */
export const orderFields = [
	...virtualAccountFields,
	text(
		'order_code',
		'Your own order code: 6 to 50 letters and digits, up to 15 at Vietcombank. If empty, SePay creates one.',
		{ placeholder: 'e.g. DH000001042' },
	),
	option(
		'qrcode_template',
		[],
		'Style of the QR code that SePay returns: as base64 in "qrCode", with its URL in "qrCodeUrl"',
		{
			name: 'qrCode',
			options: [
				{
					name: 'Compact',
					value: 'compact',
					description: 'Shows the bank and account around the code',
				},
				{ name: 'QR Only', value: 'qronly' },
			],
			default: 'compact',
		},
	),
	chosen(
		'tid',
		['Terminal', 'tid', 'getTerminals'],
		'Terminal that takes the order. Required at Vietcombank, the only bank with terminals.',
		'e.g. VCB00001',
	),
	chosen(
		'va_prefix',
		['VA Prefix', 'vaPrefix', 'getPrefixes'],
		'What the virtual account number starts with. Required at Sacombank, the only bank with prefixes.',
		'e.g. HSV',
	),
];
