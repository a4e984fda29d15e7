import { installRelease } from '../../scripts/n8n/install';
import { releases } from './support/releases';

/** Installs the n8n releases before the clock of any test runs: minutes once, then no time. */
export default async function globalSetup(): Promise<void> {
	for (const name of releases()) await installRelease(name);
}
