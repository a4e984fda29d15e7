import type { IExecutePaginationFunctions } from 'n8n-workflow';
import { checkedId } from '../shared/checks';

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
	return checkedId(context, displayName, value, /^[1-9]\d*$/, 'a whole number such as 19');
}
