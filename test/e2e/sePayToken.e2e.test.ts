import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { itemsOf } from '../../scripts/n8n/client';
import type { Credential } from '../../scripts/n8n/types';
import { waitUntil } from '../../scripts/n8n/waitUntil';
import { simplifiedTransaction } from '../harness/simplified';
import { uuidOf, type FaultAnswer } from '../sandbox';
import { orderAccounts } from '../sandbox/accounts';
import { startReceiver } from '../sandbox/testing';
import { startE2eHost, type E2eHost } from './support/n8nHost';
import { oneRelease } from './support/releases';
import { byId, execute, outputs } from './support/run';

jest.setTimeout(180_000);

const NODE = 'n8n-nodes-sepay.sePay';
const VIETINBANK = 18;
const bankAccountId = byId(uuidOf('account', VIETINBANK));

function unlessGone(error: NodeJS.ErrnoException): undefined {
	if (error.code !== 'ENOENT') throw error;
}

describe.each(oneRelease())('SePay node with an API token on the %s n8n', (name) => {
	let host: E2eHost;
	let credential: Credential;
	const fields = () => {
		const { url, token } = host.sandbox.tokenApi;
		return { environment: 'custom', baseUrl: url, apiToken: token };
	};
	const byToken = (parameters: Record<string, unknown>) => ({
		node: {
			parameters: { authentication: 'apiToken', ...parameters },
			credentials: { sePayTokenApi: { id: credential.id, name: credential.name } },
		},
	});
	const refunds = () => host.sandbox.tokenApi.refunds;
	const refundCalls = () =>
		host.sandbox.requests
			.filter(({ path }) => path.endsWith('/refund'))
			.map(({ headers }) => headers);

	/** Makes an order of 500,000 VND and pays it. */
	async function paidOrder(orderCode: string) {
		const { create } = await outputs(host, {
			create: byToken({
				resource: 'order',
				operation: 'create',
				bankAccountId,
				amount: 500_000,
				additionalFields: { orderCode, qrCode: 'compact' },
			}),
		});
		host.sandbox.payVa(String(create[0].vaNumber));
		return create[0];
	}

	beforeAll(async () => {
		host = await startE2eHost(name);
		host.sandbox.data.bankAccounts.push(...orderAccounts());
		credential = await host.n8n.createCredential('sePayTokenApi', 'SePay Token', fields());
	});

	afterAll(async () => {
		await host?.close();
	});

	test('tests the credential by a call to SePay', async () => {
		expect(await host.n8n.testCredential(credential)).toMatchObject({ status: 'OK' });
		const apiToken = host.sandbox.tokenApi.tokens.test;
		await host.n8n.updateCredential(credential, { ...fields(), apiToken });
		const { status } = await host.n8n.testCredential(credential);
		await host.n8n.updateCredential(credential, fields());
		expect(status).toBe('Error');
	});

	test('keeps the token from other hosts, the database and the log', async () => {
		const { token } = host.sandbox.tokenApi;
		const other = await startReceiver();
		const get = byToken({
			resource: 'bankAccount',
			operation: 'get',
			bankAccountId,
			simplify: false,
		});
		const failureOf = async (answer: FaultAnswer) => {
			// On 401 n8n itself asks again.
			const remove = host.sandbox.fault({ path: /^\/v2\//, times: 10, answer });
			const { error } = (await execute(host, { get })).data.resultData;
			remove();
			return String(error?.message);
		};
		const redirect = { status: 307, redirectTo: other.url };
		expect(await failureOf(redirect)).toContain(`SePay redirected the request to ${other.url}/v2/`);
		host.sandbox.fault({ path: /^\/v2\//, answer: redirect });
		expect(await host.n8n.testCredential(credential)).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('SePay redirected the request'),
		});
		for (const status of [400, 401, 403, 404, 422, 500]) {
			const message = await failureOf({ status, echo: 'json' });
			expect([status, message]).toEqual([status, expect.stringContaining('Bearer ***')]);
		}
		host.sandbox.fault({ path: /^\/v2\//, answer: { status: 200, echo: 'json' } });
		const [{ message }] = (await outputs(host, { get })).get;
		expect(message).toContain('Bearer ***');

		const { received } = other;
		await other.close();
		expect(received).toEqual([]);
		// Fails when n8n removes a folder at this moment, with what another file has it delete.
		const all = await waitUntil(
			'the files are listed',
			async () => await readdir(host.userFolder, { recursive: true }).catch(unlessGone),
		);
		const files = all.filter((file) =>
			/^(?!.*node_modules).*\.(sqlite|sqlite-wal|log)$/.test(file),
		);
		expect(files.length).toBeGreaterThan(0);
		const stored = await Promise.all(
			files.map(async (file) => await readFile(path.join(host.userFolder, file), 'latin1')),
		);
		for (const form of [token, Buffer.from(token).toString('base64')]) {
			for (const words of [...stored, host.instance.log]) expect(words.includes(form)).toBe(false);
		}
	});

	test('reads the same transactions as with OAuth2, but for their IDs', async () => {
		const { transactions } = host.sandbox.data;
		const found = await outputs(host, {
			all: byToken({ resource: 'transaction', operation: 'getAll', returnAll: true }),
			number: byToken({ resource: 'transaction', operation: 'count' }),
			// Saved before there was a choice.
			before: { resource: 'transaction', operation: 'getAll', returnAll: true },
		});
		const expected = [...transactions].reverse().map(simplifiedTransaction);
		expect(found.before).toEqual(expected);
		expect(found.all).toEqual(
			expected.map((row) => ({ ...row, id: uuidOf('transaction', row.id) })),
		);
		expect(found.number).toEqual([{ count: transactions.length }]);
	});

	test('fills From List of either credential', async () => {
		const list = async (type: string, { id, name: label }: Credential, parameters: object) =>
			await host.n8n.rest<{ results: Array<{ name: string; value: string }> }>(
				'POST',
				'/dynamic-node-parameters/resource-locator-results',
				{
					path: 'parameters.bankAccountId',
					methodName: 'getBankAccounts',
					nodeTypeAndVersion: { name: NODE, version: 1 },
					credentials: { [type]: { id, name: label } },
					currentNodeParameters: { resource: 'bankAccount', operation: 'get', ...parameters },
				},
			);
		const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
		const token = await list('sePayTokenApi', credential, { authentication: 'apiToken' });
		const oAuth2 = await list('sePayOAuth2Api', host.credential, {});
		expect(oAuth2.results.length).toBeGreaterThan(5);
		expect(token.results.sort(byName)).toEqual(
			oAuth2.results
				.sort(byName)
				.map((entry) => ({ ...entry, value: uuidOf('account', Number(entry.value)) })),
		);
	});

	test('makes an order, sees it paid, and sends a part of it back', async () => {
		const order = await paidOrder('DHE2E001');
		expect(order).toMatchObject({ orderCode: 'DHE2E001', status: 'Pending', amount: 500_000 });
		expect(String(order.qrCode).length).toBeGreaterThan(10);
		const found = await outputs(host, {
			get: byToken({
				resource: 'order',
				operation: 'get',
				bankAccountId,
				orderId: byId(String(order.id)),
			}),
			orders: byToken({ resource: 'order', operation: 'getAll', bankAccountId, returnAll: true }),
			payment: byToken({
				resource: 'transaction',
				operation: 'getAll',
				filters: { bankAccountId, search: 'DHE2E001' },
			}),
			refund: byToken({
				resource: 'refund',
				operation: 'create',
				refundOf: 'transaction',
				transactionId: '={{ $("payment").first().json.id }}',
				amount: 200_000,
			}),
			refunds: byToken({ resource: 'refund', operation: 'getAll', bankAccountId }),
		});
		expect(found.get).toMatchObject([{ id: order.id, status: 'Paid', paidAmount: 500_000 }]);
		expect(found.orders).toEqual(found.get);
		expect(found.payment).toMatchObject([
			{ direction: 'in', amount: 500_000, subAccount: order.vaNumber },
		]);
		expect(found.refund).toMatchObject([{ refund_amount: 200_000, status: 'pending' }]);
		expect(found.refunds).toEqual(found.refund);
		expect(refunds()).toHaveLength(1);
	});

	test('pays a refund once when n8n retries the execution that failed with it', async () => {
		const order = await paidOrder('DHE2E002');
		const before = refunds().length;
		// A call that SePay finds too early is repeated, and so is one more than those counted here.
		host.sandbox.rateLimit = false;
		host.sandbox.clearRequests();
		host.sandbox.fault({ method: 'POST', path: /\/refund$/, when: 'after', answer: 'cut' });
		const failed = await execute(host, {
			refund: byToken({
				resource: 'refund',
				operation: 'create',
				refundOf: 'order',
				bankAccountId,
				orderId: byId(String(order.id)),
				refundAll: true,
			}),
		});
		expect(failed.status).toBe('error');
		expect(failed.data.resultData.error?.description).toContain('Check with Get or Get Many');
		expect(refunds()).toHaveLength(before + 1);

		await host.n8n.rest('POST', `/executions/${failed.id}/retry`, { loadWorkflow: false });
		const executions = await host.n8n.executions(failed.workflowId);
		const retried = executions.find(({ id }) => id !== failed.id)!;
		expect(retried).toMatchObject({ mode: 'retry', status: 'success' });
		expect(itemsOf(retried, 'refund').map(({ json }) => json)).toMatchObject([
			{ id: refunds().at(-1)!.id, refund_amount: 500_000 },
		]);
		expect(refunds()).toHaveLength(before + 1);
		const keys = refundCalls().map((headers) => headers['x-idempotency-key']);
		expect(keys).toHaveLength(2);
		expect(keys[1]).toBe(keys[0]);
	});

	test('gives refunds in the rounds of a loop keys of their own', async () => {
		const order = await paidOrder('DHE2E003');
		const before = refunds().length;
		host.sandbox.clearRequests();
		const { id } = await host.n8n.saveWorkflow(loopOver(order.id));
		const { status } = await host.n8n.runWorkflow(id);
		expect(status).toBe('success');
		expect(refunds()).toHaveLength(before + 2);
		const keys = refundCalls().map((headers) => headers['x-idempotency-key']);
		expect(new Set(keys).size).toBe(2);
	});

	/** A workflow that refunds 1,000 VND of an order in each of two rounds. */
	function loopOver(orderId: unknown) {
		const node = (nodeName: string, type: string, typeVersion: number, parameters: object) => ({
			id: nodeName,
			name: nodeName,
			type,
			typeVersion,
			position: [0, 0],
			parameters: parameters as Record<string, unknown>,
		});
		const to = (next: string) => [{ node: next, type: 'main', index: 0 }];
		const refund = byToken({
			resource: 'refund',
			operation: 'create',
			refundOf: 'order',
			bankAccountId,
			orderId: byId(String(orderId)),
			amount: 1000,
		}).node;
		return {
			name: 'Refund in a loop',
			nodes: [
				node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
				node('Two', 'n8n-nodes-base.set', 3.4, { mode: 'raw', jsonOutput: '{ "rounds": [1, 2] }' }),
				node('Split', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'rounds' }),
				node('Loop', 'n8n-nodes-base.splitInBatches', 3, {}),
				{ ...node('Refund', NODE, 1, refund.parameters), credentials: refund.credentials },
			],
			connections: {
				Start: { main: [to('Two')] },
				Two: { main: [to('Split')] },
				Split: { main: [to('Loop')] },
				Loop: { main: [[], to('Refund')] },
				Refund: { main: [to('Loop')] },
			},
		};
	}

	test('leaves no secret in any execution', async () => {
		const executions = await host.n8n.executions();
		expect(executions.length).toBeGreaterThan(5);
		const stored = JSON.stringify(executions.map(({ data }) => data));
		for (const token of Object.values(host.sandbox.tokenApi.tokens)) {
			expect(stored).not.toContain(token);
		}
	});
});
