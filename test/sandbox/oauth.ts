import { Router } from 'express';
import { json, type Answer } from './answers';
import { ApiError } from './apiError';
import { consentPage } from './consentPage';
import { endpoint, type EndpointCall } from './endpoint';
import { isLoopback } from './hosts';
import type { User } from './model';
import type { Client, State } from './state';

type Fields = Record<string, string>;

/** Sends the browser on, with parameters added to the address. */
export function redirectTo(address: string, parameters: Fields): Answer {
	const url = new URL(address);
	for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
	return { status: 302, headers: { location: url.href }, body: '' };
}

/** Whether it is the registered address or, where none is, one on this machine. */
export function isRedirectAllowed(address: string, client: Pick<Client, 'redirectUrl'>): boolean {
	if (client.redirectUrl !== undefined) return address === client.redirectUrl;
	return URL.canParse(address) && isLoopback(new URL(address).hostname);
}

/**
 * What is wrong with an authorization request, as parameters of the redirect.
 * @throws Refusal 400 when there is no address that could be trusted with a redirect
 */
function authorizationError(fields: Fields, client: Client): Fields | undefined {
	if (fields.client_id !== client.id) {
		throw new ApiError(400, 'Unknown client_id', { code: 'invalid_client', oauth: true });
	}
	if (!isRedirectAllowed(fields.redirect_uri ?? '', client)) {
		throw new ApiError(400, 'redirect_uri is not the registered one', { oauth: true });
	}
	if (!fields.response_type || !fields.scope || !fields.state) {
		return {
			error: 'invalid_request',
			error_description: 'response_type, scope and state are required',
		};
	}
	if (fields.response_type !== 'code') {
		return { error: 'invalid_request', error_description: 'response_type must be code' };
	}
	const unknown = fields.scope.split(' ').find((scope) => !client.scopes.includes(scope));
	return unknown === undefined
		? undefined
		: {
				error: 'invalid_scope',
				error_description: `The application is not registered for ${unknown}`,
			};
}

function authorize(state: State, fields: Fields, decide: () => User | 'deny' | 'ask'): Answer {
	const back = (parameters: Fields) =>
		redirectTo(fields.redirect_uri, {
			...parameters,
			...(fields.state && { state: fields.state }),
		});
	const error = authorizationError(fields, state.client);
	if (error) return back(error);
	const decision = decide();
	if (decision === 'ask') return consentPage(fields, state.data.users);
	if (decision === 'deny') {
		return back({ error: 'access_denied', error_description: 'The user refused' });
	}
	const grant = { user: decision, scopes: fields.scope.split(' ') };
	return back({ code: state.tokens.issueCode(grant, fields.redirect_uri) });
}

function decisionOf(fields: Fields, state: State): User | 'deny' {
	if (fields.decision === 'deny') return 'deny';
	const user = state.data.users.find(({ id }) => String(id) === fields.user);
	if (fields.decision === 'allow' && user) return user;
	throw new ApiError(400, 'decision and user are required', { oauth: true });
}

function token(state: State, call: EndpointCall): Answer {
	const refuse = (code: string, message: string) =>
		new ApiError(state.variants.tokenError, message, {
			code,
			...(state.variants.tokenErrorShape === 'oauth'
				? { oauth: true }
				: { shape: 'message' as const }),
		});
	if (!call.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
		throw refuse('invalid_request', 'The body must be form-encoded');
	}
	const fields = call.body as Fields;
	const isClient =
		fields.client_id === state.client.id && fields.client_secret === state.client.secret;
	if (!isClient || call.headers.authorization !== undefined) {
		throw refuse('invalid_client', 'Client authentication failed');
	}
	switch (fields.grant_type) {
		case 'authorization_code': {
			if (!fields.code || !fields.redirect_uri) {
				throw refuse('invalid_request', 'code and redirect_uri are required');
			}
			const grant = state.tokens.takeCode(fields.code, fields.redirect_uri);
			if (!grant) throw refuse('invalid_grant', 'The code is not valid or expired');
			return json(200, state.tokens.issue(grant), state.variants);
		}
		case 'refresh_token': {
			if (!fields.refresh_token) throw refuse('invalid_request', 'refresh_token is required');
			const grant = state.tokens.readRefresh(fields.refresh_token);
			if (!grant) throw refuse('invalid_grant', 'The refresh token is not valid or expired');
			const issued = state.tokens.issue(grant);
			const rotates = state.variants.refreshAnswer === 'rotates';
			state.tokens.revokeRefresh(rotates ? fields.refresh_token : issued.refresh_token);
			const refresh_token = rotates ? issued.refresh_token : undefined;
			return json(200, { ...issued, refresh_token }, state.variants);
		}
		case undefined:
			throw refuse('invalid_request', 'grant_type is required');
		default:
			throw refuse('unsupported_grant_type', `${fields.grant_type} is not supported`);
	}
}

/** `/oauth`: authorization code flow with consent page, and the token endpoint. */
export function oauthRoutes(state: State): Router {
	const router = Router();
	router.get(
		'/authorize',
		endpoint(state, ({ query }) =>
			authorize(state, query, () => (state.consent === 'remembered' ? state.users.admin : 'ask')),
		),
	);
	router.post(
		'/authorize',
		endpoint(state, ({ body }) => {
			const fields = (body ?? {}) as Fields;
			return authorize(state, fields, () => decisionOf(fields, state));
		}),
	);
	router.post(
		'/token',
		endpoint(state, (call) => token(state, call)),
	);
	return router;
}
