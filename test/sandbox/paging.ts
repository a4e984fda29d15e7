import { success, type Answer } from './answers';
import { queryNumber } from './query';
import type { EmptyList, LastPage, Order, Variants } from './variants';

const DEFAULT_PAGE_SIZE = 20;

/** The rows, given in the order of their ids, in the order of the variant. */
export function ordered<T>(rows: T[], { order }: { order: Order }): T[] {
	if (order === 'oldestFirst') return [...rows];
	if (order === 'newestFirst') return [...rows].reverse();
	const place = (index: number) => (index * 7919) % 101;
	return rows
		.map((row, index) => ({ row, index }))
		.sort((a, b) => place(a.index) - place(b.index))
		.map(({ row }) => row);
}

/** The rows of a page as the variant writes them. */
export const written = (rows: unknown[], { emptyList }: { emptyList: EmptyList }): unknown =>
	rows.length > 0 ? rows : { list: rows, null: null, object: {} }[emptyList];

/** `last_page` of a page as the variant reckons it. */
export function claimedPages<T>({ pages, total, asked }: Page<T>, lastPage: LastPage): number {
	if (lastPage === 'oneTooFew') return Math.max(1, pages - 1);
	return lastPage === 'right' ? pages : Math.max(1, Math.ceil(total / asked));
}

/** A page of rows and where it stands. */
export interface Page<T> {
	rows: T[];
	/** From 1. */
	page: number;
	/** Rows that were asked for. */
	asked: number;
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
	const asked = queryNumber(query, sizeName, 1) ?? DEFAULT_PAGE_SIZE;
	const size = Math.min(asked, largest);
	return {
		rows: rows.slice((page - 1) * size, page * size),
		page,
		asked,
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
		last_page: claimedPages(found, variants.lastPage),
	};
	return success(
		written(found.rows, variants),
		variants,
		meta === 'present' ? { pagination } : undefined,
	);
}
