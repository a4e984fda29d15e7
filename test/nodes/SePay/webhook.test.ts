import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Variants, Webhook } from '../../sandbox';
import { omit } from '../../sandbox/omit';
import {
	addWebhook,
	allTextOf,
	answerForms,
	byId,
	chosen,
	expectListed,
	useSePayTester,
} from './sePay';

const tester = useSePayTester();
const get = { resource: 'webhook', operation: 'get' };
const getAll = { resource: 'webhook', operation: 'getAll' };
const del = { resource: 'webhook', operation: 'delete' };

const address = 'https://n8n.example.com/webhook/sepay';
const hmac = { authenType: 'HMAC_SHA256', secretKey: 'whsec_given' };

const create = (fields: IDataObject = {}) =>
	({
		resource: 'webhook',
		operation: 'create',
		name: 'Orders',
		webhookUrl: address,
		...hmac,
		...fields,
	}) as INodeParameters;

const update = (updateFields: IDataObject, webhookId: number, fields: IDataObject = {}) =>
	({
		resource: 'webhook',
		operation: 'update',
		webhookId: byId(webhookId),
		updateFields,
		...fields,
	}) as INodeParameters;

const webhooks = () => tester.sandbox.data.webhooks;
const bodies = (method: string) =>
	tester
		.sent()
		.filter(({ call }) => call.startsWith(method))
		.map(({ body }) => body);

/** A webhook as Simplify gives it. */
const simplified = (hook: Webhook): IDataObject => ({
	id: hook.id,
	name: hook.name,
	url: hook.webhook_url,
	active: hook.active,
	eventType: hook.event_type,
	bankAccountIds: { all: [], single: [hook.bank_account_id], multi: hook.bank_account_ids }[
		hook.bank_mode
	],
	allBankAccounts: hook.bank_mode === 'all',
	authentication: hook.authen_type,
	skipIfNoCode: hook.skip_if_no_code,
	createdAt: `${hook.created_at.replace(' ', 'T')}+07:00`,
});

/** A webhook as SePay shows it, without and with its secrets. */
const shown = (hook: Webhook) => omit(hook, 'alert_channel_ids');
const withoutSecrets = (hook: Webhook) =>
	omit(shown(hook), 'api_key', 'secret_key', 'oauth2_client_secret');

const oAuth2 = {
	authen_type: 'OAuth2.0' as const,
	secret_key: undefined,
	oauth2_access_token_url: 'https://shop.example.com/oauth/token',
	oauth2_client_id: 'client',
	oauth2_client_secret: 'cs_stored',
};
const apiKey = { authen_type: 'Api_Key' as const, secret_key: undefined, api_key: 'key_stored' };

