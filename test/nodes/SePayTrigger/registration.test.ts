import { createWebhook, useSandbox } from '../../sandbox/testing';
import { credentialsOf, workflowOf } from './support';

jest.setTimeout(120_000);

const sandbox = useSandbox();
const hooks = () => sandbox().data.webhooks;
const calls = (method: string) => sandbox().requests.filter((seen) => seen.method === method);
const off = { catchUp: 'off' };

test('publishing again and starting n8n again keep the one webhook and change nothing', async () => {
	const workflow = workflowOf(sandbox(), off);
	await workflow.publish();
	const before = structuredClone(hooks());
	await workflow.publish();
	await workflow.publish('init');
	expect(hooks()).toEqual(before);
	expect(calls('POST')).toHaveLength(1);
	expect(calls('PATCH')).toHaveLength(0);
	await workflow.unpublish();
	expect(hooks()).toEqual([]);
	await workflow.unpublish();
});

test('changed parameters, name and address bring the same webhook up to date', async () => {
	const workflow = workflowOf(sandbox(), off);
	await workflow.publish();
	const [{ id, secret_key }] = hooks();
	workflow.name = 'Renamed';
	workflow.publicUrl = 'https://moved.example.com';
	workflow.parameters = {
		...off,
		eventType: 'All',
		bankMode: 'multi',
		bankAccountIds: { chosen: [{ id: { __rl: true, mode: 'id', value: '12, 19' } }] },
		additionalFields: { prefixFilters: ['DH'], skipIfNoCode: true },
	};
	await workflow.publish('init');
	expect(hooks()).toEqual([
		expect.objectContaining({
			id,
			secret_key,
			name: `Renamed (n8n ${workflow.id})`,
			webhook_url: `https://moved.example.com/webhook/${workflow.webhookId}/webhook`,
			event_type: 'All',
			bank_mode: 'multi',
			bank_account_ids: [12, 19],
			prefix_filters: ['DH'],
			skip_if_no_code: true,
		}),
	]);
	workflow.parameters = { ...workflow.parameters, authenType: 'Api_Key' };
	await workflow.publish();
	expect(hooks()).toEqual([expect.objectContaining({ id, api_key: secret_key })]);
});

test('a webhook removed at SePay is made anew; one left by lost data is taken over', async () => {
	const workflow = workflowOf(sandbox(), off);
	await workflow.publish();
	hooks().length = 0;
	await workflow.publish();
	expect(hooks()).toHaveLength(1);
	const [{ id }] = hooks();
	workflow.stored = {};
	await workflow.publish();
	expect(hooks().map((hook) => hook.id)).toEqual([id]);
	workflow.stored = {};
	await workflow.unpublish();
	expect(hooks()).toEqual([]);
});

test('several webhooks at its address become one', async () => {
	const workflow = workflowOf(sandbox(), off);
	const webhook_url = `https://n8n.example.com/webhook/${workflow.webhookId}/webhook`;
	await createWebhook(sandbox(), { webhook_url });
	await createWebhook(sandbox(), { webhook_url });
	await workflow.publish();
	expect(hooks()).toEqual([expect.objectContaining({ webhook_url, authen_type: 'HMAC_SHA256' })]);
});

test('a copy that inherited the static data leaves the first one alone', async () => {
	const first = workflowOf(sandbox(), off);
	await first.publish();
	const before = structuredClone(hooks()[0]);
	const copy = workflowOf(sandbox(), off);
	copy.stored = structuredClone(first.stored);
	await copy.publish();
	expect(hooks()).toHaveLength(2);
	expect(hooks()[0]).toEqual(before);
	expect(hooks()[1].secret_key).not.toBe(before.secret_key);
	await copy.unpublish();
	expect(hooks()).toEqual([before]);

	// The same address too, which n8n refuses only after it has been asked for.
	const twin = workflowOf(sandbox(), off, { webhookId: first.webhookId });
	twin.stored = structuredClone(first.stored);
	await twin.unpublish();
	expect(hooks()).toEqual([before]);
});

test("a person's webhook is not touched, even one that was the node's and has another address", async () => {
	const workflow = workflowOf(sandbox(), off);
	await createWebhook(sandbox(), {
		webhook_url: `https://n8n.example.com/webhook/${workflow.webhookId}/webhook/other`,
	});
	await workflow.publish();
	hooks()[1].webhook_url = 'https://shop.example.com/hook';
	const before = structuredClone(hooks());
	await workflow.publish();
	expect(hooks().slice(0, 2)).toEqual(before);
	expect(hooks()).toHaveLength(3);
	await workflow.unpublish();
	expect(hooks()).toEqual(before);

	// Neither when n8n has moved, and looks for the webhook it made by its ID.
	await workflow.publish();
	hooks()[2].webhook_url = 'https://shop.example.com/second';
	const now = structuredClone(hooks());
	workflow.publicUrl = 'https://moved.example.com';
	await workflow.publish('init');
	expect(hooks().slice(0, 3)).toEqual(now);
	expect(hooks()).toHaveLength(4);
	await workflow.unpublish();
	expect(hooks()).toEqual(now);
});

test('a test run has a webhook of its own that is gone afterwards', async () => {
	const workflow = workflowOf(sandbox(), off);
	await workflow.publish();
	const before = structuredClone(hooks());
	await workflow.test(async () => {
		expect(hooks().map(({ webhook_url }) => webhook_url)).toEqual([
			before[0].webhook_url,
			before[0].webhook_url.replace('/webhook/', '/webhook-test/'),
		]);
	});
	expect(hooks()).toEqual(before);

	// One that fails before it has a webhook must not take the production one along.
	sandbox().fault({ method: 'GET', path: '/api/v1/webhooks', answer: { status: 403 } } as never);
	await expect(workflow.test(async () => {})).rejects.toThrow();
	expect(hooks()).toEqual(before);
});

