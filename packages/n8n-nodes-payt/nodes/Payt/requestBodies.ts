import { randomBytes } from 'crypto';
import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { isObject } from '../../../../nodes/shared/values';

/** How a body goes: as JSON unless it is one of these. */
export type BodyEncoding = 'form' | 'query';

/** A file of a multipart body. */
export interface FilePart {
	name: string;
	fileName: string;
	contentType: string;
	bytes: Buffer;
}

/** Fields by the names that forms have: `a[b]` for b in an object a, `a[]` for each entry of a list. */
function toPairs(value: unknown, name: string): Array<[string, string]> {
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
	return { ...request, headers, body: new URLSearchParams(toPairs(body, '')).toString() };
}

/**
 * Puts fields and files into a request as a multipart form. It is made of bytes, which n8n sends once
 * more after it has renewed the sign-in, as it does not with a form of its own.
 */
export function withMultipartBody(
	request: IHttpRequestOptions,
	fields: IDataObject,
	files: FilePart[],
): IHttpRequestOptions {
	const boundary = randomBytes(16).toString('hex');
	const quoted = (text: string) => text.replace(/["\r\n]/g, encodeURIComponent);
	const part = (head: string, content: string | Buffer) => [
		Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`),
		Buffer.from(content),
		Buffer.from('\r\n'),
	];
	const body = Buffer.concat([
		...toPairs(fields, '').flatMap(([name, value]) => part(`name="${name}"`, value)),
		...files.flatMap(({ name, fileName, contentType, bytes }) =>
			part(`name="${name}"; filename="${quoted(fileName)}"\r\nContent-Type: ${contentType}`, bytes),
		),
		Buffer.from(`--${boundary}--\r\n`),
	]);
	const headers = {
		...request.headers,
		'Content-Type': `multipart/form-data; boundary=${boundary}`,
	};
	return { ...request, headers, body };
}
