import type { Answer } from '../../answers';
import { ApiError } from '../../apiError';
import type { EndpointCall } from '../../endpoint';
import { pageOf, type Page } from '../../paging';
import { refuse } from '../../rules';
import { json } from '../answers';
import type { State } from '../state';

/** One endpoint under `/v1`. */
export interface Route {
	method: 'get' | 'post';
	path: string;
	/** True for the one endpoint that takes no access token. */
	open?: true;
	handle: (call: EndpointCall, state: State) => Answer | Promise<Answer>;
}

/**
 * The row whose xid it is.
 * @param what names it in the refusal
 * @throws Refusal 404
 */
export function rowOf<T extends { xid: string }>(rows: T[], xid: unknown, what: string): T {
	const row = rows.find((candidate) => candidate.xid === xid);
	if (!row) throw new ApiError(404, `Không tìm thấy ${what}`);
	return row;
}

/** The page that is asked for, the newest rows first, with its size and the number of pages as they are told. */
export function newestPage<T>(rows: T[], query: Record<string, string>, state: State): Page<T> {
	const { pageSizeName, maxPerPage, largePage, pageCount } = state.variants;
	if (largePage === 'refuse' && Number(query[pageSizeName]) > maxPerPage) {
		refuse({ [pageSizeName]: `must not be above ${maxPerPage}` });
	}
	const asked = pageOf([...rows].reverse(), query, pageSizeName, Infinity);
	const page = pageOf([...rows].reverse(), query, pageSizeName, maxPerPage);
	const told = {
		documented: { size: page.size, pages: page.pages },
		oneTooFew: { size: page.size, pages: Math.max(1, page.pages - 1) },
		ofAskedSize: { size: asked.size, pages: asked.pages },
	};
	return { ...page, ...told[pageCount] };
}

/** A page of a list, with what the variant leaves of its `meta`. */
export function paged(data: unknown[], meta: object, { variants }: State): Answer {
	return json(200, { data, ...(variants.meta === 'present' && { meta }) });
}

/** A page of companies or bank accounts. */
export function listed({ rows, page, size, total, pages }: Page<object>, state: State): Answer {
	const meta = {
		per_page: size,
		total,
		has_more: page < pages,
		current_page: page,
		page_count: pages,
	};
	return paged(rows, meta, state);
}
