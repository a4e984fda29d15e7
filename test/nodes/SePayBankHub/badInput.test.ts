import type { IDataObject, INodeParameters, INodeProperties } from 'n8n-workflow';
import { SePayBankHub } from '../../../nodes/SePayBankHub/SePayBankHub.node';
import { BLOCKED, EVENTS, type Variants } from '../../sandbox/bankHub';
import type { FaultAnswer } from '../../sandbox/faults';
import { binary, byId, isRead, node, operations, UNKNOWN, useBankHubTester } from './bankHub';

const tester = useBankHubTester({ transactions: 3 });

const company = (companyId: unknown = UNKNOWN) =>
	node('company', 'get', { companyId: byId(companyId) });
const companies = (fields: object = {}) => node('company', 'getAll', fields);
const create = (fullName: unknown = 'Hoa Sen') => node('company', 'create', { fullName });
const update = (updateFields: object, companyId: unknown = UNKNOWN) =>
	node('company', 'update', { companyId: byId(companyId), updateFields });
const transactions = (filters: object = {}) => node('transaction', 'getAll', { filters });
const createTest = (fields: object = {}) =>
	node('transaction', 'createTest', {
		bankAccountId: byId(UNKNOWN),
		amount: 1000,
		content: 'DH1',
		...fields,
	});
const setWebhook = (fields: object = {}) =>
	node('webhook', 'set', {
		webhookUrl: 'https://n8n.example.com/webhook',
		authType: 'none',
		...fields,
	});

const answer = (given: Partial<FaultAnswer>, times = Infinity) =>
	tester.hub.fault({ path: /^\/v1\/(?!token)/, times, answer: { status: 200, ...given } });

describe('an ID', () => {
	const UUID = 'an ID like 3f2b8c1e-5a4d-4e6f-9b7a-1c2d3e4f5a6b';
	type Use = [displayName: string, operation: string, parameters: (id: unknown) => INodeParameters];
	const inPath: Use[] = [
		['Company', 'Company: Get', company],
		['Company', 'Company: Update', (id) => update({ shortName: 'S' }, id)],
		[
			'Company',
			'Company: Get Transaction Counts',
			(id) => node('company', 'getCounts', { companyId: byId(id) }),
		],
		[
			'Bank Account',
			'Bank Account: Get',
			(id) => node('bankAccount', 'get', { bankAccountId: byId(id) }),
		],
	];
	const inBody: Use[] = [
		['Company', 'Link Token: Create', (id) => node('linkToken', 'create', { companyId: byId(id) })],
		[
			'Bank Account',
			'Transaction: Create Test Transaction',
			(id) => createTest({ bankAccountId: byId(id) }),
		],
		['Link Token', 'Link Token: Get', (id) => node('linkToken', 'get', { linkToken: id })],
		['Link Token ID', 'Link Token: Revoke', (id) => node('linkToken', 'revoke', { xid: id })],
	];
	const byField = [...inPath, ...inBody];
	const wrong = [
		undefined,
		' ',
		'abc',
		19,
		`${UNKNOWN}0`,
		UNKNOWN.slice(1),
		UNKNOWN.replace('0', 'g'),
		`${UNKNOWN}/../x`,
		`${UNKNOWN}?page=2`,
		UNKNOWN.replaceAll('-', ''),
	];

	test.each(byField)(
		'%s of %s that is none is refused before anything is sent',
		async (displayName, operation, parameters) => {
			const empty = inBody.some(([, name]) => name === operation)
				? ['filled in', "Enter a value, or check the expression's result."]
				: [UUID, "No value. Choose one from the list, or check the expression's result."];
			const { items } = await tester.run(parameters('={{ $json.id }}'), {
				input: wrong.map((id) => ({ id }) as IDataObject),
				onError: 'continueRegularOutput',
			});
			expect(items.map(({ error }) => [error?.message, error?.description])).toEqual(
				wrong.map((id) => {
					const isEmpty = String(id ?? '').trim() === '';
					const [expected, hint] = isEmpty ? empty : [UUID, `It is "${id}".`];
					return [`${displayName} must be ${expected}`, hint];
				}),
			);
			expect(tester.hub.requests).toEqual([]);
		},
	);

	test('that is none when typed in by hand is refused by n8n itself', async () => {
		const wanted = 'An ID at SePay Bank Hub looks like';
		await expect(tester.run(company('abc'))).rejects.toThrow(wanted);
		await expect(tester.run(createTest({ bankAccountId: byId('19') }))).rejects.toThrow(wanted);
		expect(tester.hub.requests).toEqual([]);
	});

	test.each([
		['Company', { companyId: byId('={{ "x" }}') }],
		['Bank Account', { bankAccountId: byId('={{ "x" }}') }],
	])('%s as a filter that is none is refused', async (displayName, filters) => {
		const { message } = await tester.failure(transactions(filters));
		expect(message).toMatch(new RegExp(`^${displayName} must be an ID like`));
		expect(tester.hub.requests).toEqual([]);
	});

	test('as a filter whose expression gave nothing is not left out', async () => {
		const filters = { companyId: byId('={{ $json.missing }}') };
		expect((await tester.failure(transactions(filters))).message).toBe('Company must be filled in');
		expect(tester.hub.requests).toEqual([]);
	});

	test.each([undefined, ' ', 'a/b', '../company', 'a?b', 'ä'])(
		'of a transaction that is none is refused: %j',
		async (id) => {
			const parameters = node('transaction', 'get', { transactionId: '={{ $json.id }}' });
			const { message } = await tester.failure(parameters, { input: [{ id } as IDataObject] });
			expect(message).toMatch(/^Transaction ID must be an ID like/);
			expect(tester.hub.requests).toEqual([]);
		},
	);

	test.each(byField)(
		'%s of %s that SePay does not know is named',
		async (_field, name, parameters) => {
			const { message, description } = await tester.failure(parameters(UNKNOWN));
			expect(message).toMatch(/Không tìm thấy|bank_account_xid/);
			expect(description).toMatch(/(Check the ID|Fix the fields)/);
			expect(tester.calls()).toHaveLength(1);
			expect(name).toBeTruthy();
		},
	);
});

