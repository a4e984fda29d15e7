import { validateNotice } from '../contract';
import { EVENTS, TEST_ACCOUNTS, type LifecycleEvent, type Visit } from './bankHub';
import { omit } from './omit';
import { callHub, startReceiver, useBankHub, waitUntil, type Receiver } from './testing';

const hub = useBankHub({ transactions: 0 });
let receiver: Receiver;

const MINUTE = 60_000;
const NOBODY = '00000000-0000-4000-8000-000000000000';

type Fields = Record<string, unknown>;

const post = (path: string, body: unknown) => callHub(hub(), 'POST', path, { body });

beforeEach(async () => {
	hub().allowPrivateWebhooks = true;
	receiver = await startReceiver();
	await post('/v1/webhook', { webhook_url: receiver.url, allow_events: ['*'] });
});
afterEach(() => receiver.close());

const company = () => hub().data.companies[1];

interface Created {
	xid: string;
	link_token: string;
	hosted_link_url: string;
	expires_at: string;
}

async function create(fields: Fields = {}): Promise<Created> {
	const wish = { company_xid: company().xid, purpose: 'LINK_BANK_ACCOUNT', ...fields };
	const { status, body } = await post('/v1/link-token/create', wish);
	expect(status).toBe(201);
	return body as unknown as Created;
}

async function createUnlink(): Promise<Created> {
	const { xid, company_xid } = hub().data.bankAccounts[0];
	return create({ company_xid, purpose: 'UNLINK_BANK_ACCOUNT', bank_account_xid: xid });
}

const get = async (link_token: string): Promise<Fields> =>
	(await post('/v1/link-token/get', { link_token })).body;

/** What the webhook received, each as the contract says. */
function events(): LifecycleEvent[] {
	return receiver.received.map(({ body }) => {
		const event = JSON.parse(body.toString());
		expect(validateNotice('event', event)).toEqual([]);
		return event;
	});
}

/** Each event with what its metadata hold beside the two xids that all have. */
const told = () =>
	events().map(({ event, metadata }) => [
		event,
		omit(metadata, 'link_token_xid', 'link_session_xid'),
	]);

async function link(visit: Partial<Visit> = {}, made?: Created) {
	const { hosted_link_url } = made ?? (await create());
	const account = await hub().link({ link: hosted_link_url, ...visit });
	await hub().idle();
	return account;
}

describe('creating a link token', () => {
	test('answers its two ids, where to go and until when', async () => {
		const made = await create();
		const [token] = hub().data.linkTokens;
		expect(made).toEqual({
			xid: token.xid,
			link_token: token.link_token,
			hosted_link_url: `${hub().url}/link/${token.link_token}`,
			expires_at: token.expires_at,
		});
		expect(made.xid).not.toBe(made.link_token);
		expect(Date.parse(`${made.expires_at}+07:00`) - hub().clock.now()).toBeGreaterThan(29 * MINUTE);
	});

	test('what is chosen is kept', async () => {
		const chosen = {
			completion_redirect_uri: 'https://shop.example.com/done',
			is_mobile_app: 1,
			language: 'en',
		};
		expect(await get((await create(chosen)).link_token)).toMatchObject(chosen);
		expect(await get((await create()).link_token)).toMatchObject({
			completion_redirect_uri: null,
			is_mobile_app: 0,
			language: 'vi',
		});
	});

	test.each([
		['company_xid', { company_xid: undefined }],
		['company_xid', { company_xid: 'x' }],
		['purpose', { purpose: undefined }],
		['purpose', { purpose: 'LINK' }],
		['bank_account_xid', { purpose: 'UNLINK_BANK_ACCOUNT' }],
		['completion_redirect_uri', { completion_redirect_uri: 'nowhere' }],
		['is_mobile_app', { is_mobile_app: true }],
		['language', { language: 'fr' }],
	])('a wrong %s is refused: %j', async (name, fields) => {
		const wish = { company_xid: company().xid, purpose: 'LINK_BANK_ACCOUNT', ...fields };
		const { status, body } = await post('/v1/link-token/create', wish);
		expect([status, Object.keys(body.errors)]).toEqual([400, [name]]);
		expect(hub().data.linkTokens).toEqual([]);
	});

	test.each([404, 400] as const)('an unknown company is refused with %i', async (status) => {
		hub().variants.unknownCompany = status;
		const wish = { company_xid: NOBODY, purpose: 'LINK_BANK_ACCOUNT' };
		expect((await post('/v1/link-token/create', wish)).status).toBe(status);
	});

	test('only an account of the company is unlinked', async () => {
		const purpose = 'UNLINK_BANK_ACCOUNT';
		const [{ xid: own, company_xid }, { xid: foreign }] = hub().data.bankAccounts;
		const attempt = (bank_account_xid: string) =>
			post('/v1/link-token/create', { company_xid, purpose, bank_account_xid });
		expect((await attempt(own)).status).toBe(201);
		expect((await attempt(foreign)).status).toBe(404);
		expect((await attempt(NOBODY)).status).toBe(404);
	});
});

