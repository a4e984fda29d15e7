import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { N8nClient } from '../../../scripts/n8n/client';
import { installRelease, type Release, type ReleaseName } from '../../../scripts/n8n/install';
import { Instance } from '../../../scripts/n8n/instance';
import { offer, packPackage } from '../../../scripts/n8n/package';
import type { Credential } from '../../../scripts/n8n/types';
import { startSandbox, type Sandbox } from '../../sandbox';

/** A fresh n8n with the package installed and its credential connected to a fresh sandbox. */
export interface Rig {
	instance: Instance;
	n8n: N8nClient;
	sandbox: Sandbox;
	credential: Credential;
	release: Release;
	/** Holds what n8n stores. */
	userFolder: string;
	/** How long n8n's log was when the package was installed, for which n8n asks around. */
	installedAt: number;
	/** Ends both and removes what n8n stored. */
	close(): Promise<void>;
}

/**
 * Does what a new user does, up to the connected credential; leaves nothing behind when it fails.
 * @param extra more variables for n8n; changed ones hold from its next start
 */
export async function startRig(name: ReleaseName, extra: NodeJS.ProcessEnv = {}): Promise<Rig> {
	const release = await installRelease(name);
	const packed = await packPackage();
	const { path: folders, env: shop } = offer([packed], release);
	const env = Object.assign(extra, shop);
	const userFolder = await mkdtemp(path.join(os.tmpdir(), 'n8n-e2e-'));
	const instance = new Instance({ release, userFolder, path: folders, env, loopbackOnly: true });
	const sandbox = await startSandbox({ transactions: 250 });
	const close = async () => {
		await instance.stop();
		await sandbox.close();
		await rm(userFolder, { recursive: true, force: true, maxRetries: 3 });
	};
	try {
		await instance.start();
		const n8n = new N8nClient(instance.url);
		await n8n.signIn();
		await n8n.installPackage(packed.name);
		const installedAt = instance.log.length;
		const credential = await n8n.createCredential('sePayOAuth2Api', 'SePay', {
			environment: 'custom',
			baseUrl: sandbox.url,
			scopes: sandbox.client.scopes,
			clientId: sandbox.client.id,
			clientSecret: sandbox.client.secret,
		});
		await n8n.connectOAuth2(credential.id);
		return { instance, n8n, sandbox, credential, release, userFolder, installedAt, close };
	} catch (error) {
		await close();
		throw new Error(`${(error as Error).message}\n${instance.endOfLog}`, { cause: error });
	}
}
