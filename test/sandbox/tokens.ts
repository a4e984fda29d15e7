import { randomBytes } from 'node:crypto';
import type { Clock } from './clock';
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

interface Held extends Grant {
	expiresAt: number;
}

const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Codes and tokens given out; their lives are counted on the sandbox clock. */
export class Tokens {
	private readonly codes = new Map<string, Held & { redirectUri: string }>();
	private readonly access = new Map<string, Held>();
	private readonly refresh = new Map<string, Held>();

	constructor(
		private readonly clock: Clock,
		private readonly clientId: string,
	) {}

	issueCode(grant: Grant, redirectUri: string): string {
		const code = randomBytes(20).toString('hex');
		this.codes.set(code, { ...grant, redirectUri, expiresAt: this.clock.now() + CODE_LIFE });
		return code;
	}

	/** Uses a code up. */
	takeCode(code: string, redirectUri: string): Grant | undefined {
		const held = this.live(this.codes, code);
		this.codes.delete(code);
		return held?.redirectUri === redirectUri ? held : undefined;
	}

	issue({ user, scopes }: Grant): OAuthToken {
		const now = this.clock.now();
		const iat = Math.floor(now / 1000);
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
		this.access.set(access_token, { user, scopes, expiresAt: now + ACCESS_LIFE });
		this.refresh.set(refresh_token, { user, scopes, expiresAt: now + REFRESH_LIFE });
		return { access_token, refresh_token, token_type: 'Bearer', expires_in: ACCESS_LIFE / 1000 };
	}

	readAccess(token: string): Grant | undefined {
		return this.live(this.access, token);
	}

	readRefresh(token: string): Grant | undefined {
		return this.live(this.refresh, token);
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

	private live<T extends Held>(held: Map<string, T>, key: string): T | undefined {
		const found = held.get(key);
		return found && found.expiresAt > this.clock.now() ? found : undefined;
	}
}
