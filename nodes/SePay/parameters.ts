import type { IExecutePaginationFunctions } from 'n8n-workflow';
import { usesToken } from '../shared/authentication';
import { checkedId, wholeVnd } from '../shared/checks';
import { invalid } from '../shared/exchange';
import { UUID, UUID_EXAMPLE } from '../shared/locators';

const MOST_VND = 999_999_999_999;

/**
 * The one ID in a value, checked before it becomes part of an address: a whole number above zero, or
 * with an API token a UUID.
 *
 * @throws NodeOperationError when it is none
 */
export function idFrom(
	context: IExecutePaginationFunctions,
	displayName: string,
	value: unknown,
): string {
	if (!usesToken(context)) {
		return checkedId(context, displayName, value, /^[1-9]\d*$/, 'a whole number such as 19');
	}
	const wanted = `a UUID such as ${UUID_EXAMPLE}, as SePay gives it with an API token`;
	return checkedId(context, displayName, value, new RegExp(`^${UUID}$`), wanted);
}

/**
 * An amount that can be paid or refunded, in whole VND.
 *
 * @throws NodeOperationError when it is none, zero, or longer than the 12 digits that SePay takes
 */
export function payableVnd(
	context: IExecutePaginationFunctions,
	displayName: string,
	value: unknown,
): number {
	const amount = wholeVnd(context, displayName, value);
	if (amount === 0) throw invalid(context, displayName, 'above zero', 'It is 0.');
	if (amount <= MOST_VND) return amount;
	throw invalid(context, displayName, 'at most 12 digits long', `It is ${amount}.`);
}
