import { randomBytes } from 'node:crypto';
import type { TokenApi } from './state';
import { defaultVariants } from './variants';

export { refused } from './answers';
export { apiRoutes } from './api';
export { uuidOf } from './uuids';
export type { TokenApi } from './state';

const PATH = '/v2';

/** Whether a path is of the API for a token. */
export const isTokenApi = (path: string): boolean => path.startsWith(`${PATH}/`);

/** The API for a token at the server with this address, in production. */
export function createTokenApi(url: string): TokenApi {
	return {
		url: url + PATH,
		environment: 'production',
		tokens: {
			production: randomBytes(32).toString('hex'),
			test: randomBytes(32).toString('hex'),
		},
		get token() {
			return this.tokens[this.environment];
		},
		variants: { ...defaultVariants },
		orders: [],
		refunds: [],
		terminals: [],
		prefixes: [],
		answered: new Map(),
	};
}
