import { toBoolean, toVietnamDate, vndIn, withoutMarks } from '../values';
import { parameterError, type ItemContext } from './parameterError';

/**
 * The one ID in a value, without the blanks around it.
 *
 * @param expected what IDs look like, in words that follow "must be"
 * @throws NodeOperationError when it does not match
 */
export function parseId(
	context: ItemContext,
	displayName: string,
	value: unknown,
	pattern: RegExp,
	expected: string,
): string {
	const id = String(value ?? '').trim();
	if (pattern.test(id)) return id;
	const hint = id
		? `It is "${id}".`
		: "No value. Choose one from the list, or check the expression's result.";
	throw parameterError(context, displayName, expected, hint);
}

/** How many days ago it was, by what people and AI agents call it, in English and Vietnamese. */
const DAYS_AGO: Record<string, number> = { today: 0, 'hom nay': 0, yesterday: 1, 'hom qua': 1 };
const DAY_MS = 24 * 60 * 60 * 1000;

/** The day that a date parameter stands for, as SePay takes it: `YYYY-MM-DD` in Vietnam. */
export function parseDate(context: ItemContext, displayName: string, value: unknown): string {
	const daysAgo = DAYS_AGO[withoutMarks(value).trim().toLowerCase()];
	const dayBefore = (days: number) => toVietnamDate(new Date(Date.now() - days * DAY_MS))!;
	const parsed = daysAgo === undefined ? toVietnamDate(value) : dayBefore(daysAgo);
	if (parsed) return parsed;
	const hint = `It is "${String(value)}". Today is ${dayBefore(0)} in Vietnam.`;
	throw parameterError(context, displayName, 'a date like 2026-01-31', hint);
}

/** An amount in whole VND, given as a number or as text that can be read in one way ({@link vndIn}). */
export function parseVnd(context: ItemContext, displayName: string, value: unknown) {
	const parsed = vndIn(value);
	if (parsed !== undefined) return parsed;
	const hint = `It is "${String(value)}". Use digits only: no separators, no decimals.`;
	throw parameterError(context, displayName, 'a whole amount in VND like 500000', hint);
}

/** Refuses a range whose ends are reversed: two days as the service takes them, or two numbers. */
export function assertRange(
	context: ItemContext,
	[firstName, first]: [displayName: string, value: unknown],
	[lastName, last]: [displayName: string, value: unknown],
): void {
	const [low, high] = [first ?? '', last ?? ''] as [string | number, string | number];
	if (low === '' || high === '' || low <= high) return;
	const [expected, note] =
		typeof low === 'number' ? ['at most', ''] : ['on or before', ' (days in Vietnam)'];
	const span = `It is ${low}, but ${lastName} is ${high}${note}.`;
	throw parameterError(context, firstName, `${expected} ${lastName}`, span);
}

/** Refuses an update of nothing. */
export function assertChanges(context: ItemContext, body: unknown): void {
	if (Object.keys(Object(body)).length > 0) return;
	throw parameterError(context, 'Update Fields', 'filled in', 'Add at least one field to change.');
}

/** Yes or no, also as text or 0 and 1. */
export function parseBoolean(context: ItemContext, displayName: string, value: unknown): boolean {
	const parsed = toBoolean(value);
	if (typeof parsed === 'boolean') return parsed;
	throw parameterError(context, displayName, 'true or false', `It is "${String(value)}".`);
}

/** A whole number, as a number or digits ("1.000" is a thousand to some, one to others); `or` says what else would do. */
export function parseInteger(
	context: ItemContext,
	displayName: string,
	value: unknown,
	minimum: number,
	or = '',
): number {
	const number = /^\d+$/.test(String(value).trim()) ? Number(value) : NaN;
	if (Number.isSafeInteger(number) && number >= minimum) return number;
	const expected = `a whole number of at least ${minimum}${or}`;
	const hint = `It is "${String(value)}". Use digits only.`;
	throw parameterError(context, displayName, expected, hint);
}
