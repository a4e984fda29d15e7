import type { IDataObject } from 'n8n-workflow';

const VIETNAM_OFFSET_MS = 7 * 60 * 60 * 1000;
const PLAIN_DATE = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:?\d{2})$/;

/** Day, minute, seconds, fraction, zone by name, hours and minutes of a zone. */
const TIME =
	/^([12]\d{3}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?(\.\d+)? ?(?:(Z|UTC)|([+-]\d{2}):?(\d{2})?)?$/i;

/** How databases write that there is no time. */
const NO_TIME = /^\s*(0000-00-00.*)?$/;
const DONG = /\s*(?:VND|\u20ab|D)$/i;

/** 250 or 250 thousand: in Vietnam a dot separates thousands, elsewhere a comma does. */
const AMBIGUOUS = /^\d{1,3}[.,]\d{3}$/;
const UNGROUPED = /^(\d+)(?:[.,]0+)?$/;
const GROUPED = /^(\d{1,3}([.,'\s])\d{3}(?:\2\d{3})*)(?:(?!\2)[.,]0+)?$/;

/** Text without accents and other marks, d with a stroke as `d`, as banks write it; case and blanks as they are. */
export const withoutMarks = (text: unknown) =>
	String(text ?? '')
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.replace(/\u0111/g, 'd')
		.replace(/\u0110/g, 'D');

/**
 * Text as it is compared everywhere: letters and digits in capitals, without accents, blanks, dashes
 * and dots. Text that has neither letters nor digits stays as it is, so that it is not taken for none.
 */
export function normalizeCode(text: unknown): string {
	const plain = withoutMarks(text).toUpperCase().trim();
	return plain.replace(/[^\p{L}\p{N}]/gu, '') || plain;
}

/** Whether a text has a part of it, compared as {@link normalizeCode} does. */
export const contains = (text: unknown, part: unknown) =>
	normalizeCode(text).includes(normalizeCode(part));

/**
 * The calendar day in Vietnam (UTC+7, no daylight saving) that a date parameter stands for, as
 * `YYYY-MM-DD`. A value that names an instant (a DateTime, or text with an offset or Z) is converted;
 * one without a zone, as the date picker gives it, is taken as written.
 *
 * @returns undefined when the value is no date
 */
export function toVietnamDate(value: unknown): string | undefined {
	if (typeof value !== 'string') {
		return value instanceof Object ? vietnamDateAt(Number(value)) : undefined;
	}
	const text = value.trim();
	const [day] = /^\d{4}-\d{2}-\d{2}/.exec(text) ?? [];
	if (!day || vietnamDateAt(Date.parse(`${day}T00:00:00+07:00`)) !== day) return undefined;
	return PLAIN_DATE.test(text) ? day : vietnamDateAt(INSTANT.test(text) ? Date.parse(text) : NaN);
}

function vietnamDateAt(instant: number): string | undefined {
	if (!Number.isFinite(instant)) return undefined;
	return new Date(instant + VIETNAM_OFFSET_MS).toISOString().slice(0, 10);
}

/**
 * The moment, in epoch ms, that a time in an answer names: day and time with a blank or `T` between
 * them, in Vietnam time unless a zone follows (`Z`, `UTC`, `+07:00`, `+0700`, `+07`).
 *
 * @returns undefined when it is no such time
 */
export function instantOf(value: unknown): number | undefined {
	const [, day, minute, second = ':00', fraction = '', name, hours, minutes = '00'] =
		TIME.exec(textAsSent(value)?.trim() ?? '') ?? [];
	const written = `${day}T${minute}${second}`;
	const zone = hours ? `${hours}:${minutes}` : name ? 'Z' : '+07:00';
	const [instant, unzoned] = [`${fraction}${zone}`, 'Z'].map((end) => Date.parse(written + end));
	if (Number.isNaN(instant) || Number.isNaN(unzoned)) return undefined;
	// JavaScript takes 30 February for 2 March.
	return new Date(unzoned).toISOString().startsWith(written) ? instant : undefined;
}

/** The last instant (epoch ms) at which a year in Vietnam has four digits. */
export const MAX_INSTANT_MS = 253_402_275_599_000;

/** An instant (epoch ms) as ISO 8601 in Vietnam: `YYYY-MM-DDTHH:mm:ss+07:00`. */
export const isoTime = (instant: number): string =>
	`${toBankTime(instant).replace(' ', 'T')}+07:00`;

/** A time that {@link instantOf} reads as ISO 8601 with `+07:00`; other text as it came, nothing as null. */
export function toVietnamTime(value: unknown): string | null {
	if (typeof value !== 'string' || NO_TIME.test(value)) return null;
	const instant = instantOf(value);
	return instant === undefined ? value : isoTime(instant);
}

/** An instant (epoch ms) as a bank would report it: `YYYY-MM-DD HH:mm:ss`, Vietnam time. */
export function toBankTime(instant: number): string {
	const date = new Date(instant + VIETNAM_OFFSET_MS);
	return date.toISOString().slice(0, 19).replace('T', ' ');
}

/** A number that came as text such as `"18067000.00"`; what is none, or not exactly, as it came. */
export function toExactNumber<T>(value: T): T | number {
	if (typeof value !== 'string') return value;
	const number = Number(value);
	const digits = value.replace(/\.0+$/, '');
	return String(number) === digits && Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : value;
}

/**
 * The amount in whole VND that a number or text stands for, such as `"250000.00"`, `"1.250.000 VND"` or
 * `"250,000.00"`.
 *
 * @returns undefined for anything else, and for what can be read in two ways: `"250.000"`, `"250,000"`
 */
export function vndIn(value: unknown): number | undefined {
	const text = withoutMarks(value).trim().replace(DONG, '');
	if (AMBIGUOUS.test(text)) return undefined;
	const [, digits] = UNGROUPED.exec(text) ?? GROUPED.exec(text) ?? [];
	const amount = digits === undefined ? NaN : Number(digits.replace(/\D/g, ''));
	return Number.isSafeInteger(amount) ? amount : undefined;
}

/** Yes or no that came as a boolean, as 0 or 1, or as text of either; anything else as it came. */
export function toBoolean<T>(value: T): T | boolean {
	const text = String(value).toLowerCase();
	if (text === '1' || text === 'true') return true;
	if (text === '0' || text === 'false') return false;
	return value;
}

/** Whether a value is a number that is whole and exact. */
export const isExactInteger = (value: unknown): value is number => Number.isSafeInteger(value);

/** A plain value as the text that was sent; a number that lost digits on its way is worth nothing. */
export function textAsSent(value: unknown): string | null {
	if (value === undefined || typeof value === 'object') return null;
	return typeof value === 'number' && !isExactInteger(value) ? null : String(value);
}

/** Text, with nothing and the empty string both given as null. */
export function textOrNull(value: unknown): string | null {
	return value === undefined || value === null || value === '' ? null : String(value);
}

/**
 * Whether two texts are the same web address: the host in any case, with or without the default port
 * or a dot at its end; path and query as they are. Texts that are none are compared as they are.
 */
export function isSameUrl(a: unknown, b: unknown): boolean {
	return canonicalUrl(String(a)) === canonicalUrl(String(b));
}

/** One text for all forms of an address that {@link isSameUrl} takes for the same. */
export function canonicalUrl(text: string): string {
	if (!URL.canParse(text)) return text;
	const url = new URL(text);
	url.hostname = url.hostname.replace(/\.$/, '');
	return url.href;
}

export function isNonEmptyText(value: unknown): boolean {
	return typeof value === 'string' && value.trim() !== '';
}

export function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The fields of an object; of anything else none. */
export const fieldsOf = (value: unknown): IDataObject => (isObject(value) ? value : {});

/** The entries that were filled in; a list counts as such even when it is empty. */
export function omitEmpty(fields: unknown): IDataObject {
	return Object.fromEntries(
		Object.entries(fieldsOf(fields)).filter(
			([, value]) => Array.isArray(value) || String(value ?? '').trim() !== '',
		),
	);
}
