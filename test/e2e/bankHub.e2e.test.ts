import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { itemsOf } from '../../scripts/n8n/client';
import type { Credential } from '../../scripts/n8n/types';
import { startBankHub, type BankHub } from '../sandbox/bankHub';
import { releases } from './support/releases';
import { startRig, type Rig } from './support/rig';
import { byId, outputs } from './support/run';

jest.setTimeout(600_000);

const PUBLIC = 'https://n8n.example.com';
const API_KEY = 'the API key that SePay gave out';

async function until(what: string, condition: () => unknown, timeoutMs = 30_000): Promise<void> {
	const end = Date.now() + timeoutMs;
	while (!(await condition())) {
		if (Date.now() > end) throw new Error(`Waited in vain until ${what}`);
		await sleep(50);
	}
}

describe.each(releases())('Bank Hub on the %s n8n', (name) => {
	let rig: Rig;
	let hub: BankHub;
	let client: Credential;
	let key: Credential;

	beforeAll(async () => {
		rig = await startRig(name, { WEBHOOK_URL: PUBLIC });
		hub = await startBankHub({ companies: 1, bankAccounts: 0, transactions: 0 });
		hub.hosts.set(PUBLIC, rig.instance.url);
		client = await rig.n8n.createCredential('sePayBankHubApi', 'Bank Hub', {
			environment: 'custom',
			baseUrl: hub.url,
			clientId: hub.client.id,
			clientSecret: hub.client.secret,
		});
		key = await rig.n8n.createCredential('sePayWebhookApi', 'IPN', {
			authenType: 'Api_Key',
			apiKey: API_KEY,
		});
	});

	afterAll(async () => {
		await hub?.close();
		await rig?.close();
	});

	/** A published workflow of the trigger alone, and what it passed on, the oldest first. */
	async function listening(parameters: Record<string, unknown>) {
		const webhookId = randomUUID();
		const ref = ({ id, name: credentialName }: Credential) => ({ id, name: credentialName });
		const { id } = await rig.n8n.saveWorkflow({
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
		await rig.n8n.publish(id);
		const address = `${PUBLIC}/webhook/${webhookId}/webhook`;
		// Publishing answers a little before the address is live, which then refuses what has no proof.
		await until('the address is live', async () => {
			const local = address.replace(PUBLIC, rig.instance.url);
			const answer = await fetch(local, { method: 'POST' }).catch(() => undefined);
			return answer?.status === 401;
		});
		return {
			id,
			address,
			passed: async () => {
				const executions = await rig.n8n.executions(id);
				return executions.reverse().flatMap((one) => itemsOf(one, 'Told').map(({ json }) => json));
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
		expect(await rig.n8n.testCredential(client)).toMatchObject({ status: 'OK' });
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

		const { Company: companies, Link: links } = await outputs(rig, {
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
		const { List: listed } = await outputs(rig, {
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
		await sleep(1000);
		expect(await changes.passed()).toHaveLength(1);
		expect(await events.passed()).toHaveLength(sent.length);

		await rig.n8n.unpublish(events.id);
		await until('the webhook is off', () => hub.data.webhook!.active === 0);
	});
});
