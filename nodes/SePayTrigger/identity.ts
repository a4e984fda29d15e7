import { createHash } from 'crypto';
import { isProcessed, markProcessed } from '../shared/triggers/processedItems';
import type { Transaction } from '../shared/sePay/transaction';
import { isExactInteger, toVietnamTime } from '../shared/values';

/** Without what people and banks write differently: case, accents, spaces, punctuation. */
const bare = (text: unknown) =>
	String(text ?? '')
		.normalize('NFKD')
		.replace(/[^\p{L}\p{N}]/gu, '')
		.toLowerCase();

/**
 * What a transfer is, for sources that name it differently: a delivery by a number, the list for an
 * API token by a UUID, and nothing tells which belongs to which (reference: "Open questions").
 *
 * | | Delivery | List for an API token | Here |
 * | --- | --- | --- | --- |
 * | Account | `accountNumber` | `account_number` | without spaces and dashes |
 * | Direction | `transferType` | `transfer_type`, or which amount is above zero | `in` or `out` |
 * | Amount | `transferAmount` | `amount_in`, `amount_out` | whole VND |
 * | Bank time | `transactionDate` | `transaction_date` | to the second |
 * | Reference | `referenceCode`, may be null or empty | `reference_number`, the same | null and empty alike |
 * | Memo | `content` | `transaction_content` | case, accents and spaces do not count |
 * | Balance | `accumulated`, 0 when the bank tells none | `accumulated` | 0 and none alike |
 * | Sub-account | `subAccount`: number, or ID of the memo-based VA | `va`: number | left out: it may differ |
 *
 * Transfers that are alike in all of this are told apart by their count ({@link numbered}).
 */
export function identityOf(payment: Transaction): string {
	const { accountNumber, direction, amount, raw, reference, content, balance } = payment;
	const parts = [
		bare(accountNumber),
		direction,
		amount,
		toVietnamTime(String(raw.transactionDate).replace('T', ' ').slice(0, 19)),
		bare(reference),
		bare(content),
		isExactInteger(balance) ? balance : 0,
	];
	return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

/** The ID of the transfer that is the `count`th of its identity, from 1 on. */
export const numbered = (identity: string, count: number) => `${identity} ${count}`;

/**
 * The ID of a transfer that was delivered with a number: the first number that comes with an identity
 * is its first transfer, another number its second one, as the list has two rows then. A process
 * knows the numbers that came to it; to one that comes after a restart the list is what counts.
 */
export function deliveredId(node: string, identity: string, number: string): string {
	const numbers = `numbers ${node}`;
	for (let count = 1; ; count++) {
		const id = numbered(identity, count);
		if (isProcessed(numbers, `${id} ${number}`)) return id;
		if (isProcessed(numbers, id)) continue;
		markProcessed(numbers, [id, `${id} ${number}`]);
		return id;
	}
}

/** The IDs of the transfers in a list, in its order. */
export function listedIds(payments: Transaction[]): string[] {
	const counts = new Map<string, number>();
	return payments.map((payment) => {
		const identity = identityOf(payment);
		counts.set(identity, (counts.get(identity) ?? 0) + 1);
		return numbered(identity, counts.get(identity)!);
	});
}
