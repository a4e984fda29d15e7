import type { IDataObject } from 'n8n-workflow';

/** One page of a list, as far as the service tells. */
export interface Page {
	rows: IDataObject[];
	/** The number of rows in the whole list. */
	total?: number;
	perPage?: number;
	lastPage?: number;
}

export type FetchPage = (page: number, size: number) => Promise<Page>;

/** The largest page that clients of SePay's APIs are known to ask for. */
const LARGEST_PAGE = 100;
/** Pages asked for before their turn comes; enough to keep 3 calls a second going at 4 s an answer. */
const LOOK_AHEAD = 12;

/**
 * Reads a list page by page and gives the rows not seen before, told apart by `id`: rows move to
 * later pages while new ones come in at the top. Pages that are sure to be needed are asked for
 * ahead, as fast as the pace allows.
 *
 * When all rows are wanted and fewer distinct ones came than the service counts, the list is read
 * once more: pages that overtook each other may have hidden a row that was moving.
 *
 * @param wanted how many rows are sure to be needed: Infinity for all, 0 when it depends on them
 */
export async function* readPages(
	fetchPage: FetchPage,
	wanted: number,
): AsyncGenerator<IDataObject[]> {
	const size = wanted > 0 ? Math.min(LARGEST_PAGE, wanted) : LARGEST_PAGE;
	const seen = new Set<unknown>();
	let total = 0;
	for (let sweep = 1; sweep <= 2; sweep++) {
		total = Infinity;
		for await (const { rows, ...page } of readOnce(fetchPage, size, wanted, seen)) {
			total = Math.min(total, page.total ?? 0);
			yield rows;
		}
		if (wanted < Infinity || seen.size >= total) return;
	}
}

async function* readOnce(
	fetchPage: FetchPage,
	size: number,
	wanted: number,
	seen: Set<unknown>,
): AsyncGenerator<Page> {
	const coming: Array<Promise<Page>> = [];
	let asked = 0;
	let sure = 1;
	let idle = 0;
	for (let number = 1; ; number++) {
		while (asked < Math.max(number, Math.min(sure, number + LOOK_AHEAD))) {
			const ahead = fetchPage(++asked, size);
			ahead.catch(() => {}); // thrown when its turn comes
			coming.push(ahead);
		}
		const page = await coming.shift()!;
		const rows = page.rows.filter(({ id }) => !seen.has(id) && seen.add(id));
		yield { ...page, rows };

		idle = rows.length === 0 ? idle + 1 : 0;
		const more = page.lastPage === undefined ? idle === 0 : number < page.lastPage && idle < 2;
		if (page.rows.length === 0 || !more) return;
		sure = Math.min(page.lastPage ?? 0, Math.ceil(wanted / (page.perPage || size)));
	}
}

/** Collects the rows of a list that `keep` accepts until there are `limit` of them. */
export async function collectRows(
	fetchPage: FetchPage,
	limit: number,
	keep?: (row: IDataObject) => boolean,
): Promise<IDataObject[]> {
	const found: IDataObject[] = [];
	const wanted = keep && limit < Infinity ? 0 : limit;
	for await (const rows of readPages(fetchPage, wanted)) {
		found.push(...(keep ? rows.filter(keep) : rows));
		if (found.length >= limit) break;
	}
	return found.slice(0, limit);
}
