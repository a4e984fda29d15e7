import path from 'node:path';
import { startSandbox, type Sandbox } from '../test/sandbox';
import { N8nClient, OWNER } from './n8n/client';
import { installRelease } from './n8n/install';
import { Instance } from './n8n/instance';
import { npm } from './n8n/npm';
import { offer, packPackage } from './n8n/package';
import { local, REPOSITORY } from './n8n/paths';
import { freePort } from './n8n/ports';
import { since, step, type Report } from './n8n/report';
import { recall, remember } from './start/memory';
import { ensureCredential, ensurePackage, ensureWorkflow, runForTransactions } from './start/steps';
import { transactionTable } from './start/transactions';

const EXAMPLE = path.join(REPOSITORY, 'examples/list-transactions.json');
const N8N_PORT = 5678;

const report: Report = (line) => console.log(line);
const start = Date.now();
const running: { sandbox?: Sandbox; n8n?: Instance } = {};
let ending: Promise<void> | undefined;

/** Ends everything that was started; more calls wait for the first. */
async function end(): Promise<void> {
	ending ??= (async () => {
		await running.n8n?.stop();
		await running.sandbox?.close();
	})();
	await ending;
}

async function main(): Promise<void> {
	const once = process.argv.includes('--once');
	const memory = await recall();
	await step('Package built', report, () => npm(['run', 'build'], { cwd: REPOSITORY }));
	const packed = await packPackage();
	const release = await installRelease('newest', report);

	const sandbox = await startSandbox({ port: await freePort(memory.sandboxPort) });
	running.sandbox = sandbox;
	memory.sandboxPort = Number(new URL(sandbox.url).port);

	const shop = offer([packed], release);
	const instance = new Instance({
		release,
		userFolder: local('data'),
		port: memory.n8nPort ?? N8N_PORT,
		path: shop.path,
		env: shop.env,
		logFile: local('n8n.log'),
	});
	running.n8n = instance;
	await step(`n8n ${release.version} started`, report, () => instance.start());
	memory.n8nPort = Number(new URL(instance.url).port);

	const n8n = new N8nClient(instance.url);
	await n8n.signIn();
	await step(`${packed.name} ${packed.version} installed`, report, () =>
		ensurePackage(n8n, packed, memory),
	);
	const credential = await step('Credential connected', report, () =>
		ensureCredential(n8n, sandbox, memory),
	);
	await remember(memory);
	const workflow = await ensureWorkflow(n8n, EXAMPLE, credential, memory);
	await remember(memory);
	const transactions = await step(`Workflow "${workflow.name}" run`, report, () =>
		runForTransactions(n8n, workflow),
	);
	console.log(`\n${transactionTable(transactions)}\n`);
	console.log(`${transactions.length} transactions, ${since(start)} from the start`);
	if (once) return await end();

	console.log(`
Editor    ${instance.url}/workflow/${workflow.id}
Login     ${OWNER.email}
Password  ${OWNER.password}
SePay     ${sandbox.url} (local sandbox)
Log       ${path.relative(process.cwd(), local('n8n.log'))}

Ctrl-C ends everything.`);
}

/** A signal ends the programme: well once it was up, else as a failure. */
let exitCode = 1;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.on(signal, () => void end().finally(() => process.exit(exitCode)));
}

main().then(
	() => {
		exitCode = 0;
	},
	async (error: Error) => {
		// What was cut off by a signal is no failure of its own.
		if (ending) return;
		console.error(`\n${process.env.DEBUG ? error.stack : error.message}`);
		await end();
		process.exit(1);
	},
);
