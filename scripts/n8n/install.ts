import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { withFileLock } from './fileLock';
import { ensureNode } from './node';
import { npm } from './npm';
import { localPath, REPOSITORY } from './paths';
import { reportStep, reportToStderr, type ProgressReporter } from './progress';
import { ensureSqlite } from './sqlite';
import type { Release, ReleaseName } from './types';

// [file in the repository, its name where n8n is installed]; npm would leave out a committed .npmrc
const RELEASE_FILES = [
	['package.json', 'package.json'],
	['package-lock.json', 'package-lock.json'],
	['npmrc', '.npmrc'],
];

/** Major versions of Node that a release runs on. */
const NODE_MAJORS: Record<ReleaseName, string[]> = { newest: ['24'], oldest: ['22', '24'] };

const releaseFolder = (name: ReleaseName) => path.join(REPOSITORY, 'scripts/n8n/releases', name);

async function fingerprint(name: ReleaseName): Promise<string> {
	const hash = createHash('sha256').update(`${process.platform}-${process.arch}`);
	for (const [file] of RELEASE_FILES)
		hash.update(await readFile(path.join(releaseFolder(name), file)));
	return hash.digest('hex');
}

/** The n8n releases under test; `E2E_RELEASES=newest` picks one. */
export function releaseNames(): ReleaseName[] {
	return (process.env.E2E_RELEASES ?? 'newest,oldest').split(',') as ReleaseName[];
}

/** Version of n8n that a release stands for, whether installed or not. */
export function versionOf(name: ReleaseName): string {
	const text = readFileSync(path.join(releaseFolder(name), 'package.json'), 'utf8');
	const { dependencies } = JSON.parse(text) as { dependencies: { n8n: string } };
	return dependencies.n8n;
}

async function install(release: Release, report: ProgressReporter): Promise<void> {
	await mkdir(release.folder, { recursive: true });
	for (const [file, name] of RELEASE_FILES) {
		await copyFile(path.join(releaseFolder(release.name), file), path.join(release.folder, name));
	}
	// Not `npm ci`: it refuses a lock file that lacks packages of other platforms.
	await reportStep(`n8n ${release.version} installed`, report, () =>
		npm(['install', '--no-audit', '--no-fund'], { cwd: release.folder }),
	);
	await withFileLock(localPath('sqlite3.lock'), async () => await ensureSqlite(release, report));
}

/**
 * Installs a pinned n8n release, and Node when the running one does not fit, into `.n8n-local`.
 * Takes minutes the first time, no time afterwards; safe to call from several processes.
 * @throws with the end of npm's log when the installation fails
 */
export async function installRelease(
	name: ReleaseName,
	report: ProgressReporter = reportToStderr,
): Promise<Release> {
	const stamp = localPath(name, '.installed');
	const wanted = await fingerprint(name);
	const isInstalled = async () => existsSync(stamp) && (await readFile(stamp, 'utf8')) === wanted;
	const bring = async (): Promise<Release> => {
		const node = await withFileLock(localPath('node.lock'), async () => {
			return await ensureNode(NODE_MAJORS[name], report);
		});
		const release = { name, version: versionOf(name), folder: localPath(name), node };
		if (!(await isInstalled())) {
			await install(release, report);
			await writeFile(stamp, wanted);
		}
		return release;
	};
	return (await isInstalled())
		? await bring()
		: await withFileLock(localPath(`${name}.lock`), bring);
}
