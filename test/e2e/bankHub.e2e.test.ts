import { createHmac, randomUUID } from 'node:crypto';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { itemsOf } from '../../scripts/n8n/client';
import type { Credential } from '../../scripts/n8n/types';
import { readWorkflow } from '../../scripts/n8n/workflow';
import { startBankHub, type BankHub } from '../sandbox/bankHub';
import { startJsonServer } from './support/jsonServer';
import { PUBLIC, startE2eHost, type E2eHost } from './support/n8nHost';
import { oneRelease } from './support/releases';
import { byId, outputs } from './support/run';
import { putOffSchedules } from './support/schedules';

jest.setTimeout(600_000);

const API_KEY = 'the API key that SePay gave out';

async function until(what: string, condition: () => unknown, timeoutMs = 30_000): Promise<void> {
	const end = Date.now() + timeoutMs;
	while (!(await condition())) {
		if (Date.now() > end) throw new Error(`Waited in vain until ${what}`);
		await sleep(50);
	}
}

describe.each(oneRelease())('Bank Hub on the %s n8n', (name) => {
	let host: E2eHost;
	let hub: BankHub;
	let client: Credential;
	let key: Credential;

	beforeAll(async () => {
		host = await startE2eHost(name);
		hub = await startBankHub({ companies: 1, bankAccounts: 0, transactions: 0 });
		hub.hosts.set(PUBLIC, host.instance.url);
		client = await host.n8n.createCredential('sePayBankHubApi', 'Bank Hub', {
			environment: 'custom',
			baseUrl: hub.url,
			clientId: hub.client.id,
			clientSecret: hub.client.secret,
		});
		key = await host.n8n.createCredential('sePayWebhookApi', 'IPN', {
			authenType: 'Api_Key',
			apiKey: API_KEY,
		});
	});

	afterAll(async () => {
		// First, since unpublishing takes the webhook off at Bank Hub.
		await host?.close();
		await hub?.close();
	});

	/** A published workflow of the trigger alone, and what it passed on, the oldest first. */
	async function listening(parameters: Record<string, unknown>) {
		const webhookId = randomUUID();
		const ref = ({ id, name: credentialName }: Credential) => ({ id, name: credentialName });
		const { id } = await host.n8n.saveWorkflow({
			name: String(parameters.triggerOn),
			nodes: [
				{
					id: randomUUID(),
					webhookId,
					name: 'Told',
					type: 'n8n-nodes-sepay.sePayBankHubTrigger',
					typeVersion: 1,
					position: [0, 0],
					parameters,
					credentials: { sePayBankHubApi: ref(client), sePayWebhookApi: ref(key) },
				},
			] as never,
			connections: {},
		});
		await host.n8n.publish(id);
		const address = `${PUBLIC}/webhook/${webhookId}/webhook`;
		// Publishing answers a little before the address is live, which then refuses what has no proof.
		await until('the address is live', async () => {
			const local = address.replace(PUBLIC, host.instance.url);
			const answer = await fetch(local, { method: 'POST' }).catch(() => undefined);
			return answer?.status === 401;
		});
		return {
			id,
			address,
			passed: async () => {
				const executions = await host.n8n.endedExecutions(id);
				return executions.flatMap((one) => itemsOf(one, 'Told').map(({ json }) => json));
			},
		};
	}

	const step = (resource: string, operation: string, more: Record<string, unknown>) => ({
		node: {
			type: 'n8n-nodes-sepay.sePayBankHub',
			credentials: { sePayBankHubApi: { id: client.id, name: client.name } },
			parameters: { resource, operation, ...more },
		},
	});

	test("a customer's account is linked, and its money told, listed and counted once", async () => {
		expect(await host.n8n.testCredential(client)).toMatchObject({ status: 'OK' });
		const events = await listening({ triggerOn: 'events' });
		expect(hub.data.webhook).toEqual({
			webhook_url: events.address,
			auth_type: 'SECRET_KEY',
			secret_key: expect.stringMatching(/^whsec_[0-9a-f]{64}$/),
			active: 1,
			allow_events: ['*'],
		});
		const changes = await listening({ triggerOn: 'balanceChanges' });
		hub.ipn = { url: changes.address, apiKey: API_KEY };

		const { Company: companies, Link: links } = await outputs(host, {
			Company: step('company', 'create', { fullName: 'Hoa Sen Trading', status: 'Active' }),
			Find: step('company', 'getAll', { returnAll: true, filters: { search: 'Hoa Sen Trading' } }),
			Link: step('linkToken', 'create', { companyId: byId('={{ $json.xid }}') }),
		});
		expect(companies).toHaveLength(1);
		const [{ hosted_link_url }] = links;
		const account = (await hub.link({ link: String(hosted_link_url) }))!;
		await hub.idle();
		const sent = hub.deliveries.map(({ body }) => JSON.parse(body).event);
		expect(sent).toContain('BANK_ACCOUNT_LINKED');
		await until('all events have arrived', async () => {
			return (await events.passed()).length === sent.length;
		});
		expect((await events.passed()).map(({ event }) => event).sort()).toEqual([...sent].sort());
		expect(await events.passed()).toContainEqual(
			expect.objectContaining({ event: 'BANK_ACCOUNT_LINKED', bankAccountXid: account.xid }),
		);

		// The token expires in between.
		hub.revokeTokens();
		const { List: listed } = await outputs(host, {
			Test: step('transaction', 'createTest', {
				bankAccountId: byId(account.xid),
				amount: 250_000,
				content: 'DH123456 tra tien',
			}),
			List: step('transaction', 'getAll', {}),
		});
		expect(hub.requests.filter(({ path }) => path === '/v1/token').length).toBeGreaterThan(1);
		const [{ transaction_id }] = hub.data.transactions;
		expect(listed).toEqual([
			expect.objectContaining({ id: transaction_id, amount: 250_000, direction: 'in' }),
		]);
		await until('the balance change has arrived', async () => (await changes.passed()).length);
		await hub.idle();
		// Where the notice does not know what the list does, it has nothing.
		const known = { companyXid: null, delivered: null };
		expect(await changes.passed()).toEqual([{ ...listed[0], ...known }]);

		for (const delivery of [...hub.deliveries]) {
			expect(await hub.sendAgain(delivery)).toMatchObject({ status: 200, ok: true });
		}
		expect(await changes.passed()).toHaveLength(1);
		expect(await events.passed()).toHaveLength(sent.length);

		await host.n8n.unpublish(events.id);
		await until('the webhook is off', () => hub.data.webhook!.active === 0);
	});

	test('onboard-bank-account.json follows the link of each customer to its end', async () => {
		const proof = { name: 'X-App-Key', value: 'what the app knows' };
		const definition = await readWorkflow(
			path.join(__dirname, '../../examples', 'onboard-bank-account.json'),
			{
				sePayBankHubApi: client,
				httpHeaderAuth: await host.n8n.createCredential('httpHeaderAuth', 'App', proof),
			},
		);
		const { id } = await host.n8n.saveWorkflow(definition);
		expect((await host.n8n.runWorkflow(id, 'Set Up')).status).toBe('success');
		await host.n8n.publish(id);
		const address = `${host.instance.url}/webhook/sepay-customers`;
		const ask = async (name: string, value = proof.value) =>
			await fetch(address, {
				method: 'POST',
				headers: { 'content-type': 'application/json', [proof.name]: value },
				body: JSON.stringify({ name }),
			});
		await until('the addresses are live', async () => {
			const isLive = (await ask('Nobody', 'a guess')).status === 403;
			return isLive && hub.data.webhook?.active === 1;
		});
		const customer = async (name: string) => {
			const answer = await ask(name);
			expect(answer.status).toBe(200);
			return (await answer.json()) as Record<string, string>;
		};
		const rowOf = async (sought: string) =>
			(await host.n8n.tableRows('SePay Customers')).find(({ name }) => name === sought);
		/** Where the executions ended that the events of a link started, the oldest first. */
		const endsOf = async (linkTokenXid: string, count: number) => {
			const told = async () =>
				(await host.n8n.executions(id)).reverse().filter((one) => {
					const [item] = itemsOf(one, 'Link Told');
					return item?.json.linkTokenXid === linkTokenXid && one.status !== 'running';
				});
			await until('the events are handled', async () => (await told()).length === count);
			return (await told()).map(({ status, data }) => {
				expect(status).toBe('success');
				return data.resultData.lastNodeExecuted;
			});
		};

		const first = await customer('Sen Vang');
		const company = hub.data.companies.find(({ full_name }) => full_name === 'Sen Vang')!;
		const [token] = hub.data.linkTokens.slice(-1);
		expect(first).toMatchObject({
			name: 'Sen Vang',
			companyXid: company.xid,
			status: 'link sent',
			linkTokenXid: token.xid,
			hostedLinkUrl: `${hub.url}/link/${token.link_token}`,
		});
		const other = await customer('Tre Xanh');

		await hub.link({ link: first.hostedLinkUrl, end: 'failed' });
		expect(await endsOf(first.linkTokenXid, 1)).toEqual(['Not Linked']);
		expect(await rowOf('Sen Vang')).toMatchObject({ status: 'linking failed' });
		await hub.link({ link: first.hostedLinkUrl, end: 'abandoned' });
		expect(await endsOf(first.linkTokenXid, 2)).toEqual(['Not Linked', 'Not Linked']);
		expect(await rowOf('Sen Vang')).toMatchObject({ status: 'left the page' });

		// The customer is known by now: a new link, no second company.
		const again = await customer('Sen Vang');
		expect(again).toMatchObject({ companyXid: company.xid, status: 'link sent' });
		expect(again.linkTokenXid).not.toBe(first.linkTokenXid);
		await hub.link({ link: first.hostedLinkUrl, end: 'expired' });
		expect((await endsOf(first.linkTokenXid, 3)).at(-1)).toBe('Link of Nobody Here');
		const account = (await hub.link({ link: again.hostedLinkUrl }))!;
		expect(await endsOf(again.linkTokenXid, 1)).toEqual(['Linked']);
		const linked = {
			status: 'linked',
			bankAccountXid: account.xid,
			accountNumber: account.account_number,
		};
		expect(await rowOf('Sen Vang')).toMatchObject(linked);
		await hub.link({ link: again.hostedLinkUrl, end: 'expired' });
		expect((await endsOf(again.linkTokenXid, 2)).at(-1)).toBe('What Is It Now?');
		expect(await rowOf('Sen Vang')).toMatchObject(linked);

		await hub.link({ link: other.hostedLinkUrl, end: 'expired' });
		expect(await endsOf(other.linkTokenXid, 1)).toEqual(['Not Linked']);
		expect(await rowOf('Tre Xanh')).toMatchObject({ status: 'time ran out', accountNumber: null });
		await outputs(host, { Revoke: step('linkToken', 'revoke', { xid: other.linkTokenXid }) });
		expect(await endsOf(other.linkTokenXid, 2)).toEqual(['Not Linked', 'Not Linked']);
		expect(await rowOf('Tre Xanh')).toMatchObject({ status: 'link revoked' });
		await host.n8n.unpublish(id);
	});

	test("bank-hub-balance-changes.json hands each change on to the customer's system until it is taken", async () => {
		const [company] = hub.data.companies;
		const account = hub.addBankAccount(company.xid);
		const secret = 'shared with the customer';
		const taken: unknown[] = [];
		let isDown = false;
		const system = await startJsonServer(({ headers, source, body }) => {
			const signature = createHmac('sha256', secret).update(source).digest('hex');
			if (isDown || headers['x-signature'] !== `sha256=${signature}`) return { status: 503 };
			taken.push([headers['idempotency-key'], body.amount, body.direction, body.content]);
			return { status: 204 };
		});
		const definition = await readWorkflow(
			path.join(__dirname, '../../examples', 'bank-hub-balance-changes.json'),
			{ sePayWebhookApi: key },
		);
		putOffSchedules(definition);
		const webhookId = randomUUID();
		definition.nodes.find((node) => node.name === 'Balance Changed')!.webhookId = webhookId;
		const { id } = await host.n8n.saveWorkflow(definition);
		const run = async (trigger: string) =>
			expect((await host.n8n.runWorkflow(id, trigger)).status).toBe('success');
		await run('Set Up');
		const systemOf = (url: string) => ({
			bankAccountXid: account.xid,
			customer: 'Sen',
			url,
			secret,
		});
		await host.n8n.publish(id);
		const address = `/webhook/${webhookId}/webhook`;
		await until('the address is live', async () => {
			const answer = await fetch(`${host.instance.url}${address}`, { method: 'POST' });
			return answer.status === 401;
		});
		hub.ipn = { url: `${PUBLIC}${address}`, apiKey: API_KEY };
		const change = async (amount: number, transfer_type: 'in' | 'out' = 'in') => {
			const content = `Tiền "hàng" ${amount}`;
			const booked = { amount, transfer_type, transaction_content: content };
			const { transaction_id } = hub.addTransaction({ bank_account_xid: account.xid, ...booked });
			await hub.idle();
			await until('it is handled', async () => {
				const executions = await host.n8n.executions(id);
				return executions.some(
					(one) =>
						one.status === 'success' &&
						itemsOf(one, 'Balance Changed').some(({ json }) => json.id === transaction_id),
				);
			});
			return [transaction_id, amount, transfer_type, content];
		};
		const changes = async () =>
			(await host.n8n.tableRows('SePay Balance Changes')).map(
				({ transactionId, status, attempts, problem }) => [
					transactionId,
					status,
					attempts,
					problem,
				],
			);

		// Nobody knows yet where the customer's system is.
		const early = await change(1000);
		expect(await changes()).toEqual([[early[0], 'to deliver', 0, '']]);
		await host.n8n.addTableRows('SePay Customer Systems', [systemOf(system.url)]);
		const direct = await change(2000, 'out');
		expect(taken).toEqual([direct]);
		isDown = true;
		const later = await change(90_071_992_547_409);
		const refused = expect.stringContaining('503');
		expect(await changes()).toEqual([
			[early[0], 'to deliver', 0, ''],
			[direct[0], 'delivered', 1, ''],
			[later[0], 'to deliver', 1, refused],
		]);
		await run('Every Quarter Hour');
		expect((await changes())[2]).toEqual([later[0], 'to deliver', 2, refused]);
		isDown = false;
		await run('Every Quarter Hour');
		await run('Every Quarter Hour');
		system.close();
		expect(taken).toEqual([direct, early, later]);
		expect(await changes()).toEqual([
			[early[0], 'delivered', 2, ''],
			[direct[0], 'delivered', 1, ''],
			[later[0], 'delivered', 3, ''],
		]);
		for (const delivery of hub.deliveries.slice(-1)) {
			expect(await hub.sendAgain(delivery)).toMatchObject({ status: 200, ok: true });
		}
		await host.n8n.endedExecutions(id);
		expect(await changes()).toHaveLength(3);
		await host.n8n.unpublish(id);
	});
});
