import type { IDataObject, INodeProperties } from 'n8n-workflow';

export const UUID = '[\\da-fA-F]{8}(-[\\da-fA-F]{4}){3}-[\\da-fA-F]{12}';
export const UUID_EXAMPLE = '3f2b8c1e-5a4d-4e6f-9b7a-1c2d3e4f5a6b';

/** What is typed in as an ID, as n8n checks it before a run; which form it must have, the run knows. */
const SEPAY_ID_MODE = {
	placeholder: `e.g. 19 or ${UUID_EXAMPLE}`,
	regex: `^([0-9, ]+|[, ]*${UUID}([, ]+${UUID})*[, ]*)$`,
	errorMessage: 'An ID at SePay is a whole number, or with an API token a UUID',
};

/** A parameter that names one object of a service: chosen from a list with search, or by its ID. */
export function locator(
	displayName: string,
	name: string,
	listSearch: string,
	description: string,
	{ placeholder, regex, errorMessage } = SEPAY_ID_MODE,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: listSearch, searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder,
				validation: [{ type: 'regex', properties: { regex, errorMessage } }],
			},
		],
	};
}

/** A parameter that names several objects: a list of {@link locator}s, each of which may hold several IDs. */
export function locators(
	displayName: string,
	name: string,
	of: { displayName: string; listSearch: string },
): INodeProperties {
	const one = locator(of.displayName, 'id', of.listSearch, 'By ID, several can be given: 25, 26');
	return {
		displayName,
		name,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, multipleValueButtonText: `Add ${of.displayName}` },
		placeholder: `Add ${of.displayName}`,
		default: {},
		options: [{ displayName: of.displayName, name: 'chosen', values: [one] }],
	};
}

/** All IDs in the value of a locator or of {@link locators}, in a list of either, or in text with commas. */
export function parseIds(value: unknown): string[] {
	if (Array.isArray(value)) return value.flatMap(parseIds);
	if (typeof value === 'object' && value !== null) {
		return '__rl' in value
			? parseIds((value as IDataObject).value)
			: Object.values(value).flatMap(parseIds);
	}
	return String(value ?? '')
		.split(',')
		.map((id) => id.trim())
		.filter(Boolean);
}
