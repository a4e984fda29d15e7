// Lints the packed files as n8n's verification scanner does, but lets no warning pass either.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildScanConfig } from '@n8n/scan-community-package/scanner/scanner.mjs';
import { ESLint } from 'eslint';

/** How much the scanner finds in a package as npm would publish it. */
async function findingsIn(source) {
	const folder = mkdtempSync(join(tmpdir(), 'packed-'));
	try {
		const [{ name, filename }] = JSON.parse(
			// npm tells its scripts where it is; so no shell has to find it, which Windows would need.
			execFileSync(
				process.execPath,
				[process.env.npm_execpath, 'pack', '--json', '--pack-destination', folder],
				{ cwd: source, stdio: ['ignore', 'pipe', 'ignore'] },
			),
		);
		execFileSync('tar', ['-xzf', filename], { cwd: folder });
		const eslint = new ESLint({
			cwd: join(folder, 'package'),
			allowInlineConfig: false,
			overrideConfigFile: true,
			overrideConfig: await buildScanConfig(),
		});
		const results = await eslint.lintFiles(['**/*.js', 'package.json']);
		const findings = results.reduce((sum, file) => sum + file.errorCount + file.warningCount, 0);
		if (findings > 0) console.error((await eslint.loadFormatter('stylish')).format(results));
		console.log(`${name}: ${results.length} packed files, ${findings} findings of n8n's scanner`);
		return findings;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

for (const source of ['.', ...readdirSync('packages').map((name) => join('packages', name))]) {
	if ((await findingsIn(source)) > 0) process.exitCode = 1;
}
