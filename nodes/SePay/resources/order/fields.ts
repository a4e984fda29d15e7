import type { INodeProperties } from 'n8n-workflow';
import { locator } from '../../../shared/locators';

export const bankAccountId: INodeProperties = {
	...locator(
		'Bank Account',
		'bankAccountId',
		'getBankAccounts',
		'The bank account that the order is paid into',
	),
	required: true,
};

export const orderId: INodeProperties = {
	...locator('Order', 'orderId', 'getOrders', 'The order to work on'),
	required: true,
};

const typedIn = { regex: '\\S', errorMessage: 'It is empty' };

/** What of an order or its virtual account may be left to SePay. */
export const duration: INodeProperties = {
	displayName: 'Duration (Seconds)',
	name: 'duration',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 86400,
	description: 'How long the virtual account takes payments; without it for as long as SePay does',
	routing: { send: { type: 'body', property: 'duration' } },
};

export const vaHolderName: INodeProperties = {
	displayName: 'VA Holder Name',
	name: 'vaHolderName',
	type: 'string',
	default: '',
	placeholder: 'e.g. HOA SEN VIET DH1042',
	description:
		'Whose name payers see, in capital letters A–Z, digits and spaces; for enterprise accounts at BIDV that have own holder names',
	routing: { send: { type: 'body', property: 'va_holder_name' } },
};

/** What some banks ask for, and how an order is known. */
export const orderFields: INodeProperties[] = [
	duration,
	{
		displayName: 'Order Code',
		name: 'orderCode',
		type: 'string',
		default: '',
		placeholder: 'e.g. DH000001042',
		description:
			'Your own code of the order: 6 to 50 letters and digits, at Vietcombank 15 at the most. SePay makes one when it is empty.',
		routing: { send: { type: 'body', property: 'order_code' } },
	},
	{
		displayName: 'QR Code',
		name: 'qrCode',
		type: 'options',
		options: [
			{ name: 'Compact', value: 'compact', description: 'With bank and account around it' },
			{ name: 'QR Only', value: 'qronly' },
		],
		default: 'compact',
		description:
			'Have SePay make the QR code for payment: as base64 in "qrCode", with its address in "qrCodeUrl"',
		routing: { send: { type: 'body', property: 'qrcode_template' } },
	},
	{
		...locator(
			'Terminal',
			'tid',
			'getTerminals',
			'Where the order is taken; needed at Vietcombank, which alone has terminals',
			{ ...typedIn, placeholder: 'e.g. VCB00001' },
		),
		routing: { send: { type: 'body', property: 'tid' } },
	},
	vaHolderName,
	{
		...locator(
			'VA Prefix',
			'vaPrefix',
			'getPrefixes',
			'What the number of the virtual account begins with; needed at Sacombank, which alone has prefixes',
			{ ...typedIn, placeholder: 'e.g. HSV' },
		),
		routing: { send: { type: 'body', property: 'va_prefix' } },
	},
];
