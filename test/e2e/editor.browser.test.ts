import { Editor } from '../../scripts/editor';
import { startSandbox, type Sandbox } from '../sandbox';
import { startQrService } from '../sandbox/qr';
import { expectSoon, expectText } from './support/expectSoon';
import { connectSandbox, startN8nHost, type N8nHost } from './support/n8nHost';

jest.setTimeout(400_000);

const PACKAGE = 'n8n-nodes-sepay';

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

describe("n8n's editor", () => {
	let host: N8nHost;
	let editor: Editor;
	let qrService: Awaited<ReturnType<typeof startQrService>>;

	beforeAll(async () => {
		host = await startN8nHost('newest');
		editor = await Editor.open(host.instance.url);
		qrService = await startQrService();
	});

	afterAll(async () => {
		await qrService?.close();
		await editor?.close();
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
	};

	test('finds every node by the words that people type, with and without accents', async () => {
		await open(node('Any', 'sePay', {}));
		for (const [word, names] of SEARCHES) {
			const found = async () => {
				const all = await editor.id('node-creator-item-name').allInnerTexts();
				return [word, ...names.filter((name) => all.includes(name))];
			};
			// What the word before found goes first.
			await editor.search('');
			await expectSoon(found, [word]);
			await editor.search(word);
			await expectSoon(found, [word, ...names]);
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
			await expectText(form, /OAuth application[^]*By Hand is for everyone else/);
			await editor.choose('setUp', 'By Hand');
			await expectText(form, /Production URL[^]*my\.sepay\.vn[^]*secret key[^]*Publish/);
		});

		test('opens as it was saved with 0.1.0', async () => {
			await open(node('Payment', 'sePayTrigger', { setUp: 'byHand', catchUp: 'off' }));
			await editor.openNode('Payment');
			const setUp = editor.parameter('setUp').locator('input');
			await expectSoon(() => setUp.inputValue(), 'By Hand');
			expect(await editor.redParameters()).toEqual([]);
		});
	});

	/** Runs the open node. @returns what its output shows */
	const run = async () => {
		const output = editor.id('output-panel');
		await editor.id('node-execute-button').click();
		await editor.id('node-run-info', output).waitFor();
		return output;
	};

	describe('with a sandbox', () => {
		let sandbox: Sandbox;

		beforeAll(async () => {
			sandbox = await startSandbox({ transactions: 60 });
		});

		afterAll(async () => {
			await sandbox?.close();
		});

		test.each([
			['the scopes that are chosen', ['profile', 'webhook:read']],
			['two scopes when none is chosen', []],
		])('connects the client ID and secret that a person types in, with %s', async (_, scopes) => {
			const { page } = editor;
			await page.goto(`${host.instance.url}/home/credentials/create`);
			await editor.id('new-credential-type-select').waitFor();
			await page.keyboard.type('SePay OAuth2');
			await page.getByText('SePay OAuth2 API', { exact: true }).click();
			await editor.id('new-credential-type-button').click();
			const form = editor.id('editCredential-modal');
			await editor.choose('environment', 'Custom', form);
			const { id: clientId, secret: clientSecret } = sandbox.client;
			const typedIn = { baseUrl: sandbox.url, clientId, clientSecret };
			for (const [name, text] of Object.entries(typedIn)) {
				await editor.parameter(name, form).locator('input').fill(text);
			}
			for (const scope of scopes) await editor.choose('requestedScopes', scope, form);
			const saved = page.waitForResponse(
				(answer) => answer.request().method() === 'POST' && answer.url().endsWith('/credentials'),
			);
			await editor.id('credential-save-button').click();
			const { data } = await (await saved).json();
			const opened = page.context().waitForEvent('page');
			await editor.id('quick-connect-button', form).click();
			const consent = await opened;
			const asked = consent.locator('li');
			await asked.first().waitFor();
			const wanted = scopes.length > 0 ? scopes : ['bank-account:read', 'transaction:read'];
			expect(await asked.allInnerTexts()).toEqual(wanted);
			await consent.getByRole('button', { name: 'Allow' }).click();
			await editor.id('oauth-connect-success-banner', form).waitFor();
			await host.n8n.deleteCredential(data.id);
		});

		test('chooses from a list that is searched, runs by the button, and shows the rows in a table', async () => {
			const { type, id, name } = await connectSandbox(host.n8n, sandbox);
			const parameters = { resource: 'bankAccount', operation: 'getSubAccounts' };
			const credentials = { [type]: { id, name } };
			await open(node('Accounts', 'sePay', parameters, { credentials }));
			await editor.openNode('Accounts');
			const { bankAccounts, subAccounts } = sandbox.data;
			const account = bankAccounts.find((one) => one.id === subAccounts[0].bank_account_id)!;
			await editor.id('rlc-input').click();
			await editor.id('rlc-search').fill(account.account_number);
			const found = editor.id('rlc-item');
			await expectSoon(() => found.count(), 1);
			await expectText(found, new RegExp(account.account_number));
			await found.click();
			const output = await run();
			await editor.id('radio-button-table', output).click();
			const table = output.locator('table').first();
			const below = subAccounts.filter((one) => one.bank_account_id === account.id);
			for (const { account_number } of below) await expectText(table, new RegExp(account_number));
		});
	});

	test('shows the link and the picture of a QR, no Authentication there, and what was chosen for it elsewhere', async () => {
		const payment = {
			bank: 'MBBank',
			accountNumber: '0901234567',
			amount: 250_000,
			memo: 'DH1042',
		};
		const options = { qrService: qrService.url };
		const operation = { resource: 'payment', operation: 'createQr', authentication: 'apiToken' };
		const parameters = { ...operation, ...payment, options, download: true };
		await open(node('QR', 'sePay', parameters));
		await editor.openNode('QR');
		const authentication = editor.parameter('authentication').locator('input');
		const output = await run();
		expect(await authentication.count()).toBe(0);
		await editor.id('radio-button-binary', output).waitFor();
		await editor.id('radio-button-json', output).click();
		await expectText(output, /amount=250000[^]*DH1042/);
		await editor.choose('operation', 'Wait for Payment');
		await expectSoon(() => authentication.inputValue(), 'API Token');
		await editor.choose('operation', 'Match');
		await authentication.waitFor({ state: 'detached' });
		await editor.choose('resource', 'Order');
		await expectSoon(() => authentication.inputValue(), 'API Token');
	});
});
