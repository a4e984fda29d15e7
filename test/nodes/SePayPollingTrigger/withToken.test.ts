import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { SePayPollingTrigger } from '../../../nodes/SePayPollingTrigger/SePayPollingTrigger.node';
import { validateRequest } from '../../contract';
import { runListSearch } from '../../harness/loadOptions';
import { byId } from '../../harness/nodeTester';
import { PollingWorkflow } from '../../harness/poll';
import { simplifiedTransaction } from '../../harness/simplified';
import { uuidOf, type Sandbox, type Transaction } from '../../sandbox';
import { callTokenApi, passHourTurn, useSandbox } from '../../sandbox/testing';
import { connected, withToken } from '../shared/inNode';

jest.setTimeout(120_000);

type Variants = Sandbox['tokenApi']['variants'];

const TRANSACTIONS = '/v2/transactions';
const sandbox = useSandbox({ transactions: 300 });

beforeEach(passHourTurn);

afterEach(() => {
	for (const { method, path, query, body } of calls()) {
		expect(validateRequest(method, path, query, body)).toEqual([]);
	}
});

function unpublished(parameters: INodeParameters = {}): PollingWorkflow {
	const workflow = new PollingWorkflow(new SePayPollingTrigger(), withToken(sandbox()));
	workflow.credentialType = 'sePayTokenApi';
	workflow.parameters = { authentication: 'apiToken', ...parameters };
	workflow.start();
	return workflow;
}

async function published(parameters?: INodeParameters): Promise<PollingWorkflow> {
	const workflow = unpublished(parameters);
	expect(await workflow.poll('activate')).toBeNull();
	workflow.save();
	sandbox().clearRequests();
	return workflow;
}

