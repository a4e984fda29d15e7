import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { INodePropertyOptions } from 'n8n-workflow';
import type { Credential, WorkflowDefinition } from '../../scripts/n8n/types';
import { waitUntil } from '../../scripts/n8n/waitUntil';
import { readWorkflow } from '../../scripts/n8n/workflow';
import { SePay } from '../../nodes/SePay/SePay.node';
import { SePayBankHub } from '../../nodes/SePayBankHub/SePayBankHub.node';
import { simplifiedTransaction } from '../harness/simplified';
import { startBankHub, type BankHub } from '../sandbox/bankHub';
import { startE2eHost, type E2eHost } from './support/n8nHost';
import { oneRelease } from './support/releases';
import { byId } from './support/run';
import { keepDay } from './support/sameDay';

jest.setTimeout(400_000);

/** A parameter left to the model, as n8n's editor writes it: with no words but its label. */
const fromAI = (label: string, type = 'string') =>
	`={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${label}', \`\`, '${type}') }}`;

/** The tools by the names that n8n's editor gives them: node, parameters, and what they ask for. */
const TOOLS: Record<string, [node: string, parameters: object, asked: object]> = {
	'Get many transactions in SePay': [
		'sePay',
		{
			resource: 'transaction',
			operation: 'getAll',
			returnAll: true,
			filters: { code: fromAI('Payment_Code'), fromDate: fromAI('From_Date') },
		},
		{ Payment_Code: 'string', From_Date: 'string' },
	],
	'Get many transactions in SePay1': [
		'sePay',
		{
			resource: 'transaction',
			operation: 'getAll',
			filters: { amountIn: fromAI('Amount_In'), transferType: fromAI('Transfer_Type') },
		},
		{ Amount_In: 'string', Transfer_Type: 'string' },
	],
	'Count transactions in SePay': [
		'sePay',
		{
			resource: 'transaction',
			operation: 'count',
			filters: { fromDate: fromAI('From_Date'), toDate: fromAI('To_Date') },
		},
		{ From_Date: 'string', To_Date: 'string' },
	],
	'Create a payment QR in SePay': [
		'sePay',
		{
			resource: 'payment',
			operation: 'createQr',
			bank: 'Vietcombank',
			accountNumber: '0071000888888',
			amount: fromAI('Amount', 'number'),
			memo: fromAI('Memo'),
		},
		{ Amount: 'number', Memo: 'string' },
	],
	'Generate a payment code in SePay': [
		'sePay',
		{
			resource: 'payment',
			operation: 'generateCode',
			codeStructure: 'custom',
			prefix: fromAI('Prefix'),
		},
		{ Prefix: 'string' },
	],
	'Wait for a payment in SePay': [
		'sePay',
		{
			resource: 'payment',
			operation: 'waitForPayment',
			code: fromAI('Payment_Code'),
			amount: fromAI('Amount', 'number'),
		},
		{ Payment_Code: 'string', Amount: 'number' },
	],
	'Get a bank account in SePay Bank Hub': [
		'sePayBankHub',
		{ resource: 'bankAccount', operation: 'get', bankAccountId: byId(fromAI('Bank_Account')) },
		{ Bank_Account: 'string' },
	],
};

const toolNameOf = (name: string) => name.replaceAll(' ', '_');
const todayInVietnam = () => new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);

