import type { IDataObject, INode, INodeParameters, IRun } from 'n8n-workflow';
import { SePay } from '../../../../nodes/SePay/SePay.node';
import { outputOf, resumeNode, runNode } from '../../../harness/run';
import { simplifiedTransaction } from '../../../harness/simplified';
import { vietnamTime } from '../../../sandbox/clock';
import { credentialType, useSePayTester } from '../sePay';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const CODE = 'DH100001';
const tester = useSePayTester();
const type = new SePay();
let now: number;

beforeEach(() => {
	// Ten seconds past noon in Vietnam.
	now = Date.parse('2026-03-02T12:00:10+07:00');
	jest.spyOn(Date, 'now').mockImplementation(() => now);
	jest.spyOn(performance, 'now').mockReturnValue(HOUR);
});

afterEach(() => jest.restoreAllMocks());

const waitFor = (more: INodeParameters = {}): INodeParameters => ({
	resource: 'payment',
	operation: 'waitForPayment',
	code: CODE,
	amount: 100,
	giveUpAfter: 5,
	...more,
});

function underTest(
	parameters: INodeParameters = waitFor(),
	input: IDataObject[] = [{}],
	more: { onError?: INode['onError']; retryOnFail?: boolean; times?: number } = {},
) {
	const { credentials } = tester;
	const items = input.map((json) => ({ json }));
	const test = { type, parameters, credentials, credentialType, input: items, ...more };
	return {
		start: async () => await runNode(test),
		/** Lets time pass until n8n goes on with the run. */
		wake: async (run: IRun) => {
			now = run.waitTill!.getTime();
			return await resumeNode(test, run);
		},
		/** The end of the run, and after how many minutes it came. */
		end: async (run: IRun) => {
			const began = now;
			let last = run;
			while (last.waitTill) {
				now = last.waitTill.getTime();
				last = await resumeNode(test, last);
			}
			return { run: last, minutes: (now - began) / MINUTE, rows: rowsOf(last) };
		},
	};
}

const rowsOf = (run: IRun) => outputOf(run).map(({ json }) => json);

const pay = (amount_in: number, transaction_content = CODE, agoMs = 0, more = {}) =>
	tester.sandbox.addTransaction({
		transaction_content,
		amount_in,
		transaction_date: vietnamTime(now - agoMs),
		...more,
	});

const result = (verdict: string, paid: Array<ReturnType<typeof pay>>, code = CODE) => {
	const receivedAmount = paid.reduce((sum, { amount_in }) => sum + amount_in, 0);
	const amounts = { expectedAmount: 100, receivedAmount, difference: receivedAmount - 100 };
	return { verdict, code, ...amounts, transactions: paid.map(simplifiedTransaction) };
};

test('ends at once when it has been paid', async () => {
	pay(0, 'Hoan tien DH100001', 0, { amount_out: 100 });
	const paid = pay(100, 'MBVCB.3278907687.dh 100001.CT tu 0071000888888');
	const run = await underTest().start();
	expect(run.status).toBe('success');
	expect(rowsOf(run)).toEqual([result('paid', [paid])]);
	expect(tester.calls()).toEqual(['GET /transactions']);
});

test('waits until the next whole minute, and goes on in the place where it waited', async () => {
	const { start, wake } = underTest();
	const first = await start();
	expect(first.status).toBe('waiting');
	expect(first.waitTill!.getTime()).toBe(Date.parse('2026-03-02T12:01:00+07:00'));
	expect(outputOf(first)).toEqual([]);
	const second = await wake(first);
	expect(second.status).toBe('waiting');
	const paid = pay(100);
	const last = await wake(second);
	expect(last.status).toBe('success');
	const { Node: runs } = last.data.resultData.runData;
	expect(runs).toHaveLength(1);
	expect(runs[0].executionStatus).toBe('success');
	expect(outputOf(last)).toEqual([{ json: result('paid', [paid]), pairedItem: { item: 0 } }]);
	expect(tester.calls()).toHaveLength(3);
});

test('while n8n starts, which takes what runs for crashed, a run that goes on ends later', async () => {
	const { start, wake } = underTest();
	const uptime = jest.mocked(performance.now);
	const timer = setTimeout;
	const sleeps: unknown[] = [];
	jest.spyOn(globalThis, 'setTimeout').mockImplementation(((run: () => void, ms?: number) => {
		sleeps.push(ms);
		return timer(run, ms === 25_000 ? 0 : ms);
	}) as never);
	uptime.mockReturnValue(59_999);
	const first = await start();
	expect(sleeps).not.toContain(25_000);
	const second = await wake(first);
	expect(sleeps).toContain(25_000);
	sleeps.length = 0;
	uptime.mockReturnValue(60_000);
	const paid = pay(100);
	expect(rowsOf(await wake(second))).toEqual([result('paid', [paid])]);
	expect(sleeps).not.toContain(25_000);
});

