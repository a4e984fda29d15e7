import type { INodeProperties } from 'n8n-workflow';
import {
	displayNameOf,
	fieldType,
	idList,
	labelOf,
	nested,
	parseText,
	required,
	splitWords,
	text,
	type Field,
	type FieldFactory,
} from '../../../../nodes/shared/operations/fields';
import { locator } from '../../../../nodes/shared/operations/locators';
import { parseId } from '../../../../nodes/shared/operations/parameterParsers';
import { parseAmount, parseDateTime, parseDay } from './parameterParsers';

export const amount = fieldType('string', parseAmount, { placeholder: 'e.g. 12.50' });
/** An amount that goes as a JSON number. */
export const amountAsNumber = fieldType('string', (...given) => Number(parseAmount(...given)));
export const date = fieldType('dateTime', parseDay, {
	typeOptions: { dateOnly: true },
	placeholder: 'e.g. 2026-01-31',
});
export const dateTime = fieldType('dateTime', parseDateTime, {
	placeholder: 'e.g. 2026-01-31T12:00:00Z',
});
/** Fields of an object at Payt that are called in the form as they are in it. */
export const within = (outer: string, ...fields: Field[]) => nested(outer, fields, '');

const ID_KINDS: Record<string, string> = {
	ids: 'Payt IDs',
	numbers: 'numbers',
	identifiers: 'IDs in your accounting software',
};

/** Filters such as `debtor_ids` by what the rows of a list belong to; `listed` is "payments on", say. */
export const filtersBy = (listed: string, ...names: string[]): Field[] =>
	names.map((name) => {
		const [kind, ...words] = name.split('_').reverse();
		const owners = `${words.reverse().join(' ')}s`;
		return idList(name, `Return only ${listed} the ${owners} with these ${ID_KINDS[kind]}`);
	});

/** A record that goes by one of several numbers, by the fields of Payt: which of them, and the number. */
export function identifiedBy(
	name: string,
	properties: string[],
	factory: FieldFactory = text,
): Field[] {
	const by = `${name}By`;
	const [defaults] = properties;
	const [value] = required(
		factory(defaults, 'The number or ID itself', {
			name,
			routing: { send: { property: `={{ $parameter["${by}"] }}` } },
		}),
	);
	return [
		{
			parameter: {
				displayName: displayNameOf(by),
				name: by,
				type: 'options',
				options: properties
					.map((property) => ({ name: labelOf(property.replace(/s$/, '')), value: property }))
					.sort((a, b) => a.name.localeCompare(b.name)),
				default: defaults,
				description: 'The type of the number or ID below',
			},
			sendAs: [],
			parse: parseText,
		},
		{ ...value, sendAs: properties },
	];
}

const ID_MODE = {
	placeholder: 'e.g. 1234',
	regex: '^\\s*[\\w-]+\\s*$',
	errorMessage: 'Use letters and digits only',
};

/** The administration that a call is about: chosen from the list or by its ID. */
export const administration: Field = {
	parameter: {
		...locator(
			'Administration',
			'administrationId',
			'getAdministrations',
			'The administration to use',
			ID_MODE,
		),
		required: true,
	},
	sendAs: ['administration_id'],
	parse: (context, displayName, value) =>
		parseId(context, displayName, value, /^[\w-]+$/, 'an ID like 1234'),
};

/** An ID, or the number by which Payt finds a record as well, that stands in a path. */
const inPath = (parameter: INodeProperties): Field => ({
	parameter: { ...parameter, required: true },
	sendAs: [],
	parse: (context, displayName, value) =>
		parseId(context, displayName, value, /^(?!\.+$|\[object ).+$/, 'an ID or number'),
});

/** A record chosen from a list, or by its ID or one of the numbers that `identifier_type` may name. */
export function recordLocator(
	displayName: string,
	name: string,
	listSearch: string,
	identifiers: string[],
): Field {
	const parameter = locator(displayName, name, listSearch, 'The record to retrieve', ID_MODE);
	const modes = identifiers.map((identifier) => ({
		displayName: `By ${labelOf(identifier)}`,
		name: identifier,
		type: 'string' as const,
		placeholder: 'e.g. 2026-0001',
	}));
	return inPath({ ...parameter, modes: [...parameter.modes!, ...modes] });
}

/** The administration itself. */
export const administrationInPath = inPath(administration.parameter);

/** The ID of a record, as the operations that list such records give it. */
export const recordId = (name: string): Field =>
	inPath({
		displayName: `${displayNameOf(name)} ID`,
		name,
		type: 'string',
		default: '',
		placeholder: 'e.g. 1234',
		description: 'The ID that Get Many returns',
	});

/** The fields to come back, of a list or a record; it is for the caller to send them. */
export function fieldSelection(defaults: string, onRequest = ''): Field {
	const option = (note?: string) => (value: string) => ({
		name: labelOf(value),
		value,
		...(note && { description: note }),
	});
	const options = [
		...splitWords(defaults).map(option()),
		...splitWords(onRequest).map(option('Returned only if selected here')),
	];
	return {
		parameter: {
			displayName: 'Fields',
			name: 'fields',
			type: 'multiOptions',
			options: options.sort((a, b) => a.name.localeCompare(b.name)),
			default: [],
			description:
				'Which fields to return. Leave this option out to return the default fields. Select the default fields that you need too, because Payt may return only the selected ones.',
		},
		sendAs: ['fields'],
		parse: (_context, _displayName, value) => {
			const chosen = [value].flat();
			return chosen.length > 0
				? JSON.stringify({ only: [...new Set(['id', ...chosen])] })
				: undefined;
		},
	};
}
