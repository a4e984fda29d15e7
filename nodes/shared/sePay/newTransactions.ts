import { NodeOperationError, type IAllExecuteFunctions, type IDataObject } from 'n8n-workflow';
import { collectRows, readPages, type FetchPage } from '../transport/paging';
import { normalizeCode, textOrNull, toExactNumber, toVietnamDate } from '../values';
import { dataSourceKey, isTokenAuth, pageReader } from './authentication';
import { fromNewest, transactionPages } from './newestFirst';
import { compareByTime, matches, type Transaction, type TransactionFilters } from './transaction';

/**
 * What is known of the list of transactions: plain JSON, replaced as a whole after each reading. About
 * 10 bytes, or 40 with UUIDs, for each transaction of the days from `from` on: as a rule the newest day
 * with transactions and the {@link LATE_ARRIVAL_DAYS} before it, never more than the look-back.
 */
export interface Cursor {
	/** The first day (Vietnam) that is listed; it only moves forward. */
	from: string;
	/** The IDs known, by the day of the transaction. */
	known: Record<string, unknown[]>;
	filters: TransactionFilters;
	/** Whose list it is: {@link dataSourceKey}. */
	source: string;
	/** The hour (UTC) in which the list was last read from end to end. */
	wholeAt: string;
	/** The ID of the newest transaction last read; where SePay lists what comes after one. */
	cursor?: IDataObject[string];
}

export interface NewTransactionsOptions {
	filters: TransactionFilters;
	/** Transactions of earlier days than these are not looked for, however long the pause was. */
	lookBackDays: number;
}

export interface NewTransactions {
	/** The oldest first. */
	rows: Transaction[];
	/** The mark for the next reading; keep it together with handing the rows on, or not at all. */
	mark: Cursor;
}

/** Transactions may come into the list dated up to this many days before the newest one known. */
export const LATE_ARRIVAL_DAYS = 3;
const MAX_READS = 3;
/** The pages in which the newest transactions are looked for: a part of one, and a whole one. */
const NEWEST_PAGES = 3;

/**
 * Lists the transactions that came into SePay's list since the mark was made, each once.
 *
 * A transaction is new when its ID is not in the mark, wherever it is listed. IDs are remembered for as
 * long as their day can be listed again, and the first day listed moves only once every row that SePay
 * counts has been seen. So a row that comes late (dated up to {@link LATE_ARRIVAL_DAYS} days before the
 * newest one, in any order) is found, and none is found twice.
 *
 * Changed filters hold for what comes after the change. When the credential or its address changed and
 * the list has none of the known rows, it is another company's: all of it is taken as known.
 *
 * One call is enough while SePay counts exactly the known rows; once an hour the list is read from end
 * to end all the same, in case one row went and another came. With an API token SePay is asked first
 * for what comes after the cursor, which leaves less to read but proves nothing: no document says in
 * which order rows come after each other, nor what comes after one that is gone.
 *
 * The caller keeps calls with one mark from overlapping (`withLock`), and stores the new mark only
 * together with handing the rows on: the old mark gives them again.
 *
 * @param mark undefined at the first time: everything listed is then taken as known
 * @throws NodeApiError when a call fails
 */
export async function readNewTransactions(
	this: IAllExecuteFunctions,
	mark: Cursor | undefined,
	wanted: NewTransactionsOptions,
): Promise<NewTransactions> {
	const list = pagesFor.bind(this);
	return await readNewRows(list, mark, wanted, await dataSourceKey(this), isTokenAuth(this));
}

/** The newest transactions that are wanted, the newest first, among the last two hundred or so. */
export async function readNewestTransactions(
	this: IAllExecuteFunctions,
	filters: TransactionFilters,
	limit: number,
): Promise<Transaction[]> {
	const { read } = await fromNewest(transactionPages(pagesFor.call(this, toQuery(filters))));
	const found: Transaction[] = [];
	let pages = 0;
	for await (const rows of readPages(read, 0)) {
		found.push(...rows.filter((row) => matches(filters, row)));
		if (found.length >= limit || ++pages === NEWEST_PAGES) break;
	}
	return sortByTime(found).reverse().slice(0, limit);
}

