import { startSandbox, uuidOf } from '.';
import {
	callTokenApi,
	createWebhook,
	expectLeft,
	startReceiver,
	useSandbox,
	waitUntil,
	type Answered,
} from './testing';

const sandbox = useSandbox({ orderAccounts: true });
const api = () => sandbox().tokenApi;

type Row = Record<string, unknown>;

const call = (method: string, address: string, body?: unknown, headers?: Record<string, string>) =>
	callTokenApi(sandbox(), method, address, { body, headers });
const get = (address: string) => call('GET', address);

async function list(address: string, query: Record<string, string> = {}): Promise<Row[]> {
	const { status, body } = await get(`${address}?${new URLSearchParams(query)}`);
	expect([status, body.message]).toEqual([200, undefined]);
	return body.data as never;
}

/** What makes a refusal: status, code, and the fields that it names. */
const apiError = ({ status, body }: Answered) =>
	[status, body.error_code, ...Object.keys(body.errors ?? {})].join(' ');

const account = (id: number) => uuidOf('account', id);
const transaction = (id: number) => uuidOf('transaction', id);
const BIDV = account(15);
const SACOMBANK = account(13);
const VIETCOMBANK = account(12);
const VIETINBANK = account(18);

describe('who may call', () => {
	test.each([
		['none', () => null],
		['one that is too short', () => api().token.slice(1)],
		['that of Test Mode', () => api().tokens.test],
		["the other API's", () => sandbox().issueToken().access_token],
	])('production refuses a token: %s', async (_name, token) => {
		const answer = await callTokenApi(sandbox(), 'GET', '/bank-accounts', { token: token() });
		expect(apiError(answer)).toBe('401 unauthorized');
	});

	test('Test Mode takes its own token and not that of production', async () => {
		const { production } = api().tokens;
		expect(Object.values(api().tokens)).toEqual([
			expect.stringMatching(/^[\da-z]{64}$/i),
			expect.stringMatching(/^[\da-z]{64}$/i),
		]);
		api().environment = 'test';
		expect(await list('/bank-accounts')).not.toEqual([]);
		const answer = await callTokenApi(sandbox(), 'GET', '/bank-accounts', { token: production });
		expect(apiError(answer)).toBe('401 unauthorized');
	});

	test('three calls a second by default, in both APIs together, counted before the token', async () => {
		const limited = await startSandbox({ transactions: 0 });
		expect(limited.rateLimit).toEqual({ calls: 3, perMs: 1000 });
		await limited.close();
		sandbox().rateLimit = { calls: 2, perMs: 60_000 };
		const since = performance.now();
		await callTokenApi(sandbox(), 'GET', '/bank-accounts', { token: 'wrong' });
		await fetch(`${sandbox().apiUrl}/me`);
		const before = Date.now() / 1000;
		const answer = await get('/bank-accounts');
		const after = Date.now() / 1000;
		expect(apiError(answer)).toBe('429 rate_limited');
		const { headers } = answer;
		expectLeft(headers.get('retry-after'), 60, since);
		expect(headers.get('x-ratelimit-limit')).toBe('2');
		expect(headers.get('x-ratelimit-remaining')).toBe('0');
		const reset = Number(headers.get('x-ratelimit-reset'));
		expect(reset).toBeGreaterThanOrEqual(before + 60);
		expect(reset).toBeLessThanOrEqual(after + 61);
		sandbox().variants.retryAfter = 'x-sepay-userapi-retry-after';
		const { headers: named } = await get('/bank-accounts');
		expectLeft(named.get('x-sepay-userapi-retry-after'), 60, since);
	});
});

