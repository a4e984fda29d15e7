import type { IDataObject, IExecutePaginationFunctions, INodeProperties } from 'n8n-workflow';
import { invalid } from '../shared/exchange';

/** A parameter that names one object of SePay: chosen from a list with search, or by its ID. */
export function locator(
	displayName: string,
	name: string,
	listSearch: string,
	description: string,
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
				placeholder: 'e.g. 19',
				validation: [
					{
						type: 'regex',
						properties: {
							regex: '^\\s*[0-9]+\\s*$',
							errorMessage: 'An ID at SePay is a whole number',
						},
					},
				],
			},
		],
	};
}

/** The IDs in the value of a locator, in a list of such values, or in text with commas. */
export function idsIn(value: unknown): string[] {
	if (Array.isArray(value)) return value.flatMap(idsIn);
	if (typeof value === 'object' && value !== null) return idsIn((value as IDataObject).value);
	return String(value ?? '')
		.split(',')
		.map((id) => id.trim())
		.filter(Boolean);
}

/**
 * The one ID in a value, checked before it becomes part of an address.
 *
 * @throws NodeOperationError when it is no whole number above zero
 */
export function idFrom(
	context: IExecutePaginationFunctions,
	displayName: string,
	value: unknown,
): string {
	const id = String(value ?? '').trim();
	if (/^[1-9]\d*$/.test(id)) return id;
	throw invalid(
		context,
		displayName,
		'a whole number such as 19',
		id
			? `It is "${id}".`
			: 'It is empty: choose from the list, or check what the expression gives.',
	);
}

/** {@link idFrom} of the node parameter with that name. */
export function idParameter(
	this: IExecutePaginationFunctions,
	displayName: string,
	name: string,
): string {
	return idFrom(this, displayName, this.getNodeParameter(name, '', { extractValue: true }));
}
