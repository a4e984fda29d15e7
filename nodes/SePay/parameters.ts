import type { IExecutePaginationFunctions } from 'n8n-workflow';
import { invalid } from '../shared/exchange';

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
