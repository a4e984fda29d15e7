import {
	DELETED_SCHEMAS,
	SCHEMAS,
	type Data,
	type DeletedKind,
	type Kind,
	type Row,
} from './model';
import { isList, propertiesOf } from './schemas';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** A time as Payt writes it; `ms` is epoch milliseconds. */
export const timeOf = (ms: number) => new Date(ms).toISOString();

/** The day of a time, `YYYY-MM-DD`. */
export const dayOf = (ms: number) => timeOf(ms).slice(0, 10);

/** A text amount of whole cents, as cents. */
export const centsOf = (amount: unknown) => Math.round(Number(amount) * 100);

/** An amount of Payt's: two decimals, after a point. */
export const amountOf = (cents: number) => (cents / 100).toFixed(2);

/** Fields that are still told under an old name, by that name. */
const RENAMED: Record<string, string> = {
	credit_case_id: 'active_credit_case_id',
	payment_plan_id: 'active_payment_plan_id',
	first_reminder_at: 'reminder_1_at',
	first_summons_at: 'summons_1_at',
};

/** The value of a field of a row. */
export function valueOf(row: Row, name: string): unknown {
	return row[RENAMED[name]] ?? row[name];
}

/** What every new record has, whoever makes it, unless it is told otherwise. */
const initial: Partial<Record<Kind, (id: string, now: number) => object>> = {
	administrations: (id) => ({
		administration_id: undefined,
		status: 'implementation',
		currency_code: 'EUR',
		timezone: 'Europe/Amsterdam',
		administration_url: `https://app.paytsoftware.com/administrations/${id}`,
	}),
	companies: () => ({ administration_id: undefined }),
	contacts: () => ({ validation_errors: {} }),
	debtors: () => ({
		book_open_amount: '0.00',
		postal_address: { city: null, country_code: null },
	}),
	invoices: () => ({
		administration_costs_total: '0.00',
		administration_costs_open: '0.00',
		paused_by_user: false,
	}),
	payment_plans: (_id, now) => ({
		active: false,
		auto_activated: false,
		created_at: timeOf(now),
	}),
	payments: (_id, now) => ({
		cost_type: 'principal',
		transaction_type: 'payment',
		payment_date: dayOf(now),
	}),
	vat_rates: () => ({ category: 'regular' }),
};

/** Sample values, by the number in the id and the time, epoch milliseconds. */
const samples: Partial<Record<Kind, (number: number, now: number, data: Data) => object>> = {
	administrations: (number, now) => ({
		name: `Administration ${number}`,
		status: 'active',
		email_address: `office${number}@example.com`,
		contact_name: 'Sanne de Vries',
		commercial_registration_number: String(12_000_000 + number),
		country_code: 'NL',
		city: 'Utrecht',
		house_number: '12',
		street_name: 'Oudegracht',
		postal_code: '3511 AB',
		internal_name: `administration-${number}`,
		last_successful_import_at: timeOf(now - DAY),
	}),
	companies: (number) => ({
		name: `Company ${number}`,
		status: 'active',
		trial_ends_on: '2030-01-31',
		trial: false,
	}),
	contacts: (number) => ({
		contact_identifier: `contact-${number}`,
		default_email_address: `contact${number}@example.com`,
		firstname: 'Jan',
		lastname: `Jansen ${number}`,
	}),
	credit_cases: (number, now, { debtors }) => ({
		case_number: String(number),
		credit_case_number: `C-${number}`,
		currency_code: 'EUR',
		debt_collection_costs: '40.00',
		interest_costs: '1.25',
		open_interest_and_collection_costs: '41.25',
		total_amount: '141.25',
		open_amount: '141.25',
		debtor_id: debtors[0]?.id,
		started_at: timeOf(now),
	}),
	debtors: (number) => ({
		debtor_number: `D${number}`,
		debtor_identifier: `debtor-${number}`,
		name: `Debtor ${number}`,
		primary_email_address: `debtor${number}@example.com`,
		language_code: 'nl',
		postal_address: {
			city: 'Groningen',
			country_code: 'NL',
			postal_code: '9711 LM',
			region: null,
			street_1: `Herestraat ${number}`,
			street_2: null,
		},
	}),
	invoices: (number, now, { debtors }) => ({
		invoice_number: `F${number}`,
		invoice_identifier: `invoice-${number}`,
		currency_code: 'EUR',
		payment_method: 'bank_transfer',
		debtor_id: debtors[0]?.id,
		invoice_date: dayOf(now - 30 * DAY),
		due_date: dayOf(now - 16 * DAY),
		total_amount: '121.00',
		open_amount: '121.00',
		book_total_amount: '121.00',
		book_open_amount: '121.00',
		sent_at: timeOf(now - 30 * DAY),
	}),
	messages: (number, now, { debtors }) => ({
		sender_type: 'debtor',
		subject: `Message ${number}`,
		content: 'When do I have to pay?',
		debtor_id: debtors[0]?.id,
		received_at: timeOf(now),
	}),
	notes: (number, now, { debtors }) => ({
		content: `Note ${number}`,
		debtor_id: debtors[0]?.id,
		created_at: timeOf(now),
	}),
	notifications: (_number, now, { debtors }) => ({
		notification_type: 'mail_bounced',
		resource_type: 'debtor',
		details: { bounce_reason: 'Mailbox full' },
		debtor_id: debtors[0]?.id,
		created_at: timeOf(now),
	}),
	order_lines: (number, now) => ({
		claim: true,
		claim_status: 'submitted',
		customer: { email_address: `customer${number}@example.com` },
		order_line_identifier: `line-${number}`,
		amount: '50.00',
		credited_amount: '0.00',
		credited_reimbursed_amount: '0.00',
		rejected_amount: '0.00',
		created_at: timeOf(now),
	}),
	payment_plans: (number, now, { debtors }) => ({
		payment_terms: [1, 2].map((term) => ({
			id: `${number}${term}`,
			total_amount: '60.50',
			amount_due: '60.50',
			due_date: dayOf(now + term * 30 * DAY),
			payment_date: null,
		})),
		debtor_id: debtors[0]?.id,
		proposed_at: timeOf(now),
	}),
	payments: (number, _now, { invoices }) => ({
		origin_identifier: `payment-${number}`,
		invoice_id: invoices[0]?.id,
		total_amount: '21.00',
		total_book_amount: '21.00',
	}),
	psp_mandates: (number, _now, { debtors }) => ({
		bank_account_name: `Debtor ${number}`,
		bank_account_number: 'NL91ABNA0417164300',
		debtor_id: debtors[0]?.id,
		mandate_identifier: `mdt_${number}`,
		provider: 'mollie',
	}),
	psp_transactions: (_number, now, { debtors, invoices }) => ({
		currency_code: 'EUR',
		invoice_ids: invoices.slice(0, 1).map(({ id }) => id),
		payment_method: 'ideal',
		status: 'paid',
		amount: '21.00',
		book_amount: '21.00',
		debtor_id: debtors[0]?.id,
		paid_at: timeOf(now),
	}),
	tasks: (number, now, { debtors }) => ({
		subject: `Task ${number}`,
		debtor_id: debtors[0]?.id,
		expiry_date: dayOf(now + 7 * DAY),
		created_at: timeOf(now),
	}),
	vat_rates: (number) => ({
		code: `V${number}`,
		name: `VAT ${number}`,
		rate: 21,
	}),
};

