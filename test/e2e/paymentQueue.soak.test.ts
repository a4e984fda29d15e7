import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { Execution } from '../../scripts/n8n/types';
import { waitUntil } from '../../scripts/n8n/waitUntil';
import { PUBLIC } from './support/payments';
import { AS_IN_3_0, startQueueHost, type QueueHost } from './support/queue';
import { releases } from './support/releases';
import { coreNode } from './support/run';
import { AMOUNT, codeOf, publishShop } from './support/shop';

jest.setTimeout(600_000);

const ORDERS = 20;

describe.each(releases())('Wait for Payment on the %s n8n with two workers', (name) => {
	let host: QueueHost;

	beforeAll(async () => {
		host = await startQueueHost(name, PUBLIC, 'webhooks', AS_IN_3_0);
	});

	afterAll(async () => {
		await host?.close();
	});

	test('every wait ends as it was paid, though n8n is to keep no execution and a worker is killed', async () => {
		const told = new Map<string, string[]>();
		const ledger = createServer((request, response) => {
			void json(request).then((body) => {
				const { code, verdict } = body as { code: string; verdict: string };
				told.set(code, [...(told.get(code) ?? []), verdict]);
				response.end('{}');
			});
		});
		ledger.listen(0, '127.0.0.1');
		await once(ledger, 'listening');
		const after = coreNode('httpRequest', 4.4, {
			method: 'POST',
			url: `http://127.0.0.1:${(ledger.address() as AddressInfo).port}`,
			sendBody: true,
			specifyBody: 'json',
			jsonBody: '={{ JSON.stringify($json) }}',
			options: {},
		});
		const { id, order } = await publishShop(host, 'queued', 2, after, {
			url: host.webhooks[0].url,
			settings: { saveDataSuccessExecution: 'none', saveDataErrorExecution: 'none' },
		});
		for (let number = 1; number < ORDERS; number++) expect(await order(number)).toBe(true);
		const waiting = async () => {
			const query = `/executions?status=waiting&limit=250&workflowId=${id}`;
			return (await host.n8n.api<{ data: Execution[] }>('GET', query)).data.length;
		};
		await waitUntil('all wait', async () => (await waiting()) === ORDERS, 60_000);
		await host.workers[0].kill();
		for (let number = 0; number < ORDERS; number += 2) {
			host.sandbox.addTransaction({ transaction_content: codeOf(number), amount_in: AMOUNT });
		}
		await waitUntil('all have ended', () => told.size === ORDERS, 300_000);
		ledger.close();
		const expected = Array.from({ length: ORDERS }, (_, number) => [
			codeOf(number),
			[number % 2 === 0 ? 'paid' : 'expired'],
		]);
		expect([...told].sort()).toEqual(expected);
	});
});
