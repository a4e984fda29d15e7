import { spawnSync } from 'node:child_process';
import path from 'node:path';
import parts from './mutation/parts.json';
import { ensureNode } from './n8n/node';
import { REPOSITORY } from './n8n/paths';
import { reportToStderr } from './n8n/progress';

const STRYKER = path.join(REPOSITORY, 'node_modules/@stryker-mutator/core/bin/stryker.js');
const CONFIG = 'scripts/mutation/stryker.config.mjs';

/**
 * Mutation tests of all parts, or of those named: `npm run mutation [-- part …]`. What has not changed
 * since the last run is taken from it, unless Stryker's option `--force` is given.
 */
async function main(args: string[]): Promise<void> {
	const [options, names] = [true, false].map((isOption) =>
		args.filter((arg) => arg.startsWith('-') === isOption),
	);
	// Stryker needs a newer Node than the package does.
	const node = await ensureNode(['24'], reportToStderr);
	for (const part of names.length > 0 ? names : Object.keys(parts)) {
		console.log(`\n▶ ${part}`);
		const { status } = spawnSync(node, [STRYKER, 'run', CONFIG, ...options], {
			cwd: REPOSITORY,
			// In UTC no test would miss a zone.
			env: { ...process.env, MUTATION_PART: part, TZ: 'America/New_York' },
			stdio: 'inherit',
		});
		if (status !== 0) process.exitCode = 1;
	}
}

void main(process.argv.slice(2));
