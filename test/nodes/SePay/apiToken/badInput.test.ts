import type { INodeParameters } from 'n8n-workflow';
import { accountId, byId, byToken, useTokenTester } from './sePayToken';

const tester = useTokenTester({ orderAccounts: true });
const UUID = '3f2b8c1e-5a4d-4e6f-9b7a-1c2d3e4f5a6b';
const at = (id: number) => ({ bankAccountId: byId(accountId({ id })) });
const vietinbank = at(18);

const order = byToken('order', 'create');
const refund = {
	...byToken('refund', 'create'),
	refundOf: 'transaction',
	transactionId: UUID,
};
const transactions = byToken('transaction', 'getAll');

/** What was sent to change something. */
const writes = () => tester.sent().filter(({ call }) => !call.startsWith('GET'));

/** The errors of one item each, of a run that sends nothing to change something. */
async function errors(parameters: INodeParameters, values: unknown[]) {
	const { items } = await tester.run(parameters, {
		input: values.map((value) => ({ value: value as string })),
		onError: 'continueRegularOutput',
	});
	expect(writes()).toEqual([]);
	return items.map(({ error }) => [error?.message, error?.description]);
}

describe('an API token', () => {
	const help =
		'Check API Token and Environment in the credential. A token has 64 letters and digits. Tokens created in Test Mode work only in the Test Mode environment; all others work only in Production.';

	test.each([
		['of the wrong length', () => 'a'.repeat(63)],
		['of Test Mode on Production', () => tester.sandbox.tokenApi.tokens.test],
	])('%s is refused, and the way out is told', async (_name, token) => {
		tester.credentials.store.sePayTokenApi.apiToken = token();
		const { message, description } = await tester.failure(transactions);
		expect(message).toMatch('SePay rejected the credential');
		expect(description).toBe(help);
	});

	test('of Production in Test Mode is refused too', async () => {
		tester.sandbox.tokenApi.environment = 'test';
		expect((await tester.failure(transactions)).description).toBe(help);
	});
});

describe('an ID', () => {
	const id = '={{ $json.value }}';
	const one: Array<[displayName: string, INodeParameters]> = [
		['Bank Account', { ...byToken('bankAccount', 'get'), bankAccountId: byId(id) }],
		['Bank Account', { ...transactions, filters: { bankAccountId: byId(id) } }],
		['Virtual Account', { ...transactions, filters: { virtualAccountId: byId(id) } }],
		['Since ID', { ...transactions, filters: { sinceId: id } }],
		['Transaction ID', { ...byToken('transaction', 'get'), transactionId: id }],
		[
			'Virtual Account',
			{ ...byToken('virtualAccount', 'get'), ...vietinbank, virtualAccountId: byId(id) },
		],
		['Order', { ...byToken('order', 'cancel'), ...vietinbank, orderId: byId(id) }],
		['Transaction ID', { ...refund, amount: 1, transactionId: id }],
		['Refund ID', { ...byToken('refund', 'get'), ...vietinbank, refundId: id }],
	];

	test.each(one)(
		'%s that is no UUID is refused before anything is sent',
		async (name, parameters) => {
			const values = ['19', 'abc', `${UUID}0`, `${UUID}/../x`];
			const message = `${name} must be a UUID like ${UUID}, as SePay returns it with an API token`;
			expect(await errors(parameters, values)).toEqual(
				values.map((value) => [message, `It is "${value}".`]),
			);
			expect(tester.sandbox.requests).toEqual([]);
		},
	);

	test('that is none when typed in by hand is refused by n8n itself', async () => {
		const parameters = { ...byToken('bankAccount', 'get'), bankAccountId: byId('3f2b8c1e') };
		await expect(tester.run(parameters)).rejects.toThrow('or with an API token a UUID');
	});

	test('that SePay does not know is named with the way out', async () => {
		const { message, description } = await tester.failure({
			...byToken('transaction', 'get'),
			transactionId: UUID,
		});
		expect(message).toMatch(`Not found: /transactions/${UUID}`);
		expect(description).toMatch('Check the ID');
	});

	test.each(['', 'a/b', 'VA 1'])('%j is no number of a virtual account', async (vaNumber) => {
		const { message } = await tester.failure({
			...byToken('order', 'cancelVirtualAccount'),
			...vietinbank,
			orderId: byId(UUID),
			vaNumber: `={{ "${vaNumber}" }}`,
		});
		expect(message).toMatch('VA Number must be the number of a virtual account');
		expect(tester.sandbox.requests).toEqual([]);
	});
});

