import { N8nClient, itemsOf } from '../../scripts/n8n/client';
import type { Credential } from '../../scripts/n8n/types';
import { until } from '../../scripts/n8n/until';
import { uuidOf } from '../sandbox';
import { executionsOf } from './support/payments';
import { oneRelease } from './support/releases';
import { startRig, type Rig } from './support/rig';

jest.setTimeout(150_000);

const TRIGGER = 'SePay Polling Trigger';
// n8n takes no interval under a minute, but it takes several times within each minute.
const EVERY_TEN_SECONDS = [0, 10, 20, 30, 40, 50].map((second) => ({
	mode: 'custom',
	cronExpression: `${second} * * * * *`,
}));

describe.each(oneRelease())('SePay Polling Trigger with an API token on the %s n8n', (name) => {
	let rig: Rig;
	let credential: Credential;
	let workflowId: string;
	/** UUIDs of all transactions that shall have started the workflow so far. */
	const wanted: string[] = [];

	const pay = (count: number) => {
		const rows = Array.from({ length: count }, () => rig.sandbox.addTransaction());
		wanted.push(...rows.map(({ id }) => uuidOf('transaction', id)));
		return rows;
	};

	/** UUIDs that the last node got, over all executions, each as often as it did. */
	const handed = async () =>
		(await executionsOf(rig, workflowId)).flatMap((execution) =>
			itemsOf(execution, 'Done').map(({ json }) => String(json.id)),
		);

	/** Waits until every payment has arrived; the polls of the next tests tell whether any comes twice. */
	const untilHanded = async () => {
		const isAll = async () => (await handed()).length >= wanted.length;
		await until('every payment has started the workflow', isAll, 60_000);
		expect((await handed()).sort()).toEqual([...wanted].sort());
	};

	const restarted = async (how: 'stop' | 'kill', meanwhile: () => void) => {
		await rig.instance[how]();
		meanwhile();
		await rig.instance.start();
		rig.n8n = new N8nClient(rig.instance.url);
		await rig.n8n.signIn();
	};

	const fields = () => ({
		environment: 'custom',
		baseUrl: rig.sandbox.tokenApi.url,
		apiToken: rig.sandbox.tokenApi.token,
	});

	beforeAll(async () => {
		rig = await startRig(name);
		credential = await rig.n8n.createCredential('sePayTokenApi', 'SePay Token', fields());
	});

	afterAll(async () => {
		await rig?.close();
	});

	test('the credential is tested by a real call, and a token of Test Mode is explained', async () => {
		expect(await rig.n8n.testCredential(credential)).toMatchObject({ status: 'OK' });
		const apiToken = rig.sandbox.tokenApi.tokens.test;
		await rig.n8n.updateCredential(credential, { ...fields(), apiToken });
		expect(await rig.n8n.testCredential(credential)).toEqual({
			status: 'Error',
			message: expect.stringMatching(/^SePay did not take the API Token.*Test Mode/),
		});
		await rig.n8n.updateCredential(credential, fields());
	});

	test('publishing starts nothing; payments start it at the next poll', async () => {
		const { id, name: credentialName } = credential;
		({ id: workflowId } = await rig.n8n.saveWorkflow({
			name: 'Poll',
			nodes: [
				{
					id: 'poll',
					name: TRIGGER,
					type: 'n8n-nodes-sepay.sePayPollingTrigger',
					typeVersion: 1,
					position: [0, 0],
					parameters: { authentication: 'apiToken', pollTimes: { item: EVERY_TEN_SECONDS } },
					credentials: { sePayTokenApi: { id, name: credentialName } },
				},
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
		await rig.n8n.publish(workflowId);
		const isPolled = () =>
			rig.sandbox.requests.some(
				({ path, status }) => path === '/v2/transactions' && status === 200,
			);
		await until('the first poll is answered', isPolled);
		// The mark of a first poll is stored with the publishing.
		await until('the second one too', () =>
			rig.sandbox.requests.some(({ query }) => query.since_id !== undefined),
		);
		expect(await handed()).toEqual([]);

		const [row] = pay(3);
		await untilHanded();
		const [execution] = await executionsOf(rig, workflowId);
		expect(itemsOf(execution, TRIGGER)[0].json).toMatchObject({
			id: uuidOf('transaction', row.id),
			direction: 'in',
			amount: row.amount_in,
			date: `${row.transaction_date.replace(' ', 'T')}+07:00`,
		});
	});

	test('a restart: what came meanwhile, more than a page in one second, comes once', async () => {
		await restarted('stop', () => pay(120));
		await untilHanded();
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
		const stored = JSON.stringify(await executionsOf(rig, workflowId));
		expect(stored).toContain(wanted[0]);
		expect(stored).not.toContain(rig.sandbox.tokenApi.token);
	});
});