test('delete takes 404 for done, and throws on anything else', async () => {
	const workflow = workflowOf(sandbox(), off);
	await workflow.publish();
	const stop = sandbox().fault({
		method: 'DELETE',
		times: 9,
		answer: { status: 500, body: '{}' },
	} as never);
	await expect(workflow.unpublish()).rejects.toThrow('SePay returned an error');
	expect(hooks()).toHaveLength(1);
	stop();
	sandbox().fault({ method: 'DELETE', answer: { status: 404, body: '{}' } } as never);
	await workflow.unpublish();
});

describe('a refused registration says why and leaves nothing behind', () => {
	test.each([
		['http://n8n.example.com', /https:\/\/.*Set WEBHOOK_URL/],
		['https://192.168.1.5', /public URL.*Set WEBHOOK_URL/],
		['https://localhost:5678', /public URL.*Set WEBHOOK_URL/],
	])('%s', async (publicUrl, why) => {
		const workflow = workflowOf(sandbox(), off, { publicUrl });
		await expect(workflow.publish()).rejects.toThrow(why);
		expect(hooks()).toEqual([]);
		expect(calls('POST')).toHaveLength(0);
	});

	test('a scope is missing', async () => {
		const scopes = ['webhook:read', 'webhook:delete'];
		const credentials = credentialsOf(sandbox(), scopes);
		const workflow = workflowOf(sandbox(), off, { credentials });
		await expect(workflow.publish()).rejects.toThrow(/webhook:write.*Select it under Scopes/);
		expect(hooks()).toEqual([]);
		expect(workflow.stored).toEqual({});
	});

	test('catching up lacks its scope', async () => {
		const scopes = ['webhook:read', 'webhook:write', 'webhook:delete'];
		const workflow = workflowOf(sandbox(), {}, { credentials: credentialsOf(sandbox(), scopes) });
		await expect(workflow.publish()).rejects.toThrow(/transaction:read.*Select it under Scopes/);
		expect(hooks()).toEqual([]);
	});

	test('the bank cannot report money out', async () => {
		const parameters = {
			...off,
			eventType: 'Out_only',
			bankMode: 'single',
			bankAccountId: { __rl: true, mode: 'id', value: '12' },
		};
		await expect(workflowOf(sandbox(), parameters).publish()).rejects.toThrow(/Out_only/);
		expect(hooks()).toEqual([]);
	});

	test('no account is chosen', async () => {
		const workflow = workflowOf(sandbox(), { ...off, bankMode: 'multi' });
		await expect(workflow.publish()).rejects.toThrow(
			'Bank Accounts to Watch must be at least one ID',
		);
		expect(hooks()).toEqual([]);
	});
});

test('set up by hand, nothing is registered', async () => {
	const workflow = workflowOf(sandbox(), { setUp: 'byHand' });
	await workflow.publish();
	await workflow.unpublish();
	expect(sandbox().requests).toEqual([]);
});

describe('whatever SePay answers', () => {
	test.each([
		['as documented', {}],
		['hosts in small letters', { webhookHost: 'lowerCase' }],
		['retry_conditions as a map', { retryConditions: 'map' }],
		[
			'a new webhook answered with 500',
			{ retryConditions: 'map', wrongRetryConditions: 'created' },
		],
		['an empty list as null', { emptyList: 'null' }],
		['an empty list as an object', { emptyList: 'object' }],
		['an access token refused within 200', { expiredToken: 'accessDenied200' }],
	] as const)(
		'with %s, restarts leave one webhook and unpublishing none',
		async (_name, variants) => {
			Object.assign(sandbox().variants, variants);
			sandbox().data.transactions.length = 0;
			const workflow = workflowOf(sandbox(), {}, { publicUrl: 'https://N8N.Example.com' });
			await workflow.publish();
			const before = structuredClone(hooks());
			expect(before).toMatchObject([{ retry_conditions: { non_2xx_status_code: 1 } }]);
			const patched = calls('PATCH').length;
			sandbox().expireAccessTokens();
			for (let restart = 0; restart < 3; restart++) {
				await workflow.stop();
				await workflow.publish('init');
			}
			expect(hooks()).toEqual(before);
			expect(calls('PATCH')).toHaveLength(patched);
			await workflow.unpublish();
			expect(hooks()).toEqual([]);
		},
	);

	test('a webhook that SePay does not delete fails the unpublishing', async () => {
		const workflow = workflowOf(sandbox(), off);
		await workflow.publish();
		sandbox().variants.deleteAnswer = 'refused';
		await expect(workflow.unpublish()).rejects.toThrow('The webhook was not deleted');
	});

	test.each(['newestFirst', 'oldestFirst', 'shuffled'] as const)(
		'catching up begins after the newest payment when SePay lists in the order %s',
		async (order) => {
			sandbox().variants.order = order;
			sandbox().data.transactions.length = 0;
			for (let id = 1; id <= 150; id++) sandbox().addTransaction({ id });
			const workflow = workflowOf(sandbox(), { catchUp: 'onStart' });
			await workflow.publish();
			await workflow.stop();
			expect(workflow.stored).toMatchObject({ 'node:Payment': { after: 150 } });
		},
	);
});