describe('a name', () => {
	test('of 201 characters is refused before anything is sent', async () => {
		const expected = {
			message: 'Full Name must be at most 200 characters long',
			description: 'It has 201 characters.',
		};
		expect(await tester.failure(create('ộ'.repeat(201)))).toEqual(expected);
		expect(await tester.failure(update({ fullName: 'ộ'.repeat(201) }))).toEqual(expected);
		expect(tester.hub.requests).toEqual([]);
	});

	test('of 200 characters is taken', async () => {
		await tester.rows(create('ộ'.repeat(200)));
	});

	test.each([' ', '={{ $json.missing }}'])('that is %j is missed', async (fullName) => {
		const { message } = await tester.failure(create(fullName));
		expect(message).toBe('Full Name must be filled in');
		expect(tester.hub.requests).toEqual([]);
	});
});

describe('fields of a company', () => {
	test.each<[object, string, string]>([
		[
			{ transactionAllowance: 'unlimited' },
			'Transaction Limit',
			'a whole number of at least 0, or Unlimited',
		],
		[
			{ transactionAllowance: 'UNLIMITED' },
			'Transaction Limit',
			'a whole number of at least 0, or Unlimited',
		],
		[
			{ transactionAllowance: '-1' },
			'Transaction Limit',
			'a whole number of at least 0, or Unlimited',
		],
		[
			{ transactionAllowance: '1.5' },
			'Transaction Limit',
			'a whole number of at least 0, or Unlimited',
		],
		[
			{ transactionAllowance: '1.000' },
			'Transaction Limit',
			'a whole number of at least 0, or Unlimited',
		],
		[{ paymentCodePrefix: 'D' }, 'Payment Code Prefix', '2 to 5 letters'],
		[{ paymentCodePrefix: 'ABCDEF' }, 'Payment Code Prefix', '2 to 5 letters'],
		[{ paymentCodePrefix: 'D1' }, 'Payment Code Prefix', '2 to 5 letters'],
		[{ paymentCodeSuffixFrom: 0 }, 'Payment Code Suffix From', 'a whole number of at least 1'],
		[{ paymentCodeSuffixTo: 2.5 }, 'Payment Code Suffix To', 'a whole number of at least 1'],
		[
			{ paymentCodeSuffixFrom: 9, paymentCodeSuffixTo: 8 },
			'Payment Code Suffix From',
			'at most Payment Code Suffix To',
		],
		[{ paymentCode: '={{ "maybe" }}' }, 'Payment Code', 'true or false'],
		[{ shortName: '={{ $json.missing }}' }, 'Short Name', 'filled in'],
		[{ transactionAllowance: '={{ $json.missing }}' }, 'Transaction Limit', 'filled in'],
		[{}, 'Update Fields', 'filled in'],
		[{ shortName: '' }, 'Update Fields', 'filled in'],
	])('%j are refused before anything is sent', async (fields, displayName, wanted) => {
		const { message } = await tester.failure(update(fields));
		expect(message).toBe(`${displayName} must be ${wanted}`);
		expect(tester.hub.requests).toEqual([]);
	});
});

