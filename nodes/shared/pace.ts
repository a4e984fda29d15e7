import { sleep } from 'n8n-workflow';
import { inTurn } from './inTurn';

/** The most calls a host takes: `calls` within any stretch of `perMs` milliseconds. */
export interface Pace {
	calls: number;
	perMs: number;
}

const sentAt = new Map<string, number[]>();
const closedUntil = new Map<string, number>();

/**
 * Waits until one more call to `host` keeps within the pace; callers go in the order they came.
 * The count is kept by this n8n process and shared by all nodes, items and lists in it.
 *
 * @throws the signal's reason when the execution is cancelled meanwhile
 */
export async function awaitTurn(host: string, pace: Pace, signal?: AbortSignal): Promise<void> {
	await inTurn(`pace of ${host}`, async () => {
		// n8n prepares all items before it lets any go; a turn counted before that would be used later.
		await sleep(0);
		for (;;) {
			signal?.throwIfAborted();
			const now = performance.now();
			const recent = (sentAt.get(host) ?? []).filter((time) => time > now - pace.perMs);
			const free = recent.length < pace.calls ? now : recent[0] + pace.perMs;
			const opens = Math.max(free, closedUntil.get(host) ?? 0);
			if (opens <= now) {
				sentAt.set(host, [...recent, now]);
				return;
			}
			await sleep(Math.ceil(opens - now));
		}
	});
}

/** Holds every further call to `host` back for `ms` milliseconds: the host has asked for a rest. */
export function holdBack(host: string, ms: number): void {
	closedUntil.set(host, Math.max(closedUntil.get(host) ?? 0, performance.now() + ms));
}
