import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { startSandbox } from '../test/sandbox';
import { vietnamTime } from '../test/sandbox/clock';
import { Editor } from './editor';
import { N8nClient } from './n8n/client';
import { installRelease } from './n8n/install';
import { Instance } from './n8n/instance';
import { buildPackages, offerPackages, packPackage } from './n8n/package';
import { REPOSITORY } from './n8n/paths';
import type { Credential } from './n8n/types';

const IMAGES = path.join(REPOSITORY, 'docs/images');
/** When the first payment came. */
const NOW = Date.parse('2026-01-15T02:00:00Z');
/** Shown in place of n8n's address, whose port differs. */
const PUBLIC = 'https://n8n.example.com';

/** Takes the pictures of the documents, each in the light and the dark theme of n8n. */
async function main(): Promise<void> {
	await buildPackages();
	const packed = await packPackage();
	const release = await installRelease('newest');
	const sandbox = await startSandbox({ transactions: 60 });
	for (const [index, row] of sandbox.data.transactions.entries()) {
		row.transaction_date = vietnamTime(NOW + index * 37 * 60_000);
	}
	const userFolder = await mkdtemp(path.join(os.tmpdir(), 'n8n-screenshots-'));
	const shop = offerPackages([packed], release);
	const env = { ...shop.env, WEBHOOK_URL: PUBLIC };
	const instance = new Instance({ release, userFolder, path: shop.path, env, loopbackOnly: true });
	try {
		await instance.start();
		const n8n = new N8nClient(instance.url);
		await n8n.signIn();
		await n8n.installPackage(packed.name);
		const oAuth2 = await n8n.createCredential('sePayOAuth2Api', 'SePay', {
			environment: 'custom',
			baseUrl: sandbox.url,
			requestedScopes: sandbox.client.scopes,
			clientId: sandbox.client.id,
			clientSecret: sandbox.client.secret,
		});
		await n8n.connectOAuth2(oAuth2.id);
		const secret = await n8n.createCredential('sePayWebhookApi', 'SePay Webhook', {
			authenType: 'HMAC_SHA256',
			secretKey: 'a secret that was entered at SePay, 0123456789',
		});
		const published = await n8n.saveWorkflow(publishedWorkflow(oAuth2));
		await n8n.publish(published.id);
		const forms = await n8n.saveWorkflow(formsWorkflow(oAuth2, secret));
		for (const colorScheme of ['light', 'dark'] as const) {
			const editor = await Editor.open(instance.url, { colorScheme });
			await takePictures(editor, published.id, forms.id, colorScheme);
			await editor.close();
		}
	} finally {
		await instance.stop();
		await sandbox.close();
		await rm(userFolder, { recursive: true, force: true, maxRetries: 3 });
	}
}

const node = (
	name: string,
	type: string,
	[column, row]: [number, number],
	parameters: Record<string, unknown>,
	...credentials: Credential[]
) => ({
	id: name,
	webhookId: `5e9a7c2e-0000-4000-8000-${String(column * 10 + row).padStart(12, '0')}`,
	name,
	type,
	typeVersion: 1,
	position: [column * 240, row * 200] as [number, number],
	parameters,
	credentials: Object.fromEntries(
		credentials.map(({ type: kind, id, name: label }) => [kind, { id, name: label }]),
	),
});

/** Connects outputs of a node, in their order, to one node each. */
const to = (...names: string[]) => ({
	main: names.map((name) => [{ node: name, type: 'main', index: 0 }]),
});

/** A payment comes, is looked up, and is told to the shop when it has a code. */
function publishedWorkflow(oAuth2: Credential) {
	const request = { requestMethod: 'POST', url: 'https://shop.example.com/payments' };
	const hasCode = {
		conditions: { string: [{ value1: '={{ $json.code }}', operation: 'isNotEmpty' }] },
	};
	return {
		name: 'Payments',
		nodes: [
			node('SePay Trigger', 'n8n-nodes-sepay.sePayTrigger', [0, 0], {}, oAuth2),
			node('Has Payment Code', 'n8n-nodes-base.if', [1, 0], hasCode),
			node('Mark Order as Paid', 'n8n-nodes-base.httpRequest', [2, -0.5], request),
			node('Keep for Review', 'n8n-nodes-base.noOp', [2, 0.5], {}),
		],
		connections: {
			'SePay Trigger': to('Has Payment Code'),
			'Has Payment Code': to('Mark Order as Paid', 'Keep for Review'),
		},
	};
}

/** Nodes whose forms are shown. */
function formsWorkflow(oAuth2: Credential, secret: Credential) {
	const qr = { bank: 'MBBank', accountNumber: '0901234567', amount: 250_000, memo: 'DH1042' };
	const list = { resource: 'transaction', operation: 'getAll', returnAll: true };
	const create = { resource: 'payment', operation: 'createQr', ...qr };
	return {
		name: 'Payments by Hand',
		nodes: [
			node('Form', 'n8n-nodes-sepay.sePayTrigger', [0, 1], { setUp: 'byHand' }, secret),
			node('Start', 'n8n-nodes-base.manualTrigger', [0, 0], {}),
			node('Get Many', 'n8n-nodes-sepay.sePay', [1, 0], list, oAuth2),
			node('Start Here', 'n8n-nodes-base.manualTrigger', [0, 2], {}),
			node('Create QR', 'n8n-nodes-sepay.sePay', [1, 2], create, oAuth2),
		],
		connections: { Start: to('Get Many'), 'Start Here': to('Create QR') },
	};
}

async function takePictures(
	editor: Editor,
	published: string,
	forms: string,
	theme: string,
): Promise<void> {
	const { page } = editor;
	const take = async (name: string, part: Locator) => {
		await page.mouse.move(0, 0);
		await page.getByText('Loading fields').first().waitFor({ state: 'hidden' });
		await page.getByText('Node executed successfully').waitFor({ state: 'hidden' });
		await page.waitForTimeout(1000);
		const file = path.join(IMAGES, `${name}-${theme}.png`);
		await part.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
	};
	const execute = async (name: string) => {
		await editor.openNode(name);
		await editor.id('node-execute-button').click();
		const output = editor.id('output-panel');
		await editor
			.id('node-run-info', output)
			.or(editor.id('ndv-items-count', output))
			.first()
			.waitFor();
		return output;
	};
	await page.setViewportSize({ width: 1200, height: 600 });
	await editor.openWorkflow(published);
	await page.keyboard.press('Escape');
	await editor.id('zoom-to-fit').click();
	await take('workflow', page.locator('body'));
	await editor.search('sepay');
	await take('node-panel', editor.id('node-creator'));
	await page.setViewportSize({ width: 1200, height: 900 });
	await editor.openWorkflow(forms);
	await editor.openNode('Form');
	await take('form', editor.id('node-parameters'));
	await editor.id('radio-button-schema', await execute('Create QR')).click();
	await take('qr', editor.id('ndv'));
	// The output is as wide as what is beside the form allows.
	await page.setViewportSize({ width: 2200, height: 600 });
	const output = await execute('Get Many');
	await editor.id('radio-button-table', output).click();
	await take('output', output);
}

void main();
