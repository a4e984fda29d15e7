const { spawn } = require('node:child_process');
const { readdirSync } = require('node:fs');
const { rm } = require('node:fs/promises');
const esbuild = require('esbuild');
const { dest, parallel, series, src } = require('gulp');

const PAYT = 'packages/n8n-nodes-payt';

const clean = () =>
	Promise.all(['.', PAYT].map((folder) => rm(`${folder}/dist`, { recursive: true, force: true })));

const compile = () =>
	spawn(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
		stdio: 'inherit',
	});

// What Payt's nodes use of the root's nodes/shared goes into them: packages share nothing when run.
const bundle = () =>
	esbuild.build({
		entryPoints: readdirSync(PAYT, { recursive: true })
			.filter((file) => /^(credentials|nodes)\b.*\.(credentials|node)\.ts$/.test(file))
			.map((file) => `${PAYT}/${file}`),
		outbase: PAYT,
		outdir: `${PAYT}/dist`,
		bundle: true,
		packages: 'external',
		platform: 'node',
		format: 'cjs',
		logLevel: 'warning',
	});

const assets = ['nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json', 'icons/*.svg'];
const carry = (folder) =>
	Object.assign(
		() => src(assets, { cwd: folder, base: folder, encoding: false }).pipe(dest(`${folder}/dist`)),
		{ displayName: `carry ${folder}` },
	);

exports.build = series(clean, parallel(compile, bundle, carry('.'), carry(PAYT)));
