import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { Editor } from '../../scripts/editor';
import { OWNER, type N8nClient } from '../../scripts/n8n/client';
import { REPOSITORY } from '../../scripts/n8n/paths';
import type { Credential, NodeDefinition, WorkflowDefinition } from '../../scripts/n8n/types';
import { waitUntil } from '../../scripts/n8n/waitUntil';
import { startSandbox, type Sandbox, type Webhook } from '../sandbox';
import { connectSandbox, PUBLIC, startN8nHost, type N8nHost } from './support/n8nHost';
import { addWebhook } from './support/payments';

jest.setTimeout(300_000);

const PACKAGE = 'n8n-nodes-sepay';
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
	return nodes.filter(({ type }) => type.startsWith(PACKAGE));
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

const nodeOf = (
	name: string,
	type: string,
	parameters: Record<string, unknown>,
	credential: Credential,
): NodeDefinition => ({
	id: randomUUID(),
	webhookId: randomUUID(),
	name,
	type: `${PACKAGE}.${type}`,
	typeVersion: 1,
	parameters,
	credentials: { [credential.type]: { id: credential.id, name: credential.name } },
});

/** Waits until the part of the page has the text. */
const expectText = async (part: Locator, text: RegExp) =>
	await part.filter({ hasText: text }).first().waitFor();

