import { validateNotice } from '../contract';
import type { Transaction } from './bankHub';
import { callHub, startReceiver, useBankHub, waitUntil, type Receiver } from './testing';

const MINUTE = 60_000;

const hub = useBankHub({ transactions: 0 });
let receiver: Receiver;

beforeEach(async () => {
	receiver = await startReceiver();
	hub().ipn = { url: `${receiver.url}/ipn`, apiKey: 'K y' };
	hub().allowPrivateWebhooks = true;
	// Longer than any test, as the end of a link token is an event as well.
	hub().linkTokenLifeMs = 1440 * MINUTE;
});
afterEach(() => receiver.close());

/** What was received, each as the contract says. */
const bodies = (name: 'event' | 'ipn' = 'ipn') =>
	receiver.received.map(({ body }) => {
		const value = JSON.parse(body.toString());
		expect(validateNotice(name, value)).toEqual([]);
		return value;
	});

async function pay(wish?: Partial<Transaction>): Promise<Transaction> {
	const transaction = hub().addTransaction(wish);
	await hub().idle();
	return transaction;
}

async function setWebhook(fields: Record<string, unknown> = {}): Promise<void> {
	const body = { webhook_url: `${receiver.url}/hook`, allow_events: ['*'], ...fields };
	expect((await callHub(hub(), 'POST', '/v1/webhook', { body })).status).toBe(200);
}

async function createLink(): Promise<string> {
	const body = { company_xid: hub().data.companies[0].xid, purpose: 'LINK_BANK_ACCOUNT' };
	const answer = await callHub(hub(), 'POST', '/v1/link-token/create', { body });
	return String(answer.body.link_token);
}

/** Lets the clock run until nothing more is tried, and some time beyond. */
async function runAll(): Promise<void> {
	for (let minute = 0; minute < 45; minute += 1) {
		await hub().idle();
		hub().clock.advance(MINUTE);
		await new Promise((resolve) => setTimeout(resolve, 2));
	}
	await hub().idle();
}

