import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { npmCli } from './n8n/npm';
import { REPOSITORY } from './n8n/paths';

/** Where each package is, by what its tags begin with. */
const PACKAGES = { v: '.', 'payt-v': './packages/n8n-nodes-payt' };

/** @throws when the tag is not that of the package's version, or its changelog does not tell of it */
function checkTag(tag: string): void {
	const [, prefix, version] = /^(\D*)(.*)$/.exec(tag)!;
	const folder = PACKAGES[prefix as keyof typeof PACKAGES];
	if (!folder) throw new Error(`${tag} is no tag of a package: v1.2.3 or payt-v1.2.3`);
	const read = (file: string) => readFileSync(path.join(REPOSITORY, folder, file), 'utf8');
	const manifest = JSON.parse(read('package.json')) as { name: string; version: string };
	if (manifest.version !== version) {
		throw new Error(`${tag} is not the version of ${manifest.name}: ${manifest.version}`);
	}
	if (!read('CHANGELOG.md').includes(`## [${version}]`)) {
		throw new Error(`CHANGELOG.md of ${manifest.name} does not tell of ${version}`);
	}
}

/** @throws when npm fails */
function npm(...args: string[]): void {
	console.log(`\n▶ npm ${args.join(' ')}`);
	const { status } = spawnSync(process.execPath, [npmCli(), ...args], {
		cwd: REPOSITORY,
		stdio: 'inherit',
	});
	if (status !== 0) throw new Error(`npm ${args.join(' ')} failed`);
}

/** All that comes before publishing: `npm run release:check [tag]`. */
function main([tag]: string[]): void {
	if (tag) checkTag(tag);
	npm('run', 'build');
	npm('run', 'scan');
	npm('exec', '--', 'jest', '--selectProjects', 'package');
	npm('run', 'test:e2e', '--', 'install.e2e');
	for (const folder of Object.values(PACKAGES)) npm('publish', '--dry-run', folder);
}

try {
	main(process.argv.slice(2));
	console.log('\n✓ Ready to publish');
} catch (error) {
	console.error(`\n✗ ${(error as Error).message}`);
	process.exitCode = 1;
}
