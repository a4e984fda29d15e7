import { Router } from 'express';
import { ApiError } from '../../../../../test/sandbox/apiError';
import { endpoint, type EndpointCall } from '../../../../../test/sandbox/endpoint';
import { openApi, payt } from '../../contract';
import { DELETED_SCHEMAS, SCHEMAS, type DeletedKind, type Kind } from '../model';
import { isClient } from '../oauth';
import type { State } from '../state';
import type { Grant } from '../tokens';
import { accountHandlers } from './accounts';
import {
	entity,
	isOpen,
	rowOf,
	type Context,
	type Fields,
	type Handler,
	type Handlers,
} from './context';
import { fileHandlers } from './files';
import { invoiceHandlers } from './invoices';
import { list, listDeleted } from './lists';
import { mandateHandlers } from './mandates';
import { messageHandlers } from './messages';
import { planHandlers } from './plans';
import { recordHandlers } from './records';

const METHODS = ['get', 'post', 'patch', 'delete'] as const;

const writes: Handlers = {
	...accountHandlers,
	...recordHandlers,
	...fileHandlers,
	...invoiceHandlers,
	...messageHandlers,
	...planHandlers,
	...mandateHandlers,
};

/** Reads are all alike: a list, its deleted rows, one row. */
function readerOf(path: string): Handler {
	const [, , kind, rest] = path.split('/');
	if (rest === undefined && kind in SCHEMAS) return (context) => list(kind as Kind, context);
	if (rest === 'deleted' && kind in DELETED_SCHEMAS) {
		return (context) => listDeleted(kind as DeletedKind, context);
	}
	return (context) => {
		const { id, administration_id } = context.call.params;
		const field = context.query.identifier_type as string | undefined;
		const row = rowOf(context, kind as Kind, id ?? administration_id, field);
		return entity(context, kind as Kind, row);
	};
}

/**
 * The grant of the access token.
 * @throws Refusal 401; 403 and the token ends when the caller's address is not allowed; 403 when
 * the permission is missing, by the user or by now by the application
 */
function grantOf({ headers }: EndpointCall, scope: string, state: State): Grant {
	const { client, tokens, callerAddress } = state;
	const token = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
	const grant = tokens.readAccess(token);
	if (!grant) throw new ApiError(401, 'The access token is invalid');
	if (client.ipAllowList.length > 0 && !client.ipAllowList.includes(callerAddress)) {
		tokens.revokeAccess(token);
		throw new ApiError(403, 'IP address not allowed');
	}
	if (![grant, client].every(({ scopes }) => scopes.includes(scope))) {
		throw new ApiError(403, `Missing permission: ${scope}`);
	}
	return grant;
}

/** The query with lists, which come as text with commas, as lists. */
function queryOf({ query }: EndpointCall, lists: string[]): Context['query'] {
	const read = lists.flatMap((name) => (name in query ? [[name, query[name].split(',')]] : []));
	return { ...query, ...Object.fromEntries(read) };
}

/** @throws Refusal 422 that names what is not as the contract describes it */
function assertDescribed(
	{ body, headers }: EndpointCall,
	query: Context['query'],
	found: NonNullable<ReturnType<typeof openApi.operation>>,
): void {
	const texts = Object.entries(query).map(([name, value]) => [name, [value].flat()[0]]);
	const fields: Record<string, string> = {};
	const problems = openApi.requestProblems(found, Object.fromEntries(texts), body, { headers });
	for (const { where, message } of problems) {
		const missing = /^must have required property '(\w+)'/.exec(message)?.[1];
		const place = missing === undefined ? where : `${where}.${missing}`;
		const field = place.replace(/^(body\.?|query |path )/, '') || 'body';
		fields[field] = missing === undefined ? message : 'is missing';
	}
	if (Object.keys(fields).length === 0) return;
	const message = Object.entries(fields).map((problem) => problem.join(' '));
	throw new ApiError(422, message.join('; '), { fields });
}

function handle(call: EndpointCall, path: string, state: State): ReturnType<Handler> {
	const found = openApi.operation(call.method, call.path)!;
	const { security, requestBody } = found.operation;
	const scope = security?.[0].oauth2?.[0];
	if (scope === undefined && !isClient(call, state)) throw new ApiError(401, 'Unauthorized');
	const grant = scope === undefined ? undefined : grantOf(call, scope, state);
	const isJson = call.headers['content-type']?.startsWith('application/json');
	const isFormOnly = requestBody?.content?.['application/json'] === undefined;
	if (isJson && isFormOnly && state.variants.jsonAtFormEndpoints === 'refused') {
		throw new ApiError(422, 'The body must be form-encoded');
	}
	const lists = found.parameters
		.filter(({ schema }) => schema.type === 'array')
		.map(({ name }) => name);
	const query = queryOf(call, lists);
	assertDescribed(call, query, found);
	const body = (call.body ?? {}) as Fields;
	const named = query.administration_id ?? body.administration_id ?? call.params.administration_id;
	const administrationId = named === undefined ? undefined : String(named);
	const isKnown = state.data.administrations.some(({ id }) => id === administrationId);
	if (administrationId !== undefined && !(isKnown && grant && isOpen(administrationId, grant))) {
		throw new ApiError(404, 'Administration not found');
	}
	const handler = writes[`${call.method.toLowerCase()} ${path}`] ?? readerOf(path);
	return handler({ call, state, body, query, administrationId, grant });
}

/** `/v1`: every operation of the contract. */
export function apiRoutes(state: State): Router {
	const router = Router();
	const paths = Object.entries(payt.paths).filter(([path]) => path.startsWith('/v1/'));
	const inExpress = (path: string) => path.replace('/v1', '').replace(/{(\w+)}/g, ':$1');
	for (const [path, item] of paths) {
		for (const method of METHODS) {
			if (!item[method]) continue;
			router[method](
				inExpress(path),
				endpoint(state, (call) => handle(call, path, state)),
			);
		}
	}
	const refuse = (status: number, message: string) =>
		endpoint(state, () => {
			throw new ApiError(status, message);
		});
	for (const [path] of paths) router.all(inExpress(path), refuse(405, 'Method not allowed'));
	router.use(refuse(404, 'Not found'));
	return router;
}
