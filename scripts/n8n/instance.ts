import { ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { childEnvironment } from './environment';
import { freePort } from './ports';
import { quietEnvironment } from './quietEnvironment';
import type { Release } from './types';

// What n8n asks when it installs a package, whatever it is told not to ask; it does without.
const REFUSED_HOST = 'n8n.io';
const READY_MS = 180_000;
const STOP_MS = 20_000;
const LOG_LIMIT = 1_000_000;

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
	/** File that the log is appended to. */
	logFile?: string;
}

/** Kills n8n with what it started (its task runner), also when n8n itself is gone already. */
function killGroup({ pid }: ChildProcess): void {
	if (pid === undefined) return;
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
	private child?: ChildProcess;
	private port?: number;
	private output = '';

	constructor(private readonly options: InstanceOptions) {}

	/** `http://127.0.0.1:<port>`; the same through restarts. */
	get url(): string {
		return `http://127.0.0.1:${this.port}`;
	}

	get pid(): number | undefined {
		return this.child?.pid;
	}

	/** What n8n wrote, all runs, at most the last million characters. */
	get log(): string {
		return this.output;
	}

	/** The last lines of the log. */
	get endOfLog(): string {
		return this.output.trimEnd().split('\n').slice(-25).join('\n');
	}

	/**
	 * Starts n8n and waits until it answers.
	 * @throws with the end of the log when it ends or is not ready within three minutes
	 */
	async start(): Promise<void> {
		if (this.child) throw new Error('This n8n runs already');
		await mkdir(this.options.userFolder, { recursive: true });
		this.port = await freePort(this.port ?? this.options.port);
		const child = this.spawn(this.port, await freePort());
		this.child = child;
		// A process that could not be started; `waitUntilReady` sees that it is gone.
		child.once('error', (error) => this.take(`${error.message}\n`));
		child.once('exit', () => killGroup(child));
		child.once('close', () => {
			if (this.child === child) this.child = undefined;
		});
		try {
			await this.waitUntilReady();
		} catch (error) {
			await this.kill();
			throw error;
		}
	}

	/** Ends n8n as a service manager does; kills it when that takes more than 20 s. */
	async stop(): Promise<void> {
		const { child } = this;
		if (!child) return;
		if (process.platform === 'win32') return await this.kill();
		child.kill('SIGTERM');
		const closed = await Promise.race([
			once(child, 'close').then(() => true),
			sleep(STOP_MS, false, { ref: false }),
		]);
		if (!closed) await this.kill();
	}

	/** Ends n8n and its helpers at once, as a power cut does. */
	async kill(): Promise<void> {
		const { child } = this;
		if (!child?.pid) return;
		const closed = once(child, 'close');
		killGroup(child);
		await closed;
	}

	async restart(): Promise<void> {
		await this.stop();
		await this.start();
	}

	private spawn(port: number, brokerPort: number): ChildProcess {
		const { release, command = 'start', userFolder, env, loopbackOnly } = this.options;
		const url = `http://127.0.0.1:${port}`;
		const folders = [path.dirname(release.node)];
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
				stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
				// Its own process group: a Ctrl-C meant for this process does not reach it.
				detached: process.platform !== 'win32',
			},
		);
		const file = this.options.logFile && createWriteStream(this.options.logFile, { flags: 'a' });
		for (const stream of [child.stdout, child.stderr]) {
			stream?.setEncoding('utf8').on('data', (text: string) => {
				this.take(text);
				if (file) file.write(text);
			});
		}
		if (file) child.once('close', () => file.end());
		return child;
	}

	private take(text: string): void {
		this.output = (this.output + text).slice(-LOG_LIMIT);
	}

	private async waitUntilReady(): Promise<void> {
		const deadline = Date.now() + READY_MS;
		while (Date.now() < deadline) {
			const answer = await fetch(`${this.url}/healthz/readiness`).catch(() => undefined);
			await answer?.arrayBuffer();
			if (answer?.ok) return;
			if (!this.child || this.child.exitCode !== null) {
				throw new Error(`n8n ended before it was ready\n${this.endOfLog}`);
			}
			await sleep(100);
		}
		throw new Error(`n8n was not ready in ${READY_MS / 1000} s\n${this.endOfLog}`);
	}
}
