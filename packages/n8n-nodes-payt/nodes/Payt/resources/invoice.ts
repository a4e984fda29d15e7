import { resourceProperties } from '../../../../../nodes/shared/operations/descriptions';
import {
	decimal,
	flag,
	idList,
	integer,
	longText,
	nested,
	objectList,
	option,
	required,
	text,
	textList,
} from '../../../../../nodes/shared/operations/fields';
import {
	amount,
	date,
	dateTime,
	fieldSelection,
	filtersBy,
	identifiedBy,
	recordLocator,
} from '../fields';
import { get, getAll, getAllDeleted, upsert, writeRecords, type ResourceInfo } from '../operations';

const resource: ResourceInfo = {
	one: 'an invoice',
	path: '/v1/invoices',
	fields: fieldSelection(
		`category currency_code description invoice_number purchase_order_number order_number
		invoice_identifier payment_method administration_id credit_case_id active_credit_case_id
		debtor_id debtor_number id payment_plan_id active_payment_plan_id payment_date due_date
		invoice_date administration_costs_total administration_costs_open total_amount open_amount
		book_open_amount book_total_amount paused_by_user bailiff_at collectable_at
		debt_collection_at end_of_service_announcement_at end_of_service_at final_reminder_at
		pre_reminder_at first_reminder_at reminder_1_at reminder_2_at reminder_3_at reminder_4_at
		latest_reminder_at latest_summons_at notice_of_default_at paused_at pre_judicial_at
		pre_summons_at sent_at first_summons_at summons_1_at summons_2_at summons_3_at summons_4_at
		updated_at`,
		`public_url deeplink_url flow_code document_url ubl_document_url internal_note_email_address
		invoice_lines labels peppol_identifier`,
	),
};

const number = required(text('invoice_number', 'Unique in the administration'));
const currency = text('currency_code', 'Currency of the invoice: three letters (ISO 4217)', {
	placeholder: 'e.g. EUR',
});
const dates = [date('invoice_date'), date('due_date')];
const amounts = [
	amount('amount_total', 'In the currency of the invoice. Negative for a credit note.'),
	amount('amount_open', 'Amount still to pay, in the currency of the invoice'),
	amount('book_amount_total', 'In the currency of the administration'),
	amount('book_amount_open', 'Amount still to pay, in the currency of the administration'),
];

const document = (property: string, what: string) =>
	nested(property, [
		text('checksum', `Checksum of the ${what}, as File: Upload returns it`),
		text('filename', undefined, { placeholder: 'e.g. invoice.pdf' }),
		flag('destroy', `Whether to remove the ${what} from the invoice`),
	]);

const more = [
	text('category'),
	text('contact_identifier', 'Recipient of the invoice. Defaults to the contact of the debtor.'),
	longText('description'),
	...document('document', 'PDF'),
	text('invoice_identifier', 'The ID of the invoice in your accounting software'),
	textList('labels', 'All labels of the invoice. Payt removes the others.'),
	text('order_number'),
	text('payment_condition', 'The code of a payment condition'),
	option('payment_method', ['bank_transfer', 'cash', 'direct_debit', 'none', 'unknown']),
	integer('payment_term', 'In days'),
	objectList('payments', 'All payments of the invoice, oldest first. Payt removes the others.', [
		...required(amount('amount'), text('origin_identifier', 'Unique in the administration')),
		amount('book_amount'),
		option('cost_type', [
			'administration_costs',
			'debt_collection_costs',
			'interest_costs',
			'principal',
		]),
		text('description'),
		date('payment_date'),
		text('payment_method'),
		text('reversal_code'),
		option('transaction_type', [
			'credit',
			'payment',
			'revaluation',
			'reversal',
			'settlement',
			'write_off',
		]),
	]),
	text('peppol_identifier'),
	dateTime('sent_at', 'When you sent the invoice. Payt then does not send it to the debtor.'),
	...document('ubl_document', 'UBL file'),
];