describe('reading a link token', () => {
	test('shows sessions, and events without metadata', async () => {
		const made = await create();
		await link({ end: 'open' }, made);
		const { full_name, status, xid } = company();
		const [session] = hub().data.linkTokens[0].sessions;
		expect(await get(made.link_token)).toMatchObject({
			xid: made.xid,
			purpose: 'LINK_BANK_ACCOUNT',
			status: 'Active',
			session_count: 1,
			company: { full_name, status, xid },
			sessions: [
				{
					xid: session.xid,
					context: null,
					state: 'CONFIRM_BANK_ACCOUNT_LINK',
					status: 'Active',
					result: null,
					finished_at: null,
				},
			],
			events: events().map(({ xid, event }) => ({ xid, name: event, metadata: null })),
		});
		expect(await get(made.link_token)).not.toHaveProperty('link_token');
	});

	test('variant eventMetadata: object', async () => {
		hub().variants.eventMetadata = 'object';
		const { link_token } = await create();
		const [{ metadata }] = (await get(link_token)).events as LifecycleEvent[];
		expect(metadata).toMatchObject({ purpose: 'LINK_BANK_ACCOUNT' });
	});

	test('takes the token, not the xid', async () => {
		const { xid } = await create();
		const status = async (link_token?: unknown) =>
			(await post('/v1/link-token/get', { link_token })).status;
		expect([await status(xid), await status('x'), await status()]).toEqual([404, 400, 400]);
	});
});

describe('revoking a link token', () => {
	const revoke = (link_token_xid?: string) => post('/v1/link-token/revoke', { link_token_xid });

	test('works once, by the xid, and tells the merchant', async () => {
		const { xid, link_token } = await create();
		expect((await revoke(link_token)).status).toBe(404);
		expect((await revoke()).status).toBe(400);
		expect(await revoke(xid)).toMatchObject({ status: 200, body: { message: /./ } });
		expect(await revoke(xid)).toMatchObject({ status: 404, body: { status: 404, error: '404' } });
		expect(await get(link_token)).toMatchObject({ status: 'Revoked' });
		await expect(hub().link({ link: link_token })).rejects.toThrow('Revoked');
		await hub().idle();
		expect(told()).toEqual([
			['LINK_TOKEN_CREATED', { purpose: 'LINK_BANK_ACCOUNT' }],
			['LINK_TOKEN_REVOKED', {}],
		]);
	});

	test.each(['REQUEST_BANK_ACCOUNT_LINK', 'CONFIRM_BANK_ACCOUNT_LINK'])(
		'cuts off who is linking, at %s',
		async (step) => {
			const made = await create();
			await hub().idle();
			const { answer } = receiver;
			receiver.answer = (request) => {
				if (String(request.body).includes(step)) hub().data.linkTokens[0].status = 'Revoked';
				return answer(request);
			};
			await expect(link({}, made)).rejects.toThrow('Revoked');
			expect(told().at(-1)?.[1]).toMatchObject({ state: step });
			expect(hub().data.bankAccounts).toHaveLength(5);
		},
	);
});

