import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { N8nClient } from '../../../scripts/n8n/client';
import { installRelease } from '../../../scripts/n8n/install';
import { Instance } from '../../../scripts/n8n/instance';
import { offerPackages, packPackage, type Packed } from '../../../scripts/n8n/package';
import { REPOSITORY } from '../../../scripts/n8n/paths';
import type { Credential, Release, ReleaseName } from '../../../scripts/n8n/types';
import { startSandbox, type Sandbox } from '../../sandbox';

/** A fresh n8n with packages installed. */
export interface N8nHost {
	instance: Instance;
	n8n: N8nClient;
	release: Release;
	/** Holds what n8n stores. */
	userFolder: string;
	/** How long n8n's log was when the packages were installed, for which n8n asks around. */
	installedAt: number;
	/** Ends n8n and removes what it stored. */
	close(): Promise<void>;
}

/** The same with the package in the repository's root, its credential connected to a fresh sandbox. */
export interface E2eHost extends N8nHost {
	sandbox: Sandbox;
	credential: Credential;
}

/**
 * Does what a new user does, up to the installed packages; leaves nothing behind when it fails.
 * @param folders of the built packages
 * @param extra more variables for n8n; changed ones hold from its next start
 */
export async function startN8nHost(
	name: ReleaseName,
	folders: string[],
	extra: NodeJS.ProcessEnv = {},
): Promise<N8nHost> {
	const release = await installRelease(name);
	const packages: Packed[] = [];
	for (const folder of folders) packages.push(await packPackage(folder));
	const { path: shim, env: shop } = offerPackages(packages, release);
	const env = Object.assign(extra, shop);
	const userFolder = await mkdtemp(path.join(os.tmpdir(), 'n8n-e2e-'));
	const instance = new Instance({ release, userFolder, path: shim, env, loopbackOnly: true });
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
		await close();
		throw new Error(`${(error as Error).message}\n${instance.endOfLog}`, { cause: error });
	}
}

/**
 * Does what a new user does, up to the connected credential; leaves nothing behind when it fails.
 * @param extra more variables for n8n; changed ones hold from its next start
 * @param folder of the built package
 */
export async function startE2eHost(
	name: ReleaseName,
	extra: NodeJS.ProcessEnv = {},
	folder = REPOSITORY,
): Promise<E2eHost> {
	const host = await startN8nHost(name, [folder], extra);
	const sandbox = await startSandbox({ transactions: 250 });
	const close = async () => {
		await host.close();
		await sandbox.close();
	};
	try {
		const { n8n } = host;
		const credential = await n8n.createCredential('sePayOAuth2Api', 'SePay', {
			environment: 'custom',
			baseUrl: sandbox.url,
			scopes: sandbox.client.scopes,
			clientId: sandbox.client.id,
			clientSecret: sandbox.client.secret,
		});
		await n8n.connectOAuth2(credential.id);
		return { ...host, sandbox, credential, close };
	} catch (error) {
		await close();
		throw new Error(`${(error as Error).message}\n${host.instance.endOfLog}`, { cause: error });
	}
}
