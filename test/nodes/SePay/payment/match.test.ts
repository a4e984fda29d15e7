import type { IDataObject } from 'n8n-workflow';
import { simplified } from '../../../harness/simplified';
import { useSePay } from '../sePay';

const bench = useSePay();

const match = (...payment: IDataObject[]) =>
	({ resource: 'payment', operation: 'match', expectedPayments: { payment } }) as never;

const pay = (transaction_content: string, amount_in: number, more = {}) =>
	simplified(bench.sandbox.addTransaction({ transaction_content, amount_in, ...more }));

test('gives each payment and each transaction left over one verdict', async () => {
	const input = [
		pay('DH100001', 100),
		pay('DH100002 lan 1', 60),
		pay('DH100003', 101),
		pay('tien hang', 5),
		pay('ck dh100002 lan 2', 39),
		pay('DH100004', 100),
		pay('DH100004', 100),
		pay('Hoan tien', 0, { amount_out: 7 }),
	];
	const codes = ['DH100001', 'DH100002', 'DH100003', 'DH100004', 'DH100005'];
	const { items } = await bench.run(match(...codes.map((code) => ({ code, amount: 100 }))), {
		input,
	});
	const verdict = (
		name: string,
		code: string | null,
		from: number[],
		receivedAmount: number,
		reason: string | null = null,
	) => ({
		json: {
			verdict: name,
			code,
			expectedAmount: code && 100,
			receivedAmount,
			difference: code && receivedAmount - 100,
			reason,
			transactions: from.map((item) => input[item]),
		},
		pairedItem: from.map((item) => ({ item })),
	});
	expect(items.map(({ json, pairedItem }) => ({ json, pairedItem }))).toEqual([
		verdict('paid', 'DH100001', [0], 100),
		verdict('underpaid', 'DH100002', [1, 4], 99),
		verdict('overpaid', 'DH100003', [2], 101),
		verdict('duplicate', 'DH100004', [5, 6], 200),
		verdict('unmatched', 'DH100005', [], 0, 'no transfer has its payment code'),
		verdict('unmatched', null, [3], 5, 'it has no expected payment code'),
		verdict('unmatched', null, [7], 7, 'money went out'),
	]);
	expect(bench.calls()).toEqual([]);
});

test('counts a transaction once that came twice', async () => {
	const payment = pay('DH100001', 100);
	const rows = await bench.rows(match({ code: 'DH100001', amount: 100 }), {
		input: [payment, payment],
	});
	expect(rows.map(({ verdict }) => verdict)).toEqual(['paid']);
});

test('counts transfers to the account expected alone, be it a VA', async () => {
	const input = [
		pay('HOC1AB', 100, { bank_account_id: 21 }),
		pay('DH100001', 100),
		pay('DH100002', 100),
	];
	const rows = await bench.rows(
		match(
			{ code: 'HOC1AB', amount: 100, accountNumber: 'OCBHS 0001' },
			{ code: 'DH100001', amount: 100, accountNumber: '0071000888888' },
			{ code: 'DH100002', amount: 100, accountNumber: '999' },
		),
		{ input },
	);
	expect(rows.map(({ verdict, reason }) => [verdict, reason])).toEqual([
		['paid', null],
		['paid', null],
		['unmatched', 'no transfer has its payment code'],
		['unmatched', 'DH100002 is expected to another account'],
	]);
});

test('says that a memo has the codes of several payments', async () => {
	const input = [pay('tra DH100001 va TT777', 200, { code: null })];
	const rows = await bench.rows(
		match({ code: 'DH100001', amount: 100 }, { code: 'TT777', amount: 100 }),
		{ input },
	);
	expect(rows.map(({ reason }) => reason)).toEqual([
		'no transfer has its payment code',
		'no transfer has its payment code',
		'it has several payment codes: DH100001, TT777',
	]);
});

test.each([
	['as text', '[{ "code": "dh-100001", "amount": "100", "customer": "Lan" }]'],
	['by an expression', '={{ [{ code: "DH100001", amount: 100, customer: "Lan" }] }}'],
])('takes the expected payments as JSON, %s', async (_name, expectedJson) => {
	const rows = await bench.rows(
		{ resource: 'payment', operation: 'match', expectedFrom: 'json', expectedJson },
		{ input: [pay('DH100001', 100)] },
	);
	expect(rows).toMatchObject([{ verdict: 'paid', code: 'DH100001' }]);
});

test('takes the empty item of "Always Output Data" for nothing', async () => {
	const rows = await bench.rows(match({ code: 'DH100001', amount: 100 }), { input: [{}] });
	expect(rows.map(({ verdict }) => verdict)).toEqual(['unmatched']);
});

test.each<[string, IDataObject[], string]>([
	[
		'a code without letters',
		[{ code: '1042', amount: 1 }],
		'Payment Code must be a prefix of 2 to 10 letters',
	],
	['no code', [{ code: '={{ "" }}', amount: 1 }], 'Payment Code must be'],
	['an amount of 0', [{ code: 'DH1', amount: 0 }], 'Amount must be from 1'],
	['a fraction', [{ code: 'DH1', amount: 1.5 }], 'Amount must be a whole amount in VND'],
	['no amount', [{ code: 'DH1', amount: null }], 'Amount must be'],
	[
		'a code twice',
		[
			{ code: 'DH1', amount: 1 },
			{ code: 'dh 1', amount: 2 },
		],
		'Expected Payments must be one for each payment code',
	],
])('refuses %s', async (_name, payments, message) => {
	expect((await bench.failure(match(...payments), { input: [{ id: 1 }] })).message).toContain(
		message,
	);
});

test.each(['{"code":', '{}', '[1]', '"DH1"'])('refuses %s as the list', async (expectedJson) => {
	const { message } = await bench.failure(
		{ resource: 'payment', operation: 'match', expectedFrom: 'json', expectedJson },
		{ input: [{ id: 1 }] },
	);
	expect(message).toContain('Expected Payments must be a list');
});

test('with "Continue (On Fail)" what cannot be matched is told of each item', async () => {
	const input = [pay('DH100001', 100), pay('DH100002', 100)];
	const parameters = match({ code: '1042', amount: 100 });
	const { items } = await bench.run(parameters, { input, onError: 'continueRegularOutput' });
	expect(items.map(({ json, pairedItem }) => ({ json, pairedItem }))).toEqual(
		input.map((_json, item) => ({
			json: { error: expect.stringContaining('Payment Code must be') },
			pairedItem: { item },
		})),
	);
});
