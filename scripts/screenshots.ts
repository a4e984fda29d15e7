import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator } from 'playwright-core';
import { startSandbox } from '../test/sandbox';
import { vietnamTime } from '../test/sandbox/clock';
import { Editor } from './editor';
import { N8nClient } from './n8n/client';
import { installRelease } from './n8n/install';
import { Instance } from './n8n/instance';
import { buildPackages, offerPackages, packPackage } from './n8n/package';
import { REPOSITORY } from './n8n/paths';
import type { Credential, WorkflowDefinition } from './n8n/types';

const IMAGES = path.join(REPOSITORY, 'docs/images');
const EXAMPLES = path.join(REPOSITORY, 'examples');
/** When the first payment came. */
const NOW = Date.parse('2026-01-15T02:00:00Z');
/** Shown in place of n8n's address, whose port differs. */
const PUBLIC = 'https://n8n.example.com';

/** Between two pictures. */
const REST_MS = 1000;
/** How many are taken of a page that does not come to rest. */
const MOST_PICTURES = 60;
/** Pixels around what is on the canvas. */
const MARGIN = 24;
/** What a picture of the canvas has to hold: nodes with their labels, and the lines between them. */
const ON_CANVAS =
	'[data-test-id=canvas-node], [data-test-id=canvas-node] :not(:has(*)), .vue-flow__edge-path';
/** What n8n says in between, sooner or later: that something was done, and what else to set up. */
const MESSAGES = '.el-notification, [role=dialog]:has([data-test-id=suggested-actions-close])';
/** What lies over the canvas, its dots, and what adds a node, which would be cut off. */
const NOT_SHOWN = `
	${MESSAGES}, .vue-flow__background, .vue-flow__panel, .tab-bar-container,
	[class*=_executionButtons_], [data-test-id^=execute-workflow],
	[data-test-id=canvas-handle-plus-wrapper], [data-test-id=canvas-node-toolbar]`;

/** Takes the pictures of the documents, each in the light and the dark theme of n8n. */
async function main(): Promise<void> {
	await mkdir(path.join(IMAGES, 'examples'), { recursive: true });
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
		await takePicturesOfExamples(n8n);
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
			node('Create QR', 'n8n-nodes-sepay.sePay', [1, 2], create),
		],
		connections: { Start: to('Get Many'), 'Start Here': to('Create QR') },
	};
}

/** Writes a picture once the page has come to rest: two in a row are the same then. */
async function writePicture(name: string, shoot: () => Promise<Buffer>): Promise<void> {
	let last = await shoot();
	for (let taken = 1; taken < MOST_PICTURES; taken++) {
		await sleep(REST_MS);
		const picture = await shoot();
		if (picture.equals(last)) return await writeFile(path.join(IMAGES, `${name}.png`), picture);
		last = picture;
	}
	throw new Error(
		`The page for ${name}.png did not come to rest: each of ${MOST_PICTURES} pictures differs from the one before`,
	);
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
		await writePicture(`${name}-${theme}`, async () => {
			const style = `${MESSAGES} { display: none !important }`;
			return await part.screenshot({ animations: 'disabled', caret: 'hide', style });
		});
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
	await editor.id('zoom-to-fit').click();
	await take('workflow', page.locator('body'));
	await editor.search('sepay');
	await take('node-panel', editor.id('node-creator'));
	// As high as the form, which is cut off else.
	await page.setViewportSize({ width: 1200, height: 1200 });
	await editor.openWorkflow(forms);
	await editor.openNode('Form');
	await take('form', editor.id('node-parameters'));
	await page.setViewportSize({ width: 1400, height: 900 });
	await editor.id('radio-button-schema', await execute('Create QR')).click();
	await take('qr', editor.id('ndv'));
	// The output is as wide as what is beside the form allows.
	await page.setViewportSize({ width: 2200, height: 600 });
	const output = await execute('Get Many');
	await editor.id('radio-button-table', output).click();
	await take('output', output);
}

/**
 * A workflow as its user has filled it in, so that no node is marked. Without the notes, which would
 * leave little room for the rest.
 */
function filledIn(
	{ nodes, ...more }: WorkflowDefinition,
	chosen: Record<string, Credential>,
): WorkflowDefinition {
	const shown = nodes
		.filter(({ type }) => !type.endsWith('.stickyNote'))
		.map(({ credentials = {}, ...node }) => ({
			...node,
			credentials: Object.fromEntries(
				Object.keys(credentials).map((type) => [type, { id: chosen[type].id, name: type }]),
			),
		}));
	const text = JSON.stringify({ ...more, nodes: shown });
	const empty = '"__rl":true,"mode":"list","value":""';
	return JSON.parse(text.replaceAll(empty, empty.replace('""', '"1"'))) as WorkflowDefinition;
}

/** Takes a picture of each example, in the light theme, with all its credentials chosen. */
async function takePicturesOfExamples(n8n: N8nClient): Promise<void> {
	const files = (await readdir(EXAMPLES)).filter((name) => name.endsWith('.json'));
	const definitions = await Promise.all(
		files.map(async (file) => {
			const text = await readFile(path.join(EXAMPLES, file), 'utf8');
			return JSON.parse(text) as WorkflowDefinition;
		}),
	);
	const used = definitions.flatMap(({ nodes }) => nodes.map(({ credentials = {} }) => credentials));
	const chosen: Record<string, Credential> = {};
	for (const type of new Set(used.flatMap(Object.keys))) {
		chosen[type] = await n8n.createCredential(type, type, {});
	}
	const editor = await Editor.open(n8n.url, { viewport: { width: 2000, height: 1200 } });
	const { page } = editor;
	await editor.openNewWorkflow();
	for (const [index, file] of files.entries()) {
		const buffer = Buffer.from(JSON.stringify(filledIn(definitions[index], chosen)));
		await editor.importWorkflow({ name: file, mimeType: 'application/json', buffer });
		// What was imported is selected.
		await page.locator('.vue-flow__pane').click({ position: { x: 2, y: 2 } });
		await editor.id('zoom-to-fit').click();
		// A node beneath the pointer shows its buttons.
		await page.mouse.move(0, 0);
		await writePicture(`examples/${path.basename(file, '.json')}`, async () => {
			const clip = await areaOf(page.locator(ON_CANVAS));
			return await page.screenshot({ clip, style: `${NOT_SHOWN} { display: none !important }` });
		});
	}
	await editor.close();
}

/** What the parts take together, with a margin. */
async function areaOf(parts: Locator) {
	const all = await parts.evaluateAll(
		(each, notShown) =>
			each.filter((one) => !one.closest(notShown)).map((one) => one.getBoundingClientRect()),
		NOT_SHOWN,
	);
	const boxes = all.filter(({ width }) => width > 0);
	const x = Math.floor(Math.min(...boxes.map(({ left }) => left))) - MARGIN;
	const y = Math.floor(Math.min(...boxes.map(({ top }) => top))) - MARGIN;
	const width = Math.ceil(Math.max(...boxes.map(({ right }) => right))) + MARGIN - x;
	const height = Math.ceil(Math.max(...boxes.map(({ bottom }) => bottom))) + MARGIN - y;
	return { x, y, width, height };
}

void main();
