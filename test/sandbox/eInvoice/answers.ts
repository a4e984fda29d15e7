import { plainJson as json, type Answer } from '../answers';
import type { ApiError } from '../apiError';
import { amountsOf } from './amounts';
import type { Invoice, Job } from './model';
import type { State } from './state';

export { json };

/** An answer in the envelope of a success. */
export const success = (data: unknown, status = 200): Answer =>
	json(status, { success: true, data });

const CODES: Record<number, string> = {
	400: 'VALIDATION_ERROR',
	401: 'UNAUTHORIZED',
	404: 'NOT_FOUND',
	405: 'METHOD_NOT_ALLOWED',
	429: 'TOO_MANY_REQUESTS',
};

/** A refusal as every endpoint gives it (reference: "Cấu trúc response lỗi"). */
export function errorAnswer({ status, message, details }: ApiError): Answer {
	const code = details.code ?? CODES[status] ?? 'ERROR';
	return json(status, { success: false, error: { code, message } }, details.headers);
}

const link = ({ url }: State, { reference_code }: Invoice, type: string) =>
	`${url}/files/${encodeURIComponent(reference_code)}.${type}`;

/** An invoice as lists and jobs show it. */
export function invoiceRow(invoice: Invoice, state: State) {
	const { sent, number, status } = invoice;
	const { amounts, fields, xmlUrl } = state.variants;
	const sums = amountsOf(sent, state.variants);
	const amount = (value: number) => (amounts === 'text' ? value.toFixed(2) : value);
	return {
		reference_code: invoice.reference_code,
		invoice_number: String(number),
		...(fields === 'all' && {
			invoice_series: sent.invoice_series,
			document_type: { draft: 1, issued: 2, cancelled: 3 }[status],
			tax_authority_code: status === 'draft' ? null : `M1-26-${String(number).padStart(8, '0')}`,
			provider_status: status === 'draft' ? '1' : '4',
			payment_method: sent.payment_method ?? null,
		}),
		issued_date: sent.issued_date.slice(0, 10),
		pdf_url: link(state, invoice, 'pdf'),
		xml_url: xmlUrl === 'null' || status === 'draft' ? null : link(state, invoice, 'xml'),
		status,
		buyer: sent.buyer,
		total_before_tax: amount(sums.total_before_tax),
		tax_amount: amount(sums.tax_amount),
		total_amount: amount(sums.total_amount),
		notes: sent.notes ?? null,
		source: invoice.source,
	};
}

/** An invoice with its lines. */
export function invoiceDetail(invoice: Invoice, state: State) {
	const { items, template_code } = invoice.sent;
	const { lines } = amountsOf(invoice.sent, state.variants);
	return {
		...invoiceRow(invoice, state),
		items: items.map((line, index) => ({
			line_number: line.line_number,
			line_type: line.line_type,
			item_code: line.item_code ?? null,
			item_name: line.item_name,
			unit: line.unit ?? null,
			quantity: (line.quantity ?? 0).toFixed(2),
			unit_price: (line.unit_price ?? 0).toFixed(2),
			total_amount: lines[index].net.toFixed(2),
			tax_rate: template_code === '1' ? (line.tax_rate ?? 0).toFixed(2) : null,
			tax_amount: lines[index].tax.toFixed(2),
		})),
	};
}

/** How far a job is, with the invoice once it has succeeded. */
export function jobStatus(job: Job, state: State) {
	const { reference_code, status, message, error_code, retries } = job;
	const invoice = state.data.invoices.find((one) => one.trackingCodes.includes(job.tracking_code));
	return {
		reference_code,
		status,
		message,
		...(status === 'Failed' && state.variants.jobErrorCode === 'error_code' && { error_code }),
		...(status === 'Pending' &&
			retries > 0 && { retry: { retries_count: retries, max_retries: 5, next_retry_at: null } }),
		...(status === 'Success' && invoice && { invoice: invoiceRow(invoice, state) }),
	};
}
