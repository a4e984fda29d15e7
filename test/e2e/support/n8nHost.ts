import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { N8nClient } from '../../../scripts/n8n/client';
import { installRelease } from '../../../scripts/n8n/install';
import { Instance, type RunningInstance } from '../../../scripts/n8n/instance';
import { offerPackages, packPackage, type Packed } from '../../../scripts/n8n/package';
import { localPath, REPOSITORY } from '../../../scripts/n8n/paths';
import { Session } from '../../../scripts/n8n/session';
import type { Credential, Release, ReleaseName } from '../../../scripts/n8n/types';
import { startSandbox, type Sandbox } from '../../sandbox';
import { dropHandover, readHandover, writeHandover, type Handover } from './handover';

/** n8n's address as SePay knows it. */
export const PUBLIC = 'https://n8n.example.com';

/** Variables of every n8n that test files share or hand on. */
const COMMON: NodeJS.ProcessEnv = {
	WEBHOOK_URL: PUBLIC,
	// Takes work off the starts, of which there are dozens.
	NODE_COMPILE_CACHE: localPath('compileCache'),
};

/** Built packages; Payt's comes first, where SePay's is not there yet. */
const PACKAGES = [path.join(REPOSITORY, 'packages/n8n-nodes-payt'), REPOSITORY];

/** An n8n with packages installed. */
export interface N8nHost {
	instance: Instance;
	n8n: N8nClient;
	release: Release;
	/** Holds what n8n stores. */
	userFolder: string;
	/** How long n8n's log was when the packages were installed, for which n8n asks around. */
	installedAt: number;
	/** Ends n8n and removes what it stored; of an n8n for several files, what this one stored. */
	close(): Promise<void>;
}

/** The same with the package in the repository's root, its credential connected to a fresh sandbox. */
export interface E2eHost extends N8nHost {
	sandbox: Sandbox;
	credential: Credential;
}

/** @param env changed variables hold from the next start */
function instanceOf(
	release: Release,
	userFolder: string,
	env: NodeJS.ProcessEnv,
	running?: RunningInstance,
): Instance {
	const { path: shim } = offerPackages([], release);
	return new Instance({ release, userFolder, path: shim, env, loopbackOnly: true }, running);
}

/** What has to be known to take the host over; its n8n runs. */
const handoverOf = (
	{ instance, n8n, userFolder, installedAt }: N8nHost,
	env: NodeJS.ProcessEnv,
): Handover => ({
	userFolder,
	running: { port: Number(new URL(instance.url).port), pid: instance.pid! },
	env,
	cookies: n8n.cookies,
	installedAt,
});

/**
 * Does what a new user does, up to the installed packages; leaves nothing behind when it fails.
 * @param env takes also the variables for the packages; changed ones hold from n8n's next start
 */
async function setUpHost(
	name: ReleaseName,
	folders: string[],
	env: NodeJS.ProcessEnv,
): Promise<N8nHost> {
	const release = await installRelease(name);
	const packages: Packed[] = [];
	for (const folder of folders) packages.push(await packPackage(folder));
	Object.assign(env, offerPackages(packages, release).env);
	const userFolder = await mkdtemp(path.join(os.tmpdir(), 'n8n-e2e-'));
	const instance = instanceOf(release, userFolder, env);
	const close = async () => {
		await instance.stop();
		await rm(userFolder, { recursive: true, force: true, maxRetries: 3 });
	};
	try {
		await instance.start();
		const n8n = new N8nClient(instance.url);
		await n8n.signIn();
		for (const packed of packages) await n8n.installPackage(packed.name);
		return { instance, n8n, release, userFolder, installedAt: instance.log.length, close };
	} catch (error) {
		const end = instance.endOfLog;
		await close();
		throw new Error(`${(error as Error).message}\n${end}`, { cause: error });
	}
}

/** Sets an n8n up that outlives the file, to be shared or handed on under a key. */
export async function setUpHandover(name: ReleaseName, key: string): Promise<void> {
	const env = { ...COMMON };
	writeHandover(key, handoverOf(await setUpHost(name, PACKAGES, env), env));
}

/** Takes over what was set up. */
async function takeOver(
	name: ReleaseName,
	{ userFolder, running, cookies, installedAt }: Handover,
	env: NodeJS.ProcessEnv,
): Promise<N8nHost> {
	const release = await installRelease(name);
	const instance = instanceOf(release, userFolder, env, running);
	const n8n = new N8nClient(instance.url, new Session(cookies));
	const close = async () => await n8n.removeAll();
	return { instance, n8n, release, userFolder, installedAt, close };
}

