import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Editor } from '../../scripts/editor';
import { OWNER, type N8nClient } from '../../scripts/n8n/client';
import { REPOSITORY } from '../../scripts/n8n/paths';
import type { NodeDefinition, WorkflowDefinition } from '../../scripts/n8n/types';
import { expectSoon, expectText } from './support/expectSoon';
import { startN8nHost, type N8nHost } from './support/n8nHost';

jest.setTimeout(400_000);

const EXAMPLES = path.join(REPOSITORY, 'examples');
const files = readdirSync(EXAMPLES).filter((name) => name.endsWith('.json'));

/** What the notes of an example say to fill in. */
const TO_FILL_IN: Record<string, string[]> = {
	'Create the Invoice': ['providerAccountId', 'template'],
};

/** An example's nodes of the package. */
function nodesOf(file: string): NodeDefinition[] {
	const text = readFileSync(path.join(EXAMPLES, file), 'utf8');
	const { nodes } = JSON.parse(text) as WorkflowDefinition;
	return nodes.filter(({ type }) => type.startsWith('n8n-nodes-sepay'));
}

const credentialsOf = ({ credentials = {} }: NodeDefinition) => Object.keys(credentials);

/** What has the same is the same form. */
const formOf = ({ type, parameters: { resource, operation, triggerOn } }: NodeDefinition) =>
	[type, resource, operation, triggerOn].join(' ');

/** The nodes one beside the other. */
const placed = (nodes: NodeDefinition[]): NodeDefinition[] =>
	nodes.map((node, index) => ({
		...node,
		position: [200 * (index % 8), 200 * Math.floor(index / 8)],
	}));

describe("n8n's editor imports every example", () => {
	let host: N8nHost;
	/** A person who sees no credential of other tests. */
	let n8n: N8nClient;
	let editor: Editor;

	beforeAll(async () => {
		host = await startN8nHost('newest');
		const account = { ...OWNER, email: `${randomUUID()}@example.com` };
		n8n = await host.n8n.addMember(account);
		editor = await Editor.open(host.instance.url, {}, account);
	});

	afterAll(async () => {
		await editor?.close();
		await n8n?.removeAll();
		await host?.close();
	});

	/** Imports what the canvas is to show in red where credentials are lacking. */
	const expectImported = async (file: string, nodes: NodeDefinition[], has: string[]) => {
		await editor.importWorkflow(file);
		const red = async () => {
			const shown = await editor.redNodes();
			return [file, ...nodes.filter(({ name }) => shown.includes(name)).map(({ name }) => name)];
		};
		await expectSoon(red, [file, ...lacking(nodes, has)]);
	};

	const lacking = (nodes: NodeDefinition[], has: string[]) =>
		nodes
			.filter((node) => credentialsOf(node).some((type) => !has.includes(type)))
			.map(({ name }) => name);

	/** @param has types of the credentials that there are, each of which is its name */
	const expectForm = async (node: NodeDefinition, has: string[]) => {
		await editor.openNode(node.name);
		for (const type of credentialsOf(node)) {
			if (has.includes(type)) {
				const chosen = editor.id('node-credentials-select').locator('input');
				await expectSoon(() => chosen.inputValue(), type);
			} else {
				await expectText(editor.id('node-credentials-empty-state'), /Connect to SePay/);
			}
		}
		const labels = editor.id('credentials-label');
		await expectSoon(() => labels.count(), credentialsOf(node).length);
		if (/\.sePay(Tool)?$/.test(node.type)) {
			const isShown = !/createQr|match/.test(String(node.parameters.operation));
			const authentication = editor.parameter('authentication').locator('input');
			await expectSoon(() => authentication.count(), isShown ? 1 : 0);
			if (isShown) await expectSoon(() => authentication.inputValue(), 'OAuth2');
		}
		const red = async () => [node.name, ...(await editor.redParameters())];
		await expectSoon(red, [node.name, ...(TO_FILL_IN[node.name] ?? [])]);
	};

	test('without any credential and asks for those that it needs', async () => {
		await editor.openNewWorkflow();
		const seen = new Set<string>();
		for (const file of files) {
			const nodes = nodesOf(file);
			await expectImported(path.join(EXAMPLES, file), nodes, []);
			for (const node of nodes) {
				if (!seen.has(formOf(node))) await expectForm(node, []);
				seen.add(formOf(node));
			}
		}
		expect(seen.size).toBeGreaterThan(20);
	});

	test.each([
		['an OAuth2 credential', ['sePayOAuth2Api']],
		['an API token', ['sePayTokenApi']],
		['an OAuth2 credential and an API token', ['sePayOAuth2Api', 'sePayTokenApi']],
	])('with %s, takes what fits and keeps its authentication', async (_, has) => {
		for (const type of has) await n8n.createCredential(type, type, {});
		const all = files.flatMap((file) =>
			nodesOf(file).map((node) => ({ ...node, name: `${file} ${node.name}` })),
		);
		const folder = await mkdtemp(path.join(os.tmpdir(), 'n8n-examples-'));
		const file = path.join(folder, 'all.json');
		await writeFile(file, JSON.stringify({ nodes: placed(all), connections: {} }));
		await editor.openNewWorkflow();
		await expectImported(file, all, has);
		const chosen = all.filter(({ type }) => /\.sePay(Tool|Trigger)?$/.test(type));
		const forms = new Map(chosen.map((node) => [formOf(node), node]));
		for (const node of forms.values()) await expectForm(node, has);
		await rm(folder, { recursive: true });
		await n8n.removeAll();
	});
});
