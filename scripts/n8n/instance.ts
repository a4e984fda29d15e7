import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { childEnvironment } from './environment';
import { freePort } from './ports';
import { isAlive } from './processes';
import { quietEnvironment } from './quietEnvironment';
import type { Release } from './types';

// What n8n asks when it installs a package, whatever it is told not to ask; it does without.
const REFUSED_HOST = 'n8n.io';
const READY_MS = 180_000;
// n8n gives runs 30 s to end.
const STOP_MS = 45_000;

export interface InstanceOptions {
	release: Release;
	/** Which of n8n's processes; the others than `start` serve one that does in queue mode. */
	command?: 'start' | 'webhook' | 'worker';
	/** Holds everything that this n8n knows; made when absent. */
	userFolder: string;
	/** Taken when it is free, else another one is. */
	port?: number;
	/** More variables for n8n; they win over the ones set here. */
	env?: NodeJS.ProcessEnv;
	/** Folders put first on n8n's PATH, after Node's. */
	path?: string[];
	/**
	 * Refuses every look-up of a name other than localhost, and says so in the log. Otherwise only
	 * those of n8n's makers are refused.
	 */
	loopbackOnly?: boolean;
	/** File that the log is appended to; default: `n8n.log` in the user folder. */
	logFile?: string;
}

/** What another process needs to know of an n8n that runs, to take it over. */
export interface RunningInstance {
	port: number;
	pid: number;
}

/** Waits until the process has ended, at most `STOP_MS`. */
async function waitForEnd(pid: number): Promise<void> {
	const deadline = Date.now() + STOP_MS;
	while (isAlive(pid) && Date.now() < deadline) await sleep(10);
}

/** Kills n8n with what it started (its task runner), also when n8n itself is gone already. */
export function killGroup(pid: number): void {
	if (process.platform === 'win32') {
		spawnSync('taskkill', ['/pid', String(pid), '/t', '/f']);
		return;
	}
	try {
		process.kill(-pid, 'SIGKILL');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}

/** One n8n on 127.0.0.1 with its own user folder. */
export class Instance {
	private port?: number;
	private started?: number;
	private readonly logFile: string;

	/** @param running the n8n to take over, when it was started already, perhaps by another process */
	constructor(
		private readonly options: InstanceOptions,
		running?: RunningInstance,
	) {
		this.port = running?.port ?? options.port;
		this.started = running?.pid;
		this.logFile = options.logFile ?? path.join(options.userFolder, 'n8n.log');
	}

	/** `http://127.0.0.1:<port>`; the same through restarts. */
	get url(): string {
		return `http://127.0.0.1:${this.port}`;
	}

	/** The process, as long as it runs. */
	get pid(): number | undefined {
		return this.started && isAlive(this.started) ? this.started : undefined;
	}

	/** What n8n wrote, all runs. */
	get log(): string {
		return readFileSync(this.logFile, 'utf8');
	}

	/** The last lines of the log. */
	get endOfLog(): string {
		return this.log.trimEnd().split('\n').slice(-25).join('\n');
	}

	/**
	 * Starts n8n and waits until it answers. It ends with the process that started it.
	 * `N8N_START_LOG` names a file to which each start adds a line: the user folder.
	 * @throws with the end of the log when it ends or is not ready within three minutes
	 */
	async start(): Promise<void> {
		if (this.pid) throw new Error('This n8n runs already');
		mkdirSync(this.options.userFolder, { recursive: true });
		this.port = await freePort(this.port);
		this.spawn(this.port, await freePort());
		const { N8N_START_LOG } = process.env;
		if (N8N_START_LOG) appendFileSync(N8N_START_LOG, `${this.options.userFolder}\n`);
		try {
			await this.waitUntilReady();
		} catch (error) {
			await this.kill();
			throw error;
		}
	}

	/** Ends n8n as a service manager does; kills it when that takes more than 45 s. */
	async stop(): Promise<void> {
		const { pid } = this;
		if (pid && process.platform !== 'win32') {
			process.kill(pid, 'SIGTERM');
			await waitForEnd(pid);
		}
		await this.kill();
	}

	/** Ends n8n and its helpers at once, as a power cut does. */
	async kill(): Promise<void> {
		if (this.started === undefined) return;
		killGroup(this.started);
		await waitForEnd(this.started);
		this.started = undefined;
	}

	async restart(): Promise<void> {
		await this.stop();
		await this.start();
	}

	private spawn(port: number, brokerPort: number): void {
		const { release, command = 'start', userFolder, env, loopbackOnly } = this.options;
		const url = `http://127.0.0.1:${port}`;
		const folders = [path.dirname(release.node)];
		const log = openSync(this.logFile, 'a');
		const child = spawn(
			release.node,
			[
				'--require',
				path.join(__dirname, 'networkGuard.cjs'),
				path.join(release.folder, 'node_modules/n8n/bin/n8n'),
				command,
			],
			{
				cwd: userFolder,
				env: childEnvironment([...(this.options.path ?? []), ...folders], {
					...quietEnvironment,
					N8N_USER_FOLDER: userFolder,
					N8N_PORT: String(port),
					N8N_LISTEN_ADDRESS: '127.0.0.1',
					N8N_HOST: '127.0.0.1',
					// A worker answers whether it is ready, and nothing else.
					QUEUE_HEALTH_CHECK_ACTIVE: 'true',
					QUEUE_HEALTH_CHECK_PORT: String(port),
					N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
					N8N_EDITOR_BASE_URL: url,
					WEBHOOK_URL: url,
					N8N_SECURE_COOKIE: 'false',
					N8N_RUNNERS_BROKER_PORT: String(brokerPort),
					N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
					GENERIC_TIMEZONE: 'UTC',
					TZ: 'UTC',
					N8N_GUARD_REFUSED: loopbackOnly ? '' : REFUSED_HOST,
					...env,
				}),
				// The channel lets the guard notice that this process is gone.
				stdio: ['ignore', log, log, 'ipc'],
				// Its own process group: a Ctrl-C meant for this process does not reach it.
				detached: process.platform !== 'win32',
			},
		);
		closeSync(log);
		// A process that could not be started; `waitUntilReady` sees that it is gone.
		child.once('error', ({ message }) => appendFileSync(this.logFile, `${message}\n`));
		const { pid } = child;
		if (pid !== undefined) child.once('exit', () => killGroup(pid));
		this.started = pid;
		// Whoever started it may have handed it on and end.
		child.unref();
		child.channel?.unref();
	}

	private async waitUntilReady(): Promise<void> {
		const deadline = Date.now() + READY_MS;
		while (Date.now() < deadline) {
			const answer = await fetch(`${this.url}/healthz/readiness`).catch(() => undefined);
			await answer?.arrayBuffer();
			if (answer?.ok) return;
			if (!this.pid) {
				throw new Error(`n8n ended before it was ready\n${this.endOfLog}`);
			}
			await sleep(100);
		}
		throw new Error(`n8n was not ready in ${READY_MS / 1000} s\n${this.endOfLog}`);
	}
}
