import { copyFileSync, mkdirSync } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import path from 'node:path';
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

/**
 * Packs a built package as npm would publish it, into `.n8n-local`.
 * @param folder of the package; default: the one in the repository's root
 * @throws when it is not built
 */
export async function packPackage(folder = REPOSITORY): Promise<Packed> {
	await access(path.join(folder, 'dist')).catch(() => {
		throw new Error(`${folder} is not built; run \`npm run build\` first`);
	});
	const destination = localPath('packages');
	await mkdir(destination, { recursive: true });
	const out = await npm(['pack', '--json', '--ignore-scripts', '--pack-destination', destination], {
		cwd: folder,
	});
	const [packed] = JSON.parse(out) as Array<Packed & { filename: string }>;
	return {
		name: packed.name,
		version: packed.version,
		file: path.join(destination, packed.filename),
		integrity: packed.integrity,
	};
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
