import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PackageDirectoryLoader } from 'n8n-core';
import type {
	INodeProperties,
	INodePropertyOptions,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

const REPOSITORY = join(__dirname, '../..');

const filesIn = (folder: string): string[] =>
	readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name));

/** Every resource and operation of an action node. */
function operationsOf({ properties }: INodeTypeDescription) {
	const list = (name: string) => properties.filter((property) => property.name === name);
	return list('operation').flatMap((property) =>
		(property.displayOptions?.show?.resource ?? []).flatMap((resource) =>
			(property.options as INodePropertyOptions[]).map((option) => ({
				resource: String(resource),
				option,
				paginates: list('resource').every(({ routing }) => routing?.send?.paginate === true),
			})),
		),
	);
}

describe.each([
	['n8n-nodes-sepay', REPOSITORY],
	['n8n-nodes-payt', join(REPOSITORY, 'packages/n8n-nodes-payt')],
])('%s', (_, ROOT) => {
	const DIST = join(ROOT, 'dist');
	const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
	const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
	const loader = new PackageDirectoryLoader(ROOT);
	const nodes = () => loader.types.nodes as INodeTypeDescription[];
	beforeAll(async () => await loader.loadAll());

	test('n8n loads every node and credential that package.json names, with light and dark icons', () => {
		const named = (kind: 'nodes' | 'credentials') =>
			(manifest.n8n[kind] as string[]).map((file) => file.split('/').pop()!.split('.')[0]);
		expect(Object.values(loader.known.nodes).map(({ className }) => className)).toEqual(
			named('nodes'),
		);
		expect(Object.values(loader.known.credentials).map(({ className }) => className)).toEqual(
			named('credentials'),
		);
		for (const { iconUrl } of [...loader.types.nodes, ...loader.types.credentials]) {
			const { light, dark } = iconUrl as { light: string; dark: string };
			const file = (url: string) => join(ROOT, url.replace(`icons/${manifest.name}/`, ''));
			expect(light).not.toBe(dark);
			expect([light, dark].map((url) => existsSync(file(url)))).toEqual([true, true]);
		}
	});

	test('every action node is offered as a tool, has a codex file and a subtitle', () => {
		for (const node of nodes().filter(({ group }) => !group.includes('trigger'))) {
			expect(node.usableAsTool).toBeTruthy();
			expect(node.codex?.categories).toEqual(['Finance & Accounting']);
			expect(node.subtitle).toContain('$parameter["operation"]');
		}
	});

	test('every operation goes through an exchange or runs by itself, tells when to use it, and has an output schema', () => {
		const missing: string[] = [];
		for (const node of nodes()) {
			const folder = join(DIST, 'nodes', loader.known.nodes[node.name].className, '__schema__');
			for (const { resource, option, paginates } of operationsOf(node)) {
				const { value, action, description, routing } = option;
				const { customOperations } = loader.getNode(node.name).type as INodeType;
				const runsItself = customOperations?.[resource]?.[String(value)] !== undefined;
				const schema = join(folder, 'v1.0.0', resource, `${String(value)}.json`);
				const whole =
					existsSync(schema) &&
					JSON.parse(readFileSync(schema, 'utf8')).type === 'object' &&
					action &&
					(description ?? '').length > 20 &&
					(runsItself ||
						(paginates &&
							typeof routing?.operations?.pagination === 'function' &&
							!routing.output && // would not run: the exchange shapes the output
							!routing.send));
				if (!whole) missing.push(`${node.name} ${resource} ${String(value)}`);
			}
		}
		expect(missing).toEqual([]);
	});

	// n8n itself adds requestOptions to declarative nodes.
	test('every operation is shown with its resource only, and its parameters with it only', () => {
		for (const node of nodes()) {
			const loose = node.properties.filter(
				({ name, displayOptions }: INodeProperties) =>
					operationsOf(node).length > 0 &&
					!['authentication', 'credentials', 'resource', 'requestOptions'].includes(name) &&
					!(
						displayOptions?.show?.resource &&
						(name === 'operation' || displayOptions.show.operation)
					),
			);
			expect(loose.map(({ name }) => name)).toEqual([]);
		}
	});

	test('the package holds only what n8n needs to run, and is small', () => {
		const [packed] = JSON.parse(
			execFileSync('npm', ['pack', '--dry-run', '--json'], {
				cwd: ROOT,
				encoding: 'utf8',
				stdio: ['ignore', 'pipe', 'ignore'],
				shell: process.platform === 'win32',
			}),
		);
		const others = packed.files
			.map(({ path }: { path: string }) => path)
			.filter((path: string) => !/^dist\/.*\.(js|svg|json)$/.test(path));
		expect(others.sort()).toEqual(['LICENSE', 'README.md', 'README.vi.md', 'package.json']);
		expect(packed.size).toBeLessThan(250_000);
		expect(packed.unpackedSize).toBeLessThan(1_000_000);
	});

	test('the package depends on nothing at run time but n8n-workflow', () => {
		expect(manifest.dependencies).toBeUndefined();
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
		const required = filesIn(DIST)
			.filter((file) => file.endsWith('.js'))
			.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/require\("([^".][^"]*)"\)/g)])
			.map(([, name]) => name);
		expect(new Set(required)).toEqual(new Set(['crypto', 'n8n-workflow']));
	});

	test('what users read is English: no letters outside the Latin script', () => {
		for (const file of [...filesIn(DIST), join(ROOT, 'README.md')]) {
			const text = readFileSync(file, 'utf8')
				// The name of the language that the README is also in.
				.replace('[Tiếng Việt]', '')
				// Words that people type to find a node.
				.replace(/"alias": \[[^\]]*\]/, '');
			const foreign = text.match(/(?![\u0000-\u007f])\p{L}/gu) ?? [];
			expect({ file, foreign }).toEqual({ file, foreign: [] });
		}
	});

	test('the README has the sections that n8n asks for, in its order', () => {
		const headings = [...readme.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
		const asked = [
			'Installation',
			'Operations',
			'Credentials',
			'Compatibility',
			'Usage',
			'Resources',
			'Version history',
		];
		expect(headings.filter((heading) => asked.includes(heading))).toEqual(asked);
	});

	test('the README names every operation', () => {
		for (const node of nodes()) {
			for (const { option } of operationsOf(node)) {
				expect(readme).toContain(option.name);
			}
		}
	});

	test('the examples use nodes and parameters that exist, and nothing of their authors', () => {
		const files = filesIn(join(ROOT, 'examples')).filter((file) => file.endsWith('.json'));
		expect(files.length).toBeGreaterThan(0);
		for (const file of files) {
			const workflow = JSON.parse(readFileSync(file, 'utf8'));
			for (const { type, parameters, credentials = {}, webhookId } of workflow.nodes) {
				for (const { id } of Object.values<{ id: string }>(credentials)) expect(id).toBe('');
				// n8n's editor gives a node without one its own.
				expect(webhookId).toBeUndefined();
				const [packageName, name] = type.split('.');
				if (packageName !== manifest.name) continue;
				// n8n offers each action node as a tool by another name.
				const known = nodes().find((node) => node.name === name.replace(/Tool$/, ''))!;
				const shown = known.properties
					.filter(
						({ displayOptions }) =>
							displayOptions?.show?.resource?.includes(parameters.resource) ?? true,
					)
					.map((property) => property.name);
				expect(shown).toEqual(expect.arrayContaining(Object.keys(parameters)));
			}
		}
	});

	test('every example is named in the documents and run by a test on real n8n', () => {
		const page = join(ROOT, 'docs/examples.md');
		const named = existsSync(page) ? readFileSync(page, 'utf8') : readme;
		const tests = filesIn(join(ROOT, 'test/e2e')).map((file) => readFileSync(file, 'utf8'));
		const files = filesIn(join(ROOT, 'examples')).filter((file) => file.endsWith('.json'));
		for (const file of files.map((path) => basename(path))) {
			expect(named).toContain(`\`${file}\``);
			expect(tests.some((text) => text.includes(`'${file}`))).toBe(true);
		}
	});

	test('what the README promises of deployments stands on tests that exist', () => {
		const named = [...readme.matchAll(/^- (test\/\S+\.test\.ts): (.+)$/gm)];
		if (manifest.name === 'n8n-nodes-sepay') expect(named.length).toBeGreaterThan(8);
		for (const [, file, title] of named) {
			expect(readFileSync(join(ROOT, file), 'utf8')).toContain(`'${title}'`);
		}
	});
});
