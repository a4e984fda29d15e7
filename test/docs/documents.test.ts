import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import GithubSlugger from 'github-slugger';
import MarkdownIt from 'markdown-it';
import type { INode } from 'n8n-workflow';
import { REPOSITORY } from '../../scripts/n8n/paths';
import { PAGES } from '../../scripts/pages';

const PACKAGES = ['.', 'packages/n8n-nodes-payt'];
const OTHERS = ['CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md'];
const DOCUMENTS = [...new Set([...PAGES.flat(), ...OTHERS])];
const HOSTED =
	/^https:\/\/(github|raw\.githubusercontent)\.com\/n8n-nodes-sepay\/n8n-nodes-sepay(\/((blob|tree)\/)?main\/?)?/;

const read = (file: string) => readFileSync(path.join(REPOSITORY, file), 'utf8');
const filesIn = (folder: string, pattern: RegExp) =>
	readdirSync(path.join(REPOSITORY, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => pattern.test(file))
		.map((file) => path.join(folder, file));
const inPackages = (folder: string, pattern: RegExp) =>
	PACKAGES.flatMap((one) => filesIn(path.join(one, folder), pattern));

const markdown = new MarkdownIt({ html: true });
const tokensOf = (file: string) =>
	markdown.parse(read(file), {}).flatMap((token) => [token, ...(token.children ?? [])]);
const codeIn = (file: string) =>
	tokensOf(file)
		.filter(({ type }) => type === 'code_inline')
		.map(({ content }) => content);

/** What a page is made of, whatever its language. */
const outline = (file: string) =>
	tokensOf(file).flatMap(({ type, tag, info, content }) => {
		if (type === 'fence')
			return [`${info} ${info === 'sh' ? content : content.split('\n').length}`];
		if (type === 'html_block') return content.match(/<(picture|img)/g) ?? [];
		return /^(heading|paragraph|list_item|tr|th|td|link)_open$/.test(type) ? [tag] : [];
	});

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(file: string): string[] {
	const slugger = new GithubSlugger();
	const tokens = tokensOf(file);
	return tokens
		.filter((_, index) => tokens[index - 1]?.type === 'heading_open')
		.map(({ children }) => slugger.slug(children!.map(({ content }) => content).join('')));
}

/** Where a page's links and pictures lead. */
const linksIn = (file: string) =>
	tokensOf(file).flatMap((token) =>
		token.type === 'html_block'
			? [...token.content.matchAll(/src(?:set)?="([^"]+)"/g)].map(([, address]) => address)
			: [token.attrGet('href') ?? token.attrGet('src') ?? []].flat().map(String),
	);

/** Whether an address leads nowhere in the repository; one of elsewhere is not looked at. */
function isBroken(file: string, address: string): boolean {
	const isHosted = HOSTED.test(address);
	if (/^\w+:/.test(address) && !isHosted) return false;
	const [place, anchor = ''] = decodeURI(address).replace(HOSTED, '').split('#');
	const base = isHosted ? '' : place ? path.dirname(file) : file;
	let target = path.join(base, place);
	if (anchor && !target.endsWith('.md')) target = path.join(target, 'README.md');
	return (
		!existsSync(path.join(REPOSITORY, target)) ||
		(anchor !== '' && !anchorsOf(target).includes(anchor))
	);
}

test.each(PAGES)('%s and %s have the same parts, and the same names in code', (...pages) => {
	const [english, vietnamese] = pages.map((file) => [
		outline(file),
		[...new Set(codeIn(file))].sort(),
	]);
	expect(vietnamese).toEqual(english);
});

test('there is no Vietnamese page without an English one', () => {
	const [english, vietnamese] = ['docs', 'docs/vi'].map((folder) =>
		readdirSync(path.join(REPOSITORY, folder)).filter((file) => file.endsWith('.md')),
	);
	expect(vietnamese).toEqual(english);
});

test('every link and picture that stays in the repository is there', () => {
	const written = DOCUMENTS.flatMap((file) => linksIn(file).map((address) => [file, address]));
	const inNodes = [
		...inPackages('nodes', /\.node\.json$/),
		...inPackages('credentials', /\.ts$/),
	].flatMap((file) =>
		[...read(file).matchAll(/https:\/\/github\.com\/[^"']+/g)].map(([address]) => [file, address]),
	);
	expect(written.length).toBeGreaterThan(100);
	expect(inNodes.length).toBeGreaterThan(20);
	const broken = [...written, ...inNodes].filter(([file, address]) => isBroken(file, address));
	expect(broken).toEqual([]);
});

test.each(PAGES.flat().filter((file) => file.includes('README')))(
	'%s has at most 12 kB',
	(file) => {
		expect(Buffer.byteLength(read(file))).toBeLessThanOrEqual(12_000);
	},
);

test('every command is a script of package.json', () => {
	const { scripts } = JSON.parse(read('package.json'));
	const fenced = DOCUMENTS.flatMap(tokensOf)
		.filter(({ type, info }) => type === 'fence' && info === 'sh')
		.flatMap(({ content }) => content.trim().split(/\n| && /));
	const inText = DOCUMENTS.flatMap(codeIn)
		.filter((code) => /^(npm|npx|node|docker) /.test(code))
		.flatMap((code) => code.split(' && '));
	expect(fenced.length).toBeGreaterThan(0);
	const unknown = [...fenced, ...inText].filter((command) => {
		const [, script = ''] = /^npm (?:run )?([\w:]+)( -- --\w+)?$/.exec(command) ?? [];
		return script !== 'ci' && !(script in scripts);
	});
	expect(unknown).toEqual([]);
});

test('every workflow that a page names is an example', () => {
	const examples = inPackages('examples', /\.json$/).map((file) => path.basename(file));
	const named = DOCUMENTS.flatMap(codeIn).filter((code) => /^[\w-]+\.json$/.test(code));
	expect(named.length).toBeGreaterThan(examples.length);
	expect(named.filter((file) => !examples.includes(file))).toEqual([]);
});

test.each([
	['docs/examples.md', 'examples'],
	['packages/n8n-nodes-payt/README.md', 'packages/n8n-nodes-payt/examples'],
])('%s names the Data Tables of each example', (page, folder) => {
	const rows = [...read(page).matchAll(/^\| \[`([\w-]+\.json)`\]\S* \|.*\| (.*) \|$/gm)];
	const named = rows.map(([, file, tables]) => [
		file,
		tables.match(/(?<=`)\w[^`]+/g)?.sort() ?? [],
	]);
	const used = rows.map(([, file]) => {
		const { nodes } = JSON.parse(read(path.join(folder, file)));
		const tables = (nodes as INode[])
			.filter(({ type }) => type === 'n8n-nodes-base.dataTable')
			.map(({ parameters }) => parameters.tableName ?? Object(parameters.dataTableId).value);
		return [file, [...new Set(tables)].sort()];
	});
	expect(named.length).toBeGreaterThan(0);
	expect(named).toEqual(used);
});

test('no page but the benchmarks has a measured figure', () => {
	const measured = /\d ?(ms|µs|\/s|per second)\b|\bp(50|9\d)\b|\bmeasured|đo được/i;
	const found = PAGES.flat()
		.filter((file) => !file.endsWith('benchmarks.md'))
		.flatMap((file) =>
			read(file)
				.replace(/\[.*?\]\(\S*\.test\.ts\)/g, '') // may be named by a limit
				.split('\n')
				.filter((line) => measured.test(line)),
		);
	expect(found).toEqual([]);
});

test('every table of the benchmarks is on their page', () => {
	const tables = Object.keys(JSON.parse(read('scripts/docs/figures.json'))).sort();
	const shown = [...read('docs/benchmarks.md').matchAll(/<!-- benchmarks (\w+):/g)];
	expect(shown.map(([, name]) => name).sort()).toEqual(tables);
});

test('the errors that Troubleshooting explains are those of the nodes', () => {
	const source = ['nodes', 'credentials']
		.flatMap((folder) => filesIn(folder, /\.ts$/))
		.map(read)
		.join('\n');
	const tokens = tokensOf('docs/troubleshooting.md');
	const errors = tokens
		.filter(({ type }, index) => type === 'code_inline' && tokens[index - 2]?.type === 'td_open')
		.map(({ content }) => content);
	expect(errors.length).toBeGreaterThan(20);
	const unknown = errors.filter((error) =>
		error.split(/…|:/).some((words) => !source.includes(words.trim())),
	);
	expect(unknown).toEqual([]);
});
