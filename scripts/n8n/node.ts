import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { npm } from './npm';
import { localPath } from './paths';
import { reportStep, type ProgressReporter } from './progress';

const NODE_VERSION = '24.21.0';

/** The package of the npm registry that holds Node for this machine. */
function platformPackage(): string {
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	const prefix = platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
	return `${prefix}-${platform}-${process.arch}`;
}

/**
 * Node for an n8n release: the running one when its major version fits, else one that both releases
 * run on, brought from the npm registry.
 * @returns path of the executable
 */
export async function ensureNode(majors: string[], report: ProgressReporter): Promise<string> {
	if (majors.includes(process.versions.node.split('.')[0]) && process.platform !== 'win32') {
		return process.execPath;
	}
	const folder = localPath('node', NODE_VERSION);
	const name = platformPackage();
	const bin = path.join(folder, 'node_modules', name, 'bin');
	const executable = path.join(bin, process.platform === 'win32' ? 'node.exe' : 'node');
	if (existsSync(executable)) return executable;
	await reportStep(`Node ${NODE_VERSION} installed`, report, async () => {
		await mkdir(folder, { recursive: true });
		await writeFile(path.join(folder, 'package.json'), '{ "private": true }\n');
		const flags = ['--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--ignore-scripts'];
		await npm(['install', `${name}@${NODE_VERSION}`, ...flags], { cwd: folder });
	});
	return executable;
}

/** Where the headers of this Node are, when it came with some. */
export function headersOf(node: string): string | undefined {
	const folder = path.resolve(path.dirname(node), '..');
	return existsSync(path.join(folder, 'include/node/node_api.h')) ? folder : undefined;
}
