import path from 'node:path';
import type { Credential } from '../../../../scripts/n8n/types';
import { waitUntil } from '../../../../scripts/n8n/waitUntil';
import { readWorkflow } from '../../../../scripts/n8n/workflow';
import { startN8nHost, type N8nHost } from '../../../../test/e2e/support/n8nHost';
import { releases } from '../../../../test/e2e/support/releases';
import { coreNode, execute, outputs } from '../../../../test/e2e/support/run';
import { keepDay } from '../../../../test/e2e/support/sameDay';
import { startPayt, type Payt, type PaytOptions } from '../sandbox';
import { NODE, publishTrigger, SECRET, toldOf, type PaytTrigger } from './support/trigger';

jest.setTimeout(240_000);

const PACKAGE = path.join(__dirname, '../..');
const EXAMPLE = 'chase-overdue-invoices.json';
/** Two hours and a minute, in ms. */
const TOKEN_LIFE = 121 * 60_000;

describe.each(releases())('Payt on the %s n8n', (name) => {
	let host: N8nHost;
	const services: Payt[] = [];

	beforeAll(async () => {
		host = await startN8nHost(name);
	});

	afterAll(async () => {
		await Promise.all(services.map(async (service) => await service.close()));
		await host?.close();
	});

	async function start(options: PaytOptions = {}): Promise<Payt> {
		const service = await startPayt(options);
		services.push(service);
		return service;
	}

	const filledIn = ({ url, client }: Payt, grantType: string) => ({
		grantType,
		environment: 'custom',
		baseUrl: url,
		clientId: client.id,
		clientSecret: client.secret,
	});

	/** A credential that a user has connected. */
	async function connected(payt: Payt, more: object = {}): Promise<Credential> {
		const data = { ...filledIn(payt, 'authorizationCode'), ...more };
		const credential = await host.n8n.createCredential('paytOAuth2Api', 'Payt', data);
		await host.n8n.connectOAuth2(credential.id);
		return credential;
	}

	async function machine(payt: Payt, more: object = {}): Promise<Credential> {
		const data = { ...filledIn(payt, 'clientCredentials'), ...more };
		return await host.n8n.createCredential('paytOAuth2Api', 'Payt by machine', data);
	}

	const step = (
		{ id, name: credentialName }: Credential,
		parameters: object,
		executeOnce = true,
	) => ({
		node: {
			type: NODE,
			parameters: parameters as Record<string, unknown>,
			credentials: { paytOAuth2Api: { id, name: credentialName } },
			executeOnce,
		},
	});
	const administrations = { resource: 'administration', operation: 'getAll', returnAll: true };
	const place = (credential: Credential) => ({ n8n: host.n8n, credential });

	/** The ids of the administrations, read by the node. */
	async function idsBy(credential: Credential): Promise<unknown[]> {
		const { list } = await outputs(place(credential), { list: step(credential, administrations) });
		return list.map(({ id }) => id);
	}

	/** How a run of the node ends that has to fail. */
	async function failureBy(credential: Credential, parameters: object = administrations) {
		const { status, data } = await execute(place(credential), {
			list: step(credential, parameters),
		});
		expect(status).toBe('error');
		return data.resultData.error!;
	}

	const idsOf = ({ data }: Payt) => data.administrations.map(({ id }) => id);
	const called = ({ requests }: Payt, start: string) =>
		requests.filter((request) => request.path.startsWith(start));
	const statuses = (payt: Payt, start: string) => called(payt, start).map(({ status }) => status);
	const grants = (payt: Payt) =>
		called(payt, '/oauth/token').map(({ body }) => (body as { grant_type: string }).grant_type);

	test('offers its nodes, the action also as a tool of AI agents, and its credentials', async () => {
		const types = (await host.n8n.nodeTypes()).map((type) => type.name);
		expect(types).toEqual(expect.arrayContaining([NODE, `${NODE}Tool`, `${NODE}Trigger`]));
		expect(types).toContain('n8n-nodes-sepay.sePay');
		const credentials = (await host.n8n.credentialTypes()).map((type) => type.name);
		expect(credentials).toEqual(expect.arrayContaining(['paytOAuth2Api', 'paytWebhookApi']));
	});

	describe('by authorization code', () => {
		let payt: Payt;
		let credential: Credential;

		beforeAll(async () => {
			payt = await start();
			credential = await connected(payt);
		});

		test('reads what the user let it read', async () => {
			expect(await idsBy(credential)).toEqual(idsOf(payt));
			const [exchange] = called(payt, '/oauth/token');
			expect(exchange.headers.authorization).toMatch(/^Basic /);
			expect(exchange.body).not.toHaveProperty('client_secret');
		});

		test('renews the token once for all calls that meet its end, and keeps what it was given', async () => {
			const numbers = [1, 2, 3, 4, 5, 6];
			for (const round of [1, 2]) {
				payt.clock.advance(TOKEN_LIFE);
				payt.clearRequests();
				// The node spaces its calls; several are under way at once only when answers are slow.
				payt.latencyMs = 1500;
				const { list } = await outputs(place(credential), {
					numbers: coreNode('set', 3.4, { mode: 'raw', jsonOutput: JSON.stringify({ numbers }) }),
					number: coreNode('splitOut', 1, { fieldToSplitOut: 'numbers' }),
					list: step(credential, administrations, false),
				});
				payt.latencyMs = 0;
				expect(list).toHaveLength(numbers.length * payt.data.administrations.length);
				const refused = statuses(payt, '/v1').filter((status) => status === 401);
				expect({ round, refused: refused.length > 1 }).toEqual({ round, refused: true });
				expect(grants(payt)).toEqual(['refresh_token']);
			}
		});

		test('asks to reconnect when the user has withdrawn it, and works again afterwards', async () => {
			payt.revokeTokens();
			payt.revokeRefreshTokens();
			payt.clearRequests();
			const { message } = await failureBy(credential);
			expect(message).toMatch('needs to be reconnected');
			expect(statuses(payt, '/v1')).toEqual([401]);
			await host.n8n.connectOAuth2(credential.id);
			expect(await idsBy(credential)).toEqual(idsOf(payt));
		});

		test('asks for the scope that was filled in, and names what is missing', async () => {
			const narrow = await connected(payt, { scope: 'administrations:read debtors:read' });
			expect(await idsBy(narrow)).toEqual(idsOf(payt));
			payt.clearRequests();
			const [administrationId] = idsOf(payt);
			const { message, description } = await failureBy(narrow, {
				resource: 'invoice',
				operation: 'getAll',
				administrationId: { __rl: true, mode: 'id', value: administrationId },
			});
			expect(`${message} ${description}`).toContain('invoices:read');
			expect(statuses(payt, '/v1')).toEqual([403]);
			expect(grants(payt)).toEqual([]);
		});

		test('works with a token that came with nothing else, and says when it has ended', async () => {
			payt.variants.tokenAnswer = 'bare';
			const bare = await connected(payt);
			expect(await idsBy(bare)).toEqual(idsOf(payt));
			payt.clock.advance(TOKEN_LIFE);
			const { message, description } = await failureBy(bare);
			expect(`${message} ${description}`).toMatch(/connect/);
			payt.variants.tokenAnswer = 'documented';
		});
	});

	describe('by client credentials', () => {
		let payt: Payt;
		let credential: Credential;

		beforeAll(async () => {
			payt = await start({ grantType: 'client_credentials', variants: { tokenAnswer: 'bare' } });
			credential = await machine(payt);
		});

		test('needs nobody to agree: the test of the credential fetches a token, which stays', async () => {
			expect(await host.n8n.testCredential(credential)).toMatchObject({ status: 'OK' });
			expect(await idsBy(credential)).toEqual(idsOf(payt));
			payt.clock.advance(365 * 24 * TOKEN_LIFE);
			expect(await idsBy(credential)).toEqual(idsOf(payt));
			expect(grants(payt)).toEqual(['client_credentials']);
			expect(called(payt, '/oauth/token')[0].headers.authorization).toMatch(/^Basic /);
		});

		test('a call from an address that is not on the list is explained and not repeated', async () => {
			const [listed] = payt.client.ipAllowList;
			payt.callerAddress = '198.51.100.7';
			payt.clearRequests();
			const { message, description } = await failureBy(credential);
			expect(message).toMatch(/^Payt denied access/);
			expect(description).toContain('IP allow list');
			expect(statuses(payt, '/v1')).toEqual([403]);
			expect(grants(payt)).toEqual([]);

			// The token is revoked; a new one is fetched once the list is mended.
			payt.callerAddress = listed;
			expect(await idsBy(credential)).toEqual(idsOf(payt));
			expect(statuses(payt, '/v1')).toEqual([403, 401, 200]);
			expect(grants(payt)).toEqual(['client_credentials']);
		});

		test('a wrong secret is told by the test of the credential and by a run', async () => {
			const wrong = await machine(payt, { clientSecret: 'mistyped' });
			const { status } = await host.n8n.testCredential(wrong);
			expect(status).toBe('Error');
			const { message } = await failureBy(wrong);
			// The oldest n8n tells no more of it than these words.
			const start = name === 'newest' ? 'Payt rejected the credential: ' : '';
			expect(message).toContain(`${start}Client authentication failed`);
		});
	});

	describe('the trigger', () => {
		let payt: Payt;
		let trigger: PaytTrigger;

		beforeAll(async () => {
			payt = await start();
			trigger = await publishTrigger(host, payt);
		});

		test('has a credential whose test looks at the secret', async () => {
			const test = async (secret: string) =>
				await host.n8n.testCredential(
					await host.n8n.createCredential('paytWebhookApi', 'Another', { secret }),
				);
			expect(await test(SECRET)).toMatchObject({ status: 'OK' });
			expect(await test(`${SECRET} `)).toMatchObject({ status: 'Error' });
		});

		test.each(['perEvent', 'perAttempt'] as const)(
			'starts once for each event, with a delivery ID %s',
			async (deliveryId) => {
				payt.variants.deliveryId = deliveryId;
				const before = (await trigger.told()).length;
				const [invoice] = payt.data.invoices;
				const first = (await payt.deliver('invoice_paid', { id: invoice.id }))!;
				for (let time = 0; time < 3; time++) {
					expect(await payt.sendAgain(first)).toMatchObject({ status: 200 });
				}
				await payt.deliver('invoice_new_comment', { id: invoice.id });
				await waitUntil('it is told', async () => (await trigger.told()).length >= before + 2);
				expect((await trigger.told()).slice(before)).toMatchObject([
					toldOf('invoice_paid', invoice),
					{ event: 'invoice_new_comment', id: invoice.id },
				]);
			},
		);

		test('what is not signed with the secret starts nothing', async () => {
			const before = (await trigger.told()).length;
			payt.webhook = { ...payt.webhook!, secret: 'a guess' };
			const delivery = await payt.deliver('invoice_paid', { time: '2026-01-31T12:00:00.000001Z' });
			expect(delivery).toMatchObject({ ok: false, status: 401 });
			expect(await trigger.told()).toHaveLength(before);
		});
	});

	test('chase-overdue-invoices.json sends each reminder once, and writes down what came of it', async () => {
		const payt = await start({ rows: { invoices: 0, messages: 0 } });
		const [administration] = payt.data.administrations;
		await keepDay(120_000, 0);
		const daysAgo = (days: number) =>
			new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
		const owed = (days: number, fields: object = {}) =>
			payt.add('invoices', { due_date: daysAgo(days), ...fields }).invoice_number;
		const first = owed(5);
		const second = owed(20);
		const third = owed(40);
		for (const fields of [
			{ open_amount: '0.00' },
			{ open_amount: '-10.00' },
			{ paused_at: '2026-01-01T12:00:00.000Z' },
			{ paused_by_user: true },
			{ active_payment_plan_id: '5' },
			{ active_credit_case_id: '6' },
		]) {
			owed(40, fields);
		}
		owed(2);

		const definition = await readWorkflow(path.join(PACKAGE, 'examples', EXAMPLE), {
			paytOAuth2Api: await connected(payt),
		});
		const list = definition.nodes.find((node) => node.name === 'Unpaid Invoices')!;
		Object.assign(list.parameters.administrationId as object, { value: administration.id });
		const { id } = await host.n8n.saveWorkflow(definition);
		const run = async (trigger: string) => {
			const { status, data } = await host.n8n.runWorkflow(id, trigger);
			expect(data.resultData.error).toBeUndefined();
			expect(status).toBe('success');
		};
		const sent = () => payt.data.messages.map(({ subject }) => subject).sort();
		const rows = async () => {
			const found = await host.n8n.tableRows('Payt Reminders');
			return found.map(({ invoiceNumber, reminder, status, note }) => [
				...[invoiceNumber, reminder, status],
				String(note).replace(/ \d+$/, ' …'),
			]);
		};

		await run('Set Up');
		payt.fault({
			method: 'POST',
			path: '/v1/messages',
			answer: { status: 422, body: { code: 'unprocessable_entity', message: 'email is missing' } },
		});
		await run('Every Working Day');
		expect(payt.data.messages).toHaveLength(2);
		const failed = (await rows()).filter(([, , status]) => status === 'failed');
		expect(failed).toEqual([
			[...failed[0].slice(0, 3), expect.stringContaining('email is missing')],
		]);

		for (const content of ['what failed is tried again', 'nothing more']) {
			await run('Every Working Day');
			expect({ content, sent: sent() }).toEqual({
				content,
				sent: [
					`Last reminder: invoice ${third}`,
					`Reminder: invoice ${first}`,
					`Second reminder: invoice ${second}`,
				],
			});
		}
		expect((await rows()).sort()).toEqual(
			[
				[first, 'first', 'sent', 'Message …'],
				[second, 'second', 'sent', 'Message …'],
				[third, 'third', 'sent', 'Message …'],
			].sort(),
		);
		const [message] = payt.data.messages.filter(({ subject }) => subject === sent()[1]);
		expect(message.content).toBe(
			`Perhaps it slipped your attention: invoice ${first}, due on ${daysAgo(5)}, still has 121.00 EUR open. Please pay it, or tell us what keeps you from it.`,
		);

		const { id: invoiceId } = payt.data.invoices.find((one) => one.invoice_number === first)!;
		payt.change('invoices', invoiceId, { due_date: daysAgo(14) });
		await run('Every Working Day');
		expect(sent()).toContain(`Second reminder: invoice ${first}`);
		expect(sent()).toHaveLength(4);
	});

	test('no secret and no token is in any execution or in the log', async () => {
		const tokens = services.flatMap(({ requests }) =>
			requests.map(({ headers }) => headers.authorization?.replace(/^\w+ /, '')),
		);
		const secrets = [SECRET, ...services.map(({ client }) => client.secret), ...tokens];
		expect(new Set(secrets).size).toBeGreaterThan(6);
		const executions = await host.n8n.executions();
		expect(executions.length).toBeGreaterThan(5);
		const words = JSON.stringify(executions.map(({ data }) => data)) + host.instance.log;
		for (const secret of new Set(secrets)) if (secret) expect(words).not.toContain(secret);
	});
});
