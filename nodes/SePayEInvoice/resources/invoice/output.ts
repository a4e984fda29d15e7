import type { IDataObject } from 'n8n-workflow';
import { simplifyWith, type OutputMapper } from '../../../shared/operations/operations';
import { fieldsOf, isObject, textOrNull, toExactNumber } from '../../../shared/values';
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

/** The word for a number of SePay's lists, or what came. */
const wordFor = (words: string[], value: unknown) => words[Number(value)] || textOrNull(value);

function simpleLine(line: IDataObject): IDataObject {
	return {
		lineNumber: line.line_number,
		type: wordFor(TYPES, line.line_type),
		code: textOrNull(line.item_code),
		name: textOrNull(line.item_name),
		unit: textOrNull(line.unit),
		quantity: toExactNumber(line.quantity) ?? null,
		unitPrice: toExactNumber(line.unit_price) ?? null,
		totalAmount: toExactNumber(line.total_amount) ?? null,
		taxRate: toExactNumber(line.tax_rate) ?? null,
		taxAmount: toExactNumber(line.tax_amount) ?? null,
	};
}

/**
 * The small flat form of an invoice: amounts in VND as numbers, `issuedDate` as `YYYY-MM-DD` in
 * Vietnam; what is absent or empty is null, and so is the number of a draft.
 */
export function simpleInvoice(row: IDataObject): IDataObject {
	const buyer = fieldsOf(row.buyer);
	const number = textOrNull(row.invoice_number);
	return {
		referenceCode: row.reference_code,
		invoiceNumber: number === '0' ? null : number,
		invoiceSeries: textOrNull(row.invoice_series),
		status: row.status,
		issuedDate: textOrNull(row.issued_date),
		documentType: wordFor(DOCUMENT_TYPES, row.document_type),
		taxAuthorityCode: textOrNull(row.tax_authority_code),
		providerStatus: wordFor(PROVIDER_STATUSES, row.provider_status),
		paymentMethod: textOrNull(row.payment_method),
		buyerName: textOrNull(buyer.name),
		buyerLegalName: textOrNull(buyer.legal_name),
		buyerTaxCode: textOrNull(buyer.tax_code),
		buyerEmail: textOrNull(buyer.email),
		totalBeforeTax: toExactNumber(row.total_before_tax) ?? null,
		taxAmount: toExactNumber(row.tax_amount) ?? null,
		totalAmount: toExactNumber(row.total_amount) ?? null,
		pdfUrl: textOrNull(row.pdf_url),
		xmlUrl: textOrNull(row.xml_url),
		notes: textOrNull(row.notes),
		source: textOrNull(row.source),
		...(Array.isArray(row.items) && { items: row.items.filter(isObject).map(simpleLine) }),
	};
}

/** The invoice as the Simplify parameter wants it. */
export const toInvoice = simplifyWith(simpleInvoice);

/**
 * What came of a job, with the invoice beside it: its fields in the small form, or whole under
 * `invoice`.
 */
export const toJob = (
	{ invoice, message = '', ...result }: JobResult,
	referenceCode: string,
): OutputMapper =>
	simplifyWith(
		() => ({
			...result,
			message,
			...(invoice ? simpleInvoice(invoice) : { referenceCode }),
		}),
		() => ({ ...result, message, referenceCode, ...(invoice && { invoice }) }),
	);