describe('dates', () => {
	const counts = (filters: object) => node('merchant', 'getCounts', { filters });

	test.each([
		['transactions', transactions],
		['counts', counts],
	])('of %s the wrong way round are refused before anything is sent', async (_name, of) => {
		const dates = { startDate: '2026-01-31T17:00:00Z', endDate: '2026-01-31' };
		expect(await tester.failure(of(dates))).toEqual({
			message: 'From Date must be on or before To Date',
			description: 'It is 2026-02-01, but To Date is 2026-01-31 (days in Vietnam).',
		});
		expect(tester.hub.requests).toEqual([]);
	});

	test.each<[string, (date: string) => INodeParameters]>([
		['Date', (date) => transactions({ date })],
		['From Date', (startDate) => transactions({ startDate })],
		['To Date', (endDate) => transactions({ endDate })],
		['From Date', (startDate) => counts({ startDate })],
		['To Date', (endDate) => counts({ endDate })],
		[
			'Date',
			(date) => node('company', 'getCounts', { companyId: byId(UNKNOWN), filters: { date } }),
		],
	])('%s that are none are refused before anything is sent', async (displayName, of) => {
		for (const date of ['31/01/2026', '2026-02-30', '={{ "soon" }}']) {
			const { message } = await tester.failure(of(date));
			expect(message).toBe(`${displayName} must be a date like 2026-01-31`);
		}
		expect(tester.hub.requests).toEqual([]);
	});
});

describe('Limit', () => {
	const lists = [companies, transactions, () => node('bankAccount', 'getAll')];

	test.each([0, -1, 1.5, '={{ "many" }}'])(
		'%s is refused before anything is sent',
		async (limit) => {
			for (const list of lists) {
				const { message } = await tester.failure({ ...list(), limit });
				expect(message).toBe('Limit must be a whole number of at least 1');
			}
			expect(tester.hub.requests).toEqual([]);
		},
	);

	test('1,000,000,000 asks for no page above 100', async () => {
		tester.hub.variants.largePage = 'refuse';
		for (const list of lists) await tester.rows({ ...list(), limit: 1_000_000_000 });
		expect(tester.sent().map(({ query }) => query.per_page)).toEqual(['100', '100', '100']);
	});
});

describe('a test transaction', () => {
	test.each([-1000, '-1000', 1.5, '1.000', '1,000', 'abc', 1e21])(
		'of %s VND is refused before anything is sent',
		async (amount) => {
			const { message, description } = await tester.failure(createTest({ amount }));
			expect(message).toBe('Amount must be a whole amount in VND like 500000');
			expect(description).toContain('Use digits only');
			expect(tester.hub.requests).toEqual([]);
		},
	);

	test('of nothing is refused before anything is sent', async () => {
		const expected = { message: 'Amount must be above zero', description: 'It is 0.' };
		expect(await tester.failure(createTest({ amount: 0 }))).toEqual(expected);
		expect(tester.hub.requests).toEqual([]);
	});

	test.each([
		['Amount', 'amount'],
		['Content', 'content'],
	])('without %s is refused before anything is sent', async (displayName, name) => {
		const { message } = await tester.failure(createTest({ [name]: '={{ $json.missing }}' }));
		expect(message).toBe(`${displayName} must be filled in`);
		expect(tester.hub.requests).toEqual([]);
	});
});

