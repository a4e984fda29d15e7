import { randomBytes } from 'crypto';
import type { IHttpRequestOptions } from 'n8n-workflow';

/** A file of a multipart body. */
export interface FilePart {
	name: string;
	fileName: string;
	contentType: string;
	bytes: Buffer;
}

/**
 * Puts fields and files into a request as a multipart form. It is made of bytes, which n8n sends once
 * more after it has renewed the sign-in, as it does not with a form of its own.
 */
export function withMultipartBody(
	request: IHttpRequestOptions,
	fields: Array<[name: string, value: string]>,
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
		...fields.flatMap(([name, value]) => part(`name="${name}"`, value)),
		...files.flatMap(({ name, fileName, contentType, bytes }) =>
			part(`name="${name}"; filename="${quoted(fileName)}"\r\nContent-Type: ${contentType}`, bytes),
		),
		Buffer.from(`--${boundary}--\r\n`),
	]);
	const type = `multipart/form-data; boundary=${boundary}`;
	const headers = { ...request.headers, 'Content-Type': type };
	return { ...request, headers, body };
}
