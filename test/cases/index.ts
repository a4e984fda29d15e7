import further from './furtherMemos.json';
import memos from './memos.json';

/** A transfer memo as banks, wallets and people write it, with the payments due and what is right. */
export interface MemoCase {
	/** What may go wrong with it; `stay` for what is simple. */
	kind: string;
	due: Array<{ code: string; amount: number | string }>;
	/** `code` is what SePay read; absent where it read none. */
	transfers: Array<{ content: string; amount: number; code?: string }>;
	right: {
		/** What each code must receive in VND; all others nothing. */
		credited: Record<string, number>;
		/** Codes that may receive the whole amount or nothing. */
		may?: string[];
	};
	why: string;
}

/** Each holds in two ways: with all its codes due at once, and with each code due alone. */
export const memoCases: MemoCase[] = [...(memos as MemoCase[]), ...(further as MemoCase[])];