describe('IPN', () => {
	test('of money in, with the key', async () => {
		const row = await pay({ amount: 250_000, transaction_content: 'Thanh toán DH123456' });
		const [{ path, headers }] = receiver.received;
		expect([path, headers.authorization]).toEqual(['/ipn', 'Apikey K y']);
		expect(headers['content-type']).toBe('application/json');
		expect(bodies()).toEqual([
			{
				gateway: 'MBBank',
				transaction_date: row.transaction_date,
				account_number: row.account_number,
				bank_account_xid: row.bank_account_xid,
				va: null,
				payment_code: 'DH123456',
				content: 'Thanh toán DH123456',
				transfer_type: 'credit',
				amount: 250_000,
				reference_code: row.reference_number,
				accumulated: 0,
				transaction_id: row.transaction_id,
			},
		]);
		expect(hub().deliveries).toEqual([
			{
				channel: 'ipn',
				id: row.transaction_id,
				attempt: 1,
				at: expect.any(Number),
				url: `${receiver.url}/ipn`,
				headers: { 'content-type': 'application/json', authorization: 'Apikey K y' },
				body: receiver.received[0].body.toString(),
				status: 201,
				answer: '{"success":true}',
				ok: true,
			},
		]);
	});

	test('of money out, and into a virtual account', async () => {
		await pay({ transfer_type: 'out', amount: 70_000 });
		const account = hub().data.bankAccounts.find(({ va_list }) => va_list.length > 0)!;
		const row = await pay({ bank_account_xid: account.xid });
		expect(row.va).toBe(account.va_list[0].sub_account);
		expect(bodies()).toMatchObject([
			{ transfer_type: 'debit', amount: 70_000, va: null },
			{ transfer_type: 'credit', va: row.va, gateway: account.brand_name },
		]);
	});

	test('of a test transaction that was made by the API', async () => {
		const body = {
			bank_account_xid: hub().data.bankAccounts[0].xid,
			transfer_type: 'debit',
			amount: 5_000,
			transaction_content: 'test',
		};
		const answer = await callHub(hub(), 'POST', '/v1/transaction/create', { body });
		await hub().idle();
		const { transaction_id } = answer.body.data as Transaction;
		expect(bodies()).toMatchObject([{ transaction_id, transfer_type: 'debit', amount: 5_000 }]);
	});

	test('none without an address', async () => {
		hub().ipn = undefined;
		await pay();
		expect(hub().deliveries).toEqual([]);
	});

	test.each([
		['Active', 'Unlimited', 1],
		['Active', 1, 1],
		['Active', 0, 0],
		['Suspended', 'Unlimited', 0],
		['Pending', 'Unlimited', 0],
	] as const)(
		'of a company that is %s with an allowance of %s: %i',
		async (status, amount, count) => {
			const [company] = hub().data.companies;
			company.status = status;
			company.configuration.transaction_amount = amount;
			await pay();
			expect(receiver.received).toHaveLength(count);
		},
	);

	test('only with a keyword, when there are some; case does not count', async () => {
		const body = { transaction_whitelist_remark_keywords: ['đơn', 'HD'] };
		await callHub(hub(), 'POST', '/v1/merchant-config', { body });
		for (const transaction_content of ['ĐƠN 1', 'hd2', 'DH123456'])
			await pay({ transaction_content });
		expect(bodies().map(({ content }) => content)).toEqual(['ĐƠN 1', 'hd2']);
	});

	test.each([
		['200 with success', 200, '{"success":true}', 1],
		['200 without', 200, '{"success":false}', 0],
		['an error', 500, '{"success":true}', 0],
	])('%s decides webhook_success', async (_what, status, body, webhook_success) => {
		receiver.answer = () => ({ status, body });
		const { transaction_id } = await pay();
		const answer = await callHub(hub(), 'GET', `/v1/transaction/${transaction_id}`);
		expect(answer.body.data).toMatchObject({ webhook_success });
	});

	test('variants ipnNames, ipnDate, directions', async () => {
		Object.assign(hub().variants, { ipnNames: 'asApi', ipnDate: 'iso', directions: 'inOut' });
		const row = await pay({ transaction_date: '2031-05-02 23:59:59' });
		const { brand_name, transaction_content, reference_number } = row;
		const [first] = bodies();
		expect(first).toMatchObject({
			...{ brand_name, transaction_content, reference_number, transfer_type: 'in' },
			transaction_date: '2031-05-02T23:59:59+07:00',
		});
		expect(first).not.toHaveProperty('gateway');
		hub().variants.ipnDate = 'timestamp';
		await pay({ transaction_date: '2031-05-02 23:59:59' });
		expect(bodies()[1].transaction_date).toBe(Date.UTC(2031, 4, 2, 16, 59, 59) / 1000);
	});

	test('the same once more, as SePay may send it twice', async () => {
		await pay();
		const again = await hub().sendAgain(hub().deliveries[0]);
		expect(again).toMatchObject({ channel: 'ipn', attempt: 1, ok: true });
		const [first, second] = receiver.received;
		expect(second).toEqual({ ...first, headers: expect.anything() });
		expect(second.headers.authorization).toBe('Apikey K y');
	});
});

