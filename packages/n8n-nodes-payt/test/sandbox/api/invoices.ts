import type { Answer } from '../../../../../test/sandbox/answers';
import { ApiError } from '../../../../../test/sandbox/apiError';
import { addRow, amountOf, centsOf, dayOf, removeRow, timeOf } from '../data';
import type { Row } from '../model';
import {
	change,
	invalid,
	rowOf,
	rowsOf,
	type Context,
	type Fields,
	type Handlers,
} from './context';
import { fileOf } from './files';
import { labelsOf, tieToContact } from './records';
import { writeEach } from './results';

interface Payment extends Fields {
	amount: string;
	origin_identifier: string;
}

/** An invoice as it is sent. */
interface Sent extends Fields {
	invoice_number: string;
	payments?: Payment[];
	invoice_lines?: Fields[];
}

/** What is called otherwise in a record. */
const RENAMED: Record<string, string> = {
	amount_total: 'total_amount',
	amount_open: 'open_amount',
	book_amount_total: 'book_total_amount',
	book_amount_open: 'book_open_amount',
};

/** Fields that are worked into others. */
const HANDLED = ['payments', 'invoice_lines', 'document', 'ubl_document', 'labels', 'sent_at'];

/** @throws Refusal 422 */
function debtorOf({ debtor_number, debtor_identifier }: Sent, context: Context): Row | undefined {
	if (debtor_number === undefined && debtor_identifier === undefined) return undefined;
	const debtor = rowsOf(context, 'debtors').find(
		(row) =>
			(debtor_number === undefined || row.debtor_number === debtor_number) &&
			(debtor_identifier === undefined || row.debtor_identifier === debtor_identifier),
	);
	if (!debtor) throw invalid('debtor not found');
	return debtor;
}

/** @throws Refusal 422 */
function linesOf({ invoice_lines }: Sent, context: Context): Fields {
	if (!invoice_lines) return {};
	const orders = invoice_lines.map(({ line_order }, index) => Number(line_order ?? index + 1));
	if (new Set(orders).size < orders.length) throw invalid('line_order has already been taken');
	const lines = invoice_lines.map((line, index) => {
		const rate = rowsOf(context, 'vat_rates').find(({ code }) => code === line.vat_rate_code);
		if (!rate) throw invalid(`vat_rate_code ${line.vat_rate_code} does not exist`);
		const { vat_percentage = String(rate.rate) } = line;
		if (Number(vat_percentage) !== rate.rate) {
			throw invalid(`vat_percentage must be ${rate.rate}`);
		}
		const { total_excl_tax_amount: excl, total_incl_tax_amount: incl } = line;
		if (excl === undefined && incl === undefined) {
			throw invalid('total_excl_tax_amount or total_incl_tax_amount is needed');
		}
		const factor = 1 + Number(vat_percentage) / 100;
		const without = excl ?? amountOf(Math.round(centsOf(incl) / factor));
		const withTax = incl ?? amountOf(Math.round(centsOf(excl) * factor));
		return {
			product_unit: 'piece',
			product_quantity: '1',
			product_price: without,
			vat_amount: amountOf(centsOf(withTax) - centsOf(without)),
			...line,
			vat_percentage,
			line_order: orders[index],
			total_excl_tax_amount: without,
			total_incl_tax_amount: withTax,
		};
	});
	return { invoice_lines: lines };
}

/**
 * Where the PDF or UBL of an invoice can be had.
 * @throws Refusal 422 when the file is not there
 */
function documentsOf(sent: Sent, row: Row | undefined, context: Context): Fields {
	const fields: Fields = {};
	for (const name of ['document', 'ubl_document']) {
		const { checksum, destroy } = (sent[name] ?? {}) as { checksum?: string; destroy?: boolean };
		if (destroy) {
			const isOther = checksum !== undefined && row?.[`${name}_checksum`] !== checksum;
			if (!isOther) Object.assign(fields, { [`${name}_url`]: null, [`${name}_checksum`]: null });
		} else if (checksum !== undefined) {
			if (!fileOf(checksum, context)?.bytes) throw invalid(`${name} was not uploaded`);
			const url = `https://files.paytsoftware.com/${encodeURIComponent(checksum)}`;
			Object.assign(fields, { [`${name}_url`]: url, [`${name}_checksum`]: checksum });
		}
	}
	return fields;
}

/** @throws Refusal 422 when another invoice has a payment of the same origin */
function assertPaymentsUnique({ payments = [] }: Sent, row: Row | undefined, context: Context) {
	const origins = payments.map(({ origin_identifier }) => origin_identifier);
	const others = rowsOf(context, 'payments').filter(({ invoice_id }) => invoice_id !== row?.id);
	const isTaken = others.some(({ origin_identifier }) =>
		origins.includes(String(origin_identifier)),
	);
	if (isTaken || new Set(origins).size < origins.length) {
		throw invalid('origin_identifier of a payment has already been taken');
	}
}

