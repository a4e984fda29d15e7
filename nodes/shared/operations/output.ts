import type { IDataObject, IExecutePaginationFunctions, INodeProperties } from 'n8n-workflow';
import { isObject, textOrNull, toBoolean, toExactNumber, toVietnamTime } from '../values';

/** A value of the output, in JSON Schema. */
export interface OutputSchema {
	type: string | string[];
	items?: OutputSchema;
	properties?: Record<string, OutputSchema>;
	/** Whether an object has the other fields of the service's own too. */
	additionalProperties?: boolean;
}

type Value = IDataObject[string];

/** How a value that the service sent is read, and what it looks like then; undefined is left out. */
export interface ValueType {
	convert(value: Value): Value;
	schema: OutputSchema;
}

export interface Column {
	read(row: IDataObject): Value;
	schema: OutputSchema;
}

/** What a row becomes in the output, and what that looks like. */
export interface OutputTable {
	(row: IDataObject): IDataObject;
	schema: OutputSchema;
}

/** What a row becomes in the output, by default of Simplify as its schema says. */
export interface OutputMapper {
	(this: IExecutePaginationFunctions, row: IDataObject): IDataObject;
	schema?: OutputSchema;
	/** The parameters that it reads, such as Simplify. */
	parameters?: INodeProperties[];
}

/** A type of value from its type or types in JSON Schema. */
export const valueType = (
	type: string | string[],
	convert: ValueType['convert'] = (value) => value,
): ValueType => ({ convert, schema: { type } });

const toNumber = (value: Value) => (value === '' ? null : toExactNumber(value));

/** Text; what is absent or empty is null. */
export const asText = valueType(['string', 'null'], textOrNull);
/** A time as ISO 8601 in Vietnam; what is absent or empty is null. */
export const asTime = valueType(['string', 'null'], toVietnamTime);
/** A whole number, in whatever form the service sends it. */
export const asInteger = valueType('integer', toNumber);
/** A number, in whatever form the service sends it. */
export const asNumber = valueType('number', toNumber);
/** Yes or no, in whatever form the service sends it. */
export const asBoolean = valueType('boolean', (value) => (value === '' ? null : toBoolean(value)));
/** Text that the service always sends. */
export const asSentText = valueType('string');
/** Several texts; what is absent is an empty list. */
export const asTexts: ValueType = {
	convert: (value) => value || [],
	schema: { type: 'array', items: { type: 'string' } },
};

/** The same, with null for what is absent. */
export const orNull = ({ convert, schema: { type } }: ValueType): ValueType =>
	valueType([type, 'null'].flat(), (value) => convert(value) ?? null);

/** The same where the service has text for what is no number too, which stays text. */
export const orString = ({ convert, schema: { type } }: ValueType): ValueType =>
	valueType([type, 'string'].flat(), convert);

/** An object within a row. */
export const asObject = (table: OutputTable): ValueType => ({
	convert: (value) => (isObject(value) ? table(value) : value),
	schema: table.schema,
});

/** Rows within a row; `otherwise` is what comes of anything else. */
export const asList = (table: OutputTable, otherwise?: []): ValueType => ({
	convert: (value) => (Array.isArray(value) ? value.filter(isObject).map(table) : otherwise),
	schema: { type: 'array', items: table.schema },
});

/** The same for every row. */
export const always = (value: boolean | string): Column => ({
	read: () => value,
	schema: { type: typeof value },
});

/** The value of a row at a name, a dot between an object and the field in it. */
export const from = (name: string, { convert, schema }: ValueType): Column => ({
	read: (row) => convert(name.split('.').reduce((value, key) => Object(value)[key], row as Value)),
	schema,
});

const mapEntries = <T, R>(entries: Record<string, T>, map: (value: T, name: string) => R) =>
	Object.fromEntries(Object.entries(entries).map(([name, value]) => [name, map(value, name)]));

const schemaOf = (fields: Record<string, { schema: OutputSchema }>): OutputSchema => ({
	type: 'object',
	properties: mapEntries(fields, ({ schema }) => schema),
});

/** Output with these fields alone. */
export const outputOf = (columns: Record<string, Column>): OutputTable =>
	Object.assign(
		(row: IDataObject) => {
			const fields = Object.entries(mapEntries(columns, ({ read }) => read(row)));
			return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
		},
		{ schema: schemaOf(columns) },
	);

/** The row as the service sent it, with these of its fields in one form whichever they came in. */
export function asSent(types: Record<string, ValueType>): OutputTable {
	// A map, since an object has names such as "constructor" without being given them.
	const known = new Map(Object.entries(types));
	const convert = (row: IDataObject) =>
		mapEntries(row, (value, name) => {
			const converted = known.get(name)?.convert(value);
			return converted === undefined ? value : converted;
		});
	return Object.assign(convert, { schema: { ...schemaOf(types), additionalProperties: true } });
}
