import { normalizeCode, vndIn } from '../values';
import { readMemo, type Memo } from './paymentCodes';
import type { Transaction } from './transaction';

/** A transaction, with what tells the payment that it is for. */
export type Transfer = Transaction & {
	/** Whole VND; null when it cannot be read. */
	amount: number | null;
	/** Why it is not money that came in; empty when it is. */
	rejectionReason: string;
	memo: Memo;
	/** The payment code that SePay read, squeezed; empty where it read none. */
	sePayCode: string;
};

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

/** Reads what matters for payments in a transaction. */
export function readTransfer(transaction: Transaction): Transfer {
	const amount = vndIn(transaction.amount) || null;
	const noAmount = amount === null ? 'its amount cannot be read' : '';
	return {
		...transaction,
		amount,
		rejectionReason: transaction.direction === 'out' ? 'money went out' : noAmount,
		memo: readMemo(transaction.content),
		sePayCode: normalizeCode(transaction.code),
	};
}

/** Puts transfers in the order in which they came. */
export function sortByTime(transfers: Transfer[]): Transfer[] {
	const key = ({ date, id }: Transfer) => `${date ?? ''} ${id.padStart(20, '0')}`;
	return [...transfers].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/**
 * How an expected payment stands after the incoming transfers for it, in the order in which they came,
 * all added up. It is a duplicate when it had been paid to the last dong and then the whole amount came again.
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
