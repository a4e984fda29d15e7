import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { isObject } from '../../../../nodes/shared/values';

/** How a body goes: as JSON unless it is one of these. */
export type BodyEncoding = 'form' | 'query';

/** Fields by the names that forms have: `a[b]` for b in an object a, `a[]` for each entry of a list. */
export function toPairs(value: unknown, name = ''): Array<[string, string]> {
	if (Array.isArray(value)) return value.flatMap((entry) => toPairs(entry, `${name}[]`));
	if (!isObject(value)) return [[name, String(value)]];
	return Object.entries(value).flatMap(([key, inner]) =>
		toPairs(inner, name ? `${name}[${key}]` : key),
	);
}

/** Puts a body into a request: as JSON, as a form, or into the query. */
export function withBody(
	form: BodyEncoding | undefined,
	request: IHttpRequestOptions,
	body: IDataObject,
): IHttpRequestOptions {
	if (form === 'query') return { ...request, body: undefined, qs: body };
	if (form === undefined) return { ...request, body };
	const headers = { ...request.headers, 'Content-Type': 'application/x-www-form-urlencoded' };
	return { ...request, headers, body: new URLSearchParams(toPairs(body)).toString() };
}