describe('a link token that runs out', () => {
	test('is told and opens no page any more', async () => {
		hub().linkTokenLifeMs = 2 * MINUTE;
		const { link_token } = await create();
		hub().clock.advance(2 * MINUTE);
		await expect(hub().link({ link: link_token })).rejects.toThrow('Expired');
		expect(await get(link_token)).toMatchObject({ status: 'Expired' });
		await waitUntil(() => receiver.received.length === 2);
		expect(told()[1]).toEqual(['LINK_TOKEN_EXPIRED', {}]);
		const revoked = { link_token_xid: hub().data.linkTokens[0].xid };
		expect((await post('/v1/link-token/revoke', revoked)).status).toBe(404);
	});

	test('is not told when it was revoked before', async () => {
		const { xid } = await create();
		await post('/v1/link-token/revoke', { link_token_xid: xid });
		hub().clock.advance(60 * MINUTE);
		await new Promise((resolve) => setTimeout(resolve, 20));
		await hub().idle();
		expect(told().map(([name]) => name)).toEqual(['LINK_TOKEN_CREATED', 'LINK_TOKEN_REVOKED']);
	});
});

describe('linking an account', () => {
	test('tells every step in the documented order, then the account is there', async () => {
		const account = await link();
		const bank = { brand_name: 'MBBank', account_type: 'personal' };
		const numbered = { ...bank, account_number: '0123456789' };
		const named = { ...numbered, account_holder_name: 'NGUYEN VAN A' };
		const bank_account_xid = account?.xid;
		expect(told()).toEqual([
			['LINK_TOKEN_CREATED', { purpose: 'LINK_BANK_ACCOUNT' }],
			['LINK_SESSION_INITIALIZED', {}],
			['LINK_SESSION_STATE_CHANGED', { state: 'REQUEST_BANK_ACCOUNT_LINK', ...bank }],
			['LINK_SESSION_STATE_CHANGED', { state: 'CONFIRM_BANK_ACCOUNT_LINK', ...named }],
			['LINK_SESSION_STATE_CHANGED', { state: 'FINISHED_BANK_ACCOUNT_LINK', ...named }],
			['BANK_ACCOUNT_LINKED', { bank_account_xid, ...numbered }],
			['LINK_SESSION_COMPLETED', { bank_account_xid }],
		]);
		const { body } = await callHub(hub(), 'GET', `/v1/bank-account?company_xid=${company().xid}`);
		expect(body.data).toContainEqual(
			expect.objectContaining({
				xid: bank_account_xid,
				account_number: '0123456789',
				account_type: 'individual',
				active: '1',
				bank_api_connected: '1',
				accumulated: '0.00',
				last_transaction: null,
			}),
		);
		const [session] = hub().data.linkTokens[0].sessions;
		expect(session).toMatchObject({ status: 'Completed', finished_at: expect.any(String) });
	});

	test('the events are about one token and one session, each with an xid of its own', async () => {
		const made = await create();
		await link({}, made);
		const [created, ...others] = events();
		expect(created.metadata).toMatchObject({ link_token_xid: made.xid, link_session_xid: null });
		const [{ xid: link_session_xid }] = hub().data.linkTokens[0].sessions;
		for (const { metadata } of others) {
			expect(metadata).toMatchObject({ link_token_xid: made.xid, link_session_xid });
		}
		expect(new Set(events().map(({ xid }) => xid)).size).toBe(7);
		expect(events().every(({ version }) => version === '1.0')).toBe(true);
		expect(Math.abs(created.timestamp - Date.now() / 1000)).toBeLessThan(60);
	});

	test.each(TEST_ACCOUNTS)(
		'$brand_name, $account_type, by the number of the test account',
		async ({ account_number, brand_name, account_type, otp, bank_id, ...known }) => {
			expect([otp, bank_id]).not.toContain('');
			const account = await link({ account_number });
			expect(account).toMatchObject({ account_number, brand_name, account_type, ...known });
			const hasVa = ['BIDV', 'OCB', 'KienLongBank'].includes(brand_name);
			expect(account?.va_list).toHaveLength(hasVa ? 1 : 0);
			const [, { account_type: told }] = events()
				.map(({ event, metadata }) => [event, metadata] as const)
				.find(([event]) => event === 'BANK_ACCOUNT_LINKED')!;
			expect(told).toBe(account_type === 'individual' ? 'personal' : 'enterprise');
		},
	);

	test('of an unknown number does nothing', async () => {
		const made = await create();
		await expect(link({ account_number: '1' }, made)).rejects.toThrow('no test account 1');
		await expect(hub().link({ link: NOBODY })).rejects.toThrow('no link token');
		expect(hub().data.linkTokens[0].session_count).toBe(0);
	});

	test.each([
		['failed', 'Failed', 'LINK_SESSION_FAILED'],
		['abandoned', 'Abandoned', 'LINK_SESSION_ABANDONED'],
		['expired', 'Expired', 'LINK_SESSION_EXPIRED'],
	] as const)('that is %s is told and links nothing', async (end, status, name) => {
		expect(await link({ end })).toBeUndefined();
		expect(told().at(-1)).toEqual([name, {}]);
		expect(hub().data.linkTokens[0].sessions).toMatchObject([{ status }]);
		expect(hub().data.bankAccounts).toHaveLength(5);
	});

	test('after coming back goes on with the same session', async () => {
		const made = await create();
		expect(await link({ end: 'open' }, made)).toBeUndefined();
		expect(await link({}, made)).toBeDefined();
		const names = told().map(([name]) => name);
		expect(names.filter((name) => name === 'LINK_SESSION_INITIALIZED')).toHaveLength(1);
		expect(names.filter((name) => name === 'LINK_SESSION_REINITIALIZED')).toHaveLength(1);
		expect(await get(made.link_token)).toMatchObject({ session_count: 2, sessions: [{}] });
	});
});

