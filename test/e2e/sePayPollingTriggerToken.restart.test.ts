import { Editor } from '../../scripts/editor';
import { itemsOf } from '../../scripts/n8n/client';
import type { Credential, NodeDefinition } from '../../scripts/n8n/types';
import { waitUntil } from '../../scripts/n8n/waitUntil';
import { uuidOf } from '../sandbox';
import { startE2eHost, type E2eHost } from './support/n8nHost';
import { executionsOf } from './support/payments';
import { POLL_TIMES } from './support/polling';
import { oneRelease } from './support/releases';

jest.setTimeout(300_000);

const TRIGGER = 'SePay Polling Trigger';

describe.each(oneRelease())('SePay Polling Trigger with an API token on the %s n8n', (name) => {
	let host: E2eHost;
	let credential: Credential;
	let workflowId: string;
	const env: NodeJS.ProcessEnv = {};
	/** UUIDs of all transactions that shall have started the workflow so far. */
	const wanted: string[] = [];

	const pay = (count: number) => {
		const rows = Array.from({ length: count }, () => host.sandbox.addTransaction());
		wanted.push(...rows.map(({ id }) => uuidOf('transaction', id)));
		return rows;
	};

	/** UUIDs that the last node got, over all executions, each as often as it did. */
	const handed = async () =>
		(await executionsOf(host, workflowId)).flatMap((execution) =>
			itemsOf(execution, 'Done').map(({ json }) => String(json.id)),
		);

	/** Waits until every payment has arrived; the polls of the next tests tell whether any comes twice. */
	const untilHanded = async () => {
		const isAll = async () => (await handed()).length >= wanted.length;
		await waitUntil('every payment has started the workflow', isAll, 60_000);
		expect((await handed()).sort()).toEqual([...wanted].sort());
	};

	const restarted = async (how: 'stop' | 'kill', meanwhile: () => void) => {
		await host.instance[how]();
		meanwhile();
		await host.instance.start();
		await host.n8n.signIn();
	};

	const fields = () => ({
		environment: 'custom',
		baseUrl: host.sandbox.tokenApi.url,
		apiToken: host.sandbox.tokenApi.token,
	});

	beforeAll(async () => {
		host = await startE2eHost(name, env);
		credential = await host.n8n.createCredential('sePayTokenApi', 'SePay Token', fields());
	});

	afterAll(async () => {
		await host?.close();
	});

	test('the credential is tested by a real call, and a token of Test Mode is explained', async () => {
		expect(await host.n8n.testCredential(credential)).toMatchObject({ status: 'OK' });
		const apiToken = host.sandbox.tokenApi.tokens.test;
		await host.n8n.updateCredential(credential, { ...fields(), apiToken });
		expect(await host.n8n.testCredential(credential)).toEqual({
			status: 'Error',
			message: expect.stringMatching(/^SePay rejected the API Token.*Test Mode/),
		});
		await host.n8n.updateCredential(credential, fields());
	});

	const triggerWith = ({ id, name: credentialName }: Credential): NodeDefinition => ({
		id: 'poll',
		name: TRIGGER,
		type: 'n8n-nodes-sepay.sePayPollingTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: { authentication: 'apiToken', pollTimes: POLL_TIMES },
		credentials: { sePayTokenApi: { id, name: credentialName } },
	});

	test('publishing starts nothing; payments start it at the next poll; a wrong token says what to do', async () => {
		const wrongToken = { ...fields(), apiToken: 'f'.repeat(64) };
		const wrong = await host.n8n.createCredential('sePayTokenApi', 'Wrong', wrongToken);
		const refused = { name: 'Wrong', nodes: [triggerWith(wrong)], connections: {} };
		const { id: refusedId } = await host.n8n.saveWorkflow(refused);
		// n8n tries for 15 seconds.
		await host.n8n.publish(refusedId);
		({ id: workflowId } = await host.n8n.saveWorkflow({
			name: 'Poll',
			nodes: [
				triggerWith(credential),
				{
					id: 'done',
					name: 'Done',
					type: 'n8n-nodes-base.noOp',
					typeVersion: 1,
					position: [200, 0],
					parameters: {},
				},
			],
			connections: { [TRIGGER]: { main: [[{ node: 'Done', type: 'main', index: 0 }]] } },
		}));
		await host.n8n.publish(workflowId);
		const isPolled = () =>
			host.sandbox.requests.some(
				({ path, status }) => path === '/v2/transactions' && status === 200,
			);
		await waitUntil('the first poll is answered', isPolled);
		// The mark of a first poll is stored with the publishing.
		await waitUntil('the second one too', () =>
			host.sandbox.requests.some(({ query }) => query.since_id !== undefined),
		);
		expect(await handed()).toEqual([]);

		const [row] = pay(3);
		await untilHanded();
		const [execution] = await executionsOf(host, workflowId);
		expect(itemsOf(execution, TRIGGER)[0].json).toMatchObject({
			id: uuidOf('transaction', row.id),
			direction: 'in',
			amount: row.amount_in,
			date: `${row.transaction_date.replace(' ', 'T')}+07:00`,
		});
		const why =
			/problem activating.*SePay rejected the credential.*Check API Token and Environment/;
		const isSaid = () => why.test(host.instance.log);
		await waitUntil('n8n says why it cannot publish the other', isSaid, 120_000);
		await host.n8n.deleteWorkflow(refusedId);
	});

	/** Opens a workflow with the other trigger in the editor and publishes it. */
	const publishSePayTrigger = async () => {
		const { type, id, name: credentialName } = host.credential;
		const node = {
			id: 'webhook',
			webhookId: 'private',
			name: 'Payment',
			type: 'n8n-nodes-sepay.sePayTrigger',
			typeVersion: 1,
			position: [0, 0] as [number, number],
			parameters: {},
			credentials: { [type]: { id, name: credentialName } },
		};
		const definition = { name: 'Webhook', nodes: [node], connections: {} };
		const workflow = await host.n8n.saveWorkflow(definition);
		const editor = await Editor.open(host.instance.url);
		await editor.openWorkflow(workflow.id);
		await editor.publish();
		return editor;
	};

	test('a restart with a private URL: what came meanwhile, more than a page in one second, comes once; the other trigger says why it cannot be published', async () => {
		await restarted('stop', () => {
			env.WEBHOOK_URL = 'https://192.168.1.5';
			pay(120);
		});
		// n8n tries for 15 seconds.
		const editor = await publishSePayTrigger();
		try {
			await untilHanded();
			await editor
				.toast(
					/could not be published[^]*public URL.*Set WEBHOOK_URL.*use the SePay Polling Trigger/,
				)
				.waitFor();
		} finally {
			await editor.close();
		}
	});

	test('a power cut: nothing lost, nothing twice', async () => {
		pay(1);
		await untilHanded();
		await restarted('kill', () => pay(2));
		await untilHanded();
		pay(1);
		await untilHanded();
	});

	test('no execution shows the token', async () => {
		const stored = JSON.stringify(await executionsOf(host, workflowId));
		expect(stored).toContain(wanted[0]);
		expect(stored).not.toContain(host.sandbox.tokenApi.token);
	});
});
