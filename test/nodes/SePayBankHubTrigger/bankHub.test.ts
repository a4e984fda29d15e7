import fc from 'fast-check';
import type { INodeParameters } from 'n8n-workflow';
import { processedItems, type TriggerWorkflow } from '../../harness/trigger';
import type { Variants } from '../../sandbox/bankHub';
import { vietnamTime } from '../../sandbox/clock';
import { callHub, waitUntil } from '../../sandbox/testing';
import { addressOf, API_KEY, PUBLIC, useBankHubTester, workflowOf } from './support';

jest.setTimeout(120_000);

const hub = useBankHubTester();
const forBalanceChanges = { triggerOn: 'balanceChanges', transferType: 'all' };
const MINUTE = 60_000;

let workflow: TriggerWorkflow;

afterEach(async () => {
	await workflow.stop();
	await workflow.waitForRuns();
	await workflow.closeServer();
});

async function published(parameters: INodeParameters = {}): Promise<void> {
	workflow = workflowOf(hub(), parameters);
	hub().hosts.set(PUBLIC, await workflow.listen());
	hub().ipn = { url: addressOf(workflow), apiKey: API_KEY };
	await workflow.publish();
}

const passedEvents = () => workflow.runs.flatMap((items) => items!.map(({ json }) => json.event));

test('the events of a linked account arrive, each once, as often as they are sent', async () => {
	await published();
	const { xid } = hub().addCompany();
	const body = { company_xid: xid, purpose: 'LINK_BANK_ACCOUNT' };
	const created = await callHub(hub(), 'POST', '/v1/link-token/create', { body });
	const account = await hub().link({ link: String(created.body.link_token) });
	await hub().idle();
	await workflow.waitForRuns();
	const sent = hub().deliveries.map(({ body: one }) => JSON.parse(one).event);
	expect(sent).toContain('BANK_ACCOUNT_LINKED');
	expect(passedEvents()).toEqual(sent);
	const linked = workflow.runs
		.flatMap((items) => items!)
		.find(({ json }) => json.event === 'BANK_ACCOUNT_LINKED');
	expect(linked!.json.bankAccountXid).toBe(account!.xid);

	const { length } = workflow.runs;
	for (const delivery of [...hub().deliveries]) {
		expect(await hub().sendAgain(delivery)).toMatchObject({ status: 200, ok: true });
	}
	await workflow.waitForRuns();
	expect(workflow.runs).toHaveLength(length);
});

test('only the events chosen are sent, the one with two spellings too', async () => {
	await published({ events: ['BANK_ACCOUNT_INACTIVATED'] });
	const [account] = hub().data.bankAccounts;
	const body = {
		company_xid: account.company_xid,
		purpose: 'UNLINK_BANK_ACCOUNT',
		bank_account_xid: account.xid,
	};
	const created = await callHub(hub(), 'POST', '/v1/link-token/create', { body });
	await hub().link({ link: String(created.body.link_token), unlinkAt: 'sepay' });
	await hub().idle();
	await workflow.waitForRuns();
	expect(hub().deliveries.map(({ body: one }) => JSON.parse(one).event)).toEqual([
		'BANK_ACCOUNT_INACTIVED',
	]);
	expect(passedEvents()).toEqual(['BANK_ACCOUNT_INACTIVATED']);
});

test('a transaction starts the workflow; after a cut connection the repeat does', async () => {
	await published(forBalanceChanges);
	const first = hub().addTransaction({ transfer_type: 'out', amount: 30_000 });
	await hub().idle();
	await workflow.waitForRuns();
	expect(workflow.runs[0]![0].json).toMatchObject({
		id: first.transaction_id,
		direction: 'out',
		amount: 30_000,
		bankAccountXid: first.bank_account_xid,
	});
	expect(first.webhook_success).toBe(true);

	const read = jest
		.spyOn(workflow.credentials, 'getDecrypted')
		.mockRejectedValueOnce(new Error('The database is locked'));
	const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + MINUTE);
	const second = hub().addTransaction();
	await hub().idle();
	clock.mockRestore();
	read.mockRestore();
	expect(workflow.passed).toEqual([first.transaction_id]);
	hub().clock.advance(3 * MINUTE);
	await waitUntil(() => second.webhook_success);
	await workflow.waitForRuns();
	expect(workflow.passed).toEqual([first.transaction_id, second.transaction_id]);
});

