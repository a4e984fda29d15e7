import { loadContract } from '../contract';
import { BLOCKED, startBankHub, type BankAccount, type Company, type Transaction } from './bankHub';
import { callHub, expectLeft, requestToken, useBankHub, waitUntil } from './testing';

const hub = useBankHub();

const HOUR = 3_600_000;
const NOBODY = '00000000-0000-4000-8000-000000000000';

type Row = Record<string, unknown>;

const get = (path: string) => callHub(hub(), 'GET', path);
const post = (path: string, body: unknown = {}) => callHub(hub(), 'POST', path, { body });

/** `data` of the answer, which has to be a success. */
async function read<T = Row>(path: string): Promise<T> {
	const { status, body } = await get(path);
	expect(status).toBe(200);
	return body.data as T;
}

/** The fields that a refusal names. */
async function fieldsOf(path: string, body: unknown): Promise<string[]> {
	const answer = await post(path, body);
	expect(answer.status).toBe(400);
	return Object.keys(answer.body.errors ?? {});
}

const operations = Object.entries(loadContract('sepay-bank-hub').paths).flatMap(([path, item]) =>
	(['get', 'post'] as const).flatMap((method) =>
		item[method] ? [{ method: method.toUpperCase(), path: path.replace(/{\w+}/, NOBODY) }] : [],
	),
);

/** The xid or ID of the first row of each kind, by the beginning of the path. */
const first = (path: string): string => {
	const { companies, bankAccounts, transactions } = hub().data;
	if (path.startsWith('/v1/company')) return companies[0].xid;
	return path.startsWith('/v1/bank') ? bankAccounts[0].xid : transactions[0].transaction_id;
};

describe('access tokens', () => {
	test('are given for the id and secret of the client, in any number', async () => {
		const { status, body } = await requestToken(hub());
		expect(status).toBe(201);
		expect(body).toEqual({
			code: 201,
			access_token: expect.stringMatching(/^[0-9a-f]{40}$/),
			ttl: 60_000,
		});
		const second = await requestToken(hub());
		for (const { access_token } of [body, second.body] as Row[]) {
			const { status } = await callHub(hub(), 'GET', '/v1/company', {
				token: String(access_token),
			});
			expect(status).toBe(200);
		}
		expect(second.body.access_token).not.toBe(body.access_token);
	});

	test.each(['application/json', 'application/x-www-form-urlencoded', undefined])(
		'whatever the content type: %s',
		async (type) => {
			const { client, url } = hub();
			const basic = Buffer.from(`${client.id}:${client.secret}`).toString('base64');
			const headers = {
				authorization: `Basic ${basic}`,
				...(type !== undefined && { 'content-type': type }),
			};
			expect((await fetch(`${url}/v1/token`, { method: 'POST', headers })).status).toBe(201);
		},
	);

	test('secrets with colons, spaces and letters beyond ASCII', async () => {
		hub().client.secret = 'a:b c:ngân hàng ';
		expect((await requestToken(hub())).status).toBe(201);
		expect((await requestToken(hub(), { secret: 'a:b c:ngan hang ' })).status).toBe(401);
	});

	test('not for a wrong id or secret, nor for a client that is switched off', async () => {
		const apiError = { status: 401, body: { code: 401, message: 'Unauthenticated' } };
		expect(await requestToken(hub(), { secret: 'x' })).toMatchObject(apiError);
		expect(await requestToken(hub(), { id: 'x' })).toMatchObject(apiError);
		const bare = await fetch(`${hub().url}/v1/token`, { method: 'POST' });
		expect(bare.status).toBe(401);
		hub().client.active = false;
		expect(await requestToken(hub())).toMatchObject(apiError);
	});

	test('end after their ttl on the sandbox clock', async () => {
		hub().ttl = 3600;
		const token = hub().issueToken();
		const status = async () => (await callHub(hub(), 'GET', '/v1/webhook', { token })).status;
		hub().clock.advance(HOUR - 5_000);
		expect(await status()).toBe(200);
		hub().clock.advance(5_000);
		expect(await status()).toBe(401);
		expect((await get('/v1/webhook')).status).toBe(200);
	});

	test('end when they are revoked', async () => {
		const token = hub().issueToken();
		hub().revokeTokens();
		expect(await callHub(hub(), 'GET', '/v1/company', { token })).toMatchObject({
			status: 401,
			body: { code: 401, message: 'Unauthenticated' },
		});
		expect((await get('/v1/company')).status).toBe(200);
	});

	test('variant newToken: endsOthers', async () => {
		hub().variants.newToken = 'endsOthers';
		const token = hub().issueToken();
		await requestToken(hub());
		expect((await callHub(hub(), 'GET', '/v1/company', { token })).status).toBe(401);
	});
});