/** A text to open a record in Payt, or as the debtor sees it. */
const LINKS: Record<string, string> = {
	deeplink_url: 'https://app.paytsoftware.com',
	public_url: 'https://pay.paytsoftware.com',
};

/** Adds a row of the first administration, changed at `now` (epoch milliseconds). */
export function addRow(data: Data, kind: Kind, wish: object, now: number): Row {
	const id = String((data.nextId += 1));
	const empty = Object.entries(propertiesOf(SCHEMAS[kind])).map(([name, property]) => [
		name,
		name in LINKS ? `${LINKS[name]}/${kind}/${id}` : isList(property) ? [] : null,
	]);
	const row: Row = {
		...Object.fromEntries(empty),
		id,
		administration_id: data.administrations[0]?.id,
		...initial[kind]?.(id, now),
		updated_at: timeOf(now),
		...wish,
	};
	// It stands beside the id in some records.
	const debtor = data.debtors.find((candidate) => candidate.id === row.debtor_id);
	if (row.debtor_number === null) row.debtor_number = debtor?.debtor_number ?? null;
	data[kind].push(row);
	return row;
}

/** Adds a row as `addRow` does; what `wish` leaves out has sample values. */
export function addSample(data: Data, kind: Kind, wish: object, now: number): Row {
	const sample = samples[kind]?.(data.nextId + 1, now, data);
	return addRow(data, kind, { ...sample, ...wish }, now);
}

/** Takes a row away, into the list of deleted ones where there is one. */
export function removeRow(data: Data, kind: Kind, id: string, now: number): void {
	const index = data[kind].findIndex((row) => row.id === id);
	if (index < 0) throw new Error(`remove: no ${kind} ${id}`);
	const [row] = data[kind].splice(index, 1);
	if (!(kind in DELETED_SCHEMAS)) return;
	data.deleted[kind as DeletedKind].push({
		...row,
		origin_identifier: row.origin_identifier ?? row.invoice_identifier,
		deleted_at: timeOf(now),
	});
}

/** How many rows of each kind there are at the start. */
export type Counts = Partial<Record<Kind, number>>;

const usualCounts: Record<Kind, number> = {
	administrations: 2,
	companies: 1,
	contacts: 3,
	debtors: 5,
	invoices: 12,
	credit_cases: 2,
	messages: 3,
	notes: 3,
	notifications: 3,
	order_lines: 3,
	payment_plans: 2,
	payments: 4,
	psp_transactions: 3,
	psp_mandates: 2,
	tasks: 3,
	vat_rates: 2,
};

/** Data of the first administration, each row changed a minute after the one before. */
export function createData(counts: Counts, now: number): Data {
	const lists = (names: object) => Object.fromEntries(Object.keys(names).map((name) => [name, []]));
	const data = {
		...lists(SCHEMAS),
		deleted: lists(DELETED_SCHEMAS),
		payment_conditions: [],
		files: new Map(),
		orders: [],
		nextId: 1000,
	} as unknown as Data;
	// In this order, as rows point to those before them.
	for (const [kind, usualCount] of Object.entries(usualCounts) as Array<[Kind, number]>) {
		const count = counts[kind] ?? usualCount;
		for (let left = count; left > 0; left -= 1) {
			const { debtors } = data;
			const owner = debtors.length > 0 && { debtor_id: debtors[left % debtors.length].id };
			addSample(data, kind, kind === 'invoices' && owner ? owner : {}, now - left * MINUTE);
		}
	}
	return data;
}
