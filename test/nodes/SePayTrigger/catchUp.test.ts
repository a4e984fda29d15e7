import { newRunItem } from '../../../nodes/shared/triggers/processedItems';
import { processedItems, processedItemsFaults, type TriggerWorkflow } from '../../harness/trigger';
import { useSandbox, waitUntil } from '../../sandbox/testing';
import { credentialsOf, workflowOf } from './support';

jest.setTimeout(120_000);

const sandbox = useSandbox({ transactions: 120 });

let workflow: TriggerWorkflow;

afterEach(async () => {
	delete processedItemsFaults.before;
	await workflow?.stop();
	await workflow?.waitForRuns();
	await workflow?.closeServer();
});

/** Published, with its webhook leading here. */
async function published(parameters = {}): Promise<void> {
	workflow = workflowOf(sandbox(), { catchUp: 'onStart', ...parameters });
	sandbox().hosts.set('https://n8n.example.com', await workflow.listen());
	await workflow.publish();
	await looked();
}

/** Waits for the look at the list that follows a start. */
async function looked(from = 0): Promise<void> {
	const isList = ({ path, query, status }: { path: string; query: object; status?: number }) =>
		path.endsWith('/transactions') && 'from_date' in query && status === 200;
	await workflow.waitUntilLooked();
	expect(sandbox().requests.slice(from).filter(isList)).not.toEqual([]);
}

/** A new process of n8n with the same database. */
async function started(): Promise<void> {
	const old = workflow;
	await old.stop();
	const store = processedItems.get(`${old.id} n1`) ?? [];
	await jest.isolateModulesAsync(async () => {
		const { SePayTrigger } = await import('../../../nodes/SePayTrigger/SePayTrigger.node');
		workflow = workflowOf(sandbox(), old.parameters as never, {
			id: old.id,
			webhookId: old.webhookId,
		});
		workflow.type = new SePayTrigger();
		({ withLock: workflow.withLock } = await import('../../../nodes/shared/transport/mutex'));
	});
	processedItems.set(`${old.id} n1`, store);
	workflow.stored = old.stored;
	workflow.runs = old.runs;
	await old.closeServer();
	sandbox().hosts.set('https://n8n.example.com', await workflow.listen());
	const from = sandbox().requests.length;
	await workflow.publish('init');
	await looked(from);
}

/** Books payments while nothing can be delivered. */
function miss(count: number, fields = {}): number[] {
	const hosts = [...sandbox().hosts];
	sandbox().hosts.clear();
	const ids = Array.from({ length: count }, () => sandbox().addTransaction(fields).id);
	void sandbox()
		.idle()
		.then(() => hosts.forEach(([origin, to]) => sandbox().hosts.set(origin, to)));
	return ids;
}

const passed = () => [...workflow.passed].map(Number).sort((a, b) => a - b);

test('publishing for the first time starts nothing for what was there before', async () => {
	for (let payment = 0; payment < 3; payment++) sandbox().addTransaction();
	await published();
	expect(workflow.runs).toEqual([]);
	await started();
	expect(workflow.runs).toEqual([]);
});

test.each(['newestFirst', 'oldestFirst', 'shuffled'] as const)(
	'150 payments that were there before start nothing, listed %s',
	async (order) => {
		sandbox().variants.order = order;
		for (let payment = 0; payment < 150; payment++) sandbox().addTransaction();
		await published();
		await started();
		expect(workflow.runs).toEqual([]);
	},
);

test('what was missed while n8n was down comes once each, by itself and in order', async () => {
	await published();
	const delivered = sandbox().addTransaction().id;
	await sandbox().idle();
	await workflow.waitForRuns();
	const missed = miss(25);
	await sandbox().idle();
	await started();
	await waitUntil(() => workflow.passed.length >= 26);
	await workflow.waitForRuns();
	expect(workflow.passed).toEqual([delivered, ...missed]);
	expect(workflow.runs.filter((items) => items!.length > 1)).toEqual([]);

	const [hook] = sandbox().data.webhooks;
	for (const id of [delivered, missed[0], missed[24]]) {
		expect((await sandbox().deliver(hook.id, id)).ok).toBe(true);
	}
	await started();
	expect(passed()).toEqual([delivered, ...missed]);
});

test.each([
	['moved to another n8n, it begins anew', 'another n8n', 0],
	['stored by version 0.1.0, it goes on', undefined, 2],
])('%s', async (_what, instanceId, expected) => {
	await published();
	miss(2);
	await sandbox().idle();
	Object.assign(workflow.stored['node:Payment'] as object, { instanceId });
	// On publishing n8n runs the trigger with what was stored before.
	await workflow.stop();
	await workflow.startTrigger();
	await workflow.waitUntilLooked();
	await started();
	await waitUntil(() => workflow.passed.length >= expected);
	await workflow.waitForRuns();
	expect(workflow.passed).toHaveLength(expected);
	const next = sandbox().addTransaction().id;
	await waitUntil(() => workflow.passed.includes(next));
});

