import { outputOf, resumeNode, runNode } from '../../../harness/run';
import { vietnamTime } from '../../../sandbox/clock';
import { nodeType } from '../sePay';
import { byToken, simplifiedByToken, useTokenTester } from './sePayToken';

const tester = useTokenTester();
let now: number;

beforeEach(() => {
	now = Date.parse('2026-03-02T12:00:10+07:00');
	jest.spyOn(Date, 'now').mockImplementation(() => now);
	jest.spyOn(performance, 'now').mockReturnValue(3_600_000);
});

afterEach(() => jest.restoreAllMocks());

test('Wait for Payment asks for what is new, and adds up what came to the VA', async () => {
	const test = {
		type: nodeType,
		parameters: {
			...byToken('payment', 'waitForPayment'),
			code: 'HOC1AB',
			amount: 100,
			options: { accountNumber: 'OCBHS0001', lookBackHours: 1 },
		},
		credentials: tester.credentials,
		credentialType: 'sePayTokenApi',
	};
	const pay = (amount_in: number, agoMs: number) =>
		tester.sandbox.addTransaction({
			transaction_content: 'hoc phi hoc1ab',
			bank_account_id: 21,
			amount_in,
			transaction_date: vietnamTime(now - agoMs),
		});
	pay(50, 3_601_000);
	const parts = [pay(40, 3_600_000)];
	const waiting = await runNode(test);
	expect(waiting.status).toBe('waiting');
	now = waiting.waitTill!.getTime();
	parts.push(pay(60, 0));
	const ended = await resumeNode(test, waiting);
	expect(outputOf(ended).map(({ json }) => json)).toEqual([
		{
			verdict: 'paid',
			code: 'HOC1AB',
			expectedAmount: 100,
			receivedAmount: 100,
			difference: 0,
			transactions: parts.map(simplifiedByToken),
		},
	]);
	expect(tester.sent().map(({ call, query }) => [call, query.transaction_date_from])).toEqual([
		['GET /transactions', '2026-03-02 00:00:00'],
		['GET /transactions', '2026-03-02 00:00:00'],
	]);
});

test('Match takes transactions as the token lists them, simplified or not', async () => {
	const row = tester.sandbox.addTransaction({ transaction_content: 'DH100001', amount_in: 100 });
	for (const simplify of [true, false]) {
		const { rows: input } = await tester.run({ ...byToken('transaction', 'getAll'), simplify });
		const [{ verdict, transactions }] = await tester.rows(
			{
				...byToken('payment', 'match'),
				expectedPayments: {
					payment: [{ code: 'DH100001', amount: 100, accountNumber: row.account_number }],
				},
			},
			{ input },
		);
		expect([verdict, transactions]).toEqual(['paid', input]);
	}
});
