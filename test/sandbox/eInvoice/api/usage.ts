import { json } from '../answers';
import type { Route } from './route';

export const usageRoutes: Route[] = [
	{
		method: 'get',
		path: '/usage',
		handle: (_call, { data: { quota }, variants }) =>
			json(200, { data: { quota_remaining: variants.quota === 'text' ? String(quota) : quota } }),
	},
];
