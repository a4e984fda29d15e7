/** Ids and tracking codes are UUIDs; days are `YYYY-MM-DD`, Vietnam time; amounts are VND. */

export interface Template {
	/** `1`: VAT invoice, `2`: sales invoice. */
	template_code: string;
	invoice_series: string;
	invoice_label: string;
	/** Whether the provider still takes invoices for it; the API does not tell. */
	open: boolean;
}

export interface Account {
	id: string;
	provider: string;
	active: boolean;
	tax_authority_approved_date: string | null;
	templates: Template[];
}

export interface NewLine {
	line_number: number;
	line_type: 1 | 2 | 3 | 4;
	item_code?: string;
	item_name: string;
	unit?: string;
	quantity?: number;
	unit_price?: number;
	tax_rate?: number;
	discount_tax?: number;
	discount_amount?: number;
	before_discount_and_tax_amount?: number;
}

/** What `POST /v1/invoices/create` takes. */
export interface NewInvoice {
	reference_code?: string;
	template_code: string;
	invoice_series: string;
	issued_date: string;
	currency: string;
	provider_account_id: string;
	payment_method?: string;
	is_draft: boolean;
	buyer: Record<string, string>;
	items: NewLine[];
	notes?: string;
	total_amount?: number;
}

export interface Invoice {
	reference_code: string;
	/** 0 for a draft. */
	number: number;
	status: 'draft' | 'issued' | 'cancelled';
	source: 'manual' | 'api';
	sent: NewInvoice;
	/** Of the job that made it, and of the one that issued it. */
	trackingCodes: string[];
	/** From then on it can be read; epoch ms of the sandbox clock. */
	visibleFrom: number;
}

export interface Job {
	tracking_code: string;
	kind: 'create' | 'issue';
	reference_code: string;
	status: 'Pending' | 'Success' | 'Failed';
	message: string;
	error_code?: string;
	/** How often SePay has repeated it by itself. */
	retries: number;
	plan: JobPlan;
}

/** What becomes of a job; without a plan it does what was asked for. */
export interface JobPlan {
	/** Only of this kind. */
	kind?: Job['kind'];
	/** `stays`: it is pending for ever. */
	end: 'succeeds' | 'fails' | 'stays';
	/** How long it takes, ms of the sandbox clock; default that of all. */
	afterMs?: number;
	/** How often SePay repeats it meanwhile. */
	retries?: number;
	message?: string;
	errorCode?: string;
	/** What there is when it has failed: no invoice, a draft, or one that was issued all the same. */
	leaves?: 'nothing' | 'draft' | 'issued';
}

/** An invoice as it reached the tax authority; there is no way back from there. */
export interface Submission {
	reference_code: string;
	number: number;
}

export interface Data {
	accounts: Account[];
	/** In the order in which they were made. */
	invoices: Invoice[];
	jobs: Job[];
	submissions: Submission[];
	/** How many invoices may still be issued. */
	quota: number;
	/** Tax codes of the right form that the tax authority does not know. */
	unknownTaxCodes: string[];
}