describe('unlinking an account', () => {
	const numbered = () => {
		const { brand_name, account_type, account_number } = hub().data.bankAccounts[0];
		return { brand_name, account_type, account_number };
	};

	test.each([
		['bank', 'BANK_ACCOUNT_UNLINKED', false],
		['sepay', 'BANK_ACCOUNT_INACTIVED', true],
	] as const)('at %s tells %s', async (unlinkAt, name, bank_api_connected) => {
		const account = await link({ unlinkAt }, await createUnlink());
		const bank_account_xid = hub().data.bankAccounts[0].xid;
		expect(account).toMatchObject({ xid: bank_account_xid, active: false, bank_api_connected });
		expect(told()).toEqual([
			['LINK_TOKEN_CREATED', { purpose: 'UNLINK_BANK_ACCOUNT' }],
			['LINK_SESSION_INITIALIZED', {}],
			['LINK_SESSION_STATE_CHANGED', { state: 'REQUEST_BANK_ACCOUNT_UNLINK', ...numbered() }],
			[name, { bank_account_xid, ...numbered() }],
			['LINK_SESSION_COMPLETED', { bank_account_xid, unlinked: true }],
		]);
	});

	test('variant inactivatedEvent; either spelling is sent to who wants the first', async () => {
		await post('/v1/webhook', {
			webhook_url: receiver.url,
			allow_events: ['BANK_ACCOUNT_INACTIVATED'],
		});
		await link({ unlinkAt: 'sepay' }, await createUnlink());
		hub().variants.inactivatedEvent = 'BANK_ACCOUNT_INACTIVATED';
		await link({ unlinkAt: 'sepay' }, await createUnlink());
		expect(told().map(([name]) => name)).toEqual([
			'BANK_ACCOUNT_INACTIVED',
			'BANK_ACCOUNT_INACTIVATED',
		]);
	});

	test('can be undone by linking again, which keeps the xid', async () => {
		const first = await link();
		const made = await create({ purpose: 'UNLINK_BANK_ACCOUNT', bank_account_xid: first?.xid });
		await link({}, made);
		expect(first).toMatchObject({ active: false });
		expect(await link()).toBe(first);
		expect(first).toMatchObject({ active: true, bank_api_connected: true });
	});
});

