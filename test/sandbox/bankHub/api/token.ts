import { ApiError } from '../../apiError';
import { json } from '../answers';
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
			if (!isClient || !client.active) throw new ApiError(401, 'Unauthenticated');
			if (variants.newToken === 'endsOthers') tokens.revokeAll();
			return json(201, { code: 201, access_token: tokens.issue(ttl), ttl });
		},
	},
];
