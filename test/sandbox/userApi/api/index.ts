import { Router } from 'express';
import { ApiError } from '../../apiError';
import { endpoint, type EndpointCall } from '../../endpoint';
import type { State } from '../../state';
import { bankAccountRoutes } from './bankAccounts';
import { orderRoutes } from './orders';
import { refundRoutes } from './refunds';
import { transactionRoutes } from './transactions';
import { virtualAccountRoutes } from './virtualAccounts';

function authenticate({ headers }: EndpointCall, { tokenApi }: State): void {
	if (headers.authorization !== `Bearer ${tokenApi.token}`) {
		throw new ApiError(401, 'Token không hợp lệ');
	}
}

/** `/v2`. */
export function apiRoutes(state: State): Router {
	const router = Router();
	for (const { method, path, handle } of [
		...bankAccountRoutes,
		...virtualAccountRoutes,
		...transactionRoutes,
		...orderRoutes,
		...refundRoutes,
	]) {
		router[method](
			path,
			endpoint(state, (call) => {
				authenticate(call, state);
				return handle(call, state);
			}),
		);
	}
	router.use(
		endpoint(state, (call) => {
			authenticate(call, state);
			throw new ApiError(404, 'Không tìm thấy');
		}),
	);
	return router;
}
