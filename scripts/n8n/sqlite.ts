import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { headersOf } from './node';
import { npm } from './npm';
import { localPath } from './paths';
import { reportStep, type ProgressReporter } from './progress';
import type { Release } from './types';

/**
 * Brings n8n's database driver, the one dependency whose install script has to run: downloaded
 * where its makers offer it, else compiled. Kept, so that the next release takes it over.
 */
export async function ensureSqlite(release: Release, report: ProgressReporter): Promise<void> {
	const folder = path.join(release.folder, 'node_modules/sqlite3');
	const { version } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as {
		version: string;
	};
	const built = path.join(folder, 'build/Release/node_sqlite3.node');
	const kept = localPath('sqlite3', `${version}-${process.platform}-${process.arch}.node`);
	if (existsSync(kept)) {
		await mkdir(path.dirname(built), { recursive: true });
		await copyFile(kept, built);
		return;
	}
	const headers = headersOf(release.node);
	await reportStep(`sqlite3 ${version} built`, report, () =>
		npm(['rebuild', 'sqlite3', '--ignore-scripts=false'], {
			cwd: release.folder,
			node: release.node,
			env: { npm_config_jobs: 'max', ...(headers && { npm_config_nodedir: headers }) },
		}),
	);
	await mkdir(path.dirname(kept), { recursive: true });
	// Under another name first: a copy that is interrupted must not be taken for the driver.
	await copyFile(built, `${kept}.part`);
	await rename(`${kept}.part`, kept);
}
