import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request as it came; `body` is what its JSON holds, empty without one. */
export interface JsonRequest {
	method: string;
	/** With the query. */
	path: string;
	headers: IncomingHttpHeaders;
	source: string;
	body: Record<string, unknown>;
}

/** `body` is sent as JSON; without a status it is 200, and status 0 cuts the connection. */
export interface JsonAnswer {
	status?: number;
	body?: unknown;
}

type Answer = (request: JsonRequest) => JsonAnswer | Promise<JsonAnswer>;

/** Answers requests with JSON. */
export const jsonListener =
	(answer: Answer): RequestListener =>
	async (request, response) => {
		const source = await text(request);
		const { method = '', url = '', headers, socket } = request;
		const body = source ? JSON.parse(source) : {};
		const { status = 200, body: answered = {} } = await answer({
			method,
			path: url,
			headers,
			source,
			body,
		});
		if (status === 0) return socket.destroy();
		response.writeHead(status, { 'content-type': 'application/json' });
		response.end(JSON.stringify(answered));
	};

/** A server on 127.0.0.1 that stands in for another service. */
export async function startJsonServer(answer: Answer): Promise<{ url: string; close(): void }> {
	const server = createServer(jsonListener(answer));
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: () => {
			server.close();
			server.closeAllConnections();
		},
	};
}
