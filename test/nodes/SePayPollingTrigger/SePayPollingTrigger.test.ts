import * as n8nWorkflow from 'n8n-workflow';
import type { IDataObject, INodeType } from 'n8n-workflow';
import { SePayPollingTrigger } from '../../../nodes/SePayPollingTrigger/SePayPollingTrigger.node';
import { PollingWorkflow } from '../../harness/poll';
import { processedItemsFaults } from '../../harness/trigger';
import type { Sandbox, Transaction, Variants } from '../../sandbox';
import { passHourTurn, useSandbox, waitUntil } from '../../sandbox/testing';
import { connected } from '../shared/inNode';

jest.setTimeout(120_000);

const TRANSACTIONS = '/api/v1/transactions';
const sandbox = useSandbox({ transactions: 300 });

beforeEach(passHourTurn);

async function published(parameters: IDataObject = {}): Promise<PollingWorkflow> {
	const workflow = new PollingWorkflow(new SePayPollingTrigger(), connected(sandbox()));
	workflow.parameters = parameters as never;
	workflow.start();
	expect(await workflow.poll('activate')).toBeNull();
	workflow.save();
	sandbox().clearRequests();
	return workflow;
}

/** The node as a new n8n process has it: with nothing in memory. */
async function inNewProcess(): Promise<INodeType> {
	let type: INodeType | undefined;
	await jest.isolateModulesAsync(async () => {
		// The engine tells n8n's errors by their class.
		jest.doMock('n8n-workflow', () => n8nWorkflow);
		const node = await import('../../../nodes/SePayPollingTrigger/SePayPollingTrigger.node');
		type = new node.SePayPollingTrigger();
	});
	return type!;
}

const idsOf = (items: Array<{ json: IDataObject }> | null) =>
	items?.map(({ json }) => json.id) ?? null;
const jsonOf = (items: Array<{ json: IDataObject }> | null) => items?.map(({ json }) => json);
const calls = () => sandbox().requests.filter(({ path }) => path === TRANSACTIONS);

/** Inserts a transaction where its ID belongs; SePay may have given the ID before the row shows. */
function insert(sepay: Sandbox, fields: Partial<Transaction>): Transaction {
	const row = sepay.addTransaction(fields);
	sepay.data.transactions.sort((a, b) => a.id - b.id);
	return row;
}

test('the first poll gives nothing, the next ones give what came, as the SePay node would', async () => {
	const workflow = await published();
	const row = sandbox().addTransaction({
		amount_in: 250_000,
		transaction_content: 'NGUYEN VAN AN DH1042000',
	});
	expect(jsonOf(await workflow.poll())).toEqual([
		{
			id: row.id,
			direction: 'in',
			amount: 250_000,
			currency: 'VND',
			date: `${row.transaction_date.replace(' ', 'T')}+07:00`,
			accountNumber: row.account_number,
			bank: row.bank_brand_name,
			content: 'NGUYEN VAN AN DH1042000',
			code: 'DH1042000',
			reference: row.reference_number,
			subAccount: row.sub_account,
			balance: row.accumulated,
		},
	]);
	expect(await workflow.poll()).toBeNull();
});

test('without Simplify rows come as SePay sends them, numbers as numbers', async () => {
	sandbox().variants.amounts = 'decimalText';
	sandbox().variants.ids = 'string';
	const workflow = await published({ simplify: false });
	const row = sandbox().addTransaction({ amount_out: 90_000 });
	expect(jsonOf(await workflow.poll())).toEqual([row]);
});

test.each<Partial<Variants>>([
	{},
	{ order: 'oldestFirst' },
	{ meta: 'missing' },
	{ ids: 'string', amounts: 'decimalText' },
	{ maxPerPage: 20 },
	{ order: 'oldestFirst', meta: 'missing', maxPerPage: 20 },
])(
	'late, out of order, in one second and over midnight, 130 at once, with %j: each once',
	async (variants) => {
		Object.assign(sandbox().variants, variants);
		const workflow = await published();
		const sepay = sandbox();
		const came: Transaction[] = [];
		const next = sepay.data.transactions.at(-1)!.id + 1;
		for (let index = 0; index < 130; index++) {
			const id = next + ((index * 37) % 130);
			came.push(
				insert(sepay, {
					id,
					transaction_date: index % 2 ? '2126-03-09 23:59:59' : '2126-03-10 00:00:00',
				}),
			);
		}
		sandbox().rateLimit = false;
		const first = idsOf(await workflow.poll())!;
		expect([...first].sort()).toEqual(came.map(({ id }) => id).sort());

		// An ID from between the old ones, dated two days before the newest transaction.
		const gap = sepay.data.transactions.findIndex(
			({ id }, index, all) => all[index + 1]?.id > id + 1,
		);
		const lateId = gap < 0 ? next - 1000 : sepay.data.transactions[gap].id + 1;
		const late = insert(sepay, {
			id: lateId,
			transaction_date: vietnamTime(Date.now() - 2 * 86_400_000),
		});
		expect(idsOf(await workflow.poll())).toEqual([late.id]);
		expect(await workflow.poll()).toBeNull();
		workflow.save();
		workflow.start();
		expect(await workflow.poll('init')).toBeNull();
	},
);

