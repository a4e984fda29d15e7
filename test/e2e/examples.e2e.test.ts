import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import { itemsOf } from '../../scripts/n8n/client';
import type { Execution, WorkflowDefinition } from '../../scripts/n8n/types';
import { waitUntil } from '../../scripts/n8n/waitUntil';
import { readWorkflow } from '../../scripts/n8n/workflow';
import { publish } from '../../scripts/start/steps';
import { simplifiedTransaction } from '../harness/simplified';
import type { Transaction } from '../sandbox';
import { vietnamTime } from '../sandbox/clock';
import { PUBLIC, startE2eHost, type E2eHost } from './support/n8nHost';
import { unpublishWorkflow } from './support/payments';
import { oneRelease } from './support/releases';
import { coreNode } from './support/run';
import { keepDay } from './support/sameDay';

jest.setTimeout(400_000);

const TRIGGER = 'Payment Received';
const TOGETHER = 6;

describe.each(oneRelease())('the examples on the %s n8n', (name) => {
	let host: E2eHost;
	let chat: Server;
	/** What the chat was told; it fails as often as `chatFailures` says first. */
	const told: string[] = [];
	let chatFailures = 0;
	/** Requests that are answered, with what they brought, once there are as many as `TOGETHER`. */
	const waiting: Array<() => void> = [];

	beforeAll(async () => {
		chat = createServer((request, response) => {
			void json(request).then((message) => {
				if (request.url === '/together') {
					response.setHeader('content-type', 'application/json');
					waiting.push(() => response.end(JSON.stringify(message)));
					if (waiting.length === TOGETHER) for (const answer of waiting.splice(0)) answer();
					return;
				}
				response.statusCode = chatFailures > 0 ? 503 : 200;
				if (chatFailures > 0) chatFailures--;
				else told.push((message as { text: string }).text);
				response.end('{}');
			});
		});
		chat.listen(0, '127.0.0.1');
		await once(chat, 'listening');
		host = await startE2eHost(name);
		host.sandbox.hosts.set(PUBLIC, host.instance.url);
	});

	afterAll(async () => {
		await host?.close();
		chat.close();
	});

	const chatAddress = () => `http://127.0.0.1:${(chat.address() as AddressInfo).port}`;

	/** The example with what a user fills in: the credential, the address of the chat. */
	async function read(file: string): Promise<WorkflowDefinition> {
		const definition = await readWorkflow(path.join(__dirname, '../../examples', file), {
			sePayOAuth2Api: host.credential,
		});
		for (const { type, parameters } of definition.nodes) {
			if (type === 'n8n-nodes-base.httpRequest') parameters.url = chatAddress();
		}
		return definition;
	}

	async function run(workflowId: string, trigger?: string): Promise<Execution> {
		const execution = await host.n8n.runWorkflow(workflowId, trigger);
		expect(execution.data.resultData.error).toBeUndefined();
		expect(execution.status).toBe('success');
		return execution;
	}

	async function published(definition: WorkflowDefinition): Promise<string> {
		const workflow = await host.n8n.saveWorkflow(definition);
		await publish(host.n8n, host.sandbox, workflow);
		return workflow.id;
	}

	const pay = (transaction_content: string, amount_in: number, more: Partial<Transaction> = {}) =>
		host.sandbox.addTransaction({ transaction_content, amount_in, ...more });

	/** The execution that a payment started. */
	async function executionOf(workflowId: string, { id }: Transaction): Promise<Execution> {
		return await host.n8n.waitUntilExecuted(workflowId, (execution) =>
			itemsOf(execution, TRIGGER).some((item) => item.json.id === id),
		);
	}

	/** The rows of a Data Table without what n8n adds. */
	async function rowsOf(table: string): Promise<Array<Record<string, unknown>>> {
		const rows = await host.n8n.tableRows(table);
		return rows.map((row) => {
			for (const added of ['id', 'createdAt', 'updatedAt']) delete row[added];
			return row;
		});
	}

	test('list-transactions.json lists the transactions of every account', async () => {
		const { id } = await host.n8n.saveWorkflow(await read('list-transactions.json'));
		const execution = await run(id);
		const { bankAccounts, transactions } = host.sandbox.data;
		const expected = bankAccounts.flatMap((account) =>
			transactions
				.filter(({ bank_account_id }) => bank_account_id === account.id)
				.slice(-5)
				.map(simplifiedTransaction),
		);
		const found = itemsOf(execution, 'Transactions').map((item) => item.json);
		expect(found).toHaveLength(expected.length);
		expect(found).toEqual(expect.arrayContaining(expected));
	});

	describe('payment-confirms-order.json', () => {
		const ORDERS = 'SePay Orders';
		const TO_CHECK = 'SePay Payments to Check';
		const OUTCOMES = [
			'Deliver the Goods',
			'Paid Before',
			'Too Little',
			'Too Much',
			'No Such Order',
			'No Payment Code',
		];
		let workflowId: string;

		const addOrders = async (orders: Record<string, number>) =>
			await host.n8n.addTableRows(
				ORDERS,
				Object.entries(orders).map(([code, amount]) => ({
					code,
					amount,
					status: 'awaiting payment',
				})),
			);
		const orderOf = async (sought: string) =>
			(await rowsOf(ORDERS)).find(({ code }) => code === sought);
		const open = { status: 'awaiting payment', transactionId: null, paidAt: null };
		const paidBy = ({ id, transaction_date }: Transaction) => ({
			status: 'paid',
			transactionId: id,
			paidAt: `${transaction_date.replace(' ', 'T')}+07:00`,
		});
		/** The row that tells a person about a payment. */
		const toCheck = (payment: Transaction, problem: string) => {
			const { id, code, amount, date, accountNumber, content } = simplifiedTransaction(payment);
			return { problem, transactionId: id, code, amount, date, accountNumber, content };
		};
		const outcomesOf = ({ status, data }: Execution) => {
			expect(status).toBe('success');
			return OUTCOMES.filter((outcome) => outcome in data.resultData.runData);
		};
		const outcomeOf = async (payment: Transaction) =>
			outcomesOf(await executionOf(workflowId, payment));

		beforeAll(async () => {
			workflowId = await published(await read('payment-confirms-order.json'));
		});

		afterAll(async () => {
			await unpublishWorkflow(host, workflowId);
		});

		test("SePay's test send pays nothing", async () => {
			await addOrders({ DH123456: 5_000_000 });
			const [hook] = host.sandbox.data.webhooks;
			const before = (await host.n8n.endedExecutions(workflowId)).length;
			expect(await host.sandbox.deliver(hook.id)).toMatchObject({ ok: true });
			const executions = await host.n8n.endedExecutions(workflowId);
			expect(executions).toHaveLength(before + 1);
			expect(executions.filter(({ status }) => status !== 'success')).toEqual([]);
			expect(await rowsOf(ORDERS)).toEqual([{ code: 'DH123456', amount: 5_000_000, ...open }]);
			expect(await rowsOf(TO_CHECK)).toEqual([]);
		});

		test('the right amount pays the order; everything else is written down with its reason', async () => {
			await addOrders({ DH100001: 100_000, DH100002: 200_000 });
			const right = pay('NGUYEN VAN AN dh100001 tra tien', 100_000);
			expect(await outcomeOf(right)).toEqual(['Deliver the Goods']);

			const others: Array<[Transaction, string, string]> = [
				[
					pay('DH100001 tra lan nua', 100_000),
					'Paid Before',
					`order DH100001 was paid before, by transaction ${right.id}`,
				],
				[
					pay('DH100001', 1),
					'Paid Before',
					`order DH100001 was paid before, by transaction ${right.id}`,
				],
				[pay('DH100002', 199_999), 'Too Little', '1 VND too little for order DH100002'],
				[pay('DH100002', 250_000), 'Too Much', '50000 VND too much for order DH100002'],
				[pay('DH999999', 100_000), 'No Such Order', 'no order DH999999 awaits payment'],
				[pay('tra tien hang', 100_000), 'No Payment Code', 'no payment code in the memo'],
			];
			for (const [payment, outcome] of others) expect(await outcomeOf(payment)).toEqual([outcome]);

			const written = await rowsOf(TO_CHECK);
			expect(written).toHaveLength(others.length);
			expect(written).toEqual(
				expect.arrayContaining(others.map(([payment, , problem]) => toCheck(payment, problem))),
			);
			expect(await rowsOf(ORDERS)).toEqual([
				{ code: 'DH123456', amount: 5_000_000, ...open },
				{ code: 'DH100001', amount: 100_000, ...paidBy(right) },
				{ code: 'DH100002', amount: 200_000, ...open },
			]);
		});

		test('of payments that come together exactly one pays the order', async () => {
			await unpublishWorkflow(host, workflowId);
			const definition = await read('payment-confirms-order.json');
			// Holds the executions until all are there, so that they go on at the same moment.
			const together = coreNode('httpRequest', 4.4, {
				method: 'POST',
				url: `${chatAddress()}/together`,
				sendBody: true,
				specifyBody: 'json',
				jsonBody: '={{ JSON.stringify($json) }}',
				options: {},
			});
			definition.nodes.push({ ...together.node, name: 'Together', position: [0, 0] } as never);
			definition.connections.Together = definition.connections['Only Real Money In'];
			definition.connections['Only Real Money In'] = {
				main: [[{ node: 'Together', type: 'main', index: 0 }]],
			};
			workflowId = await published(definition);
			await addOrders({ DH100003: 300_000 });
			const payments = Array.from({ length: TOGETHER }, () => pay('DH100003', 300_000));
			const outcomes = new Map<Transaction, string[]>();
			for (const payment of payments) outcomes.set(payment, await outcomeOf(payment));
			const [first, ...more] = payments.filter(
				(payment) => outcomes.get(payment)?.[0] === 'Deliver the Goods',
			);
			expect(more).toEqual([]);
			expect(await orderOf('DH100003')).toMatchObject(paidBy(first));
			const problem = `order DH100003 was paid before, by transaction ${first.id}`;
			expect(await rowsOf(TO_CHECK)).toEqual(
				expect.arrayContaining(
					payments
						.filter((payment) => payment !== first)
						.map((payment) => toCheck(payment, problem)),
				),
			);
		});

		test('with the Polling Trigger in its place it takes several payments in one execution', async () => {
			const [hook] = host.sandbox.data.webhooks;
			hook.active = false;
			await addOrders({ DH100004: 400_000, DH100005: 500_000 });
			const before = await rowsOf(TO_CHECK);
			const right = pay('DH100004', 400_000);
			const wrong = pay('DH100005', 5000);
			const out = pay('Hoan tien DH100005', 0, { amount_out: 500_000 });
			const definition = await read('payment-confirms-order.json');
			const trigger = definition.nodes.find((node) => node.name === TRIGGER)!;
			trigger.type = 'n8n-nodes-sepay.sePayPollingTrigger';
			const { id } = await host.n8n.saveWorkflow(definition);

			// A test shows the ten newest: these, and some that were handled before.
			const execution = await run(id, TRIGGER);
			const seen = itemsOf(execution, TRIGGER).map((item) => item.json.id);
			expect(seen).toEqual(expect.arrayContaining([right.id, wrong.id, out.id]));
			expect(seen).toHaveLength(10);
			expect(outcomesOf(execution)).toEqual(
				expect.arrayContaining(['Deliver the Goods', 'Too Little', 'Paid Before']),
			);
			expect(await orderOf('DH100004')).toMatchObject(paidBy(right));
			expect(await orderOf('DH100005')).toMatchObject(open);
			expect(await rowsOf(TO_CHECK)).toEqual([
				...before,
				toCheck(wrong, '495000 VND too little for order DH100005'),
			]);
		});
	});

	/** The row of the ledger for a transaction. */
	const ledgerRow = (transaction: Transaction) => {
		const { id, currency, ...row } = simplifiedTransaction(transaction);
		expect(currency).toBe('VND');
		return { transactionId: id, ...row };
	};

	describe('payment-to-ledger.json', () => {
		let workflowId: string;

		beforeAll(async () => {
			workflowId = await published(await read('payment-to-ledger.json'));
		});

		afterAll(async () => {
			await unpublishWorkflow(host, workflowId);
		});

		test('writes each payment as it is, and tells the chat', async () => {
			const memo = 'Bà "Lan" \\ trả \n tiền {{ 1 + 1 }} DH123456';
			const payment = pay(memo, 1_234_567);
			const other = pay('khong ma', 1);
			for (const one of [payment, other]) {
				expect((await executionOf(workflowId, one)).status).toBe('success');
			}
			const rows = await rowsOf('SePay Ledger');
			expect(rows).toHaveLength(2);
			expect(rows).toEqual(expect.arrayContaining([payment, other].map(ledgerRow)));
			const { date, accountNumber, bank } = simplifiedTransaction(payment);
			expect(told.splice(0).sort()).toEqual([
				`+1 VND, ${bank} ${accountNumber}, ${simplifiedTransaction(other).date}: khong ma`,
				`+1,234,567 VND, ${bank} ${accountNumber}, ${date}: ${memo}`,
			]);
		});

		test('keeps the row when the chat fails, and tells it at the retry', async () => {
			chatFailures = 3;
			const payment = pay('lan nay chat hong', 50_000);
			const failed = await executionOf(workflowId, payment);
			expect(failed.status).toBe('error');
			expect(failed.data.resultData.lastNodeExecuted).toBe('Tell the Team');
			expect(told).toEqual([]);
			await host.n8n.rest('POST', `/executions/${failed.id}/retry`, { loadWorkflow: false });
			await waitUntil('the chat is told', () => told.length === 1);
			expect(told.splice(0)).toEqual([expect.stringContaining('+50,000 VND')]);
			const rows = await rowsOf('SePay Ledger');
			expect(rows.filter(({ transactionId }) => transactionId === payment.id)).toEqual([
				ledgerRow(payment),
			]);
		});

		test('keeps one row for a payment that starts it twice', async () => {
			const definition = await read('payment-to-ledger.json');
			definition.nodes.find((node) => node.name === TRIGGER)!.parameters.deduplicate = false;
			await unpublishWorkflow(host, workflowId);
			workflowId = await published(definition);
			const [hook] = host.sandbox.data.webhooks;
			const payment = pay('DH123456', 60_000);
			await executionOf(workflowId, payment);
			await host.sandbox.deliver(hook.id, payment.id);
			await waitUntil('the chat is told again', () => told.length === 2);
			told.length = 0;
			expect((await rowsOf('SePay Ledger')).at(-1)).toEqual(ledgerRow(payment));
			expect(await rowsOf('SePay Ledger')).toHaveLength(4);
		});
	});

	describe('daily-reconciliation.json', () => {
		const DAY_MS = 86_400_000;

		test('adds what was missed, and reports what differs', async () => {
			const { id } = await host.n8n.saveWorkflow(await read('daily-reconciliation.json'));
			await run(id, 'Set Up');
			await keepDay(60_000);
			const now = host.sandbox.clock.now();
			const [before, day, today] = [2, 1, 0].map((ago) =>
				vietnamTime(now - ago * DAY_MS).slice(0, 10),
			);
			const on = (transaction_date: string, amount_in: number, more = {}) =>
				pay('DH123456', amount_in, { transaction_date, ...more });
			on(`${before} 23:59:59`, 1000);
			on(`${today} 00:00:00`, 2000);
			on(`${day} 12:00:00`, 0, { amount_out: 3000 });
			const known = on(`${day} 12:00:00`, 4000);
			const differing = on(`${day} 12:00:00`, 5000);
			on(`${day} 00:00:00`, 6000);
			on(`${day} 23:59:59`, 90_071_992_547_409);
			const stray = { ...ledgerRow(known), transactionId: 7 };
			await host.n8n.addTableRows('SePay Ledger', [
				ledgerRow(known),
				{ ...ledgerRow(differing), amount: 5001 },
				stray,
			]);
			const ledgerBefore = await rowsOf('SePay Ledger');
			const missed = host.sandbox.data.transactions.filter(
				(row) =>
					row.transaction_date.startsWith(day) &&
					row.amount_in > 0 &&
					row !== known &&
					row !== differing,
			);

			await run(id, 'Every Morning');
			const ledger = await rowsOf('SePay Ledger');
			expect(ledger.slice(0, ledgerBefore.length)).toEqual(ledgerBefore);
			const added = ledger.slice(ledgerBefore.length);
			expect(added).toHaveLength(missed.length);
			expect(added).toEqual(expect.arrayContaining(missed.map(ledgerRow)));

			const difference = (
				transactionId: number,
				problem: string,
				amountAtSePay: number | null,
				amountInLedger: number | null,
			) => ({ day, transactionId, problem, amountAtSePay, amountInLedger });
			const persistent = [
				difference(differing.id, 'the amounts differ', 5000, 5001),
				difference(7, 'more often in the ledger than at SePay', null, 4000),
			];
			const all = [
				...missed.map((row) =>
					difference(row.id, 'missed by the ledger, now added', row.amount_in, null),
				),
				...persistent,
			];
			const messages = (differences: typeof all) => {
				const vnd = (amount: number | null) => amount?.toLocaleString('en-US') ?? 'none';
				return differences
					.map(
						({ transactionId, problem, amountAtSePay, amountInLedger }) =>
							`Transaction ${transactionId} of ${day}: ${problem} (VND at SePay: ${vnd(amountAtSePay)}, in the ledger: ${vnd(amountInLedger)})`,
					)
					.sort();
			};
			const written = await rowsOf('SePay Differences');
			expect(written).toHaveLength(all.length);
			expect(written).toEqual(expect.arrayContaining(all));
			expect(told.splice(0).sort()).toEqual(messages(all));

			// The same day again: what was added agrees now, nothing is written twice.
			await run(id, 'Every Morning');
			expect(await rowsOf('SePay Ledger')).toEqual(ledger);
			expect(await rowsOf('SePay Differences')).toEqual(written);
			expect(told.splice(0).sort()).toEqual(messages(persistent));
		});
	});
});