describe('a webhook', () => {
	test.each([
		['n8n.example.com/webhook', 'a URL like'],
		['ftp://n8n.example.com', 'starts with https:// or http://'],
		['https://localhost:5678/webhook', 'a public URL'],
		['http://127.0.0.1/webhook', 'a public URL'],
		['https://10.1.2.3/webhook', 'a public URL'],
		['https://172.16.0.1/webhook', 'a public URL'],
		['https://192.168.1.10/webhook', 'a public URL'],
		['https://[::1]/webhook', 'a public URL'],
		['https://n8n/webhook', 'a public URL'],
	])('at "%s" is refused before anything is sent', async (webhookUrl, wanted) => {
		const parameters = setWebhook({ webhookUrl: `={{ "${webhookUrl}" }}` });
		const { message, description } = await tester.failure(parameters);
		expect(message).toMatch(/^Webhook URL must be /);
		expect(message).toContain(wanted);
		expect(description).toBe(`It is "${webhookUrl}".`);
		expect(tester.hub.requests).toEqual([]);
	});

	test('without https is refused on Production before anything is sent', async () => {
		tester.store({ environment: 'production' });
		const { message } = await tester.failure(setWebhook({ webhookUrl: 'http://n8n.example.com' }));
		expect(message).toBe('Webhook URL must be a URL that starts with https://');
	});

	test.each(['BANK_ACCOUNT_GONE', 'bank_account_linked', '=**'])(
		'with the event %s is refused and says which there are',
		async (event) => {
			const events = `={{ ["*", "${event}"] }}`;
			const { message, description } = await tester.failure(setWebhook({ events }));
			expect(message).toBe('Events must be events that SePay knows');
			expect(description).toContain(`It contains "${event}"`);
			for (const known of EVENTS) expect(description).toContain(known);
			expect(tester.hub.requests).toEqual([]);
		},
	);

	test.each([
		['Webhook URL', 'webhookUrl'],
		['Events', 'events'],
	])('with an empty %s is refused before anything is sent', async (displayName, name) => {
		const { message } = await tester.failure(setWebhook({ [name]: '={{ "" }}' }));
		expect(message).toBe(`${displayName} must be filled in`);
		expect(tester.hub.requests).toEqual([]);
	});

	test.each(['={{ [] }}', '={{ [""] }}'])(
		'without events is refused before anything is sent: %s',
		async (events) => {
			expect(await tester.failure(setWebhook({ events }))).toEqual({
				message: 'Events must be at least one',
				description: 'To stop all events, turn off Active.',
			});
			expect(tester.hub.requests).toEqual([]);
		},
	);

	test.each([
		['={{ " " }}', 'filled in'],
		['mật khẩu', 'ASCII letters, digits and symbols'],
		['={{ "two\\nlines" }}', 'ASCII letters, digits and symbols'],
	])('with the secret %j is refused before anything is sent', async (secretKey, wanted) => {
		const parameters = setWebhook({ authType: 'SECRET_KEY', secretKey });
		expect((await tester.failure(parameters)).message).toBe(`Secret Key must be ${wanted}`);
		expect(tester.hub.requests).toEqual([]);
	});

	test('whose secret SePay repeats in its refusal does not show it', async () => {
		const secretKey = 'whsec-0123456789';
		answer({ status: 400, body: { code: 400, message: `Bad secret ${secretKey}`, errors: null } });
		const { message } = await tester.failure(setWebhook({ authType: 'SECRET_KEY', secretKey }));
		expect(message).toMatch(/Bad secret \*\*\*$/);
	});
});

test.each([
	['Completion Redirect URI', { completionRedirectUri: 'app/linked' }],
	['Mobile App', { mobileApp: '={{ "perhaps" }}' }],
])('%s of a link token that is none is refused before anything is sent', async (name, fields) => {
	const parameters = node('linkToken', 'create', {
		companyId: byId(UNKNOWN),
		additionalFields: fields,
	});
	expect((await tester.failure(parameters)).message).toMatch(new RegExp(`^${name} must be`));
	expect(tester.hub.requests).toEqual([]);
});

test('an expression that gave nothing is named by the label of its field, in every operation', async () => {
	const { properties } = new SePayBankHub().description;
	const collections = properties.filter(({ type }) => type === 'collection');
	let fields = 0;
	for (const { name, displayOptions, options } of collections) {
		const [resource] = displayOptions!.show!.resource!;
		const [operation] = displayOptions!.show!.operation!;
		const [, given] = operations(tester).find(
			([, parameters]) => parameters.resource === resource && parameters.operation === operation,
		)!;
		for (const field of options as INodeProperties[]) {
			const nothing = '={{ $json.missing }}';
			const value = field.type === 'resourceLocator' ? byId(nothing) : nothing;
			const { message } = await tester.failure({ ...given, [name]: { [field.name]: value } });
			expect(message).toBe(`${field.displayName} must be filled in`);
			fields += 1;
		}
	}
	expect(fields).toBeGreaterThan(30);
	expect(tester.hub.requests).toEqual([]);
});

test('Delivered that is neither yes nor no is refused before anything is sent', async () => {
	const { message } = await tester.failure(transactions({ delivered: '={{ "perhaps" }}' }));
	expect(message).toBe('Delivered must be true or false');
	expect(tester.hub.requests).toEqual([]);
});

test('filters that were added and left empty are not sent', async () => {
	const filters = { companyId: byId(''), bankAccountId: byId(''), date: '', search: ' ', bank: '' };
	await tester.rows(transactions(filters));
	expect(tester.sent()[0].query).toEqual({ page: '1', per_page: '50' });
});

