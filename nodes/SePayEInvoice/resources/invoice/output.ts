import type { IDataObject } from 'n8n-workflow';
import { simplifyWith } from '../../../shared/operations/operations';
import {
	asBoolean,
	asList,
	asNumber,
	asSentText,
	asText,
	from,
	orNull,
	outputOf,
	valueType,
	type OutputTable,
} from '../../../shared/operations/output';
import { isObject, textOrNull } from '../../../shared/values';
import type { JobResult } from '../../jobs';

const TYPES = ['', 'goods', 'promotion', 'tradeDiscount', 'note'];

const DOCUMENT_TYPES = [
	'',
	'draft',
	'new',
	'cancelled',
	'replacing',
	'replaced',
	'adjustingUp',
	'adjustingDown',
	'adjustingInformation',
	'adjustingUpAndDown',
	'adjusted',
];

const PROVIDER_STATUSES = [
	'',
	'draft',
	'signingFailed',
	'notSent',
	'accepted',
	'noAnswer',
	'refused',
	'mistakeNoticeMissing',
	'mistakeNoticeNotReceived',
	'mistakeNoticeApproved',
];

const asWord = (words: string[]) =>
	valueType(['string', 'null'], (value) => words[Number(value)] || textOrNull(value));

const asInvoiceNumber = valueType(['string', 'null'], (value) =>
	String(value) === '0' ? null : textOrNull(value),
);
const asAmount = orNull(asNumber);

const simpleLine = outputOf({
	lineNumber: from('line_number', asNumber),
	type: from('line_type', asWord(TYPES)),
	code: from('item_code', asText),
	name: from('item_name', asText),
	unit: from('unit', asText),
	quantity: from('quantity', asAmount),
	unitPrice: from('unit_price', asAmount),
	totalAmount: from('total_amount', asAmount),
	taxRate: from('tax_rate', asAmount),
	taxAmount: from('tax_amount', asAmount),
});

/**
 * The small flat form of an invoice: amounts in VND as numbers, `issuedDate` as `YYYY-MM-DD` in
 * Vietnam; what is absent or empty is null, and so is the number of a draft.
 */
const simpleInvoice = outputOf({
	referenceCode: from('reference_code', asSentText),
	invoiceNumber: from('invoice_number', asInvoiceNumber),
	invoiceSeries: from('invoice_series', asText),
	status: from('status', asSentText),
	issuedDate: from('issued_date', asText),
	documentType: from('document_type', asWord(DOCUMENT_TYPES)),
	taxAuthorityCode: from('tax_authority_code', asText),
	providerStatus: from('provider_status', asWord(PROVIDER_STATUSES)),
	paymentMethod: from('payment_method', asText),
	buyerName: from('buyer.name', asText),
	buyerLegalName: from('buyer.legal_name', asText),
	buyerTaxCode: from('buyer.tax_code', asText),
	buyerEmail: from('buyer.email', asText),
	totalBeforeTax: from('total_before_tax', asAmount),
	taxAmount: from('tax_amount', asAmount),
	totalAmount: from('total_amount', asAmount),
	pdfUrl: from('pdf_url', asText),
	xmlUrl: from('xml_url', asText),
	notes: from('notes', asText),
	source: from('source', asText),
	items: from('items', asList(simpleLine)),
});

/** The invoice as the Simplify parameter wants it. */
export const toInvoice = simplifyWith(simpleInvoice);

/** What is told of a job, and beside it the small form of its invoice, if there is one. */
export function besideInvoice(job: OutputTable): OutputTable {
	const properties = { ...job.schema.properties, ...simpleInvoice.schema.properties };
	return Object.assign(
		({ invoice, ...row }: IDataObject) => ({
			...job(row),
			...(isObject(invoice) && simpleInvoice(invoice)),
		}),
		{ schema: { ...job.schema, properties } },
	);
}

/** A job with the invoice whole. */
export const jobRow = ({ message = '', ...result }: JobResult, referenceCode: string) => ({
	...result,
	message,
	referenceCode,
});

/** What came of a job as the Simplify parameter wants it; whole, it has the invoice under `invoice`. */
export const toJob = simplifyWith(
	besideInvoice(
		outputOf({
			jobStatus: from('jobStatus', asSentText),
			trackingCode: from('trackingCode', asText),
			alreadyExisted: from('alreadyExisted', asBoolean),
			message: from('message', asSentText),
			referenceCode: from('referenceCode', asSentText),
		}),
	),
);
