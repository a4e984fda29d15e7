import type { RateLimit } from './state';

/** Counts calls by a key, such as the client address, in a sliding window of real time. */
export class RateLimitWindow {
	private readonly calls = new Map<string, number[]>();

	/**
	 * Counts a call. Refused calls do not count.
	 * @returns 0 when it is allowed, else the milliseconds until the next one would be
	 */
	take(key: string, limit: RateLimit, now = performance.now()): number {
		const recent = (this.calls.get(key) ?? []).filter((at) => now - at < limit.perMs);
		this.calls.set(key, recent);
		if (recent.length >= limit.calls)
			return recent[recent.length - limit.calls] + limit.perMs - now;
		recent.push(now);
		return 0;
	}
}
