import type { Echo } from './echo';

export interface FaultAnswer {
	status: number;
	headers?: Record<string, string>;
	/** A string is sent as it is, anything else as JSON. */
	body?: unknown;
	/** Repeats the request in place of a body. */
	echo?: Echo;
	/** An origin to point to, such as `https://other.example`, at the path and query of the request. */
	redirectTo?: string;
	contentType?: string;
}

/** What goes wrong with which requests. */
export interface FaultRule {
	method?: string;
	/** The whole path (`/api/v1/webhooks`), or a pattern tested on it. */
	path?: string | RegExp;
	/** How many requests are hit; default 1. */
	times?: number;
	/** Whether the request is carried out first (`after`) or not at all (`before`, the default). */
	when?: 'before' | 'after';
	/**
	 * - an answer in place of the true one
	 * - `after`: the true answer, once the promise is kept; for a rule with `when: 'after'`
	 * - `cut`: the connection is destroyed
	 * - `cutShort`: the head of the true answer and half of its body, then the connection is destroyed
	 * - `halfJson`: the true answer up to its middle, with the length of that half
	 * - `hang`: no answer at all
	 */
	answer: FaultAnswer | { after: Promise<unknown> } | 'cut' | 'cutShort' | 'halfJson' | 'hang';
}

/** The faults that are set, the oldest first. */
export class Faults {
	private readonly rules: Array<{ rule: FaultRule; left: number }> = [];

	/** @returns a function that removes the fault again */
	add(rule: FaultRule): () => void {
		const entry = { rule, left: rule.times ?? 1 };
		this.rules.push(entry);
		return () => {
			entry.left = 0;
		};
	}

	/** Uses up one occurrence of the first fault that is meant for the request. */
	take(method: string, path: string): FaultRule | undefined {
		const entry = this.rules.find(
			({ rule, left }) =>
				left > 0 &&
				(rule.method === undefined || rule.method === method) &&
				(rule.path === undefined ||
					(typeof rule.path === 'string' ? rule.path === path : path.search(rule.path) >= 0)),
		);
		if (entry) entry.left -= 1;
		return entry?.rule;
	}
}