describe('an amount', () => {
	const amount = '={{ $json.value }}';
	const whole = 'Amount must be a whole amount in VND like 500000';
	const digitsOnly = 'Use digits only: no separators, no decimals.';
	const wrong: Array<[value: unknown, message: string, description: string]> = [
		[0, 'Amount must be above zero', 'It is 0.'],
		[1.5, whole, `It is "1.5". ${digitsOnly}`],
		[-1, whole, `It is "-1". ${digitsOnly}`],
		['500.000', whole, `It is "500.000". ${digitsOnly}`],
		['', 'Amount must be filled in', "Enter a value, or check the expression's result."],
		[1e12, 'Amount must be at most 12 digits long', 'It is 1000000000000.'],
		[1e13, 'Amount must be at most 12 digits long', 'It is 10000000000000.'],
	];

	test.each([
		['an order', { ...order, ...vietinbank, amount }],
		['a refund', { ...refund, amount }],
	])('of %s that cannot be is refused before anything is sent', async (_name, parameters) => {
		expect(
			await errors(
				parameters,
				wrong.map(([value]) => value),
			),
		).toEqual(wrong.map(([, message, description]) => [message, description]));
		expect(tester.sandbox.requests).toEqual([]);
	});

	test('of a virtual account of an order is checked too', async () => {
		const parameters = {
			...byToken('order', 'addVirtualAccount'),
			...vietinbank,
			orderId: byId(UUID),
			additionalFields: { amount },
		};
		const [[zero]] = await errors(parameters, [0]);
		expect(zero).toBe('Amount must be above zero');
	});

	test('above the other end of a span is refused', async () => {
		const failed = async (filters: INodeParameters) =>
			await tester.failure({ ...transactions, filters });
		expect(await failed({ minAmountIn: 10, maxAmountIn: 9 })).toEqual({
			message: 'Minimum Amount In must be at most Maximum Amount In',
			description: 'It is 10, but Maximum Amount In is 9.',
		});
		expect(await failed({ fromDate: '2026-02-01', toDate: '2026-01-31' })).toEqual({
			message: 'From Date must be on or before To Date',
			description:
				'It is 2026-02-01 00:00:00, but To Date is 2026-01-31 23:59:59 (days in Vietnam).',
		});
		expect(tester.sandbox.requests).toEqual([]);
	});
});

describe('an order', () => {
	const holder = 'VA Holder Name must be capital letters A–Z (no accents), digits and spaces';
	const code = (most: number, of = '') => `Order Code must be 6 to ${most} letters and digits${of}`;

	test.each<[string, number, INodeParameters, message: string, description: string]>([
		['holder in small letters', 15, { vaHolderName: 'Hoa Sen' }, holder, 'It is "Hoa Sen".'],
		['holder with accents', 15, { vaHolderName: 'HOA SEN VIỆT' }, holder, 'It is "HOA SEN VIỆT".'],
		['short code', 15, { orderCode: 'DH104' }, code(50), 'It is "DH104".'],
		['code with signs', 15, { orderCode: 'DH-1042' }, code(50), 'It is "DH-1042".'],
		['long code', 15, { orderCode: 'D'.repeat(51) }, code(50), `It is "${'D'.repeat(51)}".`],
		[
			'code too long for Vietcombank',
			12,
			{ orderCode: 'D'.repeat(16), tid: byId('VCB00001') },
			code(15, ' for an account at Vietcombank'),
			`It is "${'D'.repeat(16)}".`,
		],
		[
			'no terminal at Vietcombank',
			12,
			{},
			'Terminal must be filled in for an account at Vietcombank',
			'Choose one from the list, or run Get Terminals.',
		],
		[
			'no prefix at Sacombank',
			13,
			{},
			'VA Prefix must be filled in for an account at Sacombank',
			'Choose one from the list, or run Get Prefixes.',
		],
		[
			'no time to live',
			15,
			{ duration: 0 },
			'Duration (Seconds) must be a whole number of at least 1',
			'It is "0". Use digits only.',
		],
	])('with %s is refused before it is sent', async (_name, id, additionalFields, ...wanted) => {
		const parameters = { ...order, ...at(id), amount: 500_000, additionalFields };
		const { message, description } = await tester.failure(parameters);
		expect([message, description]).toEqual(wanted);
		expect(writes()).toEqual([]);
	});

	test('for any amount is refused where the bank takes exact amounts', async () => {
		expect(await tester.failure({ ...order, ...vietinbank, anyAmount: true })).toEqual({
			message: 'Any Amount must be turned off for an account at VietinBank',
			description: 'This bank accepts only the exact amount of the order.',
		});
		expect(writes()).toEqual([]);
	});

	test('at a bank without orders is refused by SePay, and the banks are told', async () => {
		const { message, description } = await tester.failure({ ...order, ...at(19), amount: 1 });
		expect(message).toMatch('SePay rejected the request (HTTP 422)');
		expect(description).toMatch(
			'SePay supports orders at BIDV, Sacombank, Vietcombank and VietinBank',
		);
	});

	test('with a code that was used before is refused by SePay, and the field is named', async () => {
		const parameters = {
			...order,
			...vietinbank,
			amount: 1,
			additionalFields: { orderCode: 'DH1042' },
		};
		await tester.rows(parameters);
		expect((await tester.failure(parameters)).message).toMatch('order_code');
	});
});

test('a filter whose expression gives nothing is refused, and does not let all pass', async () => {
	const filters = { search: '={{ $json.none }}' };
	expect((await tester.failure({ ...transactions, filters })).message).toBe(
		'Search must be filled in',
	);
	expect(tester.sandbox.requests).toEqual([]);
});
