import { collectRows, readPages, type FetchPage, type OnIncomplete } from '../transport/paging';
import { toVietnamDate } from '../values';
import { compareByTime, fromList, type Transaction } from './transaction';

const PAGE = 100;

/** The reader of a list of transactions from that of its rows. */
export const transactionPages =
	(fetchPage: FetchPage): FetchPage<Transaction> =>
	async (number, size) => {
		const page = await fetchPage(number, size);
		return { ...page, rows: page.rows.map(fromList) };
	};

export type TransactionCollector = (
	fetchPage: FetchPage,
	limit: number,
	keep?: (transaction: Transaction) => boolean,
	onIncomplete?: OnIncomplete,
) => Promise<Transaction[]>;

export const collectTransactions: TransactionCollector = async (fetchPage, ...wanted) =>
	await collectRows(transactionPages(fetchPage), ...wanted);

const timeOf = ({ date }: Transaction) => String(date);
const numberOf = ({ id }: Transaction) => Number(id);

/** The order of transactions by their times or else by their IDs; undefined when it is neither. */
function orderOf(rows: Transaction[]): 'newestFirst' | 'oldestFirst' | undefined {
	for (const keyOf of [timeOf, numberOf]) {
		const pairs = rows.slice(1).map((row, index) => [keyOf(rows[index]), keyOf(row)]);
		const isRising = pairs.some(([before, after]) => before < after);
		const isFalling = pairs.some(([before, after]) => before > after);
		if (isRising !== isFalling) return isFalling ? 'newestFirst' : 'oldestFirst';
	}
	return undefined;
}

/**
 * The reader of a list of transactions from its newest end on. SePay does not say in which order it
 * lists: the first page of 100 tells. When its times or its IDs only fall, the list begins with the
 * newest. When they only rise, and the last page is later still, the pages are read from the last one
 * on. Otherwise, as also when SePay does not count the rows, the list is read as it is.
 *
 * @returns also whether the reader gives the newest first
 */
export async function fromNewest(
	fetchPage: FetchPage<Transaction>,
): Promise<{ read: FetchPage<Transaction>; isOrdered: boolean }> {
	const first = await fetchPage(1, PAGE);
	const fetched = new Map([[1, first]]);
	const fetchOnce = async (page: number) => {
		const known = fetched.get(page);
		fetched.delete(page);
		return known ?? (await fetchPage(page, PAGE));
	};
	const { rows, total } = first;
	const order = orderOf(rows);
	if (order !== 'oldestFirst' || total === undefined) {
		return { read: fetchOnce, isOrdered: order === 'newestFirst' };
	}
	const lastPage = Math.max(1, Math.ceil(total / rows.length));
	if (lastPage > 1) {
		const last = await fetchPage(lastPage, PAGE);
		fetched.set(lastPage, last);
		const isLater = last.rows.length > 0 && orderOf([rows.at(-1)!, ...last.rows]) === order;
		if (!isLater) return { read: fetchOnce, isOrdered: false };
	}
	const read: FetchPage<Transaction> = async (number) => {
		if (number > lastPage) return { rows: [], total };
		const page = await fetchOnce(lastPage + 1 - number);
		return { ...page, rows: [...page.rows].reverse(), lastPage };
	};
	return { read, isOrdered: true };
}

/** Of those that are wanted the newest `limit`, the newest first; those of one second as they are listed. */
function newestOf(rows: Transaction[], limit: number, keep?: (row: Transaction) => boolean) {
	const wanted = keep ? rows.filter(keep) : rows;
	const order = orderOf(wanted);
	if (order === 'newestFirst') return wanted.slice(0, limit);
	const oldestFirst = order ? wanted : [...wanted].sort(compareByTime);
	return oldestFirst.reverse().slice(0, limit);
}

/**
 * {@link collectRows} of transactions, the newest first, whatever order SePay lists them in. That the
 * first page falls proves nothing: SePay may list account by account. So SePay is asked how many
 * transactions there are since the day of the oldest one found; when it counts others, they are read.
 *
 * @param listFrom gives the reader of the same list from a day on, `2026-01-31` in Vietnam
 */
export function newestCollector(listFrom: (day: string) => FetchPage): TransactionCollector {
	return async (fetchPage, limit, keep, onIncomplete) => {
		if (limit === Infinity) {
			return newestOf(await collectTransactions(fetchPage, limit, keep, onIncomplete), limit);
		}
		const seen = new Map<unknown, Transaction>();
		let total: number | undefined;
		const noting =
			(read: FetchPage<Transaction>): FetchPage<Transaction> =>
			async (number, size) => {
				const page = await read(number, size);
				total = page.total;
				for (const row of page.rows) seen.set(row.id || row, row);
				return page;
			};
		const newest = () => newestOf([...seen.values()], limit, keep);

		const { read, isOrdered } = await fromNewest(transactionPages(fetchPage));
		await collectRows(noting(read), isOrdered ? limit : Infinity, keep, onIncomplete);
		const found = newest();
		const isWhole = !isOrdered || found.length < limit || seen.size === total;
		const day = isWhole ? undefined : toVietnamDate(timeOf(found[found.length - 1]));
		if (!day) return found;

		const seenSince = () =>
			[...seen.values()].filter((row) => toVietnamDate(timeOf(row))! >= day).length;
		const reading = readPages(noting(transactionPages(listFrom(day))), Infinity, onIncomplete);
		while (!(await reading.next()).done) if (seenSince() === total) break;
		return newest();
	};
}