const vietnamTime = (ms: number) =>
	new Date(ms + 7 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

test('a poll with nothing new is a single call', async () => {
	const workflow = await published();
	expect(await workflow.poll()).toBeNull();
	expect(calls()).toHaveLength(1);
});

test('after a restart it goes on from the mark that n8n stored', async () => {
	const workflow = await published();
	const first = sandbox().addTransaction();
	expect(idsOf(await workflow.poll())).toEqual([first.id]);
	const second = sandbox().addTransaction();
	workflow.start();
	expect(idsOf(await workflow.poll('init'))).toEqual([second.id]);
	workflow.start();
	expect(await workflow.poll('init')).toBeNull();
});

describe('a failed poll', () => {
	test.each<[string, (sepay: Sandbox) => void, RegExp]>([
		[
			'refused',
			(sepay) =>
				sepay.fault({ path: TRANSACTIONS, answer: { status: 400, body: { message: 'No' } } }),
			/SePay rejected the request \(HTTP 400\): No/,
		],
		[
			'answered with a web page',
			(sepay) =>
				sepay.fault({
					path: TRANSACTIONS,
					answer: { status: 200, body: '<html>', contentType: 'text/html' },
				}),
			/SePay returned a web page/,
		],
		[
			'cut short',
			(sepay) => sepay.fault({ path: TRANSACTIONS, answer: 'halfJson' }),
			/SePay returned/,
		],
		[
			'without an ID',
			(sepay) =>
				sepay.fault({
					path: TRANSACTIONS,
					answer: { status: 200, body: { status: 'success', data: [{ amount_in: 1 }] } },
				}),
			/without an ID/,
		],
	])('%s moves nothing, loses nothing and says why', async (_, break_, words) => {
		const workflow = await published();
		const row = sandbox().addTransaction();
		break_(sandbox());
		await expect(workflow.poll()).rejects.toThrow(words);
		expect(workflow.isChanged).toBe(false);
		expect(idsOf(await workflow.poll())).toEqual([row.id]);
	});

	test('in the middle of the pages moves nothing', async () => {
		sandbox().variants.maxPerPage = 20;
		const workflow = await published();
		const sepay = sandbox();
		const came = Array.from({ length: 70 }, () => sepay.addTransaction().id);
		let page = 0;
		const { push } = sepay.requests;
		sepay.requests.push = function (...requests) {
			if (++page === 2) sepay.fault({ path: TRANSACTIONS, answer: { status: 400 } });
			return push.apply(this, requests);
		};
		await expect(workflow.poll()).rejects.toThrow('HTTP 400');
		expect(workflow.isChanged).toBe(false);
		expect(idsOf(await workflow.poll())).toEqual(came);
	});

	test('at the first time leaves no mark, so that the next one sets it', async () => {
		const workflow = new PollingWorkflow(new SePayPollingTrigger(), connected(sandbox()));
		sandbox().users.admin.rights = [];
		await expect(workflow.poll()).rejects.toThrow(/SePay denied access.*transaction:read/);
		expect(workflow.isChanged).toBe(false);
		sandbox().users.admin.rights = ['view transaction list'];
		expect(await workflow.poll()).toBeNull();
		const row = sandbox().addTransaction();
		expect(idsOf(await workflow.poll())).toEqual([row.id]);
	});
});

test('polls that overlap give each transaction once', async () => {
	const workflow = await published();
	const row = sandbox().addTransaction();
	sandbox().latencyMs = 300;
	const found = await Promise.all([workflow.poll(), workflow.poll(), workflow.poll()]);
	expect(found.flatMap((items) => idsOf(items) ?? [])).toEqual([row.id]);
});

test('a poll that n8n drops, because a new version was published meanwhile, is made up for', async () => {
	const workflow = await published();
	const row = sandbox().addTransaction();
	sandbox().latencyMs = 200;
	const dropped = workflow.poll();
	await waitUntil(() => calls().length === 1);
	workflow.start();
	const next = workflow.poll('update');
	expect(await dropped).toBeNull();
	expect(idsOf(await next)).toEqual([row.id]);
});

describe('a test in the editor', () => {
	test.each(['newestFirst', 'oldestFirst'] as const)(
		'shows the newest ones and leaves the mark alone (%s)',
		async (order) => {
			sandbox().variants.order = order;
			const workflow = await published();
			const row = sandbox().addTransaction();
			const newest = sandbox().data.transactions.slice(-30);
			newest.sort((a, b) => (a.transaction_date < b.transaction_date ? 1 : -1));
			const shown = idsOf(await workflow.test());
			expect(shown).toEqual(newest.slice(0, 10).map(({ id }) => id));
			expect(shown).toContain(row.id);
			expect(workflow.isChanged).toBe(false);
			expect(idsOf(await workflow.poll())).toEqual([row.id]);
		},
	);

	test('shows what the filters want, and nothing where there is none', async () => {
		const workflow = new PollingWorkflow(new SePayPollingTrigger(), connected(sandbox()));
		workflow.parameters = { filters: { transferType: 'out' } };
		workflow.start();
		const shown = await workflow.test();
		expect(shown.length).toBeGreaterThan(0);
		expect(shown.every(({ json }) => json.direction === 'out')).toBe(true);
		workflow.parameters = { filters: { code: 'NONE' } };
		workflow.start();
		expect(await workflow.test()).toEqual([]);
		expect(workflow.isChanged).toBe(false);
	});
});

describe('filters', () => {
	const byId = (value: string) => ({ __rl: true, mode: 'id', value });

	test.each<[IDataObject, number[]]>([
		[{}, [0, 1, 2, 3]],
		[{ bankAccountId: byId('12') }, [0, 1]],
		[{ bankAccountId: byId('12, 19') }, [0, 1, 3]],
		[{ bankAccountId: byId('') }, [0, 1, 2, 3]],
		[{ accountNumber: ' 109876543210 ' }, [2]],
		[{ transferType: 'out' }, [3]],
		[{ transferType: 'in', minAmount: 200_000 }, [1, 2]],
		[{ minAmount: 200_000, maxAmount: 200_000 }, [1]],
		[{ maxAmount: 0, minAmount: '300000' }, [2, 3]],
		[{ code: 'dh*' }, [0]],
		[{ content: 'TIEN NHA' }, [2]],
	])('%j', async (filters, expected) => {
		const workflow = await published({ filters });
		const sepay = sandbox();
		const came = [
			sepay.addTransaction({
				bank_account_id: 12,
				amount_in: 100_000,
				transaction_content: 'DH1042000',
			}),
			sepay.addTransaction({ bank_account_id: 12, amount_in: 200_000 }),
			sepay.addTransaction({
				bank_account_id: 17,
				amount_in: 300_000,
				transaction_content: 'tien nha',
			}),
			sepay.addTransaction({ bank_account_id: 19, amount_out: 400_000 }),
		];
		expect(idsOf(await workflow.poll())).toEqual(expected.map((index) => came[index].id));
		expect(await workflow.poll()).toBeNull();
	});

	test('SePay itself filters by one account', async () => {
		await (await published({ filters: { bankAccountId: byId('12') } })).poll();
		expect(calls().map(({ query }) => query.bank_account_id)).toEqual(['12']);
	});

	test.each<[IDataObject, string]>([
		[{ filters: { bankAccountId: byId('12/../19') } }, 'Bank Account must be a whole number'],
		[{ filters: { minAmount: 10.5 } }, 'Minimum Amount must be a whole amount in VND'],
		[{ filters: { maxAmount: '250.000' } }, 'Maximum Amount must be a whole amount in VND'],
		[{ filters: { minAmount: 2, maxAmount: 1 } }, 'Minimum Amount must be at most Maximum Amount'],
		[{ options: { lookBack: 0 } }, 'Look Back (Days) must be a whole number'],
		[{ options: { lookBack: 'x' } }, 'Look Back (Days) must be a whole number'],
	])('%j is refused before anything is asked', async (parameters, words) => {
		const workflow = new PollingWorkflow(new SePayPollingTrigger(), connected(sandbox()));
		workflow.parameters = parameters as never;
		workflow.start();
		await expect(workflow.poll()).rejects.toThrow(words);
		await expect(workflow.test()).rejects.toThrow(words);
		expect(calls()).toEqual([]);
	});
});

test('the first day listed follows Look Back', async () => {
	const workflow = await published({ options: { lookBack: 30 } });
	const mark = Object(workflow.stored['node:Poll']).mark;
	const row = sandbox().addTransaction({ transaction_date: vietnamTime(Date.now() - 86_400_000) });
	jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 25 * 86_400_000);
	expect(idsOf(await workflow.poll())).toEqual([row.id]);
	expect(calls()[0].query.from_date).toBe(mark.from);
	jest.restoreAllMocks();
});

