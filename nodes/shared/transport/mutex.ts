const locks = new Map<string, Promise<unknown>>();

/**
 * Runs `work` after everything handed in before under the same key has ended, well or badly.
 * n8n starts all items of a node at once; what reads and then writes must not overlap.
 */
export async function withLock<T>(key: string, work: () => Promise<T>): Promise<T> {
	const run = (locks.get(key) ?? Promise.resolve()).then(work);
	const lock = run.then(
		() => undefined,
		() => undefined,
	);
	locks.set(key, lock);
	void lock.then(() => {
		if (locks.get(key) === lock) locks.delete(key);
	});
	return await run;
}
