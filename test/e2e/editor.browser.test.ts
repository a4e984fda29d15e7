import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { Editor } from '../../scripts/n8n/editor';
import type { Credential, Workflow } from '../../scripts/n8n/types';
import { waitUntil } from '../../scripts/n8n/waitUntil';
import { startSandbox, type Sandbox } from '../sandbox';
import { startQrService } from '../sandbox/qr';
import { PUBLIC, startN8nHost, type N8nHost } from './support/n8nHost';
import { openForms } from './support/forms';

jest.setTimeout(180_000);

const PACKAGE = 'n8n-nodes-sepay';
const EXAMPLES = path.join(__dirname, '../../examples');

/** Words that people type, with the nodes that they look for; n8n lists a trigger under its node. */
const SEARCHES: Array<[string, string[]]> = [
	[
		'sepay',
		['SePay', 'SePay Bank Hub', 'SePay eInvoice', 'SePay Payment Gateway', 'SePay Polling Trigger'],
	],
	...[
		'bank',
		'transfer',
		'ngân hàng',
		'ngan hang',
		'chuyển khoản',
		'chuyen khoan',
		'biến động số dư',
		'bien dong so du',
	].map((word): [string, string[]] => [word, ['SePay', 'SePay Bank Hub', 'SePay Polling Trigger']]),
	...['payment', 'thanh toán', 'thanh toan'].map((word): [string, string[]] => [
		word,
		['SePay', 'SePay Bank Hub', 'SePay Payment Gateway', 'SePay Polling Trigger'],
	]),
	...['QR', 'vietqr'].map((word): [string, string[]] => [
		word,
		['SePay', 'SePay Payment Gateway', 'SePay Polling Trigger'],
	]),
	['hóa đơn', ['SePay eInvoice']],
];

const jsonFiles = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.json'));

/** The SePay nodes of all examples, one for each form that has a choice of credentials. */
const choices = new Map(
	jsonFiles(EXAMPLES).flatMap((name) => {
		const { nodes } = JSON.parse(readFileSync(path.join(EXAMPLES, name), 'utf8')) as Workflow;
		return nodes
			.filter(({ type }) => /\.sePay(Polling)?(Trigger)?$/.test(type))
			.map((node) => {
				const { authentication, setUp, resource, operation } = node.parameters;
				const key = [node.type, authentication, setUp, resource, operation].join(' ');
				return [key, { ...node, name: `${name} ${node.name}` }] as const;
			});
	}),
);

