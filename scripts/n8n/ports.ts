import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Systems give higher ones to outgoing connections, which could take a port before it is listened on. */
const PORTS = [10_000, 32_000] as const;
const MAX_ATTEMPTS = 100;

/** A free port on 127.0.0.1: the preferred one when nobody holds it. */
export async function freePort(preferred = 0): Promise<number> {
	let port = preferred || randomInt(...PORTS);
	for (let attempt = 1; ; attempt++) {
		const server = createServer().listen(port, '127.0.0.1');
		try {
			await once(server, 'listening');
			server.close();
			await once(server, 'close');
			return port;
		} catch (error) {
			if (attempt === MAX_ATTEMPTS) throw error;
			port = randomInt(...PORTS);
		}
	}
}
