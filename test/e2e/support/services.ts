import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { programOf } from '../../../scripts/debianProgram';
import { freePort } from '../../../scripts/n8n/ports';

/** A server for one test, on 127.0.0.1, with nothing stored before and nothing left after. */
export interface Service {
	port: number;
	close(): Promise<void>;
}

const READY_MS = 30_000;
const isRoot = process.getuid?.() === 0;

/** Runs a server until it is closed. Servers that refuse to run as root run as their own user. */
async function startProgram(
	file: string,
	argsFor: (folder: string, port: number) => string[],
	prepare?: (folder: string, owner: { uid?: number; gid?: number }) => void,
	user?: string,
): Promise<Service> {
	const idOf = (flag: string) =>
		isRoot && user ? Number(spawnSync('id', [flag, user]).stdout.toString()) : undefined;
	const owner = { uid: idOf('-u'), gid: idOf('-g') };
	const folder = await mkdtemp(path.join(os.tmpdir(), 'n8n-e2e-'));
	if (owner.uid !== undefined) await chown(folder, owner.uid, owner.gid!);
	prepare?.(folder, owner);
	const port = await freePort();
	const child = spawn(file, argsFor(folder, port), { cwd: folder, stdio: 'ignore', ...owner });
	const closed = once(child, 'close');
	const end = () => child.kill('SIGKILL');
	process.once('exit', end);
	const close = async () => {
		process.off('exit', end);
		end();
		await closed;
		await rm(folder, { recursive: true, force: true, maxRetries: 3 });
	};
	for (const deadline = Date.now() + READY_MS; ; await sleep(50)) {
		const socket = connect(port, '127.0.0.1');
		const answered = await once(socket, 'connect').then(
			() => true,
			() => false,
		);
		socket.destroy();
		if (answered) return { port, close };
		if (child.exitCode !== null || Date.now() > deadline) {
			await close();
			throw new Error(`${file} did not start`);
		}
	}
}

/** Redis, which holds n8n's queue. */
export async function startRedis(): Promise<Service> {
	return await startProgram(programOf('redis-server', 'redis-server'), (_folder, port) => [
		...['--port', `${port}`, '--bind', '127.0.0.1'],
		...['--save', '', '--appendonly', 'no'],
	]);
}

/** PostgreSQL with the user `postgres`, who needs no password, and the database `postgres`. */
export async function startPostgres(): Promise<Service> {
	const initdb = programOf('postgresql', 'initdb');
	return await startProgram(
		programOf('postgresql', 'postgres'),
		(folder, port) => [
			...['-D', path.join(folder, 'data'), '-k', folder],
			...['-p', `${port}`, '-h', '127.0.0.1', '-c', 'max_connections=200'],
		],
		(folder, owner) => {
			const args = ['-D', path.join(folder, 'data'), '-U', 'postgres', '--auth=trust'];
			const { status, stderr } = spawnSync(initdb, args, { cwd: folder, ...owner });
			if (status !== 0) throw new Error(`initdb failed: ${stderr.toString()}`);
		},
		'postgres',
	);
}
