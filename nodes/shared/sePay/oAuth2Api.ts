import type { IHttpRequestMethods } from 'n8n-workflow';
import { createReaders, type EnvelopeFormat } from '../transport/responseFormat';
import type { Service } from '../transport/service';
import { fieldsOf, isNonEmptyText, toBoolean } from '../values';

/** Which scope and which right of the SePay user a path needs (reference: "Endpoint table"). */
const PERMISSIONS: Array<
	[method: IHttpRequestMethods | '*', path: RegExp, scope: string, right: string]
> = [
	['*', /^\/bank-accounts/, 'bank-account:read', 'to view bank accounts'],
	['*', /^\/transactions/, 'transaction:read', 'to view transactions'],
	['GET', /^\/webhooks/, 'webhook:read', 'to view webhooks'],
	['DELETE', /^\/webhooks/, 'webhook:delete', 'to delete webhooks'],
	['*', /^\/webhooks/, 'webhook:write', 'to add and edit webhooks'],
	['*', /^\/me/, 'profile', ''],
	['*', /^\/compan/, 'company', 'of an Admin or SuperAdmin'],
];

/** SePay's API for applications that a user has let in by OAuth2. */
export const sePay: Service = {
	name: 'SePay',
	credentialType: 'sePayOAuth2Api',
	baseUrl: ({ apiUrl }) => String(apiUrl),
	// Three calls in any second, with 40 ms more because calls do not travel equally fast.
	rateLimit: { calls: 3, perMs: 1040 },
	// SePay's own client takes this as an expired access token, whatever the status.
	expiredTokenError: 'access_denied',
	authenticationHint: 'Open the credential in n8n, check it and reconnect it.',
	permissionHint(method, path) {
		const [, , scope, right] =
			PERMISSIONS.find(([verb, pattern]) => [method, '*'].includes(verb) && pattern.test(path)) ??
			[];
		if (!scope) return undefined;
		const user = right
			? ` The SePay user who connected it also needs the permission ${right}.`
			: '';
		return `This needs the scope "${scope}". Select it under Scopes in the credential, make sure that the application at SePay has it too, and reconnect.${user}`;
	},
};

const ERROR_STATUSES = ['error', 'fail', 'failed', 'false'];

/** How both APIs of SePay wrap; the one for a token names the size of a page otherwise. */
export const envelopeFormat: EnvelopeFormat = {
	service: sePay,
	isError: ({ status, success, error, messages, errors }) =>
		ERROR_STATUSES.includes(String(status)) ||
		toBoolean(success) === false ||
		[error, Object(messages).error].some(isNonEmptyText) ||
		Object.keys(Object(errors)).length > 0,
	listIn: ({ data, meta }) => ({ data, meta: fieldsOf(meta).pagination }),
	pageSizeParameter: 'limit',
};

export const { call: callSePay, readObject, pageReader } = createReaders(envelopeFormat);
