import { setTimeout as sleep } from 'node:timers/promises';

/** Asked more often than this, n8n has less time for what is waited for. */
const POLL_MS = 250;

type Falsy = undefined | null | false | 0 | '';

/**
 * Asks until there is an answer, and returns it; at first more often than later.
 * @param what is waited for, or tells it with how things stand when the time is over
 * @throws naming `what` when there is none within the time
 */
export async function waitUntil<T>(
	what: string | (() => string | Promise<string>),
	ask: () => T | Falsy | Promise<T | Falsy>,
	timeoutMs = 30_000,
): Promise<T> {
	const start = Date.now();
	for (;;) {
		const answer = await ask();
		if (answer) return answer;
		const waited = Date.now() - start;
		if (waited > timeoutMs) {
			throw new Error(`Waited in vain until ${typeof what === 'string' ? what : await what()}`);
		}
		await sleep(Math.min(POLL_MS, 20 + waited / 10));
	}
}
