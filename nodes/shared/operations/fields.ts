import type {
	IDataObject,
	IDisplayOptions,
	IHttpRequestMethods,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { fieldsOf, isObject, omitEmpty } from '../values';
import type { CustomOperation, declarativeAdapter } from './declarativeAdapter';
import { collectionParameter, returnAllAndLimit, shownFor, type Operation } from './descriptions';
import { parseIds } from './locators';
import type { OutputMapper, OutputTable } from './output';
import { ENTER_VALUE, parameterError, type ParameterContext } from './parameterError';
import {
	assertRange,
	parseBoolean,
	parseDate,
	parseId,
	parseInteger,
	parseVnd,
} from './parameterParsers';

/** Reads a value and returns it as the service takes it; throws NodeOperationError when it is wrong. */
export type Parser = (
	context: ParameterContext,
	displayName: string,
	value: unknown,
) => IDataObject[string];

/** One parameter of an operation: its form, where it is sent, how its value is read. */
export interface Field {
	parameter: INodeProperties;
	/**
	 * Its name in the query or body of the service, a dot between an object and the field in it; several
	 * where another parameter chooses one of them, none where the node applies the value itself.
	 */
	sendAs: string[];
	parse: Parser;
	/** The other end of a range: its value is at most this one's. */
	from?: Field;
}

/** What differs from how parameters of a type usually are. */
export type PropertyOverrides = Partial<INodeProperties>;

/** `name` and label follow from the service's name for the field, unless they are overridden. */
export type FieldFactory = (
	sendAs: string,
	description?: string,
	overrides?: PropertyOverrides,
) => Field;

/** `bankAccountId` as "Bank Account", `webhookUrl` as "Webhook URL". */
export function displayNameOf(parameter: string): string {
	const words = parameter
		.replace(/Id$/, '')
		.replace(/([A-Z]|\d+)/g, ' $1')
		.trim();
	const label = words[0].toUpperCase() + words.slice(1);
	return label
		.replace(/ (And|By|For|Of|To) (?=\w)/g, (word) => word.toLowerCase())
		.replace(
			/\b(Api|Bcc|Bic|Cc|Coc|Css|Eea|Eps|Id|Ids|Kbc|Oin|Psp|Qr|Sms|Ubl|Uri|Url|Vat)\b/g,
			(word) => ({ Coc: 'CoC', Ids: 'IDs' })[word] ?? word.toUpperCase(),
		);
}

/** `claim_status` as `claimStatus`. */
export const parameterNameOf = (name: string) =>
	name.replace(/[_-](\w)/g, (_, letter: string) => letter.toUpperCase());

/** `claim_status` as "Claim Status". */
export const labelOf = (value: string) => displayNameOf(parameterNameOf(value));

/** The factory for fields of one type. */
export function fieldType(
	type: INodeProperties['type'],
	parse: Parser,
	defaults: PropertyOverrides = {},
): FieldFactory {
	return (sendAs, description, overrides) => {
		const name = overrides?.name ?? parameterNameOf(sendAs);
		const parameter: INodeProperties = {
			displayName: displayNameOf(name),
			name,
			type,
			default: '',
			...defaults,
			...(description && { description }),
			...overrides,
		};
		return { parameter, sendAs: [sendAs], parse };
	};
}

/** One line of text, or several; a number or yes and no are written out. */
export const parseText: Parser = (context, displayName, value) => {
	if (typeof value !== 'object') return String(value).trim();
	throw parameterError(context, displayName, 'text', `It is ${JSON.stringify(value)}.`);
};

const parseDecimal: Parser = (context, displayName, value) => {
	const text = String(value).trim();
	if (/^-?\d+(\.\d+)?$/.test(text)) return text;
	const hint = `It is "${text}". Use a point before the decimals and no other separators.`;
	throw parameterError(context, displayName, 'a number like 12.5', hint);
};

/** Texts with commas between them, or a list: of texts, or of objects with a name. */
const parseTexts: Parser = (_context, _displayName, value) =>
	Array.isArray(value)
		? value.map((one) => String((isObject(one) ? one.name : one) ?? '').trim()).filter(Boolean)
		: parseIds(value);

const parseJson = (value: unknown): unknown => {
	if (typeof value !== 'string') return value;
	try {
		return JSON.parse(value);
	} catch {
		return undefined;
	}
};

export const text = fieldType('string', parseText);
/** Text that the rows of a list match, as SePay's APIs have it. */
export const search = (description: string, placeholder: string): Field =>
	text('q', description, { name: 'search', placeholder });
export const longText = fieldType('string', parseText, { typeOptions: { rows: 4 } });
export const email = fieldType('string', parseText, { placeholder: 'e.g. name@email.com' });
export const decimal = fieldType('string', parseDecimal, { placeholder: 'e.g. 21' });
/** A whole number of at least `least`. */
export const wholeFrom = (least: number, defaults: PropertyOverrides = {}): FieldFactory =>
	fieldType('number', (...given) => parseInteger(...given, least), {
		typeOptions: { minValue: least },
		default: least,
		...defaults,
	});
/** A whole number of at least `least` and at most `most`. */
export const wholeBetween = (least: number, most: number, defaults: PropertyOverrides) =>
	fieldType(
		'number',
		(context, displayName, value) => {
			const number = typeof value === 'object' ? NaN : Number(value);
			if (Number.isInteger(number) && number >= least && number <= most) return number;
			const expected = `a whole number from ${least} to ${most}`;
			throw parameterError(context, displayName, expected, `It is "${String(value)}".`);
		},
		{ typeOptions: { minValue: least, maxValue: most }, ...defaults },
	);
export const integer = wholeFrom(0, { typeOptions: undefined });
/** Text of one form; `wanted` says which, in words that follow "must be". */
export const matching = (pattern: RegExp, wanted: string, defaults?: PropertyOverrides) =>
	fieldType('string', (...given) => parseId(...given, pattern, wanted), defaults);
export const flag = fieldType('boolean', parseBoolean, { default: false });
/** Yes or no, sent as 1 or 0. */
export const flagAsNumber = fieldType('boolean', (...given) => Number(parseBoolean(...given)), {
	default: true,
});
/** An amount in whole VND. */
export const vnd = fieldType('number', parseVnd, {
	typeOptions: { minValue: 0 },
	default: 0,
	placeholder: 'e.g. 500000',
});
/** A calendar day in Vietnam, sent as `YYYY-MM-DD`. */
export const vietnamDate = fieldType('dateTime', parseDate, {
	typeOptions: { dateOnly: true },
	placeholder: 'e.g. 2026-01-31',
});
/** Several texts, sent as a list. */
export const textList = fieldType('string', parseTexts, { placeholder: 'e.g. first, second' });
/** Several IDs or numbers, sent as text with commas. */
export const idList = fieldType(
	'string',
	(context, displayName, value) => {
		const found = parseIds(value).join(',');
		// Without the filter, all records would pass for those that were sought.
		if (!found) throw parameterError(context, displayName, 'filled in', ENTER_VALUE);
		return found;
	},
	{ placeholder: 'e.g. 25, 26', description: 'Separated by commas' },
);
/** An object, as JSON. */
export const jsonObject = fieldType('json', (context, displayName, value) => {
	const found = parseJson(value);
	if (isObject(found)) return found;
	const hint = `It is ${JSON.stringify(value)}.`;
	throw parameterError(context, displayName, 'an object in JSON', hint);
});

/** One of the values that the service takes; `overrides.options` names those that are shown. */
export function option(
	sendAs: string,
	values: string[],
	description?: string,
	overrides: PropertyOverrides = {},
): Field {
	const options = overrides.options ?? values.map((value) => ({ name: labelOf(value), value }));
	const shown = (options as INodePropertyOptions[]).map(({ value }) => String(value));
	const known = [...new Set([...values, ...shown])];
	const parse: Parser = (context, displayName, value) => {
		const text = String(value).trim();
		if (known.includes(text)) return text;
		throw parameterError(context, displayName, `one of ${known.join(', ')}`, `It is "${text}".`);
	};
	return fieldType('options', parse, { default: values[0] })(sendAs, description, {
		...overrides,
		options,
	});
}

/** Several of the values that the service takes, sent as text with commas; `names` has labels that do not follow from them. */
export const multiOption = (
	sendAs: string,
	values: string,
	description: string,
	names: Record<string, string> = {},
): Field =>
	fieldType(
		'multiOptions',
		(_context, _displayName, value) => parseIds(value).join(',') || undefined,
		{
			options: splitWords(values).map((value) => ({ name: names[value] ?? labelOf(value), value })),
			default: [],
		},
	)(sendAs, description);

/** Records within a record, as a JSON list with the service's names; each is read by its own fields. */
export function objectList(sendAs: string, description: string, fields: Field[]): Field {
	const names = fields
		.map(({ parameter, sendAs: [name] }) => (parameter.required ? `${name} (required)` : name))
		.join(', ');
	const parse: Parser = (context, displayName, value) => {
		const list = parseJson(value);
		if (!Array.isArray(list) || !list.every(isObject)) {
			throw parameterError(context, displayName, 'a list of objects in JSON', `Fields: ${names}.`);
		}
		return list.map((row, index) => {
			const position = `${displayName} ${index + 1}`;
			const known = fields.flatMap((field) => field.sendAs);
			const unknown = Object.keys(row).find((name) => !known.includes(name));
			if (unknown) {
				const hint = `It has "${unknown}". Fields: ${names}.`;
				throw parameterError(context, position, 'an object with only the known fields', hint);
			}
			return parseFields(context, row, fields, `${position}: `);
		});
	};
	return fieldType('json', parse)(
		sendAs,
		`${description} A JSON list of objects with the fields ${names}.`,
	);
}

/** Fields of an object at the service; `prefix` goes before their names in the form. */
export const nested = (outer: string, fields: Field[], prefix = `${outer}_`): Field[] =>
	fields.map(({ parameter, sendAs, ...field }) => {
		const name = parameterNameOf(prefix + sendAs[0]);
		return {
			...field,
			parameter: { ...parameter, name, displayName: displayNameOf(name) },
			sendAs: sendAs.map((inner) => `${outer}.${inner}`),
		};
	});

/** Marks fields as those that must be filled in. */
export const required = (...fields: Field[]): Field[] =>
	fields.map((field) => ({ ...field, parameter: { ...field.parameter, required: true } }));

/** A field that the node itself applies. */
export const local = (field: Field): Field => ({ ...field, sendAs: [] });

/** The two ends of a range. */
export const range = (from: Field, to: Field): Field[] => [from, { ...to, from }];

/** The words of a text. */
export const splitWords = (list: string) => list.split(/\s+/).filter(Boolean);

/** The parameters of fields, sent in the query or the body unless the node applies them all itself. */
export function toParameters(fields: Field[], type?: 'query' | 'body'): INodeProperties[] {
	return fields.map(({ parameter, sendAs: [property] }) => {
		if (!property || !type) return parameter;
		const send = { type, property, propertyInDotNotation: false, ...parameter.routing?.send };
		return { ...parameter, routing: { send } };
	});
}

/**
 * By what the others hold now: n8n keeps a field too whose condition is on an expression. What a
 * condition says of another entry of the same collection is for {@link readForm}.
 */
const isShown = (context: ParameterContext, { displayOptions }: INodeProperties) =>
	Object.entries(displayOptions?.show ?? {}).every(([name, values]) => {
		const value = context.getNodeParameter(name, null);
		return value === null || (values as unknown[]).includes(value);
	});

/**
 * The fields that were filled in, as the service takes them; those with a dot inside their object.
 *
 * @param given as n8n put it together: by the names in {@link Field.sendAs}
 * @param prefix goes before display names in errors
 * @throws NodeOperationError when one is wrong, one that is required is empty, or a range is reversed
 */
export function parseFields(
	context: ParameterContext,
	given: unknown,
	fields: Field[],
	prefix = '',
): IDataObject {
	const filled = omitEmpty(given);
	const values = new Map<string, IDataObject[string]>();
	for (const { parameter, sendAs, parse } of fields) {
		if (!isShown(context, parameter)) continue;
		const displayName = prefix + parameter.displayName;
		const name = sendAs.find((one) => one in filled);
		if (!name) {
			if (parameter.required && sendAs.length > 0) {
				throw parameterError(context, displayName, 'filled in', ENTER_VALUE);
			}
			continue;
		}
		const value = parse(context, displayName, filled[name]);
		// A list of choices that was added and left empty.
		if (value !== undefined) values.set(name, value);
	}
	const endOf = ({ parameter, sendAs }: Field): [string, unknown] => [
		prefix + parameter.displayName,
		values.get(sendAs.find((name) => values.has(name)) ?? ''),
	];
	for (const to of fields) if (to.from) assertRange(context, endOf(to.from), endOf(to));
	const parsed: IDataObject = {};
	for (const [name, value] of values) {
		const [outer, inner] = name.split('.');
		if (inner === undefined) parsed[outer] = value;
		else parsed[outer] = { ...fieldsOf(parsed[outer]), [inner]: value };
	}
	return parsed;
}

/** What n8n's declarative engine calls for an operation. */
export type PaginationFunction = ReturnType<typeof declarativeAdapter>;

/** `cancelVirtualAccount` as "Cancel Virtual Account", `getAll` as "Get Many" as n8n has it. */
export const operationName = (value: string) => labelOf(value).replace(/^Get All/, 'Get Many');

/** What an operation is called, by default as its value says, and the fields of its form. */
export interface OperationForm {
	name?: string;
	value: string;
	action: string;
	description: string;
	show?: IDisplayOptions['show'];
	main?: Field[];
	isList?: boolean;
	filters?: Field[];
	options?: Field[];
	additionalFields?: Field[];
	updateFields?: Field[];
}

const COLLECTIONS = [
	['filters', 'Filters', 'Add Filter'],
	['additionalFields', 'Additional Fields', 'Add Field'],
	['updateFields', 'Update Fields', 'Add Field'],
	['options', 'Options', 'Add Option'],
] as const;

/** Fields that are shown on this condition alone. */
export const showFor = (show: IDisplayOptions['show'], fields: Field[]): Field[] =>
	fields.map((field) => ({ ...field, parameter: shownFor(show, field.parameter) }));

/**
 * What can be added, by when it is shown: each condition has a collection of its own, but for one on
 * another entry of the same collection.
 */
function byCondition(parameters: INodeProperties[]) {
	const names = parameters.map(({ name }) => name);
	const groups = new Map<string, [IDisplayOptions | undefined, INodeProperties[]]>();
	for (const parameter of parameters) {
		// n8n would want an entry that is required even where it has not been added.
		const entry = { ...parameter, required: undefined };
		const { show, hide } = parameter.displayOptions ?? {};
		const isWithin = Object.keys({ ...show, ...hide }).some((name) => names.includes(name));
		const condition = isWithin ? undefined : parameter.displayOptions;
		if (!isWithin) delete entry.displayOptions;
		const key = JSON.stringify(condition);
		const [, entries] = groups.get(key) ?? [];
		groups.set(key, [condition, [...(entries ?? []), entry]]);
	}
	return [...groups.values()];
}

/** All fields of an operation. */
export const allFieldsOf = ({ main = [], ...form }: Partial<OperationForm>): Field[] => [
	...main,
	...COLLECTIONS.flatMap(([name]) => form[name] ?? []),
];

function formProperties(
	{ main = [], ...form }: OperationForm,
	type?: 'query' | 'body',
	output: INodeProperties[] = [],
): INodeProperties[] {
	return [
		...toParameters(main, type),
		...(form.isList ? returnAllAndLimit : []),
		...output,
		...COLLECTIONS.flatMap(([collection, displayName, placeholder]) =>
			byCondition(toParameters(form[collection] ?? [], type)).map(([displayOptions, entries]) => ({
				...collectionParameter(displayName, collection, placeholder, entries),
				...(displayOptions && { displayOptions }),
			})),
		),
	];
}

/**
 * An operation from its form and call. Its handler reads the fields with {@link parseFields}; those of
 * GET are in `request.qs`, others in `request.body`. The output is as the mapper's schema says, which
 * `npm run docs` writes down.
 */
export function declareOperation(
	form: OperationForm,
	call: { method: IHttpRequestMethods; url?: string },
	pagination: PaginationFunction,
	{ schema, parameters }: OutputMapper,
): Operation {
	const { value, name = operationName(value), action, description, show } = form;
	const type = call.method === 'GET' ? 'query' : 'body';
	const properties = formProperties(form, type, parameters);
	Object.assign(pagination, { schema });
	return {
		option: {
			name,
			value,
			action,
			description,
			...(show && { displayOptions: { show } }),
			routing: { request: call, operations: { pagination } },
		},
		properties: show ? properties.map((property) => shownFor(show, property)) : properties,
	};
}

/** An operation that the node runs itself, of such output; `run` reads the fields with {@link readForm}. */
export function declareCustom(
	form: OperationForm,
	{ schema }: OutputTable,
	run: CustomOperation,
): Operation {
	const { value, name = operationName(value), action, description } = form;
	return {
		option: { name, value, action, description },
		properties: formProperties(form),
		run: Object.assign(run, { schema }),
	};
}

/**
 * The fields that were filled in, read where they stand in the form: by the service's name for them,
 * or by that of the parameter where the node applies the value itself. A field that is shown for what
 * another entry of its collection says, and required, may not be left out.
 *
 * @throws NodeOperationError as {@link parseFields} does
 */
export function readForm(context: ParameterContext, form: Partial<OperationForm>): IDataObject {
	const read = (fields: Field[], collection = '') => {
		const valueOf = (name: string) => {
			const value = context.getNodeParameter(collection + name, null);
			return isObject(value) && value.__rl ? value.value : value;
		};
		const isNeeded = ({ required, displayOptions }: INodeProperties) =>
			required &&
			(displayOptions?.show
				? Object.entries(displayOptions.show).some(([name, values]) =>
						(values as unknown[]).includes(valueOf(name)),
					)
				: !collection);
		const isGiven = ({ parameter }: Field) =>
			isShown(context, parameter) && (valueOf(parameter.name) !== null || isNeeded(parameter));
		const named = ({ parameter, sendAs, from, ...field }: Field): Field => ({
			...field,
			parameter: { ...parameter, displayOptions: undefined },
			sendAs: sendAs.length > 0 ? sendAs : [parameter.name],
			from: from && named(from),
		});
		const given = fields.filter(isGiven).map(named);
		const values = given.map(({ parameter, sendAs: [sent] }) => [sent, valueOf(parameter.name)]);
		return parseFields(context, Object.fromEntries(values), given);
	};
	const collections = COLLECTIONS.map(([name]) => read(form[name] ?? [], `${name}.`));
	return Object.assign(read(form.main ?? []), ...collections);
}
