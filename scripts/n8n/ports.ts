import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

async function claimPort(port: number): Promise<number> {
	const server = createServer().listen(port, '127.0.0.1');
	await once(server, 'listening');
	const { port: claimed } = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return claimed;
}

/** A free port on 127.0.0.1: the preferred one when nobody holds it. */
export async function freePort(preferred = 0): Promise<number> {
	try {
		return await claimPort(preferred);
	} catch {
		return await claimPort(0);
	}
}
