import type { Answer } from '../../../../../test/sandbox/answers';
import { json } from '../answers';
import { timeOf, valueOf } from '../data';
import type { Data, DeletedKind, Kind, Row } from '../model';
import type { State } from '../state';
import { invalid, rowsOf, type Context } from './context';
import { selectionOf, shown, shownDeleted } from './fields';

const DAY = 86_400_000;

type Query = Record<string, string>;
type Filter = (row: Row, value: string) => boolean;

const isAfter =
	(field: string): Filter =>
	(row, value) =>
		String(row[field]) > timeOf(Date.parse(value));
const isBefore =
	(field: string): Filter =>
	(row, value) =>
		String(row[field]) < timeOf(Date.parse(value));

/** Parameters that filter by something else than a list of values; each is exclusive. */
const filters: Record<string, Filter> = {
	updated_after: isAfter('updated_at'),
	created_after: isAfter('created_at'),
	created_before: isBefore('created_at'),
	deleted_after: isAfter('deleted_at'),
	deleted_before: isBefore('deleted_at'),
	paid: (row, value) => (Number(row.open_amount) === 0) === (value === 'true'),
	book_amount_total_lte: (row, value) => Number(row.book_total_amount) <= Number(value),
	book_amount_total_gte: (row, value) => Number(row.book_total_amount) >= Number(value),
	claim_status: (row, value) => row.claim_status === value,
};

/** Parameters that do not filter. */
const OTHERS = ['administration_id', 'fields', 'cursor', 'per_page', 'order'];

/** What a row has under a name, or the invoice, case or debtor that it belongs to. */
function reach(row: Row, name: string, data: Data): unknown {
	const own = valueOf(row, name) ?? undefined;
	if (own !== undefined) return own;
	for (const [kind, id] of [
		['invoices', row.invoice_id],
		['credit_cases', row.active_credit_case_id],
		['debtors', row.debtor_id],
	] as const) {
		const parent = data[kind].find((candidate) => candidate.id === id);
		const found = parent ? reach(parent, name, data) : undefined;
		if (found !== undefined) return found;
	}
	return undefined;
}

/** Comma-separated values of the field whose plural the parameter is. */
function isListed(row: Row, parameter: string, value: string, data: Data): boolean {
	const name = parameter.replace(/(?<=status)es$|s$/, '');
	const wanted = value.split(',');
	return [reach(row, name, data)].flat().some((found) => wanted.includes(String(found)));
}

function isWanted(row: Row, query: Query, data: Data): boolean {
	return Object.entries(query)
		.filter(([name]) => !OTHERS.includes(name))
		.every(([name, value]) => filters[name]?.(row, value) ?? isListed(row, name, value, data));
}

/** By id, or as `order` says: `<field>_asc` or `<field>_desc`. */
function sorted(rows: Row[], order?: string): Row[] {
	const byId = [...rows].sort((a, b) => Number(a.id) - Number(b.id));
	const [, field, way] = /^(.*)_(asc|desc)$/.exec(order ?? '') ?? [];
	if (field === undefined) return byId;
	const sign = way === 'asc' ? 1 : -1;
	return byId.sort((a, b) => sign * String(a[field]).localeCompare(String(b[field])));
}

/** A cursor names the row after which to go on. */
const cursorOf = ({ id }: Row, { variants }: State) =>
	variants.cursor === 'number' ? Number(id) : `after-${id}`;

/**
 * The rows of a page, and the cursor to the next one.
 * @throws Refusal 422 when the cursor is not one
 */
function pageOf(rows: Row[], { cursor, per_page = '100' }: Query, state: State) {
	const { listEnd } = state.variants;
	const id = cursor?.replace(/^after-/, '') ?? '0';
	if (!/^\d+$/.test(id)) throw invalid('cursor is not valid', 'cursor');
	const at = rows.findIndex((row) => row.id === id);
	// The row may be gone by now.
	const rest = at < 0 ? rows.filter((row) => Number(row.id) > Number(id)) : rows.slice(at + 1);
	const size = Number(per_page);
	const isLast = rest.length <= size;
	if (listEnd === 'repeats' && isLast && rows.length > 0) {
		const page = rest.length > 0 ? rest : rows.slice(-size);
		return { page, cursor: cursorOf(rows.at(-1)!, state) };
	}
	const page = rest.slice(0, size);
	const goesOn = !isLast || (listEnd === 'emptyPage' && page.length > 0);
	if (goesOn) return { page, cursor: cursorOf(page.at(-1)!, state) };
	return { page, cursor: listEnd === 'missing' ? undefined : null };
}

function answer(rows: Row[], show: (row: Row) => object, { query, state }: Context): Answer {
	const wanted = rows.filter((row) => isWanted(row, query as Query, state.data));
	const { order } = query as Query;
	const { page, cursor } = pageOf(sorted(wanted, order), query as Query, state);
	return json(200, { data: page.map(show), pagination: { cursor } }, state.variants);
}

/** `{data, pagination}` of the rows that the query asks for. */
export function list(kind: Kind, context: Context): Answer {
	const selection = selectionOf(context.query.fields);
	const show = (row: Row) => shown(row, kind, selection, context.state);
	return answer(rowsOf(context, kind), show, context);
}

/** The same of deleted rows, which are remembered for 90 days. */
export function listDeleted(kind: DeletedKind, context: Context): Answer {
	const { data, clock } = context.state;
	const oldest = timeOf(clock.now() - 90 * DAY);
	const rows = data.deleted[kind].filter(
		(row) => row.administration_id === context.administrationId && String(row.deleted_at) > oldest,
	);
	return answer(rows, (row) => shownDeleted(row, kind), context);
}
