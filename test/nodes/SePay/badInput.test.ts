import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { simplifiedTransaction } from '../../harness/simplified';
import type { FaultAnswer } from '../../sandbox';
import { addWebhook, allTextOf, byId, chosen, useSePayTester } from './sePay';

const tester = useSePayTester({ transactions: 30 });

const node = (resource: string, operation: string, fields: object = {}) =>
	({ resource, operation, ...fields }) as INodeParameters;
const account = (id: unknown = '12') => node('bankAccount', 'get', { bankAccountId: byId(id) });
const accounts = node('bankAccount', 'getAll');
const transactions = (fields: object = {}) => node('transaction', 'getAll', fields);
const filtered = (filters: object) => transactions({ filters });
const create = (fields: object = {}) =>
	node('webhook', 'create', {
		name: 'Orders',
		webhookUrl: 'https://n8n.example.com/webhook/sepay',
		authenType: 'No_Authen',
		...fields,
	});
const update = (updateFields: object, webhookId: unknown = '59325') =>
	node('webhook', 'update', { webhookId: byId(webhookId), updateFields });

const shapes = ['oauth', 'message', 'messages', 'errors'] as const;

/** Lets the next call of the API get this answer; `waitUntil` counts the calls. */
const answer = (given: Partial<FaultAnswer>, times = 1) =>
	tester.sandbox.fault({ path: /^\/api\//, times, answer: { status: 200, ...given } });

describe('an ID', () => {
	const byField: Array<[string, string, (id: unknown) => INodeParameters]> = [
		['Bank Account', 'Bank Account: Get', account],
		[
			'Bank Account',
			'Bank Account: Get Many Sub-Accounts',
			(id) => node('bankAccount', 'getSubAccounts', { bankAccountId: byId(id) }),
		],
		['Webhook', 'Webhook: Get', (id) => node('webhook', 'get', { webhookId: byId(id) })],
		['Webhook', 'Webhook: Delete', (id) => node('webhook', 'delete', { webhookId: byId(id) })],
		['Webhook', 'Webhook: Update', (id) => update({ name: 'New' }, id)],
		[
			'Transaction ID',
			'Transaction: Get',
			(id) => node('transaction', 'get', { transactionId: id }),
		],
		[
			'Bank Account',
			'Webhook: Create',
			(id) => create({ bankMode: 'single', bankAccountId: byId(id) }),
		],
	];

	const wrong: Array<[id: unknown, cause: string]> = [
		[undefined, "No value. Choose one from the list, or check the expression's result."],
		[' ', "No value. Choose one from the list, or check the expression's result."],
		['abc', 'It is "abc".'],
		[-1, 'It is "-1".'],
		[0, 'It is "0".'],
		[1.5, 'It is "1.5".'],
		['12/../19', 'It is "12/../19".'],
		['12?page=2', 'It is "12?page=2".'],
	];

	test.each(byField)(
		'%s of %s that is none is refused before anything is sent',
		async (displayName, operation, parameters) => {
			const { items } = await tester.run(parameters('={{ $json.id }}'), {
				input: wrong.map(([id]) => ({ id }) as IDataObject),
				onError: 'continueRegularOutput',
			});
			const expected = wrong.map(([id, cause]) =>
				operation === 'Webhook: Create' && String(id ?? ' ') === ' '
					? [`${displayName} must be filled in`, "Enter a value, or check the expression's result."]
					: [`${displayName} must be a whole number like 19`, cause],
			);
			expect(items.map(({ error }) => [error?.message, error?.description])).toEqual(expected);
			const [[first]] = wrong;
			const error = await tester.failure(parameters('={{ $json.id }}'), {
				input: [{ id: first } as IDataObject],
			});
			const [[message, description]] = expected;
			expect(error).toEqual({ message, description });
			expect(tester.sandbox.requests).toEqual([]);
		},
	);

	test('that is no number when typed in by hand is refused by n8n itself', async () => {
		const wanted = 'Enter a whole number';
		await expect(tester.run(account('abc'))).rejects.toThrow(wanted);
		await expect(tester.run(update({ name: 'New' }, '1x'))).rejects.toThrow(wanted);
		expect(tester.sandbox.requests).toEqual([]);
	});

	test.each(byField.filter(([, name]) => !name.includes('Transaction')))(
		'%s of %s that SePay does not know is named with the way out',
		async (_displayName, operation, parameters) => {
			const { message, description } = await tester.failure(parameters('99999'));
			expect(message).toContain(operation === 'Webhook: Create' ? 'bank_account_id' : '99999');
			expect(description).toMatch(/Check the|Fix the/);
		},
	);

	test.each<[string, object]>([
		['Bank Accounts to Watch', { bankMode: 'multi', bankAccountIds: chosen('12', '={{ "x" }}') }],
		[
			'Sub-Accounts to Watch',
			{ additionalFields: { vaMode: 'list', subAccountIds: chosen('={{ "x" }}') } },
		],
		['Alert Channel IDs', { additionalFields: { alertChannelIds: '3; 7' } }],
	])('in the list %s that is no number is refused', async (displayName, fields) => {
		const { message, description } = await tester.failure(create(fields));
		expect(message).toBe(`${displayName} must be a whole number like 19`);
		expect(description).toMatch(/^It is "(x|3; 7)"\.$/);
		expect(tester.sandbox.requests).toEqual([]);
	});

	test.each<[string, object, string?]>([
		['Bank Accounts to Watch', { bankMode: 'multi', bankAccountIds: {} }],
		['Bank Accounts to Watch', { bankMode: 'multi', bankAccountIds: chosen('={{ "" }}') }],
		['Sub-Accounts to Watch', { additionalFields: { vaMode: 'list', subAccountIds: {} } }],
		['Sub-Accounts to Watch', { additionalFields: { vaMode: 'list' } }, 'filled in'],
		['Alert Channel IDs', { additionalFields: { alertChannelIds: ' ' } }, 'filled in'],
	])('is missed in an empty list %s', async (displayName, fields, wanted = 'at least one ID') => {
		const { message } = await tester.failure(create(fields));
		expect(message).toBe(`${displayName} must be ${wanted}`);
		expect(tester.sandbox.requests).toEqual([]);
	});

	test.each(['x', '-3'])('%s as a filter is refused', async (id) => {
		const { message } = await tester.failure(filtered({ bankAccountId: byId(id) }));
		expect(message).toBe('Bank Account must be a whole number like 19');
		expect(tester.sandbox.requests).toEqual([]);
	});
});

describe('dates', () => {
	test.each([
		['2026-02-01', '2026-01-31', 'It is 2026-02-01, but To Date is 2026-01-31 (days in Vietnam).'],
		[
			'2026-01-31T17:00:00Z',
			'2026-01-31T16:59:59Z',
			'It is 2026-02-01, but To Date is 2026-01-31 (days in Vietnam).',
		],
	])('from %s to %s is refused before anything is sent', async (fromDate, toDate, description) => {
		const expected = { message: 'From Date must be on or before To Date', description };
		expect(await tester.failure(filtered({ fromDate, toDate }))).toEqual(expected);
		const count = node('transaction', 'count', { filters: { fromDate, toDate } });
		expect(await tester.failure(count)).toEqual(expected);
		expect(tester.sandbox.requests).toEqual([]);
	});

	test('a day from itself to itself is taken', async () => {
		const day = '2026-01-31';
		await tester.rows(filtered({ fromDate: '2026-01-31T23:30:00', toDate: day }));
		expect(tester.sent()[0].query).toMatchObject({ from_date: day, to_date: day });
	});

	test.each(['today', ' Today ', 'Hôm nay', 'yesterday', 'hôm qua'])(
		'%s is the day in Vietnam, whatever the time zone of n8n',
		async (date) => {
			// Yesterday in UTC.
			const now = jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-01-30T17:30:00Z'));
			const filters = { fromDate: `={{ "${date}" }}`, toDate: `={{ "${date}" }}` };
			await tester.rows(filtered(filters), { timezone: 'America/Los_Angeles' });
			now.mockRestore();
			const day = /nay|today/i.test(date) ? '2026-01-31' : '2026-01-30';
			expect(tester.sent()[0].query).toMatchObject({ from_date: day, to_date: day });
		},
	);

	test.each([
		'31/01/2026',
		'2026-02-30',
		'2026-02-30T10:00:00Z',
		'2026-13-01',
		'last Monday',
		'={{ 1769900000000 }}',
		'={{ DateTime.fromISO("never") }}',
		'={{ new Date("never") }}',
	])('%s is refused before anything is sent', async (fromDate) => {
		const { message, description } = await tester.failure(filtered({ fromDate }));
		expect(message).toBe('From Date must be a date like 2026-01-31');
		expect(description).toMatch(/^It is ".+"\. Today is \d{4}-\d\d-\d\d in Vietnam\.$/);
		const parameters = node('transaction', 'get', {
			transactionId: '49682',
			options: { date: fromDate },
		});
		expect((await tester.failure(parameters)).message).toBe('Date must be a date like 2026-01-31');
		expect(tester.sandbox.requests).toEqual([]);
	});
});

describe('a choice', () => {
	test.each(['Money In', 'IN', 'both'])(
		'%s that is none is refused, with those that are',
		async (given) => {
			expect(await tester.failure(filtered({ transferType: `={{ "${given}" }}` }))).toEqual({
				message: 'Transfer Type must be one of in, out',
				description: `It is "${given}".`,
			});
			expect(tester.sandbox.requests).toEqual([]);
		},
	);
});

describe('Return All', () => {
	test('given as the text "false" is not taken for yes', async () => {
		expect(await tester.rows(transactions({ returnAll: '={{ "false" }}', limit: 3 }))).toHaveLength(
			3,
		);
	});

	test('that is neither yes nor no is refused', async () => {
		expect((await tester.failure(transactions({ returnAll: '={{ "all" }}' }))).message).toBe(
			'Return All must be true or false',
		);
	});
});

describe('Limit', () => {
	const lists = [
		transactions(),
		accounts,
		node('webhook', 'getAll'),
		node('bankAccount', 'getSubAccounts', { bankAccountId: byId('12') }),
	];

	test.each([0, -1, 1.5, '={{ "many" }}', '={{ $json.missing }}'])(
		'%s is refused before anything is sent',
		async (limit) => {
			for (const list of lists) {
				expect(await tester.failure({ ...list, limit })).toEqual({
					message: 'Limit must be a whole number of at least 1',
					description: 'Or turn on Return All.',
				});
			}
			expect(tester.sandbox.requests).toEqual([]);
		},
	);

	test('1,000,000,000 gives what there is', async () => {
		const limit = 1_000_000_000;
		expect(await tester.rows(transactions({ limit }))).toHaveLength(30);
		expect(await tester.rows({ ...accounts, limit })).toHaveLength(7);
		expect(tester.sent().map(({ query }) => query)).toEqual([
			{ page: '1', limit: '100' },
			{ page: '1', limit: '100' },
		]);
	});

	test.each([0, -1, 1.5])('Max Pages %s is refused before anything is sent', async (maxPages) => {
		const parameters = node('transaction', 'get', { transactionId: '1', options: { maxPages } });
		const { message } = await tester.failure(parameters);
		expect(message).toBe('Max Pages must be a whole number of at least 1');
		expect(tester.sandbox.requests).toEqual([]);
	});
});

describe('amounts', () => {
	test.each([
		['amountIn', 'Amount In'],
		['amountOut', 'Amount Out'],
	])('%s that is no whole VND is refused before anything is sent', async (name, displayName) => {
		for (const amount of [1.5, -5, 1e21, '500.000', '500,000', 'abc', '1e5', '={{ NaN }}']) {
			const { message, description } = await tester.failure(filtered({ [name]: amount }));
			expect(message).toBe(`${displayName} must be a whole amount in VND like 500000`);
			expect(description).toContain('Use digits only: no separators, no decimals');
		}
		expect(tester.sandbox.requests).toEqual([]);
	});
});

describe('the address of a webhook', () => {
	const refused: Array<[string, string]> = [
		['', 'a URL like'],
		['n8n.example.com/webhook', 'a URL like'],
		['not an address', 'a URL like'],
		['http://n8n.example.com/webhook', 'starts with https://'],
		['ftp://n8n.example.com/webhook', 'starts with https://'],
		['https://localhost/webhook', 'a public URL'],
		['https://LOCALHOST:5678/webhook', 'a public URL'],
		['https://n8n.localhost/webhook', 'a public URL'],
		['https://n8n.local/webhook', 'a public URL'],
		['https://127.0.0.1/webhook', 'a public URL'],
		['https://127.1/webhook', 'a public URL'],
		['https://2130706433/webhook', 'a public URL'],
		['https://0.0.0.0/webhook', 'a public URL'],
		['https://10.1.2.3/webhook', 'a public URL'],
		['https://172.16.0.1/webhook', 'a public URL'],
		['https://172.31.255.1/webhook', 'a public URL'],
		['https://192.168.1.10:5678/webhook', 'a public URL'],
		['https://169.254.1.1/webhook', 'a public URL'],
		['https://[::1]/webhook', 'a public URL'],
		['https://[fd00::1]/webhook', 'a public URL'],
		['https://[fe80::1]/webhook', 'a public URL'],
		[`https://n8n.example.com/${'a'.repeat(300)}`, 'at most 300 characters'],
	];

	test.each([
		['a new webhook', create({ webhookUrl: '={{ $json.address }}' })],
		['an update', update({ webhookUrl: '={{ $json.address }}' })],
	])('of %s that SePay would not take is refused before anything is sent', async (_name, node) => {
		const { items } = await tester.run(node, {
			input: refused.map(([address]) => ({ address })),
			onError: 'continueRegularOutput',
		});
		const reason =
			node.operation === 'update'
				? 'The expression returned an empty value.'
				: "Enter a value, or check the expression's result.";
		expect(items.map(({ error }) => [error?.message, error?.description])).toEqual(
			refused.map(([address, wanted]) => [
				expect.stringMatching(
					!address
						? /^Webhook URL must be filled in/
						: new RegExp(`^Webhook URL must be .*${wanted}`),
				),
				!address ? reason : `It is "${address}".`,
			]),
		);
		expect(tester.sandbox.requests).toEqual([]);
	});

	test.each(['https://n8n/webhook', 'https://[::ffff:127.0.0.1]/webhook'])(
		'"%s" is refused before anything is sent',
		async (webhookUrl) => {
			const { message } = await tester.failure(create({ webhookUrl }));
			expect(message).toBe('Webhook URL must be a public URL that SePay can reach');
			expect(tester.sandbox.requests).toEqual([]);
		},
	);

	test.each([
		'https://172.15.0.1/webhook',
		'https://172.32.0.1/webhook',
		'https://11.0.0.1/webhook',
		'https://10.example.com/webhook',
		'https://127.0.0.1.example.com/webhook',
		'https://localhost.example.com/webhook',
		'https://n8n.example.com:8443/webhook/sepay?x=1',
	])('"%s" is public and taken', async (webhookUrl) => {
		await tester.rows(create({ webhookUrl }));
		expect(tester.sandbox.data.webhooks).toMatchObject([{ webhook_url: webhookUrl }]);
	});
});

describe('what a webhook needs', () => {
	const empty = '={{ " " }}';
	const oAuth2 = {
		authenType: 'OAuth2.0',
		oauth2Url: 'https://shop.example.com',
		oauth2ClientId: 'a',
		oauth2ClientSecret: 'b',
	};

	test('is refused by n8n itself when nothing was typed in', async () => {
		const keyless = create({ authenType: 'Api_Key', apiKey: '' });
		await expect(tester.run(keyless)).rejects.toThrow('Parameter "API Key" is required');
		expect(tester.sandbox.requests).toEqual([]);
	});

	test.each<[string, object]>([
		['Name', { name: empty }],
		['Name', { name: '={{ null }}' }],
		['API Key', { authenType: 'Api_Key', apiKey: empty }],
		['API Key', { authenType: 'Api_Key', apiKey: '={{ $json.missing }}' }],
		['API Key', { authenType: 'Api_Key', apiKey: '={{ null }}' }],
		['Secret Key', { authenType: 'HMAC_SHA256', secretKey: empty }],
		['Access Token URL', { ...oAuth2, oauth2Url: empty }],
		['Client ID', { ...oAuth2, oauth2ClientId: empty }],
		['Client Secret', { ...oAuth2, oauth2ClientSecret: empty }],
	])('%s is missed before anything is sent', async (displayName, fields) => {
		expect(await tester.failure(create(fields))).toEqual({
			message: `${displayName} must be filled in`,
			description: "Enter a value, or check the expression's result.",
		});
		expect(tester.sandbox.requests).toEqual([]);
	});

	test.each<[string, object]>([
		['Name', { name: '' }],
		['API Key', { authenType: 'Api_Key', apiKey: '' }],
		['Secret Key', { authenType: 'HMAC_SHA256', secretKey: '' }],
	])('%s is missed in an update before anything is sent', async (displayName, fields) => {
		const { message } = await tester.failure(update(fields));
		expect(message).toBe(`${displayName} must be filled in`);
		expect(tester.sandbox.requests).toEqual([]);
	});

	test('a name is at most 300 characters long', async () => {
		const { message } = await tester.failure(create({ name: 'n'.repeat(301) }));
		expect(message).toBe('Name must be at most 300 characters long');
		expect(tester.sandbox.requests).toEqual([]);
		await tester.rows(create({ name: 'n'.repeat(300) }));
	});

	test.each([0, 21, 2.5])('Alert Threshold %s is refused', async (alertThreshold) => {
		const { message } = await tester.failure(create({ additionalFields: { alertThreshold } }));
		expect(message).toBe('Alert Threshold must be a whole number from 1 to 20');
		expect(tester.sandbox.requests).toEqual([]);
	});
});

describe('403', () => {
	const webhookId = byId('59325');
	const paymentCodeFormats = { format: [{ prefix: 'DH', fields: { is_active: true } }] };
	const needs: Array<[string, string, INodeParameters]> = [
		['bank-account:read', 'to view bank accounts', account()],
		['bank-account:read', 'to view bank accounts', accounts],
		[
			'bank-account:read',
			'to view bank accounts',
			node('bankAccount', 'getSubAccounts', { bankAccountId: byId('12') }),
		],
		[
			'transaction:read',
			'to view transactions',
			node('transaction', 'get', { transactionId: '49682' }),
		],
		['transaction:read', 'to view transactions', transactions()],
		['transaction:read', 'to view transactions', node('transaction', 'count')],
		['webhook:read', 'to view webhooks', node('webhook', 'get', { webhookId })],
		['webhook:read', 'to view webhooks', node('webhook', 'getAll')],
		['webhook:read', 'to view webhooks', create()],
		['webhook:write', 'to add and edit webhooks', create({ options: { createAnyway: true } })],
		['webhook:write', 'to add and edit webhooks', update({ name: 'New' })],
		['webhook:delete', 'to delete webhooks', node('webhook', 'delete', { webhookId })],
		['profile', '', node('profile', 'get')],
		['company', 'of an Admin or SuperAdmin', node('company', 'get')],
		['company', 'of an Admin or SuperAdmin', node('company', 'update', { paymentCodeFormats })],
	];

	test.each(needs)('names the scope %s and the right %s', async (scope, right, parameters) => {
		tester.connect({ scopes: tester.sandbox.client.scopes.filter((granted) => granted !== scope) });
		const { message, description } = await tester.failure(parameters);
		expect(message).toBe(`SePay denied access: The scope ${scope} is missing`);
		expect(description).toContain(`This needs the scope "${scope}". Select it under Scopes`);
		expect(description).toContain(right);
		expect(tester.calls()).toHaveLength(1);
	});

	test.each(shapes)(
		'quotes SePay where the right of the user is missing: %s',
		async (errorShape) => {
			tester.sandbox.variants.errorShape = errorShape;
			tester.connect({ user: 'limited' });
			addWebhook(tester.sandbox);
			const { message, description } = await tester.failure(
				node('webhook', 'delete', { webhookId }),
			);
			expect(message).toBe('SePay denied access: The user may not: delete webhooks');
			expect(description).toContain('also needs the permission to delete webhooks');
			expect(tester.sandbox.data.webhooks).toHaveLength(1);
		},
	);

	test('names the scope also where SePay says access_denied to a fresh token', async () => {
		const body = { error: 'access_denied', error_description: 'Scope is missing' };
		answer({ status: 403, body }, Infinity);
		expect((await tester.failure(transactions())).description).toContain('"transaction:read"');
	});
});

describe('401', () => {
	test('that stays after the token was renewed says to connect again', async () => {
		const body = { error: 'invalid_token', error_description: 'The token was revoked' };
		answer({ status: 401, body }, Infinity);
		expect(await tester.failure(account())).toEqual({
			message: 'SePay rejected the credential: The token was revoked',
			description: expect.stringMatching(/^Open the credential in n8n.* reconnect it\.$/),
		});
		const paths = tester.sandbox.requests.map(({ path }) => path);
		expect(paths.filter((path) => path === '/oauth/token')).toHaveLength(1);
		expect(tester.calls()).toHaveLength(2);
	});
});

describe('404', () => {
	test.each(shapes)('names the ID with SePay’s words: %s', async (errorShape) => {
		tester.sandbox.variants.errorShape = errorShape;
		expect(await tester.failure(account('999'))).toEqual({
			message: 'Not found: /bank-accounts/999: There is no id 999',
			description: 'Check the ID. It may be mistyped, deleted, or belong to another company.',
		});
		expect(tester.calls()).toHaveLength(1);
	});
});

describe('400 and 422', () => {
	test.each(shapes)('quote SePay with the field: %s', async (errorShape) => {
		tester.sandbox.variants.errorShape = errorShape;
		const fields = { eventType: 'Out_only', bankMode: 'single', bankAccountId: byId('12') };
		const { message, description } = await tester.failure(create(fields));
		expect(message).toMatch(/^SePay rejected the request \(HTTP 400\): event_type:? Out_only/);
		expect(message).toContain('is for Sacombank, TPBank, VietinBank only');
		expect(description).toBe('Fix the fields named above.');
		expect(tester.sandbox.data.webhooks).toEqual([]);
	});

	test.each<[string, object]>([
		[
			'errors',
			{ message: 'Not valid', errors: { name: ['is taken'], webhook_url: ['is private'] } },
		],
		[
			'messages',
			{ message: 'Not valid', messages: { name: 'is taken', webhook_url: 'is private' } },
		],
		['error', { message: 'Not valid', error: { name: 'is taken', webhook_url: ['is private'] } }],
		['a list', { message: 'Not valid', errors: ['name: is taken', 'webhook_url: is private'] }],
	])('name every field of the messages under %s', async (_name, body) => {
		answer({ status: 422, body });
		const { message } = await tester.failure(create({ options: { createAnyway: true } }));
		expect(message).toBe(
			'SePay rejected the request (HTTP 422): Not valid; name: is taken; webhook_url: is private',
		);
	});

	test('are not repeated', async () => {
		answer({ status: 400, body: { message: 'No' } }, Infinity);
		await tester.failure(accounts);
		expect(tester.calls()).toHaveLength(1);
	});
});

describe('500', () => {
	test.each<[string, object]>([
		['oauth', { error: 'server_error', error_description: 'Broken' }],
		['message', { message: 'Broken' }],
		['messages', { messages: { error: 'Broken' } }],
		['errors', { errors: ['Broken'] }],
	])('says that SePay returned an error, in its words: %s', async (_name, body) => {
		answer({ status: 500, body });
		expect(await tester.failure(account())).toEqual({
			message: 'SePay returned an error (HTTP 500): Broken',
			description: 'Try again later.',
		});
	});

	test.each<[string, () => INodeParameters]>([
		['POST', () => create({ options: { createAnyway: true } })],
		['PATCH', () => update({ name: 'New' })],
		['DELETE', () => node('webhook', 'delete', { webhookId: byId('59325') })],
	])('to a %s says that it may have happened, and is not repeated', async (_name, parameters) => {
		addWebhook(tester.sandbox);
		answer({ status: 500, body: {} }, Infinity);
		const { message, description } = await tester.failure(parameters());
		expect(message).toBe('SePay returned an error (HTTP 500)');
		expect(description).toContain('Check with Get or Get Many before you retry.');
		expect(tester.calls()).toHaveLength(1);
	});
});

describe('an answer that is not what SePay documents', () => {
	const html = { contentType: 'text/html', body: '<!doctype html><title>Bảo trì</title>' };
	const list = [{ id: 1 }];
	const wrapped = (data: unknown) => ({ body: { status: 'success', data } });
	const one = 'instead of one object under "data"';
	const many = 'instead of a list of objects under "data"';

	test.each<[string, INodeParameters, Partial<FaultAnswer>, RegExp, string]>([
		['a web page', account(), html, /^SePay returned a web page instead/, one],
		['a web page', accounts, html, /^SePay returned a web page instead/, many],
		['an empty body', account(), { body: '' }, /an empty response/, one],
		['an empty body', accounts, { body: '' }, /an empty response/, many],
		['204', account(), { status: 204, body: '' }, /an empty response/, one],
		['a list at the root', account(), { body: list }, /a list/, one],
		['a list at the root', accounts, { body: list }, /a list/, many],
		['a list for an object', account(), wrapped(list), /a list/, one],
		['an object for a list', accounts, wrapped({ id: 1 }), /object/, many],
		['null for an object', account(), wrapped(null), /null|nothing|an empty response/, one],
		['no data', accounts, { body: { status: 'success' } }, /nothing|no|undefined|empty/, many],
		['a number', account(), { body: '42' }, /number|no JSON/, one],
	])('%s', async (_name, parameters, given, found, expected) => {
		answer(given);
		const { message, description } = await tester.failure(parameters);
		expect(message).toMatch(/^SePay returned /);
		expect(message).toMatch(found);
		expect(message).toContain(expected);
		expect(description).toBe('Try again later.');
	});

	test.each([account(), accounts, transactions(), node('profile', 'get'), node('company', 'get')])(
		'JSON cut in half: %j',
		async (parameters) => {
			tester.sandbox.fault({ answer: 'halfJson' });
			const { message } = await tester.failure(parameters);
			expect(message).toMatch(/^SePay returned text that is not JSON instead of/);
		},
	);

	test('a list of something else than objects', async () => {
		answer(wrapped([null, 1]));
		expect((await tester.failure(accounts)).message).toMatch(/^SePay returned /);
	});

	test('a refusal with status 200 is told in SePay’s words', async () => {
		answer({ body: { status: 'error', message: 'Đang bảo trì' } });
		expect((await tester.failure(accounts)).message).toContain('Đang bảo trì');
	});

	test.each<[string, INodeParameters, unknown]>([
		['one webhook', node('webhook', 'get', { webhookId: byId('59325') }), 'list'],
		['many webhooks', node('webhook', 'getAll'), 'object'],
	])(
		'the error for %s does not quote the data, which may hold secrets',
		async (_name, list, form) => {
			const hook = { id: 1, name: 'Orders', secret_key: 'whsec_stored', api_key: 'key_stored' };
			answer(wrapped(form === 'list' ? [hook] : hook));
			const { run, error } = await tester.run(list);
			expect(error?.message).toMatch(/^SePay returned an? (list|object) instead of /);
			expect(allTextOf(run)).not.toMatch(/whsec_stored|key_stored/);
		},
	);

	test.each([500, 403, 404])('a web page with status %s is called one', async (status) => {
		answer({ status, ...html });
		const { message, description } = await tester.failure(account());
		expect(message).not.toContain('<');
		expect(description).toContain('SePay returned a web page instead of data');
	});

	test('an empty body with status 404 is told by the status', async () => {
		answer({ status: 404, body: '' });
		expect((await tester.failure(account())).message).toBe('Not found: /bank-accounts/12');
	});

	test('lists without meta are read to their end', async () => {
		tester.sandbox.variants.meta = 'missing';
		tester.sandbox.variants.maxPerPage = 20;
		expect(await tester.rows(transactions({ returnAll: true }))).toHaveLength(30);
		expect(await tester.rows(node('transaction', 'count'))).toEqual([{ count: 30 }]);
	});

	describe('to a change that was made', () => {
		const changed = (body: string, status = 200) => {
			const hook = addWebhook(tester.sandbox);
			const fault = { when: 'after' as const, answer: { status, body } };
			tester.sandbox.fault({ method: 'PATCH', ...fault });
			tester.sandbox.fault({ method: 'DELETE', ...fault });
			return {
				patch: update({ name: 'New' }, hook.id),
				del: node('webhook', 'delete', { webhookId: byId(hook.id) }),
			};
		};

		test.each([
			['nothing', 200, ''],
			['nothing', 204, ''],
		])('%s with status %s is taken as success', async (_name, status, body) => {
			const { patch, del } = changed(body, status);
			expect(await tester.rows(patch)).toMatchObject([{ name: 'New' }]);
			expect(await tester.rows(del)).toEqual([{ deleted: true }]);
		});

		test.each(['<html>', '[]', 'false'])(
			'%s is told, with that it may have been made',
			async (body) => {
				const { patch, del } = changed(body);
				for (const parameters of [patch, del]) {
					const { message, description } = await tester.failure(parameters);
					expect(message).toMatch(/^SePay returned /);
					expect(description).toContain('Check with Get or Get Many before you retry.');
				}
				expect(tester.calls()).toHaveLength(2);
			},
		);
	});
});

describe('Continue on Fail is honoured per item', () => {
	const input = [{ id: '12' }, { id: '' }, { id: '999' }, { id: '19' }];
	const parameters = account('={{ $json.id }}');
	const errors = [
		'Bank Account must be a whole number like 19',
		'Not found: /bank-accounts/999: There is no id 999',
	];
	const held = (id: number) => tester.sandbox.data.bankAccounts.find((row) => row.id === id);

	test('with Continue: bad items give an error, good ones their data', async () => {
		const { items } = await tester.run(parameters, { input, onError: 'continueRegularOutput' });
		expect(items.map(({ json, pairedItem }) => [json, pairedItem])).toEqual([
			[held(12), { item: 0 }],
			[{ error: errors[0] }, { item: 1 }],
			[{ error: errors[1] }, { item: 2 }],
			[held(19), { item: 3 }],
		]);
		expect(tester.calls().sort()).toEqual([
			'GET /bank-accounts/12',
			'GET /bank-accounts/19',
			'GET /bank-accounts/999',
		]);
	});

	test('with Continue (using error output): bad items go there', async () => {
		const { items, errorItems } = await tester.run(parameters, {
			input,
			onError: 'continueErrorOutput',
		});
		expect(items.map(({ json, pairedItem }) => [json, pairedItem])).toEqual([
			[held(12), { item: 0 }],
			[held(19), { item: 3 }],
		]);
		expect(errorItems.map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual([
			[errors[0], { item: 1 }],
			[errors[1], { item: 2 }],
		]);
	});

	test('the error of an item keeps its description', async () => {
		const { items } = await tester.run(parameters, { input, onError: 'continueRegularOutput' });
		expect(items[2].error).toMatchObject({
			message: errors[1],
			description: 'Check the ID. It may be mistyped, deleted, or belong to another company.',
		});
	});

	test.each<[string, Partial<FaultAnswer>, string]>([
		['403', { status: 403, body: { message: 'No' } }, 'SePay denied access: No'],
		['422', { status: 422, body: { message: 'No' } }, 'rejected the request (HTTP 422): No'],
		['500', { status: 500, body: { message: 'No' } }, 'returned an error (HTTP 500): No'],
		['a web page', { body: '<html>' }, 'a web page'],
		['an empty body', { body: '' }, 'an empty response'],
		['a list for an object', { body: { data: [] } }, 'a list instead of one object'],
	])('after %s the other items come out', async (_name, given, message) => {
		tester.sandbox.fault({
			path: '/api/v1/bank-accounts/14',
			answer: { status: 200, ...given },
		});
		const { items } = await tester.run(parameters, {
			input: [{ id: 12 }, { id: 14 }, { id: 19 }],
			onError: 'continueRegularOutput',
		});
		expect(items.map(({ json }) => json)).toEqual([
			held(12),
			{ error: expect.stringContaining(message) },
			held(19),
		]);
	});

	test.each<[string, INodeParameters, IDataObject[]]>([
		['dates', filtered({ fromDate: '={{ $json.day }}' }), [{ day: '2020-01-01' }, { day: 'x' }]],
		['limits', transactions({ limit: '={{ $json.n }}' }), [{ n: 30 }, { n: 0 }]],
		['amounts', filtered({ amountOut: '={{ $json.n }}' }), [{ n: 0 }, { n: 1.5 }]],
	])('bad %s of one item leave the other as it is', async (_name, list, items) => {
		const before = tester.sandbox.data.transactions.filter((row) =>
			_name === 'amounts' ? row.amount_out === 0 : true,
		);
		const run = await tester.run(list, { input: items, onError: 'continueRegularOutput' });
		expect(run.rows.slice(0, -1)).toEqual([...before].reverse().map(simplifiedTransaction));
		expect(run.items.at(-1)).toMatchObject({
			json: { error: expect.stringContaining('must be') },
			pairedItem: { item: 1 },
		});
	});

	test('webhooks of good items are created, those of bad ones are not', async () => {
		const { rows } = await tester.run(create({ webhookUrl: '={{ $json.url }}' }), {
			input: [
				{ url: 'https://a.example.com/' },
				{ url: 'http://b.example.com/' },
				{ url: 'https://c.example.com/' },
			],
			onError: 'continueRegularOutput',
		});
		expect(rows.map((row) => row.url ?? row.error)).toEqual([
			'https://a.example.com/',
			'Webhook URL must be a URL that starts with https://',
			'https://c.example.com/',
		]);
		expect(tester.sandbox.data.webhooks).toHaveLength(2);
	});
});

const formats = (fields: object) =>
	({
		resource: 'company',
		operation: 'update',
		paymentCodeFormats: { format: [{ prefix: 'DH', fields }] },
	}) as never;

describe('a filter whose expression gave nothing', () => {
	test.each([
		['Payment Code', 'code'],
		['Bank Account', 'bankAccountId'],
		['From Date', 'fromDate'],
		['Reference Number', 'referenceNumber'],
	])('is refused before anything is sent: %s', async (name, filter) => {
		const filters = { [filter]: '={{ $json.absent }}' };
		const { message, description } = await tester.failure(transactions({ filters }));
		expect(message).toBe(`${name} must be filled in`);
		expect(description).toBe('The expression returned an empty value.');
		expect(tester.sandbox.requests).toEqual([]);
	});

	test.each([
		['Active', create({ additionalFields: { active: '={{ $json.absent }}' } })],
		['Webhook URL', update({ name: 'New', webhookUrl: '={{ $json.absent }}' })],
		['Fields of DH', formats({ is_active: '={{ $json.absent }}' })],
	])('so is a field: %s', async (name, parameters) => {
		expect((await tester.failure(parameters)).message).toBe(`${name} must be filled in`);
		expect(tester.sandbox.requests).toEqual([]);
	});
});

test.each([
	['DELETE', { resource: 'webhook', operation: 'delete', webhookId: byId(1) }],
	['PATCH', update({ name: 'New' })],
])('a refusal with status 200 to a %s is no success', async (method, parameters) => {
	const answer = { status: 200, body: { error: 'forbidden', error_description: 'Not yours' } };
	tester.sandbox.fault({ method, answer });
	expect((await tester.failure(parameters as never)).message).toContain('Not yours');
});

test('a secret that was sent is masked where SePay repeats it', async () => {
	const body = { message: 'secret_key topsecret-value is too short' };
	tester.sandbox.fault({ method: 'POST', answer: { status: 422, body } });
	const { message } = await tester.failure(
		create({ authenType: 'HMAC_SHA256', secretKey: 'topsecret-value' }),
	);
	expect(message).toContain('secret_key *** is too short');
});

test.each([
	['Api_Key', 'API Key'],
	['HMAC_SHA256', 'Secret Key'],
	['OAuth2.0', 'Access Token URL'],
])('an update to %s without what it needs', async (authenType, name) => {
	expect((await tester.failure(update({ authenType }))).message).toBe(`${name} must be filled in`);
	expect(tester.sandbox.requests).toEqual([]);
});

test.each(['active', 'retry', 'skipIfNoCode'])(
	'a %s that is neither true nor false',
	async (name) => {
		const fields = { additionalFields: { [name]: '={{ "perhaps" }}' } };
		const { message, description } = await tester.failure(create(fields));
		expect(message).toMatch(/ must be true or false$/);
		expect(description).toBe('It is "perhaps".');
		expect(tester.sandbox.requests).toEqual([]);
	},
);