test('waits for the rest of what came in parts', async () => {
	const { start, wake } = underTest();
	const parts = [pay(60)];
	const waiting = await start();
	now += 1000;
	parts.push(pay(40, `NGUYENVANA${CODE}CHUYENTIEN`));
	expect(rowsOf(await wake(waiting))).toEqual([result('paid', parts)]);
});

test.each([
	['expired', [], 5],
	['underpaid', [60, 39], 5],
	['overpaid', [101], 0],
	['overpaid', [100, 100], 0],
])('ends as %s after %j', async (verdict, amounts, minutes) => {
	const paid = amounts.map((amount) => pay(amount));
	const { start, end } = underTest();
	const ended = await end(await start());
	expect(ended.rows).toEqual([result(verdict, paid)]);
	// A little less than a minute more: checks are made on whole minutes.
	expect(Math.floor(ended.minutes)).toBe(minutes);
});

test('counts what came while the last minute passed', async () => {
	const { start, wake } = underTest(waitFor({ giveUpAfter: 1 }));
	const second = await wake(await start());
	now += 20_000;
	const paid = pay(100);
	expect(rowsOf(await wake(second))).toEqual([result('paid', [paid])]);
});

test('checks as seldom as it is asked to', async () => {
	const { start, end } = underTest(waitFor({ checkEvery: 15, giveUpAfter: 40 }));
	const { rows, minutes } = await end(await start());
	expect(rows).toEqual([result('expired', [])]);
	expect(Math.ceil(minutes)).toBe(45);
	expect(tester.calls()).toHaveLength(4);
});

test('keeps to what it was asked for at first', async () => {
	let code = CODE;
	const parameters = waitFor({ code: '={{ $json.code() }}' });
	const { start, wake } = underTest(parameters, [{ code: (() => code) as never }]);
	const waiting = await start();
	code = 'DH999999';
	const paid = pay(100);
	expect(rowsOf(await wake(waiting))).toEqual([result('paid', [paid])]);
});

test('waits anew at each round of a loop', async () => {
	const { start, end } = underTest(waitFor({ code: '=DH20000{{ $runIndex }}' }), [{}], {
		times: 2,
	});
	const waiting = await start();
	const paid = [pay(100, 'DH200000'), pay(100, 'DH200001', -3 * MINUTE)];
	const { run } = await end(waiting);
	const { Node: rounds } = run.data.resultData.runData;
	expect(rounds.map(({ data }) => data!.main[0]!.map(({ json }) => json))).toEqual([
		[result('paid', [paid[0]], 'DH200000')],
		[result('paid', [paid[1]], 'DH200001')],
	]);
});

test('waits for each item on its own', async () => {
	const codes = ['DH100001', 'DH100002', 'DH100003'];
	const { start, end } = underTest(
		waitFor({ code: '={{ $json.code }}', giveUpAfter: '={{ $json.minutes }}' }),
		codes.map((code, index) => ({ code, minutes: index + 1 })),
	);
	const first = pay(100, codes[0]);
	const waiting = await start();
	const third = pay(150, codes[2]);
	const { run, rows } = await end(waiting);
	expect(rows).toEqual([
		result('paid', [first], codes[0]),
		result('expired', [], codes[1]),
		result('overpaid', [third], codes[2]),
	]);
	expect(outputOf(run).map(({ pairedItem }) => pairedItem)).toEqual(
		codes.map((_code, item) => ({ item })),
	);
});

test('any number of executions share a call for each check', async () => {
	const orders = Array.from({ length: 40 }, (_, order) => `DH${200_000 + order}`);
	const tests = orders.map((code) => underTest(waitFor({ code })));
	const waiting = await Promise.all(tests.map(async ({ start }) => await start()));
	expect(tester.calls()).toHaveLength(1);
	for (const code of orders) pay(100, code);
	const ended = await Promise.all(tests.map(async ({ wake }, index) => await wake(waiting[index])));
	expect(ended.map((run) => rowsOf(run)[0].verdict)).toEqual(orders.map(() => 'paid'));
	expect(tester.calls()).toHaveLength(2);
});

test('a failure is shared as well, and does not end a wait before its time', async () => {
	const tests = Array.from({ length: 10 }, () => underTest(waitFor({ giveUpAfter: 2 })));
	const waiting = await Promise.all(tests.map(async ({ start }) => await start()));
	tester.sandbox.clearRequests();
	const mend = tester.sandbox.fault({
		path: '/api/v1/transactions',
		answer: { status: 400, body: { status: 'error', message: 'out of order' } },
	});
	const later = await Promise.all(tests.map(async ({ wake }, index) => await wake(waiting[index])));
	expect(later.map(({ status }) => status)).toEqual(tests.map(() => 'waiting'));
	expect(tester.calls()).toHaveLength(1);
	mend();
	const paid = pay(100);
	expect(rowsOf(await tests[0].wake(later[0]))).toEqual([result('paid', [paid])]);
});

