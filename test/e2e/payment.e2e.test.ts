import { itemsOf } from '../../scripts/n8n/client';
import type { Execution } from '../../scripts/n8n/types';
import { waitUntil } from '../../scripts/n8n/waitUntil';
import { simplifiedTransaction } from '../harness/simplified';
import type { Transaction } from '../sandbox';
import { PICTURE, startQrService } from '../sandbox/qr';
import { startE2eHost, type E2eHost } from './support/n8nHost';
import { releases } from './support/releases';
import { coreNode, execute, outputs } from './support/run';
import { AMOUNT, codeOf, publishShop, WAIT } from './support/shop';

jest.setTimeout(600_000);

describe.each(releases())('Payment on the %s n8n', (name) => {
	let host: E2eHost;

	beforeAll(async () => {
		host = await startE2eHost(name);
	});

	afterAll(async () => {
		await host?.close();
	});

	/** A node of Payment without any credential. */
	const bare = (parameters: Record<string, unknown>) => ({
		node: { parameters: { resource: 'payment', ...parameters }, credentials: {} },
	});

	test('codes, QRs and verdicts need no credential, and only the picture asks somebody', async () => {
		const service = await startQrService();
		host.sandbox.clearRequests();
		const execution = await execute(host, {
			code: bare({ operation: 'generateCode', codeStructure: 'custom', prefix: 'DH' }),
			address: bare({
				operation: 'createQr',
				bank: 'VietinBank',
				accountNumber: '109876543210',
				amount: AMOUNT,
				memo: '={{ $json.code }}',
			}),
			picture: bare({
				operation: 'createQr',
				bank: 'MBBank',
				accountNumber: '0901234567',
				amount: AMOUNT,
				memo: '={{ $("code").item.json.code }}',
				download: true,
				options: { qrService: service.url },
			}),
			transaction: coreNode('set', 3.4, {
				mode: 'raw',
				jsonOutput: `={{ ({ id: 1, direction: "in", amount: ${AMOUNT}, content: $("code").item.json.code }) }}`,
			}),
			verdict: bare({
				operation: 'match',
				expectedPayments: {
					payment: [{ code: '={{ $("code").item.json.code }}', amount: AMOUNT }],
				},
			}),
		});
		await service.close();
		expect(execution.data.resultData.error).toBeUndefined();
		const [[code], [address], [picture], [verdict]] = ['code', 'address', 'picture', 'verdict'].map(
			(node) => itemsOf(execution, node),
		);
		expect(code.json.code).toMatch(/^DH[1-9]\d{7}$/);
		expect(address.json.url).toBe(
			`https://vietqr.app/img?acc=109876543210&bank=VietinBank&amount=${AMOUNT}&des=SEVQR%20${String(code.json.code)}`,
		);
		expect(picture.binary).toMatchObject({
			data: { mimeType: 'image/png', fileSize: `${PICTURE.length} B` },
		});
		expect(verdict.json).toMatchObject({ verdict: 'paid', code: code.json.code });
		expect(service.seen).toHaveLength(1);
		expect(host.sandbox.requests).toEqual([]);
	});

	test("generates codes in the company's structure", async () => {
		const { code } = await outputs(host, {
			code: { resource: 'payment', operation: 'generateCode', prefix: 'HOC' },
		});
		expect(code).toEqual([{ code: expect.stringMatching(/^HOC[2-9B-Z]{10}$/), prefix: 'HOC' }]);
	});

	const listings = () =>
		host.sandbox.requests.filter(({ path }) => path === '/api/v1/transactions').length;
	const pay = (order: number, amount_in: number, memo = codeOf(order)) =>
		host.sandbox.addTransaction({ transaction_content: memo, amount_in });
	const result = (order: number, verdict: string, paid: Transaction[]) => {
		const receivedAmount = paid.reduce((sum, { amount_in }) => sum + amount_in, 0);
		return {
			verdict,
			code: codeOf(order),
			expectedAmount: AMOUNT,
			receivedAmount,
			difference: receivedAmount - AMOUNT,
			transactions: paid.map(simplifiedTransaction),
		};
	};
	const ofStatus = async (workflowId: string, status: string) => {
		const query = `/executions?status=${status}&limit=250&workflowId=${workflowId}`;
		return (await host.n8n.api<{ data: Execution[] }>('GET', query)).data.length;
	};

	/** What came out behind the wait, once, in the one run of each node. */
	function outcomeOf(execution: Execution) {
		const { runData } = execution.data.resultData;
		expect(Object.keys(runData)).toEqual(['Start', WAIT, 'After']);
		expect(runData[WAIT]).toHaveLength(1);
		const [{ json, pairedItem }] = itemsOf(execution, 'After');
		expect(pairedItem).toEqual({ item: 0 });
		return json;
	}

	test('waits through a kill of n8n, holding no worker, until the rest has been paid', async () => {
		const parts = [pay(0, 40_000)];
		const { id } = await publishShop(host, 'one', 30, coreNode('noOp', 1, {}));
		await waitUntil('it waits', async () => (await ofStatus(id, 'waiting')) === 1);
		expect(await ofStatus(id, 'running')).toBe(0);
		await host.instance.kill();
		parts.push(pay(0, 60_000, `NGUYENVANA${codeOf(0)}CHUYENTIEN`));
		await host.instance.start();
		await waitUntil('it has ended', async () => (await ofStatus(id, 'success')) === 1, 180_000);
		const [execution] = await host.n8n.executions(id);
		expect(outcomeOf(execution)).toEqual(result(0, 'paid', parts));
	});

	test('200 waits for many payments share their calls and outlive a restart', async () => {
		const orders = 200;
		const minutes = 3;
		host.sandbox.data.transactions.length = 0;
		// Nothing goes from SePay's list, so n8n's process would still know the payments of before.
		await host.instance.stop();
		await host.instance.start();
		host.sandbox.clearRequests();
		const { id, order } = await publishShop(host, 'many', minutes, coreNode('noOp', 1, {}));
		for (let number = 1; number < orders; number++) expect(await order(number)).toBe(true);
		await waitUntil('all wait', async () => (await ofStatus(id, 'waiting')) === orders, 120_000);

		await host.instance.stop();
		const payments = [
			[pay(0, AMOUNT)],
			[pay(1, 40_000), pay(1, 60_000)],
			[pay(2, AMOUNT + 1)],
			[pay(3, AMOUNT - 1)],
		];
		await host.instance.start();
		await waitUntil(
			'all have ended',
			async () => (await ofStatus(id, 'success')) === orders,
			400_000,
		);

		const ends = (await host.n8n.executions(id)).map(outcomeOf);
		const verdicts = ['paid', 'paid', 'overpaid', 'underpaid'];
		const expected = Array.from({ length: orders }, (_, number) =>
			result(number, verdicts[number] ?? 'expired', payments[number] ?? []),
		);
		const byCode = (a: Record<string, unknown>, b: Record<string, unknown>) =>
			String(a.code) < String(b.code) ? -1 : 1;
		expect(ends.sort(byCode)).toEqual(expected);
		// Each reads one page, the first after a start all three of them.
		const looks = listings();
		process.stdout.write(`${orders} executions waited: ${looks} calls\n`);
		expect(looks).toBeLessThan(20);
	});
});
