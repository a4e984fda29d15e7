import type { IDataObject } from 'n8n-workflow';
import { exactNumber, isWhole, vietnamTime } from '../../../shared/values';

/** A transaction, whichever node or API told of it. */
export interface Transfer {
	id: string;
	/** Why it is not money that came in; empty when it is. */
	flaw: string;
	/** Whole VND; null when it cannot be read. */
	amount: number | null;
	/** ISO 8601 with `+07:00`. */
	date: string;
	/** The account and the virtual account (VA) paid into, squeezed. */
	accounts: string[];
	/** The payment code that SePay read, squeezed; empty where it read none. */
	code: string;
	/** The memo in capital letters, with `~` for letters and digits that no code has. */
	memo: string;
	/** The memo's letters and digits alone. */
	squeezed: string;
	json: IDataObject;
}

/** A payment to come: code and account number squeezed, the amount in whole VND. */
export interface Expected {
	code: string;
	amount: number;
	/** Empty for any. */
	account: string;
}

/** How payments stand; the difference is what came beyond what was expected, negative if less did. */
export interface Balance {
	verdict: 'paid' | 'underpaid' | 'overpaid' | 'duplicate' | 'unmatched';
	receivedAmount: number;
	difference: number;
}

const FOREIGN = /(?![0-9A-Z])[\p{L}\p{N}]/gu;
const SEPARATORS = '[^0-9A-Z~]{0,3}';

const capitals = (text: unknown) =>
	String(text ?? '')
		.normalize('NFC')
		.toUpperCase();

/** Letters and digits alone, in capitals: what is left of a code when a bank has been over it. */
export const squeeze = (text: unknown) =>
	String(text ?? '')
		.toUpperCase()
		.replace(/[^0-9A-Z]/g, '');

/** Whether a squeezed code is built as SePay builds them: a prefix of 2 to 10 letters, then a suffix. */
export const isCode = (code: string) => /^[A-Z]{2,10}[0-9A-Z]{1,30}$/.test(code);

/** Whether there are letters or digits in a text that no code has, so that it is not one. */
export const hasForeign = (text: unknown) => capitals(text).search(FOREIGN) >= 0;

/** Reads a transaction in any of the forms that the nodes put out, simplified or as SePay sends it. */
export function transferFrom(json: IDataObject): Transfer {
	const direction = json.direction ?? json.transferType ?? json.transfer_type;
	const isOut = ['out', 'debit'].includes(String(direction)) || Number(json.amount_out) > 0;
	const given = json.amount ?? json.transferAmount ?? (isOut ? json.amount_out : json.amount_in);
	const exact = exactNumber(given);
	const amount = isWhole(exact) && exact > 0 ? exact : null;
	const memo = capitals(json.content ?? json.transaction_content).replace(FOREIGN, '~');
	return {
		id: String(json.id ?? json.transaction_id ?? ''),
		flaw: isOut ? 'money went out' : amount === null ? 'its amount cannot be read' : '',
		amount,
		date: vietnamTime(json.date ?? json.transactionDate ?? json.transaction_date) ?? '',
		accounts: [
			json.accountNumber ?? json.account_number,
			json.subAccount ?? json.sub_account ?? json.va,
		].map(squeeze),
		code: squeeze(json.code ?? json.payment_code),
		memo,
		squeezed: squeeze(memo),
		json,
	};
}

/**
 * The reader of one code in memos. Banks change case and strip blanks, dots and dashes, and people
 * add some: the code may stand between other words without a gap, or have gaps itself, not both.
 * Digits right after it would make it another code, and so would letters after one with letters in
 * its suffix. A memo with a second code of the same prefix tells nothing.
 */
function readerOf(code: string): (memo: string) => boolean {
	const [, prefix, suffix] = /^([A-Z]+)(.*)$/.exec(code)!;
	const start = '(?<![0-9A-Z~])';
	const end = /^\d+$/.test(suffix) ? '(?!\\d)' : '(?![0-9A-Z~])';
	const spaced = [...code].join(SEPARATORS);
	const own = new RegExp(`(?:${start}${spaced}|${code})${end}`, 'g');
	const any = new RegExp(`${start}${prefix}${SEPARATORS}\\d`, 'g');
	return (memo) => {
		const found = [...memo.matchAll(own)].map(({ index }) => index);
		return found.length > 0 && [...memo.matchAll(any)].every(({ index }) => found.includes(index));
	};
}

/**
 * Tells which of the codes a transfer is for: the one that SePay read in it, and where SePay read
 * none, the only one in the memo.
 *
 * @param codes squeezed codes as {@link isCode} takes them, each once
 * @returns the codes that it may be for; with several it cannot be told
 */
export function codeReader(codes: string[]): (transfer: Transfer) => string[] {
	const readers = new Map<string, ReturnType<typeof readerOf>>();
	const reads = (code: string, memo: string) => {
		const reader = readers.get(code) ?? readerOf(code);
		readers.set(code, reader);
		return reader(memo);
	};
	return ({ code, memo, squeezed }) =>
		code
			? codes.filter((one) => one === code)
			: codes.filter((one) => squeezed.includes(one) && reads(one, memo));
}

/** Puts transfers in the order in which they came. */
export function inOrder(transfers: Transfer[]): Transfer[] {
	const key = ({ date, id }: Transfer) => `${date} ${id.padStart(20, '0')}`;
	return [...transfers].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/**
 * How an expected payment stands after the transfers for it, all of them added up. It is a duplicate
 * when it had been paid to the last dong and then the whole amount came again.
 *
 * @param transfers money that came in, in the order in which it came
 */
export function balance(expectedAmount: number, transfers: Transfer[]): Balance {
	let receivedAmount = 0;
	let again = 0;
	let wasPaid = false;
	for (const { amount } of transfers) {
		if (wasPaid && amount === expectedAmount) again++;
		receivedAmount += amount!;
		wasPaid ||= receivedAmount === expectedAmount;
	}
	const difference = receivedAmount - expectedAmount;
	return { verdict: verdictOf(), receivedAmount, difference };

	function verdictOf(): Balance['verdict'] {
		if (transfers.length === 0) return 'unmatched';
		if (difference === 0) return 'paid';
		if (difference < 0) return 'underpaid';
		return difference === again * expectedAmount ? 'duplicate' : 'overpaid';
	}
}
