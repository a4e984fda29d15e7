import type { FormattedTestResults } from '@jest/test-result';
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { installRelease, releaseNames } from './n8n/install';
import { npmCli } from './n8n/npm';
import { REPOSITORY } from './n8n/paths';
import { elapsed } from './n8n/progress';

/** How many n8n the tests may set up. */
const MOST_SET_UPS = 8;

/** What ran and how long it took, in the order in which it ended. */
const stages: Array<{ stage: string; time: string; passed?: number; failed?: number }> = [];

/** Files with failed tests, and why they failed; told last, for what runs side by side mixes its output. */
const failures: string[] = [];

const running = new Set<ChildProcess>();

/** Holds jest's reports, and the log of n8n's starts (see `Instance.start`). */
const folder = mkdtempSync(path.join(os.tmpdir(), 'n8n-nodes-sepay-test-'));
const startLog = path.join(folder, 'starts');

async function stage(name: string, run: () => Promise<object | void>): Promise<void> {
	const start = Date.now();
	console.log(`\n▶ ${name}`);
	try {
		const figures = await run();
		stages.push({ stage: name, time: elapsed(start), ...figures });
	} catch (error) {
		stages.push({ stage: name, time: elapsed(start), failed: 1 });
		throw error;
	}
}

/** Runs a script of package.json; its output is shown as it comes. @returns whether it succeeded */
async function runScript(name: string, args: string[]): Promise<boolean> {
	const child = spawn(process.execPath, [npmCli(), 'run', '--silent', name, '--', ...args], {
		cwd: REPOSITORY,
		env: { ...process.env, N8N_START_LOG: startLog },
		stdio: 'inherit',
	});
	running.add(child);
	const code = await new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('exit', resolve);
	});
	running.delete(child);
	return code === 0;
}

const script = (name: string) =>
	stage(name, async () => {
		if (!(await runScript(name, []))) throw new Error(`${name} failed`);
	});

/** Runs a script of package.json that runs jest; what it counted is told with the stage. */
const jest = (name: string, ...args: string[]) =>
	stage([name, ...args].join(' '), async () => {
		const report = path.join(folder, `${name.replace(':', '-')}.json`);
		const succeeded = await runScript(name, [...args, '--json', '--outputFile', report]);
		const {
			numPassedTests: passed,
			numFailedTests,
			numRuntimeErrorTestSuites,
			testResults,
		} = JSON.parse(readFileSync(report, 'utf8')) as FormattedTestResults;
		const failed = numFailedTests + numRuntimeErrorTestSuites;
		for (const { status, name: file, message } of testResults) {
			if (status === 'failed') failures.push(`${path.relative(REPOSITORY, file)}\n${message}`);
		}
		return { passed, failed: failed || (succeeded ? 0 : 1) };
	});

/** How often n8n was set up, which the tests are to share, and how often it was started in all. */
function countStarts(): void {
	const starts = existsSync(startLog) ? readFileSync(startLog, 'utf8').trim().split('\n') : [];
	const setUps = new Set(starts).size;
	console.log(
		`n8n was set up ${setUps} times (at most ${MOST_SET_UPS}); tests that stop it started it ${starts.length - setUps} times more`,
	);
	if (setUps > MOST_SET_UPS) stages.push({ stage: 'n8n set up too often', time: '', failed: 1 });
}

/** Everything there is to test, what needs no n8n while n8n is installed. */
async function main(): Promise<void> {
	const installed = stage('n8n installed', async () => {
		await Promise.all(releaseNames().map(async (name) => await installRelease(name)));
	});
	const tested = (async () => {
		await Promise.all([script('lint'), script('typecheck'), script('build')]);
		await script('scan');
		await jest('test:unit', 'package');
	})();
	await Promise.all([installed, tested]);
	// They wait for n8n more than they work.
	await Promise.all([jest('test:e2e'), jest('test:restart')]);
	countStarts();
}

const start = Date.now();
main()
	.catch((error) => console.error(`\n✗ ${error.message}`))
	.finally(() => {
		for (const failure of failures) console.log(`\n✗ ${stripVTControlCharacters(failure)}`);
		console.table([...stages, { stage: 'all', time: elapsed(start) }]);
		for (const child of running) child.kill();
		rmSync(folder, { recursive: true });
		const sum = (key: 'passed' | 'failed') =>
			stages.reduce((all, { [key]: count = 0 }) => all + count, 0);
		process.exitCode = sum('failed') > 0 ? 1 : 0;
		console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
		process.exit();
	});
