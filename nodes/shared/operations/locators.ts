import type { INodeProperties } from 'n8n-workflow';
import { fieldsOf } from '../values';

export const UUID = '[\\da-fA-F]{8}(-[\\da-fA-F]{4}){3}-[\\da-fA-F]{12}';
export const UUID_EXAMPLE = '3f2b8c1e-5a4d-4e6f-9b7a-1c2d3e4f5a6b';

/** A parameter that names one object of a service: chosen from a list, or by an ID that n8n checks before a run. */
export function locator(
	displayName: string,
	name: string,
	listSearch: string,
	description: string,
	idMode: { placeholder: string; regex: string; errorMessage: string },
): INodeProperties {
	const { placeholder, regex, errorMessage } = idMode;
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

/** All IDs in the value of a locator or of a list of them, in a list of either, or in text with commas. */
export function parseIds(value: unknown): string[] {
	if (Array.isArray(value)) return value.flatMap(parseIds);
	if (typeof value === 'object' && value !== null) {
		return '__rl' in value
			? parseIds(fieldsOf(value).value)
			: Object.values(value).flatMap(parseIds);
	}
	return String(value ?? '')
		.split(',')
		.map((id) => id.trim())
		.filter(Boolean);
}