test('fails when SePay cannot tell at first, or when the time is over', async () => {
	const { start, wake } = underTest(waitFor({ giveUpAfter: 1 }));
	const waiting = await wake(await start());
	tester.sandbox.fault({
		path: '/api/v1/transactions',
		answer: { status: 400, body: { status: 'error', message: 'out of order' } },
	});
	for (const run of [await wake(waiting), await start()]) {
		expect(run.status).toBe('error');
		expect(run.data.resultData.error!.message).toContain('out of order');
	}
});

test.each([
	['continueRegularOutput', 0],
	['continueErrorOutput', 1],
] as const)(
	'with %s an end that SePay cannot tell is no success, and the next round waits for its own',
	async (onError, output) => {
		const { start, wake } = underTest(
			waitFor({ code: '=DH20000{{ $runIndex }}', giveUpAfter: 1 }),
			[{ order: 1 }],
			{ onError, times: 2 },
		);
		const waiting = await wake(await start());
		const [, paid] = [pay(100, 'DH200000'), pay(100, 'DH200001')];
		tester.sandbox.fault({
			path: '/api/v1/transactions',
			answer: { status: 400, body: { status: 'error', message: 'out of order' } },
		});
		tester.sandbox.clearRequests();
		// The next round begins a minute after the look that fails.
		const clock = jest.spyOn(Date, 'now');
		clock.mockImplementation(() => now + tester.calls().length * MINUTE);
		const { data } = await wake(waiting);
		const [first, second] = data.resultData.runData.Node.map((round) =>
			round.data!.main.map((items) => items?.map(({ json }) => json)),
		);
		expect(first[output]).toEqual([{ error: expect.stringContaining('out of order') }]);
		expect(second[0]).toEqual([result('paid', [paid], 'DH200001')]);
	},
);

test.each([
	[24, 24 * HOUR, true],
	[24, 24 * HOUR + 1000, false],
	[0, 1000, false],
	[48, 47 * HOUR, true],
])('looking back %i hours, a transfer of %i ms before: %s', async (hours, agoMs, counts) => {
	const paid = pay(100, CODE, agoMs);
	const { start } = underTest(waitFor({ options: { lookBackHours: hours } }));
	const run = await start();
	expect(run.status).toBe(counts ? 'success' : 'waiting');
	if (counts) expect(rowsOf(run)).toEqual([result('paid', [paid])]);
});

test.each([
	['12:00:00', 'success'],
	['11:59:00', 'waiting'],
	['12:00:09', 'waiting'],
	['12:00:10', 'success'],
])('begun at 12:00:10 without looking back, one dated %s: %s', async (time, status) => {
	pay(100, CODE, 0, { transaction_date: `2026-03-02 ${time}` });
	expect((await underTest(waitFor({ options: { lookBackHours: 0 } })).start()).status).toBe(status);
});

test('is not paid by a transfer with two codes, be it by the formats of the account', async () => {
	pay(200, 'DH100001 va DH100002');
	pay(100, 'DH100001 TT77', 0, { code: null });
	const formats = [
		{ prefix: 'DH', suffix_from: 3, suffix_to: 10, character_type: 'NumberOnly' },
		{ prefix: 'TT', suffix_from: 2, suffix_to: 5, character_type: 'NumberOnly' },
	];
	const codeFormats = JSON.stringify(formats);
	const { start, end } = underTest(waitFor({ options: { codeFormats } }));
	expect((await end(await start())).rows).toEqual([result('expired', [])]);
	const guessed = await underTest().start();
	expect(rowsOf(guessed)).toMatchObject([{ verdict: 'paid', receivedAmount: 100 }]);
});

test('takes an amount as SePay writes it', async () => {
	const paid = pay(100);
	const run = await underTest(waitFor({ amount: '={{ "100.00" }}' })).start();
	expect(rowsOf(run)).toEqual([result('paid', [paid])]);
});

test('does not count an amount that it cannot read', async () => {
	pay(99.5);
	const { start, end } = underTest();
	expect((await end(await start())).rows).toEqual([result('expired', [])]);
});

test('asks nobody when no item can be waited for', async () => {
	const run = await underTest(waitFor({ amount: 0 }), [{}], {
		onError: 'continueRegularOutput',
	}).start();
	expect(rowsOf(run)).toEqual([{ error: expect.stringContaining('Amount must be') }]);
	expect(tester.calls()).toEqual([]);
});

