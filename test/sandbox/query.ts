import { ApiError } from './apiError';

/**
 * A number of the query string, undefined when it is not sent.
 * @throws Refusal 400 when it is not a number, or not a whole one from `lowest` where that is given
 */
export function queryNumber(
	query: Record<string, string>,
	name: string,
	lowest?: number,
): number | undefined {
	const text = query[name];
	if (text === undefined) return undefined;
	const value = Number(text);
	const isWrong = lowest !== undefined && (!Number.isInteger(value) || value < lowest);
	if (text.trim() === '' || !Number.isFinite(value) || isWrong) {
		const message = `${name} is not valid`;
		throw new ApiError(400, message, { fields: { [name]: message } });
	}
	return value;
}

/**
 * A day of the query string as `YYYY-MM-DD`, undefined when it is not sent.
 * @throws Refusal 400 when it is of another form or does not exist
 */
export function queryDay(query: Record<string, string>, name: string): string | undefined {
	const text = query[name];
	const day = text === undefined ? undefined : new Date(text);
	// An impossible day of a month becomes one of the next.
	const exists = day && !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text;
	if (!day || exists) return text;
	const message = `${name} must be a date as YYYY-MM-DD`;
	throw new ApiError(400, message, { fields: { [name]: message } });
}

/** Whether one of the texts contains what is looked for, whatever the case. */
export function contains(texts: Array<string | null>, wanted = ''): boolean {
	return texts.some((text) => text?.toLowerCase().includes(wanted.toLowerCase()));
}