describe('transactions', () => {
	test('the same payment is in both APIs, by its integer and by its UUID', async () => {
		const row = sandbox().addTransaction({ amount_in: 250_000 });
		const [shown] = await list('/transactions', { per_page: '1' });
		expect(shown).toEqual({
			id: transaction(row.id),
			transaction_date: row.transaction_date,
			account_number: row.account_number,
			va: null,
			transfer_type: 'in',
			amount_in: 250_000,
			amount_out: 0,
			accumulated: row.accumulated,
			transaction_content: row.transaction_content,
			reference_number: row.reference_number,
			code: null,
			bank_brand_name: 'Vietcombank',
			bank_account_id: VIETCOMBANK,
			va_id: null,
			webhook_success: 0,
		});
		expect((await get(`/transactions/${transaction(row.id)}`)).body.data).toEqual(shown);
		expect(apiError(await get(`/transactions/${BIDV}`))).toBe('404 not_found');
	});

	test('come in pages that tell how many there are', async () => {
		const { data, meta } = (await get('/transactions?page=3&per_page=100')).body as never;
		expect((data as Row[]).map(({ id }) => id)).toEqual(
			sandbox()
				.data.transactions.slice(0, 50)
				.map(({ id }) => transaction(id))
				.reverse(),
		);
		expect(meta).toEqual({
			pagination: { total: 250, per_page: 100, current_page: 3, last_page: 3, has_more: false },
		});
		expect(await list('/transactions')).toHaveLength(20);
		api().variants.maxPerPage = 7;
		expect(await list('/transactions', { per_page: '100' })).toHaveLength(7);
		api().variants.order = 'oldestFirst';
		const [oldest] = await list('/transactions');
		expect(oldest.id).toBe(transaction(sandbox().data.transactions[0].id));
	});

	describe('filters', () => {
		beforeEach(() => {
			const { data } = sandbox();
			data.transactions = [];
			for (const [index, fields] of [
				{ bank_account_id: 12, amount_in: 100_000, transaction_content: 'Tien DH1042000' },
				{ bank_account_id: 14, amount_in: 200_000, transaction_content: 'hoc phi' },
				{ bank_account_id: 19, amount_out: 300_000, reference_number: 'FT77' },
				{ bank_account_id: 12, amount_in: 400_000, transaction_content: 'hoc phi' },
			].entries()) {
				sandbox().addTransaction({ transaction_date: `2026-03-0${index + 1} 10:00:00`, ...fields });
			}
		});

		test.each<[Record<string, string>, number[]]>([
			[{}, [3, 2, 1, 0]],
			[{ q: 'dh1042' }, [0]],
			[{ q: 'ft77' }, [2]],
			[{ bank_account_id: VIETCOMBANK }, [3, 0]],
			[{ bank_account_id: transaction(1) }, []],
			[{ va_id: uuidOf('va', 27) }, [1]],
			[{ bank_brand_name: 'TPBank' }, [2]],
			[{ transaction_date_from: '2026-03-02 10:00:00' }, [3, 2, 1]],
			[{ transaction_date_from: '2026-03-02 10:00:01' }, [3, 2]],
			[{ transaction_date_to: '2026-03-02 10:00:00' }, [1, 0]],
			[{ amount_in_min: '200000' }, [3, 1]],
			[{ amount_in_min: '100000', amount_in_max: '200000' }, [1, 0]],
			[{ amount_out_min: '300000' }, [2]],
			[{ amount_out_min: '1', amount_out_max: '299999' }, []],
			[{ reference_number: 'FT77' }, [2]],
			[{ reference_number: 'FT7' }, []],
			[{ transaction_content: 'HOC' }, [3, 1]],
			[{ transfer_type: 'out' }, [2]],
			[{ transaction_date_sort: 'asc' }, [0, 1, 2, 3]],
			[{ amount_in_sort: 'desc' }, [3, 1, 0, 2]],
			[{ amount_in_sort: 'asc', transaction_date_sort: 'desc' }, [2, 0, 1, 3]],
			[{ amount_out_sort: 'desc', transaction_date_sort: 'asc' }, [2, 0, 1, 3]],
		])('%j', async (query, wanted) => {
			const ids = sandbox().data.transactions.map(({ id }) => transaction(id));
			const found = (await list('/transactions', query)).map(({ id }) => ids.indexOf(String(id)));
			expect(found).toEqual(wanted);
		});

		test.each([
			['bank_account_id', '12'],
			['va_id', 'x'],
			['since_id', '1'],
			['transaction_date_from', '2026-03-01'],
			['transaction_date_to', '1.3.2026'],
			['amount_in_min', '1,5'],
			['amount_out_max', '-1'],
			['transfer_type', 'credit'],
			['webhook_success', '2'],
			['amount_in_sort', 'up'],
			['page', '0'],
			['per_page', 'x'],
		])('refuses %s=%s', async (name, value) => {
			const answer = await get(`/transactions?${name}=${value}`);
			expect(apiError(answer)).toBe(`422 validation_error ${name}`);
		});
	});

	test('with the fields that are asked for', async () => {
		const [row] = await list('/transactions', { fields: 'id,amount_in' });
		expect(Object.keys(row)).toEqual(['id', 'amount_in']);
	});

	test('webhook_success tells how many webhooks took it, or that one did', async () => {
		const receiver = await startReceiver();
		sandbox().allowPrivateWebhooks = true;
		receiver.answer = ({ path }) => ({
			status: path === '/refuses' ? 500 : 200,
			body: '{"success":true}',
		});
		for (const name of ['a', 'b', 'refuses']) {
			await createWebhook(sandbox(), { webhook_url: `${receiver.url}/${name}` });
		}
		const row = sandbox().addTransaction();
		await waitUntil(() => sandbox().deliveries.length === 3);
		const took = async () =>
			(await list('/transactions', { webhook_success: '1' })).map((one) => [
				one.id,
				one.webhook_success,
			]);
		expect(await took()).toEqual([[transaction(row.id), 2]]);
		api().variants.webhookSuccess = 'flag';
		expect(await took()).toEqual([[transaction(row.id), 1]]);
		expect(await list('/transactions', { webhook_success: '0', q: 'FT' })).not.toEqual([]);
		await receiver.close();
	});

	describe('since_id', () => {
		const since = async (id: string) =>
			(await list('/transactions', { since_id: id, per_page: '100' })).map((row) => row.id);

		test('gives what has a later ID, whatever its time', async () => {
			const { id } = sandbox().data.transactions.at(-1)!;
			expect(await since(transaction(id))).toEqual([]);
			const late = sandbox().addTransaction({ transaction_date: '2020-01-01 00:00:00' });
			expect(await since(transaction(id))).toEqual([transaction(late.id)]);
		});

		test('or what has a later time, whatever its ID', async () => {
			api().variants.sinceId = 'time';
			const [first, second, third] = ['10:00:00', '09:59:59', '10:00:01'].map(
				(time) => sandbox().addTransaction({ transaction_date: `2126-03-01 ${time}` }).id,
			);
			expect(await since(transaction(first))).toEqual([transaction(third)]);
			expect(await since(transaction(second))).toEqual([third, first].map(transaction));
		});

		test('of no transaction', async () => {
			const unknown = uuidOf('transaction', 'never');
			expect(await since(unknown)).toEqual([]);
			api().variants.unknownSinceId = 'ignored';
			expect(await since(unknown)).toHaveLength(100);
			api().variants.unknownSinceId = 'refused';
			const answer = await get(`/transactions?since_id=${unknown}`);
			expect(apiError(answer)).toBe('422 validation_error since_id');
		});
	});
});

