import { randomUUID } from 'node:crypto';
import { Editor } from '../../scripts/editor';
import type { N8nClient } from '../../scripts/n8n/client';
import type { Credential, NodeDefinition, WorkflowDefinition } from '../../scripts/n8n/types';
import { waitUntil } from '../../scripts/n8n/waitUntil';
import { startSandbox, type Sandbox, type Webhook } from '../sandbox';
import { expectText } from './support/expectSoon';
import { connectSandbox, PUBLIC, startN8nHost, type N8nHost } from './support/n8nHost';
import { addWebhook } from './support/payments';

jest.setTimeout(400_000);

const PACKAGE = 'n8n-nodes-sepay';

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

describe("n8n's editor", () => {
	let host: N8nHost;
	let sandbox: Sandbox;
	let n8n: N8nClient;
	let editor: Editor;

	beforeAll(async () => {
		host = await startN8nHost('newest');
		sandbox = await startSandbox({ transactions: 60 });
		sandbox.hosts.set(PUBLIC, host.instance.url);
		n8n = host.n8n;
		editor = await Editor.open(host.instance.url);
	});

	afterAll(async () => {
		await editor?.close();
		await host?.close();
		// After what was published is withdrawn there.
		await sandbox?.close();
	});

	const open = async (...nodes: NodeDefinition[]) => {
		const placed = nodes.map((node, index) => ({ ...node, position: [200 * index, 0] }));
		const workflow = { name: 'Test', nodes: placed, connections: {} };
		const { id } = await n8n.saveWorkflow(workflow as WorkflowDefinition);
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

	test('shows what went wrong and what to do: where it listens, publishes and runs', async () => {
		const scopes = ['bank-account:read', 'transaction:read', 'webhook:read'];
		const readOnly = await connectSandbox(n8n, sandbox, scopes);
		const profileOnly = await connectSandbox(n8n, sandbox, ['profile']);
		const wrongToken = await n8n.createCredential('sePayTokenApi', 'Wrong', {
			environment: 'custom',
			baseUrl: `${sandbox.url}/v2`,
			apiToken: 'f'.repeat(64),
		});
		const list = { resource: 'transaction', operation: 'getAll' };
		const create = { resource: 'webhook', operation: 'create', name: 'n8n' };
		const webhook = { authenType: 'No_Authen', webhookUrl: 'https://192.168.1.5/webhook' };
		await open(
			nodeOf('Payment', 'sePayTrigger', {}, readOnly),
			nodeOf('Scope', 'sePay', list, profileOnly),
			nodeOf('URL', 'sePay', { ...create, ...webhook }, profileOnly),
			nodeOf('Token', 'sePay', { ...list, authentication: 'apiToken' }, wrongToken),
		);
		await editor.openNode('Payment');
		// For tests n8n has the URL of its editor.
		await editor.id('node-execute-button').click();
		await editor
			.toast(/Problem running[^]*starts with https.*Set WEBHOOK_URL.*use the SePay Polling Trigger/)
			.waitFor();
		// n8n tries for half a minute, in which the dialog can be left.
		await editor.publish();
		await editor.page.keyboard.press('Escape');
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
		await editor
			.toast(/could not be published[^]*scope webhook:write is missing.*Select it under Scopes/)
			.waitFor();
	});
});
