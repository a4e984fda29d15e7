import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

async function take(file: string): Promise<boolean> {
	try {
		await writeFile(file, String(process.pid), { flag: 'wx' });
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		const owner = Number(await readFile(file, 'utf8').catch(() => '0'));
		if (owner > 0 && !isAlive(owner)) await rm(file, { force: true });
		return false;
	}
}

/** Runs one at a time among all processes that name the same file. */
export async function exclusively<T>(file: string, run: () => Promise<T>): Promise<T> {
	await mkdir(path.dirname(file), { recursive: true });
	while (!(await take(file))) await sleep(500);
	try {
		return await run();
	} finally {
		await rm(file, { force: true });
	}
}
