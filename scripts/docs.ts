import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { INodePropertyOptions, INodeType } from 'n8n-workflow';
import { format, resolveConfig } from 'prettier';
import { sePay } from '../nodes/shared/sePay/oAuth2Api';
import { REPOSITORY } from './n8n/paths';
import { PAGES } from './pages';
import { outputSchemas } from './schemas';

const PACKAGES = ['.', 'packages/n8n-nodes-payt'];

const read = (file: string) => readFileSync(path.join(REPOSITORY, file), 'utf8');

/** The nodes of all packages by their folders, from their sources. */
async function loadNodes(): Promise<Record<string, INodeType>> {
	const files = PACKAGES.flatMap((folder) =>
		(JSON.parse(read(`${folder}/package.json`)).n8n.nodes as string[]).map((file) =>
			path.join(REPOSITORY, folder, file.replace(/^dist\/(.+)\.js$/, '$1.ts')),
		),
	);
	const nodes = await Promise.all(
		files.map(async (file) => {
			const { [path.basename(file, '.node.ts')]: Node } = await import(file);
			return [path.relative(REPOSITORY, path.dirname(file)), new Node() as INodeType] as const;
		}),
	);
	return Object.fromEntries(nodes);
}

const row = (cells: string[]) => `| ${cells.join(' | ')} |`;
const formatTable = (heads: string[], rows: string[][]) =>
	[row(heads), row(heads.map(() => '---')), ...rows.map(row)].join('\n');

const isVietnamese = (file: string) => /(\.vi\.md$|\/vi\/)/.test(file);

/** The resources of a node in their order, each with its operations. */
function resourcesOf({ description: { properties } }: INodeType) {
	const resource = properties.find(({ name }) => name === 'resource')!;
	return (resource.options as INodePropertyOptions[]).map(({ name, value, displayOptions }) => ({
		name,
		value: String(value),
		authentication: displayOptions?.show?.authentication,
		operations: properties
			.filter((property) => property.name === 'operation')
			.filter(({ displayOptions: { show } = {} }) => show?.resource?.includes(value))
			.flatMap(({ options }) => options as INodePropertyOptions[]),
	}));
}

/** A row for each resource of the nodes, with the names of its operations. */
const resources = (nodes: INodeType[]) =>
	nodes.flatMap((node) =>
		resourcesOf(node).map(({ name, operations: some }, index) => [
			index === 0 ? node.description.displayName : '',
			name,
			some.map((one) => one.name).join(', '),
		]),
	);

const firstSentence = ({ description = '' }: INodePropertyOptions) =>
	description.replace(/(?<=[.?!]) [A-Z].*/, '').replace(/\.$/, '');

/** What each operation does, in Vietnamese, by node, resource and operation. */
const VIETNAMESE: Record<string, Record<string, Record<string, string>>> = JSON.parse(
	read('scripts/docs/operations.vi.json'),
);

/** A row for each operation of the nodes, with what it does and, for SePay, what it needs. */
const operations = (nodes: INodeType[], file: string) =>
	nodes.flatMap((node) =>
		resourcesOf(node).flatMap(({ name, value, authentication, operations: some }) =>
			some.map((one, index) => {
				const description = isVietnamese(file)
					? VIETNAMESE[node.description.name]?.[value]?.[String(one.value)]
					: firstSentence(one);
				if (!description)
					throw new Error(
						`Add ${node.description.name}, ${value}, ${String(one.value)} to scripts/docs/operations.vi.json`,
					);
				const only = one.displayOptions?.show?.authentication ?? authentication;
				return [index === 0 ? name : '', one.name, description, ...access(one, only)];
			}),
		),
	);

/** The scope that an operation of SePay needs by OAuth2, and whether an API token will do. */
function access({ routing }: INodePropertyOptions, only?: unknown[]): string[] {
	const { method = 'GET', url = '' } = routing?.request ?? {};
	const [, scope = ''] =
		/scope "([^"]+)"/.exec(sePay.permissionHint?.(method, String(url), '') ?? '') ?? [];
	return [
		only?.includes('apiToken') ? '–' : scope && `\`${scope}\``,
		only?.includes('oAuth2') ? '–' : '✓',
	];
}

/** A table of figures: the key of each in `part` of docs/benchmarks.json is its row and column. */
interface FigureTable {
	part: string;
	rows: Record<string, [english: string, vietnamese: string]>;
	columns: Record<string, [english: string, vietnamese: string]>;
}

