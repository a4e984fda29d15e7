import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock';

/** Access tokens given out; several are valid side by side. */
export class Tokens {
	private readonly expiries = new Map<string, number>();

	constructor(private readonly clock: Clock) {}

	/** A token that is valid for `ttl` seconds of the sandbox clock. */
	issue(ttl: number): string {
		const token = randomBytes(20).toString('hex');
		this.expiries.set(token, this.clock.now() + ttl * 1000);
		return token;
	}

	isValid(token: string): boolean {
		return (this.expiries.get(token) ?? 0) > this.clock.now();
	}

	/** Ends every token given out so far. */
	revokeAll(): void {
		this.expiries.clear();
	}
}