describe('Get', () => {
	test('Simplify gives a small flat object', async () => {
		const hook = addWebhook(tester.sandbox);
		expect(await tester.rows({ ...get, webhookId: byId(hook.id) })).toEqual([
			{
				id: hook.id,
				name: 'Orders',
				url: 'https://shop.example.com/hook',
				active: true,
				eventType: 'In_only',
				bankAccountIds: [12, 14],
				allBankAccounts: false,
				authentication: 'HMAC_SHA256',
				skipIfNoCode: false,
				createdAt: '2026-01-31T23:30:00+07:00',
			},
		]);
		expect(tester.sent()).toEqual([
			{ call: `GET /webhooks/${hook.id}`, query: {}, body: undefined },
		]);
	});

	test('Simplify names the one account of a webhook for one', async () => {
		const hook = addWebhook(tester.sandbox, {
			bank_mode: 'single',
			bank_account_id: 19,
			bank_account_ids: [],
		});
		const [row] = await tester.rows({ ...get, webhookId: byId(hook.id) });
		expect(row).toMatchObject({ bankAccountIds: [19], allBankAccounts: false });
	});

	test('Simplify says so when the webhook is for all accounts', async () => {
		const hook = addWebhook(tester.sandbox, { bank_mode: 'all', bank_account_ids: [] });
		const [row] = await tester.rows({ ...get, webhookId: byId(hook.id) });
		expect(row).toMatchObject({ bankAccountIds: [], allBankAccounts: true });
	});

	test.each([
		[12, { bankAccountIds: [12], allBankAccounts: false }],
		[0, { bankAccountIds: [], allBankAccounts: true }],
	])('Simplify reads account %s of the older fields', async (bank_account_id, expected) => {
		tester.sandbox.variants.webhookFields = 'old';
		const hook = addWebhook(tester.sandbox, { bank_account_id });
		expect(await tester.rows({ ...get, webhookId: byId(hook.id) })).toEqual([
			{ ...simplified(hook), ...expected },
		]);
	});

	test.each([
		['HMAC', {}],
		['API key', apiKey],
		['OAuth2', oAuth2],
	])('secrets come out only with Include Secrets: %s', async (_name, fields) => {
		const hook = addWebhook(tester.sandbox, fields);
		const secret = [hook.secret_key, hook.api_key, hook.oauth2_client_secret].find(Boolean)!;
		for (const simplify of [true, false]) {
			const parameters = { ...get, webhookId: byId(hook.id), simplify };
			const { run } = await tester.run(parameters);
			expect(allTextOf(run)).not.toContain(secret);
			const [row] = await tester.rows({ ...parameters, options: { includeSecrets: true } });
			expect(JSON.stringify(row)).toContain(secret);
		}
	});

	test('without Simplify gives all fields as SePay shows them', async () => {
		const hook = addWebhook(tester.sandbox);
		const parameters = { ...get, webhookId: byId(hook.id), simplify: false };
		expect(await tester.rows(parameters)).toEqual([withoutSecrets(hook)]);
		expect(await tester.rows({ ...parameters, options: { includeSecrets: true } })).toEqual([
			shown(hook),
		]);
	});

	test.each(answerForms)('gives the same with %s', async (_name, variants) => {
		Object.assign(tester.sandbox.variants, variants);
		const hook = addWebhook(tester.sandbox);
		const parameters = { ...get, webhookId: byId(hook.id) };
		expect(await tester.rows(parameters)).toEqual([simplified(hook)]);
		expect(await tester.rows({ ...parameters, simplify: false })).toEqual([withoutSecrets(hook)]);
	});
});

