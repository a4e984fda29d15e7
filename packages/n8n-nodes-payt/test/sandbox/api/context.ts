import type { Answer } from '../../../../../test/sandbox/answers';
import { ApiError } from '../../../../../test/sandbox/apiError';
import type { EndpointCall } from '../../../../../test/sandbox/endpoint';
import { json } from '../answers';
import { timeOf } from '../data';
import type { Kind, Row } from '../model';
import type { State } from '../state';
import type { Grant } from '../tokens';
import { selectionOf, shown } from './fields';

export type Fields = Record<string, unknown>;

/** A call that may be carried out. */
export interface Context {
	call: EndpointCall;
	state: State;
	/** As the contract describes it; of a form, its texts turned into what they stand for. */
	body: Fields;
	/** Parameters of the query; lists of the query are lists. */
	query: Record<string, string | string[]>;
	/** Where the call is about one. */
	administrationId?: string;
	/** What the token opens; a call with Basic has none. */
	grant?: Grant;
}

/** What an endpoint does; 422 and 404 are thrown as Refusal. */
export type Handler = (context: Context) => Answer | Promise<Answer>;

/** Handlers by method in lower case and path of the contract. */
export type Handlers = Record<string, Handler>;

/** @throws Refusal 422 */
export function invalid(message: string, field?: string): ApiError {
	return new ApiError(422, message, field === undefined ? {} : { fields: { [field]: message } });
}

/** Whether an administration is opened to the application. */
export function isOpen(id: string, { administrations }: Grant): boolean {
	return administrations === 'all' || administrations.includes(id);
}

/** The rows of a kind that the call can see: of its administration, where it is about one. */
export function rowsOf({ state, administrationId, grant }: Context, kind: Kind): Row[] {
	const rows = state.data[kind];
	if (kind === 'companies') return rows;
	if (kind === 'administrations') return rows.filter(({ id }) => grant && isOpen(id, grant));
	return rows.filter((row) => row.administration_id === administrationId);
}

/**
 * The one row whose field says so.
 * @throws Refusal 404
 */
export function rowOf(context: Context, kind: Kind, value: unknown, field = 'id'): Row {
	const row = rowsOf(context, kind).find((candidate) => candidate[field] === value);
	if (!row) throw new ApiError(404, 'Record not found');
	return row;
}

/** Changes a row now. */
export function change(row: Row, fields: Fields, { state }: Context): void {
	Object.assign(row, fields, { updated_at: timeOf(state.clock.now()) });
}

/** A record as it is answered. */
export function entity(context: Context, kind: Kind, row: Row, status = 200): Answer {
	const { state, query, body } = context;
	const record = shown(row, kind, selectionOf(query.fields ?? body.fields), state);
	return json(status, record, state.variants);
}
