const { readFileSync } = require('node:fs');
const { mkdir, rm, writeFile } = require('node:fs/promises');
const path = require('node:path');
const esbuild = require('esbuild');
const { dest, parallel, series, src } = require('gulp');

const ROOT = '.';
const PAYT = 'packages/n8n-nodes-payt';

/** Without their rate limits the bench measures what the nodes themselves take. */
const SERVICES = ['sePay/oAuth2Api', 'paymentGateway/api', 'eInvoice/api'].map(
	(name) => `dist/nodes/shared/${name}.js`,
);

const clean = () =>
	Promise.all([ROOT, PAYT].map((folder) => rm(`${folder}/dist`, { recursive: true, force: true })));

/**
 * One file for each package, which n8n loads faster than the hundreds it is made of; in it the nodes
 * share what they know of a service, as its rate limit. n8n looks for each class in a file of its own.
 */
async function bundle(folder, more = []) {
	const { n8n } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
	const files = [...n8n.credentials, ...n8n.nodes, ...more];
	const sources = files.map((file) => file.replace(/^dist\/(.+)\.js$/, './$1'));
	await esbuild.build({
		stdin: {
			contents: sources.map((file, index) => `export * as file${index} from '${file}';`).join('\n'),
			resolveDir: path.resolve(folder),
		},
		outfile: `${folder}/dist/bundle.js`,
		bundle: true,
		packages: 'external',
		platform: 'node',
		format: 'cjs',
		logLevel: 'warning',
	});
	for (const [index, file] of files.entries()) {
		const toBundle = path.posix.relative(path.dirname(file), 'dist/bundle.js');
		await mkdir(`${folder}/${path.dirname(file)}`, { recursive: true });
		await writeFile(`${folder}/${file}`, `module.exports = require('${toBundle}').file${index};\n`);
	}
}
const bundleRoot = () => bundle(ROOT, SERVICES);
const bundlePayt = () => bundle(PAYT);

const assets = ['nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json', 'icons/*.svg'];
const carry = (folder) =>
	Object.assign(
		() => src(assets, { cwd: folder, base: folder, encoding: false }).pipe(dest(`${folder}/dist`)),
		{ displayName: `carry ${folder}` },
	);

exports.build = series(clean, parallel(bundleRoot, bundlePayt, carry(ROOT), carry(PAYT)));