test('a duplicated workflow does not go on from the mark of the first one', async () => {
	const workflow = await published();
	sandbox().addTransaction();
	expect(await workflow.poll()).toHaveLength(1);
	sandbox().addTransaction();
	workflow.id = 'w2';
	workflow.start();
	expect(await workflow.poll()).toBeNull();
	workflow.save();
	workflow.start(await inNewProcess());
	const row = sandbox().addTransaction();
	expect(idsOf(await workflow.poll('init'))).toEqual([row.id]);
});

describe('n8n is killed after it has stored the mark', () => {
	const pay = (count = 1) => Array.from({ length: count }, () => sandbox().addTransaction().id);

	/** A poll, and the end of n8n before it has stored the execution. */
	async function killedAfterPoll(workflow: PollingWorkflow) {
		const given = await workflow.pollOnly();
		workflow.start(await inNewProcess());
		return given!;
	}

	test('what the poll gave comes at the next start together with what is new, each once', async () => {
		const workflow = await published();
		const passed = pay(2);
		expect(idsOf(await workflow.poll())).toEqual(passed);
		const lost = pay(3);
		expect(idsOf(await killedAfterPoll(workflow))).toEqual(lost);
		const lostAgain = pay(2);
		expect(idsOf(await killedAfterPoll(workflow))).toEqual([...lost, ...lostAgain]);
		const fresh = pay(1);
		expect(idsOf(await workflow.poll('init'))).toEqual([...lost, ...lostAgain, ...fresh]);
		expect(await workflow.poll()).toBeNull();
	});

	test('a thousand, dated over the days of a pause, come once', async () => {
		const workflow = await published();
		jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 6 * 86_400_000);
		const ids = Array.from({ length: 1000 }, (_, index) => {
			const at = Date.now() - (1000 - index) * 500_000;
			return sandbox().addTransaction({ transaction_date: vietnamTime(at) }).id;
		});
		expect(idsOf(await killedAfterPoll(workflow))).toEqual(ids);
		expect(idsOf(await workflow.poll('init'))).toEqual(ids);
		expect(JSON.stringify(workflow.stored).length).toBeLessThan(1300 * 10);
		jest.restoreAllMocks();
	});

	test('or the execution too, which n8n runs after its start: each once', async () => {
		const workflow = await published();
		const ids = pay(2);
		const execution = await killedAfterPoll(workflow);
		const [first, second] = await Promise.all([workflow.run(execution), workflow.poll('init')]);
		expect(idsOf([...first, ...second!])).toEqual(ids);
	});

	test('SePay fails at the next start: nothing is lost', async () => {
		const workflow = await published();
		const lost = pay(1);
		await killedAfterPoll(workflow);
		sandbox().fault({ path: TRANSACTIONS, answer: { status: 400 } });
		await expect(workflow.poll('init')).rejects.toThrow('HTTP 400');
		expect(workflow.isChanged).toBe(false);
		workflow.start();
		expect(idsOf(await workflow.poll('init'))).toEqual(lost);
	});

	test('other filters and another credential at the next start: they hold for what is new', async () => {
		const workflow = await published({ filters: { minAmount: 1000 } });
		sandbox().addTransaction({ amount_in: 500 });
		const lost = sandbox().addTransaction({ amount_in: 60_000 });
		await killedAfterPoll(workflow);
		workflow.parameters = { filters: { maxAmount: 100_000 } };
		workflow.credentialId = 'c2';
		workflow.start();
		expect(idsOf(await workflow.poll('init'))).toEqual([lost.id]);
		const row = sandbox().addTransaction({ amount_in: 500 });
		expect(idsOf(await workflow.poll())).toEqual([row.id]);
	});
});