describe('bank accounts', () => {
	test('have their bank, balance and last transaction', async () => {
		const row = sandbox().addTransaction({ bank_account_id: 14 });
		const [held] = sandbox().data.bankAccounts.filter(({ id }) => id === 14);
		const { data } = (await get(`/bank-accounts/${account(14)}`)).body;
		expect(data).toEqual({
			id: account(14),
			account_holder_name: 'NGUYEN THI LAN',
			account_number: '1200456789',
			accumulated: held.accumulated,
			last_transaction: row.transaction_date,
			label: 'Hộ kinh doanh',
			account_type: 'household',
			active: 1,
			created_at: held.created_at,
			bank_short_name: 'BIDV',
			bank_full_name: held.bank.full_name,
			bank_bin: '970418',
			bank_code: 'BIDV',
		});
		expect(apiError(await get('/bank-accounts/12'))).toBe('404 not_found');
	});

	test.each<[Record<string, string>, number[]]>([
		[{ q: '071000' }, [12]],
		[{ q: 'thi lan' }, [13, 17, 14]],
		[{ bank_short_name: 'BIDV' }, [15, 14]],
		[{ active: '0' }, [27]],
		[{ accumulated_min: '10', accumulated_sort: 'desc' }, [17, 14]],
		[{ accumulated_min: '10', accumulated_max: '19' }, [14]],
		[{ last_transaction_from: '2126-02-14 00:00:00', created_at_sort: 'asc' }, [14, 17]],
		[{ last_transaction_to: '2126-02-13 00:00:00', bank_short_name: 'BIDV' }, [15]],
		[{ bank_short_name: 'BIDV', last_transaction_sort: 'desc' }, [14, 15]],
	])('with %j', async (query, ids) => {
		for (const one of sandbox().data.bankAccounts) {
			one.accumulated = 0;
			if (![14, 17].includes(one.id)) continue;
			const transaction_date = `2126-02-${one.id} 00:00:00`;
			const amount_in = one.id === 14 ? 10 : 20;
			sandbox().addTransaction({ bank_account_id: one.id, amount_in, transaction_date });
		}
		const found = await list('/bank-accounts', query);
		expect(found.map(({ id }) => id)).toEqual(ids.map(account));
	});
});

