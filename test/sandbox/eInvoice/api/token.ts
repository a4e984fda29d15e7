import { ApiError } from '../../apiError';
import { success } from '../answers';
import type { Route } from './route';

export const tokenRoutes: Route[] = [
	{
		method: 'post',
		path: '/token',
		open: true,
		handle: ({ headers }, { client, tokens, ttl, variants }) => {
			const sent = /^Basic (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
			const isClient =
				Buffer.from(sent, 'base64').toString('utf8') === `${client.id}:${client.secret}`;
			if (!isClient || !client.active) {
				throw new ApiError(401, 'Thông tin xác thực không hợp lệ', { code: 'UNAUTHORIZED' });
			}
			if (variants.newToken === 'endsOthers') tokens.revokeAll();
			return success({
				access_token: tokens.issue(ttl),
				token_type: 'Bearer',
				expires_in: ttl,
			});
		},
	},
];