const FIGURES: Record<string, FigureTable> = JSON.parse(read('scripts/docs/figures.json'));
const BENCHMARKS: Record<string, Record<string, number>> = JSON.parse(read('docs/benchmarks.json'));

/** The heads and rows of a table of figures; both empty before they were measured. */
function benchmarks(name: string, file: string, head: string): [string[], string[][]] {
	const language = isVietnamese(file) ? 'vi' : 'en';
	const say = ([english, vietnamese]: string[]) => (language === 'vi' ? vietnamese : english);
	const { part, rows, columns } = FIGURES[name];
	const figures = BENCHMARKS[part] ?? {};
	const shown = (row: string) => Object.keys(columns).filter((column) => row + column in figures);
	const filled = Object.keys(rows).filter((row) => shown(row).length > 0);
	const used = Object.keys(columns).filter((column) =>
		filled.some((row) => row + column in figures),
	);
	return [
		[head, ...used.map((column) => say(columns[column]))],
		filled.map((row) => [
			say(rows[row]),
			...used.map((column) => figures[row + column]?.toLocaleString(language) ?? ''),
		]),
	];
}

/** Fails when `npm run bench` has a figure that no table shows. */
function assertAllShown(): void {
	const shown = Object.values(FIGURES).flatMap(({ part, rows, columns }) =>
		Object.keys(rows).flatMap((row) =>
			Object.keys(columns).map((column) => `${part} ${row}${column}`),
		),
	);
	for (const [part, figures] of Object.entries(BENCHMARKS)) {
		if (typeof figures !== 'object') continue;
		for (const name of Object.keys(figures)) {
			if (!shown.includes(`${part} ${name}`))
				throw new Error(`Name ${part}, ${name} in scripts/docs/figures.json`);
		}
	}
}

const REGION = /(<!-- (benchmarks|operations|resources) ([\w ]+): (.+) -->)[^]*?(<!-- end -->)/g;

/** A text as the repository formats it. */
async function formatted(file: string, text: string): Promise<string> {
	const filepath = path.join(REPOSITORY, file);
	return await format(text, { ...(await resolveConfig(filepath)), filepath });
}

/**
 * A page with its tables made anew: between `<!-- operations sePay: Head, Head -->` and
 * `<!-- end -->` stands the table of that kind for those nodes, with as many columns as heads.
 */
const page = (file: string, nodes: INodeType[]): string =>
	read(file).replace(REGION, (_, begin: string, kind: string, names: string, listed, end) => {
		const heads = (listed as string).split(', ');
		if (kind === 'benchmarks') {
			const [figureHeads, figures] = benchmarks(names, file, heads[0]);
			return `${begin}\n\n${formatTable(figureHeads, figures)}\n\n${end}`;
		}
		const some = names
			.split(' ')
			.map((name) => nodes.find(({ description }) => description.name === name)!);
		const rows =
			kind === 'resources'
				? resources(some).map((cells) => cells.slice(-heads.length))
				: operations(some, file).map((cells) => cells.slice(0, heads.length));
		return `${begin}\n\n${formatTable(heads, rows)}\n\n${end}`;
	});

/** Every file that is made of the nodes, by path. */
async function generate(): Promise<Array<[file: string, text: string]>> {
	const nodes = await loadNodes();
	assertAllShown();
	return [
		...PAGES.flat().map((file): [string, string] => [file, page(file, Object.values(nodes))]),
		...Object.entries(nodes).flatMap(([folder, node]) =>
			Object.entries(outputSchemas(node)).map(([operation, schema]): [string, string] => [
				`${folder}/__schema__/v${String(node.description.version)}.0.0/${operation}.json`,
				JSON.stringify({ ...schema, version: 1 }, null, 1),
			]),
		),
	];
}

/** Writes every file; with `--check`, only names those that differ. */
async function main(): Promise<void> {
	for (const [file, made] of await generate()) {
		const text = await formatted(file, made);
		const filepath = path.join(REPOSITORY, file);
		if (existsSync(filepath) && text === read(file)) continue;
		if (process.argv.includes('--check')) {
			console.error(`${file} is out of date: run \`npm run docs\``);
			process.exitCode = 1;
		} else {
			mkdirSync(path.dirname(filepath), { recursive: true });
			writeFileSync(filepath, text);
		}
	}
}

void main();
