import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

const POSTGRES = '/usr/lib/postgresql';

function find(program: string): string | undefined {
	// Debian keeps the programs of each PostgreSQL apart.
	const versions = existsSync(POSTGRES) ? readdirSync(POSTGRES) : [];
	const folders = [
		...(process.env.PATH ?? '').split(path.delimiter),
		...versions.map((version) => path.join(POSTGRES, version, 'bin')),
	];
	return folders.map((folder) => path.join(folder, program)).find((file) => existsSync(file));
}

/**
 * Where a program of a Debian package is; root installs the package when it is missing.
 * @throws naming the package when it is missing and cannot be installed
 */
export function programOf(debianPackage: string, program: string): string {
	if (!find(program) && process.getuid?.() === 0) {
		for (const args of [['update'], ['install', '-y', '--no-install-recommends', debianPackage]]) {
			spawnSync('apt-get', args, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
		}
	}
	const found = find(program);
	if (found) return found;
	throw new Error(`${program} is missing: apt-get install ${debianPackage}`);
}
