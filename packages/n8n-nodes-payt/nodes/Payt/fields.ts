import type { IDataObject, IExecutePaginationFunctions, INodeProperties } from 'n8n-workflow';
import { checkedId, flagFrom, wholeNumberFrom } from '../../../../nodes/shared/checks';
import { isObject } from '../../../../nodes/shared/envelopes';
import { invalid } from '../../../../nodes/shared/exchange';
import { idsIn, locator } from '../../../../nodes/shared/locators';
import { titleOf } from '../../../../nodes/shared/operations';
import { amountFrom, dayFrom, decimalFrom, textFrom, timeFrom, type Check } from './checks';

/** One field that Payt takes: the parameter for it, and how its value is checked. */
export interface Field {
	parameter: INodeProperties;
	/** The field at Payt, a dot between an object and the field in it; several to choose one of. */
	properties: string[];
	check: Check;
}

/** What differs from how parameters of a kind usually are. */
type Differing = Partial<INodeProperties>;

type FieldOfKind = (property: string, description?: string, differing?: Differing) => Field;

/** Objects whose fields are called by their own names alone. */
const UNNAMED = ['administration', 'message'];

const nameOf = (property: string) =>
	property.replace(/[_-](\w)/g, (_, letter: string) => letter.toUpperCase());

/** `claim_status` as "Claim Status". */
const labelOf = (value: string) => titleOf(nameOf(value));

function kind(type: INodeProperties['type'], check: Check, usual: Differing = {}): FieldOfKind {
	return (property, description, differing) => {
		const name = nameOf(property);
		const parameter: INodeProperties = {
			displayName: titleOf(name),
			name,
			type,
			default: '',
			...usual,
			...(description && { description }),
			...differing,
		};
		return { parameter, properties: [property], check };
	};
}

/** Texts with commas between them, or a list: of texts, or of objects with a name as Payt has labels. */
const listFrom: Check = (_context, _displayName, value) =>
	Array.isArray(value)
		? value.map((one) => String((isObject(one) ? one.name : one) ?? '').trim()).filter(Boolean)
		: idsIn(value);

export const text = kind('string', textFrom);
export const longText = kind('string', textFrom, { typeOptions: { rows: 4 } });
export const email = kind('string', textFrom, { placeholder: 'e.g. name@email.com' });
export const amount = kind('string', amountFrom, { placeholder: 'e.g. 12.50' });
/** An amount that goes as a JSON number. */
export const amountAsNumber = kind('string', (...given) => Number(amountFrom(...given)));
export const decimal = kind('string', decimalFrom, { placeholder: 'e.g. 21' });
export const whole = kind(
	'number',
	(context, displayName, value) => wholeNumberFrom(context, displayName, value, 0),
	{ default: 0 },
);
export const day = kind('dateTime', dayFrom, {
	typeOptions: { dateOnly: true },
	placeholder: 'e.g. 2026-01-31',
});
export const time = kind('dateTime', timeFrom, { placeholder: 'e.g. 2026-01-31T12:00:00Z' });
export const flag = kind('boolean', flagFrom, { default: false });
/** Several texts, sent as a list. */
export const texts = kind('string', listFrom, { placeholder: 'e.g. first, second' });
/** Several IDs or numbers, sent as text with commas. */
export const ids = kind(
	'string',
	(context, displayName, value) => {
		const found = idsIn(value).join(',');
		// Without the filter, all records would pass for those that were sought.
		if (!found) throw invalid(context, displayName, 'filled in', 'It names nothing.');
		return found;
	},
	{ placeholder: 'e.g. 25, 26', description: 'Separated by commas' },
);
/** An object, as JSON. */
export const object = kind('json', (context, displayName, value) => {
	const found = parsed(value);
	if (isObject(found)) return found;
	throw invalid(context, displayName, 'an object in JSON', `It is ${JSON.stringify(value)}.`);
});

/** One of the values that Payt takes. */
export const choice = (
	property: string,
	values: string[],
	description?: string,
	differing?: Differing,
): Field =>
	kind('options', textFrom, {
		options: values.map((value) => ({ name: labelOf(value), value })),
		default: values[0],
	})(property, description, differing);

/** Several of the values that Payt takes, sent as text with commas. */
export const choices = (property: string, values: string, description: string): Field =>
	kind('multiOptions', (_context, _displayName, value) => idsIn(value).join(',') || undefined, {
		options: words(values).map((value) => ({ name: labelOf(value), value })),
		default: [],
	})(property, description);

/** Records within a record, as a JSON list with Payt's names; each is checked by its own fields. */
export function rows(property: string, description: string, fields: Field[]): Field {
	const check: Check = (context, displayName, value) => {
		const list = parsed(value);
		if (!Array.isArray(list) || !list.every(isObject)) {
			throw invalid(context, displayName, 'a list of objects in JSON', `Fields: ${names(fields)}.`);
		}
		return list.map((row, index) => {
			const where = `${displayName} ${index + 1}`;
			const known = fields.flatMap(({ properties }) => properties);
			const unknown = Object.keys(row).find((name) => !known.includes(name));
			if (unknown) {
				const wayOut = `It has "${unknown}". Fields: ${names(fields)}.`;
				throw invalid(context, where, 'made of the fields that Payt knows', wayOut);
			}
			return filled(context, row, fields, `${where}: `);
		});
	};
	return kind('json', check)(
		property,
		`${description} A JSON list of objects with the fields ${names(fields)}.`,
	);
}

const names = (fields: Field[]) =>
	fields
		.map(({ parameter, properties: [name] }) => (parameter.required ? `${name} (required)` : name))
		.join(', ');

function parsed(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	try {
		return JSON.parse(value);
	} catch {
		return undefined;
	}
}