const uuid = ({ id }: { id: number }) => uuidOf('transaction', id);
const account = (id: number) => uuidOf('account', id);
const idsOf = (items: INodeExecutionData[] | null) => items?.map(({ json }) => json.id) ?? null;
const calls = () => sandbox().requests.filter(({ path }) => path === TRANSACTIONS);
const daysAgo = (days: number) =>
	new Date(Date.now() + (7 - 24 * days) * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

/** Inserts a transaction where its ID belongs: SePay may have given the ID before the row shows. */
function insert(fields: Partial<Transaction>): Transaction {
	const row = sandbox().addTransaction(fields);
	sandbox().data.transactions.sort((a, b) => a.id - b.id);
	return row;
}

test('the first poll gives nothing, the next ones what came, the flat object with its UUID', async () => {
	const workflow = await published();
	const row = sandbox().addTransaction({ transaction_content: 'NGUYEN VAN AN DH1042000' });
	const inVa = sandbox().addTransaction({ bank_account_id: 14 });
	const out = sandbox().addTransaction({ amount_out: 90_000 });
	expect((await workflow.poll())!.map(({ json }) => json)).toEqual(
		[row, inVa, out].map((one) => ({ ...simplifiedTransaction(one), id: uuid(one) })),
	);
	expect(await workflow.poll()).toBeNull();
});

test('without Simplify rows come as SePay sends them', async () => {
	const workflow = await published({ simplify: false });
	const row = sandbox().addTransaction();
	const { body } = await callTokenApi(sandbox(), 'GET', `/transactions/${uuid(row)}`);
	expect((await workflow.poll())!.map(({ json }) => json)).toEqual([body.data]);
});

test('a poll asks for what comes after the newest one and for one page of the days, no more', async () => {
	const workflow = await published();
	const newest = [...sandbox().data.transactions].sort((a, b) =>
		a.transaction_date < b.transaction_date ? -1 : 1,
	);
	await workflow.poll();
	const query = {
		transaction_date_from: expect.stringMatching(/^\d{4}-\d{2}-\d{2} 00:00:00$/),
		transaction_date_sort: 'desc',
		page: '1',
		per_page: '100',
	};
	expect(calls().map(({ query }) => query)).toEqual([
		{ since_id: uuid(newest.at(-1)!), ...query },
		query,
	]);
});

test.each<Partial<Variants>>([
	{},
	{ sinceId: 'time' },
	{ maxPerPage: 20 },
	{ sinceId: 'time', maxPerPage: 20, unknownSinceId: 'refused' },
])(
	'late, out of order, in one second and over midnight, 130 at once, with %j: each once',
	async (variants) => {
		Object.assign(sandbox().tokenApi.variants, variants);
		const workflow = await published();
		const next = sandbox().data.transactions.at(-1)!.id + 1;
		const came = Array.from({ length: 130 }, (_, index) =>
			insert({
				id: next + ((index * 37) % 130),
				transaction_date: index % 2 ? '2126-03-09 23:59:59' : '2126-03-10 00:00:00',
			}),
		);
		const first = idsOf(await workflow.poll())!;
		expect([...first].sort()).toEqual(came.map(uuid).sort());

		// An ID from before all others, dated two days before now.
		const late = insert({ id: 1, transaction_date: daysAgo(2) });
		expect(idsOf(await workflow.poll())).toEqual([uuid(late)]);
		expect(await workflow.poll()).toBeNull();
		workflow.save();
		workflow.start();
		expect(await workflow.poll('init')).toBeNull();
	},
);

test.each(['nothing', 'refused', 'ignored'] as const)(
	'when SePay knows the newest one no more (%s), the days are read: none lost, none twice',
	async (unknownSinceId) => {
		sandbox().tokenApi.variants.unknownSinceId = unknownSinceId;
		const workflow = await published();
		const last = sandbox().addTransaction();
		expect(idsOf(await workflow.poll())).toEqual([uuid(last)]);
		sandbox().data.transactions.pop();
		const row = sandbox().addTransaction({ id: last.id + 1 });
		expect(idsOf(await workflow.poll())).toEqual([uuid(row)]);
		expect(await workflow.poll()).toBeNull();
	},
);

test('after a restart it goes on from the mark that n8n stored', async () => {
	const workflow = await published();
	const first = sandbox().addTransaction();
	expect(idsOf(await workflow.poll())).toEqual([uuid(first)]);
	const second = sandbox().addTransaction();
	workflow.start();
	expect(idsOf(await workflow.poll('init'))).toEqual([uuid(second)]);
	workflow.start();
	expect(await workflow.poll('init')).toBeNull();
});

describe('a failed poll moves nothing', () => {
	test.each([1, 2])('when call %i of a poll fails', async (failing) => {
		const workflow = await published();
		const row = sandbox().addTransaction();
		const { push } = sandbox().requests;
		let call = 0;
		sandbox().requests.push = function (...requests) {
			if (++call === failing) sandbox().fault({ path: TRANSACTIONS, answer: { status: 403 } });
			return push.apply(this, requests);
		};
		await expect(workflow.poll()).rejects.toThrow('SePay denied access');
		expect(workflow.isChanged).toBe(false);
		expect(idsOf(await workflow.poll())).toEqual([uuid(row)]);
	});

	test.each([
		['is of Test Mode', ({ tokens }: Sandbox['tokenApi']) => tokens.test],
		['is too short', ({ token }: Sandbox['tokenApi']) => token.slice(1)],
	])('when the token %s, and says what a token is', async (_name, tokenFrom) => {
		const workflow = await published();
		const row = sandbox().addTransaction();
		const { sePayTokenApi } = workflow.credentials.store;
		sePayTokenApi.apiToken = tokenFrom(sandbox().tokenApi);
		await expect(workflow.poll()).rejects.toThrow(
			/SePay rejected the credential.*64 letters and digits.*Test Mode/,
		);
		expect(workflow.isChanged).toBe(false);
		sePayTokenApi.apiToken = sandbox().tokenApi.token;
		expect(idsOf(await workflow.poll())).toEqual([uuid(row)]);
	});
});

describe('filters', () => {
	test.each<[IDataObject, number[]]>([
		[{}, [0, 1, 2]],
		[{ bankAccountId: byId(account(12)) }, [0]],
		[{ bankAccountId: byId(account(12).toUpperCase()) }, [0]],
		[{ bankAccountId: byId(`${account(12)}, ${account(19)}`) }, [0, 2]],
		[{ accountNumber: '109876543210' }, [1]],
		[{ transferType: 'out' }, [2]],
		[{ minAmount: 200_000, code: 'dh*' }, [1]],
	])('%j', async (filters, expected) => {
		const workflow = await published({ filters } as never);
		const came = [
			sandbox().addTransaction({ amount_in: 100_000, transaction_content: 'DH1042000' }),
			sandbox().addTransaction({
				bank_account_id: 17,
				amount_in: 200_000,
				transaction_content: 'DH1042001',
			}),
			sandbox().addTransaction({ bank_account_id: 19, amount_out: 400_000 }),
		];
		expect(idsOf(await workflow.poll())).toEqual(expected.map((index) => uuid(came[index])));
		expect(await workflow.poll()).toBeNull();
	});

	test('SePay itself filters by one account, and a poll stays as short', async () => {
		const workflow = await published({ filters: { bankAccountId: byId(account(12)) } } as never);
		await workflow.poll();
		expect(calls().map(({ query }) => query.bank_account_id)).toEqual([account(12), account(12)]);
	});

	test('an ID of the other API is refused before anything is asked, both ways', async () => {
		const workflow = unpublished({ filters: { bankAccountId: byId('12') } } as never);
		await expect(workflow.poll()).rejects.toThrow('Bank Account must be a UUID like');
		const other = new PollingWorkflow(new SePayPollingTrigger(), connected(sandbox()));
		other.parameters = { filters: { bankAccountId: byId(account(12)) } } as never;
		other.start();
		await expect(other.poll()).rejects.toThrow('Bank Account must be a whole number');
		expect(sandbox().requests).toEqual([]);
	});

	test('accounts are listed with their UUIDs', async () => {
		const { results } = await runListSearch({
			type: new SePayPollingTrigger(),
			method: 'getBankAccounts',
			credentials: withToken(sandbox()),
			credentialType: 'sePayTokenApi',
			parameters: { authentication: 'apiToken' },
			filter: 'bidv',
		});
		expect(results).toEqual([{ name: 'BIDV 1200456789 (Hộ kinh doanh)', value: account(14) }]);
	});
});

test('a test in the editor shows the newest and leaves the mark alone', async () => {
	const workflow = await published();
	const row = sandbox().addTransaction();
	const shown = idsOf(await workflow.test())!;
	expect(shown).toHaveLength(10);
	expect(shown[0]).toBe(uuid(row));
	expect(workflow.isChanged).toBe(false);
	expect(idsOf(await workflow.poll())).toEqual([uuid(row)]);
});

test('a workflow that changes from OAuth2 to the token sets its mark anew and doubles nothing', async () => {
	const workflow = new PollingWorkflow(new SePayPollingTrigger(), connected(sandbox()));
	expect(await workflow.poll()).toBeNull();
	sandbox().addTransaction();
	expect(await workflow.poll()).toHaveLength(1);

	workflow.credentials = withToken(sandbox());
	workflow.credentialType = 'sePayTokenApi';
	workflow.credentialId = 'c2';
	workflow.parameters = { authentication: 'apiToken' };
	workflow.start();
	expect(await workflow.poll('update')).toBeNull();
	const row = sandbox().addTransaction();
	expect(idsOf(await workflow.poll())).toEqual([uuid(row)]);
});

test("another company's token sets the mark anew and brings none of its older transactions", async () => {
	const workflow = await published();
	for (const row of sandbox().data.transactions) row.id += 100_000;
	workflow.credentialId = 'c2';
	workflow.start();
	expect(await workflow.poll('update')).toBeNull();
	const row = sandbox().addTransaction();
	expect(idsOf(await workflow.poll())).toEqual([uuid(row)]);
});

test('so does another Environment in the same credential', async () => {
	const workflow = await published();
	for (const row of sandbox().data.transactions) row.id += 100_000;
	const stored = workflow.credentials.store.sePayTokenApi;
	stored.baseUrl = String(stored.baseUrl).replace('127.0.0.1', 'localhost');
	expect(await workflow.poll()).toBeNull();
	const row = sandbox().addTransaction();
	expect(idsOf(await workflow.poll())).toEqual([uuid(row)]);
});

test('what n8n stores holds no token, no account and no memo', async () => {
	const workflow = await published();
	const row = sandbox().addTransaction({ transaction_content: 'NGUYEN VAN AN DH1042000' });
	await workflow.poll();
	const stored = JSON.stringify(workflow.stored);
	for (const secret of [sandbox().tokenApi.token, row.account_number, 'DH1042000']) {
		expect(stored).not.toContain(secret);
	}
	expect(Object(workflow.stored['node:Poll']).mark.cursor).toBe(uuid(row));
});
