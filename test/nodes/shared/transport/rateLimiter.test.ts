import {
	acquireRateLimitSlot,
	pauseRateLimit,
} from '../../../../nodes/shared/transport/rateLimiter';

const PACE = { calls: 3, perMs: 1030 };

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

let hosts = 0;
const newHost = () => `host-${++hosts}`;

/** When each of `count` callers that came at once got its turn, in ms from now. */
async function turns(host: string, count: number, signal?: AbortSignal): Promise<number[]> {
	const start = performance.now();
	const calls = Array.from({ length: count }, async () => {
		await acquireRateLimitSlot(host, PACE, signal);
		return performance.now() - start;
	});
	const all = Promise.all(calls);
	all.catch(() => {});
	await jest.runAllTimersAsync();
	return await all;
}

test('never more than 3 calls in any stretch of 1030 ms, and no slower than that', async () => {
	const at = await turns(newHost(), 100);
	at.slice(3).forEach((time, index) => expect(time - at[index]).toBeGreaterThanOrEqual(1030));
	// 100 calls are 33 full seconds after the first at the best.
	expect(at[99]).toBeLessThanOrEqual(33_000 * 1.05);
});

test('the first three go at once, and again after a rest', async () => {
	const host = newHost();
	expect(await turns(host, 3)).toEqual([0, 0, 0]);
	jest.advanceTimersByTime(1030);
	expect(await turns(host, 3)).toEqual([0, 0, 0]);
});

test('hosts do not wait for each other', async () => {
	const [one, other] = [newHost(), newHost()];
	await turns(one, 3);
	const behind = acquireRateLimitSlot(one, PACE);
	expect(await turns(other, 3)).toEqual([0, 0, 0]);
	await behind;
});

test('a host that asked for a rest is not called before it ends, and a shorter rest does not cut it', async () => {
	const host = newHost();
	pauseRateLimit(host, 5000);
	pauseRateLimit(host, 10);
	const [first] = await turns(host, 1);
	expect(first).toBeGreaterThanOrEqual(5000);
	expect(first).toBeLessThan(5010);
});

test('who is cancelled while waiting is told, and those behind still get their turn', async () => {
	const host = newHost();
	await turns(host, 3);
	const cancelled = new AbortController();
	const waiting = acquireRateLimitSlot(host, PACE, cancelled.signal);
	const refused = expect(waiting).rejects.toThrow('aborted');
	cancelled.abort();
	const behind = turns(host, 1);
	await refused;
	expect(await behind).toHaveLength(1);
});
