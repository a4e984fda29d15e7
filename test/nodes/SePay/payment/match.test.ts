import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { simplifiedTransaction } from '../../../harness/simplified';
import { useSePayTester } from '../sePay';

const tester = useSePayTester();

const match = (...payment: IDataObject[]) =>
	({ resource: 'payment', operation: 'match', expectedPayments: { payment } }) as never;

const pay = (transaction_content: string, amount_in: number, more = {}) =>
	simplifiedTransaction(tester.sandbox.addTransaction({ transaction_content, amount_in, ...more }));

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
	const { items } = await tester.run(match(...codes.map((code) => ({ code, amount: 100 }))), {
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
		verdict('unmatched', 'DH100005', [], 0, 'no transfer has this payment code'),
		verdict('unmatched', null, [3], 5, 'it contains no expected payment code'),
		verdict('unmatched', null, [7], 7, 'money went out'),
	]);
	expect(tester.calls()).toEqual([]);
});

test('counts a transaction once that came twice', async () => {
	const payment = pay('DH100001', 100);
	const rows = await tester.rows(match({ code: 'DH100001', amount: 100 }), {
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
	const rows = await tester.rows(
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
		['unmatched', 'no transfer has this payment code'],
		['unmatched', 'DH100002 is expected on another account'],
	]);
});

test.each<[memo: string, due: string[], codes: string[]]>([
	['tra DH100001 va TT777', ['DH100001', 'TT777'], ['DH100001', 'TT777']],
	['SEVQR DH12 5 2Tra da', ['DH12', 'DH125'], ['DH12', 'DH125']],
	['DH1042-2', ['DH1042', 'DH10422'], ['DH1042', 'DH10422']],
	['DHYWD4UM va DHKKP7QR', ['DHYWD4UM', 'DHKKP7QR'], ['DHKKP7QR', 'DHYWD4UM']],
	['DH104201DH104302', ['DH104201'], ['DH104201', 'DH104302']],
])('says that "%s" is unclear and names the codes', async (memo, due, codes) => {
	const input = [pay(memo, 200, { code: null })];
	const rows = await tester.rows(match(...due.map((code) => ({ code, amount: 100 }))), { input });
	expect(rows.map(({ verdict, code, reason }) => [verdict, code, reason])).toEqual([
		...due.map((code) => ['unmatched', code, 'no transfer has this payment code']),
		['unclear', null, `it contains several payment codes: ${codes.join(', ')}`],
	]);
	expect(rows.at(-1)).toMatchObject({ codes, receivedAmount: 200, transactions: input });
});

test('takes the formats of the account, so that any two of its codes are unclear', async () => {
	const input = [pay('DH1042 HOC7X2', 100, { code: null })];
	const verdicts = async (codeFormats: string) => {
		const parameters = {
			...(match({ code: 'DH1042', amount: 100 }) as object),
			options: { codeFormats },
		};
		return (await tester.rows(parameters as never, { input })).map(({ verdict }) => verdict);
	};
	const format = { suffix_from: 3, suffix_to: 10, character_type: 'NumberAndLetter' };
	const formats = ['DH', 'HOC'].map((prefix) => ({ ...format, prefix }));
	expect(await verdicts('[]')).toEqual(['paid']);
	expect(await verdicts(JSON.stringify(formats))).toEqual(['unmatched', 'unclear']);
});

test('names a row that it refuses, and does the others', async () => {
	const input = [pay('DH100001', 100), pay('DH100002', 100)];
	const payments = [
		{ code: 'DH100001', amount: '100.00' },
		{ code: 'DH100002', amount: '250.000' },
		{ code: '1042', amount: 100 },
		{ code: 'DH7', amount: 5 },
		{ code: 'DH 7', amount: 6 },
		{ amount: 5 },
	];
	const rows = await tester.rows(
		{
			resource: 'payment',
			operation: 'match',
			expectedFrom: 'json',
			expectedJson: JSON.stringify(payments),
		},
		{ input },
	);
	const said = rows.map(({ verdict, code, receivedAmount, reason }) => [
		verdict,
		code,
		receivedAmount,
		reason,
	]);
	const refused = (code: string | null, reason: string) => [
		'invalid',
		code,
		0,
		expect.stringContaining(reason),
	];
	expect(said).toEqual([
		['paid', 'DH100001', 100, null],
		refused('DH100002', 'Row 2: Amount must be a whole amount in VND like 500000. It is "250.000"'),
		refused('1042', 'Row 3: Payment Code must be'),
		refused('DH7', 'Row 4: Expected Payments must be one for each payment code'),
		refused('DH 7', 'Row 5: Expected Payments must be one for each payment code'),
		refused(null, 'Row 6: Payment Code must be'),
		['unmatched', null, 100, 'DH100002 is expected in a row that is not valid'],
	]);
});

test('credits no transfer to two payments, nor more than it brings, whatever the order of rows', async () => {
	const due = [
		'DH12',
		'DH125',
		'DH1042',
		'DH1043',
		'DHYWD4UM',
		'DHKKP7QR',
		'AT12',
		'HOCABC',
		'TT7',
	];
	const piece = fc.constantFrom(
		...due,
		...['NGUYEN', 'VAN', 'A', 'chuyen', 'tien', 'DH', '12', '5', '1042', 'YWD4UM', 'X', 'T', '7'],
		...[' ', ' ', ' ', '-', '.', ', ', '', 'va'],
	);
	const transfer = fc.record({
		content: fc.array(piece, { minLength: 1, maxLength: 7 }).map((parts) => parts.join('')),
		amount: fc.integer({ min: 1, max: 1_000_000 }),
		code: fc.constantFrom(null, null, ...due, 'DH9'),
	});
	const rank = fc.array(fc.nat(), { minLength: 400, maxLength: 400 });
	const byRank = <T>(rows: T[], ranks: number[]) =>
		rows
			.map((row, at) => [row, ranks[at]] as const)
			.sort((a, b) => a[1] - b[1])
			.map(([row]) => row);
	const matched = async (codes: string[], input: IDataObject[]) =>
		await tester.rows(match(...codes.map((code) => ({ code, amount: 1000 }))), { input });
	const transfers = fc.array(transfer, { minLength: 300, maxLength: 400 });
	await fc.assert(
		fc.asyncProperty(transfers, rank, async (given, ranks) => {
			const input = given.map((one, id) => ({ ...one, id: id + 1, direction: 'in', date: '2026' }));
			const rows = await matched(due, input);
			const ids = rows.flatMap(({ transactions }) =>
				(transactions as IDataObject[]).map(({ id }) => id),
			);
			expect([...ids].sort((a, b) => Number(a) - Number(b))).toEqual(input.map(({ id }) => id));
			const sum = (amounts: unknown[]) =>
				amounts.reduce((all: number, one) => all + Number(one), 0);
			for (const { receivedAmount, transactions } of rows) {
				expect(receivedAmount).toBe(
					sum((transactions as IDataObject[]).map(({ amount }) => amount)),
				);
			}
			const again = await matched(byRank(due, ranks), byRank(input, ranks));
			expect(again).toHaveLength(rows.length);
			expect(new Set(again.map((row) => JSON.stringify(row)))).toEqual(
				new Set(rows.map((row) => JSON.stringify(row))),
			);
		}),
		{ numRuns: 10 },
	);
});

test.each([
	['as text', '[{ "code": "dh-100001", "amount": "100", "customer": "Lan" }]'],
	['by an expression', '={{ [{ code: "DH100001", amount: 100, customer: "Lan" }] }}'],
])('takes the expected payments as JSON, %s', async (_name, expectedJson) => {
	const rows = await tester.rows(
		{ resource: 'payment', operation: 'match', expectedFrom: 'json', expectedJson },
		{ input: [pay('DH100001', 100)] },
	);
	expect(rows).toMatchObject([{ verdict: 'paid', code: 'DH100001' }]);
});

test('takes the empty item of "Always Output Data" for nothing', async () => {
	const rows = await tester.rows(match({ code: 'DH100001', amount: 100 }), { input: [{}] });
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
	expect((await tester.failure(match(...payments), { input: [{ id: 1 }] })).message).toContain(
		message,
	);
});

test.each(['{"code":', '{}', '[1]', '"DH1"'])('refuses %s as the list', async (expectedJson) => {
	const { message } = await tester.failure(
		{ resource: 'payment', operation: 'match', expectedFrom: 'json', expectedJson },
		{ input: [{ id: 1 }] },
	);
	expect(message).toMatch(/Expected Payments must be a (JSON )?list/);
});

test('with "Continue (On Fail)" what cannot be matched is told of each item', async () => {
	const input = [pay('DH100001', 100), pay('DH100002', 100)];
	const parameters = match({ code: '1042', amount: 100 });
	const { items } = await tester.run(parameters, { input, onError: 'continueRegularOutput' });
	expect(items.map(({ json, pairedItem }) => ({ json, pairedItem }))).toEqual(
		input.map((_json, item) => ({
			json: { error: expect.stringContaining('Payment Code must be') },
			pairedItem: { item },
		})),
	);
});
