import { ApiError } from '../../apiError';
import { omit } from '../../omit';
import { success } from '../answers';
import { listed, type Route } from './route';

export const accountRoutes: Route[] = [
	{
		method: 'get',
		path: '/provider-accounts',
		handle: ({ query }, state) =>
			listed(state.data.accounts, query, state, '20', (account) => omit(account, 'templates')),
	},
	{
		method: 'get',
		path: '/provider-accounts/:id',
		handle: ({ params }, { data }) => {
			const account = data.accounts.find(({ id }) => id === params.id);
			if (!account) throw new ApiError(404, 'Không tồn tại tài khoản với ID cung cấp');
			const templates = account.templates.map((template) => omit(template, 'open'));
			return success({ ...account, templates });
		},
	},
];
