/** The schema of the contract that the rows of each list follow; keys are as in Payt's paths. */
export const SCHEMAS = {
	administrations: 'Administration',
	companies: 'Company',
	contacts: 'Contact',
	credit_cases: 'CreditCase',
	debtors: 'Debtor',
	invoices: 'Invoice',
	messages: 'Message',
	notes: 'Note',
	notifications: 'Notification',
	order_lines: 'OrderLine',
	payment_plans: 'PaymentPlan',
	payments: 'Payment',
	psp_mandates: 'PspMandate',
	psp_transactions: 'PspTransaction',
	tasks: 'Task',
	vat_rates: 'VatRate',
} as const;

export type Kind = keyof typeof SCHEMAS;

/** The schema of what is told of deleted rows, where there is a list of them. */
export const DELETED_SCHEMAS = {
	credit_cases: 'DeletedCreditCase',
	invoices: 'DeletedInvoice',
	payment_plans: 'DeletedPaymentPlan',
	payments: 'DeletedPayment',
	psp_mandates: 'DeletedPspMandate',
} as const;

export type DeletedKind = keyof typeof DELETED_SCHEMAS;

/**
 * A record with every field of its schema and some that are not shown. Ids are texts, amounts texts
 * with two decimals, times ISO 8601 in UTC with milliseconds.
 */
export interface Row {
	id: string;
	administration_id?: string;
	[field: string]: unknown;
}

/** A file that was announced; `bytes` once it is there. */
export interface StoredFile {
	checksum: string;
	byte_size: number;
	content_type: string;
	bytes?: Buffer;
}

/** Everything that the sandbox holds; live, tests may change it in place. */
export interface Data extends Record<Kind, Row[]> {
	deleted: Record<DeletedKind, Row[]>;
	payment_conditions: Array<{ administration_id: string; code: string; name: string }>;
	/** By checksum, for each administration. */
	files: Map<string, StoredFile>;
	/** Files of orders, in the order in which they came. */
	orders: Array<{ administration_id: string; name: string; bytes: Buffer }>;
	/** Ids are not given out twice. */
	nextId: number;
}