describe('what the runs have passed on is not passed on again', () => {
	test('after a restart: one run with nothing in it, and no more', async () => {
		const workflow = await published();
		sandbox().addTransaction();
		expect(await workflow.poll()).toHaveLength(1);
		workflow.start(await inNewProcess());
		expect(await workflow.poll('init')).toEqual([]);
		expect(await workflow.poll()).toBeNull();
		workflow.start();
		expect(await workflow.poll('update')).toBeNull();
	});

	test('when another main process polls, which gives once more what it does not know', async () => {
		const workflow = await published();
		const mains = [await inNewProcess(), await inNewProcess()];
		const turn = async (main: number) => {
			workflow.start(mains[main]);
			return await workflow.poll();
		};
		expect([await turn(0), await turn(1)]).toEqual([null, null]);
		sandbox().addTransaction();
		expect(await turn(0)).toHaveLength(1);
		expect([await turn(1), await turn(0), await turn(1)]).toEqual([[], null, null]);
	});

	test('when an older mark comes back', async () => {
		const workflow = await published();
		const older = workflow.stored;
		sandbox().addTransaction();
		expect(await workflow.poll()).toHaveLength(1);
		workflow.stored = older;
		workflow.start(await inNewProcess());
		const row = sandbox().addTransaction();
		expect(idsOf(await workflow.poll('init'))).toEqual([row.id]);
	});

	test('when runs are in other processes than polls', async () => {
		const main = await published();
		const worker = new PollingWorkflow(await inNewProcess(), connected(sandbox()));
		const rows = [sandbox().addTransaction(), sandbox().addTransaction()];
		const given = (await main.pollOnly())!;
		expect(idsOf(await worker.run(given))).toEqual(rows.map(({ id }) => id));
		expect(await main.pollOnly()).toBeNull();
		main.start(await inNewProcess());
		expect(await worker.run((await main.pollOnly('init'))!)).toEqual([]);
	});

	test('when a node of the same name takes the place of the one that passed it on', async () => {
		const workflow = await published();
		sandbox().addTransaction();
		expect(await workflow.poll()).toHaveLength(1);
		workflow.nodeId = 'n2';
		workflow.start(await inNewProcess());
		const row = sandbox().addTransaction();
		expect(idsOf(await workflow.poll('update'))).toEqual([row.id]);
	});

	test('however many came together', async () => {
		const workflow = await published();
		const items = Array.from({ length: 25_000 }, (_, id) => ({ json: { id } }));
		expect(await workflow.run(items)).toHaveLength(25_000);
		expect(await workflow.run([...items, { json: { id: 25_000 } }])).toHaveLength(1);
	});

	test('unless the run is repeated by hand, which counts', async () => {
		const workflow = await published();
		const ids = [sandbox().addTransaction().id, sandbox().addTransaction().id];
		const given = (await workflow.pollOnly())!;
		expect(idsOf(await workflow.run(given, 'retry'))).toEqual(ids);
		expect(idsOf(await workflow.run(given, 'retry'))).toEqual(ids);
		expect(await workflow.run(given)).toEqual([]);
	});

	test('a run cut before it began leaves it to the next start, also when it is repeated', async () => {
		const workflow = await published();
		const row = sandbox().addTransaction();
		const cut = (await workflow.pollOnly())!;
		workflow.start(await inNewProcess());
		expect(idsOf(await workflow.poll('init'))).toEqual([row.id]);
		expect(await workflow.run(cut, 'retry')).toEqual([]);
	});

	test('when n8n cannot record it, the run fails, and a repeated one passes it on', async () => {
		const workflow = await published();
		sandbox().addTransaction();
		const given = (await workflow.pollOnly())!;
		processedItemsFaults.before = () => {
			throw new Error('The database is locked');
		};
		await expect(workflow.run(given)).rejects.toThrow('The database is locked');
		processedItemsFaults.before = undefined;
		expect(await workflow.run(given, 'retry')).toHaveLength(1);
	});
});

test('an expired token is renewed on the way', async () => {
	const workflow = await published();
	const row = sandbox().addTransaction();
	sandbox().expireAccessTokens();
	expect(idsOf(await workflow.poll())).toEqual([row.id]);
});

test('what n8n stores holds no account, no amount and no memo', async () => {
	const workflow = await published();
	sandbox().addTransaction();
	await workflow.poll();
	const stored = JSON.stringify(workflow.stored);
	for (const { account_number } of sandbox().data.bankAccounts)
		expect(stored).not.toContain(account_number);
	const { mark, last, ...rest } = Object(workflow.stored['node:Poll']);
	expect(rest).toEqual({ workflowId: workflow.id });
	expect(Object.keys(last).sort()).toEqual(['before', 'digest', 'nodeId']);
	for (const known of [mark, last.before]) {
		expect(Object.keys(known).sort()).toEqual(['filters', 'from', 'known', 'source', 'wholeAt']);
	}
});
