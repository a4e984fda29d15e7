import type { IDataObject } from 'n8n-workflow';
import { normalizeCode, toVietnamTime, vndIn } from '../values';
import { readMemo, type Memo } from './paymentCodes';

/** A transaction, whichever node or API told of it. */
export interface Transfer {
	id: string;
	/** Why it is not money that came in; empty when it is. */
	rejectionReason: string;
	/** Whole VND; null when it cannot be read. */
	amount: number | null;
	/** ISO 8601 with `+07:00`. */
	date: string;
	/** The account and the virtual account (VA) paid into, squeezed. */
	accounts: string[];
	/** The payment code that SePay read, squeezed; empty where it read none. */
	code: string;
	memo: Memo;
	json: IDataObject;
}

/** A payment to come: code and account number squeezed, the amount in whole VND. */
export interface ExpectedPayment {
	code: string;
	amount: number;
	/** Empty for any. */
	account: string;
}

/** How payments stand; the difference is what came beyond what was expected, negative if less did. */
export interface PaymentStatus {
	verdict: 'paid' | 'underpaid' | 'overpaid' | 'duplicate' | 'unmatched';
	receivedAmount: number;
	difference: number;
}

/** Reads a transaction in any of the forms that the nodes put out, simplified or as SePay sends it. */
export function parseTransfer(json: IDataObject): Transfer {
	const direction = json.direction ?? json.transferType ?? json.transfer_type;
	const isOut = ['out', 'debit'].includes(String(direction)) || Number(json.amount_out) > 0;
	const given = json.amount ?? json.transferAmount ?? (isOut ? json.amount_out : json.amount_in);
	const amount = vndIn(given) || null;
	return {
		id: String(json.id ?? json.transaction_id ?? ''),
		rejectionReason: isOut ? 'money went out' : amount === null ? 'its amount cannot be read' : '',
		amount,
		date: toVietnamTime(json.date ?? json.transactionDate ?? json.transaction_date) ?? '',
		accounts: [
			json.accountNumber ?? json.account_number,
			json.subAccount ?? json.sub_account ?? json.va,
		].map(normalizeCode),
		code: normalizeCode(json.code ?? json.payment_code),
		memo: readMemo(json.content ?? json.transaction_content),
		json,
	};
}

/** Puts transfers in the order in which they came. */
export function sortByTime(transfers: Transfer[]): Transfer[] {
	const key = ({ date, id }: Transfer) => `${date} ${id.padStart(20, '0')}`;
	return [...transfers].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/**
 * How an expected payment stands after the transfers for it, all of them added up. It is a duplicate
 * when it had been paid to the last dong and then the whole amount came again.
 *
 * @param transfers money that came in, in the order in which it came
 */
export function paymentStatusOf(expectedAmount: number, transfers: Transfer[]): PaymentStatus {
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

	function verdictOf(): PaymentStatus['verdict'] {
		if (transfers.length === 0) return 'unmatched';
		if (difference === 0) return 'paid';
		if (difference < 0) return 'underpaid';
		return difference === again * expectedAmount ? 'duplicate' : 'overpaid';
	}
}
