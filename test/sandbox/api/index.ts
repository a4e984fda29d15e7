import { Router } from 'express';
import { ApiError } from '../apiError';
import { endpoint, type EndpointCall } from '../endpoint';
import type { State } from '../state';
import type { Grant } from '../tokens';
import { bankAccountRoutes } from './bankAccounts';
import { companyRoutes } from './company';
import { meRoutes } from './me';
import type { Route } from './route';
import { transactionRoutes } from './transactions';
import { webhookRoutes } from './webhooks';

function authenticate(call: EndpointCall, state: State): Grant {
	const token = /^Bearer (.+)$/i.exec(call.headers.authorization ?? '')?.[1] ?? '';
	const grant = state.tokens.readAccess(token);
	if (grant) return grant;
	const { expiredToken } = state.variants;
	throw new ApiError(
		{ accessDenied403: 403, accessDenied200: 200 }[expiredToken as string] ?? 401,
		'The access token is missing, not valid or expired',
		{ code: expiredToken === 'unauthorized401' ? 'invalid_token' : 'access_denied', oauth: true },
	);
}

/** Both the token's scope and the user's own right are needed. */
function authorize({ user, scopes }: Grant, route: Route): void {
	if (!scopes.includes(route.scope)) {
		throw new ApiError(403, `The scope ${route.scope} is missing`, { code: 'insufficient_scope' });
	}
	const isAllowed =
		route.right === 'Admin'
			? user.role === 'Admin' || user.role === 'SuperAdmin'
			: route.right === undefined || user.rights.includes(route.right);
	if (!isAllowed) throw new ApiError(403, `The user may not: ${route.right}`);
}

/** `/api/v1`. */
export function apiRoutes(state: State): Router {
	const routes = [
		...bankAccountRoutes,
		...transactionRoutes,
		...webhookRoutes,
		...meRoutes,
		...companyRoutes,
	];
	const router = Router();
	for (const route of routes) {
		router[route.method](
			route.path,
			endpoint(state, (call) => {
				const grant = authenticate(call, state);
				authorize(grant, route);
				return route.handle(call, state, grant.user);
			}),
		);
	}
	router.use(
		endpoint(state, (call) => {
			authenticate(call, state);
			throw new ApiError(404, 'There is no such endpoint');
		}),
	);
	return router;
}
