import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import { itemsOf } from '../../scripts/n8n/client';
import type { WorkflowDefinition } from '../../scripts/n8n/types';
import { readWorkflow } from '../../scripts/n8n/workflow';
import { publish } from '../../scripts/start/steps';
import { contentOf, startEInvoice, type EInvoice } from '../sandbox/eInvoice';
import { dataOf, NODE, TYPE } from './support/eInvoice';
import { startMailbox, type Mailbox } from './support/mailbox';
import { startE2eHost, type E2eHost } from './support/n8nHost';
import { unpublishWorkflow } from './support/payments';
import { oneRelease } from './support/releases';
import { byId } from './support/run';
import { keepDay } from './support/sameDay';
import { putOffSchedules } from './support/schedules';

jest.setTimeout(400_000);

const PUBLIC = 'https://n8n.example.com';
const ORDERS = 'SePay Invoice Orders';
const LIST = 'SePay Invoices to Check';
const MISSING = 'SePay Payments without Invoice';

describe.each(oneRelease())('the examples of invoices on the %s n8n', (name) => {
	let host: E2eHost;
	let service: EInvoice;
	let mailbox: Mailbox;
	let chat: Server;
	let ids: Parameters<typeof readWorkflow>[1];
	const told: string[] = [];

	beforeAll(async () => {
		chat = createServer((request, response) => {
			void json(request).then((message) => {
				told.push((message as { text: string }).text);
				response.end('{}');
			});
		});
		chat.listen(0, '127.0.0.1');
		await once(chat, 'listening');
		mailbox = await startMailbox();
		service = await startEInvoice({ jobMs: 300 });
		host = await startE2eHost(name, { WEBHOOK_URL: PUBLIC });
		host.sandbox.hosts.set(PUBLIC, host.instance.url);
		const { n8n } = host;
		ids = {
			sePayOAuth2Api: host.credential,
			[TYPE]: await n8n.createCredential(TYPE, 'eInvoice', dataOf(service)),
			smtp: await n8n.createCredential('smtp', 'Mail', mailbox.credential),
		};
	});

	afterAll(async () => {
		await host?.close();
		await service?.close();
		await mailbox?.close();
		chat?.close();
	});

	/** The example with what a user fills in. */
	async function read(file: string): Promise<WorkflowDefinition> {
		const definition = await readWorkflow(path.join(__dirname, '../../examples', file), ids);
		for (const { type, parameters } of definition.nodes) {
			if (type === 'n8n-nodes-base.httpRequest') {
				parameters.url = `http://127.0.0.1:${(chat.address() as AddressInfo).port}`;
			}
			if (type === NODE && parameters.operation === 'create') {
				parameters.providerAccountId = byId(service.data.accounts[0].id);
				parameters.template = byId('2/C26TSP');
			}
		}
		return definition;
	}

	test('payment-to-invoice.json issues one invoice a payment, sends it, and lists what a person must do', async () => {
		const definition = await read('payment-to-invoice.json');
		putOffSchedules(definition);
		const workflow = await host.n8n.saveWorkflow(definition);
		await publish(host.n8n, host.sandbox, workflow);
		const order = (code: string, fields: object = {}) => ({
			code,
			amount: 250_000,
			goods: 'Cà phê rang xay 1 kg',
			buyerName: 'Nguyễn Văn An',
			buyerEmail: `${code.toLowerCase()}@example.com`,
			buyerTaxCode: '',
			buyerAddress: '',
			status: 'paid',
			invoiceNumber: '',
			transactionId: 0,
			...fields,
		});
		const wrongTaxCode = '0101234567';
		service.data.unknownTaxCodes.push(wrongTaxCode);
		await host.n8n.addTableRows(ORDERS, [
			order('DH700001', { buyerTaxCode: '0312345678', buyerAddress: '12A Núi Thành' }),
			order('DH700002', { buyerTaxCode: wrongTaxCode }),
			order('DH700003'),
			order('DH700004'),
			order('DH700005'),
		]);
		/** Pays, and waits for the end of what that starts. */
		const pay = async (transaction_content: string, amount_in = 250_000) => {
			const { id } = host.sandbox.addTransaction({ transaction_content, amount_in });
			await host.n8n.waitUntilExecuted(workflow.id, (execution) =>
				itemsOf(execution, 'Payment Received').some((item) => item.json.id === id),
			);
			return id;
		};
		const problemOf = async (id: number) =>
			(await host.n8n.tableRows(LIST)).find(({ transactionId }) => transactionId === id)?.problem;

		const first = await pay('NGUYEN VAN AN DH700001');
		const [invoice] = service.data.invoices;
		expect(invoice).toMatchObject({
			reference_code: `SEPAY-${first}`,
			status: 'issued',
			sent: { total_amount: 250_000, buyer: { tax_code: '0312345678' } },
		});
		const [email] = mailbox.mails;
		expect(email.to).toEqual(['dh700001@example.com']);
		const pdf = email.files?.find(({ name }) => name?.endsWith('.pdf'));
		expect(pdf?.text).toBe(contentOf(invoice, 'pdf'));
		const orders = await host.n8n.tableRows(ORDERS);
		expect(orders[0]).toMatchObject({ status: 'invoiced', invoiceNumber: '1' });

		const wrong = await pay('DH700002');
		expect(await problemOf(wrong)).toBe(
			`SePay eInvoice could not create the invoice: Mã số thuế người mua không hợp lệ: ${wrongTaxCode}`,
		);
		service.data.quota = 0;
		expect(await problemOf(await pay('DH700003'))).toBe(
			'SePay eInvoice denied access: Hết hạn ngạch phát hành hóa đơn điện tử',
		);
		service.data.quota = 500;
		const closed = service.data.accounts[0].templates.find(
			({ invoice_series }) => invoice_series === 'C26TSP',
		)!;
		closed.open = false;
		expect(await problemOf(await pay('DH700004'))).toContain('Ký hiệu C26TSP đã đóng');
		closed.open = true;
		expect(await problemOf(await pay('DH700005', 200_000))).toBe(
			'The items add up to 250000 VND, but Total Amount is 200000 VND',
		);
		expect(await problemOf(await pay('DH799999'))).toBe('no order has the payment code');
		expect(await problemOf(await pay('DH700001'))).toBe(
			'the order has an invoice already: was it paid twice?',
		);
		expect(await problemOf(await pay('tien hang'))).toBe('no order has the payment code');
		mailbox.isFull = true;
		const unsent = await pay('DH700003 lan 2');
		mailbox.isFull = false;
		expect(await problemOf(unsent)).toMatch(/^issued as number 2, but not sent: /);
		expect(told).toHaveLength(8);
		expect(service.data.submissions).toHaveLength(2);

		// Causes are put right, and the next morning tries again.
		service.data.unknownTaxCodes.length = 0;
		const morning = await host.n8n.runWorkflow(workflow.id, 'Every Morning', 240_000);
		expect(morning.status).toBe('success');
		expect(mailbox.mails.map(({ to }) => to[0]).sort()).toEqual(
			['1', '2', '3', '4'].map((order) => `dh70000${order}@example.com`),
		);
		expect(service.data.submissions).toHaveLength(4);
		const left = await host.n8n.tableRows(LIST);
		expect(left.map(({ code }) => code).sort()).toEqual(
			['', 'DH700001', 'DH700003', 'DH700005', 'DH799999'].sort(),
		);
		await unpublishWorkflow(host, workflow.id);
	});

	test('payments-without-invoice.json lists last month’s payments that have no invoice', async () => {
		told.length = 0;
		await keepDay(60_000);
		const now = new Date(Date.now() + 7 * 3_600_000);
		const day = (months: number, date: number) =>
			new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, date))
				.toISOString()
				.slice(0, 10);
		const { data } = host.sandbox;
		data.transactions.length = 0;
		const pay = (transaction_date: string, amount_in: number, amount_out = 0) =>
			host.sandbox.addTransaction({ transaction_date, amount_in, amount_out });
		const invoiced = pay(`${day(-1, 1)} 00:00:00`, 100_000);
		const missing = pay(`${day(-1, 15)} 10:00:00`, 200_000);
		const drafted = pay(`${day(0, 0)} 23:59:59`, 300_000);
		pay(`${day(-1, 15)} 11:00:00`, 0, 50_000);
		pay(`${day(0, 1)} 00:00:00`, 400_000);
		const invoice = (id: number, status: 'issued' | 'draft') =>
			service.addInvoice({ reference_code: `SEPAY-${id}` }, { status });
		invoice(invoiced.id, 'issued');
		invoice(drafted.id, 'draft');
		const { id } = await host.n8n.saveWorkflow(await read('payments-without-invoice.json'));
		expect((await host.n8n.runWorkflow(id, 'Set Up')).status).toBe('success');
		const run = async () => {
			const execution = await host.n8n.runWorkflow(id, 'Every Month');
			expect(execution.data.resultData.error).toBeUndefined();
		};
		await run();
		const listed = (await host.n8n.tableRows(MISSING)).map(({ transactionId }) => transactionId);
		expect(listed.sort()).toEqual([missing.id, drafted.id].sort());
		expect(told).toEqual([
			`2 payments from ${day(-1, 1)} to ${day(0, 0)} have no invoice, 500,000 VND in all`,
		]);
		// None of them has: the list of invoices is empty.
		service.data.invoices.length = 0;
		await run();
		expect(await host.n8n.tableRows(MISSING)).toHaveLength(3);
	});
});