describe('virtual accounts', () => {
	const path = `/bank-accounts/${VIETCOMBANK}/va`;

	test('of one bank account, and one of them', async () => {
		const [first, second] = await list(path);
		expect([first.va, second.va]).toEqual(['VCB0011ABC004', 'VCB0011ABC001']);
		expect(second).toEqual({
			id: uuidOf('va', 25),
			va: 'VCB0011ABC001',
			sub_holder_name: null,
			label: 'Chi nhánh Quận 1',
			active: 1,
			official: 1,
			static: 1,
			bank_account_id: VIETCOMBANK,
			created_at: '2025-03-01 08:00:00',
			updated_at: '2025-03-01 08:00:00',
		});
		expect((await get(`${path}/${String(first.id)}`)).body.data).toEqual(first);
		const elsewhere = `/bank-accounts/${BIDV}/va/${String(first.id)}`;
		expect(apiError(await get(elsewhere))).toBe('404 not_found');
	});

	test.each<[Record<string, string>, number]>([
		[{ q: 'quận 3' }, 1],
		[{ active: '0' }, 0],
		[{ official: '1' }, 2],
		[{ official: '0' }, 0],
		[{ static: '1', created_at_sort: 'asc' }, 2],
	])('with %j', async (query, count) => {
		expect(await list(path, query)).toHaveLength(count);
	});
});

