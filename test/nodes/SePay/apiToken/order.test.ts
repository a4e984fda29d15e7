import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { accountId, byId, byToken, useTokenTester } from './sePayToken';

const tester = useTokenTester({ orderAccounts: true });
const [create, get, getAll, cancel, addVirtualAccount, cancelVirtualAccount] = [
	'create',
	'get',
	'getAll',
	'cancel',
	'addVirtualAccount',
	'cancelVirtualAccount',
].map((operation) => byToken('order', operation));

/** The sandbox's accounts that take orders. */
const at = (id: number) => ({ bankAccountId: byId(accountId({ id })) });
const vietcombank = at(12);
const sacombank = at(13);
const bidv = at(15);
const vietinbank = at(18);

const orders = () => tester.sandbox.tokenApi.orders;
const iso = (time: string | null) => (time ? `${time.replace(' ', 'T')}+07:00` : null);

/** The body of the request that makes something, with the path it goes to. */
const posted = () => {
	const calls = tester.sent().filter(({ call }) => call.startsWith('POST'));
	expect(calls).toHaveLength(1);
	return calls[0].body;
};

/** Makes an order at VietinBank and gives what names it. */
async function made(fields: INodeParameters = {}) {
	await tester.rows({ ...create, ...vietinbank, amount: 500_000, ...fields });
	const order = orders().at(-1)!;
	tester.sandbox.clearRequests();
	return { order, named: { ...vietinbank, orderId: byId(order.id) } };
}

/** An order as Simplify gives it. */
const shown = (order: ReturnType<typeof orders>[number]) => ({
	id: order.id,
	orderCode: order.order_code,
	status: order.status,
	bank: 'VietinBank',
	accountNumber: '118001234567',
	accountHolder: 'CONG TY TNHH HOA SEN VIET',
	amount: order.amount,
	paidAmount: order.paid_amount,
	createdAt: iso(order.created_at),
	updatedAt: iso(order.updated_at),
	virtualAccounts: order.va.map((va) => ({
		vaNumber: va.va_number,
		vaHolderName: va.va_holder_name,
		amount: va.amount,
		status: va.status,
		expiresAt: iso(va.expired_at),
		paidAt: iso(va.paid_at),
	})),
});

