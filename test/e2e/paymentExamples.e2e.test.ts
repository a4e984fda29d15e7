import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import type { WorkflowDefinition } from '../../scripts/n8n/types';
import { waitUntil } from '../../scripts/n8n/waitUntil';
import { readWorkflow } from '../../scripts/n8n/workflow';
import { simplifiedTransaction } from '../harness/simplified';
import { startE2eHost, type E2eHost } from './support/n8nHost';
import { oneRelease } from './support/releases';
import { startScriptedModel, type Move, type Question } from './support/scriptedModel';

jest.setTimeout(400_000);

describe.each(oneRelease())('examples of payments on the %s n8n', (name) => {
	let host: E2eHost;

	beforeAll(async () => {
		host = await startE2eHost(name);
	});

	afterAll(async () => {
		await host?.close();
	});

	const read = async (file: string, more: Parameters<typeof readWorkflow>[1] = {}) =>
		await readWorkflow(path.join(__dirname, '../../examples', file), {
			sePayOAuth2Api: host.credential,
			...more,
		});

	const nodeOf = (definition: WorkflowDefinition, nodeName: string) =>
		definition.nodes.find((node) => node.name === nodeName)!;

	async function post(address: string, body: unknown): Promise<Record<string, unknown>> {
		const response = await fetch(`${host.instance.url}${address}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		expect([response.status, response.headers.get('content-type')]).toEqual([
			200,
			expect.stringContaining('application/json'),
		]);
		return (await response.json()) as Record<string, unknown>;
	}

	const pay = (transaction_content: string, amount_in: number, amount_out = 0) =>
		host.sandbox.addTransaction({ transaction_content, amount_in, amount_out });

	test('order-to-paid.json takes orders, gives QRs, waits, and confirms what is paid', async () => {
		const told: string[] = [];
		const chat = createServer((request, response) => {
			void json(request).then((message) => {
				told.push((message as { text: string }).text);
				response.end('{}');
			});
		});
		chat.listen(0, '127.0.0.1');
		await once(chat, 'listening');
		const definition = await read('order-to-paid.json');
		for (const { type, parameters } of definition.nodes) {
			if (type !== 'n8n-nodes-base.httpRequest') continue;
			parameters.url = `http://127.0.0.1:${(chat.address() as AddressInfo).port}`;
		}
		nodeOf(definition, 'New Order').webhookId = randomUUID();
		nodeOf(definition, 'Wait for Payment').parameters.giveUpAfter = 1;
		const { id } = await host.n8n.saveWorkflow(definition);
		expect((await host.n8n.runWorkflow(id, 'Set Up')).status).toBe('success');
		await host.n8n.publish(id);
		await waitUntil('orders are taken', async () => {
			const { status } = await fetch(`${host.instance.url}/webhook/sepay-order`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: '{"customer":"Nobody","amount":0}',
			});
			return status !== 404;
		});
		expect(await host.n8n.tableRows('SePay Shop Orders')).toEqual([]);

		const orders: Array<Record<string, unknown>> = [];
		for (const customer of ['Lan', 'Minh', 'Hoa', 'Nam']) {
			const order = await post('/webhook/sepay-order', { customer, amount: 250_000 });
			expect(order).toEqual({
				code: expect.stringMatching(/^DH[1-9]\d{7}$/),
				amount: 250_000,
				memo: order.code,
				qr: `https://vietqr.app/img?acc=0071000888888&bank=Vietcombank&amount=250000&des=${String(order.code)}`,
			});
			orders.push({ customer, ...order });
		}
		const codes = orders.map(({ code }) => String(code));
		expect(new Set(codes).size).toBe(4);
		pay(`NGUYEN THI LAN ${codes[0].toLowerCase()} tra tien`, 250_000);
		pay(codes[1], 100_000);
		pay(codes[1], 160_000);
		pay(codes[2], 249_999);
		await waitUntil('everybody is told', () => told.length === 4, 200_000);
		chat.close();
		expect(told.sort()).toEqual(
			[
				`Order ${codes[0]} of Lan is paid: 250,000 VND`,
				`Order ${codes[1]} of Minh is paid: 260,000 VND, 10,000 VND too much`,
				`Order ${codes[2]} of Hoa is underpaid: 249,999 of 250,000 VND came in time`,
				`Order ${codes[3]} of Nam is expired: 0 of 250,000 VND came in time`,
			].sort(),
		);
		const rows = await host.n8n.tableRows('SePay Shop Orders');
		expect(
			rows.map(({ code, customer, status, receivedAmount }) => [
				code,
				customer,
				status,
				receivedAmount,
			]),
		).toEqual([
			[codes[0], 'Lan', 'paid', 250_000],
			[codes[1], 'Minh', 'overpaid', 260_000],
			[codes[2], 'Hoa', 'underpaid', 249_999],
			[codes[3], 'Nam', 'expired', 0],
		]);
	});

	/** The example of an agent, whose model answers there. */
	async function agentOf(url: string): Promise<WorkflowDefinition> {
		const openAiApi = await host.n8n.createCredential('openAiApi', 'OpenAI', {
			apiKey: 'none',
			url,
		});
		return await read('agent-order-paid.json', { openAiApi });
	}

	/** Publishes a workflow with an agent. @returns what the agent says to the question */
	async function talk(definition: WorkflowDefinition, chatInput: string): Promise<unknown> {
		const question = nodeOf(definition, 'Question');
		const webhookId = randomUUID();
		Object.assign(question, { webhookId });
		question.parameters.public = true;
		const { id } = await host.n8n.saveWorkflow(definition);
		await host.n8n.publish(id);
		const address = `/webhook/${webhookId}/chat`;
		// The chat has two webhooks, and n8n opens that of its page first.
		const body = new URLSearchParams({ action: 'loadPreviousSession' });
		await waitUntil('the chat takes messages', async () => {
			return (await fetch(`${host.instance.url}${address}`, { method: 'POST', body })).ok;
		});
		const message = { action: 'sendMessage', sessionId: 'one', chatInput };
		return (await post(address, message)).output;
	}

	test('agent-order-paid.json looks before it answers, and makes a QR for what is missing', async () => {
		const paid = pay('DH104200 lan 1', 100_000);
		pay('Hoan tien DH104200', 0, 50_000);
		pay('DH1042000', 900_000);
		const other = pay('tien hang', 150_000);
		/** Does what the instructions say, by what the tools answer. */
		const script = ({ messages, tools }: Question): Move => {
			const offered = tools.map((tool) => tool.function.name).sort();
			expect(offered).toEqual(['Find_Payments', 'Find_by_Amount', 'Make_a_QR']);
			const answers = messages.filter(({ role }) => role === 'tool');
			const [found, alike, qr] = answers.map(({ content }) => String(content));
			if (!found) return { call: 'Find_Payments', with: { Payment_Code: 'DH104200' } };
			const sum = [...found.matchAll(/"amount":(\d+)/g)].reduce(
				(all, [, one]) => all + Number(one),
				0,
			);
			const Amount = 250_000 - sum;
			if (!alike) return { call: 'Find_by_Amount', with: { Amount } };
			if (!qr) return { call: 'Make_a_QR', with: { Payment_Code: 'DH104200', Amount } };
			return { say: `Underpaid: ${sum} of 250000 VND came. ${/https:[^"]+/.exec(qr)?.[0]}` };
		};
		const model = await startScriptedModel(script);
		const definition = await agentOf(model.url);
		const output = await talk(definition, 'Has order DH104200 been paid? It was 250,000 VND.');
		model.close();
		expect(output).toBe(
			'Underpaid: 100000 of 250000 VND came. https://vietqr.app/img?acc=0071000888888&bank=Vietcombank&amount=150000&des=DH104200',
		);
		expect(model.asked).toHaveLength(4);
		const [[finder]] = [
			model.asked[0].tools.filter((tool) => tool.function.name === 'Find_Payments'),
		];
		expect(finder.function.parameters).toMatchObject({
			properties: { Payment_Code: { type: 'string' } },
		});
		const told = model.asked[2].messages.filter(({ role }) => role === 'tool');
		expect(told.map(({ content }) => JSON.parse(String(content)))).toEqual([
			[simplifiedTransaction(paid)],
			[simplifiedTransaction(other)],
		]);
	});

	test('Wait for Payment as a tool of an agent answers at once, and again once the order is paid', async () => {
		const script = ({ messages }: Question): Move => {
			const answers = messages.filter(({ role }) => role === 'tool');
			if (answers.length === 2) return { say: 'Paid' };
			if (answers.length === 1) pay('DH104300', 250_000);
			return { call: 'Find_Payments', with: { Payment_Code: ' dh104300' } };
		};
		const model = await startScriptedModel(script);
		const definition = await agentOf(model.url);
		nodeOf(definition, 'Find Payments').parameters = {
			resource: 'payment',
			operation: 'waitForPayment',
			code: "={{ $fromAI('Payment_Code', '', 'string') }}",
			amount: 250_000,
		};
		const said = await talk(definition, 'Has order DH104300 been paid?').finally(model.close);
		expect(said).toBe('Paid');
		const [first, ...others] = model.asked;
		const [tool] = first.tools.filter((one) => one.function.name === 'Find_Payments');
		expect(tool.function.description).toMatch(/As a tool of an AI agent, it does not wait/);
		const told = others[1].messages.filter(({ role }) => role === 'tool');
		expect(told.map(({ content }) => JSON.parse(String(content)))).toEqual([
			[expect.objectContaining({ verdict: 'pending', receivedAmount: 0 })],
			[expect.objectContaining({ verdict: 'paid', receivedAmount: 250_000 })],
		]);
	});
});