describe("n8n's editor", () => {
	let host: N8nHost;
	let sandbox: Sandbox;
	/** A person who sees no credential of other tests. */
	let n8n: N8nClient;
	let editor: Editor;

	beforeAll(async () => {
		host = await startN8nHost('newest');
		sandbox = await startSandbox({ transactions: 60 });
		sandbox.hosts.set(PUBLIC, host.instance.url);
		const account = { ...OWNER, email: `${randomUUID()}@example.com` };
		n8n = await host.n8n.addMember(account);
		editor = await Editor.open(host.instance.url, {}, account);
	});

	afterAll(async () => {
		await editor?.close();
		await n8n?.removeAll();
		await sandbox?.close();
		await host?.close();
	});

	describe('imports every example', () => {
		/** @returns the nodes of the package that the canvas shows in red */
		const importNodes = async (file: string, nodes: NodeDefinition[]) => {
			await editor.importWorkflow(file);
			const red = await editor.redNodes();
			return nodes.filter(({ name }) => red.includes(name)).map(({ name }) => name);
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
					await waitUntil('it is chosen', async () => (await chosen.inputValue()) === type);
				} else {
					await expectText(editor.id('node-credentials-empty-state'), /Connect to SePay/);
				}
			}
			expect(await editor.id('credentials-label').count()).toBe(credentialsOf(node).length);
			if (/\.sePay(Tool)?$/.test(node.type)) {
				const authentication = editor.parameter('authentication').locator('input');
				if (/createQr|match/.test(String(node.parameters.operation))) {
					expect(await authentication.count()).toBe(0);
				} else expect(await authentication.inputValue()).toBe('OAuth2');
			}
			expect([node.name, await editor.redParameters()]).toEqual([
				node.name,
				TO_FILL_IN[node.name] ?? [],
			]);
		};

		test('without any credential and asks for those that it needs', async () => {
			await editor.openNewWorkflow();
			const seen = new Set<string>();
			for (const file of files) {
				const nodes = nodesOf(file);
				const red = await importNodes(path.join(EXAMPLES, file), nodes);
				expect([file, red]).toEqual([file, lacking(nodes, [])]);
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
			expect(await importNodes(file, all)).toEqual(lacking(all, has));
			const chosen = all.filter(({ type }) => /\.sePay(Tool|Trigger)?$/.test(type));
			const forms = new Map(chosen.map((node) => [formOf(node), node]));
			for (const node of forms.values()) await expectForm(node, has);
			await rm(folder, { recursive: true });
			await n8n.removeAll();
		});
	});

	const open = async (...nodes: NodeDefinition[]) => {
		const { id } = await n8n.saveWorkflow({ name: 'Test', nodes: placed(nodes), connections: {} });
		await editor.openWorkflow(id);
	};

	describe('publishes a SePay Trigger', () => {
		const publish = async () => {
			await editor.publish();
			await editor.page.getByText('Workflow published').waitFor();
			await editor.page.getByRole('button', { name: 'Got it' }).click();
		};

		/** Has SePay tell the published workflow of a payment, and looks at its execution. */
		const expectExecution = async (hook: Webhook) => {
			await waitUntil('it is live', async () => (await sandbox.deliver(hook.id)).ok);
			sandbox.addTransaction({ amount_in: 271_000, transaction_content: 'DH1042' });
			await sandbox.idle();
			await editor.id('radio-button-executions').click();
			const list = editor.id('current-executions-list');
			await expectText(list, /Succeeded[^]*Succeeded/);
			await editor.id('execution-time', list).first().click();
			await editor.openNode('Payment');
			await expectText(editor.id('output-panel'), /271000[^]*DH1042/);
		};

		test('set up automatically, and shows the execution of a payment', async () => {
			const credential = await connectSandbox(n8n, sandbox);
			await open(nodeOf('Payment', 'sePayTrigger', {}, credential));
			await publish();
			await expectExecution(await waitUntil('SePay has it', () => sandbox.data.webhooks[0]));
		});

		test('set up by hand with the URL that it shows, and shows the same', async () => {
			const secretKey = 'a secret that was entered at SePay, 0123456789';
			const data = { authenType: 'HMAC_SHA256', secretKey };
			const credential = await n8n.createCredential('sePayWebhookApi', 'Secret', data);
			await open(nodeOf('Payment', 'sePayTrigger', { setUp: 'byHand' }, credential));
			await editor.openNode('Payment');
			await editor.page.getByText('Webhook URLs', { exact: true }).click();
			await editor.page.getByText('Production URL', { exact: true }).first().click();
			const url = editor.page.locator('.webhook-url');
			await expectText(url, /\/webhook\//);
			const hook = addWebhook(sandbox, await url.innerText(), secretKey);
			await editor.closeNode();
			await publish();
			await expectExecution(hook);
		});
	});

	test('shows why a trigger cannot listen or be published, and what to do: a private URL, no scope', async () => {
		const scopes = ['bank-account:read', 'transaction:read', 'webhook:read'];
		const connected = await connectSandbox(n8n, sandbox, scopes);
		await open(nodeOf('Payment', 'sePayTrigger', {}, connected));
		await editor.openNode('Payment');
		// For tests n8n has the URL of its editor.
		await editor.id('node-execute-button').click();
		await editor
			.toast(/Problem running[^]*starts with https.*Set WEBHOOK_URL.*use the SePay Polling Trigger/)
			.waitFor();
		await editor.publish();
		// n8n tries for 15 seconds.
		await editor
			.toast(/could not be published[^]*scope webhook:write is missing.*Select it under Scopes/)
			.waitFor();
	});

	test('shows what went wrong and what to do: no scope, a private URL, a wrong token', async () => {
		const list = { resource: 'transaction', operation: 'getAll' };
		const create = { resource: 'webhook', operation: 'create', name: 'n8n' };
		const webhook = { authenType: 'No_Authen', webhookUrl: 'https://192.168.1.5/webhook' };
		const connected = await connectSandbox(n8n, sandbox, ['profile']);
		const wrongToken = await n8n.createCredential('sePayTokenApi', 'Wrong', {
			environment: 'custom',
			baseUrl: `${sandbox.url}/v2`,
			apiToken: 'f'.repeat(64),
		});
		await open(
			nodeOf('Scope', 'sePay', list, connected),
			nodeOf('URL', 'sePay', { ...create, ...webhook }, connected),
			nodeOf('Token', 'sePay', { ...list, authentication: 'apiToken' }, wrongToken),
		);
		for (const [name, text] of [
			['Scope', /The scope transaction:read is missing.*Select it under Scopes in the credential/],
			['URL', /must be a public URL that SePay can reach.*"https:\/\/192\.168\.1\.5\/webhook"/],
			['Token', /SePay rejected the credential.*Check API Token and Environment/],
		] as const) {
			await editor.openNode(name);
			await editor.id('node-execute-button').click();
			await editor.id('node-error-message').first().waitFor();
			await expectText(editor.id('output-panel'), text);
		}
	});
});