/** The query of those filters that SePay itself has. */
export function toQuery({ bankAccountIds, accountNumber }: TransactionFilters): IDataObject {
	return {
		...(bankAccountIds?.length === 1 && { bank_account_id: bankAccountIds[0] }),
		...(accountNumber && { account_number: normalizeCode(accountNumber) }),
	};
}

/** With an API token SePay has no filter by account number, and the list is sorted as it is told. */
const tokenApiQuery = ({ from_date, bank_account_id, since_id }: IDataObject): IDataObject => ({
	transaction_date_from: from_date && `${String(from_date)} 00:00:00`,
	bank_account_id,
	since_id,
	transaction_date_sort: 'desc',
});

function pagesFor(this: IAllExecuteFunctions, query: IDataObject): FetchPage {
	const qs = isTokenAuth(this) ? tokenApiQuery(query) : query;
	const fetchPage = pageReader.call(this, { url: '/transactions', qs });
	return async (number, size) => {
		const page = await fetchPage(number, size);
		if (page.rows.every(({ id }) => textOrNull(id) !== null)) return page;
		throw new NodeOperationError(this.getNode(), 'SePay returned a transaction without an ID', {
			description:
				'Without an ID, the node cannot tell whether the transaction is new. Contact SePay support.',
		});
	};
}

type ListTransactions = (query: IDataObject) => FetchPage;

/** {@link readNewTransactions} on any source; `hasCursor` if `since_id` in the query lists what comes after that ID. */
export async function readNewRows(
	list: ListTransactions,
	mark: Cursor | undefined,
	wanted: NewTransactionsOptions,
	source: string,
	hasCursor = false,
): Promise<NewTransactions> {
	const { filters, lookBackDays } = wanted;
	const now = new Date(Date.now());
	const today = toVietnamDate(now)!;
	const hour = now.toISOString().slice(0, 13);
	const lateDays = Math.min(LATE_ARRIVAL_DAYS, lookBackDays);
	const from = mark ? laterOf(mark.from, addDays(today, -lookBackDays)) : addDays(today, -lateDays);
	const refiltered = !!mark && JSON.stringify(mark.filters) !== JSON.stringify(filters);
	const moved = !!mark && mark.source !== source;
	const whole = !mark || refiltered || moved || mark.wholeAt !== hour;

	const dayOf = new Map(
		Object.entries(mark?.known ?? {}).flatMap(([day, ids]) => ids.map((id) => [id, day])),
	);
	const isKnown = (row: Transaction) => dayOf.has(storedIdOf(row));
	const expected = whole ? NaN : [...dayOf.values()].filter((day) => day >= from).length;
	const query = { from_date: from, ...toQuery(filters) };
	const after = whole ? [] : await readRowsAfter(mark.cursor, list, query);
	const fetchPage = transactionPages(list(query));
	let found = await readUntil(fetchPage, isKnown, expected, after);
	// What such a reading misses would later be taken for new.
	const isNeeded = () => (!mark || refiltered || found.isUncounted) && !found.accounted;
	for (let tried = 1; isNeeded() && tried < MAX_READS; tried++) {
		const again = await readUntil(fetchPage, isKnown, expected, after);
		const isSame = idsOf(again.listed) === idsOf(found.listed);
		found = { ...again, accounted: again.accounted || (again.isUncounted && isSame) };
	}
	const { listed, fresh, accounted } = found;
	if (moved && fresh.length === listed.length)
		return await readNewRows(list, undefined, wanted, source, hasCursor);

	// IDs outside the new filters would not be listed any more, and the count never come right.
	if (refiltered && accounted) dayOf.clear();
	// The bank may correct a date: what counts is the day under which the row is listed now.
	for (const row of listed) dayOf.set(storedIdOf(row), toVietnamDate(row.date) ?? today);

	// A date in the future, by whatever mistake, must not push the days between out of sight.
	const newest = [...dayOf.values()].filter((day) => day <= today).reduce(laterOf, '');
	const nextFrom = accounted && newest ? laterOf(from, addDays(newest, -lateDays)) : from;
	const known: Cursor['known'] = {};
	for (const [id, day] of dayOf) if (day >= nextFrom) (known[day] ??= []).push(id);

	const last = sortByTime(listed).at(-1);
	const isNew = (row: Transaction) =>
		!!mark && matches(filters, row) && (!refiltered || matches(mark.filters, row));
	return {
		rows: sortByTime(fresh.filter(isNew)),
		mark: {
			from: nextFrom,
			known,
			filters: mark && !accounted ? mark.filters : filters,
			source,
			wholeAt: whole ? hour : mark.wholeAt,
			...(hasCursor && { cursor: last ? storedIdOf(last) : mark?.cursor }),
		},
	};
}