describe('which events are sent', () => {
	test.each([
		['all', { allow_events: ['*'] }, 7],
		['none', { allow_events: [] }, 0],
		['none when nothing is said', {}, 0],
		['two kinds', { allow_events: ['BANK_ACCOUNT_LINKED', 'LINK_SESSION_STATE_CHANGED'] }, 4],
		['none when switched off', { allow_events: ['*'], active: 0 }, 0],
	])('%s', async (_what, fields, count) => {
		await post('/v1/webhook', { webhook_url: receiver.url, ...fields });
		await link();
		expect(receiver.received).toHaveLength(count);
		expect(hub().data.linkTokens[0].events).toHaveLength(7);
	});

	test('none without a webhook', async () => {
		hub().data.webhook = null;
		await link();
		expect(hub().deliveries).toEqual([]);
	});

	test('every documented name is taken', async () => {
		const body = { webhook_url: receiver.url, allow_events: [...EVENTS] };
		expect(EVENTS).toHaveLength(13);
		expect((await post('/v1/webhook', body)).status).toBe(200);
	});
});

describe('the page of a link token', () => {
	const open = async (address: string, fields?: Record<string, string>) => {
		const response = await fetch(address, {
			...(fields && { method: 'POST', body: new URLSearchParams(fields) }),
			redirect: 'manual',
		});
		return { status: response.status, text: await response.text(), headers: response.headers };
	};

	test('offers the test accounts and links the chosen one', async () => {
		const { hosted_link_url } = await create();
		const page = await open(hosted_link_url);
		expect(page.status).toBe(200);
		for (const { account_number } of TEST_ACCOUNTS) {
			expect(page.text).toContain(`value="${account_number}"`);
		}
		const fields = { account_number: '9900112233', end: 'completed' };
		expect((await open(hosted_link_url, fields)).status).toBe(200);
		expect(hub().data.bankAccounts.at(-1)).toMatchObject({
			brand_name: 'OCB',
			company_xid: company().xid,
		});
	});

	test('unlinks the account it is about', async () => {
		const { hosted_link_url } = await createUnlink();
		const [{ account_number }, { account_number: other }] = hub().data.bankAccounts;
		const { text } = await open(hosted_link_url);
		expect(text).toContain(account_number);
		expect(text).not.toContain(other);
		await open(hosted_link_url, { account_number, end: 'completed' });
		expect(hub().data.bankAccounts[0].active).toBe(false);
	});

	test('goes back to the merchant', async () => {
		const address = 'https://shop.example.com/done';
		const { hosted_link_url } = await create({ completion_redirect_uri: address });
		const { status, headers } = await open(hosted_link_url, { end: 'abandoned' });
		expect([status, headers.get('location')]).toEqual([302, address]);
		expect(hub().data.linkTokens[0].sessions).toMatchObject([{ status: 'Abandoned' }]);
	});

	test('is closed for tokens that are revoked or unknown', async () => {
		const { hosted_link_url, xid } = await create();
		await post('/v1/link-token/revoke', { link_token_xid: xid });
		for (const address of [hosted_link_url, `${hub().url}/link/x`]) {
			expect((await open(address)).status).toBe(410);
			expect((await open(address, { end: 'completed' })).status).toBe(410);
		}
	});
});