describe("n8n's editor", () => {
	let host: N8nHost;
	let sandbox: Sandbox;
	let editor: Editor;

	beforeAll(async () => {
		host = await startN8nHost('newest');
		sandbox = await startSandbox({ transactions: 60 });
		sandbox.hosts.set(PUBLIC, host.instance.url);
		editor = await Editor.open(host.instance.url);
	});

	afterAll(async () => {
		await editor?.close();
		await sandbox?.close();
		await host?.close();
	});

	const node = (name: string, type: string, parameters: object, more: object = {}) => ({
		id: name,
		webhookId: name,
		name,
		type: `${PACKAGE}.${type}`,
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: parameters as Record<string, unknown>,
		...more,
	});
	const open = async (...nodes: ReturnType<typeof node>[]) => {
		const { id } = await host.n8n.saveWorkflow({ name: nodes[0].name, nodes, connections: {} });
		await editor.openWorkflow(id);
		return id;
	};

	test.each(['SePay', 'SePayBankHub', 'SePayPaymentGateway', 'SePayEInvoice'])(
		'every operation of %s opens without a red field but what is to be filled in',
		async (name) => {
			const type = `${PACKAGE}.${name[0].toLowerCase()}${name.slice(1)}`;
			expect(await openForms(host, editor, type)).toBeGreaterThan(3);
		},
	);

	test('finds every node by the words that people type, with and without accents', async () => {
		await editor.page.goto(`${host.instance.url}/workflow/new`);
		for (const [word, names] of SEARCHES) {
			expect([word, await editor.search(word)]).toEqual([word, expect.arrayContaining(names)]);
		}
	});

	describe('SePay Trigger before any credential is chosen', () => {
		test('shows both ways to set it up, each with whom it is for', async () => {
			await open(node('Payment', 'sePayTrigger', {}));
			await editor.openNode('Payment');
			const form = editor.id('node-parameters');
			const ways = await editor.listOf('setUp');
			await ways.first().waitFor();
			expect(await ways.allInnerTexts()).toEqual([
				expect.stringMatching(/^Automatic\n.*OAuth application/),
				expect.stringMatching(/^By Hand\n.*everyone else/),
			]);
			expect(await form.innerText()).toMatch(/OAuth application[^]*By Hand is for everyone else/);
			await editor.choose('setUp', 'By Hand');
			expect(await form.innerText()).toMatch(
				/Production URL[^]*my\.sepay\.vn[^]*secret key[^]*Publish[^]*Connect to SePay Webhook/,
			);
			await editor.page.getByText('Webhook URLs', { exact: true }).click();
			await editor.page.getByText('Production URL', { exact: true }).first().click();
			expect(await editor.id('ndv').innerText()).toContain(`${PUBLIC}/webhook/`);
		});

		test('opens as it was saved with 0.1.0', async () => {
			await open(node('Payment', 'sePayTrigger', { setUp: 'byHand', catchUp: 'off' }));
			await editor.openNode('Payment');
			expect(await editor.parameter('setUp').locator('input').inputValue()).toBe('By Hand');
			expect(await editor.redParameters()).toEqual([]);
		});
	});

	describe.each([
		['no credential', []],
		['an OAuth2 credential alone', ['sePayOAuth2Api']],
		['an API token alone', ['sePayTokenApi']],
		['both credentials', ['sePayOAuth2Api', 'sePayTokenApi']],
	])('in an n8n with %s', (_, types) => {
		const made: Credential[] = [];

		beforeAll(async () => {
			for (const type of types) made.push(await host.n8n.createCredential(type, type, {}));
		});

		afterAll(async () => {
			for (const { id } of made) await host.n8n.deleteCredential(id);
		});

		test('every example keeps its authentication and asks for the credential', async () => {
			const file = path.join(host.userFolder, 'examples.json');
			await writeFile(file, JSON.stringify({ nodes: [...choices.values()], connections: {} }));
			await editor.importWorkflow(file);
			for (const { name, parameters, credentials = {} } of choices.values()) {
				await editor.openNode(name);
				expect([name, await editor.redParameters()]).toEqual([name, []]);
				const way = parameters.authentication === 'apiToken' ? 'API Token' : 'OAuth2';
				const authentication = editor.parameter('authentication').locator('input');
				if (await authentication.isVisible()) expect(await authentication.inputValue()).toBe(way);
				// Taken from what there is, or to be chosen; the form has a place for each.
				const labels = await editor.id('credentials-label').allInnerTexts();
				expect([name, labels.length]).toEqual([name, Object.keys(credentials).length]);
			}
		});
	});

	/** What is filled in for the OAuth2 credential. */
	const filledIn = () => ({
		environment: 'custom',
		baseUrl: sandbox.url,
		clientId: sandbox.client.id,
		clientSecret: sandbox.client.secret,
	});
	const connected = async (requestedScopes: string[]) => {
		const data = { ...filledIn(), requestedScopes };
		const credential = await host.n8n.createCredential('sePayOAuth2Api', 'SePay', data);
		await host.n8n.connectOAuth2(credential.id);
		return credential;
	};
	const by = ({ type, id, name }: Credential) => ({ credentials: { [type]: { id, name } } });

	/** Runs the open node. @returns what its output shows */
	const run = async () => {
		const output = editor.id('output-panel');
		await editor.id('node-execute-button').click();
		await editor.id('node-run-info', output).waitFor();
		return output;
	};

	test('connects by OAuth2, chooses from a list, runs, and shows a table', async () => {
		await open(node('Accounts', 'sePay', { resource: 'bankAccount', operation: 'getSubAccounts' }));
		await editor.openNode('Accounts');
		await editor.id('node-credentials-empty-state').getByRole('button').click();
		const form = editor.id('editCredential-modal');
		await editor.choose('environment', 'Custom', form);
		for (const [name, text] of Object.entries(filledIn())) {
			if (name !== 'environment') await editor.parameter(name, form).locator('input').fill(text);
		}
		await editor.id('credential-save-button').click();
		const opened = editor.page.context().waitForEvent('page');
		await editor.id('quick-connect-button', form).click();
		const consent = await opened;
		expect(await consent.locator('li').allInnerTexts()).toEqual([
			'bank-account:read',
			'transaction:read',
		]);
		await consent.getByRole('button', { name: 'Allow' }).click();
		await editor.id('oauth-connect-success-banner', form).waitFor();
		await editor.page.keyboard.press('Escape');
		await form.waitFor({ state: 'hidden' });

		await editor.id('rlc-input').click();
		await editor.id('rlc-search').locator('input').fill('BIDV');
		const found = editor.id('rlc-item');
		await expectText(found, /^BIDV/);
		await found.first().click();
		const output = await run();
		await editor.id('radio-button-table', output).click();
		const table = output.locator('table').first();
		const account = sandbox.data.bankAccounts.find(({ bank }) => bank.short_name === 'BIDV')!;
		const below = sandbox.data.subAccounts.filter(
			({ bank_account_id }) => bank_account_id === account.id,
		);
		for (const { account_number } of below) await expectText(table, new RegExp(account_number));
	});

	test('a published trigger shows the execution of a payment, set up either way', async () => {
		const secretKey = 'a secret that was entered at SePay, 0123456789';
		const data = { authenType: 'HMAC_SHA256', secretKey };
		const oAuth2 = await connected(sandbox.client.scopes);
		const secret = await host.n8n.createCredential('sePayWebhookApi', 'Secret', data);
		for (const [setUp, credential] of [
			['automatic', oAuth2],
			['byHand', secret],
		] as const) {
			const webhookId = `hook-${setUp}`;
			const trigger = node('Payment', 'sePayTrigger', { setUp, catchUp: 'off' });
			const id = await open({ ...trigger, webhookId, ...by(credential) });
			await editor.id('workflow-open-publish-modal-button').click();
			await editor.id('workflow-publish-button').click();
			await editor.id('workflow-publish-button').waitFor({ state: 'hidden' });
			const { webhooks } = sandbox.data;
			await waitUntil('SePay knows a webhook', () => webhooks.length > 0);
			if (setUp === 'byHand') {
				// As a person adds it at SePay.
				const webhook_url = `${PUBLIC}/webhook/${webhookId}/webhook`;
				webhooks.push({ ...webhooks[0], id: 900_000, secret_key: secretKey, webhook_url });
			}
			const hook = webhooks.find(({ webhook_url }) => webhook_url.includes(webhookId))!;
			await waitUntil('it is live', async () => (await sandbox.deliver(hook.id)).ok);
			sandbox.addTransaction({ amount_in: 250_000 });
			await sandbox.idle();
			await waitUntil('it is run', async () => (await host.n8n.executions(id)).length > 1);
			await editor.id('radio-button-executions').click();
			await expectText(editor.id('current-executions-list'), /Succeeded[^]*Succeeded/);
		}
	});

	test('shows what went wrong, and the way out', async () => {
		const transactions = { resource: 'transaction', operation: 'getAll' };
		const apiToken = 'f'.repeat(64);
		const token = { environment: 'custom', baseUrl: `${sandbox.url}/v2`, apiToken };
		const withScopes = (...scopes: string[]) => connected(['profile', ...scopes]);
		const wrongKey = await host.n8n.createCredential('sePayTokenApi', 'Wrong', token);
		const address = { name: 'n8n', webhookUrl: 'http://192.168.1.5/webhook' };
		const nodes = [
			node('Scope', 'sePay', transactions, by(await withScopes())),
			node('Key', 'sePay', { ...transactions, authentication: 'apiToken' }, by(wrongKey)),
			node(
				'Address',
				'sePay',
				{ resource: 'webhook', operation: 'create', ...address },
				by(await withScopes('webhook:read', 'webhook:write')),
			),
		];
		await open(
			...nodes.map((one, index) => ({ ...one, position: [0, 200 * index] as [number, number] })),
		);
		for (const [name, text] of [
			['Scope', /transaction:read/],
			['Key', /API token/i],
			['Address', /https:\/\/|public/],
		] as const) {
			await editor.openNode(name);
			await expectText(await run(), text);
			await editor.id('node-error-message').first().waitFor();
		}
	});

	test('shows the link and the picture of a QR', async () => {
		const service = await startQrService();
		const payment = {
			bank: 'MBBank',
			accountNumber: '0901234567',
			amount: 250_000,
			memo: 'DH1042',
		};
		const options = { qrService: service.url };
		const parameters = { resource: 'payment', operation: 'createQr', ...payment, options };
		await open(node('QR', 'sePay', { ...parameters, download: true }));
		await editor.openNode('QR');
		const output = await run();
		await editor.id('radio-button-binary', output).waitFor();
		await editor.id('radio-button-json', output).click();
		await expectText(output, /amount=250000[^]*DH1042/);
		await service.close();
	});
});

/** Waits until the part of the page has the text. */
async function expectText(part: Locator, text: RegExp): Promise<void> {
	await part.filter({ hasText: text }).first().waitFor();
}