describe('catching up', () => {
	const catchingUp = { ...forBalanceChanges, catchUp: 'onStart' };

	/** Waits for the look at the list that follows a start. */
	async function looked(from = 0): Promise<void> {
		await workflow.waitUntilLooked();
		const looks = hub().requests.slice(from);
		expect(looks).toContainEqual(expect.objectContaining({ path: '/v1/transaction', status: 200 }));
	}

	/** A new process of n8n with the same database. */
	async function restarted(): Promise<void> {
		const old = workflow;
		await old.stop();
		const store = processedItems.get(`${old.id} n1`) ?? [];
		await jest.isolateModulesAsync(async () => {
			const { SePayBankHubTrigger } =
				await import('../../../nodes/SePayBankHubTrigger/SePayBankHubTrigger.node');
			workflow = workflowOf(hub(), old.parameters, { id: old.id, webhookId: old.webhookId });
			workflow.type = new SePayBankHubTrigger();
			({ withLock: workflow.withLock } = await import('../../../nodes/shared/transport/mutex'));
		});
		processedItems.set(`${old.id} n1`, store);
		workflow.stored = old.stored;
		workflow.runs = old.runs;
		await old.closeServer();
		hub().hosts.set(PUBLIC, await workflow.listen());
		const from = hub().requests.length;
		await workflow.publish('init');
		await looked(from);
	}

	test('what no notice brought comes once, in order, and nothing from before publishing', async () => {
		const past = new Date(Date.now() - 60 * MINUTE + 7 * 60 * MINUTE);
		const date = past.toISOString().slice(0, 19).replace('T', ' ');
		hub().addTransaction({ transaction_date: date });
		await published(catchingUp);
		await looked();
		expect(workflow.runs).toEqual([]);

		const told = hub().addTransaction();
		await hub().idle();
		const address = hub().ipn;
		hub().ipn = undefined;
		const missed = Array.from({ length: 12 }, (_, index) => {
			hub().clock.advance(1000);
			return hub().addTransaction({ transfer_type: index % 2 ? 'in' : 'out' }).transaction_id;
		});
		hub().ipn = address;
		await restarted();
		await waitUntil(() => workflow.passed.length >= 13);
		await workflow.waitForRuns();
		expect(workflow.passed).toEqual([told.transaction_id, ...missed]);
		await restarted();
		expect(workflow.passed).toHaveLength(13);
	});

	const forms: Array<Partial<Variants>> = [
		...(['documented', 'T', 'zoned', 'zonedShort', 'utc', 'utcFraction'] as const).map((times) => ({
			times,
		})),
		{ times: 'utc', days: 'utc' },
		{ meta: 'missing', maxPerPage: 20 },
		{ pageCount: 'oneTooFew', maxPerPage: 20 },
		{ pageCount: 'ofAskedSize', maxPerPage: 20 },
	];

	test.each(forms)(
		'the first publishing starts nothing old, and finds what comes after, with %j',
		async (variants) => {
			Object.assign(hub().variants, variants);
			const now = Date.now();
			for (let index = 0; index < 130; index += 1) {
				const ago = (index < 50 ? 1 : 20) * (index + 1);
				hub().addTransaction({ transaction_date: vietnamTime(now - ago * MINUTE) });
			}
			hub().ipn = undefined;
			await published(catchingUp);
			await looked();
			expect(workflow.runs).toEqual([]);

			hub().ipn = undefined;
			const missed = Array.from({ length: 30 }, () => {
				hub().clock.advance(1000);
				return hub().addTransaction().transaction_id;
			});
			await restarted();
			await waitUntil(() => workflow.passed.length >= 30);
			await workflow.waitForRuns();
			expect(workflow.passed).toEqual(missed);
			expect(workflow.logged).toEqual([]);
		},
	);

	test('a time that cannot be read is told in the log, once, and starts nothing', async () => {
		for (const transaction_date of ['26/11/2026 23:59', '2999-01-01', '31-12-2026 08:00']) {
			hub().addTransaction({ transaction_date });
		}
		await published(catchingUp);
		await looked();
		hub().ipn = undefined;
		hub().clock.advance(1000);
		const { transaction_id } = hub().addTransaction();
		await restarted();
		await waitUntil(() => workflow.passed.length > 0);
		expect(workflow.passed).toEqual([transaction_id]);
		expect(workflow.logged).toEqual([expect.stringMatching(/skipped 3 transactions.*their time/)]);
	});

	test('of any times in any forms those from the first publishing on start the workflow, in their order', async () => {
		const MARK = Math.floor((Date.now() - 60 * MINUTE) / 1000) * 1000;
		const utc = (instant: number) => new Date(instant).toISOString().slice(0, 19);
		const written: Array<(instant: number) => string> = [
			vietnamTime,
			(instant) => vietnamTime(instant).replace(' ', 'T'),
			(instant) => `${vietnamTime(instant)}.000000`,
			(instant) => `${vietnamTime(instant).replace(' ', 'T')}+07:00`,
			(instant) => `${utc(instant)}Z`,
			(instant) => `${utc(instant)}.000000Z`,
			(instant) => `${utc(instant).replace('T', ' ')} UTC`,
			(instant) => `${utc(instant + 9 * 60 * MINUTE)}+0900`,
			(instant) => `${utc(instant + 330 * MINUTE)}+05:30`,
		];
		const moment = fc.oneof(
			fc.integer({ min: -5, max: 5 }),
			fc.integer({ min: -2 * 86_400, max: 3_600 }),
		);
		const row = fc.tuple(moment, fc.constantFrom(...written));
		await fc.assert(
			fc.asyncProperty(
				fc.uniqueArray(row, { maxLength: 12, selector: ([seconds]) => seconds }),
				async (rows) => {
					hub().data.transactions.length = 0;
					const made = rows.map(([seconds, write]) => {
						const transaction_date = write(MARK + seconds * 1000);
						return [seconds, hub().addTransaction({ transaction_date }).transaction_id] as const;
					});
					workflow = workflowOf(hub(), catchingUp);
					workflow.stored = {
						'node:Payment': { workflowId: workflow.id, after: vietnamTime(MARK) },
					};
					const from = hub().requests.length;
					await workflow.publish('init');
					const wanted = made
						.filter(([seconds]) => seconds >= 0)
						.sort(([a], [b]) => a - b)
						.map(([, id]) => id);
					await looked(from);
					await workflow.stop();
					expect(workflow.passed).toEqual(wanted);
				},
			),
			{ numRuns: 60 },
		);
	}, 60_000);

	test('filters hold, and off nothing is asked', async () => {
		await published({ ...catchingUp, transferType: 'in' });
		await looked();
		hub().ipn = undefined;
		const ids = [
			hub().addTransaction({ transfer_type: 'in' }),
			hub().addTransaction({ transfer_type: 'out' }),
		].map(({ transaction_id }) => transaction_id);
		await restarted();
		await waitUntil(() => workflow.passed.length > 0);
		await workflow.waitForRuns();
		expect(workflow.passed).toEqual([ids[0]]);

		await workflow.stop();
		workflow.parameters = { ...forBalanceChanges };
		const { length } = hub().requests;
		await workflow.publish();
		await workflow.waitUntilLooked();
		expect(hub().requests).toHaveLength(length);
	});

	test('a list that ends too early is told in the log', async () => {
		const body = { data: [], meta: { page: 1, per_page: 100, total: 3, total_pages: 1 } };
		hub().fault({ path: '/v1/transaction', times: Infinity, answer: { status: 200, body } });
		await published(catchingUp);
		await waitUntil(() => workflow.logged.length > 0);
		expect(workflow.logged).toEqual([expect.stringContaining('only 0 of 3 transactions')]);
	});

	test('a list that cannot be read is told in the log, and publishing succeeds', async () => {
		hub().fault({ path: '/v1/transaction', answer: { status: 403 } });
		await published(catchingUp);
		await waitUntil(() => workflow.logged.length > 0);
		expect(workflow.logged).toEqual([
			expect.stringContaining('could not look for missed payments'),
		]);
	});
});
