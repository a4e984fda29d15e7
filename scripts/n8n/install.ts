import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { exclusively } from './lock';
import { ensureNode } from './node';
import { npm } from './npm';
import { local, REPOSITORY } from './paths';
import { step, toStderr, type Report } from './report';
import { ensureSqlite } from './sqlite';

/** `oldest`: the oldest n8n that the package supports. */
export type ReleaseName = 'newest' | 'oldest';

/** An installed n8n. */
export interface Release {
	name: ReleaseName;
	/** Version of n8n. */
	version: string;
	folder: string;
	/** Executable of the Node that runs it. */
	node: string;
}

// [file in the repository, its name where n8n is installed]; npm would leave out a committed .npmrc
const FILES = [
	['package.json', 'package.json'],
	['package-lock.json', 'package-lock.json'],
	['npmrc', '.npmrc'],
];

const sourceOf = (name: ReleaseName) => path.join(REPOSITORY, 'scripts/n8n/releases', name);

async function fingerprint(name: ReleaseName): Promise<string> {
	const hash = createHash('sha256').update(`${process.platform}-${process.arch}`);
	for (const [file] of FILES) hash.update(await readFile(path.join(sourceOf(name), file)));
	return hash.digest('hex');
}

/** Version of n8n that a release stands for, whether installed or not. */
export function versionOf(name: ReleaseName): string {
	const text = readFileSync(path.join(sourceOf(name), 'package.json'), 'utf8');
	const { dependencies } = JSON.parse(text) as { dependencies: { n8n: string } };
	return dependencies.n8n;
}

async function install(release: Release, report: Report): Promise<void> {
	await mkdir(release.folder, { recursive: true });
	for (const [file, name] of FILES) {
		await copyFile(path.join(sourceOf(release.name), file), path.join(release.folder, name));
	}
	// Not `npm ci`: it refuses a lock file that lacks packages of other platforms.
	await step(`n8n ${release.version} installed`, report, () =>
		npm(['install', '--no-audit', '--no-fund'], { cwd: release.folder }),
	);
	await ensureSqlite(release, report);
}

/**
 * Installs a pinned n8n release, and Node when the running one does not fit, into `.n8n-local`.
 * Takes minutes the first time, no time afterwards; safe to call from several processes.
 * @throws with the end of npm's log when the installation fails
 */
export async function installRelease(
	name: ReleaseName,
	report: Report = toStderr,
): Promise<Release> {
	const stamp = local(name, '.installed');
	const wanted = await fingerprint(name);
	const isInstalled = async () => existsSync(stamp) && (await readFile(stamp, 'utf8')) === wanted;
	const bring = async (): Promise<Release> => {
		const node = await ensureNode(report);
		const release = { name, version: versionOf(name), folder: local(name), node };
		if (!(await isInstalled())) {
			await install(release, report);
			await writeFile(stamp, wanted);
		}
		return release;
	};
	return (await isInstalled()) ? await bring() : await exclusively(local('install.lock'), bring);
}
