import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './processes';

/** A lock without an owner was left by a process that ended while it made it. */
const MAX_OWNERLESS_MS = 5000;

async function isDead(file: string): Promise<boolean> {
	const owner = Number(await readFile(file, 'utf8').catch(() => '0'));
	if (owner > 0) return !isAlive(owner);
	const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Date.now() }));
	return Date.now() - mtimeMs > MAX_OWNERLESS_MS;
}

async function tryLock(file: string): Promise<boolean> {
	try {
		await writeFile(file, String(process.pid), { flag: 'wx' });
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		if (await isDead(file)) await rm(file, { force: true });
		return false;
	}
}

/** Runs one at a time among all processes that name the same file. */
export async function withFileLock<T>(file: string, run: () => Promise<T>): Promise<T> {
	await mkdir(path.dirname(file), { recursive: true });
	while (!(await tryLock(file))) await sleep(500);
	try {
		return await run();
	} finally {
		await rm(file, { force: true });
	}
}
