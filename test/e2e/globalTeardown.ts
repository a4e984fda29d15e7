import { rm } from 'node:fs/promises';
import { killGroup } from '../../scripts/n8n/instance';
import { readHandovers } from './support/handover';

/** Ends every n8n that outlived the files, and removes what it stored. */
export default async function globalTeardown(): Promise<void> {
	const { E2E_HANDOVERS } = process.env;
	if (!E2E_HANDOVERS) return;
	for (const { userFolder, running } of readHandovers()) {
		killGroup(running.pid);
		await rm(userFolder, { recursive: true, force: true, maxRetries: 3 });
	}
	await rm(E2E_HANDOVERS, { recursive: true });
	delete process.env.E2E_HANDOVERS;
}