/** The count on which all pages agree: a row that goes while pages are turned hides another one. */
const agreedTotal = (totals: Set<number | undefined>) =>
	totals.size === 1 ? [...totals][0] : undefined;

/** Reads a list to its end, or until all rows that the service counts are known or read; `ahead` were read before. */
async function readUntil(
	fetchPage: FetchPage<Transaction>,
	isKnown: (row: Transaction) => boolean,
	expected: number,
	ahead: Transaction[] = [],
) {
	const totals = new Set<number | undefined>();
	let isPastEnd = false;
	const counting: FetchPage<Transaction> = async (page, size) => {
		const answer = await fetchPage(page, size);
		totals.add(answer.total);
		isPastEnd = answer.rows.length === 0;
		return answer;
	};
	const listed = [...ahead];
	const fresh = ahead.filter((row) => !isKnown(row));
	const seen = new Set(fresh.map(storedIdOf));
	for await (const rows of readPages(counting, Infinity)) {
		listed.push(...rows);
		fresh.push(...rows.filter((row) => !isKnown(row) && !seen.has(storedIdOf(row))));
		if (agreedTotal(totals) === expected + fresh.length) {
			return { listed, fresh, accounted: true, isUncounted: false };
		}
	}
	// Without a count, a page that brings nothing new may be one that rows moved to meanwhile: it is the
	// end when the list reads the same once more, as where SePay repeats a page for those behind the last.
	const isUncounted = totals.size === 1 && totals.has(undefined);
	const accounted = isUncounted ? isPastEnd : agreedTotal(totals) === listed.length - ahead.length;
	return { listed, fresh, accounted, isUncounted };
}

const INVALID_CURSOR_STATUSES = ['400', '404', '422'];

/** What comes after the cursor, as SePay sees it; nothing when there is none or SePay does not know it. */
async function readRowsAfter(
	cursor: Cursor['cursor'],
	list: ListTransactions,
	query: IDataObject,
): Promise<Transaction[]> {
	if (cursor === undefined) return [];
	const fetchPage = transactionPages(list({ ...query, since_id: cursor }));
	return await collectRows(fetchPage, Infinity).catch((error) => {
		if (INVALID_CURSOR_STATUSES.includes(String(error.httpCode))) return [];
		throw error;
	});
}

const storedIdOf = ({ id }: Transaction) => toExactNumber(id);
const idsOf = (rows: Transaction[]) => rows.map(storedIdOf).join();
const laterOf = (a: string, b: string) => (a > b ? a : b);

function addDays(day: string, days: number): string {
	const date = new Date(`${day}T00:00:00Z`);
	date.setUTCDate(date.getUTCDate() + days);
	return date.toISOString().slice(0, 10);
}

const sortByTime = (rows: Transaction[]) => [...rows].reverse().sort(compareByTime);
