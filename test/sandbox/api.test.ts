import { loadContract } from '../contract';
import type { BankAccount, Company, SubAccount, Transaction } from '.';
import { startSandbox } from '.';
import { call, createWebhook, newWebhook, read, useSandbox } from './testing';

const sandbox = useSandbox();

const ids = (rows: Array<{ id: number }>) => rows.map(({ id }) => id);

const format = {
	prefix: 'Ab',
	suffix_from: 3,
	suffix_to: 10,
	character_type: 'NumberAndLetter',
	is_active: 1,
};

describe('who may do what', () => {
	const operations = Object.entries(loadContract().paths).flatMap(([path, item]) =>
		(['get', 'post', 'patch', 'delete'] as const).flatMap((method) => {
			const found = item[method];
			if (!found?.security?.length) return [];
			const [scope] = Object.values(found.security[0])[0];
			return [{ method, path, scope, right: found['x-user-right'] }];
		}),
	);

	test('the contract has the twelve operations', () => {
		expect(operations).toHaveLength(12);
	});

	test.each(operations)(
		'$method $path needs $scope and $right',
		async ({ method, path, scope, right }) => {
			const id = path.includes('webhooks') ? await createWebhook(sandbox()) : 12;
			const address = path.replace('/api/v1', '').replace('{id}', String(id));
			const bodies: Record<string, unknown> = {
				post: newWebhook(),
				patch: path.includes('company') ? { payment_code_formats: [format] } : { active: 0 },
			};
			const attempt = async (scopes: string[]) => {
				const token = sandbox().issueToken({ scopes }).access_token;
				const body = bodies[method];
				return call(sandbox(), method.toUpperCase(), address, { token, body });
			};
			const others = sandbox().client.scopes.filter((name) => name !== scope);
			expect(await attempt(others)).toMatchObject({
				status: 403,
				body: { error: 'insufficient_scope' },
			});
			const { admin } = sandbox().users;
			if (right === 'Admin') admin.role = 'User';
			else admin.rights = admin.rights.filter((name) => name !== right);
			if (right) {
				expect(await attempt([scope])).toMatchObject({ status: 403, body: { error: 'forbidden' } });
			}
			admin.role = 'SuperAdmin';
			admin.rights = right && right !== 'Admin' ? [right as (typeof admin.rights)[0]] : [];
			expect((await attempt([scope])).status).toBe(200);
		},
	);

	test('the limited user may look at lists but not at details', async () => {
		const token = sandbox().issueToken({ user: 'limited' }).access_token;
		expect((await call(sandbox(), 'GET', '/bank-accounts', { token })).status).toBe(200);
		expect((await call(sandbox(), 'GET', '/bank-accounts/12', { token })).status).toBe(403);
	});

	test.each(['/transactions/49682', '/transactions/count', '/webhooks/1/test', '/x'])(
		'%s does not exist',
		async (path) => {
			const token = sandbox().issueToken().access_token;
			const { status } = await fetch(sandbox().apiUrl + path, {
				headers: { authorization: `Bearer ${token}` },
			});
			expect(status).toBe(404);
		},
	);

	test.each(['/bank-accounts/1', '/bank-accounts/1/sub-accounts', '/webhooks/1'])(
		'%s is an unknown id',
		async (path) => {
			expect((await call(sandbox(), 'GET', path)).status).toBe(404);
		},
	);
});

describe('paging', () => {
	test('the pages together hold every row once, the newest first', async () => {
		const seen: number[] = [];
		for (let page = 1; page <= 4; page += 1) {
			const { body } = await call(sandbox(), 'GET', `/transactions?limit=80&page=${page}`);
			expect(body.meta).toEqual({
				pagination: { total: 250, per_page: 80, current_page: page, last_page: 4 },
			});
			seen.push(...ids(body.data as Transaction[]));
		}
		expect(seen).toEqual(ids(sandbox().data.transactions).reverse());
	});

	test('20 rows by default, no more than the maximum, none after the last page', async () => {
		expect(await read(sandbox(), '/transactions')).toHaveLength(20);
		expect(await read(sandbox(), '/transactions?limit=100')).toHaveLength(100);
		expect(await read(sandbox(), '/transactions?page=14')).toHaveLength(0);
		sandbox().variants.maxPerPage = 50;
		const { body } = await call(sandbox(), 'GET', '/transactions?limit=100');
		expect(body.meta).toMatchObject({ pagination: { per_page: 50, last_page: 5 } });
	});

	test('an empty list has one page', async () => {
		const { body } = await call(sandbox(), 'GET', '/webhooks');
		expect(body.meta).toEqual({
			pagination: { total: 0, per_page: 20, current_page: 1, last_page: 1 },
		});
	});

	test.each(['page=0', 'limit=0', 'limit=x', 'page=1.5', 'page='])(
		'%s is refused',
		async (query) => {
			expect((await call(sandbox(), 'GET', `/bank-accounts?${query}`)).status).toBe(400);
		},
	);

	test('variants order and meta', async () => {
		Object.assign(sandbox().variants, { order: 'oldestFirst', meta: 'missing' });
		const { body } = await call(sandbox(), 'GET', '/bank-accounts?limit=2');
		expect(body).not.toHaveProperty('meta');
		expect(ids(body.data as BankAccount[])).toEqual([12, 14]);
	});

	test('variant subAccountMeta', async () => {
		const path = '/bank-accounts/21/sub-accounts?limit=2';
		const whole = await call(sandbox(), 'GET', path);
		expect(whole.body).not.toHaveProperty('meta');
		expect(ids(whole.body.data as SubAccount[])).toEqual([33, 32, 31]);
		sandbox().variants.subAccountMeta = 'present';
		const { body } = await call(sandbox(), 'GET', path);
		expect(ids(body.data as SubAccount[])).toEqual([33, 32]);
		expect(body.meta).toMatchObject({ pagination: { total: 3, last_page: 2 } });
	});
});

