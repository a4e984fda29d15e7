import { sleep } from 'n8n-workflow';
import { withLock } from './mutex';

/** The most calls a host takes: `calls` within any stretch of `perMs` milliseconds. */
export interface RateLimit {
	calls: number;
	perMs: number;
}

const sentAt = new Map<string, number[]>();
const pausedUntil = new Map<string, number>();

/**
 * Waits until one more call to `host` keeps within the pace; callers go in the order they came.
 * The count is kept by this n8n process and shared by all nodes, items and lists in it.
 *
 * @throws the signal's reason when the execution is cancelled meanwhile
 */
export async function acquireRateLimitSlot(
	key: string,
	rateLimit: RateLimit,
	signal?: AbortSignal,
): Promise<void> {
	await withLock(`pace of ${key}`, async () => {
		for (;;) {
			signal?.throwIfAborted();
			const now = performance.now();
			const recent = (sentAt.get(key) ?? []).filter((time) => time > now - rateLimit.perMs);
			const freeAt = recent.length < rateLimit.calls ? now : recent[0] + rateLimit.perMs;
			const opensAt = Math.max(freeAt, pausedUntil.get(key) ?? 0);
			if (opensAt <= now) {
				sentAt.set(key, [...recent, now]);
				return;
			}
			await sleep(Math.ceil(opensAt - now));
		}
	});
}

/** Holds every further call to `host` back for `ms` milliseconds: the host has asked for a rest. */
export function pauseRateLimit(key: string, ms: number): void {
	pausedUntil.set(key, Math.max(pausedUntil.get(key) ?? 0, performance.now() + ms));
}
