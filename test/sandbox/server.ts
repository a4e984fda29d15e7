import { once, setMaxListeners } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';
import { Clock } from './clock';
import { Faults, type FaultRule } from './faults';
import type { SeenRequest, Service } from './state';

/** What every server of the sandbox can be asked to do. */
export interface Server {
	/** `http://127.0.0.1:<port>` */
	url: string;
	clearRequests(): void;
	/** Makes requests go wrong; returns a function that ends it. Rules are tried oldest first. */
	fault(rule: FaultRule): () => void;
	/** Waits until no delivery is under way; retries that are not due yet do not count. */
	idle(): Promise<void>;
	/** Stops everything; open connections are cut. */
	close(): Promise<void>;
}

export interface ServerOptions {
	/** 0, the default: a free one. */
	port?: number;
	/** How long an answer of the API takes, milliseconds; default 0. */
	latencyMs?: number;
}

/** The parts of a server that do not depend on what it plays. */
type Base = Omit<Server, 'idle'> &
	Omit<Service, 'variants' | 'rateLimit' | 'isApi' | 'refused' | 'deliveryTimeoutMs'>;

/**
 * Starts a server on 127.0.0.1 that reads bodies as bytes and has no routes yet.
 * @param idle waits for the deliveries before it is closed
 */
export async function startServer(
	{ port = 0, latencyMs = 0 }: ServerOptions,
	idle: () => Promise<void>,
): Promise<{ app: Express; faults: Faults; base: Base }> {
	const app = express();
	app.disable('x-powered-by');
	app.use(express.raw({ type: () => true, limit: '8mb' }));
	const server = createServer(app);
	server.listen(port, '127.0.0.1');
	await once(server, 'listening');
	const clock = new Clock();
	const faults = new Faults();
	const closing = new AbortController();
	// Each call that is being answered listens for the end.
	setMaxListeners(0, closing.signal);
	const requests: SeenRequest[] = [];
	const base: Base = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		clock,
		latencyMs,
		allowPrivateWebhooks: false,
		hosts: new Map(),
		requests,
		closing,
		clearRequests: () => {
			requests.length = 0;
		},
		fault: (rule) => faults.add(rule),
		close: async () => {
			closing.abort();
			await idle();
			clock.stop();
			const closed = once(server, 'close');
			server.close();
			server.closeAllConnections();
			await closed;
		},
	};
	return { app, faults, base };
}
