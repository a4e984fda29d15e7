import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecutePaginationFunctions,
} from 'n8n-workflow';
import {
	allFieldsOf,
	fieldType,
	flag,
	local,
	option,
	required,
	text,
	type OperationForm,
	type Parser,
} from '../../../shared/operations/fields';
import { asSentText, from, outputOf, type ValueType } from '../../../shared/operations/output';
import { parameterError } from '../../../shared/operations/parameterError';
import { parseVnd } from '../../../shared/operations/parameterParsers';
import {
	checkoutUrl,
	findOrder,
	merchantIn,
	paymentGateway,
} from '../../../shared/paymentGateway/api';
import { paymentMethods } from '../../../shared/paymentGateway/orders';
import { webhookUrlProblem } from '../../../shared/triggers/webhookUrl';
import { fieldsOf } from '../../../shared/values';
import { declare } from '../../operations';
import { Recent } from '../../recent';
import { pageOf, signatureOf } from './form';

const parseAmount: Parser = (context, displayName, value) => {
	const amount = parseVnd(context, displayName, value);
	if (amount > 0) return String(amount);
	throw parameterError(context, displayName, 'at least 1 VND', 'It is 0.');
};

const amount = fieldType('number', parseAmount, {
	name: 'amount',
	typeOptions: { minValue: 1 },
	default: 0,
	placeholder: 'e.g. 500000',
});

const returnUrl = (name: string, when: string) =>
	text(name, `Where the buyer is sent ${when}. It must be a public URL with https://.`, {
		placeholder: 'e.g. https://shop.example.com/thanks',
	});

const urls = [
	returnUrl('success_url', 'after paying'),
	returnUrl('error_url', 'when the payment fails'),
	returnUrl('cancel_url', 'after cancelling'),
];

const checkInvoiceNumber = local(
	flag('checkInvoiceNumber', 'Whether to first check that no order has this invoice number', {
		default: true,
	}),
);

/** Which item took an invoice number, by execution and number; n8n runs all items of a node at once. */
const taken = new Recent<number>();

/** Refuses an invoice number of another item of the run, or of an order at SePay. */
async function assertUnused(this: IExecutePaginationFunctions, number: string): Promise<void> {
	const key = `${this.getExecutionId()} ${this.getNode().name} ${number}`;
	const item = this.getItemIndex();
	const earlier = taken.get(key) ?? item;
	const refuse = (hint: string) => parameterError(this, 'Invoice Number', 'unique', hint);
	if (earlier !== item) throw refuse(`Item ${earlier} also has "${number}".`);
	taken.set(key, item);
	if (this.getNodeParameter('options.checkInvoiceNumber', true) === false) return;
	const order = await findOrder.call(this, number);
	if (order?.order_invoice_number !== number) return;
	const hint = `SePay has an order "${number}" with status ${String(order.order_status)}. Use another number, or turn off Check Invoice Number.`;
	throw refuse(hint);
}

/** Refuses URLs that SePay cannot send buyers to; a custom environment may be on this network. */
function assertPublic(
	context: IExecutePaginationFunctions,
	fields: IDataObject,
	{ environment }: ICredentialDataDecryptedObject,
): void {
	for (const { parameter, sendAs } of urls) {
		const url = fields[sendAs[0]];
		if (url === undefined) continue;
		const isWebUrl = /^https?:\/\//i.test(String(url)) && URL.canParse(String(url));
		if (environment === 'custom' && isWebUrl) continue;
		const wanted = webhookUrlProblem('SePay', String(url), Infinity);
		if (wanted)
			throw parameterError(context, parameter.displayName, wanted, `It is "${String(url)}".`);
	}
}

/** What stands before the fields that a user fills in, and the amount among it. */
const FIRST = ['merchant', 'currency', 'order_amount', 'operation'];

const form: OperationForm = {
	value: 'create',
	action: 'Create a checkout',
	description:
		'Create the signed form that opens the payment page, as fields and as an HTML page for Respond to Webhook. SePay creates the order when the buyer opens the page.',
	// As in SePay's sample form, since the signature may depend on it. What buyers write comes after the
	// amount: the signature does not tell where one field ends and the next one begins.
	main: [
		...required(amount('order_amount', 'In whole VND')),
		option('payment_method', [], 'How the buyer pays', {
			options: [{ name: 'Buyer Chooses', value: '' }, ...paymentMethods],
			default: '',
		}),
		...required(
			text('order_description', 'What the buyer sees on the payment page', {
				name: 'description',
				placeholder: 'e.g. Order DH1042',
			}),
			text('order_invoice_number', 'Your order number. Each one can be used only once.', {
				name: 'invoiceNumber',
				placeholder: 'e.g. DH1042',
			}),
		),
	],
	options: [
		text('customer_id', 'Your customer number', {
			displayName: 'Customer ID',
			placeholder: 'e.g. CUST_001',
		}),
		...urls,
		text(
			'custom_data',
			'Text that the IPN returns. It is not signed, so the buyer could change it.',
			{ placeholder: 'e.g. table 5' },
		),
		checkInvoiceNumber,
	],
};

const asForm: ValueType = {
	convert: (value) => value,
	schema: {
		type: 'object',
		properties: Object.fromEntries(
			[...FIRST, ...allFieldsOf(form).flatMap(({ sendAs }) => sendAs), 'signature'].map((name) => [
				name,
				{ type: 'string' },
			]),
		),
	},
};

export const create = declare(
	form,
	{ method: 'POST', url: '/v1/checkout/init' },
	async function (request) {
		const credentials = await this.getCredentials(paymentGateway.credentialType);
		const { order_amount, ...given } = fieldsOf(request.body);
		assertPublic(this, given, credentials);
		await assertUnused.call(this, String(given.order_invoice_number));
		const { id: merchant, secretKey } = merchantIn(credentials);
		const fields = { merchant, currency: 'VND', order_amount, operation: 'PURCHASE', ...given };
		const signed = { ...fields, signature: signatureOf(fields, secretKey) };
		const url = checkoutUrl(credentials);
		return [{ url, fields: signed, html: pageOf(url, signed) }];
	},
	outputOf({
		url: from('url', asSentText),
		fields: from('fields', asForm),
		html: from('html', asSentText),
	}),
);
