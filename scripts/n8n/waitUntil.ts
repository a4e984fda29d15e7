import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 100;

type Falsy = undefined | null | false | 0 | '';

/**
 * Asks until there is an answer, and returns it.
 * @param what is waited for, or tells it with how things stand when the time is over
 * @throws naming `what` when there is none within the time
 */
export async function waitUntil<T>(
	what: string | (() => string),
	ask: () => T | Falsy | Promise<T | Falsy>,
	timeoutMs = 30_000,
): Promise<T> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const answer = await ask();
		if (answer) return answer;
		if (Date.now() > deadline) {
			throw new Error(`Waited in vain until ${typeof what === 'string' ? what : what()}`);
		}
		await sleep(POLL_MS);
	}
}