describe('orders', () => {
	const orders = (bank: string) => `/bank-accounts/${bank}/orders`;
	const create = async (bank: string, fields: Row = {}) => {
		const { status, body } = await call('POST', orders(bank), fields);
		expect([status, body.errors]).toEqual([201, undefined]);
		return body.data as unknown as Row & { id: string; va_number: string };
	};
	const read = async (bank: string, id: string) =>
		(await get(`${orders(bank)}/${id}`)).body.data as Row & { va: Row[] };

	test.each<[string, string, Row]>([
		['BIDV', BIDV, {}],
		['BIDV', BIDV, { amount: 999_999_999_999, va_holder_name: 'CUA HANG 1', duration: 60 }],
		['Sacombank', SACOMBANK, { va_prefix: 'HSV', amount: 50_000 }],
		['Vietcombank', VIETCOMBANK, { tid: 'VCB00002', amount: 50_000, order_code: 'DH1042' }],
		['VietinBank', VIETINBANK, { amount: 1, with_qrcode: 1, qrcode_template: 'qronly' }],
	])('%s makes one of %#', async (bank, id, fields) => {
		const made = await create(id, fields);
		const { amount = null } = fields;
		expect(made).toMatchObject({ amount, status: 'Pending', bank_name: bank });
		expect(made.va_number.length).toBeLessThanOrEqual(18);
		if (fields.va_prefix) expect(made.va_number).toMatch(/^HSV/);
		if (fields.order_code) expect(made.order_code).toBe(fields.order_code);
		expect(made.expired_at === null).toBe(fields.duration === undefined);
		expect(
			Buffer.from(String(made.qr_code ?? ''), 'base64')
				.subarray(1, 4)
				.toString(),
		).toBe(fields.with_qrcode ? 'PNG' : '');
		expect(await read(id, made.id)).toMatchObject({
			id: made.id,
			paid_amount: 0,
			va: [{ va_number: made.va_number, status: 'Unpaid', paid_at: null }],
		});
		expect(await list(orders(id))).toEqual([await read(id, made.id)]);
		expect((await list(`/bank-accounts/${account(19)}/orders`)).length).toBe(0);
	});

	test.each<[string, string, Row, string]>([
		['a bank without orders', account(19), {}, '422 unsupported_bank'],
		['a customer of another kind', account(14), {}, '422 unsupported_bank'],
		['no terminal', VIETCOMBANK, { amount: 1 }, '422 validation_error tid'],
		['another terminal', VIETCOMBANK, { amount: 1, tid: 'X' }, '422 validation_error tid'],
		['no prefix', SACOMBANK, { amount: 1 }, '422 validation_error va_prefix'],
		['another prefix', SACOMBANK, { amount: 1, va_prefix: 'X' }, '422 validation_error va_prefix'],
		['no amount', VIETINBANK, {}, '422 validation_error amount'],
		['the amount 0', BIDV, { amount: 0 }, '422 validation_error amount'],
		['a fraction', BIDV, { amount: 1.5 }, '422 validation_error amount'],
		['13 digits', BIDV, { amount: 1_000_000_000_000 }, '422 validation_error amount'],
		['a short code', BIDV, { order_code: 'DH104' }, '422 validation_error order_code'],
		['a code with a dash', BIDV, { order_code: 'DH-1042' }, '422 validation_error order_code'],
		[
			'a long code',
			VIETCOMBANK,
			{ tid: 'VCB00001', amount: 1, order_code: 'D'.repeat(16) },
			'422 validation_error order_code',
		],
		['a lower-case holder', BIDV, { va_holder_name: 'Lan' }, '422 validation_error va_holder_name'],
		['an accent', BIDV, { va_holder_name: 'QUẦY' }, '422 validation_error va_holder_name'],
		['no life', BIDV, { duration: 0 }, '422 validation_error duration'],
	])('refuses %s', async (_name, bank, fields, wanted) => {
		expect(apiError(await call('POST', orders(bank), fields))).toBe(wanted);
		expect(api().orders).toEqual([]);
	});

	test('takes a form, and a code once only', async () => {
		const send = (fields: Record<string, string>) =>
			fetch(api().url + orders(BIDV), {
				method: 'POST',
				headers: { authorization: `Bearer ${api().token}` },
				body: new URLSearchParams(fields),
			});
		expect((await send({ amount: '5000', order_code: '104200' })).status).toBe(201);
		expect(api().orders).toMatchObject([{ amount: 5000, order_code: '104200' }]);
		const again = await call('POST', orders(BIDV), { order_code: '104200' });
		expect(apiError(again)).toBe('422 validation_error order_code');
		expect(apiError(await call('POST', orders(BIDV), []))).toBe('422 validation_error');
	});

	test('sorts', async () => {
		for (const amount of [2, 3, 1]) await create(BIDV, { amount });
		const amounts = async (query: Record<string, string>) =>
			(await list(orders(BIDV), query)).map(({ amount }) => amount);
		expect(await amounts({})).toEqual([1, 3, 2]);
		expect(await amounts({ amount_sort: 'asc' })).toEqual([1, 2, 3]);
		expect(await amounts({ created_at_sort: 'asc', per_page: '2', page: '2' })).toHaveLength(1);
	});

	test('in parts: Partially, then Paid; each part in both APIs and at the webhooks', async () => {
		const receiver = await startReceiver();
		sandbox().allowPrivateWebhooks = true;
		await createWebhook(sandbox(), {
			bank_mode: 'all',
			bank_account_id: undefined,
			webhook_url: receiver.url,
		});
		const { id, va_number } = await create(BIDV, { amount: 300_000 });
		const first = sandbox().payVa(va_number, 100_000);
		expect(await read(BIDV, id)).toMatchObject({
			status: 'Partially',
			paid_amount: 100_000,
			va: [{ status: 'Partially', paid_at: first.transaction_date }],
		});
		const second = sandbox().payVa(va_number, 200_000);
		expect(await read(BIDV, id)).toMatchObject({
			status: 'Paid',
			paid_amount: 300_000,
			va: [{ status: 'Paid' }],
		});
		expect(await list('/transactions', { per_page: '2' })).toMatchObject(
			[second, first].map((row) => ({
				id: transaction(row.id),
				va: va_number,
				va_id: uuidOf('va', va_number),
				amount_in: row.amount_in,
			})),
		);
		expect(sandbox().data.transactions.slice(-2)).toEqual([first, second]);
		await waitUntil(() => receiver.received.length === 2);
		expect(receiver.received.map(({ body }) => JSON.parse(body.toString()))).toMatchObject(
			[first, second].map((row) => ({ id: row.id, subAccount: va_number })),
		);
		expect(() => sandbox().payVa(va_number)).toThrow('not open any more');
		await receiver.close();
	});

	test('a bank takes the exact amount, an open account, and in time', async () => {
		const { va_number, id } = await create(SACOMBANK, {
			va_prefix: 'HSV',
			amount: 50_000,
			duration: 60,
		});
		expect(() => sandbox().payVa(va_number, 49_999)).toThrow('takes exactly 50000');
		expect(() => sandbox().payVa('X')).toThrow('there is no X');
		sandbox().clock.advance(62_000);
		expect(() => sandbox().payVa(va_number)).toThrow('not open any more');
		expect((await call('DELETE', `${orders(SACOMBANK)}/${id}`)).status).toBe(204);
		expect(api().orders[0].status).toBe('Cancelled');
		const other = await create(VIETINBANK, { amount: 7000 });
		expect(sandbox().payVa(other.va_number)).toMatchObject({ amount_in: 7000 });
	});

	test('only one that nobody has paid for is cancelled', async () => {
		const { id, va_number } = await create(BIDV, { amount: 300_000 });
		sandbox().payVa(va_number, 1);
		const path = `${orders(BIDV)}/${id}`;
		expect(apiError(await call('DELETE', path))).toBe('422 invalid_state');
		const second = await create(BIDV);
		expect((await call('DELETE', `${orders(BIDV)}/${second.id}`)).text).toBe('');
		expect(apiError(await call('DELETE', `${orders(BIDV)}/${second.id}`))).toBe(
			'422 invalid_state',
		);
		expect(() => sandbox().payVa(second.va_number)).toThrow('not open any more');
		expect(apiError(await call('DELETE', `${orders(VIETINBANK)}/${id}`))).toBe('404 not_found');
	});

	test('a further virtual account, and its end', async () => {
		const { id, va_number } = await create(BIDV, { amount: 300_000 });
		const path = `${orders(BIDV)}/${id}/va`;
		sandbox().payVa(va_number, 100_000);
		const added = await call('POST', path, {});
		expect([added.status, added.body.data]).toEqual([
			201,
			expect.objectContaining({ amount: 200_000, status: 'Unpaid' }),
		]);
		expect(apiError(await call('POST', path, { amount: 300_001 }))).toBe(
			'422 validation_error amount',
		);
		api().variants.holderNames = 'required';
		expect(apiError(await call('POST', path))).toBe('422 validation_error va_holder_name');
		expect((await call('POST', path, { va_holder_name: 'QUAY 2' })).status).toBe(201);

		const { va } = await read(BIDV, id);
		expect(va).toHaveLength(3);
		const cancel = (number: unknown) => call('DELETE', `${path}/${String(number)}`);
		expect(apiError(await cancel(va_number))).toBe('422 invalid_state');
		expect((await cancel(va[1].va_number)).status).toBe(204);
		expect(() => sandbox().payVa(String(va[1].va_number))).toThrow('not open any more');
		expect(apiError(await cancel('X'))).toBe('404 not_found');
		sandbox().payVa(String(va[2].va_number));
		expect(await read(BIDV, id)).toMatchObject({ status: 'Paid', paid_amount: 300_000 });
		expect(apiError(await call('POST', path, { va_holder_name: 'A' }))).toBe('422 invalid_state');
	});

	test('prefixes at Sacombank and terminals at Vietcombank alone', async () => {
		const [prefix] = await list(`/bank-accounts/${SACOMBANK}/prefixes`);
		expect(prefix).toMatchObject({ va_prefix: 'HSV', status: 'active' });
		const one = `/bank-accounts/${SACOMBANK}/prefixes/`;
		expect((await get(`${one}HSV`)).body.data).toEqual(prefix);
		expect(apiError(await get(`${one}X`))).toBe('404 not_found');
		expect(apiError(await get(`/bank-accounts/${BIDV}/prefixes`))).toBe('422 unsupported_bank');
		const terminals = `/bank-accounts/${VIETCOMBANK}/terminals`;
		expect((await list(terminals)).map(({ tid }) => tid)).toEqual(['VCB00002', 'VCB00001']);
		expect((await list(terminals, { q: 'quầy 1' })).map(({ tid }) => tid)).toEqual(['VCB00001']);
		const elsewhere = await get(`/bank-accounts/${SACOMBANK}/terminals`);
		expect(apiError(elsewhere)).toBe('422 unsupported_bank');
	});
});

