import { EVENTS } from '../../sandbox/bankHub';
import { answerForms, everyWordOf, useHub } from './bankHub';

const bench = useHub();
const node = (operation: string, fields: object = {}) =>
	({ resource: 'webhook', operation, ...fields }) as never;
const address = 'https://n8n.example.com/webhook/bank-hub';
const secretKey = 'whsec-0123456789-abcdef';
const set = (fields: object = {}) => node('set', { webhookUrl: address, secretKey, ...fields });
const get = (fields: object = {}) => node('get', fields);
const webhook = () => bench.hub.data.webhook;

describe('Set', () => {
	test('replaces the webhook, and shows no secret', async () => {
		await bench.rows(set({ webhookUrl: 'https://former.example.com' }));
		bench.hub.clearRequests();
		const { run, rows } = await bench.run(set());
		expect(bench.sent()).toEqual([
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
		expect(everyWordOf(run)).not.toContain(secretKey);
		expect(webhook()).toMatchObject({ webhook_url: address, secret_key: secretKey });
	});

	test('without Simplify gives what SePay sent but for the secret', async () => {
		expect(await bench.rows(set({ simplify: false }))).toEqual([
			{ ...webhook(), request_content_type: 'application/json', secret_key: '***cdef' },
		]);
	});

	test('a short secret is not shown at all', async () => {
		expect(await bench.rows(set({ secretKey: 'abcdefgh' }))).toMatchObject([{ secretKey: '***' }]);
	});

	test('without authentication sends none', async () => {
		expect(await bench.rows(set({ authType: 'none' }))).toMatchObject([
			{ authentication: null, secretKey: null },
		]);
		expect(bench.sent()[0].body).toEqual({ webhook_url: address, active: 1, allow_events: ['*'] });
	});

	test.each([
		[false, 0],
		['={{ "false" }}', 0],
		['={{ "true" }}', 1],
	])('sends Active %s as %s', async (active, sent) => {
		await bench.rows(set({ options: { active } }));
		expect(webhook()).toMatchObject({ active: sent });
	});

	test('sends the events that are chosen', async () => {
		const events = ['BANK_ACCOUNT_LINKED', 'LINK_SESSION_FAILED'];
		await bench.rows(set({ events }));
		expect(webhook()!.allow_events).toEqual(events);
	});

	test('subscribes to the inactivated event by either spelling', async () => {
		await bench.rows(set({ events: '={{ ["BANK_ACCOUNT_INACTIVED"] }}' }));
		expect(webhook()!.allow_events).toEqual(['BANK_ACCOUNT_INACTIVATED']);
	});

	test.each(EVENTS)('takes %s', async (event) => {
		await bench.rows(set({ events: [event] }));
		expect(webhook()!.allow_events).toEqual([event]);
	});

	test('on the sandbox takes an address without https', async () => {
		await bench.rows(set({ webhookUrl: 'http://n8n.example.com/webhook' }));
		expect(webhook()!.webhook_url).toBe('http://n8n.example.com/webhook');
	});
});

describe('Get', () => {
	test('tells that nothing is configured', async () => {
		expect(await bench.rows(get())).toEqual([{ configured: false }]);
		expect(await bench.rows(get({ simplify: false }))).toEqual([{ configured: false }]);
		expect(bench.calls()).toEqual(['GET /webhook', 'GET /webhook']);
	});

	test.each(answerForms)(
		'gives the webhook with its secret masked, %s',
		async (_name, variants) => {
			Object.assign(bench.hub.variants, variants);
			await bench.rows(set({ options: { active: false } }));
			expect(await bench.rows(get())).toEqual([
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
			bench.hub.variants.nothing = nothing;
			await bench.rows(set());
			webhook()!.allow_events = null;
			expect(await bench.rows(get())).toMatchObject([{ events: [] }]);
		},
	);

	test('masks a secret that SePay shows', async () => {
		const data = {
			webhook_url: address,
			auth_type: 'SECRET_KEY',
			secret_key: secretKey,
			active: 1,
		};
		bench.hub.fault({ answer: { status: 200, body: { status: 200, error: null, data } } });
		expect(await bench.rows(get({ simplify: false }))).toEqual([
			{ ...data, secret_key: '***cdef' },
		]);
	});
});
