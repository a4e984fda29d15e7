import { success, type Answer } from './answers';
import { queryNumber } from './query';
import type { Variants } from './variants';

const DEFAULT_PAGE_SIZE = 20;

/** The rows, given in the order of their ids, in the order of the variant. */
export function ordered<T>(rows: T[], variants: Variants): T[] {
	return variants.order === 'newestFirst' ? [...rows].reverse() : rows;
}

/** A page of rows and where it stands. */
export interface Page<T> {
	rows: T[];
	/** From 1. */
	page: number;
	/** Rows on a full page. */
	size: number;
	/** Rows on all pages. */
	total: number;
	/** How many pages there are, at least one. */
	pages: number;
}

/**
 * The page that `page` (from 1) and the parameter `sizeName` ask for; a size above `largest` is cut
 * down to it.
 * @throws Refusal 400 when one of them is not a whole number from 1
 */
export function pageOf<T>(
	rows: T[],
	query: Record<string, string>,
	sizeName: string,
	largest: number,
): Page<T> {
	const page = queryNumber(query, 'page', 1) ?? 1;
	const size = Math.min(queryNumber(query, sizeName, 1) ?? DEFAULT_PAGE_SIZE, largest);
	return {
		rows: rows.slice((page - 1) * size, page * size),
		page,
		size,
		total: rows.length,
		pages: Math.max(1, Math.ceil(rows.length / size)),
	};
}

/** The page of the rows that `page` and `limit` ask for, with paging `meta`. */
export function paged<T>(
	rows: T[],
	query: Record<string, string>,
	variants: Variants,
	meta = variants.meta,
): Answer {
	const found = pageOf(ordered(rows, variants), query, 'limit', variants.maxPerPage);
	const pagination = {
		total: found.total,
		per_page: found.size,
		current_page: found.page,
		last_page: found.pages,
	};
	return success(found.rows, variants, meta === 'present' ? { pagination } : undefined);
}
