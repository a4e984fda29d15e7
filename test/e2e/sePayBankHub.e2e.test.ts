import type { Credential } from '../../scripts/n8n/types';
import { startBankHub, type BankHub } from '../sandbox/bankHub';
import { startE2eHost, type E2eHost } from './support/n8nHost';
import { oneRelease } from './support/releases';
import { byId, coreNode, execute, outputs } from './support/run';

jest.setTimeout(180_000);

const NODE = 'n8n-nodes-sepay.sePayBankHub';
const TYPE = 'sePayBankHubApi';
const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

describe.each(oneRelease())('SePay Bank Hub node on the %s n8n', (name) => {
	let host: E2eHost;
	let hub: BankHub;
	let credential: Credential;
	const hubs: BankHub[] = [];

	const startHub = async () => {
		const started = await startBankHub({ companies: 2, bankAccounts: 1, transactions: 0 });
		hubs.push(started);
		return started;
	};
	const dataOf = ({ url, client }: BankHub) => ({
		environment: 'custom',
		baseUrl: url,
		clientId: client.id,
		clientSecret: client.secret,
	});
	const step = (parameters: object, executeOnce = true) => ({
		node: {
			type: NODE,
			parameters: parameters as Record<string, unknown>,
			credentials: { [TYPE]: { id: credential.id, name: credential.name } },
			executeOnce,
		},
	});
	const companies = () => step({ resource: 'company', operation: 'getAll', returnAll: true });
	const calls = ({ requests }: BankHub, path: string) =>
		requests.filter((request) => request.path === path).map(({ status }) => status);

	beforeAll(async () => {
		host = await startE2eHost(name);
		hub = await startHub();
		credential = await host.n8n.createCredential(TYPE, 'Bank Hub', dataOf(hub));
	});

	afterAll(async () => {
		await Promise.all(hubs.map(async (started) => await started.close()));
		await host?.close();
	});

	test('is offered as a node and as a tool for AI agents, with its credential', async () => {
		const types = (await host.n8n.nodeTypes()).map((type) => type.name);
		expect(types).toEqual(expect.arrayContaining([NODE, `${NODE}Tool`]));
		const credentials = (await host.n8n.credentialTypes()).map((type) => type.name);
		expect(credentials).toContain(TYPE);
	});

	test('has a credential whose test signs in', async () => {
		expect(await host.n8n.testCredential(credential)).toMatchObject({ status: 'OK' });
		expect(calls(hub, '/v1/token')).toEqual([201]);
		expect(calls(hub, '/v1/merchant-config')).toEqual([200]);
	});

	test('has a credential whose test tells SePay’s words of a wrong secret', async () => {
		const wrong = { ...dataOf(hub), clientSecret: 'mistyped secret' };
		const { id } = await host.n8n.createCredential(TYPE, 'Mistyped', wrong);
		hub.clearRequests();
		expect(await host.n8n.testCredential({ ...credential, id })).toEqual({
			status: 'Error',
			message: 'SePay Bank Hub rejected Client ID and Client Secret: Unauthenticated',
		});
		expect(calls(hub, '/v1/token')).toEqual([401]);
	});

	test('takes a customer from the company to the first transaction, tokens ending meanwhile', async () => {
		const found = await outputs(host, {
			company: step({ resource: 'company', operation: 'create', fullName: 'Customer of the day' }),
			token: step({
				resource: 'linkToken',
				operation: 'create',
				companyId: byId('={{ $json.xid }}'),
			}),
		});
		const [{ xid: companyXid }] = found.company;
		hub.revokeTokens();
		await hub.link({ link: String(found.token[0].hosted_link_url) });
		const linked = await outputs(host, {
			account: step({
				resource: 'bankAccount',
				operation: 'getAll',
				filters: { companyId: byId(String(companyXid)) },
			}),
			payment: step({
				resource: 'transaction',
				operation: 'createTest',
				bankAccountId: byId('={{ $json.xid }}'),
				amount: 250_000,
				content: 'DH123456',
			}),
			listed: step({
				resource: 'transaction',
				operation: 'getAll',
				filters: { companyId: byId(String(companyXid)) },
			}),
		});
		expect(linked.account).toMatchObject([{ companyXid, bank: 'MBBank', active: true }]);
		expect(linked.payment).toMatchObject([
			{ amount: 250_000, direction: 'in', code: 'DH123456', companyXid },
		]);
		expect(linked.listed).toEqual(linked.payment);
	});

	test('asks for one token when many calls meet its end, and keeps it', async () => {
		hub.revokeTokens();
		hub.clearRequests();
		// The node spaces its calls; several are under way at once only when answers are slow.
		hub.latencyMs = 1500;
		const numbers = [1, 2, 3, 4, 5, 6];
		const found = await outputs(host, {
			numbers: coreNode('set', 3.4, { mode: 'raw', jsonOutput: JSON.stringify({ numbers }) }),
			number: coreNode('splitOut', 1, { fieldToSplitOut: 'numbers' }),
			settings: step({ resource: 'merchant', operation: 'get' }, false),
		});
		hub.latencyMs = 0;
		expect(found.settings).toHaveLength(numbers.length);
		const statuses = calls(hub, '/v1/merchant-config');
		expect(statuses.filter((status) => status === 401).length).toBeGreaterThan(1);
		expect(calls(hub, '/v1/token')).toEqual([201]);
		await outputs(host, { companies: companies() });
		expect(calls(hub, '/v1/token')).toEqual([201]);
	});

	test('uploads a logo, also when the token has ended', async () => {
		hub.revokeTokens();
		const found = await outputs(host, {
			text: coreNode('set', 3.4, {
				mode: 'raw',
				jsonOutput: JSON.stringify({ image: png.toString('base64') }),
			}),
			file: coreNode('convertToFile', 1.1, {
				operation: 'toBinary',
				sourceProperty: 'image',
				options: { fileName: 'logo.png' },
			}),
			logo: step({ resource: 'merchant', operation: 'uploadLogo' }),
		});
		expect(found.logo).toEqual([{ logo_url: hub.data.merchant.logo_url }]);
		expect(hub.data.logo).toEqual(png);
	});

	test('lists companies and bank accounts to choose from', async () => {
		const entries = async (methodName: string, filter: string) =>
			await host.n8n.rest<{ results: Array<{ name: string; value: string }> }>(
				'POST',
				'/dynamic-node-parameters/resource-locator-results',
				{
					path: 'parameters.companyId',
					nodeTypeAndVersion: { name: NODE, version: 1 },
					currentNodeParameters: {},
					methodName,
					credentials: { [TYPE]: { id: credential.id, name: credential.name } },
					filter,
				},
			);
		const { xid, full_name } = hub.data.companies.at(-1)!;
		expect((await entries('getCompanies', 'of the DAY')).results).toEqual([
			{ name: full_name, value: xid },
		]);
		const accounts = (await entries('getBankAccounts', '')).results;
		expect(accounts.map(({ value }) => value)).toEqual(
			[...hub.data.bankAccounts].reverse().map((account) => account.xid),
		);
	});

	test('follows the credential to another client and another host at once', async () => {
		const before = hub.requests.length;
		const other = await startHub();
		other.addCompany({ full_name: 'Of another merchant' });
		// As the editor does it: what it read, with what was typed in.
		const { data } = await host.n8n.credential(credential.id);
		await host.n8n.updateCredential(credential, { ...data, ...dataOf(other) });
		const found = await outputs(host, { companies: companies() });
		expect(found.companies.map(({ xid }) => xid)).toEqual(
			[...other.data.companies].reverse().map(({ xid }) => xid),
		);
		expect(hub.requests).toHaveLength(before);
		const sent = other.requests.map(({ headers }) => headers.authorization ?? 'none');
		expect(sent).toEqual([
			'none',
			expect.stringMatching(/^Basic /),
			expect.stringMatching(/^Bearer /),
		]);
	});

	test('tells SePay’s words when the client is switched off', async () => {
		const [, other] = hubs;
		other.client.active = false;
		other.revokeTokens();
		const { status, data } = await execute(host, { companies: companies() });
		expect(status).toBe('error');
		expect(data.resultData.error?.message).toBe(
			'SePay Bank Hub rejected Client ID and Client Secret: Unauthenticated',
		);
	});

	test('leaves no secret in any execution and in the log', async () => {
		const tokens = hubs.flatMap(({ requests }) =>
			requests.map(({ headers }) => headers.authorization?.replace(/^\w+ /, '')),
		);
		const secrets = [...hubs.map(({ client }) => client.secret), ...new Set(tokens)].filter(
			Boolean,
		);
		expect(secrets.length).toBeGreaterThan(6);
		const executions = await host.n8n.executions();
		const words = JSON.stringify(executions.map(({ data }) => data)) + host.instance.log;
		for (const secret of secrets) expect(words).not.toContain(secret);
	});
});
