import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { installRelease } from '../../../scripts/n8n/install';
import { Instance } from '../../../scripts/n8n/instance';
import { offerPackages, packPackage } from '../../../scripts/n8n/package';
import type { ReleaseName } from '../../../scripts/n8n/types';
import { readCompose } from '../../harness/compose';
import { startE2eHost, type E2eHost } from './n8nHost';
import { startPostgres, startRedis, type Service } from './services';

/** What n8n 3.0 makes the rule. */
export const AS_IN_3_0: NodeJS.ProcessEnv = {
	OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
	N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
};

/** Which processes take the deliveries: the one that owns the triggers, or two for that alone. */
export type Taker = 'main' | 'webhooks';

/** n8n in queue mode: the process that owns the triggers, and those that serve it. */
export interface QueueHost extends E2eHost {
	postgres: Service;
	/** They take the deliveries, where there are any. */
	webhooks: Instance[];
	/** They run the workflows. */
	workers: Instance[];
	/** Variables of the process that owns the triggers; changed ones hold from its next start. */
	env: NodeJS.ProcessEnv;
	/** Starts one more process; with more variables for it. @throws with the end of its log */
	join(command: 'start' | 'webhook' | 'worker', more?: NodeJS.ProcessEnv): Promise<Instance>;
}

const databaseEnv = ({ port }: Service): NodeJS.ProcessEnv => ({
	DB_TYPE: 'postgresdb',
	DB_POSTGRESDB_HOST: '127.0.0.1',
	DB_POSTGRESDB_PORT: `${port}`,
	DB_POSTGRESDB_DATABASE: 'postgres',
	DB_POSTGRESDB_USER: 'postgres',
});

/** Starts one n8n process that stores in PostgreSQL. @throws when that is missing */
export async function startPostgresHost(
	name: ReleaseName,
	extra: NodeJS.ProcessEnv = {},
): Promise<E2eHost> {
	const postgres = await startPostgres();
	try {
		const host = await startE2eHost(name, { ...databaseEnv(postgres), ...extra });
		const close = async () => {
			await host.close();
			await postgres.close();
		};
		return { ...host, close };
	} catch (error) {
		await postgres.close();
		throw error;
	}
}

/** Settings of the Compose file for queue mode; where n8n is reached is another thing in tests. */
const settings = readCompose('queue-mode.yaml', {
	N8N_VERSION: 'of the tests',
	N8N_DOMAIN: 'n8n.example.com',
	N8N_ENCRYPTION_KEY: 'one key for all processes',
	POSTGRES_PASSWORD: 'none is asked for',
}).services.main.environment!;
delete settings.N8N_EDITOR_BASE_URL;

/**
 * Starts n8n in queue mode with two workers, with the settings of `examples/compose/queue-mode.yaml`.
 * @param publicUrl n8n's address as SePay knows it; its deliveries go to their takers in turn
 * @param extra more variables for all processes
 * @throws when Redis or PostgreSQL is missing
 */
export async function startQueueHost(
	name: ReleaseName,
	publicUrl: string,
	taker: Taker = 'webhooks',
	extra: NodeJS.ProcessEnv = {},
): Promise<QueueHost> {
	const closing: Array<() => Promise<unknown>> = [];
	const close = async () => {
		for (const end of closing.splice(0).reverse()) await end();
	};
	try {
		const redis = await startRedis();
		closing.push(redis.close);
		const postgres = await startPostgres();
		closing.push(postgres.close);
		const env: NodeJS.ProcessEnv = {
			...settings,
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: `${redis.port}`,
			...databaseEnv(postgres),
			WEBHOOK_URL: publicUrl,
			...(taker === 'webhooks' && { N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true' }),
			...extra,
		};
		const host = await startE2eHost(name, env);
		closing.push(host.close);
		const release = await installRelease(name);
		const { path: folders } = offerPackages([await packPackage()], release);
		const join: QueueHost['join'] = async (command, more) => {
			const userFolder = await mkdtemp(path.join(os.tmpdir(), 'n8n-e2e-'));
			const instance = new Instance({
				release,
				command,
				userFolder,
				path: folders,
				env: { ...env, ...more },
				loopbackOnly: true,
			});
			closing.push(async () => {
				await instance.kill();
				await rm(userFolder, { recursive: true, force: true, maxRetries: 3 });
			});
			await instance.start();
			return instance;
		};
		const webhooks = taker === 'webhooks' ? [await join('webhook'), await join('webhook')] : [];
		const workers = [await join('worker'), await join('worker')];
		const takers = taker === 'webhooks' ? webhooks : [host.instance];
		let turn = 0;
		host.sandbox.hosts.get = (origin) =>
			origin === publicUrl ? takers[turn++ % takers.length].url : undefined;
		return { ...host, postgres, webhooks, workers, env, join, close };
	} catch (error) {
		await close();
		throw error;
	}
}
