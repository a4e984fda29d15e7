import type { INodeParameters, INodePropertyOptions } from 'n8n-workflow';
import type { Variants } from '../../sandbox';
import { addWebhook, answerForms, byId, credentialType, nodeType, useSePayTester } from './sePay';

const tester = useSePayTester({ transactions: 134 });

/** Each operation with OAuth2, by `resource.operation`; an empty text for none of its own. */
const operations: Record<string, INodeParameters> = {
	'bankAccount.get': { bankAccountId: byId('12') },
	'bankAccount.getAll': { returnAll: true },
	'bankAccount.getSubAccounts': { bankAccountId: byId('14'), returnAll: true },
	'company.get': {},
	'company.update': {
		paymentCodeFormats: {
			format: [
				{
					prefix: 'DH',
					suffix_from: 6,
					suffix_to: 8,
					character_type: 'NumberOnly',
					is_active: true,
				},
			],
		},
	},
	'profile.get': {},
	'transaction.count': {},
	'transaction.get': { transactionId: '49815' },
	'transaction.getAll': { returnAll: true },
	'webhook.create': {
		name: 'New',
		webhookUrl: 'https://New.Example.com/hook',
		authenType: 'No_Authen',
		additionalFields: { retry: true },
	},
	'webhook.delete': { webhookId: byId('70001') },
	'webhook.get': { webhookId: byId('70001') },
	'webhook.getAll': { returnAll: true },
	'webhook.update': { webhookId: byId('70001'), updateFields: { name: 'Changed', retry: false } },
};

const forms: Array<[string, Partial<Variants>]> = [
	...answerForms,
	['retry_conditions as a map', { retryConditions: 'map' }],
	['a new webhook answered with 500', { retryConditions: 'map', wrongRetryConditions: 'created' }],
	['hosts in small letters', { webhookHost: 'lowerCase' }],
	['one page too few counted', { lastPage: 'oneTooFew', maxPerPage: 20 }],
	['pages counted for the size asked for', { lastPage: 'ofAskedSize', maxPerPage: 50 }],
	['lists in no order', { order: 'shuffled' }],
	['no order, and one page too few', { order: 'shuffled', lastPage: 'oneTooFew' }],
	['an empty list as null', { emptyList: 'null' }],
	['an empty list as an object', { emptyList: 'object' }],
	['an expired token within 200', { expiredToken: 'accessDenied200' }],
];

test('every operation is run under every form of answer', () => {
	const named = nodeType.description.properties
		.filter(({ name, displayOptions: { show = {} } = {} }) => {
			return name === 'operation' && show.authentication?.[0] !== 'apiToken';
		})
		.flatMap(({ displayOptions, options }) =>
			(displayOptions!.show!.resource as string[]).flatMap((resource) =>
				(options as INodePropertyOptions[]).map(({ value }) => `${resource}.${String(value)}`),
			),
		);
	const run = new Set(named.filter((name) => !name.startsWith('payment.')));
	expect(Object.keys(operations).sort()).toEqual([...run].sort());
});

/** What an operation gives, from the same start, the token expired; lists other than transactions in one order. */
async function run(name: string): Promise<unknown> {
	const [resource, operation] = name.split('.');
	const { sandbox, credentials } = tester;
	Object.assign(sandbox, { nextWebhookId: 70_001 });
	sandbox.data.webhooks = [];
	const fixed = { webhook_url: 'https://shop.example.com/hook' };
	if (name !== 'webhook.create') addWebhook(sandbox, fixed);
	sandbox.expireAccessTokens();
	sandbox.clearRequests();
	const rows = await tester.rows({ resource, operation, ...operations[name] });
	expect(credentials.store[credentialType].oauthTokenData).toBeDefined();
	expect(sandbox.requests.filter(({ path }) => path === '/oauth/token')).toHaveLength(1);
	const ids = rows.map((row) =>
		JSON.stringify(row)
			.toLowerCase()
			.replace(/"createdat":"[^"]*"/, ''),
	);
	return name === 'transaction.getAll' ? ids : ids.sort();
}

