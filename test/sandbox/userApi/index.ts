import { randomBytes } from 'node:crypto';
import type { TokenApi } from './state';
import { uuidOf } from './uuids';
import { defaultVariants } from './variants';

export { errorAnswer } from './answers';
export { apiRoutes } from './api';
export { pay } from './orders';
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
		terminals: ['VCB00001', 'VCB00002'].map((tid, index) => ({
			bank_account_id: 12,
			xid: uuidOf('terminal', tid),
			tid,
			name: `Quầy ${index + 1}`,
			created_at: '2026-01-15 09:00:00',
		})),
		prefixes: [
			{
				bank_account_id: 13,
				va_prefix: 'HSV',
				store_id: '1001',
				store_name: 'Hoa Sen Việt',
				status: 'active',
				created_at: '2026-01-15 09:00:00',
			},
		],
		answered: new Map(),
	};
}
