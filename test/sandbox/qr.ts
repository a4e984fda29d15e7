import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The smallest PNG there is: one pixel. */
export const PICTURE = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
	'base64',
);

const PARAMETERS = [
	...['acc', 'bank', 'amount', 'des', 'template', 'download'],
	...['showinfo', 'fullacc', 'holder', 'store'],
];

export interface QrService {
	/** Stands for `https://vietqr.app/img`. */
	url: string;
	seen: Array<{ query: Record<string, string>; headers: IncomingHttpHeaders }>;
	/** Set to answer so in place of a picture, once. */
	fault?: { status: number; body: string; type?: string };
	close(): Promise<void>;
}

/** Stands in for the service that draws VietQRs (reference: "VietQR image"); it knows no accounts. */
export async function startQrService(): Promise<QrService> {
	const server = createServer((request, response) => {
		const { pathname, searchParams } = new URL(request.url!, service.url);
		const query = Object.fromEntries(searchParams);
		service.seen.push({ query, headers: request.headers });
		const isKnown = Object.keys(query).every((name) => PARAMETERS.includes(name));
		const isAsked = pathname === '/img' && isKnown && query.acc && query.bank;
		const { status, body, type } = service.fault ?? {
			...(isAsked
				? { status: 200, body: PICTURE, type: 'image/png' }
				: { status: 400, body: 'Bad request', type: 'text/plain' }),
		};
		service.fault = undefined;
		response.writeHead(status, { 'content-type': type ?? 'text/html' }).end(body);
	});
	const service: QrService = {
		url: '',
		seen: [],
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	service.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/img`;
	return service;
}