const lines = objectList('invoice_lines', 'All lines of the invoice. Payt removes the others.', [
	...required(text('description'), text('vat_rate_code')),
	integer('line_order'),
	amount('product_price'),
	decimal('product_quantity'),
	text('product_unit'),
	amount('total_excl_tax_amount'),
	amount('total_incl_tax_amount'),
	amount('vat_amount'),
	decimal('vat_percentage'),
]);

const keys = ['invoice_number'];

/** What Payt holds or resumes invoices by. */
const NAMES = ['invoice_numbers', 'invoice_identifiers'];

const hold = (value: string, description: string) =>
	writeRecords(resource, {
		value,
		description,
		method: 'PATCH',
		path: `/${value}`,
		keys: NAMES,
		most: 1000,
		pack: (named) =>
			Object.fromEntries(
				NAMES.map(
					(key) => [key, named.flatMap((one) => (key in one ? [one[key]] : []))] as const,
				).filter(([, values]) => values.length > 0),
			),
		form: 'form',
		main: identifiedBy('invoice', NAMES),
	});

export const invoice = resourceProperties('invoice', [
	hold(
		'block',
		'Pause reminders and collection of an invoice until you resume it, for example during a dispute.',
	),
	upsert(
		resource,
		'Create an invoice with its payments, or update the one with the same number. Payt sends a new invoice to the debtor unless you set Sent At. Create the debtor first.',
		{
			keys,
			main: [
				...number,
				...identifiedBy('debtor', ['debtor_number', 'debtor_identifier']),
				...required(...dates, currency, ...amounts),
			],
			additionalFields: [...more, lines],
		},
	),
	get(
		resource,
		recordLocator('Invoice', 'invoiceId', 'getInvoices', ['invoice_number', 'invoice_identifier']),
		'Retrieve one invoice by ID, invoice number or invoice identifier, with its open amount, due date and reminders',
	),
	getAll(
		resource,
		'Retrieve invoices, for example the unpaid ones of a debtor or those changed since the last run',
		[
			amount(
				'book_amount_total_gte',
				'Return only invoices with at least this total, in the currency of the administration',
				{ displayName: 'Book Amount Total From' },
			),
			amount(
				'book_amount_total_lte',
				'Return only invoices with up to this total, in the currency of the administration',
				{ displayName: 'Book Amount Total To' },
			),
			...filtersBy('invoices in', 'credit_case_ids'),
			...filtersBy('invoices of', 'debtor_identifiers', 'debtor_ids', 'debtor_numbers'),
			idList(
				'invoice_identifiers',
				'Return only invoices with these IDs in your accounting software',
			),
			idList('invoice_numbers', 'Return only invoices with these invoice numbers'),
			flag('paid', 'Whether to return only paid invoices or only unpaid ones'),
		],
		[
			option(
				'order',
				['due_date_asc', 'due_date_desc', 'invoice_date_asc', 'invoice_date_desc'],
				'Sort order of the invoices',
				{
					options: [
						{ name: 'Due Date: Newest First', value: 'due_date_desc' },
						{ name: 'Due Date: Oldest First', value: 'due_date_asc' },
						{ name: 'Invoice Date: Newest First', value: 'invoice_date_desc' },
						{ name: 'Invoice Date: Oldest First', value: 'invoice_date_asc' },
					],
				},
			),
		],
	),
	getAllDeleted(resource),
	hold(
		'resume',
		'End a block that was set through the API. Reminders and collection of the invoice continue.',
	),
	writeRecords(resource, {
		value: 'update',
		description:
			'Change only the fields you fill in of an existing invoice, for example its open amount or payments',
		method: 'PATCH',
		keys,
		main: number,
		additionalFields: [
			text('debtor_number'),
			text('debtor_identifier', 'The ID of the debtor in your accounting software'),
			...dates,
			currency,
			...amounts,
			...more,
		],
	}),
]);
