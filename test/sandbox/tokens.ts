import { randomBytes } from 'node:crypto';
import type { Clock } from './clock';
import { ExpiringMap } from './expiring';
import type { User } from './model';

const CODE_LIFE = 5 * 60_000;
const ACCESS_LIFE = 3_600_000;
const REFRESH_LIFE = 30 * 86_400_000;

export interface OAuthToken {
	access_token: string;
	refresh_token: string;
	token_type: 'Bearer';
	/** Seconds. */
	expires_in: number;
}

/** Who agreed to what. */
export interface Grant {
	user: User;
	scopes: string[];
}

const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Codes and tokens given out; their lives are counted on the sandbox clock. */
export class Tokens {
	private readonly codes: ExpiringMap<Grant & { redirectUri: string }>;
	private readonly access: ExpiringMap<Grant>;
	private readonly refresh: ExpiringMap<Grant>;

	constructor(
		private readonly clock: Clock,
		private readonly clientId: string,
	) {
		this.codes = new ExpiringMap(clock, CODE_LIFE);
		this.access = new ExpiringMap(clock, ACCESS_LIFE);
		this.refresh = new ExpiringMap(clock, REFRESH_LIFE);
	}

	issueCode(grant: Grant, redirectUri: string): string {
		const code = randomBytes(20).toString('hex');
		this.codes.set(code, { ...grant, redirectUri });
		return code;
	}

	/** Uses a code up. */
	takeCode(code: string, redirectUri: string): Grant | undefined {
		const held = this.codes.take(code);
		return held?.redirectUri === redirectUri ? held : undefined;
	}

	issue({ user, scopes }: Grant): OAuthToken {
		const iat = Math.floor(this.clock.now() / 1000);
		const header = base64url({ typ: 'JWT', alg: 'RS256' });
		const claims = base64url({
			iss: 'https://my.sepay.vn',
			sub: user.id,
			aud: this.clientId,
			exp: iat + ACCESS_LIFE / 1000,
			iat,
			scope: scopes.join(' '),
		});
		const access_token = `${header}.${claims}.${randomBytes(64).toString('base64url')}`;
		const refresh_token = randomBytes(40).toString('hex');
		this.access.set(access_token, { user, scopes });
		this.refresh.set(refresh_token, { user, scopes });
		return { access_token, refresh_token, token_type: 'Bearer', expires_in: ACCESS_LIFE / 1000 };
	}

	readAccess(token: string): Grant | undefined {
		return this.access.get(token);
	}

	readRefresh(token: string): Grant | undefined {
		return this.refresh.get(token);
	}

	revokeRefresh(token: string): void {
		this.refresh.delete(token);
	}

	expireAccessTokens(): void {
		this.access.clear();
	}

	revokeRefreshTokens(): void {
		this.refresh.clear();
	}
}
