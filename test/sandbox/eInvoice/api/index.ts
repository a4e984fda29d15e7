import { Router } from 'express';
import { ApiError } from '../../apiError';
import { endpoint, type EndpointCall } from '../../endpoint';
import type { State } from '../state';
import { accountRoutes } from './accounts';
import { createRoutes } from './create';
import { invoiceRoutes } from './invoices';
import { tokenRoutes } from './token';
import { usageRoutes } from './usage';

function authenticate({ headers }: EndpointCall, { tokens }: State): void {
	const token = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
	if (!tokens.isValid(token)) throw new ApiError(401, 'Token không hợp lệ hoặc đã hết hạn');
}

/** `/v1`. */
export function apiRoutes(state: State): Router {
	const routes = [
		...tokenRoutes,
		...accountRoutes,
		...createRoutes,
		...invoiceRoutes,
		...usageRoutes,
	];
	const router = Router();
	for (const { method, path, open, handle } of routes) {
		router[method](
			path,
			endpoint(state, async (call) => {
				if (!open) authenticate(call, state);
				return await handle(call, state);
			}),
		);
	}
	const refuse = (status: number, message: string) =>
		endpoint(state, () => {
			throw new ApiError(status, message);
		});
	for (const { path } of routes) router.all(path, refuse(405, 'Method Not Allowed'));
	router.use(refuse(404, 'Not Found'));
	return router;
}