describe.each(Object.keys(operations))('%s', (name) => {
	test.each(forms)('gives the same with %s', async (_name, variants) => {
		const expected = await run(name);
		Object.assign(tester.sandbox.variants, variants);
		expect(await run(name)).toEqual(expected);
		const count = { 'webhook.delete': 0 }[name] ?? 1;
		expect(tester.sandbox.data.webhooks).toHaveLength(count);
	});
});

test.each(['newestFirst', 'oldestFirst', 'shuffled'] as const)(
	'the newest three and the newest one are found when SePay lists in the order %s',
	async (order) => {
		Object.assign(tester.sandbox.variants, { order });
		const newest = [...tester.sandbox.data.transactions].reverse().slice(0, 3);
		const read = { resource: 'transaction', operation: 'getAll', limit: 3, simplify: false };
		const byDate = [...tester.sandbox.data.transactions].sort((a, b) =>
			a.transaction_date < b.transaction_date ? 1 : -1,
		);
		expect(await tester.rows(read)).toEqual(order === 'shuffled' ? byDate.slice(0, 3) : newest);
		const calls = tester.calls().length;
		expect(calls).toBe({ newestFirst: 2, oldestFirst: 3, shuffled: 2 }[order]);
		if (order === 'shuffled') return;
		const options = { maxPages: 1 };
		const get = { resource: 'transaction', operation: 'get', simplify: false, options };
		expect(await tester.rows({ ...get, transactionId: String(newest[0].id) })).toEqual([newest[0]]);
	},
);

test('Return All fails when SePay counts more than it lists, and a Limit gives what there is', async () => {
	const answer = {
		status: 200,
		body: { status: 'success', data: [{ id: 1 }], meta: { pagination: { total: 3 } } },
	};
	tester.sandbox.fault({ path: '/api/v1/bank-accounts', times: Infinity, answer });
	const many = { resource: 'bankAccount', operation: 'getAll', simplify: false };
	expect(await tester.failure({ ...many, returnAll: true })).toMatchObject({
		message: 'The list ended after 1 of 3 results',
		description: expect.stringContaining('turn off Return All'),
	});
	expect(await tester.rows({ ...many, limit: 10 })).toEqual([{ id: 1 }]);
});

test('a webhook that SePay says it did not delete is not reported as deleted', async () => {
	addWebhook(tester.sandbox, { id: 70_001 });
	tester.sandbox.variants.deleteAnswer = 'refused';
	const { message } = await tester.failure({
		resource: 'webhook',
		operation: 'delete',
		webhookId: byId('70001'),
	});
	expect(message).toContain('The webhook was not deleted');
});

describe.each(['webhook.delete', 'webhook.update', 'company.update'])('%s', (name) => {
	test.each<[unknown]>([[false], [[]], [true], [0], ['Not now']])(
		'is not done when SePay answers %j',
		async (body) => {
			addWebhook(tester.sandbox, { id: 70_001 });
			const answer = { status: 200, body };
			for (const method of ['DELETE', 'PATCH'])
				tester.sandbox.fault({ method, path: /^\/api\/v1/, times: Infinity, answer });
			const [resource, operation] = name.split('.');
			const { message } = await tester.failure({ resource, operation, ...operations[name] });
			expect(message).toMatch(/^SePay returned .* instead of /);
		},
	);
});

test('an access token that SePay refuses for good within 200 ends in a refused sign-in', async () => {
	const answer = { status: 200, body: { error: 'access_denied' } };
	tester.sandbox.fault({ path: '/api/v1/me', times: Infinity, answer });
	const { message } = await tester.failure({ resource: 'profile', operation: 'get' });
	expect(message).toContain('rejected the credential');
});

test('a renewal refused with a message alone says so, and what to do', async () => {
	tester.sandbox.variants.tokenErrorShape = 'message';
	tester.sandbox.expireAccessTokens();
	tester.sandbox.revokeRefreshTokens();
	const { message, description } = await tester.failure({ resource: 'profile', operation: 'get' });
	expect(message).toContain('rejected the credential: The refresh token is not valid');
	expect(description).toContain('reconnect it');
});
