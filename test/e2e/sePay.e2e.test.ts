import { simplifiedTransaction } from '../harness/simplified';
import { startE2eHost, type E2eHost } from './support/n8nHost';
import { releases } from './support/releases';
import { byId, coreNode, execute, outputs, sePayPerItem } from './support/run';

jest.setTimeout(180_000);

const NODE = 'n8n-nodes-sepay.sePay';
const SECRET_KEY = 'e2e-webhook-secret-0123456789abcdef';

describe.each(releases())('SePay node on the %s n8n', (name) => {
	let host: E2eHost;
	const called = (path: string) => host.sandbox.requests.filter((seen) => seen.path === path);

	beforeAll(async () => {
		host = await startE2eHost(name);
	});

	afterAll(async () => {
		await host?.close();
	});

	test('is installed as a community package', async () => {
		const packages = await host.n8n.installedPackages();
		const installed = packages.find(({ packageName }) => packageName === 'n8n-nodes-sepay')!;
		expect(installed.installedNodes.map(({ type }) => type)).toContain(NODE);
		expect(installed.failedLoading ?? false).toBe(false);
	});

	test('is offered as a node and as a tool for AI agents, with icons', async () => {
		const types = await host.n8n.nodeTypes();
		expect(types.map(({ name }) => name)).toEqual(expect.arrayContaining([NODE, `${NODE}Tool`]));
		const credentials = await host.n8n.credentialTypes();
		const described = [
			...types.filter(({ name }) => [NODE, `${NODE}Tool`].includes(name)),
			...credentials.filter(({ name }) => name === 'sePayOAuth2Api'),
		];
		expect(described).toHaveLength(3);
		for (const { iconUrl } of described) {
			const { light, dark } = iconUrl as { light: string; dark: string };
			for (const address of [light, dark]) {
				const response = await host.n8n.page(address);
				expect(response.headers.get('content-type')).toMatch('image/svg+xml');
				expect(await response.text()).toContain('<svg');
			}
		}
	});

	test('connects through the consent page with client and secret in the body', () => {
		const [exchange] = called('/oauth/token');
		const { client } = host.sandbox;
		expect(exchange.body).toMatchObject({
			grant_type: 'authorization_code',
			client_id: client.id,
			client_secret: client.secret,
		});
		expect(exchange.headers.authorization).toBeUndefined();
		expect(called('/oauth/authorize').map(({ method }) => method)).toEqual(['GET', 'POST']);
		expect(called('/oauth/authorize')[0].query.scope.split(' ')).toEqual(client.scopes);
	});

	test('reads bank accounts and their sub-accounts', async () => {
		const { bankAccounts, subAccounts } = host.sandbox.data;
		const { id } = bankAccounts.find((account) =>
			subAccounts.some(({ bank_account_id }) => bank_account_id === account.id),
		)!;
		const found = await outputs(host, {
			all: { resource: 'bankAccount', operation: 'getAll', returnAll: true },
			one: { resource: 'bankAccount', operation: 'get', bankAccountId: byId(id) },
			subs: {
				resource: 'bankAccount',
				operation: 'getSubAccounts',
				bankAccountId: byId(id),
				returnAll: true,
			},
		});
		const byNumber = (a: { id?: unknown }, b: { id?: unknown }) => Number(a.id) - Number(b.id);
		const summary = (row: Record<string, unknown>) => ({
			id: row.id,
			account_number: row.account_number,
			accumulated: row.accumulated,
			active: row.active,
		});
		expect(found.all.map(summary).sort(byNumber)).toEqual(
			bankAccounts.map((account) => summary({ ...account })).sort(byNumber),
		);
		expect(found.one).toEqual([found.all.find((account) => account.id === id)]);
		expect(found.subs.map((sub) => [sub.id, sub.account_number]).sort()).toEqual(
			subAccounts
				.filter(({ bank_account_id }) => bank_account_id === id)
				.map((sub) => [sub.id, sub.account_number])
				.sort(),
		);
	});

	test('reads transactions exactly as they are, over pages', async () => {
		const { transactions } = host.sandbox.data;
		const sought = transactions[Math.floor(transactions.length / 2)];
		const found = await outputs(host, {
			all: { resource: 'transaction', operation: 'getAll', returnAll: true },
			some: { resource: 'transaction', operation: 'getAll', limit: 7 },
			one: { resource: 'transaction', operation: 'get', transactionId: String(sought.id) },
			number: { resource: 'transaction', operation: 'count' },
		});
		const expected = new Map(
			transactions.map((row) => [row.id, simplifiedTransaction(row)] as const),
		);
		expect(found.all).toHaveLength(expected.size);
		for (const row of found.all) expect(row).toEqual(expected.get(row.id as number));
		expect(new Set(found.all.map(({ id }) => id)).size).toBe(expected.size);
		expect(found.some).toEqual(found.all.slice(0, 7));
		expect(found.one).toEqual([expected.get(sought.id)]);
		expect(found.number).toEqual([{ count: transactions.length }]);
	});

	test('creates, reads, changes and deletes a webhook', async () => {
		const webhookId = byId('={{ $("create").first().json.id }}');
		const url = 'https://n8n.example.com/webhook/e2e';
		const found = await outputs(host, {
			create: {
				resource: 'webhook',
				operation: 'create',
				name: 'Confirm orders',
				webhookUrl: url,
				secretKey: SECRET_KEY,
			},
			get: { resource: 'webhook', operation: 'get', webhookId },
			update: {
				resource: 'webhook',
				operation: 'update',
				webhookId,
				updateFields: { name: 'Confirm all orders' },
			},
			getAll: { resource: 'webhook', operation: 'getAll', returnAll: true },
			delete: { resource: 'webhook', operation: 'delete', webhookId },
		});
		const created = { name: 'Confirm orders', url, active: true, eventType: 'In_only' };
		expect(found.create).toEqual([expect.objectContaining(created)]);
		expect(found.get).toEqual(found.create);
		expect(found.update).toEqual([{ ...found.create[0], name: 'Confirm all orders' }]);
		expect(found.getAll).toEqual(found.update);
		expect(found.delete).toEqual([{ deleted: true }]);
		expect(host.sandbox.data.webhooks).toEqual([]);
	});

	test('reads profile and company and changes the payment codes', async () => {
		const { company, users } = host.sandbox.data;
		const found = await outputs(host, {
			me: { resource: 'profile', operation: 'get' },
			before: { resource: 'company', operation: 'get' },
			change: {
				resource: 'company',
				operation: 'update',
				paymentCodeFormats: { format: [{ prefix: 'DH', fields: { suffix_to: 12 } }] },
			},
		});
		expect(found.me).toEqual([expect.objectContaining({ id: users[0].id, email: users[0].email })]);
		expect(found.before).toEqual([
			expect.objectContaining({ id: company.id, full_name: company.full_name }),
		]);
		expect(company.configurations.payment_code_formats).toEqual([
			expect.objectContaining({ prefix: 'DH', suffix_from: 6, suffix_to: 12 }),
			expect.objectContaining({ prefix: 'HOC' }),
			expect.objectContaining({ prefix: 'TT', is_active: false }),
		]);
	});

	test('refreshes an expired token once, and stores the one that replaces it', async () => {
		const steps = {
			account: { resource: 'bankAccount', operation: 'getAll' },
			number: { resource: 'transaction', operation: 'count' },
		};
		// The second round only works with the refresh token that the first one brought.
		for (let round = 0; round < 2; round++) {
			host.sandbox.expireAccessTokens();
			host.sandbox.clearRequests();
			await outputs(host, steps);
			await outputs(host, steps);
			expect(called('/oauth/token').map(({ status }) => status)).toEqual([200]);
		}
	});

	test('refreshes once for calls that fail side by side', async () => {
		const orders = [1, 2, 3, 4, 5, 6];
		host.sandbox.expireAccessTokens();
		host.sandbox.clearRequests();
		// The node spaces its calls; several are under way at once only when answers are slow.
		host.sandbox.latencyMs = 1500;
		const found = await outputs(host, {
			orders: coreNode('set', 3.4, { mode: 'raw', jsonOutput: JSON.stringify({ orders }) }),
			order: coreNode('splitOut', 1, { fieldToSplitOut: 'orders' }),
			number: sePayPerItem({ resource: 'transaction', operation: 'count' }),
		});
		host.sandbox.latencyMs = 0;
		expect(found.number).toHaveLength(orders.length);
		expect(called('/oauth/token').map(({ status }) => status)).toEqual([200]);
		const refused = called('/api/v1/transactions').filter(({ status }) => status === 401);
		expect(refused.length).toBeGreaterThan(1);
	});

	test('asks to reconnect when the refresh token is dead, and works again afterwards', async () => {
		const steps = { number: { resource: 'transaction', operation: 'count' } };
		host.sandbox.expireAccessTokens();
		host.sandbox.revokeRefreshTokens();
		host.sandbox.clearRequests();
		const { status, data } = await execute(host, steps);
		expect(status).toBe('error');
		expect(data.resultData.error?.message).toMatch('needs to be reconnected');
		expect(called('/oauth/token').length).toBeLessThanOrEqual(1);
		expect(called('/api/v1/transactions')).toHaveLength(1);

		await host.n8n.connectOAuth2(host.credential.id);
		const [{ count }] = (await outputs(host, steps)).number;
		expect(count).toBe(host.sandbox.data.transactions.length);
	});

	test('leaves no secret in any execution', async () => {
		const { client, requests } = host.sandbox;
		const tokens = requests
			.flatMap(({ headers, body }) => [
				headers.authorization?.replace(/^Bearer /, ''),
				(body as { refresh_token?: string } | undefined)?.refresh_token,
				(body as { code?: string } | undefined)?.code,
			])
			.filter((token) => token !== undefined);
		expect(tokens).not.toHaveLength(0);
		const executions = await host.n8n.executions();
		expect(executions.length).toBeGreaterThan(5);
		const stored = JSON.stringify(executions.map(({ data }) => data));
		for (const secret of [client.secret, SECRET_KEY, ...new Set(tokens)]) {
			expect(stored).not.toContain(secret);
		}
	});

	test('makes n8n look up no other host once it is installed', () => {
		const log = host.instance.log.slice(host.installedAt);
		expect([...log.matchAll(/look-up refused: (\S+)/g)].map(([, host]) => host)).toEqual([]);
	});
});
