import { Router } from 'express';
import { ApiError } from '../apiError';
import { endpoint, type EndpointCall } from '../endpoint';
import type { Invoice } from './model';
import type { State } from './state';

/** The file of an invoice, as small as one of its kind can be. */
export function contentOf({ number, reference_code, sent }: Invoice, type: string): string {
	return type === 'pdf'
		? `%PDF-1.4\n% ${reference_code} ${sent.invoice_series} ${number}\n%%EOF\n`
		: `<?xml version="1.0" encoding="UTF-8"?>\n<HDon><KHHDon>${sent.invoice_series}</KHHDon><SHDon>${number}</SHDon></HDon>\n`;
}

/** The name that SePay suggests for a file. */
export const nameOf = ({ number, sent }: Invoice, type: string) =>
	`HD_${String(number).padStart(7, '0')}_${sent.issued_date.slice(0, 10).replaceAll('-', '')}.${type}`;

/** `/files`, where the links of invoices lead, without a sign-in: the provider's site. */
export function fileRoutes(state: State): Router {
	const router = Router();
	router.get(
		'/:name',
		endpoint(state, ({ params }: EndpointCall) => {
			const [, code, type] = /^(.+)\.(pdf|xml)$/.exec(params.name) ?? [];
			const invoice = state.data.invoices.find(({ reference_code }) => reference_code === code);
			if (!invoice) throw new ApiError(404, 'Not Found');
			const contentType = { pdf: 'application/pdf', xml: 'application/xml' }[type]!;
			return {
				status: 200,
				headers: { 'content-type': contentType },
				body: contentOf(invoice, type),
			};
		}),
	);
	return router;
}