describe('lifecycle events', () => {
	test('carry the secret when there is one', async () => {
		await setWebhook();
		await createLink();
		await hub().idle();
		await setWebhook({ auth_type: 'SECRET_KEY', secret_key: 'geheim' });
		await createLink();
		await hub().idle();
		const [bare, secret] = receiver.received;
		expect(bare.headers).not.toHaveProperty('x-secret-key');
		expect(secret.headers['x-secret-key']).toBe('geheim');
		expect(bodies('event')).toHaveLength(2);
		const { channel, id } = hub().deliveries[1];
		expect({ channel, id }).toEqual({ channel: 'event', id: bodies('event')[1].xid });
	});

	test('about one link token wait for each other, those about another one do not', async () => {
		await setWebhook();
		hub().deliveryTimeoutMs = 1_500;
		receiver.answer = () => (receiver.received.length === 1 ? 'hang' : { status: 200 });
		const slow = await createLink();
		await waitUntil(() => receiver.received.length === 1);
		const visits = [hub().link({ link: slow }), hub().link({ link: await createLink() })];
		await Promise.all(visits);
		await hub().idle();
		const names = bodies('event').map(({ event, metadata }) => {
			const isSlow = metadata.link_token_xid === hub().data.linkTokens[0].xid;
			return `${isSlow ? 'slow' : 'quick'} ${metadata.state ?? event}`;
		});
		const steps = [
			'LINK_TOKEN_CREATED',
			'LINK_SESSION_INITIALIZED',
			'REQUEST_BANK_ACCOUNT_LINK',
			'CONFIRM_BANK_ACCOUNT_LINK',
			'FINISHED_BANK_ACCOUNT_LINK',
			'BANK_ACCOUNT_LINKED',
			'LINK_SESSION_COMPLETED',
		];
		const [first, ...others] = steps;
		expect(names).toEqual([
			`slow ${first}`,
			...steps.map((step) => `quick ${step}`),
			...others.map((step) => `slow ${step}`),
		]);
	});
});

describe('retries', () => {
	test('after a cut connection, eight attempts 1, 1, 2, 3, 5, 8 and 13 minutes apart', async () => {
		receiver.answer = () => 'cut';
		await pay();
		await runAll();
		const { deliveries } = hub();
		expect(deliveries.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
		const minutes = deliveries.map(({ at }) => at / MINUTE);
		expect(minutes.slice(1).map((at, index) => at - minutes[index])).toEqual(
			[1, 1, 2, 3, 5, 8, 13].map((gap) => expect.closeTo(gap)),
		);
		expect(new Set(receiver.received.map(({ body }) => String(body))).size).toBe(1);
		expect(hub().data.transactions[0].webhook_success).toBe(false);
	});

	test('end with an answer; a success counts then', async () => {
		receiver.answer = () =>
			receiver.received.length < 3 ? 'cut' : { status: 200, body: '{"success":true}' };
		await pay();
		await runAll();
		expect(hub().deliveries.map(({ status }) => status)).toEqual([undefined, undefined, 200]);
		expect(hub().data.transactions[0].webhook_success).toBe(true);
	});

	test.each([301, 400, 401, 404, 429, 500, 503])('none after status %i', async (status) => {
		receiver.answer = () => ({ status });
		await setWebhook();
		await createLink();
		await pay();
		await runAll();
		expect(hub().deliveries.map((delivery) => delivery.status)).toEqual([status, status]);
	});

	test('when there is no answer within eight seconds', async () => {
		expect(hub().deliveryTimeoutMs).toBe(8_000);
		hub().deliveryTimeoutMs = 60;
		receiver.answer = () => (receiver.received.length < 2 ? 'hang' : { status: 200 });
		await pay();
		await runAll();
		expect(hub().deliveries).toMatchObject([{ error: /timeout/i }, { status: 200 }]);
	});

	test('of an event have the same xid and go to the webhook as it is then', async () => {
		receiver.answer = ({ path }) => (path === '/hook' ? 'cut' : { status: 200 });
		await setWebhook();
		await createLink();
		await hub().idle();
		await setWebhook({ webhook_url: `${receiver.url}/other` });
		await runAll();
		expect(receiver.received.map(({ path }) => path)).toEqual(['/hook', '/other']);
		expect(new Set(bodies('event').map(({ xid }) => xid)).size).toBe(1);
	});

	test('nothing older than five hours is tried', async () => {
		receiver.answer = () => 'cut';
		await pay();
		hub().clock.advance(5 * 60 * MINUTE + 1_000);
		await runAll();
		expect(hub().deliveries).toHaveLength(1);
	});

	test('nothing leaves this machine but what is led to it', async () => {
		hub().ipn = { url: 'https://n8n.example.com/ipn', apiKey: 'k' };
		await pay();
		expect(hub().deliveries).toMatchObject([{ ok: false, error: /loopback/i }]);
		hub().hosts.set('https://n8n.example.com', receiver.url);
		await pay();
		expect(receiver.received.map(({ path }) => path)).toEqual(['/ipn']);
	});
});
