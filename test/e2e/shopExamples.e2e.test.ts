import path from 'node:path';
import { itemsOf } from '../../scripts/n8n/client';
import type { WorkflowDefinition } from '../../scripts/n8n/types';
import { waitUntil } from '../../scripts/n8n/waitUntil';
import { readWorkflow } from '../../scripts/n8n/workflow';
import { publish } from '../../scripts/start/steps';
import type { Transaction } from '../sandbox';
import { startJsonServer, type JsonAnswer } from './support/jsonServer';
import { PUBLIC, startE2eHost, type E2eHost } from './support/n8nHost';
import { unpublishWorkflow } from './support/payments';
import { oneRelease } from './support/releases';
import { startTelegram, type Telegram } from './support/telegram';

jest.setTimeout(400_000);

describe.each(oneRelease())('examples for shops on the %s n8n', (name) => {
	let host: E2eHost;
	let telegram: Telegram;

	beforeAll(async () => {
		host = await startE2eHost(name);
		host.sandbox.hosts.set(PUBLIC, host.instance.url);
		telegram = await startTelegram();
	});

	afterAll(async () => {
		await host?.close();
		telegram?.close();
	});

	const read = async (file: string, more: Parameters<typeof readWorkflow>[1]) =>
		await readWorkflow(path.join(__dirname, '../../examples', file), {
			sePayOAuth2Api: host.credential,
			...more,
		});

	const pay = (transaction_content: string, amount_in: number) =>
		host.sandbox.addTransaction({ transaction_content, amount_in });

	/** Rows of the list of what a person decides: the problem of each payment. */
	const problems = async (table: string) =>
		Object.fromEntries(
			(await host.n8n.tableRows(table)).map(({ transactionId, problem }) => [
				transactionId,
				problem,
			]),
		);

	/** A published workflow of payments, and how to pay and wait for what that starts. */
	async function paid(definition: WorkflowDefinition) {
		const workflow = await host.n8n.saveWorkflow(definition);
		await publish(host.n8n, host.sandbox, workflow);
		const handled = async (...payments: Transaction[]) => {
			for (const { id } of payments) {
				const { status } = await host.n8n.waitUntilExecuted(workflow.id, (execution) =>
					itemsOf(execution, 'Payment Received').some((item) => item.json.id === id),
				);
				expect(status).toBe('success');
			}
			return payments.map(({ id }) => String(id));
		};
		return { handled, end: async () => await unpublishWorkflow(host, workflow.id) };
	}

	/** Lets two requests go on together. */
	function meeting(): () => Promise<void> {
		const waiting: Array<() => void> = [];
		return async () =>
			await new Promise((resolve) => {
				waiting.push(resolve);
				if (waiting.length === 2) for (const go of waiting) go();
			});
	}

	test('woocommerce-order-paid.json sets each order to paid once, when its whole total has come', async () => {
		const order = (id: number, total: string, fields: object = {}) => ({
			id,
			total,
			status: 'pending',
			currency: 'VND',
			transaction_id: '',
			...fields,
		});
		const orders = [
			order(104201, '250000'),
			order(104202, '500000.00', { status: 'on-hold' }),
			order(104203, '100000'),
			order(104204, '100000', { status: 'cancelled' }),
			order(104205, '10', { currency: 'USD' }),
			order(104206, '300000'),
			order(104207, '70000'),
			order(104208, '80000'),
			order(104209, '90000'),
		];
		const updates: unknown[] = [];
		const meet = meeting();
		const store = await startJsonServer(async ({ method, path: address, body }) => {
			const id = Number(/\/wp-json\/wc\/v3\/orders\/(\d+)/.exec(address)?.[1]);
			const found = orders.find((one) => one.id === id);
			if (!found) return { status: 404, body: { message: 'Invalid ID.' } };
			if (method === 'GET' && id === 104206) await meet();
			if (method !== 'GET') {
				if (id === 104207) return { status: 500, body: { message: 'Down.' } };
				updates.push({ id, ...body });
				Object.assign(found, body);
			}
			return { body: found };
		});
		const wooCommerceApi = await host.n8n.createCredential('wooCommerceApi', 'Store', {
			url: store.url,
			consumerKey: 'ck_1',
			consumerSecret: 'cs_1',
		});
		const definition = await read('woocommerce-order-paid.json', { wooCommerceApi });
		const { handled, end } = await paid(definition);
		const [exact] = await handled(pay('NGUYEN VAN AN DH104201', 250_000));
		const [part] = await handled(pay('dh104202 dot 1', 300_000));
		expect(updates).toHaveLength(1);
		const [rest] = await handled(pay('dh104202 dot 2', 200_000));
		const [over] = await handled(pay('DH104203', 150_000));
		const together = [pay('DH104206', 300_000), pay('DH104206 lan 2', 300_000)];
		const both = await handled(...together);
		const [again, cancelled, foreign, unknown, none, broken] = await handled(
			pay('DH104201 lan 2', 250_000),
			pay('DH104204', 100_000),
			pay('DH104205', 10),
			pay('DH999999', 1),
			pay('tien hang', 2),
			pay('DH104207', 70_000),
		);
		await end();
		// The Polling Trigger in its place brings several payments in one execution.
		host.sandbox.data.transactions.length = 0;
		const polled = [pay('DH104208', 80_000), pay('DH104209', 90_000)];
		const trigger = definition.nodes.find((node) => node.name === 'Payment Received')!;
		trigger.type = 'n8n-nodes-sepay.sePayPollingTrigger';
		const { id } = await host.n8n.saveWorkflow(definition);
		expect((await host.n8n.runWorkflow(id, trigger.name)).status).toBe('success');
		store.close();
		const set = (id: number, transaction_id: string) => ({
			id,
			status: 'processing',
			transaction_id,
		});
		const [first, second] = orders[5].transaction_id === both[0] ? both : both.reverse();
		expect(updates).toEqual([
			set(104201, exact),
			set(104202, rest),
			set(104203, over),
			set(104206, first),
			// The newest comes first in a test of the trigger.
			set(104209, String(polled[1].id)),
			set(104208, String(polled[0].id)),
		]);
		expect(await problems('SePay WooCommerce to Check')).toEqual({
			[part]: '200000 VND are still missing',
			[over]: '50000 VND too much',
			[second]: 'the order was paid before',
			[again]: 'the order is processing',
			[cancelled]: 'the order is cancelled',
			[foreign]: 'the order is not in VND',
			[unknown]: expect.stringMatching(/^WooCommerce could not read the order: /),
			[none]: 'no order number in the memo',
			[broken]: expect.stringMatching(/^look at the order: it is paid, and WooCommerce returned/),
		});
	});

	test('haravan-order-paid.json records the total of each order once', async () => {
		const orders = [123401, 123402, 123403, 123404, 123405].map((id) => ({
			id,
			total_price: id * 10,
			currency: 'VND',
			financial_status: id === 123404 ? 'refunded' : 'pending',
			cancelled_at: id === 123405 ? '2026-01-01T00:00:00Z' : null,
		}));
		const recorded: unknown[] = [];
		const shop = await startJsonServer(({ method, path: address, headers, body }): JsonAnswer => {
			if (headers.authorization !== 'Bearer token of the app') return { status: 401 };
			const [, id, rest] = /^\/com\/orders\/(\d+)(.*)\.json$/.exec(address)!;
			const order = orders.find((one) => one.id === Number(id));
			if (!order) return { status: 404, body: { errors: 'Not found' } };
			if (method === 'GET') return { body: { order } };
			expect(rest).toBe('/transactions');
			recorded.push({ id: order.id, ...(body.transaction as object) });
			order.financial_status = 'paid';
			// This answer is lost.
			return { status: order.id === 123403 ? 0 : 201, body };
		});
		const httpBearerAuth = await host.n8n.createCredential('httpBearerAuth', 'Haravan', {
			token: 'token of the app',
		});
		const definition = await read('haravan-order-paid.json', { httpBearerAuth });
		for (const { parameters } of definition.nodes) {
			if (typeof parameters.url !== 'string') continue;
			parameters.url = parameters.url.replace('https://apis.haravan.com', shop.url);
		}
		const { handled, end } = await paid(definition);
		const [part] = await handled(pay('DH123401', 1_000_000));
		await handled(pay('DH123401', 234_010));
		const [over] = await handled(pay('DH123402', 1_234_021));
		const [lost] = await handled(pay('DH123403', 1_234_030));
		const [again, refunded, cancelled, unknown] = await handled(
			pay('DH123403', 1_234_030),
			pay('DH123404', 1_234_040),
			pay('DH123405', 1_234_050),
			pay('DH999999', 1),
		);
		shop.close();
		expect(recorded).toEqual(
			[123401, 123402, 123403].map((id) => ({ id, kind: 'Capture', amount: id * 10 })),
		);
		expect(await problems('SePay Haravan to Check')).toEqual({
			[part]: '234010 VND are still missing',
			[over]: '1 VND too much',
			[lost]: expect.stringMatching(/^look at the order: it is paid, and Haravan returned/),
			[again]: 'the order is paid',
			[refunded]: 'the order is refunded',
			[cancelled]: 'the order is cancelled',
			[unknown]: expect.stringMatching(/^Haravan could not read the order: /),
		});
		await end();
	});

	test('telegram-bot-shop.json sells by QR, waits for exactly the price, and tells what came', async () => {
		const { credential } = telegram;
		const telegramApi = await host.n8n.createCredential('telegramApi', 'Bot', credential);
		const definition = await read('telegram-bot-shop.json', { telegramApi });
		const nodeOf = (nodeName: string) => definition.nodes.find((node) => node.name === nodeName)!;
		nodeOf('Wait for Payment').parameters.giveUpAfter = 1;
		nodeOf('Message').webhookId = 'sepay-bot';
		const { id } = await host.n8n.saveWorkflow(definition);
		expect((await host.n8n.runWorkflow(id, 'Set Up')).status).toBe('success');
		await host.n8n.addTableRows('SePay Bot Products', [
			{ number: 1, name: 'Cà phê <1 kg> & phin', price: 250_000 },
			{ number: 2, name: 'Trà', price: 90_000 },
		]);
		await host.n8n.publish(id);
		const write = async (chat: number, text: string) =>
			await telegram.write(chat, text, host.instance.url);
		await waitUntil('the bot listens', async () => {
			return telegram.webhook !== undefined && (await write(1, '/start')) === 200;
		});
		const got = async (chat: number, count = 1) =>
			await waitUntil(
				'the bot writes',
				() => {
					const messages = telegram.messages.filter((message) => message.chat === String(chat));
					return messages.length >= count && messages;
				},
				200_000,
			);
		const [list] = await got(1);
		expect(list.text).toBe(
			'Gửi số thứ tự để mua:\n1. Cà phê &lt;1 kg> &amp; phin: 250.000 đ\n2. Trà: 90.000 đ',
		);
		expect(await write(2, ' 1 ')).toBe(200);
		expect(await write(3, '2')).toBe(200);
		const codes: string[] = [];
		for (const [chat, product, amount] of [
			[2, 'Cà phê &lt;1 kg> &amp; phin', 250_000],
			[3, 'Trà', 90_000],
		] as const) {
			const [qr] = await got(chat);
			const [code] = /DH\d{8}/.exec(qr.text)!;
			codes.push(code);
			expect(qr).toEqual({
				chat: String(chat),
				photo: `https://vietqr.app/img?acc=0071000888888&bank=Vietcombank&amount=${amount}&des=${code}`,
				text: `${product}: <b>${amount.toLocaleString('vi-VN')} đ</b>\nNội dung chuyển khoản: <code>${code}</code>\nQuét mã QR trong 30 phút.`,
			});
		}
		const [coffee, tea] = codes;
		pay(`${coffee.toLowerCase()} mua ca phe`, 250_000);
		pay(tea, 89_999);
		const thanks = await got(2, 2);
		expect(thanks[1].text).toBe(`Đã nhận <b>250.000 đ</b> cho đơn hàng ${coffee}. Cảm ơn bạn!`);
		const short = await got(3, 2);
		expect(short[1].text).toMatch(`Đơn hàng ${tea} hết hạn, mới nhận 89.999 trên 90.000 đ.`);
		const team = await got(-1_000_000_000_000);
		expect(team.map(({ text }) => text)).toEqual([
			`Đơn hàng ${tea} (Trà): underpaid, nhận 89.999 trên 90.000 đ`,
		]);
		const rows = await host.n8n.tableRows('SePay Bot Orders');
		expect(
			rows.map(({ code, status, receivedAmount }) => ({ code, status, receivedAmount })),
		).toEqual(
			expect.arrayContaining([
				{ code: coffee, status: 'paid', receivedAmount: 250_000 },
				{ code: tea, status: 'underpaid', receivedAmount: 89_999 },
			]),
		);
		expect(rows).toHaveLength(2);
		await host.n8n.unpublish(id);
	});
});
