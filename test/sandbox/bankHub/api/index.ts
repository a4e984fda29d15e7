import { Router } from 'express';
import { ApiError } from '../../apiError';
import { endpoint, type EndpointCall } from '../../endpoint';
import { inForm } from '../answers';
import type { State } from '../state';
import { bankAccountRoutes } from './bankAccounts';
import { companyRoutes } from './companies';
import { counterRoutes } from './counters';
import { linkTokenRoutes } from './linkTokens';
import { merchantRoutes } from './merchant';
import { tokenRoutes } from './token';
import { transactionRoutes } from './transactions';
import { webhookRoutes } from './webhook';

function authenticate({ headers }: EndpointCall, { tokens }: State): void {
	const token = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
	if (!tokens.isValid(token)) throw new ApiError(401, 'Unauthenticated');
}

/** `/v1`. */
export function apiRoutes(state: State): Router {
	const routes = [
		...tokenRoutes,
		...linkTokenRoutes,
		...companyRoutes,
		...bankAccountRoutes,
		...transactionRoutes,
		...counterRoutes,
		...merchantRoutes,
		...webhookRoutes,
	];
	const router = Router();
	for (const { method, path, open, handle } of routes) {
		router[method](
			path,
			endpoint(state, async (call) => {
				if (!open) authenticate(call, state);
				const { variants } = state;
				const answer = inForm(await handle(call, state), variants);
				const { postStatus } = variants;
				return method === 'post' && postStatus !== 'documented'
					? { ...answer, status: postStatus }
					: answer;
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