describe('how values are printed', () => {
	const first = async () => (await call(sandbox(), 'GET', '/bank-accounts/12')).text;

	test('by default amounts have two decimals, ids are integers, booleans are JSON', async () => {
		const [account] = sandbox().data.bankAccounts;
		const text = await first();
		expect(text).toContain(`"accumulated":${account.accumulated}.00,`);
		expect(text).toContain('"id":12,');
		expect(text).toContain('"active":true');
	});

	test('variants amounts, ids, booleans', async () => {
		Object.assign(sandbox().variants, {
			amounts: 'decimalText',
			ids: 'string',
			booleans: 'integer',
		});
		const [account] = sandbox().data.bankAccounts;
		const text = await first();
		expect(text).toContain(`"accumulated":"${account.accumulated}.00",`);
		expect(text).toContain('"id":"12",');
		expect(text).toContain('"active":1');
		const [row] = await read<Transaction[]>(sandbox(), '/transactions?limit=1');
		expect(row.bank_account_id).toEqual(expect.stringMatching(/^\d+$/));
		expect(row.amount_in).toEqual(expect.stringMatching(/^\d+\.00$/));
	});

	test.each([
		['oauth', { error: 'not_found', error_description: 'There is no id 1' }],
		['message', { status: 'error', message: 'There is no id 1' }],
		['messages', { status: 'error', messages: { error: 'There is no id 1' } }],
		['errors', { status: 'error', errors: ['There is no id 1'] }],
	] as const)('variant errorShape: %s', async (shape, body) => {
		sandbox().variants.errorShape = shape;
		expect((await call(sandbox(), 'GET', '/webhooks/1')).body).toEqual(body);
	});
});

describe('transactions', () => {
	const filtered = async (query: Record<string, string>) => {
		const text = new URLSearchParams(query);
		return read<Transaction[]>(sandbox(), `/transactions?limit=100&${text}`);
	};

	test.each([
		'bank_account_id',
		'account_number',
		'reference_number',
		'amount_in',
		'amount_out',
	] as const)('%s is matched exactly', async (name) => {
		const { transactions } = sandbox().data;
		const sample = transactions.filter((row) => row[name] !== null && row[name] !== 0).at(-1);
		const value = String(sample?.[name]);
		const beginning = value.slice(0, -1);
		for (const wanted of [value, beginning]) {
			const expected = transactions.filter((row) => String(row[name]) === wanted).reverse();
			expect(ids(await filtered({ [name]: wanted }))).toEqual(ids(expected));
		}
	});

	test('from_date and to_date are whole days in Vietnam, both included', async () => {
		const base = { bank_account_id: 24, amount_in: 123_457 };
		const dates = [
			'2031-05-01 23:59:59',
			'2031-05-02 00:00:00',
			'2031-05-02 23:59:59',
			'2031-05-03 00:00:00',
		];
		const made = dates.map((transaction_date) =>
			sandbox().addTransaction({ ...base, transaction_date }),
		);
		const [before, morning, night, after] = ids(made);
		const day = { from_date: '2031-05-02', to_date: '2031-05-02' };
		expect(ids(await filtered(day))).toEqual([night, morning]);
		expect(ids(await filtered({ from_date: '2031-05-02' }))).toEqual([after, night, morning]);
		expect(ids(await filtered({ to_date: '2031-05-02', amount_in: '123457.00' }))).toEqual([
			night,
			morning,
			before,
		]);
		expect(await filtered({ amount_in: '123458' })).toEqual([]);
	});

	test.each(['from_date=2031-5-2', 'to_date=2031-13-01', 'amount_in=many', 'bank_account_id=x'])(
		'%s is refused',
		async (query) => {
			expect((await call(sandbox(), 'GET', `/transactions?${query}`)).status).toBe(400);
		},
	);

	test('addTransaction books the newest one', async () => {
		const balance = sandbox().data.bankAccounts[1].accumulated;
		const added = sandbox().addTransaction({
			bank_account_id: 14,
			amount_in: 250_000,
			transaction_content: 'NGUYEN VAN AN ck dh123456 tien hang',
		});
		const [row] = await read<Transaction[]>(sandbox(), '/transactions?limit=1');
		expect(row).toEqual(added);
		expect(row).toMatchObject({
			bank_brand_name: 'BIDV',
			code: 'DH123456',
			sub_account: '96247HOASEN01',
			accumulated: balance + 250_000,
		});
		expect((await read<BankAccount>(sandbox(), '/bank-accounts/14')).accumulated).toBe(
			balance + 250_000,
		);
	});
});

