import type { Parser } from '../../../../nodes/shared/operations/fields';
import { parameterError } from '../../../../nodes/shared/operations/parameterError';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const LOCAL_TIME = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/i;

/** A DateTime of n8n, a Date or text as the text in ISO 8601 that stands for it. */
function toIsoText(value: unknown): string {
	const { toJSON } = Object(value) as { toJSON?: () => unknown };
	return String(toJSON ? toJSON.call(value) : value).trim();
}

const isDay = (text: string) =>
	DAY.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true;

/** What a clock in a time zone shows at an instant, as text in ISO 8601 without a zone. */
function localTimeAt(instant: number, timeZone: string): string {
	// In Swedish, dates are written as in ISO 8601.
	return new Date(instant).toLocaleString('sv-SE', { timeZone }).replace(' ', 'T');
}

/** The instant at which a clock in a time zone shows a time, in epoch ms. */
function toInstant(local: string, timeZone: string): number {
	const wanted = Date.parse(`${local}Z`);
	const ahead = (instant: number) =>
		Date.parse(`${localTimeAt(instant, timeZone)}Z`) - Math.floor(instant / 1000) * 1000;
	const guess = wanted - ahead(wanted);
	return wanted - ahead(guess);
}

/**
 * A calendar day as `YYYY-MM-DD`. A date or a time without a zone, or with an offset, counts as
 * written; one in UTC (`Z`) is the day in the time zone of the workflow.
 */
export const parseDay: Parser = (context, displayName, value) => {
	const text = toIsoText(value);
	const isUtc = /Z$/i.test(text) && INSTANT.test(text) && isDay(text.slice(0, 10));
	const day = (isUtc ? localTimeAt(Date.parse(text), context.getTimezone()) : text).slice(0, 10);
	if ((LOCAL_TIME.test(text) || INSTANT.test(text)) && isDay(day)) return day;
	throw parameterError(context, displayName, 'a date like 2026-01-31', `It is "${text}".`);
};

/**
 * An instant as UTC in ISO 8601. UTC stays as it is, since Payt's own times have more digits than
 * milliseconds; a time without a zone is one of the workflow's time zone.
 */
export const parseDateTime: Parser = (context, displayName, value) => {
	const text = toIsoText(value).replace(' ', 'T');
	const local = DAY.test(text) ? `${text}T00:00:00` : text;
	if (isDay(text.slice(0, 10))) {
		if (INSTANT.test(text) && !Number.isNaN(Date.parse(text))) {
			return /Z$/i.test(text) ? text : new Date(text).toISOString();
		}
		if (LOCAL_TIME.test(text) && !Number.isNaN(Date.parse(`${local}Z`))) {
			return new Date(toInstant(local, context.getTimezone())).toISOString();
		}
	}
	const wanted = 'a date and time like 2026-01-31T12:00:00Z';
	throw parameterError(context, displayName, wanted, `It is "${toIsoText(value)}".`);
};

/** An amount as text with two decimals, given as a number or text that has two of them at most. */
export const parseAmount: Parser = (context, displayName, value) => {
	const text = String(value).trim();
	const [, minus, whole, cents = ''] = /^(-?)0*(\d+)(?:\.(\d{1,2}))?$/.exec(text) ?? [];
	const isExact = typeof value !== 'number' || Math.abs(value) < Number.MAX_SAFE_INTEGER / 100;
	if (whole !== undefined && isExact) return `${minus}${whole}.${cents.padEnd(2, '0')}`;
	const hint = !isExact
		? 'The number is too large to be exact. Enter it as text.'
		: /^-?\d+,\d{1,2}$/.test(text)
			? `It is "${text}". Write ${text.replace(',', '.')}, with a point.`
			: `It is "${text}". Use a point, up to two decimals, and no other separators. {{ number.toFixed(2) }} rounds a result.`;
	throw parameterError(context, displayName, 'an amount like 12.50', hint);
};
