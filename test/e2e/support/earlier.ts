import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { npm } from '../../../scripts/n8n/npm';
import { localPath, REPOSITORY } from '../../../scripts/n8n/paths';

/** The last commit whose package kept payments in the first way, as users of 0.1.0 have it. */
const COMMIT = '8235d495c154b0e835e7803ec28cc6bdf7d051a0';

/**
 * Builds the package as it was, from its commit, as a version before this one.
 * @returns its folder, ready to be packed
 */
export async function buildEarlier(): Promise<string> {
	const folder = localPath('earlier', COMMIT);
	if (existsSync(path.join(folder, 'dist'))) return folder;
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	const archive = execFileSync('git', ['archive', COMMIT], { cwd: REPOSITORY, maxBuffer: 2 ** 28 });
	execFileSync('tar', ['-x', '-C', folder], { input: archive });
	const manifest = path.join(folder, 'package.json');
	const fields = JSON.parse(await readFile(manifest, 'utf8'));
	await writeFile(manifest, JSON.stringify({ ...fields, version: '0.0.9' }));
	await symlink(path.join(REPOSITORY, 'node_modules'), path.join(folder, 'node_modules'));
	await npm(['run', 'build'], { cwd: folder });
	return folder;
}
