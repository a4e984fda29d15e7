const locks = new Map<string, Promise<unknown>>();

/**
 * Runs `work` after everything handed in before under the same key has ended, well or badly.
 * n8n starts all items of a node at once; what reads and then writes must not overlap.
 */
export async function withLock<T>(key: string, work: () => Promise<T>): Promise<T> {
	const run = (locks.get(key) ?? Promise.resolve()).then(work);
	const release = () => {
		if (locks.get(key) === lock) locks.delete(key);
	};
	const lock = run.then(release, release);
	locks.set(key, lock);
	return await run;
}
