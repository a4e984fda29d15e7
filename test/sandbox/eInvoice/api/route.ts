import type { Answer } from '../../answers';
import type { EndpointCall } from '../../endpoint';
import { pageOf } from '../../paging';
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

/** The page of rows that is asked for, each shown as `show` says. */
export function listed<T>(
	rows: T[],
	query: Record<string, string>,
	{ variants }: State,
	defaultSize: string,
	show: (row: T) => object,
): Answer {
	const asked = { per_page: defaultSize, ...query };
	const page = pageOf(rows, asked, 'per_page', variants.maxPerPage);
	const data = {
		paging: {
			per_page: page.size,
			total: page.total,
			has_more: page.page < page.pages,
			current_page: page.page,
			page_count: page.pages,
		},
		items: page.rows.map(show),
	};
	return json(200, { ...(variants.listEnvelope === 'success' && { success: true }), data });
}
