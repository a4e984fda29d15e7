import type { EmptyList, LastPage, Order } from '../variants';

/**
 * What the documents of the API for a token leave open; the first value of each is the default.
 * A client has to work with every one of them.
 */
export interface Variants {
	/** Which transactions come after that of `since_id`: those with later ids, or of a later time. */
	sinceId: 'arrival' | 'time';
	/** A `since_id` of no transaction: nothing comes after it, it is refused, or as if not sent. */
	unknownSinceId: 'nothing' | 'refused' | 'ignored';
	/** The order of lists for which none is asked. */
	order: Order;
	meta: 'present' | 'missing';
	lastPage: LastPage;
	emptyList: EmptyList;
	/** `webhook_success`: how many webhooks took the transaction, or whether one did. */
	webhookSuccess: 'count' | 'flag';
	/** Whether a further virtual account of an order needs the name of its holder. */
	holderNames: 'optional' | 'required';
	/** Where refunds are listed: `/refunds`, or `/refunds` below their bank account. */
	refundsPath: 'root' | 'bankAccount';
	/** The same refund with the same key: the same answer once more, or refused as a key used before. */
	repeatedRefund: 'sameAnswer' | 'refused';
	/** Largest page; a larger `per_page` is cut down to it. */
	maxPerPage: number;
}

export const defaultVariants: Readonly<Variants> = {
	sinceId: 'arrival',
	unknownSinceId: 'nothing',
	order: 'newestFirst',
	meta: 'present',
	lastPage: 'right',
	emptyList: 'list',
	webhookSuccess: 'count',
	holderNames: 'optional',
	refundsPath: 'root',
	repeatedRefund: 'sameAnswer',
	maxPerPage: 100,
};
