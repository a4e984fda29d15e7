import { success, type Answer } from './answers';
import { Refusal } from './refusal';
import type { Variants } from './variants';

const DEFAULT_PAGE_SIZE = 20;

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
		throw new Refusal(400, message, { fields: { [name]: message } });
	}
	return value;
}

/** The rows, given in the order of their ids, in the order of the variant. */
export function ordered<T>(rows: T[], variants: Variants): T[] {
	return variants.order === 'newestFirst' ? [...rows].reverse() : rows;
}

/** The page of the rows that `page` (from 1) and `limit` ask for, with paging `meta`. */
export function paged<T>(
	rows: T[],
	query: Record<string, string>,
	variants: Variants,
	meta = variants.meta,
): Answer {
	const page = queryNumber(query, 'page', 1) ?? 1;
	const limit = queryNumber(query, 'limit', 1) ?? DEFAULT_PAGE_SIZE;
	const size = Math.min(limit, variants.maxPerPage);
	const pagination = {
		total: rows.length,
		per_page: size,
		current_page: page,
		last_page: Math.max(1, Math.ceil(rows.length / size)),
	};
	const data = ordered(rows, variants).slice((page - 1) * size, page * size);
	return success(data, variants, meta === 'present' ? { pagination } : undefined);
}