describe('refunds', () => {
	const paidOrder = async (bank = VIETINBANK, amount = 300_000) => {
		const path = `/bank-accounts/${bank}/orders`;
		const { id, va_number } = (await call('POST', path, { amount })).body.data as never;
		const row = sandbox().payVa(va_number);
		return { order: `${path}/${String(id)}/refund`, row };
	};
	const refund = (path: string, key: string | undefined, body?: Row) =>
		call('POST', path, body, key === undefined ? {} : { 'x-idempotency-key': key });
	const ofRow = ({ id }: { id: number }) => `/transactions/${transaction(id)}/refund`;

	test('of an order: all that is left, pending at first', async () => {
		const { order } = await paidOrder();
		const made = (await refund(order, 'a', { refund_amount: 100_000 })).body.data as never as Row;
		expect(made).toMatchObject({
			refund_amount: 100_000,
			status: 'pending',
			transaction_id: null,
			bank_account_id: VIETINBANK,
		});
		expect((await refund(order, 'b')).body.data).toMatchObject({ refund_amount: 200_000 });
		expect(apiError(await refund(order, 'c'))).toBe('422 already_refunded');
		sandbox().clock.advance(61_000);
		await waitUntil(() => api().refunds.every(({ status }) => status === 'succeeded'));
		expect((await get(`/refunds/${String(made.id)}`)).body.data).toMatchObject({
			id: made.id,
			status: 'succeeded',
		});
	});

	test('never more than was received, by the order and its transactions together', async () => {
		const { order, row } = await paidOrder();
		await refund(ofRow(row), 'a', { refund_amount: 250_000 });
		const tooMuch = await refund(order, 'b', { refund_amount: 50_001 });
		expect(apiError(tooMuch)).toBe('422 validation_error refund_amount');
		expect((await refund(order, 'b', { refund_amount: 50_000 })).status).toBe(201);
		expect(apiError(await refund(ofRow(row), 'c'))).toBe('422 already_refunded');
		expect(apiError(await refund(order, 'd', { refund_amount: 0 }))).toBe('422 already_refunded');
	});

	test('need a key, and are made once for each', async () => {
		const { order } = await paidOrder();
		expect(apiError(await refund(order, undefined))).toBe('422 idempotency_key_required');
		const first = await refund(order, 'a', { refund_amount: 1000 });
		const again = await refund(order, 'a', { refund_amount: 1000 });
		expect([again.status, again.body]).toEqual([first.status, first.body]);
		expect(apiError(await refund(order, 'a', { refund_amount: 1001 }))).toBe(
			'409 idempotency_key_reused',
		);
		api().variants.repeatedRefund = 'refused';
		expect(apiError(await refund(order, 'a', { refund_amount: 1000 }))).toBe(
			'409 idempotency_key_reused',
		);
		expect(api().refunds).toHaveLength(1);
	});

	test('a key that was refused is free', async () => {
		const { order } = await paidOrder();
		await refund(order, 'a', { refund_amount: 300_001 });
		expect((await refund(order, 'a', { refund_amount: 300_000 })).status).toBe(201);
	});

	test('at VietinBank for enterprises alone, anywhere in Test Mode', async () => {
		const { order, row } = await paidOrder(BIDV);
		expect(apiError(await refund(order, 'a'))).toBe('422 unsupported_bank');
		expect(apiError(await refund(ofRow(row), 'a'))).toBe('422 unsupported_bank');
		api().environment = 'test';
		expect((await refund(order, 'a')).status).toBe(201);
	});

	test('not of money that went out or has not come', async () => {
		const out = sandbox().addTransaction({ bank_account_id: 18, amount_out: 5000 });
		expect(apiError(await refund(ofRow(out), 'a'))).toBe('422 not_available');
		const path = `/bank-accounts/${VIETINBANK}/orders`;
		const { id } = (await call('POST', path, { amount: 5 })).body.data as never;
		expect(apiError(await refund(`${path}/${String(id)}/refund`, 'a'))).toBe('422 not_available');
	});

	test('are listed at one of two places', async () => {
		const { order, row } = await paidOrder();
		await refund(order, 'a', { refund_amount: 1 });
		await refund(ofRow(row), 'b', { refund_amount: 2 });
		const below = `/bank-accounts/${VIETINBANK}/refunds`;
		const amounts = async (path: string) =>
			(await list(path)).map(({ refund_amount }) => refund_amount);
		expect(await amounts('/refunds')).toEqual([2, 1]);
		expect(apiError(await get(below))).toBe('404 not_found');
		api().variants.refundsPath = 'bankAccount';
		expect(await amounts(below)).toEqual([2, 1]);
		expect(await amounts(`/bank-accounts/${BIDV}/refunds`)).toEqual([]);
		expect(apiError(await get('/refunds'))).toBe('404 not_found');
		expect(apiError(await get(`${below}/${BIDV}`))).toBe('404 not_found');
	});
});