describe('Create', () => {
	const banks: Array<[string, INodeParameters, IDataObject]> = [
		['VietinBank', { ...vietinbank, amount: 500_000 }, { amount: 500_000 }],
		['BIDV', { ...bidv, amount: '={{ "500000" }}' }, { amount: 500_000 }],
		['BIDV with any amount', { ...bidv, anyAmount: true }, {}],
		[
			'Sacombank',
			{ ...sacombank, amount: 1, additionalFields: { vaPrefix: byId('HSV') } },
			{ amount: 1, va_prefix: 'HSV' },
		],
		[
			'Vietcombank',
			{
				...vietcombank,
				amount: 999_999_999_999,
				additionalFields: { tid: byId('VCB00002'), orderCode: 'DH0000000001042' },
			},
			{ amount: 999_999_999_999, tid: 'VCB00002', order_code: 'DH0000000001042' },
		],
		[
			'BIDV with all fields',
			{
				...bidv,
				amount: 500_000,
				additionalFields: {
					duration: 3600,
					orderCode: 'DH1042',
					qrCode: 'qronly',
					vaHolderName: 'HOA SEN VIET 1042',
				},
			},
			{
				amount: 500_000,
				duration: 3600,
				order_code: 'DH1042',
				with_qrcode: 1,
				qrcode_template: 'qronly',
				va_holder_name: 'HOA SEN VIET 1042',
			},
		],
	];

	test.each(banks)('at %s', async (_name, parameters, body) => {
		const [row] = await tester.rows({ ...create, ...parameters });
		expect(posted()).toEqual({ with_qrcode: 0, ...body });
		const [{ id, order_code, status, amount, va }] = orders();
		const [{ va_number, va_holder_name, expired_at }] = va;
		expect(row).toMatchObject({
			id,
			orderCode: order_code,
			status,
			amount,
			vaNumber: va_number,
			vaHolderName: va_holder_name,
			expiresAt: iso(expired_at),
		});
		expect(Boolean(row.qrCode)).toBe('with_qrcode' in body);
		expect(String(row.qrCodeUrl).includes('https://')).toBe('with_qrcode' in body);
	});

	test('sends a code and a terminal that came as numbers as text', async () => {
		tester.sandbox.tokenApi.terminals[0].tid = '12345678';
		const additionalFields = { orderCode: '={{ 1042001 }}', tid: byId('={{ 12345678 }}') };
		await tester.rows({ ...create, ...vietcombank, amount: 1, additionalFields });
		expect(posted()).toMatchObject({ order_code: '1042001', tid: '12345678' });
	});

	test('without Simplify puts the answer out as SePay sent it', async () => {
		const parameters = { ...create, ...vietinbank, amount: 500_000, simplify: false };
		const [row] = await tester.rows(parameters);
		expect(row).toMatchObject({ order_code: orders()[0].order_code, bank_name: 'VietinBank' });
	});

	test('asks for the bank of an account once, for any number of orders', async () => {
		// An account that no other test of this process has asked about.
		tester.sandbox.data.bankAccounts.find(({ id }) => id === 18)!.id = 1018;
		const parameters = { ...create, ...at(1018), amount: '={{ $json.amount }}' };
		const input = [1, 2, 3].map((amount) => ({ amount }));
		const { items } = await tester.run(parameters, { input });
		expect(items.map(({ json, pairedItem }) => [json.amount, pairedItem])).toEqual(
			input.map(({ amount }, item) => [amount, { item }]),
		);
		const asked = tester.sent().filter(({ call }) => call.startsWith('GET'));
		expect(asked.map(({ call }) => call)).toEqual([
			`GET /bank-accounts/${accountId({ id: 1018 })}`,
		]);
	});

	test('leaves the rules to SePay when the bank cannot be learnt', async () => {
		tester.sandbox.data.bankAccounts.find(({ id }) => id === 13)!.id = 1013;
		tester.sandbox.fault({ method: 'GET', answer: { status: 404, body: { status: 'error' } } });
		const { message, description } = await tester.failure({ ...create, ...at(1013), amount: 1 });
		expect(message).toContain('va_prefix');
		expect(description).toBe('Fix the fields named above.');
		expect(posted()).toEqual({ amount: 1, with_qrcode: 0 });
	});

	test('is not sent again when the connection breaks, since the order may exist', async () => {
		tester.sandbox.fault({ method: 'POST', when: 'after', answer: 'cut' });
		const parameters = { ...create, ...vietinbank, amount: 500_000 };
		const { description } = await tester.failure(parameters);
		expect(description).toContain('Check with Get or Get Many before you retry.');
		expect(orders()).toHaveLength(1);
	});
});

test('Get and Get Many show what was paid', async () => {
	const { order, named } = await made();
	expect(await tester.rows({ ...get, ...named })).toEqual([shown(order)]);
	tester.sandbox.payVa(order.va[0].va_number);
	expect(order.status).toBe('Paid');
	expect(await tester.rows({ ...get, ...named })).toEqual([shown(order)]);
	expect(await tester.rows({ ...getAll, ...vietinbank })).toEqual([shown(order)]);
	const [raw] = await tester.rows({ ...get, ...named, simplify: false });
	expect(raw).toMatchObject({ id: order.id, paid_amount: 500_000, va: [{ status: 'Paid' }] });
});