test('looks further back for one that asks for it, whatever others have read', async () => {
	const paid = pay(100, CODE, 47 * HOUR);
	const near = await underTest(waitFor({ options: { lookBackHours: 0 } })).start();
	expect(near.status).toBe('waiting');
	const far = await underTest(waitFor({ options: { lookBackHours: 48 } })).start();
	expect(rowsOf(far)).toEqual([result('paid', [paid])]);
});

test('those that look back to different days share a call for each check as well', async () => {
	const [near, far] = [24, 240].map((lookBackHours, order) =>
		underTest(waitFor({ code: `DH${200_000 + order}`, options: { lookBackHours } })),
	);
	const waiting = { far: await far.start(), near: await near.start() };
	tester.sandbox.clearRequests();
	const later = { near: await near.wake(waiting.near), far: await far.wake(waiting.far) };
	expect([later.near.status, later.far.status]).toEqual(['waiting', 'waiting']);
	expect(tester.calls()).toHaveLength(1);
});

test('counts a transfer once, though the bank corrects its date to a later day', async () => {
	const part = pay(60, CODE, 8 * 24 * HOUR);
	pay(5, 'another one');
	const { start, wake } = underTest(waitFor({ options: { lookBackHours: 240 } }));
	const first = await start();
	part.transaction_date = vietnamTime(now);
	const second = await wake(first);
	expect(second.status).toBe('waiting');
	const rest = pay(40);
	expect(rowsOf(await wake(second))).toEqual([result('paid', [part, rest])]);
});

test('waits over midnight', async () => {
	now = Date.parse('2026-03-02T23:58:30+07:00');
	const { start, end } = underTest();
	const parts = [pay(60)];
	const waiting = await start();
	now += 3 * MINUTE;
	parts.push(pay(40));
	now -= 3 * MINUTE;
	expect((await end(waiting)).rows).toEqual([result('paid', parts)]);
});

test('counts transfers to the account alone', async () => {
	pay(100);
	const { start, wake } = underTest(waitFor({ options: { accountNumber: '1200 456789' } }));
	const waiting = await start();
	expect(waiting.status).toBe('waiting');
	const paid = pay(100, CODE, 0, { bank_account_id: 14 });
	expect(rowsOf(await wake(waiting))).toEqual([result('paid', [paid])]);
});

test.each<[string, INodeParameters, string]>([
	['a code without letters', { code: '1042' }, 'Payment Code must be'],
	['a code with a letter that no code has', { code: 'ĐHA1042' }, 'Payment Code must be'],
	['a code with an accent', { code: 'MAÃ1042' }, 'Payment Code must be'],
	['an amount of 0', { amount: 0 }, 'Amount must be'],
	['a fraction', { amount: 0.5 }, 'Amount must be'],
	['10^13 VND', { amount: 10 ** 13 }, 'Amount must be'],
	['an amount in two ways', { amount: '={{ "250.000" }}' }, 'Amount must be a whole amount in VND'],
	[
		'a list that is none',
		{ options: { codeFormats: '{}' } },
		'Payment Code Formats must be a list',
	],
	[
		'a format without a suffix',
		{ options: { codeFormats: '[{ "prefix": "DH" }]' } },
		'Payment Code Formats must be a list of formats, but number 1 is not one',
	],
	['no time', { giveUpAfter: 0 }, 'Timeout (Minutes) must be a whole number from 1 to 43200'],
	[
		'half a minute',
		{ checkEvery: 0.5 },
		'Check Every (Minutes) must be a whole number from 1 to 1440',
	],
	['a look-back of a year', { options: { lookBackHours: 9000 } }, 'Look Back (Hours) must be'],
])('refuses %s before anything is sent', async (_name, parameters, message) => {
	const run = await underTest(waitFor(parameters)).start();
	expect(run.data.resultData.error!.message).toContain(message);
	expect(tester.calls()).toEqual([]);
});

test('an item that cannot be waited for does not keep the others from waiting', async () => {
	const { start, wake } = underTest(
		waitFor({ amount: '={{ $json.amount }}' }),
		[{ amount: 0 }, { amount: 100 }],
		{ onError: 'continueRegularOutput' },
	);
	const waiting = await start();
	expect(waiting.status).toBe('waiting');
	const paid = pay(100);
	const last = await wake(waiting);
	expect(rowsOf(last)).toEqual([
		{ error: expect.stringContaining('Amount must be from 1') },
		result('paid', [paid]),
	]);
});

test('ends with an item that cannot be waited for, though n8n repeats what gave an error', async () => {
	const { start, wake } = underTest(
		waitFor({ amount: '={{ $json.amount }}', giveUpAfter: 1 }),
		[{ amount: 0 }, { amount: 100 }],
		{ onError: 'continueRegularOutput', retryOnFail: true },
	);
	const last = await wake(await wake(await start()));
	expect(rowsOf(last)).toEqual([
		{ error: expect.stringContaining('Amount must be from 1') },
		result('expired', []),
	]);
});
