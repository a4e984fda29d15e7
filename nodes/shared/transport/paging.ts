import type { IDataObject } from 'n8n-workflow';

/** One page of a list, as far as the service tells. */
export interface Page<Row = IDataObject> {
	rows: Row[];
	total?: number;
	perPage?: number;
	lastPage?: number;
	/** Whether the service says that nothing follows, as one does that gives a cursor for more. */
	isLast?: boolean;
}

export interface FetchPage<Row = IDataObject> {
	(page: number, size: number): Promise<Page<Row>>;
	/** The most rows a page may have; without it 100, which clients of SePay's APIs are known to ask for. */
	largest?: number;
}

/** Pages asked for before their turn comes; enough to keep 3 calls a second going at 4 s an answer. */
const MAX_PREFETCHED_PAGES = 12;

function idOf({ id, xid, transaction_id, reference_code }: IDataObject) {
	const known = id ?? xid ?? transaction_id ?? reference_code;
	return known === '' ? undefined : known;
}

/** Takes the rows whose ID is not yet in the set, which has it then, and those without an ID. */
const isNewIn = (ids: Set<unknown>) => (row: IDataObject) => {
	const id = idOf(row);
	return id === undefined || (!ids.has(id) && ids.add(id) === ids);
};

/** What to do about a list that ended before `total` rows had come, of which `listed` did. */
export type OnIncomplete = (listed: number, total: number) => void;

/**
 * Reads a list page by page and gives the rows not seen before, told apart by their IDs: rows move to
 * later pages while new ones come in at the top. Pages that are sure to be needed are asked for
 * ahead, as fast as the pace allows.
 *
 * The list has ended when as many rows came as the service counts, on whichever page. Without a count,
 * or with one that the rows exceed, it ends with an empty page or one that brings nothing new. Rows that
 * come in meanwhile are not waited for. When the list ends too early, or rows went from it, which moves
 * others to pages that were read before, it is read once more from its beginning.
 *
 * If rows are missing even then, the service counts too many or lists too few; `onIncomplete` decides:
 * a trigger goes on with what came, and Return All fails rather than pass for the whole list.
 *
 * @param wanted how many rows are sure to be needed: Infinity for all, 0 when it depends on them
 */
export async function* readPages<Row extends IDataObject>(
	fetchPage: FetchPage<Row>,
	wanted: number,
	onIncomplete: OnIncomplete = () => {},
): AsyncGenerator<Row[]> {
	const given = new Set<unknown>();
	const first = yield* readOnce(fetchPage, wanted, given);
	if (!first.isDoubtful) return;
	// Rows without an ID would be given twice.
	const last = first.hasIds ? yield* readOnce(fetchPage, wanted, given) : first;
	const listed = Math.max(last.listed, given.size);
	if (listed < last.total) onIncomplete(listed, last.total);
}

/** @returns how many rows came, of how many, and whether some may be missing */
async function* readOnce<Row extends IDataObject>(
	fetchPage: FetchPage<Row>,
	wanted: number,
	given: Set<unknown>,
) {
	const { largest = 100 } = fetchPage;
	const size = wanted > 0 ? Math.min(largest, wanted) : largest;
	const seen = new Set<unknown>();
	const coming: Array<Promise<Page<Row>>> = [];
	let asked = 0;
	let sure = 1;
	let total: number | undefined;
	/** The rows that were in the list all the time. */
	let lasting = Infinity;
	let listed = 0;
	let haveGone = false;
	let hasIds = true;
	let shown = '';
	for (let number = 1; ; number++) {
		while (asked < Math.max(number, Math.min(sure, number + MAX_PREFETCHED_PAGES))) {
			const ahead = fetchPage(++asked, size);
			ahead.catch(() => {}); // thrown when its turn comes
			coming.push(ahead);
		}
		let page = await coming.shift()!;
		// Fewer rows in all than on the page before: it was answered earlier than that one, and rows
		// that have moved on to it since would be missing.
		if (page.total! < total!) page = await fetchPage(number, size);
		haveGone ||= page.total! < total!;

		hasIds &&= page.rows.every((row) => idOf(row) !== undefined);
		const fresh = page.rows.filter(isNewIn(seen));
		listed += fresh.length;
		lasting = Math.min(lasting, page.total ?? Infinity);
		yield fresh.filter(isNewIn(given));

		const content = page.rows.map((row) => idOf(row) ?? JSON.stringify(row)).join();
		const repeated = content === shown && page.total === total;
		const isCounted = listed >= lasting && listed <= page.total!;
		const isLast = number >= (page.lastPage ?? 0) && (isCounted || fresh.length === 0);
		if (page.isLast || page.rows.length === 0 || repeated || isLast) {
			const isShort = lasting < Infinity && listed < lasting;
			return { listed, total: lasting, hasIds, isDoubtful: isShort || haveGone };
		}
		shown = content;
		total = page.total;
		sure = Math.min(page.lastPage ?? 0, Math.ceil(wanted / (page.perPage || size)));
	}
}

/** Collects the rows that `keep` accepts until there are `limit`; `onIncomplete` as for {@link readPages}. */
export async function collectRows<Row extends IDataObject>(
	fetchPage: FetchPage<Row>,
	limit: number,
	keep?: (row: Row) => boolean,
	onIncomplete?: OnIncomplete,
): Promise<Row[]> {
	const found: Row[] = [];
	const wanted = keep && limit < Infinity ? 0 : limit;
	for await (const rows of readPages(fetchPage, wanted, onIncomplete)) {
		found.push(...(keep ? rows.filter(keep) : rows));
		if (found.length >= limit) break;
	}
	return found.slice(0, limit);
}
