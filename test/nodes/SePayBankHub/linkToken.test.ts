import type { IDataObject } from 'n8n-workflow';
import { time, type LinkToken } from '../../sandbox/bankHub';
import { answerForms, byId, iso, useBankHubTester } from './bankHub';

const tester = useBankHubTester();
const node = (operation: string, fields: object = {}) =>
	({ resource: 'linkToken', operation, ...fields }) as never;
const company = () => tester.hub.data.companies[0];
const account = () => tester.hub.data.bankAccounts[0];
const last = () => tester.hub.data.linkTokens.at(-1)!;

const create = (fields: object = {}) =>
	node('create', { companyId: byId(company().xid), ...fields });
const get = (linkToken: unknown, fields: object = {}) => node('get', { linkToken, ...fields });
const revoke = (xid: unknown) => node('revoke', { xid });

describe('Create', () => {
	test.each(answerForms)(
		'gives the page where a customer links an account, %s',
		async (_name, variants) => {
			Object.assign(tester.hub.variants, variants);
			const rows = await tester.rows(create());
			const { xid, link_token, expires_at } = last();
			const hosted_link_url = `${tester.hub.url}/link/${link_token}`;
			expect(rows).toEqual([
				{
					xid,
					hosted_link_url,
					link_token,
					expires_at: time(expires_at, tester.hub.variants.times),
				},
			]);
			expect(tester.sent()).toEqual([
				{
					call: 'POST /link-token/create',
					query: {},
					body: { company_xid: company().xid, purpose: 'LINK_BANK_ACCOUNT' },
				},
			]);
		},
	);

	test('sends what is chosen besides', async () => {
		const completionRedirectUri = 'https://app.example.com/linked?x=1';
		const additionalFields = { completionRedirectUri, language: 'en', mobileApp: true };
		await tester.rows(create({ additionalFields }));
		expect(last()).toMatchObject({
			completion_redirect_uri: completionRedirectUri,
			language: 'en',
			is_mobile_app: 1,
		});
	});

	test.each([
		[false, 0],
		['={{ "false" }}', 0],
		['={{ "1" }}', 1],
	])('sends Mobile App %s as %s', async (mobileApp, sent) => {
		await tester.rows(create({ additionalFields: { mobileApp } }));
		expect(tester.sent()[0].body).toMatchObject({ is_mobile_app: sent });
	});

	test('to unlink names the account', async () => {
		const purpose = 'UNLINK_BANK_ACCOUNT';
		await tester.rows(create({ purpose, bankAccountId: byId(account().xid) }));
		expect(tester.sent()[0].body).toEqual({
			company_xid: company().xid,
			purpose,
			bank_account_xid: account().xid,
		});
	});

	describe('to unlink asks for the account', () => {
		const unlink = (fields: object = {}) => create({ purpose: 'UNLINK_BANK_ACCOUNT', ...fields });

		test.each([{}, { bankAccountId: byId('') }])('before a run with %j', async (fields) => {
			await expect(tester.run(unlink(fields))).rejects.toThrow(
				'Parameter "Bank Account" is required',
			);
		});

		test('that an expression did not give', async () => {
			expect(await tester.failure(unlink({ bankAccountId: byId('={{ $json.missing }}') }))).toEqual(
				{
					message: 'Bank Account must be filled in',
					description: "Enter a value, or check the expression's result.",
				},
			);
			expect(tester.hub.requests).toEqual([]);
		});
	});

	test('does not name an account that is left over when linking', async () => {
		const fields = { purpose: '={{ "LINK_BANK_ACCOUNT" }}', bankAccountId: byId(account().xid) };
		await tester.rows(create(fields));
		expect(tester.sent()[0].body).toEqual({
			company_xid: company().xid,
			purpose: 'LINK_BANK_ACCOUNT',
		});
	});
});

