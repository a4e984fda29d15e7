import type {
	IAllExecuteFunctions,
	IDataObject,
	IHttpRequestMethods,
	IHttpRequestOptions,
} from 'n8n-workflow';
import type { FetchPage } from './paging';
import { refusal, unreadable } from './refusals';
import { send } from './sending';
import type { Service } from './service';
import { exactNumber } from './values';

/** Which scope and which right of the SePay user a path needs (reference: "Endpoint table"). */
const ACCESS: Array<
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
	pace: { calls: 3, perMs: 1040 },
	permission(method, path) {
		const [, , scope, right] =
			ACCESS.find(([verb, pattern]) => [method, '*'].includes(verb) && pattern.test(path)) ?? [];
		if (!scope) return undefined;
		const user = right ? ` The SePay user who connected it also needs the right ${right}.` : '';
		return `It needs the scope "${scope}": tick it under Scopes in the credential, see that the application at SePay has it too, and connect again.${user}`;
	},
};

const REFUSED = ['error', 'fail', 'failed', 'false'];

/** What SePay wraps its data in. */
export interface Envelope {
	data?: unknown;
	meta?: { pagination?: { total?: unknown; per_page?: unknown; last_page?: unknown } };
	[key: string]: unknown;
}

/**
 * Calls SePay and gives the envelope of its answer.
 *
 * @param expected what the answer should hold, in words for the error; without it anything but text will do
 * @throws NodeApiError when the call is refused, also by words in a 2xx answer, or no JSON object comes
 */
export async function callSePay(
	this: IAllExecuteFunctions,
	request: IHttpRequestOptions,
	expected?: string,
): Promise<Envelope> {
	const answer = await send.call(this, sePay, request);
	const { body } = answer;
	const context = { node: this.getNode(), service: sePay, request };
	if (isObject(body)) {
		if (REFUSED.includes(String(body.status)) || isText(body.error)) {
			throw refusal(context, answer, 0);
		}
		return body;
	}
	if (!expected && !isText(body)) return {};
	throw unreadable(context, expected ?? 'a confirmation', body);
}

/** Reads one object, such as `GET /bank-accounts/19`. */
export async function readObject(
	this: IAllExecuteFunctions,
	request: IHttpRequestOptions,
): Promise<IDataObject> {
	const expected = 'one object under "data"';
	const envelope = await callSePay.call(this, request, expected);
	if (isObject(envelope.data)) return envelope.data;
	const context = { node: this.getNode(), service: sePay, request };
	throw unreadable(context, expected, envelope.data, envelope);
}

/** Reads one page of a list, such as `GET /transactions`; the filters stay as they are on every page. */
export function pageReader(this: IAllExecuteFunctions, request: IHttpRequestOptions): FetchPage {
	return async (page, size) => {
		const expected = 'a list of objects under "data"';
		const qs = { ...request.qs, page, limit: size };
		const envelope = await callSePay.call(this, { ...request, qs }, expected);
		const { data, meta } = envelope;
		if (!Array.isArray(data) || !data.every(isObject)) {
			const context = { node: this.getNode(), service: sePay, request };
			throw unreadable(context, expected, data, envelope);
		}
		const { total, per_page, last_page } = meta?.pagination ?? {};
		return {
			rows: data,
			total: countOrNone(total),
			perPage: countOrNone(per_page),
			lastPage: countOrNone(last_page),
		};
	};
}

function isText(value: unknown): boolean {
	return typeof value === 'string' && value.trim() !== '';
}

function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function countOrNone(value: unknown): number | undefined {
	const number = exactNumber(value);
	return typeof number === 'number' && number >= 0 ? number : undefined;
}
