import { randomBytes } from 'node:crypto';
import { Tokens } from '../bankHub/tokens';
import { vietnamTime } from '../clock';
import { logAndLimit } from '../endpoint';
import { RateLimitWindow } from '../limits';
import { startServer, type Server, type ServerOptions } from '../server';
import { errorAnswer } from './answers';
import { apiRoutes } from './api';
import { createAccounts } from './data';
import { fileRoutes } from './files';
import type { Invoice, NewInvoice } from './model';
import type { State } from './state';
import { defaultVariants, type Variants } from './variants';

export { amountsOf } from './amounts';
export { contentOf } from './files';
export type * from './model';
export { defaultVariants, type Variants } from './variants';

export interface EInvoiceOptions extends ServerOptions {
	variants?: Partial<Variants>;
	/** How long a job takes, ms of the sandbox clock; default 0. */
	jobMs?: number;
}

/** A running eInvoice; its `url` stands for `https://einvoice-api.sepay.vn`, paths begin with `/v1`. */
export interface EInvoice extends State, Server {
	/** An access token as `POST /v1/token` gives it. */
	issueToken(): string;
	/** Ends every access token given out so far. */
	revokeTokens(): void;
	/** Makes an invoice without a request: a VAT invoice of 100,000 VND, tax not included. */
	addInvoice(
		sent?: Partial<NewInvoice>,
		rest?: Partial<Pick<Invoice, 'number' | 'source' | 'status'>>,
	): Invoice;
}

/**
 * Starts a local stand-in for SePay eInvoice on 127.0.0.1: tokens, the API, and the links to files.
 * It behaves as SePay's documents say; where they disagree or are silent, `variants` decides.
 */
export async function startEInvoice(options: EInvoiceOptions = {}): Promise<EInvoice> {
	const idle = async () => {};
	const { app, faults, base } = await startServer(options, idle);
	const { clock } = base;
	const tokens = new Tokens(clock);
	const service: EInvoice = {
		...base,
		client: {
			id: `EI-SB-${randomBytes(8).toString('hex')}`,
			secret: randomBytes(24).toString('hex'),
			active: true,
		},
		ttl: 86_400,
		jobMs: options.jobMs ?? 0,
		plans: [],
		data: {
			accounts: createAccounts(),
			invoices: [],
			jobs: [],
			submissions: [],
			quota: 500,
			unknownTaxCodes: [],
		},
		variants: { ...defaultVariants, ...options.variants },
		rateLimit: false,
		isApi: (path) => path.startsWith('/v1/'),
		refused: errorAnswer,
		deliveryTimeoutMs: 8_000,
		tokens,
		idle,
		issueToken: () => tokens.issue(service.ttl),
		revokeTokens: () => tokens.revokeAll(),
		addInvoice: (sent = {}, rest = {}) => {
			const { data } = service;
			const [{ id, templates }] = data.accounts;
			const [{ template_code, invoice_series }] = templates;
			const index = data.invoices.length + 1;
			const invoice: Invoice = {
				reference_code: sent.reference_code ?? `OLD-${index}`,
				number: rest.status === 'draft' ? 0 : index,
				status: 'issued',
				source: 'api',
				trackingCodes: [],
				visibleFrom: 0,
				...rest,
				sent: {
					template_code,
					invoice_series,
					issued_date: vietnamTime(clock.now()),
					currency: 'VND',
					provider_account_id: id,
					is_draft: rest.status === 'draft',
					buyer: { name: `Khách hàng ${index}`, email: `buyer${index}@example.com` },
					items: [
						{
							line_number: 1,
							line_type: 1,
							item_name: 'Sản phẩm A',
							quantity: 1,
							unit_price: 100_000,
							tax_rate: 10,
						},
					],
					...sent,
				},
			};
			data.invoices.push(invoice);
			return invoice;
		},
	};
	app.use(logAndLimit(service, faults, new RateLimitWindow()));
	app.use('/v1', apiRoutes(service));
	app.use('/files', fileRoutes(service));
	return service;
}
