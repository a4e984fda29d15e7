import { payt } from '../contract';
import { timeOf } from './data';
import type { Kind, Row } from './model';
import type { State } from './state';

type Fields = Record<string, unknown>;

/** What an event is about, and what of its body is to be otherwise. */
export interface EventAbout {
	/** Id of the row it is about; default the first one of its kind. */
	id?: string;
	/** When it happened, ISO 8601; default now. */
	time?: string;
	/** Fields of the context to replace or to add. */
	context?: Fields;
}

/** `resource_type` and rows of the events whose name fits; the first that fits counts. */
const SUBJECTS: Array<[RegExp, string, Kind]> = [
	[/^company_/, 'company', 'companies'],
	[/^(invoice_|incoming_ubl|bundled_reminder_invoice)/, 'invoice', 'invoices'],
	[/^case_/, 'credit_case', 'credit_cases'],
	[/^payment_plan_/, 'payment_plan', 'payment_plans'],
	[/^psp_mandate_/, 'psp_mandate', 'psp_mandates'],
	[/^psp_transaction_/, 'psp_transaction', 'psp_transactions'],
	[/^todo_/, 'todo_list_item', 'tasks'],
	[/^/, 'debtor', 'debtors'],
];

interface EventSchema {
	properties: { event: { properties: { event_name: { enum: string[] } } } };
}

const schema = payt.webhooks!.event.post.requestBody!.content!['application/json'].schema;

/** Names of all events. */
export const EVENTS = (schema as unknown as EventSchema).properties.event.properties.event_name
	.enum;

/** Amounts in events may have one decimal. */
const short = (amount: unknown) => (amount === null ? null : String(amount).replace(/0$/, ''));

const links = (row: Row) => ({ link: row.deeplink_url, public_link: row.public_url });

const labels = (row: Row) => (row.labels as Array<{ name: string }>).map(({ name }) => name);

const debtorBrief = (debtor: Row) => ({
	id: Number(debtor.id),
	...links(debtor),
	name: debtor.name,
	company_name: debtor.name,
	debtor_code: debtor.debtor_number,
	category: debtor.category ?? null,
});

function invoiceFields(invoice: Row): Fields {
	return {
		id: Number(invoice.id),
		...links(invoice),
		document_url: invoice.document_url,
		ubl_document_url: invoice.ubl_document_url,
		invoice_number: invoice.invoice_number,
		invoice_date: invoice.invoice_date,
		due_date: invoice.due_date,
		amount_total: short(invoice.total_amount),
		amount_open: short(invoice.open_amount),
		book_amount_total: short(invoice.book_total_amount),
		book_amount_open: short(invoice.book_open_amount),
		currency_code: invoice.currency_code,
		book_currency_code: 'EUR',
		order_number: invoice.order_number,
		purchase_order_number: invoice.purchase_order_number,
		payment_condition: invoice.payment_condition ?? null,
		category: invoice.category,
		labels: labels(invoice),
		interest_costs_open: '0.0',
		interest_costs_total: '0.0',
		open_administration_costs: short(invoice.administration_costs_open),
		total_administration_costs: short(invoice.administration_costs_total),
		debt_collection_costs_open: '0.0',
		debt_collection_costs_total: '0.0',
		psp_transactions: [],
	};
}

/** The fields of a context that only its kind has; of kinds never seen, as the API has them. */
function ownFields(kind: Kind, row: Row, { data }: State): Fields {
	const its = (candidate: Row) => candidate.debtor_id === row.id;
	if (kind === 'invoices') return invoiceFields(row);
	if (kind === 'credit_cases') {
		const costs = {
			interest: short(row.interest_costs),
			collection_costs: short(row.debt_collection_costs),
		};
		const invoices = data.invoices.filter(
			({ active_credit_case_id }) => active_credit_case_id === row.id,
		);
		return {
			id: Number(row.id),
			...links(row),
			case_number: row.case_number,
			credit_case_number: row.credit_case_number,
			started_at: row.started_at,
			currency_code: row.currency_code,
			...costs,
			open_interest_and_collection_costs: short(row.open_interest_and_collection_costs),
			internal_note_email_address: row.internal_note_email_address,
			labels: labels(row),
			psp_transactions: [],
			invoices: invoices.map((invoice) => ({ ...invoiceFields(invoice), ...costs })),
		};
	}
	if (kind !== 'debtors') return { ...row, id: Number(row.id) };
	const contact = data.contacts.find(
		({ contact_identifier }) => contact_identifier === row.contact_identifier,
	);
	const mandate = data.psp_mandates.find(its);
	return {
		...debtorBrief(row),
		labels: labels(row),
		book_open_amount: Number(row.book_open_amount),
		credit_limit_amount: short(row.credit_limit_amount),
		contact: contact && {
			id: Number(contact.id),
			name: `${contact.firstname} ${contact.lastname}`,
			resource_type: 'contact',
			contact_identifier: contact.contact_identifier,
			default_email_address: contact.default_email_address,
			invoice_email_address: contact.invoice_email_address,
			reminder_email_address: contact.reminder_email_address,
			custom_email_address: null,
			invoice_custom_email_address: null,
		},
		psp_mandate: mandate && {
			status: 'active',
			provider: mandate.provider,
			limit_amount: null,
			bank_account_name: mandate.bank_account_name,
			bank_account_number: mandate.bank_account_number,
			mandate_identifier: mandate.mandate_identifier,
			customer_identifier: mandate.customer_identifier ?? null,
		},
		revoked_psp_mandates: [],
		invoices: data.invoices
			.filter(its)
			.map(({ id, invoice_number, category, payment_condition }) => ({
				id: Number(id),
				invoice_number,
				category,
				payment_condition: payment_condition ?? null,
			})),
	};
}

/**
 * The body of an event, and the administration it belongs to.
 * @throws when there is no such event, or nothing that it could be about
 */
export function eventOf(
	name: string,
	{ id, time, context = {} }: EventAbout = {},
	state: State,
): { body: object; administrationId?: string } {
	const { data, variants, clock } = state;
	const [, resource_type, kind] = SUBJECTS.find(([pattern]) => pattern.test(name))!;
	const row = data[kind].find((candidate) => id === undefined || candidate.id === id);
	if (!EVENTS.includes(name) || !row) throw new Error(`deliver: no ${name} of ${kind} ${id}`);
	const debtor = data.debtors.find((candidate) => candidate.id === row.debtor_id);
	const administration = data.administrations.find((one) => one.id === row.administration_id);
	const full = {
		...ownFields(kind, row, state),
		...(debtor && { debtor: debtorBrief(debtor) }),
		...(administration && {
			administration: {
				id: Number(administration.id),
				name: administration.name,
				origin_id: administration.import_origin_identifier,
				company_code: null,
			},
		}),
	};
	const event = {
		event_name: name,
		// Events have microseconds.
		event_time: time ?? timeOf(clock.now()).replace('Z', '000Z'),
		context: {
			resource_type,
			id: Number(row.id),
			...(variants.context === 'full' && full),
			...context,
		},
	};
	return { body: { event }, administrationId: administration?.id };
}
