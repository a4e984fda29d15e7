import { parameterError, type ItemContext } from '../shared/operations/parameterError';
import { parseVnd } from '../shared/operations/parameterParsers';

const MAX_VND = 999_999_999_999;

/** An amount above zero, in whole VND. @throws NodeOperationError when it is none or has more than 12 digits */
export function parsePayableVnd(context: ItemContext, displayName: string, value: unknown): number {
	const amount = parseVnd(context, displayName, value);
	if (amount === 0) throw parameterError(context, displayName, 'above zero', 'It is 0.');
	if (amount <= MAX_VND) return amount;
	throw parameterError(context, displayName, 'at most 12 digits long', `It is ${amount}.`);
}