describe('Get Many', () => {
	const all = () => expectListed(tester.sandbox, webhooks());

	beforeEach(() => {
		for (let index = 0; index < 5; index += 1) {
			addWebhook(tester.sandbox, {
				active: index !== 1,
				webhook_url: `https://shop.example.com/hook/${index}`,
				...(index === 2 && apiKey),
				...(index === 3 && { bank_mode: 'all', bank_account_ids: [] }),
			});
		}
	});

	test.each(answerForms)('Return All and Limit give the same with %s', async (_name, variants) => {
		Object.assign(tester.sandbox.variants, variants);
		expect(await tester.rows({ ...getAll, returnAll: true })).toEqual(all().map(simplified));
		expect(await tester.rows({ ...getAll, limit: 2, simplify: false })).toEqual(
			all().slice(0, 2).map(withoutSecrets),
		);
	});

	test('Return All reads every page', async () => {
		tester.sandbox.variants.maxPerPage = 2;
		expect(await tester.rows({ ...getAll, returnAll: true })).toEqual(all().map(simplified));
		expect(tester.sent()).toEqual(
			['1', '2', '3'].map((page) => ({
				call: 'GET /webhooks',
				query: { page, limit: '100' },
				body: undefined,
			})),
		);
	});

	test.each<[string, IDataObject, Record<string, string>, (hook: Webhook) => boolean]>([
		['Active', { active: true }, { active: '1' }, (hook) => hook.active],
		['not Active', { active: false }, { active: '0' }, (hook) => !hook.active],
		[
			'API Key',
			{ apiKey: 'key_stored' },
			{ api_key: 'key_stored' },
			(hook) => hook.api_key === 'key_stored',
		],
		[
			'Webhook URL',
			{ webhookUrl: 'hook/3' },
			{ webhook_url: 'hook/3' },
			(hook) => hook.webhook_url.endsWith('3'),
		],
		[
			'all of them',
			{ active: true, apiKey: 'key_stored', webhookUrl: 'shop.example.com' },
			{ active: '1', api_key: 'key_stored', webhook_url: 'shop.example.com' },
			(hook) => hook.api_key === 'key_stored',
		],
	])('filter %s', async (_name, filters, query, keep) => {
		const rows = await tester.rows({ ...getAll, filters: filters as INodeParameters });
		expect(rows).toEqual(all().filter(keep).map(simplified));
		expect(rows.length).toBeGreaterThan(0);
		expect(tester.sent().map((sent) => sent.query)).toEqual([{ ...query, page: '1', limit: '50' }]);
	});

	test('filters that are added but empty are left out', async () => {
		const filters = { apiKey: '', webhookUrl: '' };
		expect(await tester.rows({ ...getAll, filters })).toEqual(all().map(simplified));
	});

	test('secrets come out only with Include Secrets', async () => {
		const { run } = await tester.run({ ...getAll, simplify: false, returnAll: true });
		expect(allTextOf(run)).not.toMatch(/whsec_stored|key_stored/);
		const options = { includeSecrets: true };
		expect(await tester.rows({ ...getAll, simplify: false, options })).toEqual(all().map(shown));
		const [row] = await tester.rows({ ...getAll, options });
		expect(row).toEqual({ ...simplified(all()[0]), secret_key: 'whsec_stored' });
	});

	test('two items and several outputs each are paired with their item', async () => {
		const { items } = await tester.run({ ...getAll, limit: 2 }, { input: [{}, {}] });
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 0, 1, 1].map((item) => ({ item })),
		);
	});
});

