import type { INodeParameters } from 'n8n-workflow';
import { SePayTokenApi } from '../../../credentials/SePayTokenApi.credentials';
import { SePayWebhookApi } from '../../../credentials/SePayWebhookApi.credentials';
import { TestCredentials } from '../../harness/credentials';
import { executions, processedItems, type TriggerWorkflow } from '../../harness/trigger';
import { uuidOf, type Transaction } from '../../sandbox';
import { payloadOf } from '../../sandbox/deliveries/payload';
import { useSandbox, waitUntil } from '../../sandbox/testing';
import { post, SECRET, signed, workflowOf } from './support';

jest.setTimeout(120_000);

const OK = { status: 201, text: '{"success":true}', type: 'application/json' };
const TRANSACTIONS = '/v2/transactions';
const sandbox = useSandbox({ transactions: 120 });
let workflow: TriggerWorkflow;
let url: string;

beforeEach(() => executions.clear());

afterEach(async () => {
	await workflow?.stop();
	await workflow?.waitForRuns();
	await workflow?.closeServer();
});

function credentials(hasToken: boolean): TestCredentials {
	const { token, url: baseUrl } = sandbox().tokenApi;
	return new TestCredentials([new SePayTokenApi(), new SePayWebhookApi()], {
		sePayWebhookApi: { authenType: 'HMAC_SHA256', secretKey: SECRET },
		...(hasToken && { sePayTokenApi: { environment: 'custom', baseUrl, apiToken: token } }),
	});
}

const looks = () => sandbox().requests.filter(({ path }) => path === TRANSACTIONS).length;

async function listen(): Promise<void> {
	url = `${await workflow.listen()}/webhook/${workflow.webhookId}/webhook`;
	const before = looks();
	await workflow.publish();
	await workflow.waitUntilLooked();
	if (workflow.credentials.store.sePayTokenApi) expect(looks()).toBeGreaterThan(before);
}

/** Published, with an API token unless told otherwise. */
async function published(parameters: INodeParameters = {}, hasToken = true): Promise<void> {
	workflow = workflowOf(
		undefined,
		{ setUp: 'byHand', catchUp: 'onStart', ...parameters },
		{ credentials: credentials(hasToken) },
	);
	await listen();
}

/** A new process of n8n with the same database. */
async function started(): Promise<void> {
	const { id, webhookId, runs, stored, parameters, credentials: same } = workflow;
	await workflow.stop();
	await workflow.closeServer();
	const store = processedItems.get(`${id} n1`) ?? [];
	await jest.isolateModulesAsync(async () => {
		const { SePayTrigger } = await import('../../../nodes/SePayTrigger/SePayTrigger.node');
		workflow = workflowOf(undefined, parameters, { id, webhookId, credentials: same });
		workflow.type = new SePayTrigger();
		({ withLock: workflow.withLock } = await import('../../../nodes/shared/transport/mutex'));
	});
	processedItems.set(`${id} n1`, store);
	Object.assign(workflow, { runs, stored });
	await listen();
}

/** Dated a little later than whatever was published before. */
const pay = (fields: Partial<Transaction> = {}) => {
	const soon = new Date(Date.now() + 7 * 3_600_000 + 5_000);
	const transaction_date = soon.toISOString().slice(0, 19).replace('T', ' ');
	return sandbox().addTransaction({ transaction_date, ...fields });
};
const deliver = async (transaction: Transaction) => {
	const body = JSON.stringify(payloadOf(transaction));
	expect(await post(url, body, signed(body))).toEqual(OK);
	await workflow.waitForRuns();
};
const uuid = ({ id }: Transaction) => uuidOf('transaction', id);
const passed = () => [...workflow.passed].map(String).sort();

test('missed payments come once, by UUID; those delivered do not come again', async () => {
	await published();
	expect(workflow.runs).toEqual([]);
	const early = pay();
	await deliver(early);
	const missed = Array.from({ length: 12 }, (_, index) => pay({ amount_in: 10_000 + index }));
	await started();
	await waitUntil(() => workflow.passed.length >= 13);
	await workflow.waitForRuns();
	expect(passed()).toEqual([String(early.id), ...missed.map(uuid)].sort());
	for (const late of [...missed, early]) await deliver(late);
	await started();
	for (const late of [...missed, early]) await deliver(late);
	expect(passed()).toEqual([String(early.id), ...missed.map(uuid)].sort());
});

test('two transfers alike in everything stay two, whichever way each came', async () => {
	await published();
	const alike = { amount_in: 20_000, reference_number: null, accumulated: 0 } as never;
	const [first, second] = [pay(alike), pay(alike)];
	Object.assign(second, { ...first, id: second.id });
	await deliver(first);
	await started();
	await waitUntil(() => workflow.passed.length >= 2);
	await deliver(second);
	await deliver(first);
	await started();
	await workflow.waitForRuns();
	expect(workflow.passed).toHaveLength(2);

	const [third, fourth] = [pay({ amount_in: 30_000 }), pay({ amount_in: 30_000 })];
	Object.assign(fourth, { ...third, id: fourth.id });
	for (const one of [third, fourth, third, fourth]) await deliver(one);
	expect(workflow.passed).toHaveLength(4);
	await started();
	expect(workflow.passed).toHaveLength(4);
});

test('two alike, n8n started between their deliveries: the list brings the second, repeats nothing', async () => {
	await published();
	const first = pay();
	await deliver(first);
	await started();
	const second = { ...first, id: first.id + 1 };
	for (const repeat of [second, first, second]) await deliver(repeat);
	expect(passed()).toEqual([String(first.id)]);
	sandbox().data.transactions.push(second);
	await started();
	await waitUntil(() => workflow.passed.length >= 2);
	for (const repeat of [second, first]) await deliver(repeat);
	expect(workflow.passed).toHaveLength(2);
});

test('only what is wanted of what came since the workflow was published', async () => {
	pay({ transaction_date: '2020-01-01 00:00:00' });
	await published({ additionalFields: { prefixFilters: ['DH'], skipIfNoCode: true } });
	const good = { transaction_content: 'DH123456' };
	const wanted = pay(good);
	pay({ transaction_content: 'no code' });
	pay({ transaction_content: 'HOC123AB' });
	pay({ ...good, amount_in: 0, amount_out: 90_000 });
	await started();
	await waitUntil(() => workflow.passed.length >= 1);
	await workflow.waitForRuns();
	expect(passed()).toEqual([uuid(wanted)]);
});

test('without a token nothing is listed, and deliveries are known by their number', async () => {
	await published({}, false);
	const payment = pay();
	await deliver(payment);
	await started();
	expect(looks()).toBe(0);
	expect(passed()).toEqual([String(payment.id)]);
	expect([...executions.keys()]).toEqual([`n8n-nodes-sepay:${workflow.id}:n1:${payment.id}`]);
});

test('what came before a token was given is not caught up on', async () => {
	await published({}, false);
	await deliver(pay());
	await new Promise((resolve) => setTimeout(resolve, 1100));
	workflow.credentials = credentials(true);
	const past = new Date(Date.now() + 7 * 3_600_000 - 1000).toISOString();
	sandbox().data.transactions.at(-1)!.transaction_date = past.slice(0, 19).replace('T', ' ');
	await started();
	expect(workflow.passed).toHaveLength(1);
});
