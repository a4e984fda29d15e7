import type { IExecuteFunctions } from 'n8n-workflow';
import { dataSourceKey, isTokenAuth, pageReader } from '../../../shared/sePay/authentication';
import { readNewRows, type Cursor } from '../../../shared/sePay/newTransactions';
import { readTransfer, type Transfer } from '../../../shared/sePay/paymentMatching';
import { withLock } from '../../../shared/transport/mutex';
import { toVietnamDate } from '../../../shared/values';

/** The money that came in by the last reading. */
export interface TransferBatch {
	/** No transfer that SePay listed before this is missing; epoch ms. */
	at: number;
	/** The first day that was read, `YYYY-MM-DD` in Vietnam. */
	from: string;
	transfers: Promise<Transfer[]>;
}

/** What this process knows of one credential's money in, so that a reading asks for what is new only. */
interface Ledger {
	from: string;
	/** The day on which it was begun; it is begun anew every day, or it would grow for ever. */
	day: string;
	mark: Cursor;
	transfers: Transfer[];
}

const FILTERS = { direction: 'in' as const };
/** No wait is longer. */
const LOOK_BACK_DAYS = 366;

const batches = new Map<string, TransferBatch>();
const ledgers = new Map<string, Ledger>();

/**
 * The money that came in since a day, over all bank accounts of the credential. One reading serves
 * all who ask in this n8n process, failed ones too: hundreds may ask at once.
 *
 * @param from `YYYY-MM-DD` in Vietnam
 * @param notBefore epoch ms; an older reading will not do
 */
export async function incomingTransfers(
	this: IExecuteFunctions,
	from: string,
	notBefore: number,
): Promise<TransferBatch> {
	const isToken = isTokenAuth(this);
	const source = await dataSourceKey(this);
	const last = batches.get(source);
	if (last && last.at >= notBefore && last.from <= from) return last;

	const day = toVietnamDate(new Date(Date.now()))!;
	const begun = ledgers.get(source);
	// What is known from further back serves those as well who ask for that.
	const first = begun?.day === day && begun.from < from ? begun.from : from;
	const since = (date: unknown) =>
		isToken ? { transaction_date_from: `${String(date)} 00:00:00` } : { from_date: date as string };
	// It is for others as well, so it does not end when this execution is cancelled.
	const reader = Object.create(this, { getExecutionCancelSignal: { value: () => undefined } });
	const transfers = withLock(`money in of ${source}`, async () => {
		const known = ledgers.get(source);
		const mark = { from: first, known: {}, filters: FILTERS, source, wholeAt: '' };
		const ledger =
			known && known.day === day && known.from <= first
				? known
				: { from: first, day, mark, transfers: [] };
		const wanted = { filters: FILTERS, lookBackDays: LOOK_BACK_DAYS };
		const found = await readNewRows(
			({ from_date }) => pageReader.call(reader, { url: '/transactions', qs: since(from_date) }),
			ledger.mark,
			wanted,
			source,
		);
		const fresh = found.rows.map(readTransfer);
		// One that the bank has dated anew comes once more when the mark has passed its former day.
		const byId = new Map([...ledger.transfers, ...fresh].map((one) => [one.id, one]));
		const all = [...byId.values()];
		ledgers.set(source, { ...ledger, mark: found.mark, transfers: all });
		return all;
	});
	const batch = { at: Date.now(), from: first, transfers };
	batches.set(source, batch);
	return batch;
}
