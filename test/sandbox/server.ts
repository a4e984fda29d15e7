import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';

/** Starts a server on 127.0.0.1 that reads bodies as bytes; port 0 stands for a free one. */
export async function startServer(
	port = 0,
): Promise<{ app: Express; url: string; close: () => Promise<void> }> {
	const app = express();
	app.disable('x-powered-by');
	app.use(express.raw({ type: () => true, limit: '8mb' }));
	const server = createServer(app);
	server.listen(port, '127.0.0.1');
	await once(server, 'listening');
	return {
		app,
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: async () => {
			const closed = once(server, 'close');
			server.close();
			server.closeAllConnections();
			await closed;
		},
	};
}
