import { spawn, type ChildProcess } from 'node:child_process';
import { installRelease } from './n8n/install';
import { npmCli } from './n8n/npm';
import { REPOSITORY } from './n8n/paths';
import { elapsed } from './n8n/progress';

/** What ran and how long it took, in the order in which it ended. */
const stages: Array<{ stage: string; time: string }> = [];

const running = new Set<ChildProcess>();

async function stage(name: string, run: () => Promise<void>): Promise<void> {
	const start = Date.now();
	console.log(`\n▶ ${name}`);
	try {
		await run();
		stages.push({ stage: name, time: elapsed(start) });
	} catch (error) {
		stages.push({ stage: `${name} (failed)`, time: elapsed(start) });
		throw error;
	}
}

/** Runs a script of package.json; its output is shown as it comes. */
const script = (name: string, ...args: string[]) =>
	stage([name, ...args].join(' '), async () => {
		const child = spawn(process.execPath, [npmCli(), 'run', '--silent', name, '--', ...args], {
			cwd: REPOSITORY,
			stdio: 'inherit',
		});
		running.add(child);
		const code = await new Promise((resolve, reject) => {
			child.once('error', reject);
			child.once('exit', resolve);
		});
		running.delete(child);
		if (code !== 0) throw new Error(`${name} failed`);
	});

/** Everything there is to test, what needs no n8n while n8n is installed. */
async function main(): Promise<void> {
	const installed = stage('n8n installed', async () => {
		for (const name of ['newest', 'oldest'] as const) await installRelease(name);
	});
	const tested = (async () => {
		await Promise.all([script('lint'), script('typecheck'), script('build')]);
		await script('scan');
		await script('test:unit', 'package');
	})();
	await Promise.all([installed, tested]);
	await script('test:e2e');
}

const start = Date.now();
main()
	.catch((error) => {
		console.error(`\n✗ ${error.message}`);
		process.exitCode = 1;
	})
	.finally(() => {
		console.table([...stages, { stage: 'all', time: elapsed(start) }]);
		for (const child of running) child.kill();
		process.exit();
	});
