import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { INodePropertyOptions, INodeType } from 'n8n-workflow';
import { format, resolveConfig } from 'prettier';
import { sePay } from '../nodes/shared/sePay/oAuth2Api';
import { REPOSITORY } from './n8n/paths';
import { outputSchemas } from './schemas';

/** Every page with tables that are made of the nodes' descriptions. */
const PAGES = ['README.md', 'packages/n8n-nodes-payt/README.md'];
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

/** The resources of a node in their order, each with its operations. */
function resourcesOf({ description: { properties } }: INodeType) {
	const resource = properties.find(({ name }) => name === 'resource')!;
	return (resource.options as INodePropertyOptions[]).map(({ name, value, displayOptions }) => ({
		name,
		authentication: displayOptions?.show?.authentication,
		operations: properties
			.filter((property) => property.name === 'operation')
			.filter(({ displayOptions: { show } = {} }) => show?.resource?.includes(value))
			.flatMap(({ options }) => options as INodePropertyOptions[]),
	}));
}

/** A row for each resource, with the names of its operations. */
const resources = (node: INodeType, [resource, operations]: string[]) =>
	formatTable(
		[resource, operations],
		resourcesOf(node).map(({ name, operations: some }) => [
			name,
			some.map((one) => one.name).join(', '),
		]),
	);

/** A row for each operation, with what it does. */
const operations = (node: INodeType, heads: string[]) =>
	formatTable(
		heads,
		resourcesOf(node).flatMap(({ name, operations: some }) =>
			some.map((one, index) => [index === 0 ? name : '', one.name, firstSentence(one)]),
		),
	);

const firstSentence = ({ description = '' }: INodePropertyOptions) =>
	description.replace(/(?<=[.?!]) [A-Z].*/, '').replace(/\.$/, '');

/** The same for SePay, with the scope that each needs by OAuth2, and whether an API token will do. */
const access = (node: INodeType, heads: string[]) =>
	formatTable(
		heads,
		resourcesOf(node).flatMap(({ name, authentication, operations: some }) =>
			some.map((one, index) => {
				const only = one.displayOptions?.show?.authentication ?? authentication;
				const { method = 'GET', url = '' } = one.routing?.request ?? {};
				const [, scope = ''] =
					/scope "([^"]+)"/.exec(sePay.permissionHint(method, String(url), '') ?? '') ?? [];
				const byOAuth2 = only?.includes('apiToken') ? '–' : scope && `\`${scope}\``;
				const byToken = only?.includes('oAuth2') ? '–' : 'Yes';
				return [index === 0 ? name : '', one.name, firstSentence(one), byOAuth2, byToken];
			}),
		),
	);

const TABLES = { access, operations, resources };
const REGION = /(<!-- (access|operations|resources) (\w+): (.+) -->)[^]*?(<!-- end -->)/g;

/** A text as the repository formats it. */
async function formatted(file: string, text: string): Promise<string> {
	const filepath = path.join(REPOSITORY, file);
	return await format(text, { ...(await resolveConfig(filepath)), filepath });
}

/**
 * A page with its tables made anew: between `<!-- resources sePay: Head, Head -->` and
 * `<!-- end -->` stands the table of that kind for that node.
 */
const page = (file: string, nodes: INodeType[]): string =>
	read(file).replace(
		REGION,
		(_, begin: string, kind: keyof typeof TABLES, name: string, heads: string, end: string) => {
			const node = nodes.find(({ description }) => description.name === name)!;
			return `${begin}\n\n${TABLES[kind](node, heads.split(', '))}\n\n${end}`;
		},
	);

/** Every file that is made of the nodes, by path. */
async function generate(): Promise<Array<[file: string, text: string]>> {
	const nodes = await loadNodes();
	return [
		...PAGES.map((file): [string, string] => [file, page(file, Object.values(nodes))]),
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
			console.error(`${file} differs from the nodes: run \`npm run docs\``);
			process.exitCode = 1;
		} else {
			mkdirSync(path.dirname(filepath), { recursive: true });
			writeFileSync(filepath, text);
		}
	}
}

void main();
