import { copyFileSync, mkdirSync } from 'node:fs';
import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { withFileLock } from './fileLock';
import { npm, npmCli } from './npm';
import { localPath, REPOSITORY } from './paths';
import type { Release } from './types';

/** A package as it would be published. */
export interface Packed {
	name: string;
	version: string;
	/** Path of the tarball. */
	file: string;
	/** Changes when anything in the package changes. */
	integrity: string;
}

/** Nobody packs, or reads what was built, while somebody builds. */
const LOCK = localPath('build.lock');

/** Does something with what was built, which a build takes away for a moment. */
export async function whileBuilt<T>(work: () => Promise<T>): Promise<T> {
	return await withFileLock(LOCK, work);
}

/** Builds both packages in place. */
export async function buildPackages(): Promise<void> {
	await withFileLock(LOCK, async () => await npm(['run', 'build'], { cwd: REPOSITORY }));
}

/**
 * Packs a built package as npm would publish it, into `.n8n-local`.
 * @param folder of the package; default: the one in the repository's root
 * @throws when it is not built
 */
export async function packPackage(folder = REPOSITORY): Promise<Packed> {
	const destination = localPath('packages');
	await mkdir(destination, { recursive: true });
	// An n8n may be installing the tarball of before, so that it is replaced and not written anew.
	const fresh = await mkdtemp(path.join(destination, 'new-'));
	try {
		const out = await withFileLock(LOCK, async () => {
			await access(path.join(folder, 'dist')).catch(() => {
				throw new Error(`${folder} is not built; run \`npm run build\` first`);
			});
			const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', fresh];
			return await npm(args, { cwd: folder });
		});
		const [{ name, version, filename, integrity }] = JSON.parse(out) as Array<
			Packed & { filename: string }
		>;
		const file = path.join(destination, filename);
		await rename(path.join(fresh, filename), file);
		return { name, version, file, integrity };
	} finally {
		await rm(fresh, { recursive: true, force: true });
	}
}

/**
 * Options that let an n8n install packages from their tarballs through its own feature,
 * `N8nClient.installPackage`.
 */
export function offerPackages(
	packages: Packed[],
	release: Release,
): { path: string[]; env: NodeJS.ProcessEnv } {
	const shim = path.join(__dirname, 'shim');
	if (process.platform === 'win32') {
		// There n8n looks for npm beside its Node, which then is the one in `.n8n-local`.
		const beside = path.join(path.dirname(release.node), 'node_modules/npm/bin');
		mkdirSync(beside, { recursive: true });
		copyFileSync(path.join(shim, 'npm'), path.join(beside, 'npm-cli.js'));
	}
	return {
		path: [shim],
		env: {
			N8N_SHIM_PACKAGES: JSON.stringify(
				Object.fromEntries(packages.map((packed) => [packed.name, packed])),
			),
			N8N_SHIM_NPM: npmCli(),
		},
	};
}
