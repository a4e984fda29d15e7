import type { Clock } from './clock';

/** Values by key, each of which lapses after a time on the sandbox clock. */
export class ExpiringMap<T> {
	private readonly held = new Map<string, { value: T; expiresAt: number }>();

	constructor(
		private readonly clock: Clock,
		/** How long a value lives unless told otherwise, milliseconds. */
		private readonly lifeMs: number,
	) {}

	set(key: string, value: T, lifeMs = this.lifeMs): void {
		this.held.set(key, { value, expiresAt: this.clock.now() + lifeMs });
	}

	get(key: string): T | undefined {
		const found = this.held.get(key);
		return found && found.expiresAt > this.clock.now() ? found.value : undefined;
	}

	/** Gives a value once. */
	take(key: string): T | undefined {
		const value = this.get(key);
		this.delete(key);
		return value;
	}

	delete(key: string): void {
		this.held.delete(key);
	}

	clear(): void {
		this.held.clear();
	}
}
