import type { IExecuteFunctions } from 'n8n-workflow';
import { pageReader, sourceOf, usesToken } from '../../../shared/authentication';
import { inTurn } from '../../../shared/inTurn';
import { newRows, type Mark } from '../../../shared/newTransactions';
import { simpleTransaction } from '../../../shared/transactions';
import { vietnamDay } from '../../../shared/values';
import { transferFrom, type Transfer } from './matching';

/** The money that came in by the last reading. */
export interface Reading {
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
	mark: Mark;
	transfers: Transfer[];
}

const FILTERS = { direction: 'in' as const };
/** No wait is longer. */
const LOOK_BACK_DAYS = 366;

const readings = new Map<string, Reading>();
const ledgers = new Map<string, Ledger>();

/**
 * The money that came in since a day, over all bank accounts of the credential. One reading serves
 * all who ask in this n8n process, failed ones too: hundreds may ask at once.
 *
 * @param from `YYYY-MM-DD` in Vietnam
 * @param notBefore epoch ms; an older reading will not do
 */
export async function moneyIn(
	this: IExecuteFunctions,
	from: string,
	notBefore: number,
): Promise<Reading> {
	const isToken = usesToken(this);
	const source = await sourceOf(this);
	const last = readings.get(source);
	if (last && last.at >= notBefore && last.from <= from) return last;

	const day = vietnamDay(new Date(Date.now()))!;
	const begun = ledgers.get(source);
	// What is known from further back serves those as well who ask for that.
	const first = begun?.day === day && begun.from < from ? begun.from : from;
	const since = (date: unknown) =>
		isToken ? { transaction_date_from: `${String(date)} 00:00:00` } : { from_date: date as string };
	// It is for others as well, so it does not end when this execution is cancelled.
	const reader = Object.create(this, { getExecutionCancelSignal: { value: () => undefined } });
	const transfers = inTurn(`money in of ${source}`, async () => {
		const known = ledgers.get(source);
		const mark = { from: first, known: {}, filters: FILTERS, source, wholeAt: '' };
		const ledger =
			known && known.day === day && known.from <= first
				? known
				: { from: first, day, mark, transfers: [] };
		const wanted = { filters: FILTERS, lookBackDays: LOOK_BACK_DAYS };
		const found = await newRows(
			({ from_date }) => pageReader.call(reader, { url: '/transactions', qs: since(from_date) }),
			ledger.mark,
			wanted,
			source,
		);
		const fresh = found.rows.map((row) => transferFrom(simpleTransaction(row)));
		// One that the bank has dated anew comes once more when the mark has passed its former day.
		const byId = new Map([...ledger.transfers, ...fresh].map((one) => [one.id, one]));
		const all = [...byId.values()];
		ledgers.set(source, { ...ledger, mark: found.mark, transfers: all });
		return all;
	});
	const reading = { at: Date.now(), from: first, transfers };
	readings.set(source, reading);
	return reading;
}