test('a payment that is delivered while it is caught up with runs once', async () => {
	await published();
	const [hook] = sandbox().data.webhooks;
	const missed = miss(10);
	await sandbox().idle();
	const start = started();
	const deliveries = missed.map(async (id) => await sandbox().deliver(hook.id, id));
	await start;
	await Promise.all(deliveries);
	await waitUntil(() => workflow.passed.length >= 10);
	await workflow.waitForRuns();
	expect(passed()).toEqual(missed);
});

test('n8n ends while it asks its store: nothing is lost and nothing comes twice', async () => {
	await published();
	const before = [1, 2, 3].map(() => sandbox().addTransaction().id);
	await sandbox().idle();
	await workflow.waitForRuns();
	const missed = miss(5);
	await sandbox().idle();
	let ends = true;
	processedItemsFaults.before = (what) => {
		if (what === 'remove' && ends) throw new Error('n8n ends here');
	};
	await started();
	expect(passed()).toEqual(before);
	ends = false;
	await started();
	await waitUntil(() => workflow.passed.length >= 8);
	await workflow.waitForRuns();
	expect(passed()).toEqual([...before, ...missed]);
	await started();
	expect(passed()).toEqual([...before, ...missed]);
});

test('a trigger in another process: the run itself passes on what is new', async () => {
	await published();
	await workflow.stop();
	const items = [1, 2, 3].map((id) => newRunItem({ id }));
	await workflow.run([newRunItem({ id: 2 })], 'webhook');
	for (const mode of ['trigger', 'retry'] as const) {
		expect((await workflow.run(items, mode))?.map(({ json }) => json.id)).toEqual([1, 3]);
	}
});

test('only what SePay would have delivered and the filters let through', async () => {
	await published({
		eventType: 'In_only',
		bankMode: 'single',
		bankAccountId: { __rl: true, mode: 'id', value: '12' },
		additionalFields: { prefixFilters: ['DH'], lookBackHours: 2 },
		filters: { minAmount: 50_000 },
	});
	const good = { bank_account_id: 12, transaction_content: 'DH123456', amount_in: 50_000 };
	const wanted = miss(2, good);
	miss(1, { ...good, amount_in: 49_999 });
	miss(1, { ...good, transaction_content: 'HOC123AB' });
	miss(1, { ...good, transaction_content: 'no code' });
	miss(1, { ...good, bank_account_id: 19 });
	miss(1, { ...good, amount_in: 0, amount_out: 90_000 });
	// Three hours ago, as a bank in Vietnam tells it.
	const early = new Date(Date.now() + (7 - 3) * 3_600_000).toISOString();
	miss(1, { ...good, transaction_date: early.slice(0, 19).replace('T', ' ') });
	await sandbox().idle();
	await started();
	await waitUntil(() => workflow.passed.length >= 2);
	await workflow.waitForRuns();
	expect(passed()).toEqual(wanted);
});

test('chosen sub-accounts hold for the list too', async () => {
	const [sub] = sandbox().data.subAccounts;
	const chosen = { chosen: [{ id: { __rl: true, mode: 'id', value: String(sub.id) } }] };
	await published({ additionalFields: { vaMode: 'list', subAccountIds: chosen } });
	const { bank_account_id, account_number } = sub;
	const wanted = miss(1, { bank_account_id, sub_account: account_number });
	miss(1, { bank_account_id, sub_account: null });
	await sandbox().idle();
	await started();
	await waitUntil(() => workflow.passed.length >= 1);
	await workflow.waitForRuns();
	expect(passed()).toEqual(wanted);
});

test('without Simplify a payment has the fields of a delivery, whichever way it came', async () => {
	await published({ simplify: false });
	const [id] = miss(1);
	await sandbox().idle();
	await started();
	await waitUntil(() => workflow.passed.length >= 1);
	await workflow.waitForRuns();
	const caught = workflow.runs.flat()[0]!.json;
	const [hook] = sandbox().data.webhooks;
	const delivery = await sandbox().deliver(hook.id, id);
	expect(caught).toEqual({ ...JSON.parse(delivery.body), description: null });
});

test('a look that fails is told in the log, and the workflow stays published', async () => {
	await published();
	workflow.credentials = credentialsOf(sandbox(), ['webhook:read', 'webhook:write']);
	await workflow.stop();
	await workflow.publish('init');
	await waitUntil(() => workflow.logged.length > 0);
	expect(workflow.logged).toEqual([expect.stringContaining('transaction:read')]);
	await workflow.stop();
});

test('switched off, the list is not read', async () => {
	workflow = workflowOf(sandbox(), { catchUp: 'off' });
	await workflow.publish();
	await workflow.waitUntilLooked();
	expect(sandbox().requests.filter(({ path }) => path.endsWith('/transactions'))).toEqual([]);
});
