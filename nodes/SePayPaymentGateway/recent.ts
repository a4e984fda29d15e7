const HOUR = 60 * 60 * 1000;

/** What this process remembers for an hour, by key. */
export class Recent<T> {
	private readonly held = new Map<string, { value: T; until: number }>();

	get(key: string): T | undefined {
		for (const [known, { until }] of this.held) if (until < Date.now()) this.held.delete(known);
		return this.held.get(key)?.value;
	}

	set(key: string, value: T): void {
		this.held.set(key, { value, until: Date.now() + HOUR });
	}

	delete(key: string): void {
		this.held.delete(key);
	}
}
