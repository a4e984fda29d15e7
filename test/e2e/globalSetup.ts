import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { installRelease } from '../../scripts/n8n/install';
import { readHandover } from './support/handover';
import { setUpHandover } from './support/n8nHost';
import { releases } from './support/releases';

/**
 * Before the clock of any test runs, installs the n8n releases (minutes once, then no time) and
 * sets up those that files share; projects of one run share them too.
 * @param project of jest
 */
export default async function globalSetup(
	_jest: unknown,
	project: { globals: { n8nUse: typeof n8nUse } },
): Promise<void> {
	for (const name of releases()) await installRelease(name);
	process.env.E2E_HANDOVERS ??= await mkdtemp(path.join(os.tmpdir(), 'n8n-e2e-'));
	if (project.globals.n8nUse !== 'shared') return;
	await Promise.all(
		releases().map(async (name) => {
			const key = `shared-${name}`;
			if (!readHandover(key)) await setUpHandover(name, key);
		}),
	);
}
