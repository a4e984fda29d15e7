import { success } from '../answers';
import { omit } from '../omit';
import type { Route } from './route';

export const meRoutes: Route[] = [
	{
		method: 'get',
		path: '/me',
		scope: 'profile',
		handle: (_call, { variants }, user) => success(omit(user, 'role', 'rights'), variants),
	},
];