describe('Create', () => {
	const least = {
		is_verify_payment: 1,
		skip_if_no_code: 0,
		active: 1,
		name: 'Orders',
		webhook_url: address,
		event_type: 'In_only',
		bank_mode: 'all',
		authen_type: 'HMAC_SHA256',
		secret_key: 'whsec_given',
		request_content_type: 'Json',
	};

	test('looks for the address, creates, and reads the whole webhook back', async () => {
		const rows = await tester.rows(create({ simplify: false }));
		const [hook] = webhooks();
		expect(tester.sent()).toEqual([
			{
				call: 'GET /webhooks',
				query: { page: '1', limit: '100' },
				body: undefined,
			},
			{ call: 'POST /webhooks', query: {}, body: least },
			{ call: `GET /webhooks/${hook.id}`, query: {}, body: undefined },
		]);
		expect(rows).toEqual([withoutSecrets(hook)]);
		expect(tester.sandbox.requests[1].headers['content-type']).toMatch(/^application\/json/);
	});

	const forms: Array<[string, Partial<Variants>]> = [
		...answerForms,
		['only the ID at the root', { createAnswer: 'root' }],
		['201', { createStatus: 201 }],
		['the ID at the root and 201', { createAnswer: 'root', createStatus: 201 }],
	];

	test.each(forms)('gives the same with %s', async (_name, variants) => {
		Object.assign(tester.sandbox.variants, variants);
		const rows = await tester.rows(create({ additionalFields: { skipIfNoCode: true } }));
		expect(webhooks()).toHaveLength(1);
		expect(rows).toEqual([simplified(webhooks()[0])]);
	});

	test('works where SePay knows the older fields only', async () => {
		tester.sandbox.variants.webhookFields = 'old';
		expect(await tester.rows(create())).toEqual([simplified(webhooks()[0])]);
	});

	test.each<[string, IDataObject, IDataObject]>([
		['HMAC-SHA256', {}, {}],
		[
			'API Key',
			{ authenType: 'Api_Key', apiKey: 'key_given' },
			{ authen_type: 'Api_Key', secret_key: undefined, api_key: 'key_given' },
		],
		['None', { authenType: 'No_Authen' }, { authen_type: 'No_Authen', secret_key: undefined }],
		[
			'OAuth 2.0',
			{
				authenType: 'OAuth2.0',
				oauth2Url: 'https://shop.example.com/oauth/token',
				oauth2ClientId: 'client',
				oauth2ClientSecret: 'cs_given',
				requestContentType: 'Json',
			},
			{
				authen_type: 'OAuth2.0',
				secret_key: undefined,
				oauth2_access_token_url: 'https://shop.example.com/oauth/token',
				oauth2_client_id: 'client',
				oauth2_client_secret: 'cs_given',
				request_content_type: undefined,
			},
		],
		[
			'one account',
			{ bankMode: 'single', bankAccountId: byId('12') },
			{ bank_mode: 'single', bank_account_id: 12 },
		],
		[
			'several accounts',
			{ bankMode: 'multi', bankAccountIds: chosen('12', 19) },
			{ bank_mode: 'multi', bank_account_ids: [12, 19] },
		],
		[
			'several accounts by expression',
			{ bankMode: 'multi', bankAccountIds: chosen('={{ [12, "19"] }}') },
			{ bank_mode: 'multi', bank_account_ids: [12, 19] },
		],
		[
			'money in and out as a form',
			{ eventType: 'All', requestContentType: 'application_x-www-form-urlencoded' },
			{ event_type: 'All', request_content_type: 'application_x-www-form-urlencoded' },
		],
		[
			'money out as a multipart form',
			{
				eventType: 'Out_only',
				requestContentType: 'multipart_form-data',
				bankMode: 'single',
				bankAccountId: byId('19'),
			},
			{
				event_type: 'Out_only',
				request_content_type: 'multipart_form-data',
				bank_mode: 'single',
				bank_account_id: 19,
			},
		],
		[
			'every additional field',
			{
				additionalFields: {
					active: false,
					alertChannelIds: '3, 7',
					alertEventTypes: ['failure'],
					alertThreshold: 5,
					prefixFilters: ['DH', 'HOC'],
					retry: true,
					skipIfNoCode: true,
					vaMode: 'list',
					subAccountIds: chosen('25, 31'),
					isVerifyPayment: false,
				},
			},
			{
				active: 0,
				alert_channel_ids: [3, 7],
				alert_event_types: ['failure'],
				alert_threshold: 5,
				prefix_filters: ['DH', 'HOC'],
				retry_conditions: ['non_2xx_status_code'],
				skip_if_no_code: 1,
				va_mode: 'list',
				only_va: 1,
				bank_sub_account_ids: [25, 31],
				is_verify_payment: 0,
			},
		],
		[
			'fields set to the other choice',
			{
				additionalFields: {
					active: true,
					retry: false,
					skipIfNoCode: false,
					vaMode: 'none',
					isVerifyPayment: true,
					alertEventTypes: [],
				},
			},
			{ va_mode: 'none', only_va: 0, alert_event_types: [] },
		],
		['blanks around the address', { webhookUrl: ` ${address} ` }, {}],
	])('sends what SePay wants for %s', async (_name, fields, body) => {
		await tester.rows(create(fields));
		const expected = Object.entries({ ...least, ...body }).filter(
			([, value]) => value !== undefined,
		);
		expect(bodies('POST')).toEqual([Object.fromEntries(expected)]);
	});

	test('a number given as text by an expression is sent as a number', async () => {
		await tester.rows(create({ additionalFields: { alertThreshold: '={{ "5" }}' } }));
		expect(bodies('POST')).toEqual([{ ...least, alert_threshold: 5 }]);
	});

	test('empty prefixes are left out and blanks around them cut', async () => {
		await tester.rows(create({ additionalFields: { prefixFilters: ['', ' DH '] } }));
		expect(bodies('POST')).toEqual([{ ...least, prefix_filters: ['DH'] }]);
	});

	test.each([
		['HMAC', {}, 'whsec_given', 'secret_key'],
		['API key', { authenType: 'Api_Key', apiKey: 'key_given' }, 'key_given', 'api_key'],
		[
			'OAuth2',
			{
				authenType: 'OAuth2.0',
				oauth2Url: 'https://shop.example.com/token',
				oauth2ClientId: 'client',
				oauth2ClientSecret: 'cs_given',
			},
			'cs_given',
			'oauth2_client_secret',
		],
	])('secrets come out only with Include Secrets: %s', async (_name, fields, secret, field) => {
		for (const simplify of [true, false]) {
			tester.sandbox.data.webhooks = [];
			const { run, items } = await tester.run(create({ ...fields, simplify }));
			expect(items).toHaveLength(1);
			expect(allTextOf(run)).not.toContain(secret);
			tester.sandbox.data.webhooks = [];
			const options = { includeSecrets: true };
			const [row] = await tester.rows(create({ ...fields, simplify, options }));
			expect(row).toMatchObject({ [field]: secret });
		}
	});

	describe('when the address has a webhook already', () => {
		test('stops with its ID and name, and creates nothing', async () => {
			const hook = addWebhook(tester.sandbox, { webhook_url: address, name: 'Old one' });
			expect(await tester.failure(create())).toEqual({
				message: `Webhook ${hook.id} ("Old one") already delivers to ${address}`,
				description:
					'SePay would deliver each payment twice. Update that webhook, or turn on Create Even If URL Exists.',
			});
			expect(tester.calls()).toEqual(['GET /webhooks']);
		});

		test('finds it among those whose address only contains it, on any page', async () => {
			addWebhook(tester.sandbox, { webhook_url: address, name: 'Exact' });
			addWebhook(tester.sandbox, { webhook_url: `${address}/2` });
			addWebhook(tester.sandbox, { webhook_url: `${address}?x=1` });
			tester.sandbox.variants.maxPerPage = 1;
			expect((await tester.failure(create())).message).toContain('"Exact"');
		});

		test('one whose address only contains it does not count', async () => {
			addWebhook(tester.sandbox, { webhook_url: `${address}/2` });
			await tester.rows(create());
			expect(webhooks()).toHaveLength(2);
		});

		test('creates another with Create Even If URL Exists, without looking', async () => {
			addWebhook(tester.sandbox, { webhook_url: address });
			await tester.rows(create({ options: { createAnyway: true } }));
			expect(webhooks().map(({ webhook_url }) => webhook_url)).toEqual([address, address]);
			expect(tester.calls()).toEqual(['POST /webhooks', `GET /webhooks/${webhooks()[1].id}`]);
		});

		test('two items with the same address at once create one', async () => {
			tester.sandbox.latencyMs = 20;
			const { items } = await tester.run(create(), {
				input: [{}, {}],
				onError: 'continueRegularOutput',
			});
			expect(webhooks()).toHaveLength(1);
			expect(items).toMatchObject([
				{ json: simplified(webhooks()[0]), pairedItem: { item: 0 } },
				{
					json: { error: expect.stringContaining(`Webhook ${webhooks()[0].id}`) },
					pairedItem: { item: 1 },
				},
			]);
		});

		test('two items with different addresses at once create two', async () => {
			const { items } = await tester.run(create({ webhookUrl: `=${address}/{{ $json.n }}` }), {
				input: [{ n: 1 }, { n: 2 }],
			});
			expect(items.map(({ json }) => json.url)).toEqual([`${address}/1`, `${address}/2`]);
		});
	});

	describe('when webhook:read is not granted', () => {
		beforeEach(() => tester.connect({ scopes: ['webhook:write'] }));

		test('cannot look for the address, names the scope and creates nothing', async () => {
			expect((await tester.failure(create())).description).toContain('"webhook:read"');
			expect(webhooks()).toEqual([]);
		});

		test('with Create Even If URL Exists gives the ID with what was sent', async () => {
			const fields = { simplify: false, options: { createAnyway: true } };
			expect(await tester.rows(create(fields))).toEqual([
				{
					id: webhooks()[0].id,
					...omit(least, 'secret_key'),
					is_verify_payment: true,
					skip_if_no_code: false,
					active: true,
				},
			]);
			expect(tester.calls()).toEqual(['POST /webhooks', `GET /webhooks/${webhooks()[0].id}`]);
		});

		test('with Create Even If URL Exists Simplify has the fields that were sent', async () => {
			const [row] = await tester.rows(create({ options: { createAnyway: true } }));
			expect(row).toEqual({ ...simplified(webhooks()[0]), createdAt: null });
		});
	});

	test('says that it may have been created when the answer cannot be read', async () => {
		const answer = { status: 200, body: '' };
		tester.sandbox.fault({ method: 'POST', when: 'after', answer });
		expect(await tester.failure(create())).toEqual({
			message: 'SePay returned an empty response instead of the ID of the new webhook',
			description: expect.stringContaining('Check with Get or Get Many before you retry.'),
		});
		expect(tester.calls()).toEqual(['GET /webhooks', 'POST /webhooks']);
	});
});

