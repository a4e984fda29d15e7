import type { SeenRequest } from './state';

/** How an answer repeats the request: as the service's own JSON, as text, as a web page. */
export type Echo = 'json' | 'text' | 'page';

/** Whether the JSON in a text may have the slash escaped, as PHP writes it. */
const phpJson = (value: unknown) => JSON.stringify(value).replace(/\//g, '\\/');

/** The credentials of a request, as they came and in the forms in which services write them. */
function credentialsOf({ headers }: SeenRequest): Record<string, string> {
	const { authorization = '' } = headers;
	const [, given = ''] = authorization.split(' ');
	const encode = (text: string) => Buffer.from(text).toString('base64');
	return {
		authorization,
		decoded: Buffer.from(given, 'base64').toString('utf8'),
		base64: encode(given),
		base64OfPair: encode(`user:${given}`),
		base64OfHeader: encode(authorization),
		base64Url: Buffer.from(given).toString('base64url'),
		url: encodeURIComponent(given),
		form: new URLSearchParams({ given, authorization }).toString(),
		json: JSON.stringify({ given }),
		php: phpJson({ given, base64: encode(given) }),
		nested: JSON.stringify(JSON.stringify({ url: encodeURIComponent(given), given })),
	};
}

/** The body and type of an answer that repeats the whole request, as debugging proxies do. */
export function echoOf(
	seen: SeenRequest,
	status: number,
	echo: Echo,
): { body: string; contentType: string } {
	const { method, path, headers, body, rawBody } = seen;
	const credentials = credentialsOf(seen);
	const text = [`${method} ${path}`, ...Object.values(credentials), rawBody].join('\n');
	if (echo === 'text') return { body: text, contentType: 'text/plain' };
	if (echo === 'page') return { body: `<html><pre>${text}</pre></html>`, contentType: 'text/html' };
	const request = { method, path, headers, body, credentials, [headers.authorization ?? '']: 1 };
	const answer =
		status < 400
			? { status: 'success', success: true, data: { id: '1', xid: '1', message: text, request } }
			: { error: 'bad_request', error_description: text, message: text, errors: request };
	return { body: JSON.stringify(answer), contentType: 'application/json; charset=utf-8' };
}
