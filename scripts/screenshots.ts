import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startSandbox } from '../test/sandbox';
import { vietnamTime } from '../test/sandbox/clock';
import { N8nClient } from './n8n/client';
import { Editor } from './n8n/editor';
import { installRelease } from './n8n/install';
import { Instance } from './n8n/instance';
import { buildPackages, offerPackages, packPackage } from './n8n/package';
import { REPOSITORY } from './n8n/paths';

const IMAGES = path.join(REPOSITORY, 'docs/images');
const EXAMPLES = path.join(REPOSITORY, 'examples');
const NODE = 'n8n-nodes-sepay';
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
		const credential = await n8n.createCredential('sePayOAuth2Api', 'SePay', {
			environment: 'custom',
			baseUrl: sandbox.url,
			requestedScopes: sandbox.client.scopes,
			clientId: sandbox.client.id,
			clientSecret: sandbox.client.secret,
		});
		await n8n.connectOAuth2(credential.id);
		const { id } = await n8n.saveWorkflow(workflow(credential));
		await n8n.publish(id);
		for (const colorScheme of ['light', 'dark'] as const) {
			const editor = await Editor.open(instance.url, { colorScheme });
			await takePictures(editor, id, colorScheme);
			await editor.close();
		}
	} finally {
		await instance.stop();
		await sandbox.close();
		await rm(userFolder, { recursive: true, force: true, maxRetries: 3 });
	}
}

/** A payment is told to SePay Trigger; beside it an operation and a QR. */
function workflow({ id, name }: { id: string; name: string }) {
	const node = (nodeName: string, type: string, y: number, x: number, parameters: object) => ({
		id: nodeName,
		webhookId: `5e9a7c2e-0000-4000-8000-${String(1000 + x + y).padStart(12, '0')}`,
		name: nodeName,
		type: `${NODE}.${type}`,
		typeVersion: 1,
		position: [x, y] as [number, number],
		parameters: parameters as Record<string, unknown>,
		credentials: { sePayOAuth2Api: { id, name } },
	});
	const qr = { bank: 'MBBank', accountNumber: '0901234567', amount: 250_000, memo: 'DH1042' };
	return {
		name: 'Payments',
		nodes: [
			node('Payment Received', 'sePayTrigger', 0, 0, { catchUp: 'off' }),
			node('Last Payments', 'sePay', 0, 260, {
				resource: 'transaction',
				operation: 'getAll',
				limit: 8,
			}),
			node('Create QR', 'sePay', 0, 520, { resource: 'payment', operation: 'createQr', ...qr }),
		],
		connections: {
			'Payment Received': { main: [[{ node: 'Last Payments', type: 'main', index: 0 }]] },
			'Last Payments': { main: [[{ node: 'Create QR', type: 'main', index: 0 }]] },
		},
	};
}

async function takePictures(editor: Editor, workflowId: string, theme: string): Promise<void> {
	const { page } = editor;
	const take = async (name: string) => {
		await page.mouse.move(0, 0);
		await page.getByText('Loading fields').first().waitFor({ state: 'hidden' });
		await page.waitForTimeout(1000);
		const file = path.join(IMAGES, `${name}.${theme}.png`);
		await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
	};
	await editor.openWorkflow(workflowId);
	await take('workflow');
	await editor.search('sepay');
	await take('node-panel');
	await page.keyboard.press('Escape');
	await editor.openNode('Payment Received');
	await take('form');
	await editor.openNode('Last Payments');
	await editor.id('node-execute-button').click();
	await editor.id('ndv-items-count').first().waitFor();
	await editor.id('radio-button-table', editor.id('output-panel')).click();
	await take('output');
	for (const file of (await readdir(EXAMPLES)).filter((name) => name.endsWith('.json'))) {
		await editor.importWorkflow(path.join(EXAMPLES, file));
		await editor.id('zoom-to-fit').click();
		await take(`examples/${path.basename(file, '.json')}`);
	}
}

void main();
