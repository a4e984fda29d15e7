import { invalid, type Place } from './exchange';
import { flag, vietnamDay, vndIn } from './values';

/**
 * The one ID in a value, without the blanks around it.
 *
 * @param wanted what IDs look like, in words that follow "must be"
 * @throws NodeOperationError when it does not match
 */
export function checkedId(
	context: Place,
	displayName: string,
	value: unknown,
	pattern: RegExp,
	wanted: string,
): string {
	const id = String(value ?? '').trim();
	if (pattern.test(id)) return id;
	const wayOut = id
		? `It is "${id}".`
		: 'It is empty: choose from the list, or check what the expression gives.';
	throw invalid(context, displayName, wanted, wayOut);
}

/** The day that a date parameter stands for, as SePay takes it: `YYYY-MM-DD` in Vietnam. */
export function dayOf(context: Place, displayName: string, value: unknown): string {
	const found = vietnamDay(value);
	if (found) return found;
	throw invalid(context, displayName, 'a date such as 2026-01-31', `It is "${String(value)}".`);
}

/** An amount in whole VND, given as a number or as text that can be read in one way ({@link vndIn}). */
export function wholeVnd(context: Place, displayName: string, value: unknown) {
	const found = vndIn(value);
	if (found !== undefined) return found;
	const wayOut = `It is "${String(value)}": write digits only, without separators or fractions.`;
	throw invalid(context, displayName, 'a whole amount in VND such as 500000', wayOut);
}

/** Refuses a range whose ends are reversed: two days as the service takes them, or two numbers. */
export function assertOrder(
	context: Place,
	[firstName, first]: [displayName: string, value: unknown],
	[lastName, last]: [displayName: string, value: unknown],
): void {
	const [low, high] = [first ?? '', last ?? ''] as [string | number, string | number];
	if (low === '' || high === '' || low <= high) return;
	const [wanted, note] =
		typeof low === 'number' ? ['at most', ''] : ['on or before', ' (days in Vietnam)'];
	const span = `It is ${low}, and ${lastName} is ${high}${note}.`;
	throw invalid(context, firstName, `${wanted} ${lastName}`, span);
}

/** Yes or no, also as text or 0 and 1. */
export function flagFrom(context: Place, displayName: string, value: unknown): boolean {
	const yes = flag(value);
	if (typeof yes === 'boolean') return yes;
	throw invalid(context, displayName, 'true or false', `It is "${String(value)}".`);
}

/**
 * A whole number, given as a number or as digits; "1.000" is a thousand to some and one to others.
 *
 * @param or what else would do, for the error
 */
export function wholeNumberFrom(
	context: Place,
	displayName: string,
	value: unknown,
	least: number,
	or = '',
): number {
	const number = /^\d+$/.test(String(value).trim()) ? Number(value) : NaN;
	if (Number.isSafeInteger(number) && number >= least) return number;
	const wanted = `a whole number of at least ${least}${or}`;
	throw invalid(context, displayName, wanted, `It is "${String(value)}": write digits only.`);
}
