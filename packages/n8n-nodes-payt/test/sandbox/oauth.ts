import { Router } from 'express';
import type { Answer } from '../../../../test/sandbox/answers';
import { ApiError } from '../../../../test/sandbox/apiError';
import { endpoint, type EndpointCall } from '../../../../test/sandbox/endpoint';
import { escape, page } from '../../../../test/sandbox/html';
import { isRedirectAllowed, redirectTo } from '../../../../test/sandbox/oauth';
import { json } from './answers';
import type { State } from './state';
import type { Grant, OAuthToken } from './tokens';

type Fields = Record<string, string>;
type Decision = 'ask' | 'deny' | Grant['administrations'];

const refuse = (code: string, message: string, status = 400) =>
	new ApiError(status, message, { code, oauth: true });

/** Whether the request proves by Basic that it comes from the application. */
export function isClient({ headers }: EndpointCall, { client }: State): boolean {
	const basic = Buffer.from(`${client.id}:${client.secret}`).toString('base64');
	return headers.authorization === `Basic ${basic}`;
}

/**
 * The page on which a user agrees. Its form posts to the same address, form-encoded: the parameters
 * of the query (hidden fields), `administrations[]` (ids) and `decision` (`allow` or `deny`).
 */
function consentPage(query: Fields, scopes: string[], { data }: State): Answer {
	const hidden = ['response_type', 'client_id', 'redirect_uri', 'scope', 'state']
		.filter((name) => query[name] !== undefined)
		.map((name) => `<input type="hidden" name="${name}" value="${escape(query[name])}">`);
	const choices = data.administrations.map(
		({ id, name }) =>
			`<label><input type="checkbox" name="administrations[]" value="${id}" checked> ` +
			`${escape(String(name))}</label>`,
	);
	return page(
		200,
		`<h1>Allow access to Payt?</h1>
<ul>${scopes.map((scope) => `<li>${escape(scope)}</li>`).join('')}</ul>
<form method="post" action="/oauth/authorize">
${[...hidden, ...choices].join('\n')}
<button name="decision" value="allow">Allow</button>
<button name="decision" value="deny">Deny</button>
</form>`,
		'Payt',
	);
}

/** @throws Refusal 400 when there is no address that could be trusted with a redirect */
function authorize(state: State, fields: Fields, decision: Decision): Answer {
	const { client, tokens } = state;
	if (fields.client_id !== client.id) throw refuse('invalid_client', 'Unknown client_id', 401);
	if (!isRedirectAllowed(fields.redirect_uri ?? '', client)) {
		throw refuse('bad_request', 'redirect_uri is not the registered one');
	}
	const back = (parameters: Fields) =>
		redirectTo(fields.redirect_uri, {
			...parameters,
			...(fields.state && { state: fields.state }),
		});
	if (client.grantType !== 'authorization_code') return back({ error: 'unauthorized_client' });
	if (fields.response_type !== 'code') return back({ error: 'unsupported_response_type' });
	if (!fields.state) return back({ error: 'invalid_request' });
	const scopes = fields.scope ? fields.scope.split(' ') : client.scopes;
	if (!scopes.every((scope) => client.scopes.includes(scope))) {
		return back({ error: 'invalid_scope' });
	}
	if (decision === 'ask') return consentPage(fields, scopes, state);
	if (decision === 'deny') return back({ error: 'access_denied' });
	const grant = { scopes: [...scopes], administrations: decision };
	return back({ code: tokens.issueCode(grant, fields.redirect_uri) });
}

function decisionOf(body: Record<string, unknown>): Decision {
	if (body.decision === 'deny') return 'deny';
	if (body.decision === 'allow') return [body.administrations ?? []].flat() as string[];
	throw refuse('bad_request', 'decision is required');
}

/** @throws Refusal */
function exchange(fields: Fields, { client, tokens }: State): OAuthToken {
	const { grant_type, code = '', redirect_uri, refresh_token = '' } = fields;
	const isCredentials = client.grantType === 'client_credentials';
	if (!['authorization_code', 'refresh_token', 'client_credentials'].includes(grant_type)) {
		throw refuse('unsupported_grant_type', 'grant_type is not supported');
	}
	if (isCredentials !== (grant_type === 'client_credentials')) {
		throw refuse('unauthorized_client', 'The application has another grant type');
	}
	if (isCredentials) {
		return tokens.issue({ scopes: [...client.scopes], administrations: 'all' }, true);
	}
	if (grant_type === 'refresh_token') {
		const grant = tokens.takeRefresh(refresh_token);
		if (!grant) throw refuse('invalid_grant', 'The refresh token is not valid or expired');
		return tokens.issue(grant, false);
	}
	const taken = tokens.takeCode(code);
	if (!taken) throw refuse('invalid_grant', 'The code is not valid or expired');
	if (taken.redirectUri !== undefined && taken.redirectUri !== redirect_uri) {
		throw refuse('bad_request', 'redirect_uri is not the one of the authorization');
	}
	return tokens.issue(taken.grant, false);
}

function token(state: State, call: EndpointCall): Answer {
	if (!isClient(call, state)) {
		throw refuse('invalid_client', 'Client authentication failed', 401);
	}
	const { access_token, token_type, ...rest } = exchange((call.body ?? {}) as Fields, state);
	const isBare = state.variants.tokenAnswer === 'bare';
	return json(200, { access_token, token_type, ...(!isBare && rest) }, state.variants);
}

/** `/oauth`: authorization with consent page, and the token endpoint. */
export function oauthRoutes(state: State): Router {
	const router = Router();
	router.get(
		'/authorize',
		endpoint(state, ({ query }) =>
			authorize(state, query, state.consent === 'remembered' ? 'all' : 'ask'),
		),
	);
	router.post(
		'/authorize',
		endpoint(state, ({ body }) => {
			const fields = (body ?? {}) as Fields;
			return authorize(state, fields, decisionOf(fields));
		}),
	);
	router.post(
		'/token',
		endpoint(state, (call) => token(state, call)),
	);
	return router;
}
