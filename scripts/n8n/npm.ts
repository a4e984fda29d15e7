import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { childEnvironment } from './environment';

function ownNpm(): string | undefined {
	const asked = process.env.npm_execpath;
	if (asked && path.basename(asked) === 'npm-cli.js') return asked;
	const bin = path.dirname(realpathSync(process.execPath));
	const modules = ['../lib/node_modules', 'node_modules', '../share/nodejs'];
	return modules
		.map((folder) => path.join(bin, folder, 'npm/bin/npm-cli.js'))
		.find((file) => existsSync(file));
}

function npmOnPath(): string | undefined {
	const links = (process.env.PATH ?? '')
		.split(path.delimiter)
		.flatMap((folder) => [
			path.join(folder, 'npm'),
			path.join(folder, 'node_modules/npm/bin/npm-cli.js'),
		]);
	return links
		.filter((file) => existsSync(file))
		.map((file) => realpathSync(file))
		.find((file) => path.basename(file) === 'npm-cli.js');
}

/**
 * The script behind the machine's `npm`; run by Node directly, it needs no shell on any platform.
 * @throws when there is none
 */
export function npmCli(): string {
	const found = ownNpm() ?? npmOnPath();
	if (!found) throw new Error('npm was not found beside Node or on the PATH');
	return found;
}

export interface NpmOptions {
	cwd: string;
	/** Node that runs npm and the scripts of packages; default: the running one. */
	node?: string;
	env?: NodeJS.ProcessEnv;
}

/** Last lines that npm wrote, without its notes on configuration. */
function lastLines(log: string): string {
	return log
		.split('\n')
		.filter((line) => line.trim() !== '' && !line.includes('npm warn'))
		.slice(-25)
		.join('\n');
}

/**
 * Runs npm and returns what it printed.
 * @throws with the end of npm's log when it fails
 */
export async function npm(args: string[], options: NpmOptions): Promise<string> {
	const node = options.node ?? process.execPath;
	const child = spawn(node, [npmCli(), ...args], {
		cwd: options.cwd,
		env: childEnvironment([path.dirname(node)], options.env ?? {}),
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let out = '';
	let log = '';
	child.stdout.on('data', (chunk: Buffer) => {
		out += chunk;
		log += chunk;
	});
	child.stderr.on('data', (chunk: Buffer) => {
		log += chunk;
	});
	const end = () => child.kill();
	process.once('exit', end);
	const code = await new Promise<number | null>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', resolve);
	}).finally(() => process.off('exit', end));
	if (code === 0) return out;
	throw new Error(`npm ${args.join(' ')} failed in ${options.cwd}\n${lastLines(log)}`);
}