describe('seeded data', () => {
	test('is the same for a seed and another for another', async () => {
		const content = async (seed: number) => {
			const other = await startSandbox({ seed, transactions: 50 });
			await other.close();
			return other.data.transactions.map((row) => row.transaction_content);
		};
		expect(await content(7)).toEqual(await content(7));
		expect(await content(7)).not.toEqual(await content(8));
	});

	test('is of every kind and adds up', () => {
		const { transactions, bankAccounts } = sandbox().data;
		for (const row of transactions) {
			expect(Math.min(row.amount_in, row.amount_out)).toBe(0);
			expect(Math.max(row.amount_in, row.amount_out)).toBeGreaterThan(0);
			expect(row.accumulated).toBeGreaterThan(0);
		}
		const has = (test: (row: Transaction) => boolean) => transactions.some(test);
		expect(has((row) => row.amount_out > 0)).toBe(true);
		expect(has((row) => row.code === null) && has((row) => row.code !== null)).toBe(true);
		expect(has((row) => row.sub_account !== null)).toBe(true);
		expect(has((row) => row.reference_number === null)).toBe(true);
		expect(has((row) => /[ạảậầễộơưđ]/.test(row.transaction_content))).toBe(true);
		expect(has((row) => /^[\x20-\x7e]+$/.test(row.transaction_content))).toBe(true);
		expect(has((row) => row.transaction_content.startsWith('SEVQR'))).toBe(true);
		for (const account of bankAccounts.filter(({ active }) => active)) {
			const last = transactions.filter((row) => row.bank_account_id === account.id).at(-1);
			expect(last?.accumulated).toBe(account.accumulated);
		}
	});
});

describe('company', () => {
	const send = (formats: unknown, path = '/company') =>
		call(sandbox(), 'PATCH', `${path}/configurations`, { body: { payment_code_formats: formats } });
	const prefixes = async () =>
		(await read<Company>(sandbox(), '/company')).configurations.payment_code_formats.map(
			({ prefix }) => prefix,
		);

	test('a new list replaces the old one, prefixes in upper case', async () => {
		expect(await prefixes()).toEqual(['DH', 'HOC', 'TT']);
		expect((await send([format])).status).toBe(200);
		expect(await prefixes()).toEqual(['AB']);
		expect(sandbox().addTransaction({ transaction_content: 'ck abX1y9' }).code).toBe('ABX1Y9');
	});

	test('variant formatsUpdate: merge', async () => {
		sandbox().variants.formatsUpdate = 'merge';
		await send([format, { ...format, prefix: 'hoc', is_active: 0 }]);
		expect(await prefixes()).toEqual(['DH', 'HOC', 'TT', 'AB']);
		expect(sandbox().data.company.configurations.payment_code_formats[1].is_active).toBe(false);
	});

	test.each([
		['no list', undefined],
		['an empty list', []],
		['a prefix with digits', [{ ...format, prefix: 'A1' }]],
		['a suffix of 0', [{ ...format, suffix_from: 0 }]],
		['a suffix of 31', [{ ...format, suffix_to: 31 }]],
		['lengths the wrong way round', [{ ...format, suffix_from: 5, suffix_to: 4 }]],
		['an unknown character type', [{ ...format, character_type: 'Letter' }]],
		['a boolean flag', [{ ...format, is_active: true }]],
		['a missing field', [{ ...format, suffix_to: undefined }]],
	])('%s is refused', async (_, formats) => {
		expect((await send(formats)).status).toBe(400);
		expect(await prefixes()).toEqual(['DH', 'HOC', 'TT']);
	});

	test('variant companyPath', async () => {
		expect((await call(sandbox(), 'GET', '/companies')).status).toBe(404);
		sandbox().variants.companyPath = 'companies';
		expect((await call(sandbox(), 'GET', '/company')).status).toBe(404);
		expect((await send([format])).status).toBe(404);
		expect((await call(sandbox(), 'GET', '/companies')).body.data).toMatchObject({ role: 'Admin' });
		expect((await send([format], '/companies')).status).toBe(200);
	});
});