describe('Get', () => {
	const simple = (token: LinkToken): IDataObject => ({
		linkToken: token.link_token,
		xid: token.xid,
		purpose: token.purpose,
		status: token.status,
		companyXid: company().xid,
		companyName: company().full_name,
		completionRedirectUri: token.completion_redirect_uri,
		mobileApp: token.is_mobile_app === 1,
		language: token.language,
		sessionCount: token.session_count,
		createdAt: iso(token.created_at),
		expiresAt: iso(token.expires_at),
		sessions: token.sessions.map((session) => ({
			xid: session.xid,
			state: session.state,
			status: session.status,
			createdAt: iso(session.created_at),
			finishedAt: iso(session.finished_at),
		})),
		events: token.events.map(({ xid, event, timestamp }) => ({
			xid,
			name: event,
			metadata: null,
			createdAt: `${new Date(timestamp * 1000 + 7 * 3_600_000).toISOString().slice(0, 19)}+07:00`,
		})),
	});

	test.each(answerForms)('tells what the customer did, %s', async (_name, variants) => {
		Object.assign(tester.hub.variants, variants);
		await tester.rows(create({ additionalFields: { mobileApp: true } }));
		await tester.hub.link({ link: last().link_token });
		expect(await tester.rows(get(last().link_token))).toEqual([simple(last())]);
		expect(last().sessions).toHaveLength(1);
		expect(last().events.length).toBeGreaterThan(3);
		expect(tester.sent()[1]).toEqual({
			call: 'POST /link-token/get',
			query: {},
			body: { link_token: last().link_token },
		});
	});

	test('gives what stands with an event, where SePay tells it', async () => {
		tester.hub.variants.eventMetadata = 'object';
		await tester.rows(create());
		const [{ events }] = await tester.rows(get(last().link_token));
		expect(events).toMatchObject([{ metadata: { purpose: 'LINK_BANK_ACCOUNT' } }]);
	});

	test('without Simplify gives what SePay sent', async () => {
		await tester.rows(create());
		const [row] = await tester.rows(get(last().link_token, { simplify: false }));
		expect(row).toMatchObject({
			xid: last().xid,
			is_mobile_app: 0,
			company: { xid: company().xid },
		});
		expect(row).not.toHaveProperty('linkToken');
	});

	test('is sent again when SePay is away for a moment, as it changes nothing', async () => {
		await tester.rows(create());
		tester.hub.fault({ path: '/v1/link-token/get', answer: { status: 503, body: {} } });
		expect(await tester.rows(get(last().link_token))).toHaveLength(1);
	});
});

test('Revoke closes the page', async () => {
	await tester.rows(create());
	const { xid } = last();
	expect(await tester.rows(revoke(xid))).toEqual([{ xid, revoked: true }]);
	expect(last().status).toBe('Revoked');
	expect(tester.sent()[1]).toMatchObject({
		call: 'POST /link-token/revoke',
		body: { link_token_xid: xid },
	});
	expect((await tester.failure(revoke(xid))).message).toContain('Not found: /v1/link-token/revoke');
});

describe('takes the output of the others by expression:', () => {
	test.each([
		['={{ $json.link_token }}', 'Create'],
		['={{ $json.hosted_link_url }}', 'Create'],
		['={{ $json }}', 'Create'],
		['={{ $json.linkToken }}', 'Get'],
		['={{ $json }}', 'Get'],
	])('Get with %s of %s', async (linkToken, from) => {
		let [json] = await tester.rows(create());
		if (from === 'Get') [json] = await tester.rows(get(json.link_token));
		expect(await tester.rows(get(linkToken), { input: [json] })).toMatchObject([
			{ xid: last().xid },
		]);
	});

	test.each([
		['={{ $json.xid }}', 'Create', {}],
		['={{ $json }}', 'Create', {}],
		['={{ $json.xid }}', 'Get', {}],
		['={{ $json }}', 'Get', {}],
		['={{ $json }}', 'Get', { simplify: false }],
	])('Revoke with %s of %s %j', async (xid, from, fields) => {
		let [json] = await tester.rows(create());
		if (from === 'Get') [json] = await tester.rows(get(json.link_token, fields));
		await tester.rows(revoke(xid), { input: [json] });
		expect(last().status).toBe('Revoked');
	});
});

test.each<[unknown]>([[false], [[]], [true], [0], ['Not now']])(
	'is not revoked when SePay answers %j',
	async (body) => {
		await tester.rows(create());
		tester.hub.fault({ path: '/v1/link-token/revoke', answer: { status: 200, body } });
		const { message } = await tester.failure(revoke(last().xid));
		expect(message).toMatch(/^SePay Bank Hub returned .* instead of a confirmation/);
	},
);