test('Get Many reads over pages, and in the order asked for', async () => {
	for (const amount of [3, 1, 2]) await made({ amount });
	tester.sandbox.tokenApi.variants.maxPerPage = 2;
	const listed = async (fields: INodeParameters) =>
		(await tester.rows({ ...getAll, ...vietinbank, ...fields })).map(({ amount }) => amount);
	expect(await listed({ returnAll: true })).toEqual([2, 1, 3]);
	expect(await listed({ limit: 1 })).toEqual([2]);
	expect(await listed({ options: { amountSort: 'asc' } })).toEqual([1, 2, 3]);
	tester.sandbox.clearRequests();
	await listed({ options: { createdSort: 'desc' } });
	expect(tester.sent()[0].query).toEqual({ created_at_sort: 'desc', page: '1', per_page: '50' });
});

test('Add Virtual Account opens one more, and Cancel Virtual Account closes it', async () => {
	const { order, named } = await made();
	const additionalFields = { amount: 200_000, duration: 60, vaHolderName: 'HOA SEN' };
	const [added] = await tester.rows({ ...addVirtualAccount, ...named, additionalFields });
	expect(posted()).toEqual({ amount: 200_000, duration: 60, va_holder_name: 'HOA SEN' });
	expect(added).toEqual(shown(order).virtualAccounts[1]);
	const vaNumber = order.va[1].va_number;
	expect(await tester.rows({ ...cancelVirtualAccount, ...named, vaNumber })).toEqual([
		{ vaNumber, cancelled: true },
	]);
	expect(order.va.map(({ status }) => status)).toEqual(['Unpaid', 'Cancelled']);
});

test('Cancel cancels an order while nothing has been paid, and says why it does not after that', async () => {
	const { order, named } = await made();
	expect(await tester.rows({ ...cancel, ...named })).toEqual([{ id: order.id, cancelled: true }]);
	expect(order.status).toBe('Cancelled');

	const paid = await made();
	tester.sandbox.payVa(paid.order.va[0].va_number);
	for (const parameters of [
		{ ...cancel, ...paid.named },
		{ ...addVirtualAccount, ...paid.named },
		{ ...cancelVirtualAccount, ...paid.named, vaNumber: paid.order.va[0].va_number },
	]) {
		const { message, description } = await tester.failure(parameters);
		expect(message).toMatch('SePay rejected the request (HTTP 422)');
		expect(description).toMatch(/^The order or virtual account is already paid or cancelled/);
	}
	expect(paid.order.status).toBe('Paid');
});

test('Get Terminals and Get Prefixes read what two banks have, and say that others have none', async () => {
	const terminals = byToken('order', 'getTerminals');
	const prefixes = byToken('order', 'getPrefixes');
	const { tokenApi } = tester.sandbox;
	const shownOf = (rows: object[]) => rows.map((row) => ({ ...row, bank_account_id: undefined }));
	const all = await tester.rows({ ...terminals, ...vietcombank, returnAll: true });
	expect(all).toEqual(shownOf([...tokenApi.terminals].reverse()));
	const filters = { search: '00002' };
	expect(await tester.rows({ ...terminals, ...vietcombank, filters })).toEqual(
		shownOf([tokenApi.terminals[1]]),
	);
	expect(await tester.rows({ ...prefixes, ...sacombank })).toEqual(shownOf(tokenApi.prefixes));
	for (const parameters of [
		{ ...terminals, ...bidv },
		{ ...prefixes, ...bidv },
	]) {
		const { description } = await tester.failure(parameters);
		expect(description).toMatch('prefixes at Sacombank, terminals at Vietcombank');
	}
});

test('From List shows orders, terminals and prefixes of the account chosen before', async () => {
	const { order } = await made();
	expect(await tester.list('getOrders', '', { ...get, ...vietinbank })).toEqual([
		{ name: `${order.order_code} (Pending)`, value: order.id },
	]);
	expect(await tester.list('getTerminals', 'quầy 1', { ...create, ...vietcombank })).toEqual([
		{ name: 'VCB00001 (Quầy 1)', value: 'VCB00001' },
	]);
	expect(await tester.list('getPrefixes', '', { ...create, ...sacombank })).toEqual([
		{ name: 'HSV (Hoa Sen Việt)', value: 'HSV' },
	]);
});