function book(invoice: Row, payment: Payment, context: Context): void {
	const { data, clock } = context.state;
	const { amount, book_amount, ...fields } = payment;
	const rate = Number(invoice.book_total_amount) / Number(invoice.total_amount) || 1;
	addRow(
		data,
		'payments',
		{
			administration_id: invoice.administration_id,
			invoice_id: invoice.id,
			...fields,
			total_amount: amount,
			total_book_amount: book_amount ?? amountOf(Math.round(centsOf(amount) * rate)),
		},
		clock.now(),
	);
}

/** The list that is sent is the whole of them; with none, one makes up for a change of what is open. */
function bookPayments(
	{ payments }: Sent,
	invoice: Row,
	openBefore: unknown,
	context: Context,
): void {
	const { data, clock } = context.state;
	const now = clock.now();
	if (payments) {
		const old = rowsOf(context, 'payments').filter(({ invoice_id }) => invoice_id === invoice.id);
		for (const { id } of old) removeRow(data, 'payments', id, now);
		for (const payment of payments) book(invoice, payment, context);
	} else if (openBefore !== undefined && openBefore !== invoice.open_amount) {
		const amount = amountOf(centsOf(openBefore) - centsOf(invoice.open_amount));
		const origin_identifier = `payt-${invoice.id}-${now}`;
		book(invoice, { amount, origin_identifier }, context);
	}
	const isPaid = Number(invoice.open_amount) === 0;
	invoice.payment_date = isPaid ? (invoice.payment_date ?? dayOf(now)) : null;
}

/** @returns warnings */
function write(sent: Sent, row: Row | undefined, context: Context): string[] {
	const { state, administrationId } = context;
	const debtor = debtorOf(sent, context);
	if (!row && !debtor) throw invalid('debtor not found');
	const fields: Fields = {
		...linesOf(sent, context),
		...documentsOf(sent, row, context),
		...labelsOf(sent),
		...(debtor && { debtor_id: debtor.id, debtor_number: debtor.debtor_number }),
	};
	assertPaymentsUnique(sent, row, context);
	for (const [name, value] of Object.entries(sent)) {
		if (!HANDLED.includes(name)) fields[RENAMED[name] ?? name] = value;
	}
	const warnings: string[] = [];
	if (sent.sent_at !== undefined && row?.sent_at) warnings.push('sent_at cannot be changed');
	else if (sent.sent_at !== undefined) fields.sent_at = timeOf(Date.parse(String(sent.sent_at)));
	const openBefore = row?.open_amount;
	const isTotalSame =
		row !== undefined && row.total_amount === (fields.total_amount ?? row.total_amount);
	if (row) change(row, fields, context);
	const wish = { ...fields, administration_id: administrationId };
	const invoice = row ?? addRow(state.data, 'invoices', wish, state.clock.now());
	bookPayments(sent, invoice, isTotalSame ? openBefore : undefined, context);
	return [...warnings, ...tieToContact(sent, invoice.debtor_number, context)];
}

const numberOf = ({ invoice_number }: Fields) => String(invoice_number);

const find = (sent: Sent, context: Context) =>
	rowsOf(context, 'invoices').find((row) => row.invoice_number === sent.invoice_number);

function upsert(context: Context): Answer {
	const invoices = context.body.invoices as Sent[];
	return writeEach(invoices, context, 201, numberOf, (sent) =>
		write(sent, find(sent, context), context),
	);
}

function update(context: Context): Answer {
	const invoices = context.body.invoices as Sent[];
	return writeEach(invoices, context, 200, numberOf, (sent) =>
		write(sent, rowOf(context, 'invoices', sent.invoice_number, 'invoice_number'), context),
	);
}

/** Does something to each invoice that is named; 404 makes `errors.not_found`. */
function named(act: (invoice: Row, context: Context) => string[] | void) {
	return (context: Context): Answer => {
		const names = ['invoice_number', 'invoice_identifier'].flatMap((field) =>
			[context.body[`${field}s`] ?? []].flat().map((value) => ({ field, value: String(value) })),
		);
		return writeEach(
			names,
			context,
			200,
			({ value }) => value,
			({ field, value }) => act(rowOf(context, 'invoices', value, field), context),
		);
	};
}

function block(invoice: Row, context: Context): void {
	const paused_at = timeOf(context.state.clock.now());
	change(invoice, { paused_at, is_blocked_by_api: true }, context);
}

/** @throws Refusal 422 when a user or a rule of Payt paused it */
function resume(invoice: Row, context: Context): void {
	if (!invoice.is_blocked_by_api) throw new ApiError(422, 'was not blocked through the API');
	change(invoice, { paused_at: null, is_blocked_by_api: false }, context);
}

export const invoiceHandlers: Handlers = {
	'post /v1/invoices': upsert,
	'patch /v1/invoices': update,
	'patch /v1/invoices/block': named(block),
	'patch /v1/invoices/resume': named(resume),
};