describe('a refusal is readable in every shape', () => {
	const shapes: Array<Variants['errorShape']> = [
		'fields',
		'fieldsNull',
		'message',
		'detail',
		'messages',
		'html',
	];

	test.each(shapes)('404 as %s', async (errorShape) => {
		tester.hub.variants.errorShape = errorShape;
		const { message, description } = await tester.failure(company());
		const words = errorShape === 'html' ? '' : ': Không tìm thấy công ty';
		expect(message).toBe(`Not found: /v1/company/${UNKNOWN}${words}`);
		expect(description).toContain('Check the ID');
		expect(description.includes('web page')).toBe(errorShape === 'html');
	});

	test.each(shapes)('400 as %s', async (errorShape) => {
		tester.hub.variants.errorShape = errorShape;
		const [{ full_name }] = tester.hub.data.companies;
		const { message, description } = await tester.failure(create(full_name));
		expect(message).toMatch(/^SePay Bank Hub rejected the request \(HTTP 400\)/);
		expect(message.includes('đã tồn tại')).toBe(errorShape !== 'html');
		expect(description.includes('web page')).toBe(errorShape === 'html');
	});

	test.each(shapes)('of a webhook as %s', async (errorShape) => {
		tester.hub.variants.errorShape = errorShape;
		tester.hub.environment = 'production';
		const webhookUrl = 'http://n8n.example.com/webhook';
		const { message } = await tester.failure(setWebhook({ webhookUrl }));
		expect(message).toMatch(/^SePay Bank Hub rejected the request \(HTTP 400\)/);
		expect(message.includes('must be an https address')).toBe(errorShape !== 'html');
	});
});

test('the page that blocks n8n is told as such by every operation', async () => {
	answer(BLOCKED);
	for (const [name, parameters] of operations(tester)) {
		const { message, description } = await tester.failure(parameters, { binary });
		expect([name, message]).toEqual([name, 'SePay Bank Hub denied access']);
		expect(description).toMatch(/^SePay Bank Hub returned a web page instead of data/);
	}
});

describe('an answer that is not what it should be', () => {
	test.each<[string, Partial<FaultAnswer>, string]>([
		['a web page', { contentType: 'text/html', body: '<html></html>' }, 'a web page'],
		['nothing', { body: '' }, 'an empty response'],
		['data: null', { body: { data: null } }, 'nothing'],
		['text', { contentType: 'text/plain', body: 'OK' }, 'text that is not JSON'],
	])('makes a readable error of every operation: %s', async (name, given, found) => {
		answer(given);
		const noObject = ['Company: Update', 'Link Token: Revoke', 'Webhook: Get'];
		for (const operation of operations(tester)) {
			const [title, parameters] = operation;
			if (name === 'data: null' && noObject.includes(title)) continue;
			if (name === 'data: null' && title.endsWith('Get Many')) {
				expect(await tester.rows(parameters)).toEqual([]);
				continue;
			}
			if (name === 'nothing' && noObject.includes(title) && title !== 'Webhook: Get') continue;
			const { message, description } = await tester.failure(parameters, { binary });
			expect([title, message]).toEqual([
				title,
				expect.stringContaining(`SePay Bank Hub returned ${found} instead of`),
			]);
			expect([title, description.includes('Check with Get')]).toEqual([title, !isRead(operation)]);
		}
	});
});

describe('a service that is away', () => {
	test('for a moment is asked again by what changes nothing, and not by what does', async () => {
		for (const operation of operations(tester)) {
			const [title, parameters] = operation;
			tester.hub.clearRequests();
			answer({ status: 503, body: { code: 503, message: 'Bảo trì' } }, 1);
			const { error } = await tester.run(parameters, { binary });
			const tries = tester.calls().filter((call) => call === tester.calls()[0]).length;
			expect([title, tries]).toEqual([title, isRead(operation) ? 2 : 1]);
			if (!isRead(operation)) {
				expect(error).toMatchObject({
					message: 'SePay Bank Hub returned an error (HTTP 503): Bảo trì',
					description: expect.stringContaining('may still have processed it'),
				});
			}
		}
	}, 60_000);

	test('429 is waited out by what changes something too', async () => {
		answer({ status: 429, headers: { 'retry-after': '1' }, body: { message: 'Slow down' } }, 1);
		expect(await tester.rows(create())).toHaveLength(1);
		expect(tester.calls()).toEqual(['POST /company/create', 'POST /company/create']);
		expect(tester.hub.data.companies).toHaveLength(6);
	});

	test('429 for long is told with the time', async () => {
		answer({ status: 429, headers: { 'retry-after': '300' }, body: { message: 'Slow down' } });
		expect(await tester.failure(companies())).toEqual({
			message: 'The rate limit of SePay Bank Hub is reached: Slow down',
			description: expect.stringContaining('Try again in 300 seconds.'),
		});
	});
});
