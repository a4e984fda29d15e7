import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import { chromium as playwright, type Browser } from 'playwright-core';
import { chromium, CHROMIUM_ARGS } from '../../scripts/browser';
import { itemsOf } from '../../scripts/n8n/client';
import type { Credential, WorkflowDefinition } from '../../scripts/n8n/types';
import { waitUntil } from '../../scripts/n8n/waitUntil';
import { readWorkflow } from '../../scripts/n8n/workflow';
import { vietnamTime } from '../sandbox/clock';
import { startPaymentGateway, type PaymentGateway } from '../sandbox/paymentGateway';
import { startMailbox, type Mailbox } from './support/mailbox';
import { startE2eHost, type E2eHost } from './support/n8nHost';
import { oneRelease } from './support/releases';
import { byId, outputs } from './support/run';
import { keepDay } from './support/sameDay';

jest.setTimeout(400_000);

const IPN_KEY = 'the key of the IPN';
const DAY = 86_400_000;

describe.each(oneRelease())('the payment gateway on the %s n8n', (name) => {
	let host: E2eHost;
	let gateway: PaymentGateway;
	let mailbox: Mailbox;
	let browser: Browser;
	let credential: Credential;
	/** The pages of the shop, and the chat of its team. */
	let shop: Server;
	const told: string[] = [];

	beforeAll(async () => {
		host = await startE2eHost(name);
		gateway = await startPaymentGateway();
		gateway.allowPrivateWebhooks = true;
		mailbox = await startMailbox();
		shop = createServer((request, response) => {
			if (request.method === 'POST') {
				void json(request).then((message) => {
					told.push((message as { text: string }).text);
					response.end('{}');
				});
				return;
			}
			response.setHeader('content-type', 'text/html; charset=utf-8');
			response.end(
				request.url === '/'
					? `<form method="post" action="${host.instance.url}/webhook/sepay-checkout">
<input name="email"><input name="amount"><button>Đặt hàng</button></form>`
					: '<h1>Cảm ơn bạn</h1>',
			);
		});
		shop.listen(0, '127.0.0.1');
		await once(shop, 'listening');
		credential = await host.n8n.createCredential('sePayPaymentGatewayApi', 'Gateway', {
			environment: 'custom',
			baseUrl: gateway.url,
			merchantId: gateway.merchant.id,
			secretKey: gateway.merchant.secretKey,
			ipnSecretKey: IPN_KEY,
		});
		browser = await playwright.launch({ executablePath: chromium(), args: CHROMIUM_ARGS });
	});

	afterAll(async () => {
		await browser?.close();
		shop?.close();
		await mailbox?.close();
		await gateway?.close();
		await host?.close();
	});

	const shopUrl = () => `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
	const nodeOf = (definition: WorkflowDefinition, nodeName: string) =>
		definition.nodes.find((node) => node.name === nodeName)!;
	const read = async (file: string, more = {}) =>
		await readWorkflow(path.join(__dirname, '../../examples', file), {
			sePayPaymentGatewayApi: credential,
			sePayOAuth2Api: host.credential,
			...more,
		});

	test('a right credential is accepted, a wrong one told', async () => {
		expect(await host.n8n.testCredential(credential)).toMatchObject({ status: 'OK' });
		const wrong = await host.n8n.createCredential('sePayPaymentGatewayApi', 'Wrong', {
			environment: 'custom',
			baseUrl: gateway.url,
			merchantId: gateway.merchant.id,
			secretKey: 'wrong',
		});
		expect(await host.n8n.testCredential(wrong)).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('rejected the Secret Key'),
		});
	});

	test('orders are listed, read, cancelled and voided', async () => {
		const [unpaid, paid] = [gateway.addOrder(), gateway.addOrder()];
		gateway.pay(paid, 'CARD');
		const step = (operation: string, more: Record<string, unknown>) => ({
			node: {
				type: 'n8n-nodes-sepay.sePayPaymentGateway',
				credentials: { sePayPaymentGatewayApi: { id: credential.id, name: credential.name } },
				parameters: { resource: 'order', operation, ...more },
			},
		});
		const found = await outputs(host, {
			List: step('getAll', { limit: 1, filters: { status: 'CAPTURED' } }),
			Read: step('get', { orderId: byId('={{ $json.invoiceNumber }}') }),
			Void: step('voidTransaction', { orderId: byId('={{ $json.orderId }}') }),
			Cancel: step('cancel', { orderId: byId(unpaid.order_invoice_number) }),
		});
		expect(found.Read).toEqual([
			expect.objectContaining({ orderId: paid.order_id, amount: 300_000, status: 'CAPTURED' }),
		]);
		expect(found.Void).toEqual([expect.objectContaining({ voided: true })]);
		expect(found.Cancel).toEqual([expect.objectContaining({ cancelled: true })]);
		expect([unpaid, paid].map(({ order_status }) => order_status)).toEqual([
			'CANCELLED',
			'CANCELLED',
		]);
	});

	describe('checkout-page-to-email.json', () => {
		let id: string;
		let ipnUrl: string;

		beforeAll(async () => {
			const smtp = await host.n8n.createCredential('smtp', 'Mail', mailbox.credential);
			const definition = await read('checkout-page-to-email.json', { smtp });
			const options = { successUrl: `${shopUrl()}/thanks` };
			nodeOf(definition, 'Create Checkout').parameters.options = options;
			nodeOf(definition, 'New Order').webhookId = randomUUID();
			const webhookId = randomUUID();
			nodeOf(definition, 'Order Paid').webhookId = webhookId;
			ipnUrl = `${host.instance.url}/webhook/${webhookId}/webhook`;
			({ id } = await host.n8n.saveWorkflow(definition));
			expect((await host.n8n.runWorkflow(id, 'Set Up')).status).toBe('success');
			await host.n8n.publish(id);
			await waitUntil('the URL is live', async () => {
				const answer = await fetch(ipnUrl, { method: 'POST' }).catch(() => undefined);
				return answer?.status === 401;
			});
			gateway.ipn = { url: ipnUrl, secretKey: IPN_KEY };
		});

		/** Orders in the shop as a buyer does, up to the payment page. */
		async function order(email: string, amount: number) {
			const page = await browser.newPage();
			await page.goto(shopUrl());
			await page.fill('[name=email]', email);
			await page.fill('[name=amount]', String(amount));
			await page.click('button');
			await page.waitForURL(`${gateway.url}/v1/checkout/SEPAY-*`);
			return page;
		}

		/** What started the runs for payments, once whatever SePay was answered for has ended. */
		const paidRuns = async () => {
			await gateway.idle();
			return (await host.n8n.endedExecutions(id)).flatMap((one) =>
				itemsOf(one, 'Order Paid').map(({ json: item }) => item),
			);
		};

		test('a buyer orders, pays and returns to the shop, and is told by e-mail', async () => {
			const page = await order('lan@example.com', 250_000);
			expect(await page.textContent('h1')).toBe('250.000 VND');
			await page.selectOption('[name=payment_method]', 'NAPAS_BANK_TRANSFER');
			await page.click('button[value=paid]');
			await page.waitForURL(`${shopUrl()}/thanks`);
			expect(await page.textContent('h1')).toBe('Cảm ơn bạn');
			await page.close();
			const { order_invoice_number: number } = gateway.orders.at(-1)!;
			await waitUntil('the buyer is told', () => mailbox.mails.length === 1);
			expect(mailbox.mails).toEqual([
				{
					to: ['lan@example.com'],
					subject: `Đơn hàng ${number} đã thanh toán`,
					text: `Cảm ơn bạn. Chúng tôi đã nhận 250.000 VND cho đơn hàng ${number}.`,
				},
			]);
			expect(await paidRuns()).toEqual([
				expect.objectContaining({
					event: 'ORDER_PAID',
					invoiceNumber: number,
					amount: 250_000,
					paymentMethod: 'NAPAS_BANK_TRANSFER',
				}),
			]);
			expect(await host.n8n.tableRows('SePay Checkout Orders')).toEqual([
				expect.objectContaining({ invoiceNumber: number, status: 'paid', amount: 250_000 }),
			]);

			const taken = gateway.deliveries.filter(({ ok }) => ok);
			expect(taken).toHaveLength(1);
			for (const delivery of taken) {
				expect(await gateway.sendAgain(delivery)).toMatchObject({ status: 200 });
			}
			gateway.ipn = { url: ipnUrl, secretKey: 'forged' };
			await gateway.notify('ORDER_PAID', gateway.orders.at(-1)!);
			expect(gateway.deliveries.at(-1)!.status).toBe(401);
			gateway.ipn = { url: ipnUrl, secretKey: IPN_KEY };
			expect(await paidRuns()).toHaveLength(1);
			expect(mailbox.mails).toHaveLength(1);
		});

		test('what was voided meanwhile, or is not as ordered, goes to the team', async () => {
			mailbox.mails.length = 0;
			const before = await paidRuns();
			const page = await order('minh@example.com', 100_000);
			await page.close();
			const changed = gateway.orders.at(-1)!;
			changed.order_amount = 1_000;
			gateway.pay(changed, 'CARD');
			await waitUntil('the team is told', () => mailbox.mails.length === 1);
			expect(mailbox.mails).toEqual([
				{
					to: ['team@shop.example.com'],
					subject: `Payment to check: ${changed.order_invoice_number}`,
					text: `SePay has 1,000 VND with status CAPTURED for ${changed.order_invoice_number}; the table awaits 100,000.`,
				},
			]);
			gateway.ipn = undefined;
			await (await order('hoa@example.com', 70_000)).close();
			const voided = gateway.orders.at(-1)!;
			gateway.pay(voided, 'CARD');
			voided.order_status = 'CANCELLED';
			gateway.ipn = { url: ipnUrl, secretKey: IPN_KEY };
			await gateway.notify('ORDER_PAID', voided);
			await waitUntil('the team is told again', () => mailbox.mails.length === 2);
			expect(mailbox.mails[1].text).toContain('70,000 VND with status CANCELLED');
			expect(await paidRuns()).toHaveLength(before.length + 2);
			expect(mailbox.mails).toHaveLength(2);
		});

		test('a buyer who leaves pays nothing, and nothing starts', async () => {
			const before = await paidRuns();
			const page = await order('nam@example.com', 50_000);
			await page.click('button[value=cancelled]');
			await page.waitForSelector('h1:has-text("Đã hủy")');
			await page.close();
			const left = gateway.orders.at(-1)!;
			expect(left).toMatchObject({ order_status: 'CANCELLED' });
			expect(await paidRuns()).toHaveLength(before.length);
			const isAboutIt = (delivery: { order_invoice_number: string }) =>
				delivery.order_invoice_number === left.order_invoice_number;
			expect(gateway.deliveries.filter(isAboutIt)).toEqual([]);
		});
	});

	test('gateway-reconciliation.json tells when the sums of yesterday differ', async () => {
		const definition = await read('gateway-reconciliation.json');
		nodeOf(definition, 'Tell the Team').parameters.url = shopUrl();
		const { id } = await host.n8n.saveWorkflow(definition);
		const run = async () =>
			expect((await host.n8n.runWorkflow(id, 'Every Morning')).status).toBe('success');
		gateway.orders.length = 0;
		gateway.ipn = undefined;
		await keepDay(60_000);
		const noon = `${vietnamTime(Date.now() - DAY).slice(0, 10)} 12:00:00`;
		const transfers = host.sandbox.data.transactions;
		const isYesterday = ({ transaction_date }: { transaction_date: string }) =>
			transaction_date.slice(0, 10) === noon.slice(0, 10);
		for (const row of transfers.filter(isYesterday)) row.transaction_date = '2026-01-01 12:00:00';

		await run();
		expect(told).toEqual([]);
		const methods = [
			['BANK_TRANSFER', 100_000],
			['NAPAS_BANK_TRANSFER', 250_000],
			['CARD', 900_000],
		] as const;
		for (const [method, order_amount] of methods) {
			const order = gateway.addOrder({ order_amount, created_at: noon });
			gateway.pay(order, method);
			order.transactions[0].transaction_date = noon;
		}
		await run();
		const day = noon.slice(0, 10);
		expect(told).toEqual([
			`${day}: 350,000 VND paid by QR at the gateway, 0 VND came into the bank account (900,000 VND by card are settled later)`,
		]);
		host.sandbox.addTransaction({ amount_in: 350_000, transaction_date: noon });
		await run();
		expect(told).toHaveLength(1);
	});
});