describe.each(oneRelease())('Tools of an AI agent by MCP, on the %s n8n', (release) => {
	let host: E2eHost;
	let hub: BankHub;
	let bankHub: Credential;
	const client = new Client({ name: 'agent', version: '1.0.0' });
	/** The workflow with the tools, and how often one has been called. */
	let workflowId: string;
	let toolCalls = 0;

	/** What the model is told: the items, or the words of an error. */
	async function call(name: string, args: Record<string, unknown>) {
		toolCalls++;
		const { content, isError } = await client.callTool({
			name: toolNameOf(name),
			arguments: args,
		});
		const [{ text }] = content as Array<{ text: string }>;
		return isError ? { error: text } : { items: JSON.parse(text) as unknown[] };
	}

	/** A workflow that offers the tools; those that ask nobody have no credential. */
	function workflow(place: string, credentials: Record<string, object>): WorkflowDefinition {
		const trigger = {
			id: 'trigger',
			name: 'MCP Server',
			type: '@n8n/n8n-nodes-langchain.mcpTrigger',
			typeVersion: 2,
			position: [0, 0],
			webhookId: place,
			parameters: { path: place },
		};
		const tools = Object.entries(TOOLS).map(([name, [node, parameters]]) => ({
			id: name,
			name,
			type: `n8n-nodes-sepay.${node}Tool`,
			typeVersion: 1,
			position: [0, 200],
			parameters: parameters as Record<string, unknown>,
			credentials: /QR|code/.test(name) ? {} : (credentials[node] as never),
		}));
		const toTrigger = { ai_tool: [[{ node: trigger.name, type: 'ai_tool', index: 0 }]] };
		return {
			name: 'Tools',
			nodes: [trigger, ...tools],
			connections: Object.fromEntries(tools.map(({ name }) => [name, toTrigger])),
		};
	}

	/** Publishes a workflow with tools. @returns its ID, and where they are offered */
	async function offer(definition: WorkflowDefinition, place: string) {
		const { id } = await host.n8n.saveWorkflow(definition);
		await host.n8n.publish(id);
		const address = new URL(`${host.instance.url}/mcp/${place}`);
		await waitUntil('the tools are offered', async () => {
			const { status, body } = await fetch(address);
			// A stream that n8n would keep open.
			await body?.cancel();
			return status !== 404;
		});
		return { id, address };
	}

	beforeAll(async () => {
		host = await startE2eHost(release);
		hub = await startBankHub({ companies: 1, bankAccounts: 1, transactions: 0 });
		bankHub = await host.n8n.createCredential('sePayBankHubApi', 'Bank Hub', {
			environment: 'custom',
			baseUrl: hub.url,
			clientId: hub.client.id,
			clientSecret: hub.client.secret,
		});
		const place = randomUUID();
		const { id, address } = await offer(
			workflow(place, {
				sePay: { sePayOAuth2Api: host.credential },
				sePayBankHub: { sePayBankHubApi: bankHub },
			}),
			place,
		);
		workflowId = id;
		// Transfers of today are sought from here to the last test.
		await keepDay(120_000);
		await client.connect(new StreamableHTTPClientTransport(address));
		host.sandbox.clearRequests();
		hub.clearRequests();
	});

	afterAll(async () => {
		await client.close();
		await hub?.close();
		await host?.close();
	});

	test('each tells what it does in the words of its operation, and what it needs', async () => {
		const { tools } = await client.listTools();
		const nodes = [new SePay(), new SePayBankHub()];
		const expected = Object.entries(TOOLS).map(([name, [node, parameters, asked]]) => {
			const { resource, operation } = parameters as Record<string, string>;
			const { properties } = nodes.find(
				({ description }) => description.name === node,
			)!.description;
			const { options } = properties.find(
				(one) => one.name === 'operation' && one.displayOptions?.show?.resource?.includes(resource),
			)!;
			const { description } = (options as INodePropertyOptions[]).find(
				({ value }) => value === operation,
			)!;
			expect(description!.length).toBeGreaterThan(40);
			return {
				name: toolNameOf(name),
				description,
				inputSchema: expect.objectContaining({
					type: 'object',
					properties: Object.fromEntries(
						Object.entries(asked).map(([key, type]) => [key, expect.objectContaining({ type })]),
					),
					required: Object.keys(asked).sort(),
				}),
			};
		});
		const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
		for (const { inputSchema } of tools) inputSchema.required?.sort();
		expect(tools.sort(byName)).toEqual(expected.sort(byName));
	});

	test('“Has DH1042 been paid?” finds the transfers with the code, however it is written', async () => {
		const paid = host.sandbox.addTransaction({
			transaction_content: 'NGUYEN VAN AN tra tien DH-1042',
			amount_in: 250_000,
		});
		host.sandbox.addTransaction({ transaction_content: 'DH10421', amount_in: 99_000 });
		for (const [Payment_Code, From_Date] of [
			['DH1042', todayInVietnam()],
			[' dh1042', 'today'],
		]) {
			expect(await call('Get many transactions in SePay', { Payment_Code, From_Date })).toEqual({
				items: [simplifiedTransaction(paid)],
			});
		}
		expect(
			await call('Get many transactions in SePay', { Payment_Code: 'DH1043', From_Date: 'today' }),
		).toEqual({ items: [] });
	});

	test('the transfers of a day are counted, the day named or not', async () => {
		const day = todayInVietnam();
		const { length: count } = host.sandbox.data.transactions.filter(({ transaction_date }) =>
			transaction_date.startsWith(day),
		);
		expect(count).toBeGreaterThan(1);
		for (const one of [day, 'today', ' Hôm nay ', `${day}T08:00:00+07:00`]) {
			expect(await call('Count transactions in SePay', { From_Date: one, To_Date: one })).toEqual({
				items: [{ count }],
			});
		}
	});

	test('a QR and a code are made without a credential', async () => {
		expect(
			await call('Create a payment QR in SePay', { Amount: 250_000, Memo: ' dh1042' }),
		).toEqual({
			items: [
				expect.objectContaining({ amount: 250_000, memo: expect.stringMatching(/^dh1042$/i) }),
			],
		});
		const { items } = await call('Generate a payment code in SePay', { Prefix: ' dh' });
		expect(items).toEqual([{ code: expect.stringMatching(/^DH[1-9]\d{7}$/), prefix: 'DH' }]);
	});

	test('a wait for a payment answers at once: paid, or pending until it is', async () => {
		const ask = async (Payment_Code: string) =>
			await call('Wait for a payment in SePay', { Payment_Code, Amount: 250_000 });
		const answer = (verdict: string, receivedAmount: number) => ({
			items: [expect.objectContaining({ verdict, expectedAmount: 250_000, receivedAmount })],
		});
		const pay = (transaction_content: string, amount_in: number) =>
			host.sandbox.addTransaction({ transaction_content, amount_in });
		pay('DH2001', 250_000);
		expect(await ask('DH2001')).toEqual(answer('paid', 250_000));
		expect(await ask(' dh2002')).toEqual(answer('pending', 0));
		pay('DH2002', 100_000);
		expect(await ask('DH2002')).toEqual(answer('pending', 100_000));
		pay('DH2002', 150_000);
		expect(await ask('DH2002')).toEqual(answer('paid', 250_000));
		// n8n stores the execution of a call once it has answered.
		const ended = await waitUntil('no execution waits', async () => {
			const executions = await host.n8n.endedExecutions(workflowId);
			return executions.length >= toolCalls && executions;
		});
		expect(ended.map(({ status }) => status)).toEqual(Array(toolCalls).fill('success'));
	});

	test('a bank account of Bank Hub is read by its ID', async () => {
		const [{ xid, account_number }] = hub.data.bankAccounts;
		expect(
			await call('Get a bank account in SePay Bank Hub', { Bank_Account: ` ${xid} ` }),
		).toEqual({
			items: [expect.objectContaining({ xid, accountNumber: account_number })],
		});
	});

	test.each<[string, Record<string, unknown>, RegExp[]]>([
		[
			'Get many transactions in SePay',
			{ Payment_Code: 'DH1042', From_Date: '28/11/2026' },
			[/From Date must be a date like 2026-01-31/, /Today is \d{4}-\d\d-\d\d in Vietnam/],
		],
		[
			'Get many transactions in SePay1',
			{ Amount_In: '250.000', Transfer_Type: 'in' },
			[/Amount In must be a whole amount in VND/, /"250\.000"\. Use digits only/],
		],
		[
			'Get many transactions in SePay1',
			{ Amount_In: '250000', Transfer_Type: 'Money In' },
			[/Transfer Type must be one of in, out/],
		],
		['Create a payment QR in SePay', { Amount: '250.000', Memo: 'DH1042' }, [/expected number/i]],
		['Create a payment QR in SePay', { Amount: 0.25, Memo: 'DH1042' }, [/Amount must be a whole/]],
		['Generate a payment code in SePay', { Prefix: 'D' }, [/Prefix must be 2 to 10 letters/]],
		[
			'Get a bank account in SePay Bank Hub',
			{ Bank_Account: '0071000888888' },
			[/Bank Account must be an ID (like|such as)/],
		],
		[
			'Get a bank account in SePay Bank Hub',
			{ Bank_Account: randomUUID() },
			[/not found/i, /Check the ID/],
		],
	])('%s with %j says what to mend', async (name, args, words) => {
		const { error } = await call(name, args);
		for (const word of words) expect(error).toMatch(word);
	});

	test('nothing but reading can be had from tools that read', async () => {
		const more = { resource: 'refund', operation: 'create', method: 'POST', url: '/refunds' };
		const named = { Payment_Code: 'DH1042', From_Date: 'today', ...more };
		expect((await call('Get many transactions in SePay', named)).error ?? '').not.toMatch(/refund/);
		await expect(call('Create a refund in SePay', named)).rejects.toThrow('Tool not found');
		const writes = [...host.sandbox.requests, ...hub.requests].filter(
			({ method, path }) => method !== 'GET' && !path.endsWith('/token'),
		);
		expect(writes).toEqual([]);
		expect(host.sandbox.requests.length).toBeGreaterThan(5);
	});

	test('mcp-server.json offers its tools to who has the token', async () => {
		const httpBearerAuth = await host.n8n.createCredential('httpBearerAuth', 'Agents', {
			token: 'token-of-the-agent',
		});
		const definition = await readWorkflow(
			path.join(__dirname, '../../examples', 'mcp-server.json'),
			{ sePayOAuth2Api: host.credential, sePayBankHubApi: bankHub, httpBearerAuth },
		);
		const trigger = definition.nodes.find(({ type }) => type.endsWith('.mcpTrigger'))!;
		const { address } = await offer(definition, String(trigger.parameters.path));
		const connect = async (token: string) => {
			const requestInit = { headers: { authorization: `Bearer ${token}` } };
			const agent = new Client({ name: 'agent', version: '1.0.0' });
			await agent.connect(new StreamableHTTPClientTransport(address, { requestInit }));
			return agent;
		};
		await expect(connect('guessed')).rejects.toThrow(/403|Authorization/);
		const agent = await connect('token-of-the-agent');
		const { tools } = await agent.listTools();
		expect(tools.map(({ name }) => name).sort()).toEqual([
			'Count_Transfers',
			'Find_Payments',
			'Generate_Code',
			'Get_Linked_Bank_Account',
			'Make_a_QR',
		]);
		const { xid } = hub.data.bankAccounts[0];
		const calls: Array<[name: string, args: Record<string, unknown>, told: RegExp]> = [
			['Find_Payments', { Payment_Code: 'DH1042', From_Date: 'today' }, /"amount":250000/],
			['Count_Transfers', { From_Date: 'today', To_Date: 'today' }, /"count":[1-9]/],
			['Make_a_QR', { Amount: 250_000, Payment_Code: 'DH1042' }, /amount=250000&des=DH1042/],
			['Generate_Code', {}, /"code":"DH\d{8}"/],
			['Get_Linked_Bank_Account', { Bank_Account_ID: xid }, new RegExp(xid)],
		];
		for (const [name, args, told] of calls) {
			const { content } = await agent.callTool({ name, arguments: args });
			expect((content as Array<{ text: string }>)[0].text).toMatch(told);
		}
		await agent.close();
	});
});
