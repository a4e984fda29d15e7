import { ApiError } from '../../../../../test/sandbox/apiError';
import { valueOf } from '../data';
import { DELETED_SCHEMAS, SCHEMAS, type DeletedKind, type Kind, type Row } from '../model';
import { propertiesOf } from '../schemas';
import type { State } from '../state';

/** Names of fields; an object has the names inside the fields that it names. */
type Selection = Array<string | Record<string, Selection>>;

/**
 * What `fields` asks for, undefined when it was not sent: an object, or JSON of one, with `only`.
 * @throws Refusal 422
 */
export function selectionOf(fields: unknown): Selection | undefined {
	if (fields === undefined) return undefined;
	try {
		const { only } = typeof fields === 'string' ? JSON.parse(fields) : fields;
		if (Array.isArray(only)) return only;
	} catch {
		// Refused below.
	}
	const message = 'fields must be JSON with a list called only';
	throw new ApiError(422, message, { fields: { fields: message } });
}

/** An object with the selected fields only; the same of each object of a list. */
function pick(value: unknown, selection: Selection): unknown {
	if (Array.isArray(value)) return value.map((item) => pick(item, selection));
	if (typeof value !== 'object' || value === null) return value;
	const record = value as Row;
	const picked: Record<string, unknown> = {};
	for (const wanted of selection) {
		if (typeof wanted === 'string') {
			picked[wanted] = valueOf(record, wanted);
			continue;
		}
		for (const [name, inner] of Object.entries(wanted)) picked[name] = pick(record[name], inner);
	}
	return picked;
}

const nameOf = (wanted: Selection[number]) =>
	typeof wanted === 'string' ? [wanted] : Object.keys(wanted);

/**
 * The fields of a row that are answered: the usual ones, or those that are selected.
 * @throws Refusal 422 when a field is selected that the record does not have
 */
export function shown(
	row: Row,
	kind: Kind,
	selection: Selection | undefined,
	{ variants }: State,
): object {
	const properties = Object.entries(propertiesOf(SCHEMAS[kind]));
	const unknown = selection
		?.flatMap(nameOf)
		.find((name) => !properties.some(([known]) => known === name));
	if (unknown !== undefined) {
		throw new ApiError(422, `fields: ${unknown} is not known`, {
			fields: { fields: 'is not known' },
		});
	}
	const usual = properties
		.filter(([, property]) => !property['x-on-request'])
		.map(([name]) => name);
	const all = selection === undefined || variants.only === 'adds' ? usual : [];
	const isInactive = kind === 'administrations' && row.status === 'inactive';
	const record = isInactive ? { ...row, status: variants.inactiveStatus } : row;
	return pick(record, [...all, ...(selection ?? [])]) as object;
}

/** What is told of a deleted row. */
export function shownDeleted(row: Row, kind: DeletedKind): object {
	return pick(row, Object.keys(propertiesOf(DELETED_SCHEMAS[kind]))) as object;
}
