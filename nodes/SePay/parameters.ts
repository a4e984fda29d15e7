import { UUID, UUID_EXAMPLE } from '../shared/operations/locators';
import { parameterError, type ItemContext } from '../shared/operations/parameterError';
import { parseId, parseVnd } from '../shared/operations/parameterParsers';
import { isTokenAuth } from '../shared/sePay/authentication';

const MAX_VND = 999_999_999_999;

/**
 * The one ID in a value, checked before it becomes part of an address: a whole number above zero, or
 * with an API token a UUID.
 *
 * @throws NodeOperationError when it is none
 */
export function parseSePayId(context: ItemContext, displayName: string, value: unknown): string {
	if (!isTokenAuth(context)) {
		return parseId(context, displayName, value, /^[1-9]\d*$/, 'a whole number like 19');
	}
	const wanted = `a UUID like ${UUID_EXAMPLE}, as SePay returns it with an API token`;
	return parseId(context, displayName, value, new RegExp(`^${UUID}$`), wanted);
}

/**
 * An amount that can be paid or refunded, in whole VND.
 *
 * @throws NodeOperationError when it is none, zero, or longer than the 12 digits that SePay takes
 */
export function parsePayableVnd(context: ItemContext, displayName: string, value: unknown): number {
	const amount = parseVnd(context, displayName, value);
	if (amount === 0) throw parameterError(context, displayName, 'above zero', 'It is 0.');
	if (amount <= MAX_VND) return amount;
	throw parameterError(context, displayName, 'at most 12 digits long', `It is ${amount}.`);
}