/** A record that goes by one of several numbers, by the fields of Payt: which of them, and the number. */
export function namedBy(
	displayName: string,
	name: string,
	properties: string[],
	kindOfValue: FieldOfKind = text,
): Field[] {
	const by = `${name}By`;
	const [usual] = properties;
	const [value] = required(
		kindOfValue(usual, 'The number or ID itself', {
			displayName,
			name,
			routing: { send: { property: `={{ $parameter["${by}"] }}` } },
		}),
	);
	return [
		{
			parameter: {
				displayName: `${displayName} By`,
				name: by,
				type: 'options',
				options: properties
					.map((property) => ({ name: labelOf(property.replace(/s$/, '')), value: property }))
					.sort((a, b) => a.name.localeCompare(b.name)),
				default: usual,
				description: 'What the number or ID below is',
			},
			properties: [],
			check: textFrom,
		},
		{ ...value, properties },
	];
}

/** Fields of an object at Payt. */
export const inside = (outer: string, fields: Field[]): Field[] =>
	fields.map(({ parameter, properties, check }) => {
		const name = UNNAMED.includes(outer) ? parameter.name : nameOf(`${outer}_${properties[0]}`);
		return {
			parameter: { ...parameter, name, displayName: titleOf(name) },
			properties: properties.map((property) => `${outer}.${property}`),
			check,
		};
	});

/** Marks fields as those without which Payt takes no record. */
export const required = (...fields: Field[]): Field[] =>
	fields.map((field) => ({ ...field, parameter: { ...field.parameter, required: true } }));

const TYPED_IN = {
	placeholder: 'e.g. 1234',
	regex: '^\\s*[\\w-]+\\s*$',
	errorMessage: 'An ID at Payt has digits or letters only',
};

/** The administration that a call is about: chosen from the list or by its ID. */
export const administration: Field = {
	parameter: {
		...locator(
			'Administration',
			'administrationId',
			'getAdministrations',
			'The administration to work in',
			TYPED_IN,
		),
		required: true,
	},
	properties: ['administration_id'],
	check: (context, displayName, value) =>
		checkedId(context, displayName, value, /^[\w-]+$/, 'an ID such as 1234'),
};

/** A record chosen from a list, or by its ID or one of the numbers that `identifier_type` may name. */
export function record(
	displayName: string,
	name: string,
	listSearch: string,
	identifiers: string[],
): INodeProperties {
	const parameter = locator(displayName, name, listSearch, 'The record to read', TYPED_IN);
	const modes = identifiers.map((identifier) => ({
		displayName: `By ${labelOf(identifier)}`,
		name: identifier,
		type: 'string' as const,
		placeholder: 'e.g. 2026-0001',
	}));
	return { ...parameter, required: true, modes: [...parameter.modes!, ...modes] };
}

/** The ID of a record, as the operations that list such records give it. */
export const id = (name: string): INodeProperties => ({
	displayName: `${titleOf(name)} ID`,
	name,
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 1234',
	description: 'The field "ID" of Get Many',
});

/** The fields to come back, of a list or a record; it is for the caller to send them. */
export function sparse(usual: string, onRequest = ''): Field {
	const option = (note?: string) => (value: string) => ({
		name: labelOf(value),
		value,
		...(note && { description: note }),
	});
	const options = [
		...words(usual).map(option()),
		...words(onRequest).map(option('Comes only when it is chosen here')),
	];
	return {
		parameter: {
			displayName: 'Fields',
			name: 'fields',
			type: 'multiOptions',
			options: options.sort((a, b) => a.name.localeCompare(b.name)),
			default: [],
			description:
				'Which fields to put out; without this option all but those that come on request. Name also the usual ones that you need: Payt may give the chosen ones only.',
		},
		properties: ['fields'],
		check: (_context, _displayName, value) => {
			const chosen = [value].flat();
			return chosen.length > 0
				? JSON.stringify({ only: [...new Set(['id', ...chosen])] })
				: undefined;
		},
	};
}

/** The words of a text. */
export const words = (list: string) => list.split(/\s+/).filter(Boolean);

/** The parameters of fields, sent as query or body. */
export function parametersOf(fields: Field[], type: 'query' | 'body'): INodeProperties[] {
	return fields.map(({ parameter, properties: [property] }) =>
		property
			? {
					...parameter,
					routing: {
						send: { type, property, propertyInDotNotation: false, ...parameter.routing?.send },
					},
				}
			: parameter,
	);
}

/**
 * The fields that were filled in, checked, as Payt takes them; those with a dot inside their object.
 *
 * @param given as n8n put it together: by the fields' properties
 * @param prefix goes before display names in errors
 * @throws NodeOperationError when one is wrong, or one that is required is empty
 */
export function filled(
	context: IExecutePaginationFunctions,
	given: unknown,
	fields: Field[],
	prefix = '',
): IDataObject {
	const taken: IDataObject = {};
	for (const { parameter, properties, check } of fields) {
		const displayName = prefix + parameter.displayName;
		const isGiven = (property: string) => {
			const value = (given as IDataObject)[property];
			return Array.isArray(value) || String(value ?? '').trim() !== '';
		};
		const property = properties.find(isGiven);
		if (!property) {
			if (parameter.required) throw invalid(context, displayName, 'filled in', 'It is empty.');
			continue;
		}
		const value = check(context, displayName, (given as IDataObject)[property]);
		// A list of choices that was added and left empty.
		if (value === undefined) continue;
		const [outer, inner] = property.split('.');
		if (inner === undefined) taken[outer] = value as IDataObject;
		else taken[outer] = { ...(taken[outer] as IDataObject), [inner]: value } as IDataObject;
	}
	return taken;
}
