import { EVENTS } from '../../sandbox/bankHub';
import { allTextOf, answerForms, useBankHubTester } from './bankHub';

const tester = useBankHubTester();
const node = (operation: string, fields: object = {}) =>
	({ resource: 'webhook', operation, ...fields }) as never;
const address = 'https://n8n.example.com/webhook/bank-hub';
const secretKey = 'whsec-0123456789-abcdef';
const set = (fields: object = {}) => node('set', { webhookUrl: address, secretKey, ...fields });
const get = (fields: object = {}) => node('get', fields);
const webhook = () => tester.hub.data.webhook;

describe('Set', () => {
	test('replaces the webhook, and shows no secret', async () => {
		await tester.rows(set({ webhookUrl: 'https://former.example.com' }));
		tester.hub.clearRequests();
		const { run, rows } = await tester.run(set());
		expect(tester.sent()).toEqual([
			{
				call: 'POST /webhook',
				query: {},
				body: {
					webhook_url: address,
					auth_type: 'SECRET_KEY',
					secret_key: secretKey,
					active: 1,
					allow_events: ['*'],
				},
			},
		]);
		expect(rows).toEqual([
			{
				configured: true,
				url: address,
				active: true,
				events: ['*'],
				authentication: 'SECRET_KEY',
				secretKey: '***cdef',
			},
		]);
		expect(allTextOf(run)).not.toContain(secretKey);
		expect(webhook()).toMatchObject({ webhook_url: address, secret_key: secretKey });
	});

	test('without Simplify gives what SePay sent but for the secret', async () => {
		expect(await tester.rows(set({ simplify: false }))).toEqual([
			{ ...webhook(), request_content_type: 'application/json', secret_key: '***cdef' },
		]);
	});

	test('a short secret is not shown at all', async () => {
		expect(await tester.rows(set({ secretKey: 'abcdefgh' }))).toMatchObject([{ secretKey: '***' }]);
	});

	test.each(['none', '={{ "none" }}'])(
		'without authentication sends none: %s',
		async (authType) => {
			expect(await tester.rows(set({ authType }))).toMatchObject([
				{ authentication: null, secretKey: null },
			]);
			expect(tester.sent()[0].body).toEqual({
				webhook_url: address,
				active: 1,
				allow_events: ['*'],
			});
		},
	);

	test.each([
		[false, 0],
		['={{ "false" }}', 0],
		['={{ "true" }}', 1],
	])('sends Active %s as %s', async (active, sent) => {
		await tester.rows(set({ options: { active } }));
		expect(webhook()).toMatchObject({ active: sent });
	});

	test('sends the events that are chosen', async () => {
		const events = ['BANK_ACCOUNT_LINKED', 'LINK_SESSION_FAILED'];
		await tester.rows(set({ events }));
		expect(webhook()!.allow_events).toEqual(events);
	});

	test('subscribes to the inactivated event by either spelling', async () => {
		await tester.rows(set({ events: '={{ ["BANK_ACCOUNT_INACTIVED"] }}' }));
		expect(webhook()!.allow_events).toEqual(['BANK_ACCOUNT_INACTIVATED']);
	});

	test.each(EVENTS)('takes %s', async (event) => {
		await tester.rows(set({ events: [event] }));
		expect(webhook()!.allow_events).toEqual([event]);
	});

	test('on the sandbox takes an address without https', async () => {
		await tester.rows(set({ webhookUrl: 'http://n8n.example.com/webhook' }));
		expect(webhook()!.webhook_url).toBe('http://n8n.example.com/webhook');
	});
});

describe('Get', () => {
	test('tells that nothing is configured', async () => {
		expect(await tester.rows(get())).toEqual([{ configured: false }]);
		expect(await tester.rows(get({ simplify: false }))).toEqual([{ configured: false }]);
		expect(tester.calls()).toEqual(['GET /webhook', 'GET /webhook']);
	});

	test.each(answerForms)(
		'gives the webhook with its secret masked, %s',
		async (_name, variants) => {
			Object.assign(tester.hub.variants, variants);
			await tester.rows(set({ options: { active: false } }));
			expect(await tester.rows(get())).toEqual([
				{
					configured: true,
					url: address,
					active: false,
					events: ['*'],
					authentication: 'SECRET_KEY',
					secretKey: '***cdef',
				},
			]);
		},
	);

	test.each(['null', 'emptyText'] as const)(
		'gives a webhook that is told nothing, %s',
		async (nothing) => {
			tester.hub.variants.nothing = nothing;
			await tester.rows(set());
			webhook()!.allow_events = null;
			expect(await tester.rows(get())).toMatchObject([{ events: [] }]);
		},
	);

	test('masks a secret that SePay shows', async () => {
		const data = {
			webhook_url: address,
			auth_type: 'SECRET_KEY',
			secret_key: secretKey,
			active: 1,
		};
		tester.hub.fault({ answer: { status: 200, body: { status: 200, error: null, data } } });
		expect(await tester.rows(get({ simplify: false }))).toEqual([
			{ ...data, secret_key: '***cdef' },
		]);
	});
});
