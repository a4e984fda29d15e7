const tails = new Map<string, Promise<unknown>>();

/**
 * Runs `work` after everything handed in before under the same key has ended, well or badly.
 * n8n starts all items of a node at once; what reads and then writes must not overlap.
 */
export async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
	const run = (tails.get(key) ?? Promise.resolve()).then(work);
	const tail = run.then(
		() => undefined,
		() => undefined,
	);
	tails.set(key, tail);
	void tail.then(() => {
		if (tails.get(key) === tail) tails.delete(key);
	});
	return await run;
}
