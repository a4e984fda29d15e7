import {
	matching,
	option,
	parseText,
	text,
	wholeFrom,
	type Field,
} from '../../../shared/operations/fields';
import { locator } from '../../../shared/operations/locators';
import { pathId } from '../../fields';

export const bankAccount = pathId(
	'Bank Account',
	'bankAccountId',
	'getBankAccounts',
	'The bank account that the order is paid into',
);

export const order = pathId('Order', 'orderId', 'getOrders', 'The order to work on');

/** Something of the bank account that goes by a code: chosen from a list or typed in. */
const chosen = (
	sendAs: string,
	[displayName, name, listSearch]: [displayName: string, name: string, listSearch: string],
	description: string,
	placeholder: string,
): Field => {
	const typedIn = { placeholder, regex: '\\S', errorMessage: 'It is empty' };
	const parameter = locator(displayName, name, listSearch, description, typedIn);
	return { parameter, sendAs: [sendAs], parse: parseText };
};

/** What of a virtual account may be left to SePay. */
export const virtualAccountFields = [
	wholeFrom(1, { default: 86400 })(
		'duration',
		'How long the virtual account takes payments; without it for as long as SePay does',
		{ displayName: 'Duration (Seconds)' },
	),
	matching(/^[A-Z0-9 ]+$/, 'in capital letters A–Z without accents, digits and spaces')(
		'va_holder_name',
		'Whose name payers see, in capital letters A–Z, digits and spaces; for enterprise accounts at BIDV that have own holder names',
		{ displayName: 'VA Holder Name', placeholder: 'e.g. HOA SEN VIET DH1042' },
	),
];

/** What of an order may be left to SePay, and what some banks ask for. */
export const orderFields = [
	...virtualAccountFields,
	text(
		'order_code',
		'Your own code of the order: 6 to 50 letters and digits, at Vietcombank 15 at the most. SePay makes one when it is empty.',
		{ placeholder: 'e.g. DH000001042' },
	),
	option(
		'qrcode_template',
		[],
		'Have SePay make the QR code for payment: as base64 in "qrCode", with its address in "qrCodeUrl"',
		{
			displayName: 'QR Code',
			name: 'qrCode',
			options: [
				{ name: 'Compact', value: 'compact', description: 'With bank and account around it' },
				{ name: 'QR Only', value: 'qronly' },
			],
			default: 'compact',
		},
	),
	chosen(
		'tid',
		['Terminal', 'tid', 'getTerminals'],
		'Where the order is taken; needed at Vietcombank, which alone has terminals',
		'e.g. VCB00001',
	),
	chosen(
		'va_prefix',
		['VA Prefix', 'vaPrefix', 'getPrefixes'],
		'What the number of the virtual account begins with; needed at Sacombank, which alone has prefixes',
		'e.g. HSV',
	),
];