describe('every endpoint', () => {
	test('the contract has the twenty', () => {
		expect(operations).toHaveLength(20);
	});

	test.each(operations)('$method $path needs a token', async ({ method, path }) => {
		for (const token of [null, 'x']) {
			const { status, body } = await callHub(hub(), method, path, { token });
			expect([status, body]).toEqual([401, { code: 401, message: 'Unauthenticated' }]);
		}
	});

	test.each(['/v1/company', '/v1/token', '/v1/webhook', '/v1/link-token/create'])(
		'another method of %s is refused',
		async (path) => {
			const response = await fetch(hub().url + path, { method: 'DELETE' });
			expect([response.status, await response.json()]).toEqual([
				405,
				path === '/v1/webhook' ? expect.anything() : { code: 405, message: 'Method Not Allowed' },
			]);
		},
	);

	test('others do not exist', async () => {
		for (const path of ['/v1/banks', '/v1', '/v2/company', '/tokens', '/companies']) {
			expect((await fetch(hub().url + path)).status).toBe(404);
		}
	});

	test.each(operations.filter(({ path }) => path.includes(NOBODY)))(
		'$method $path does not find just any xid',
		async ({ method, path }) => {
			const shape = /company\/(edit\/)?0/.test(path)
				? { code: 404, message: expect.any(String), status: 404, error: '404' }
				: { code: 404, message: expect.any(String) };
			const body = method === 'POST' ? { full_name: 'x' } : undefined;
			const answer = await callHub(hub(), method, path, { body });
			expect([answer.status, answer.body]).toEqual([404, shape]);
			const known = await callHub(hub(), method, path.replace(NOBODY, first(path)), { body });
			expect(known.status).toBe(200);
		},
	);

	test.each([
		'/v1/company/create',
		'/v1/company/edit/first',
		'/v1/link-token/create',
		'/v1/link-token/get',
		'/v1/link-token/revoke',
		'/v1/transaction/create',
		'/v1/merchant-config',
		'/v1/webhook',
	])('%s takes nothing but a JSON object', async (path) => {
		const url = hub().url + path.replace('first', first(path));
		const authorization = `Bearer ${hub().issueToken()}`;
		const attempts: RequestInit[] = [
			{},
			{ body: '{"full_name":', headers: { 'content-type': 'application/json' } },
			{ body: '[]', headers: { 'content-type': 'application/json' } },
			{ body: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
		];
		for (const { body, headers } of attempts) {
			const sent = { authorization, ...(headers as Record<string, string>) };
			expect((await fetch(url, { method: 'POST', body, headers: sent })).status).toBe(400);
		}
	});
});

describe('paging', () => {
	const hub = useBankHub({ companies: 45, bankAccounts: 45, transactions: 45 });
	const get = (path: string) => callHub(hub(), 'GET', path);

	test.each([
		['company', 'companies'],
		['bank-account', 'bankAccounts'],
	] as const)('the pages of %s hold every row once, the newest first', async (path, name) => {
		const seen: unknown[] = [];
		for (let page = 1; page <= 3; page += 1) {
			const { body } = await get(`/v1/${path}?per_page=20&page=${page}`);
			expect(body.meta).toEqual({
				per_page: 20,
				total: 45,
				has_more: page < 3,
				current_page: page,
				page_count: 3,
			});
			seen.push(...(body.data as Row[]).map(({ xid }) => xid));
		}
		const all = hub().data[name].map(({ xid }) => xid);
		expect(seen).toEqual(all.reverse());
	});

	test('so do those of transactions, with another meta', async () => {
		const seen: unknown[] = [];
		for (let page = 1; page <= 3; page += 1) {
			const { body } = await get(`/v1/transaction?per_page=20&page=${page}`);
			expect(body.meta).toEqual({ page, per_page: 20, total: 45, total_pages: 3 });
			seen.push(...(body.data as Row[]).map(({ transaction_id }) => transaction_id));
		}
		const all = hub().data.transactions.map(({ transaction_id }) => transaction_id);
		expect(seen).toEqual(all.reverse());
	});

	const sizeOf = async (query: string): Promise<number> => {
		const url = `${hub().url}/v1/company?${query}`;
		const headers = { authorization: `Bearer ${hub().issueToken()}` };
		const response = await fetch(url, { headers });
		return response.ok ? ((await response.json()) as { data: Row[] }).data.length : response.status;
	};

	test('20 rows by default, cut down to the largest page, none after the last', async () => {
		expect(await sizeOf('')).toBe(20);
		expect(await sizeOf('limit=5')).toBe(20);
		expect(await sizeOf('page=4')).toBe(0);
		hub().variants.maxPerPage = 30;
		expect(await sizeOf('per_page=40')).toBe(30);
	});

	test.each(['page=0', 'page=x', 'page=', 'per_page=0', 'per_page=1.5', 'per_page=-1'])(
		'%s is refused',
		async (query) => {
			expect(await sizeOf(query)).toBe(400);
		},
	);

	test('variants pageSizeName and largePage', async () => {
		hub().variants.pageSizeName = 'limit';
		expect(await sizeOf('limit=5&per_page=7')).toBe(5);
		expect(await sizeOf('limit=101')).toBe(45);
		hub().variants.largePage = 'refuse';
		expect(await sizeOf('limit=100')).toBe(45);
		expect(await sizeOf('limit=101')).toBe(400);
	});
});

describe('companies', () => {
	const names = async (query: string) =>
		(await read<Company[]>(`/v1/company?${query}`)).map(({ full_name }) => full_name);

	test('are listed with text for a flag, without their configuration', async () => {
		const [pending, active] = await read<Row[]>('/v1/company');
		const { xid, full_name, created_at, updated_at } = hub().data.companies[1];
		expect(active).toEqual({
			xid,
			full_name,
			status: 'Active',
			active: '1',
			created_at,
			updated_at,
		});
		expect(pending).toMatchObject({ status: 'Pending', active: '0' });
	});

	test('are found by part of the name, by status; sorted by their beginning', async () => {
		const [a, b, c] = hub().data.companies.map(({ full_name }) => full_name);
		expect(await names('')).toEqual([c, b, a]);
		expect(await names('sort[created_at]=desc')).toEqual([c, b, a]);
		expect(await names('sort[created_at]=asc')).toEqual([a, b, c]);
		expect(await names('status=Pending')).toEqual([c]);
		expect(await names(`q=${encodeURIComponent(b.slice(-8).toUpperCase())}`)).toEqual([b]);
		expect((await get('/v1/company?sort[created_at]=up')).status).toBe(400);
	});

	test('one has its configuration', async () => {
		const { xid } = hub().data.companies[0];
		expect(await read(`/v1/company/${xid}`)).toMatchObject({
			xid,
			active: '1',
			configuration: {
				payment_code: 'on',
				payment_code_prefix: 'DH',
				payment_code_suffix_from: 6,
				payment_code_suffix_to: 8,
				payment_code_suffix_character_type: 'NumberOnly',
				data_storage_time: '90',
				transaction_amount: 'Unlimited',
			},
		});
		expect((await get('/v1/company/not-a-uuid')).status).toBe(404);
	});

	test('are created', async () => {
		const full_name = 'Công ty Cổ phần Đường Sắt';
		const { status, body } = await post('/v1/company/create', { full_name, status: 'Pending' });
		expect([status, body]).toEqual([
			201,
			{ code: 201, message: expect.any(String), data: { xid: expect.any(String), full_name } },
		]);
		const made = await read(`/v1/company/${(body.data as Row).xid}`);
		expect(made).toMatchObject({ full_name, status: 'Pending', active: '0' });
		expect(made).toMatchObject({ configuration: { transaction_amount: 'Unlimited' } });
	});

	test('variant newCompanyAllowance', async () => {
		hub().variants.newCompanyAllowance = 0;
		const { body } = await post('/v1/company/create', { full_name: 'A', status: 'Active' });
		expect(await read(`/v1/company/${(body.data as Row).xid}`)).toMatchObject({
			configuration: { transaction_amount: '0' },
		});
	});

	test.each([
		[{}, ['full_name', 'status']],
		[{ full_name: '', status: 'Active' }, ['full_name']],
		[{ full_name: 'x'.repeat(201), status: 'Active' }, ['full_name']],
		[{ full_name: 'x', status: 'active' }, ['status']],
		[{ full_name: 'x', status: 'Suspended' }, ['status']],
		[{ full_name: 1, status: 'Active' }, ['full_name']],
	])('%j is refused', async (body, fields) => {
		expect(await fieldsOf('/v1/company/create', body)).toEqual(fields);
		expect(hub().data.companies).toHaveLength(3);
	});

	test('a name of 200 characters is taken once', async () => {
		const body = { full_name: 'đ'.repeat(200), status: 'Active' };
		expect((await post('/v1/company/create', body)).status).toBe(201);
		expect(await fieldsOf('/v1/company/create', body)).toEqual(['full_name']);
	});

	test('only what is sent changes', async () => {
		const company = hub().data.companies[0];
		const before = structuredClone(company);
		hub().clock.advance(HOUR);
		const { status, body } = await post(`/v1/company/edit/${company.xid}`, {
			status: 'Suspended',
			payment_code_prefix: 'ABCDE',
			transaction_amount: 7,
		});
		expect([status, body]).toEqual([200, { code: 200, message: expect.any(String) }]);
		expect(company).toEqual({
			...before,
			status: 'Suspended',
			updated_at: expect.any(String),
			configuration: {
				...before.configuration,
				payment_code_prefix: 'ABCDE',
				transaction_amount: 7,
			},
		});
		expect(company.updated_at > before.updated_at).toBe(true);
		const own = { full_name: company.full_name };
		expect((await post(`/v1/company/edit/${company.xid}`, own)).status).toBe(200);
	});

	test.each([[0], ['12'], ['Unlimited']])('allowance %p', async (transaction_amount) => {
		const path = `/v1/company/edit/${first('/v1/company')}`;
		expect((await post(path, { transaction_amount })).status).toBe(200);
		expect(await read(`/v1/company/${first('/v1/company')}`)).toMatchObject({
			configuration: { transaction_amount: String(transaction_amount) },
		});
	});

	test.each([
		{ full_name: 'x'.repeat(201) },
		{ status: 'Gone' },
		{ payment_code: true },
		{ payment_code_prefix: 'A' },
		{ payment_code_prefix: 'ABCDEF' },
		{ payment_code_prefix: 'A1' },
		{ payment_code_suffix_from: 0 },
		{ payment_code_suffix_from: 9 },
		{ payment_code_suffix_to: '8' },
		{ payment_code_suffix_character_type: 'LetterOnly' },
		{ transaction_amount: 'unlimited' },
		{ transaction_amount: -1 },
		{ transaction_amount: 1.5 },
	])('a change to %j is refused', async (body) => {
		const path = `/v1/company/edit/${first('/v1/company')}`;
		const before = structuredClone(hub().data.companies);
		const [name] = Object.keys(body);
		expect(await fieldsOf(path, body)).toEqual([name]);
		expect(hub().data.companies).toEqual(before);
	});

	test('no name of another company', async () => {
		const [{ xid }, { full_name }] = hub().data.companies;
		expect(await fieldsOf(`/v1/company/edit/${xid}`, { full_name })).toEqual(['full_name']);
	});
});

describe('bank accounts', () => {
	test('are listed with text for flags and amounts, without personal data', async () => {
		const [row] = await read<Row[]>('/v1/bank-account');
		const account = hub().data.bankAccounts.at(-1)!;
		const { identification_number, phone_number, va_list, ...shown } = account;
		expect([identification_number, phone_number]).not.toContain(undefined);
		expect(va_list).toBeDefined();
		expect(row).toEqual({
			...shown,
			accumulated: `${account.accumulated}.00`,
			bank_api_connected: '1',
			active: '1',
		});
	});

	test('one has personal data and virtual accounts, but not its type', async () => {
		const account = hub().data.bankAccounts.find(({ va_list }) => va_list.length > 0)!;
		const details = await read(`/v1/bank-account/${account.xid}`);
		expect(details).not.toHaveProperty('account_type');
		expect(details).toMatchObject({
			identification_number: account.identification_number,
			phone_number: account.phone_number,
			va_list: [{ ...account.va_list[0], active: '1' }],
		});
	});

	test('are found by company, bank, number and holder', async () => {
		const { bankAccounts } = hub().data;
		const found = async (query: string) =>
			(await read<BankAccount[]>(`/v1/bank-account?${query}`)).map(({ xid }) => xid);
		const expected = (test: (account: BankAccount) => boolean) =>
			bankAccounts
				.filter(test)
				.map(({ xid }) => xid)
				.reverse();
		const [one] = bankAccounts;
		expect(await found(`company_xid=${one.company_xid}`)).toEqual(
			expected(({ company_xid }) => company_xid === one.company_xid),
		);
		expect(await found('bank_id=MB')).toEqual(
			expected(({ brand_name }) => brand_name === 'MBBank'),
		);
		expect(await found('bank_id=MBBank')).toEqual([]);
		expect(await found(`q=${one.account_number.slice(2, 8)}`)).toEqual([one.xid]);
		expect(await found('q=cong%20ty')).toEqual(
			expected(({ account_type }) => account_type === 'enterprise'),
		);
		expect(await found('company_xid=x')).toEqual([]);
	});
});

describe('transactions', () => {
	const ids = async (query: Record<string, string>) =>
		(await read<Transaction[]>(`/v1/transaction?per_page=100&${new URLSearchParams(query)}`)).map(
			({ transaction_id }) => transaction_id,
		);
	const expected = (test: (row: Transaction) => boolean) =>
		hub()
			.data.transactions.filter(test)
			.map(({ transaction_id }) => transaction_id)
			.reverse();

	test('are numbers where bank accounts are text', async () => {
		const added = hub().addTransaction({ transaction_content: 'ck dh123456', amount: 250_000 });
		const { accumulated, ...shown } = added;
		expect(accumulated).toBe(hub().data.bankAccounts[0].accumulated);
		expect(await read<Row[]>('/v1/transaction?per_page=1')).toEqual([
			{ ...shown, amount: 250_000, payment_code: 'DH123456', webhook_success: 0 },
		]);
		expect(await read(`/v1/transaction/${added.transaction_id}`)).toMatchObject({
			transaction_id: added.transaction_id,
			transfer_type: 'in',
		});
	});

	test.each(['company_xid', 'bank_account_xid', 'brand_name', 'transfer_type'] as const)(
		'%s is matched exactly',
		async (name) => {
			const value = hub().data.transactions.at(-1)![name];
			const wanted = expected((row) => row[name] === value);
			expect(wanted.length).toBeLessThan(60);
			expect(await ids({ [name]: value })).toEqual(wanted);
		},
	);

	test('webhook_success', async () => {
		for (const flag of ['0', '1']) {
			const wanted = expected((row) => row.webhook_success === (flag === '1'));
			expect(wanted).not.toHaveLength(0);
			expect(await ids({ webhook_success: flag })).toEqual(wanted);
		}
	});

	test('q is part of the text, the payment code or the account number', async () => {
		const made = hub().addTransaction({ transaction_content: 'Tiền NHÀ Q.7 dh765432' });
		expect(await ids({ q: 'tiền nhà q.7' })).toEqual([made.transaction_id]);
		expect(await ids({ q: 'DH765432' })).toEqual([made.transaction_id]);
		const { account_number } = made;
		expect(await ids({ q: account_number })).toEqual(
			expected((row) => row.account_number === account_number),
		);
	});

	test('dates are whole days, both ends included', async () => {
		const dates = [
			'2031-05-01 23:59:59',
			'2031-05-02 00:00:00',
			'2031-05-02 23:59:59',
			'2031-05-03 00:00:00',
		];
		const [before, morning, night, after] = dates.map(
			(transaction_date) => hub().addTransaction({ transaction_date }).transaction_id,
		);
		expect(await ids({ transaction_date: '2031-05-02' })).toEqual([night, morning]);
		expect(await ids({ start_transaction_date: '2031-05-02' })).toEqual([after, night, morning]);
		const range = {
			start_transaction_date: '2031-05-01',
			end_transaction_date: '2031-05-02',
		};
		expect(await ids(range)).toEqual([night, morning, before]);
	});

	test.each([
		'transaction_date=2031-5-2',
		'transaction_date=2031-02-29',
		'start_transaction_date=x',
		'end_transaction_date=2031-13-01',
		'transfer_type=credit',
		'webhook_success=2',
	])('%s is refused', async (query) => {
		expect((await get(`/v1/transaction?${query}`)).status).toBe(400);
	});

	test('a payment finds no code while that is off, nor one of another form', async () => {
		const transaction_content = 'ck AB12X';
		expect(hub().addTransaction({ transaction_content }).payment_code).toBeNull();
		const lettered = { transaction_content: 'ck DH12345X' };
		expect(hub().addTransaction(lettered).payment_code).toBeNull();
		const path = `/v1/company/edit/${hub().data.bankAccounts[0].company_xid}`;
		await post(path, {
			payment_code_prefix: 'AB',
			payment_code_suffix_from: 3,
			payment_code_suffix_to: 3,
			payment_code_suffix_character_type: 'NumberAndLetter',
		});
		expect(hub().addTransaction({ transaction_content }).payment_code).toBe('AB12X');
		await post(path, { payment_code: 'off' });
		expect(hub().addTransaction({ transaction_content }).payment_code).toBeNull();
	});
});

describe('test transactions', () => {
	const wish = () => ({
		bank_account_xid: hub().data.bankAccounts[0].xid,
		transfer_type: 'credit',
		amount: 5_000,
		transaction_content: 'DH123456 test',
	});

	test('money in and out', async () => {
		const balance = hub().data.bankAccounts[0].accumulated;
		const { status, body } = await post('/v1/transaction/create', wish());
		expect([status, body]).toEqual([
			200,
			{
				code: 201,
				message: expect.any(String),
				data: {
					transaction_id: expect.any(String),
					reference_number: expect.any(String),
					transaction_date: expect.any(String),
					amount: 5_000,
					transfer_type: 'credit',
					accumulated: balance + 5_000,
				},
			},
		]);
		await post('/v1/transaction/create', { ...wish(), transfer_type: 'debit', amount: 1_000 });
		const [out, income] = await read<Row[]>('/v1/transaction?per_page=2');
		expect(out).toMatchObject({ transfer_type: 'out', amount: 1_000 });
		expect(income).toMatchObject({ transfer_type: 'in', payment_code: 'DH123456' });
		expect(hub().data.bankAccounts[0].accumulated).toBe(balance + 4_000);
	});

	test.each([
		{ bank_account_xid: undefined },
		{ bank_account_xid: NOBODY },
		{ transfer_type: undefined },
		{ transfer_type: 'in' },
		{ amount: undefined },
		{ amount: 0 },
		{ amount: -5_000 },
		{ amount: '5000' },
		{ transaction_content: undefined },
		{ transaction_content: '' },
	])('%j is refused', async (fields) => {
		const [name] = Object.keys(fields);
		expect(await fieldsOf('/v1/transaction/create', { ...wish(), ...fields })).toEqual([name]);
		expect(hub().data.transactions).toHaveLength(60);
	});

	test('none on an account that is not linked any more', async () => {
		hub().data.bankAccounts[0].active = false;
		expect(await fieldsOf('/v1/transaction/create', wish())).toEqual(['bank_account_xid']);
	});

	test('none on production, whatever is sent', async () => {
		hub().environment = 'production';
		for (const body of [wish(), {}]) {
			const answer = await post('/v1/transaction/create', body);
			expect([answer.status, answer.body]).toEqual([
				403,
				{ code: 403, message: expect.stringContaining('sandbox') },
			]);
		}
		expect(hub().data.transactions).toHaveLength(60);
	});

	test.each([
		['creditDebit', [200, 400]],
		['inOut', [400, 200]],
		['both', [200, 200]],
	] as const)('variant testDirection: %s', async (variant, statuses) => {
		hub().variants.testDirection = variant;
		const sent = async (transfer_type: string) => {
			const headers = {
				authorization: `Bearer ${hub().issueToken()}`,
				'content-type': 'application/json',
			};
			const body = JSON.stringify({ ...wish(), transfer_type });
			const url = `${hub().url}/v1/transaction/create`;
			return (await fetch(url, { method: 'POST', headers, body })).status;
		};
		expect([await sent('debit'), await sent('out')]).toEqual(statuses);
		const made = hub().data.transactions.slice(60);
		expect(made.map(({ transfer_type }) => transfer_type)).toEqual(
			statuses.filter((status) => status === 200).map(() => 'out'),
		);
	});
});

describe('counters', () => {
	const hub = useBankHub({ transactions: 0 });

	beforeEach(() => {
		const [a, b] = hub().data.bankAccounts;
		const at = (transaction_date: string, transfer_type: 'in' | 'out', account = a) =>
			hub().addTransaction({ transaction_date, transfer_type, bank_account_xid: account.xid });
		at('2031-05-01 10:00:00', 'in');
		at('2031-05-01 11:00:00', 'out');
		at('2031-05-02 00:00:00', 'in');
		at('2031-05-02 00:00:01', 'in', b);
	});

	const counted = async (path: string) => {
		const { body } = await callHub(hub(), 'GET', path);
		return body.data;
	};

	test('of a company, by day', async () => {
		const path = `/v1/company/counter/${hub().data.bankAccounts[0].company_xid}`;
		const second = { date: '2031-05-02', transaction: 1, transaction_in: 1, transaction_out: 0 };
		expect(await counted(path)).toEqual({
			dates: [
				{ date: '2031-05-01', transaction: 2, transaction_in: 1, transaction_out: 1 },
				second,
			],
			total: { transaction: 3, transaction_in: 2, transaction_out: 1 },
		});
		const { date, ...total } = second;
		expect(await counted(`${path}?date=${date}`)).toEqual({ dates: [second], total });
		expect(await counted(`${path}?date=2031-05-03`)).toEqual({
			dates: [],
			total: { transaction: 0, transaction_in: 0, transaction_out: 0 },
		});
		expect((await callHub(hub(), 'GET', `${path}?date=today`)).status).toBe(400);
	});

	test('of the merchant, by day and company, `transaction` being money in only', async () => {
		const range = 'start_date=2031-05-01&end_date=2031-05-02';
		const row = { company_id: 701, transaction: 1, transaction_in: 1, transaction_out: 0 };
		expect(await counted(`/v1/merchant-config/counter?${range}`)).toEqual({
			dates: [
				{ ...row, date: '2031-05-01', transaction_out: 1 },
				{ ...row, date: '2031-05-02' },
				{ ...row, date: '2031-05-02', company_id: 702 },
			],
			total: { transaction: 3, transaction_in: 3, transaction_out: 1 },
		});
	});

	test('of the merchant, today unless a day is given', async () => {
		hub().addTransaction();
		const today = await counted('/v1/merchant-config/counter');
		expect(today).toMatchObject({ total: { transaction: 1 } });
		const since = await counted('/v1/merchant-config/counter?end_date=2031-05-01');
		expect(since).toMatchObject({ total: { transaction: 2, transaction_out: 1 } });
	});

	test.each([
		'start_date=2031-05-02&end_date=2031-05-01',
		'start_date=1.5.2031',
		'end_date=2031-02-30',
		'end_date=2020-01-01',
	])('%s is refused', async (query) => {
		expect((await callHub(hub(), 'GET', `/v1/merchant-config/counter?${query}`)).status).toBe(400);
	});
});

describe('merchant', () => {
	const path = '/v1/merchant-config';

	test('has nothing set at first; what is not sent stays', async () => {
		expect(await read(path)).toEqual({
			transaction_whitelist_remark_keywords: [],
			global_hosted_link_custom_css: null,
			logo_url: null,
		});
		const keywords = { transaction_whitelist_remark_keywords: [' DH ', 'HD', 'DH'] };
		const set = { transaction_whitelist_remark_keywords: ['DH', 'HD'] };
		expect((await post(path, keywords)).body.data).toMatchObject(set);
		await post(path, { global_hosted_link_custom_css: 'a{color:red}' });
		expect(await read(path)).toEqual({
			...set,
			global_hosted_link_custom_css: 'a{color:red}',
			logo_url: null,
		});
		await post(path, { transaction_whitelist_remark_keywords: [] });
		expect(await read(path)).toMatchObject({ transaction_whitelist_remark_keywords: [] });
	});

	test.each([
		{ transaction_whitelist_remark_keywords: ['DH', ' '] },
		{ transaction_whitelist_remark_keywords: 'DH' },
		{ transaction_whitelist_remark_keywords: [1] },
		{ global_hosted_link_custom_css: '<script>alert(1)</script>' },
		{ global_hosted_link_custom_css: 7 },
	])('%j is refused', async (body) => {
		expect(await fieldsOf(path, body)).toEqual(Object.keys(body));
	});

	test('variant customCss: ignored', async () => {
		hub().variants.customCss = 'ignored';
		const answer = await post(path, { global_hosted_link_custom_css: 'a{}' });
		expect([answer.status, answer.body.data]).toEqual([
			200,
			expect.objectContaining({ global_hosted_link_custom_css: null }),
		]);
	});
});

describe('logo', () => {
	const PNG = Buffer.from('89504e470d0a1a0a', 'hex');
	const JPG = Buffer.from('ffd8ffe000104a46', 'hex');
	const upload = (bytes: Buffer, name: string, type: string, field = 'logo') => {
		const body = new FormData();
		body.append(field, new File([new Uint8Array(bytes)], name, { type }));
		return callHub(hub(), 'POST', '/v1/merchant-config/logo', { body });
	};

	test.each([
		['a.png', 'image/png', PNG],
		['a.b.JPG', 'image/jpeg', JPG],
		['a.jpeg', 'image/jpeg', JPG],
	])('%s of %s is taken and replaces the one before', async (name, type, bytes) => {
		await upload(PNG, 'old.png', 'image/png');
		const before = hub().data.merchant.logo_url;
		const { status, body } = await upload(bytes, name, type);
		const { logo_url } = hub().data.merchant;
		expect([status, body]).toEqual([200, { data: { logo_url } }]);
		expect(logo_url).not.toBe(before);
		expect(hub().data.logo).toEqual(bytes);
		expect(await read('/v1/merchant-config')).toMatchObject({ logo_url });
	});

	test.each([
		['another extension than its type', PNG, 'a.jpg', 'image/png'],
		['another type than its extension', PNG, 'a.png', 'image/jpeg'],
		['a GIF', PNG, 'a.gif', 'image/gif'],
		['no extension', PNG, 'logo', 'image/png'],
		['no image', Buffer.from('hello'), 'a.png', 'image/png'],
		['another image than it says', JPG, 'a.png', 'image/png'],
		['empty', Buffer.alloc(0), 'a.png', 'image/png'],
	])('%s is refused', async (_what, bytes, name, type) => {
		const answer = await upload(bytes, name, type);
		expect([answer.status, Object.keys(answer.body.errors)]).toEqual([400, ['logo']]);
		expect(hub().data.merchant.logo_url).toBeNull();
	});

	test('no file, a file by another name, or no form is refused', async () => {
		const form = new FormData();
		form.append('logo', 'text');
		const text = await callHub(hub(), 'POST', '/v1/merchant-config/logo', { body: form });
		expect(text.status).toBe(400);
		expect((await upload(PNG, 'a.png', 'image/png', 'file')).status).toBe(400);
		expect((await post('/v1/merchant-config/logo', { logo: 'a' })).status).toBe(400);
	});

	test.each([413, 400] as const)('more than 1,048,576 bytes is refused with %i', async (status) => {
		hub().variants.logoTooBig = status;
		const sized = (size: number) => Buffer.concat([PNG, Buffer.alloc(size - PNG.length)]);
		expect((await upload(sized(1_048_576), 'a.png', 'image/png')).status).toBe(200);
		expect((await upload(sized(1_048_577), 'a.png', 'image/png')).status).toBe(status);
	});
});

describe('webhook', () => {
	const hook = {
		webhook_url: 'https://shop.example.com/hook',
		auth_type: 'SECRET_KEY',
		secret_key: 'geheim-5678',
		active: 0,
		allow_events: ['BANK_ACCOUNT_LINKED'],
	};
	const enveloped = (data: unknown, success: unknown[] = []) => ({
		status: 200,
		error: null,
		messages: { success, error: [] },
		data,
	});

	test('there is none at first', async () => {
		expect((await get('/v1/webhook')).body).toEqual(enveloped(null));
	});

	test('shows its secret once, later the end of it', async () => {
		const whole = { ...hook, request_content_type: 'application/json' };
		const answer = await post('/v1/webhook', hook);
		expect([answer.status, answer.body]).toEqual([200, enveloped(whole, [expect.any(String)])]);
		const masked = { ...whole, secret_key: '***5678' };
		expect((await get('/v1/webhook')).body).toEqual(enveloped(masked));
		await post('/v1/webhook', { ...hook, secret_key: 'abcd' });
		expect(await read('/v1/webhook')).toMatchObject({ secret_key: '***' });
	});

	test('is overwritten as a whole', async () => {
		await post('/v1/webhook', hook);
		await post('/v1/webhook', { webhook_url: 'http://other.example.com/' });
		expect(await read('/v1/webhook')).toEqual({
			webhook_url: 'http://other.example.com/',
			auth_type: null,
			secret_key: null,
			request_content_type: 'application/json',
			active: 1,
			allow_events: null,
		});
	});

	test.each([
		['no address', { webhook_url: undefined }],
		['no web address', { webhook_url: 'ftp://shop.example.com/' }],
		['a loopback address', { webhook_url: 'https://127.0.0.1/hook' }],
		['a private address', { webhook_url: 'https://10.0.0.8/hook' }],
		['an internal name', { webhook_url: 'https://n8n/hook' }],
		['another authentication', { auth_type: 'BASIC' }],
		['a secret that is missing', { secret_key: undefined }],
		['a flag that is none', { active: true }],
		['an unknown event', { allow_events: ['BANK_ACCOUNT_LINKED', 'X'] }],
		['the other spelling', { allow_events: ['BANK_ACCOUNT_INACTIVED'] }],
		['events that are no list', { allow_events: '*' }],
	])('%s is refused', async (_what, fields) => {
		const { status, body } = await post('/v1/webhook', { ...hook, ...fields });
		expect([status, body]).toEqual([
			400,
			{
				status: 400,
				error: '400',
				messages: { success: [], error: [expect.any(String)] },
				data: null,
			},
		]);
		expect(hub().data.webhook).toBeNull();
	});

	test('plain HTTP not on production; private addresses when they are allowed', async () => {
		const status = async (webhook_url: string) =>
			(await post('/v1/webhook', { ...hook, webhook_url })).status;
		expect(await status('http://shop.example.com/')).toBe(200);
		hub().environment = 'production';
		expect(await status('http://shop.example.com/')).toBe(400);
		expect(await status('https://shop.example.com/')).toBe(200);
		hub().allowPrivateWebhooks = true;
		expect(await status('http://127.0.0.1:5678/')).toBe(200);
	});
});

describe('variants of answers', () => {
	const account = async () => read(`/v1/bank-account/${first('/v1/bank')}`);
	const transaction = async () => read(`/v1/transaction/${first('/v1/transaction')}`);
	const company = async () => read(`/v1/company/${first('/v1/company')}`);

	test.each([
		['number', 1, 7],
		['text', '1', '7'],
	] as const)('flags: %s', async (type, one, seven) => {
		hub().variants.flags = type;
		hub().data.companies[0].configuration.transaction_amount = 7;
		hub().data.transactions[0].webhook_success = true;
		expect(await account()).toMatchObject({ active: one, bank_api_connected: one });
		expect(await transaction()).toMatchObject({ webhook_success: one });
		expect(await company()).toMatchObject({
			active: one,
			configuration: { transaction_amount: seven },
		});
	});

	test.each([
		['number', 9_000, 5_000],
		['text', '9000.00', '5000.00'],
	] as const)('amounts: %s', async (type, balance, amount) => {
		hub().variants.amounts = type;
		hub().data.bankAccounts[0].accumulated = 9_000;
		hub().data.transactions[0].amount = 5_000;
		expect(await account()).toMatchObject({ accumulated: balance });
		expect(await transaction()).toMatchObject({ amount });
	});

	test.each([
		['inOut', 'out'],
		['creditDebit', 'debit'],
	] as const)('directions: %s', async (type, word) => {
		hub().variants.directions = type;
		hub().data.transactions[0].transfer_type = 'out';
		expect(await transaction()).toMatchObject({ transfer_type: word });
	});

	test.each([200, 201, 202] as const)('postStatus: %i, of what was done only', async (status) => {
		hub().variants.postStatus = status;
		expect(await requestToken(hub())).toMatchObject({ status, body: { code: 201 } });
		const made = await post('/v1/company/create', { full_name: 'A', status: 'Active' });
		expect(made).toMatchObject({ status, body: { code: 201 } });
		expect((await post('/v1/company/create', {})).status).toBe(400);
		expect((await get('/v1/company')).status).toBe(200);
	});
});

describe('variants of times and of nothing', () => {
	test.each([
		['documented', '2026-01-31 06:30:00'],
		['T', '2026-01-31T06:30:00'],
		['zoned', '2026-01-31T06:30:00+07:00'],
		['zonedShort', '2026-01-31T06:30:00+0700'],
		['utc', '2026-01-30T23:30:00Z'],
		['utcFraction', '2026-01-30T23:30:00.000000Z'],
	] as const)('times: %s, everywhere', async (times, written) => {
		hub().variants.times = times;
		const time = '2026-01-31 06:30:00';
		Object.assign(hub().data.transactions[0], { transaction_date: time });
		Object.assign(hub().data.companies[0], { created_at: time });
		expect(await read(`/v1/transaction/${first('/v1/transaction')}`)).toMatchObject({
			transaction_date: written,
		});
		expect(await read(`/v1/company/${first('/v1/company')}`)).toMatchObject({
			created_at: written,
		});
	});

	test.each(['vietnam', 'utc'] as const)('days: %s', async (days) => {
		hub().variants.days = days;
		hub().data.transactions.length = 1;
		hub().data.transactions[0].transaction_date = '2026-01-31 06:30:00';
		const on = async (day: string) => await read(`/v1/transaction?transaction_date=${day}`);
		expect(await on('2026-01-31')).toHaveLength(days === 'vietnam' ? 1 : 0);
		expect(await on('2026-01-30')).toHaveLength(days === 'vietnam' ? 0 : 1);
	});

	test('nothing: emptyText, but for data', async () => {
		hub().variants.nothing = 'emptyText';
		expect((await get('/v1/webhook')).body).toMatchObject({ data: null });
		expect(await read('/v1/merchant-config')).toMatchObject({ logo_url: '' });
	});

	test.each([
		['documented', 30, 3],
		['oneTooFew', 30, 2],
		['ofAskedSize', 80, 1],
	] as const)('pageCount: %s', async (pageCount, per_page, page_count) => {
		Object.assign(hub().variants, { pageCount, maxPerPage: 30 });
		while (hub().data.companies.length < 70) hub().addCompany();
		const { body } = await get('/v1/company?per_page=80');
		expect(body).toMatchObject({ meta: { per_page, page_count, total: 70 } });
		expect(body.data).toHaveLength(30);
	});

	test('meta: missing', async () => {
		hub().variants.meta = 'missing';
		for (const path of ['/v1/company', '/v1/bank-account', '/v1/transaction']) {
			const authorization = `Bearer ${hub().issueToken()}`;
			const response = await fetch(hub().url + path, { headers: { authorization } });
			expect(Object.keys((await response.json()) as object)).toEqual(['data']);
		}
	});
});

describe('variants of the webhook', () => {
	const webhook_url = 'https://Shop.example.com/hook';

	test('webhookSecret: required, to switch it off too', async () => {
		hub().variants.webhookSecret = 'required';
		const off = { webhook_url, active: 0 };
		expect((await post('/v1/webhook', off)).status).toBe(400);
		expect((await post('/v1/webhook', { ...off, secret_key: 'x' })).status).toBe(400);
		const secret = { auth_type: 'SECRET_KEY', secret_key: 'x' };
		expect((await post('/v1/webhook', { ...off, ...secret })).status).toBe(200);
	});

	test('webhookUpdate: merges', async () => {
		hub().variants.webhookUpdate = 'merges';
		const secret = { auth_type: 'SECRET_KEY', secret_key: 'x' };
		await post('/v1/webhook', { webhook_url, ...secret });
		await post('/v1/webhook', { webhook_url, active: 0 });
		expect(hub().data.webhook).toMatchObject({ ...secret, active: 0 });
	});

	test('webhookAddress: normalized', async () => {
		hub().variants.webhookAddress = 'normalized';
		await post('/v1/webhook', { webhook_url });
		expect(await read('/v1/webhook')).toMatchObject({
			webhook_url: 'https://shop.example.com/hook',
		});
	});

	test('successError: status', async () => {
		hub().variants.successError = 'status';
		expect((await get('/v1/webhook')).body).toMatchObject({ status: 200, error: '200' });
	});
});

describe('shapes of refusals', () => {
	const path = `/v1/company/${NOBODY}`;
	const message = 'Không tìm thấy công ty';

	test.each([
		['fields', { code: 404, message, errors: null }],
		['message', { code: 404, message }],
		['detail', { code: 404, message, status: 404, error: '404' }],
		[
			'messages',
			{ status: 404, error: '404', messages: { success: [], error: [message] }, data: null },
		],
	] as const)('%s', async (shape, body) => {
		hub().variants.errorShape = shape;
		expect((await get(path)).body).toEqual(body);
	});

	test('fields and no fields', async () => {
		const attempt = async () => (await post('/v1/company/create', { full_name: 'x' })).body;
		const apiError = { code: 400, message: 'status is required' };
		expect(await attempt()).toEqual({ ...apiError, errors: { status: 'is required' } });
		hub().variants.errorShape = 'fieldsNull';
		expect(await attempt()).toEqual({ ...apiError, errors: null });
	});

	test.each([
		['fieldsAlone', { code: 200, message, errors: { request: message } }],
		['errorAlone', { code: 200, message, status: 200, error: message }],
		[
			'messagesAlone',
			{ status: 200, error: null, messages: { success: [], error: [message] }, data: null },
		],
	] as const)('%s, with the status of a success', async (errorShape, body) => {
		Object.assign(hub().variants, { errorShape, refusalStatus: 201 });
		const headers = { authorization: `Bearer ${hub().issueToken()}` };
		const refused = await fetch(hub().url + path, { headers });
		expect([refused.status, await refused.json()]).toEqual([201, body]);
		expect((await fetch(hub().url + path)).status).toBe(401);
	});

	test('an HTML page, as a variant and as a fault', async () => {
		hub().variants.errorShape = 'html';
		const refused = await get(path);
		expect([refused.status, refused.text]).toEqual([404, BLOCKED.body]);
		expect(refused.headers.get('content-type')).toMatch('text/html');
		hub().fault({ path: '/v1/company', answer: BLOCKED });
		expect(await get('/v1/company')).toMatchObject({ status: 403, text: BLOCKED.body });
		expect((await get('/v1/company')).status).toBe(200);
	});
});

describe('traffic', () => {
	test('requests are counted, those of tokens too', async () => {
		await requestToken(hub());
		await get('/v1/company?q=x');
		expect(hub().requests).toMatchObject([
			{ method: 'POST', path: '/v1/token', status: 201 },
			{ method: 'GET', path: '/v1/company', query: { q: 'x' }, status: 200 },
		]);
		hub().clearRequests();
		expect(hub().requests).toEqual([]);
	});

	test('a file that was sent is among them', async () => {
		const body = new FormData();
		body.append('logo', new File(['abc'], 'a.png', { type: 'image/png' }));
		await callHub(hub(), 'POST', '/v1/merchant-config/logo', { body });
		const { logo } = hub().requests[0].body as { logo: File };
		expect([logo.name, logo.type, await logo.text()]).toEqual(['a.png', 'image/png', 'abc']);
	});

	test('a limit counts every endpoint and says how long to wait, if it is to', async () => {
		hub().rateLimit = { calls: 1, perMs: 60_000 };
		const since = performance.now();
		expect((await requestToken(hub())).status).toBe(201);
		const { status, headers, body } = await get('/v1/company');
		expect([status, body]).toEqual([429, { code: 429, message: 'Too many requests' }]);
		expect(headers.get('retry-after')).toBeNull();
		hub().variants.retryAfter = 'retry-after';
		expectLeft((await get('/v1/company')).headers.get('retry-after'), 60, since);
	});

	test('answers can be slow', async () => {
		const other = await startBankHub({ latencyMs: 80 });
		const start = performance.now();
		expect((await requestToken(other)).status).toBe(201);
		expect(performance.now() - start).toBeGreaterThanOrEqual(79);
		await other.close();
	});

	test('faults before and after the effect', async () => {
		const body = { full_name: 'Mới', status: 'Active' };
		hub().fault({
			path: '/v1/company/create',
			answer: { status: 503, body: { code: 503, message: 'x' } },
		});
		expect((await post('/v1/company/create', body)).status).toBe(503);
		expect(hub().data.companies).toHaveLength(3);
		hub().fault({ method: 'POST', when: 'after', answer: 'cut' });
		await expect(post('/v1/company/create', body)).rejects.toThrow('fetch failed');
		expect(hub().data.companies).toHaveLength(4);
	});

	test('closing ends requests that hang', async () => {
		const other = await startBankHub();
		other.fault({ answer: 'hang' });
		const hanging = expect(fetch(`${other.url}/v1/company`)).rejects.toThrow();
		await waitUntil(() => other.requests.length === 1);
		await other.close();
		await hanging;
	});
});

describe('what there is at the start', () => {
	test('is the same for a seed and another for another', async () => {
		const started = async (seed: number) => {
			const other = await startBankHub({ seed });
			await other.close();
			return other.data.transactions.map(
				({ transaction_id, amount }) => `${transaction_id} ${amount}`,
			);
		};
		expect(await started(7)).toEqual(await started(7));
		expect(await started(7)).not.toEqual(await started(8));
	});

	test('can be nothing', async () => {
		const other = await startBankHub({ companies: 0, bankAccounts: 0, transactions: 0 });
		expect((await callHub(other, 'GET', '/v1/transaction')).body).toMatchObject({
			data: [],
			meta: { total: 0, total_pages: 1 },
		});
		await other.close();
	});

	test('can be added to without requests', async () => {
		const { xid } = hub().addCompany({ full_name: 'Mới', status: 'Pending' });
		const account = hub().addBankAccount(xid, '9900112233');
		expect(await read<Row[]>('/v1/company?q=mới')).toMatchObject([{ xid, status: 'Pending' }]);
		expect(await read<Row[]>(`/v1/bank-account?company_xid=${xid}`)).toMatchObject([
			{ xid: account.xid, brand_name: 'OCB', account_number: '9900112233' },
		]);
		expect(hub().addBankAccount(xid).account_number).toBe('0123456789');
		expect(() => hub().addBankAccount(xid, '1')).toThrow('no test account 1');
	});

	test('adds up', () => {
		const { bankAccounts, transactions, companies } = hub().data;
		for (const account of bankAccounts) {
			const last = transactions.filter((row) => row.bank_account_xid === account.xid).at(-1);
			expect(last?.accumulated).toBe(account.accumulated);
			expect(last?.transaction_date).toBe(account.last_transaction);
		}
		const dates = transactions.map(({ transaction_date }) => transaction_date);
		expect(dates).toEqual([...dates].sort());
		expect(companies.map(({ status }) => status)).toEqual(['Active', 'Active', 'Pending']);
	});
});