describe('Update', () => {
	test('sends the given fields alone and gives the whole webhook', async () => {
		const hook = addWebhook(tester.sandbox);
		const parameters = update({ active: false, name: 'New' }, hook.id, { simplify: false });
		expect(await tester.rows(parameters)).toEqual([
			withoutSecrets({ ...hook, active: false, name: 'New' }),
		]);
		expect(tester.sent()).toEqual([
			{ call: `PATCH /webhooks/${hook.id}`, query: {}, body: { active: 0, name: 'New' } },
			{ call: `GET /webhooks/${hook.id}`, query: {}, body: undefined },
		]);
		expect(webhooks()).toEqual([{ ...hook, active: false, name: 'New' }]);
	});

	test.each<[IDataObject, IDataObject]>([
		[{ active: true }, { active: 1 }],
		[{ name: 'New' }, { name: 'New' }],
		[{ webhookUrl: address }, { webhook_url: address }],
		[{ eventType: 'All' }, { event_type: 'All' }],
		[{ bankMode: 'all' }, { bank_mode: 'all' }],
		[
			{ bankMode: 'single', bankAccountId: byId('12') },
			{ bank_mode: 'single', bank_account_id: 12 },
		],
		[
			{ bankMode: 'multi', bankAccountIds: chosen('12', '17') },
			{ bank_mode: 'multi', bank_account_ids: [12, 17] },
		],
		[{ authenType: 'No_Authen' }, { authen_type: 'No_Authen' }],
		[
			{ authenType: 'Api_Key', apiKey: 'key_new' },
			{ authen_type: 'Api_Key', api_key: 'key_new' },
		],
		[
			{ authenType: 'HMAC_SHA256', secretKey: 'whsec_new' },
			{ authen_type: 'HMAC_SHA256', secret_key: 'whsec_new' },
		],
		[
			{
				authenType: 'OAuth2.0',
				oauth2Url: 'https://shop.example.com/token',
				oauth2ClientId: 'id',
				oauth2ClientSecret: 'cs',
			},
			{
				authen_type: 'OAuth2.0',
				oauth2_access_token_url: 'https://shop.example.com/token',
				oauth2_client_id: 'id',
				oauth2_client_secret: 'cs',
			},
		],
		[
			{ requestContentType: 'multipart_form-data' },
			{ request_content_type: 'multipart_form-data' },
		],
		[{ isVerifyPayment: false }, { is_verify_payment: 0 }],
		[{ skipIfNoCode: true }, { skip_if_no_code: 1 }],
		[{ prefixFilters: ['HOC'] }, { prefix_filters: ['HOC'] }],
		[{ vaMode: 'none' }, { va_mode: 'none', only_va: 0 }],
		[
			{ vaMode: 'list', subAccountIds: chosen(26) },
			{ va_mode: 'list', only_va: 1, bank_sub_account_ids: [26] },
		],
		[{ retry: true }, { retry_conditions: ['non_2xx_status_code'] }],
		[{ retry: false }, { retry_conditions: [] }],
		[{ alertThreshold: 20 }, { alert_threshold: 20 }],
		[{ alertEventTypes: ['recovery'] }, { alert_event_types: ['recovery'] }],
		[{ alertChannelIds: '4' }, { alert_channel_ids: [4] }],
	])('%j is sent as %j', async (fields, body) => {
		const hook = addWebhook(tester.sandbox, { bank_mode: 'all', bank_account_ids: [] });
		await tester.rows(update(fields, hook.id));
		expect(bodies('PATCH')).toEqual([body]);
	});

	test.each<[string, Partial<Variants>]>([
		...answerForms,
		['data in the answer', { updateAnswer: 'data' }],
	])('gives the same with %s', async (_name, variants) => {
		Object.assign(tester.sandbox.variants, variants);
		const hook = addWebhook(tester.sandbox);
		expect(await tester.rows(update({ skipIfNoCode: true }, hook.id))).toEqual([
			simplified({ ...hook, skip_if_no_code: true }),
		]);
	});

	test('sends nothing when no field is given', async () => {
		const hook = addWebhook(tester.sandbox);
		expect(await tester.failure(update({}, hook.id))).toEqual({
			message: 'Update Fields must be filled in',
			description: 'Add at least one field to change.',
		});
		expect(tester.calls()).toEqual([]);
	});

	test('secrets come out only with Include Secrets', async () => {
		const hook = addWebhook(tester.sandbox);
		const parameters = update({ authenType: 'HMAC_SHA256', secretKey: 'whsec_new' }, hook.id);
		expect(allTextOf((await tester.run(parameters)).run)).not.toContain('whsec_new');
		const [row] = await tester.rows({ ...parameters, options: { includeSecrets: true } });
		expect(row).toEqual({ ...simplified(hook), secret_key: 'whsec_new' });
	});

	describe('when webhook:read is not granted', () => {
		test('gives the ID with what was sent', async () => {
			const hook = addWebhook(tester.sandbox);
			tester.connect({ scopes: ['webhook:write'] });
			const fields = { active: false, authenType: 'HMAC_SHA256', secretKey: 'whsec_new' };
			const { run, rows } = await tester.run(update(fields, hook.id, { simplify: false }));
			expect(rows).toEqual([{ id: hook.id, active: false, authen_type: 'HMAC_SHA256' }]);
			expect(allTextOf(run)).not.toContain('whsec_new');
			expect(webhooks()[0].active).toBe(false);
		});

		test('Simplify claims nothing about the accounts that it does not know', async () => {
			const hook = addWebhook(tester.sandbox);
			tester.connect({ scopes: ['webhook:write'] });
			const [row] = await tester.rows(update({ name: 'New' }, hook.id));
			expect(row).toMatchObject({ id: hook.id, name: 'New' });
			expect(row.allBankAccounts).not.toBe(true);
		});
	});
});

describe('Delete', () => {
	test.each(['json', 'empty'] as const)('gives deleted: true on an answer of %s', async (form) => {
		tester.sandbox.variants.deleteAnswer = form;
		const [gone, kept] = [addWebhook(tester.sandbox), addWebhook(tester.sandbox)];
		expect(await tester.rows({ ...del, webhookId: byId(gone.id) })).toEqual([{ deleted: true }]);
		expect(tester.sent()).toEqual([
			{ call: `DELETE /webhooks/${gone.id}`, query: {}, body: undefined },
		]);
		expect(webhooks()).toEqual([kept]);
	});

	test('deletes one webhook per item, each output paired', async () => {
		const [first, second] = [addWebhook(tester.sandbox), addWebhook(tester.sandbox)];
		const { items } = await tester.run(
			{ ...del, webhookId: byId('={{ $json.id }}') },
			{ input: [{ id: first.id }, { id: second.id }] },
		);
		expect(items).toEqual([
			{ json: { deleted: true }, pairedItem: { item: 0 } },
			{ json: { deleted: true }, pairedItem: { item: 1 } },
		]);
		expect(webhooks()).toEqual([]);
	});
});