/** The n8n that all files share, so that none may stop it. */
async function sharedHost(name: ReleaseName, extra: NodeJS.ProcessEnv): Promise<N8nHost> {
	const foreign = Object.keys(extra).filter((variable) => extra[variable] !== COMMON[variable]);
	if (foreign.length > 0) {
		throw new Error(
			`An n8n that files share takes no ${foreign.join(', ')}; name the file *.restart.test.ts`,
		);
	}
	const host = await takeOver(name, readHandover(`shared-${name}`)!, extra);
	const refuse = async () => {
		throw new Error('An n8n that files share is not stopped; name the file *.restart.test.ts');
	};
	Object.assign(host.instance, { start: refuse, stop: refuse, kill: refuse, restart: refuse });
	return host;
}

/** The n8n that the files of one worker hand on; started again for other variables. */
async function handedOnHost(name: ReleaseName, extra: NodeJS.ProcessEnv): Promise<N8nHost> {
	const key = `worker-${process.env.JEST_WORKER_ID}-${name}`;
	if (!readHandover(key)) await setUpHandover(name, key);
	const handover = readHandover(key)!;
	const { N8N_SHIM_PACKAGES, N8N_SHIM_NPM } = handover.env;
	const env = Object.assign(extra, { ...COMMON, ...extra, N8N_SHIM_PACKAGES, N8N_SHIM_NPM });
	const host = await takeOver(name, handover, env);
	const { instance, n8n } = host;
	const wanted = JSON.stringify(Object.entries(env).sort());
	if (!instance.pid || wanted !== JSON.stringify(Object.entries(handover.env).sort())) {
		await instance.restart();
		await n8n.signIn();
	}
	const cleanUp = async () => {
		if (!instance.pid) await instance.start();
		await n8n.signIn();
		await n8n.removeAll();
		writeHandover(key, handoverOf(host, env));
	};
	// After a kill n8n may hold on to a workflow for long: such an n8n is not handed on.
	const dispose = async () => {
		dropHandover(key);
		await instance.stop();
		await rm(host.userFolder, { recursive: true, force: true, maxRetries: 3 });
	};
	return { ...host, close: async () => await cleanUp().catch(dispose) };
}

/**
 * An n8n with packages installed, as the jest project of the test file says (`jest.config.js`):
 * one that all files share, one that the files of a worker hand on, or one of its own.
 * @param extra more variables for n8n; changed ones hold from its next start
 * @param folders of the built packages; named ones get an n8n of their own
 */
export async function startN8nHost(
	name: ReleaseName,
	extra: NodeJS.ProcessEnv = {},
	folders?: string[],
): Promise<N8nHost> {
	if (folders || n8nUse === 'own') return await setUpHost(name, folders ?? [REPOSITORY], extra);
	return await (n8nUse === 'shared' ? sharedHost : handedOnHost)(name, extra);
}

/** Makes a credential and connects it to the sandbox as a person does; by default with every scope. */
export async function connectSandbox(
	n8n: N8nClient,
	sandbox: Sandbox,
	scopes = sandbox.client.scopes,
): Promise<Credential> {
	const credential = await n8n.createCredential('sePayOAuth2Api', 'SePay', {
		environment: 'custom',
		baseUrl: sandbox.url,
		requestedScopes: scopes,
		// As the earlier package has it.
		scopes,
		clientId: sandbox.client.id,
		clientSecret: sandbox.client.secret,
	});
	await n8n.connectOAuth2(credential.id);
	return credential;
}

/**
 * Does what a new user does, up to the connected credential; leaves nothing behind when it fails.
 * @param extra more variables for n8n; changed ones hold from its next start
 * @param folder of the built package, which gets an n8n of its own
 */
export async function startE2eHost(
	name: ReleaseName,
	extra: NodeJS.ProcessEnv = {},
	folder?: string,
): Promise<E2eHost> {
	const host = await startN8nHost(name, extra, folder === undefined ? undefined : [folder]);
	const sandbox = await startSandbox({ transactions: 250 });
	const close = async () => {
		await host.close();
		await sandbox.close();
	};
	try {
		const credential = await connectSandbox(host.n8n, sandbox);
		return { ...host, sandbox, credential, close };
	} catch (error) {
		const { endOfLog } = host.instance;
		await close();
		throw new Error(`${(error as Error).message}\n${endOfLog}`, { cause: error });
	}
}
