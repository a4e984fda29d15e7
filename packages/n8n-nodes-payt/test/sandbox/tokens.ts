import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../../test/sandbox/clock';
import { ExpiringMap } from '../../../../test/sandbox/expiring';

export const CODE_LIFE = 10 * 60_000;
const ACCESS_LIFE = 2 * 3_600_000;
const REFRESH_LIFE = 90 * 86_400_000;

/** What was opened to the application. */
export interface Grant {
	scopes: string[];
	/** Ids of administrations; `all`: those to come as well. */
	administrations: string[] | 'all';
}

/** The answer of the token endpoint. */
export interface OAuthToken {
	access_token: string;
	token_type: 'Bearer';
	/** Unix seconds. */
	created_at: number;
	scope: string;
	/** Seconds; with `refresh_token` in tokens that end. */
	expires_in?: number;
	refresh_token?: string;
}

/** Codes and tokens given out; their lives are counted on the sandbox clock. */
export class Tokens {
	private readonly codes: ExpiringMap<{ grant: Grant; redirectUri?: string }>;
	private readonly access: ExpiringMap<Grant>;
	private readonly refresh: ExpiringMap<Grant>;

	constructor(private readonly clock: Clock) {
		this.codes = new ExpiringMap(clock, CODE_LIFE);
		this.access = new ExpiringMap(clock, ACCESS_LIFE);
		this.refresh = new ExpiringMap(clock, REFRESH_LIFE);
	}

	/** @param redirectUri where it goes, and what has to be told when it is used; of sign-up, nothing */
	issueCode(grant: Grant, redirectUri?: string): string {
		const code = randomBytes(24).toString('base64url');
		this.codes.set(code, { grant, redirectUri });
		return code;
	}

	/** Uses a code up. */
	takeCode(code: string): { grant: Grant; redirectUri?: string } | undefined {
		return this.codes.take(code);
	}

	/** A token for two hours that can be refreshed, or one without an end. */
	issue(grant: Grant, isEndless: boolean): OAuthToken {
		const token: OAuthToken = {
			access_token: randomBytes(32).toString('base64url'),
			token_type: 'Bearer',
			created_at: Math.floor(this.clock.now() / 1000),
			scope: grant.scopes.join(' '),
		};
		this.access.set(token.access_token, grant, isEndless ? Infinity : undefined);
		if (isEndless) return token;
		const refresh_token = randomBytes(32).toString('base64url');
		this.refresh.set(refresh_token, grant);
		return { ...token, expires_in: ACCESS_LIFE / 1000, refresh_token };
	}

	readAccess(token: string): Grant | undefined {
		return this.access.get(token);
	}

	/** Uses a refresh token up. */
	takeRefresh(token: string): Grant | undefined {
		return this.refresh.take(token);
	}

	revokeAccess(token: string): void {
		this.access.delete(token);
	}

	revokeAllAccess(): void {
		this.access.clear();
	}

	revokeAllRefresh(): void {
		this.refresh.clear();
	}
}
