import type { IDataObject } from 'n8n-workflow';

/** One page of a list, as far as the service tells. */
export interface Page {
	rows: IDataObject[];
	/** The number of rows in the whole list. */
	total?: number;
	perPage?: number;
	lastPage?: number;
}

export interface FetchPage {
	(page: number, size: number): Promise<Page>;
	/** The most rows a page may have; without it 100, which clients of SePay's APIs are known to ask for. */
	largest?: number;
}

/** Pages asked for before their turn comes; enough to keep 3 calls a second going at 4 s an answer. */
const LOOK_AHEAD = 12;

/** What tells a row from the others, by the names that the services have for it. */
const idOf = ({ id, xid, transaction_id }: IDataObject) => id ?? xid ?? transaction_id;

/**
 * Reads a list page by page and gives the rows not seen before, told apart by their IDs: rows move to
 * later pages while new ones come in at the top. Pages that are sure to be needed are asked for
 * ahead, as fast as the pace allows. Ends after the last page, an empty one, or one that repeats.
 *
 * @param wanted how many rows are sure to be needed: Infinity for all, 0 when it depends on them
 */
export async function* readPages(
	fetchPage: FetchPage,
	wanted: number,
): AsyncGenerator<IDataObject[]> {
	const { largest = 100 } = fetchPage;
	const size = wanted > 0 ? Math.min(largest, wanted) : largest;
	const seen = new Set<unknown>();
	const coming: Array<Promise<Page>> = [];
	let asked = 0;
	let sure = 1;
	let total: number | undefined;
	let shown = '';
	for (let number = 1; ; number++) {
		while (asked < Math.max(number, Math.min(sure, number + LOOK_AHEAD))) {
			const ahead = fetchPage(++asked, size);
			ahead.catch(() => {}); // thrown when its turn comes
			coming.push(ahead);
		}
		let page = await coming.shift()!;
		// Fewer rows in all than on the page before: it was answered earlier than that one, and rows
		// that have moved on to it since would be missing.
		if (page.total! < total!) page = await fetchPage(number, size);

		yield page.rows.filter((row) => {
			const id = idOf(row);
			return id === undefined || (!seen.has(id) && seen.add(id));
		});

		const content = page.rows.map((row) => idOf(row) ?? JSON.stringify(row)).join();
		const repeated = content === shown && page.total === total;
		if (page.rows.length === 0 || repeated || number >= (page.lastPage ?? Infinity)) return;
		shown = content;
		total = page.total;
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
