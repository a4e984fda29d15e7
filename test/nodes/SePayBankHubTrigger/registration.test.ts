import type { INodeParameters, NodeApiError } from 'n8n-workflow';
import type { TriggerWorkflow } from '../../harness/trigger';
import { ApiError } from '../../sandbox/apiError';
import { ERROR_SHAPES, errorAnswer, type Variants, type Webhook } from '../../sandbox/bankHub';
import { Random } from '../../sandbox/random';
import { addressOf, PUBLIC, useBankHubTester, workflowOf } from './support';

jest.setTimeout(60_000);

const hub = useBankHubTester();
const webhook = () => hub().data.webhook;
const writes = () =>
	hub().requests.filter(({ method, path }) => method === 'POST' && path === '/v1/webhook');
const replace = { replaceExisting: true };

const foreign: Webhook = {
	webhook_url: 'https://shop.example.com/hook',
	auth_type: 'SECRET_KEY',
	secret_key: 'the secret of a shop 5678',
	active: 1,
	allow_events: ['BANK_ACCOUNT_LINKED'],
};
/** The same, after it was put back: Bank Hub does not tell the secret. */
const putBack: Webhook = {
	...foreign,
	secret_key: expect.stringMatching(/^whsec_[0-9a-f]{64}$/) as unknown as string,
};

/** What Bank Hub may want of a webhook that is set, and make of what is not sent. */
const webhookForms: Array<Partial<Variants>> = [
	{},
	{ webhookSecret: 'required' },
	{ webhookUpdate: 'merges' },
	{ webhookAddress: 'normalized' },
	{ nothing: 'emptyText', successError: 'status', flags: 'text' },
];

/** What of a webhook comes back whoever set it. */
const pick = ({ webhook_url, active, allow_events }: Webhook) => ({
	webhook_url,
	active,
	allow_events,
});

const set = (fields: Partial<Webhook> = {}) => {
	hub().data.webhook = structuredClone({ ...foreign, ...fields });
};

test('publishing sets the webhook with a secret of its own; again and on restart nothing is written', async () => {
	const workflow = workflowOf(hub());
	await workflow.publish();
	expect(webhook()).toEqual({
		webhook_url: addressOf(workflow),
		auth_type: 'SECRET_KEY',
		secret_key: expect.stringMatching(/^whsec_[0-9a-f]{64}$/),
		active: 1,
		allow_events: ['*'],
	});
	const before = structuredClone(webhook());
	await workflow.publish();
	await workflow.publish('init');
	expect(webhook()).toEqual(before);
	expect(writes()).toHaveLength(1);
	await workflow.unpublish();
	expect(webhook()).toMatchObject({ active: 0, allow_events: [] });
	await workflow.unpublish();
	expect(writes()).toHaveLength(2);
	await workflow.publish();
	expect(webhook()).toEqual(before);
});

test('changed events, a moved n8n and what somebody changed are brought up to date in place', async () => {
	const workflow = workflowOf(hub());
	await workflow.publish();
	const { secret_key } = webhook()!;
	workflow.parameters = { events: ['LINK_TOKEN_CREATED', 'BANK_ACCOUNT_INACTIVATED'] };
	await workflow.publish();
	expect(webhook()).toMatchObject({
		allow_events: ['LINK_TOKEN_CREATED', 'BANK_ACCOUNT_INACTIVATED'],
		secret_key,
	});
	workflow.publicUrl = 'https://moved.example.com';
	await workflow.publish('init');
	expect(webhook()).toMatchObject({ webhook_url: addressOf(workflow), secret_key });
	for (const fields of [{ active: 0 }, { secret_key: 'another' }, { allow_events: null }]) {
		Object.assign(webhook()!, fields);
		await workflow.publish('init');
		expect(webhook()).toMatchObject({ active: 1, secret_key });
		expect(webhook()!.allow_events).toHaveLength(2);
	}
});

test('an active webhook of another stops publishing, with its address and the way out', async () => {
	set();
	const workflow = workflowOf(hub());
	await expect(workflow.publish()).rejects.toThrow(
		new RegExp(`${foreign.webhook_url}.*Replace Existing Webhook`),
	);
	await expect(workflow.test(async () => {})).rejects.toThrow(foreign.webhook_url);
	expect(webhook()).toEqual(foreign);
	expect(writes()).toEqual([]);
	expect(workflow.stored).toEqual({});
});

test('replaced, it comes back on unpublishing, and the log says what it lacks', async () => {
	set();
	const workflow = workflowOf(hub(), replace);
	await workflow.publish();
	expect(webhook()).toMatchObject({ webhook_url: addressOf(workflow), active: 1 });
	workflow.publicUrl = 'https://moved.example.com';
	await workflow.publish('init');
	await workflow.publish();
	const { secret_key } = webhook()!;
	await workflow.unpublish();
	expect(webhook()).toEqual(putBack);
	expect(webhook()!.secret_key).not.toBe(secret_key);
	expect(workflow.logged).toEqual([expect.stringContaining(foreign.webhook_url)]);
	expect(workflow.logged.join()).not.toContain('whsec_');
});

test('one that is switched off is taken over without asking, and put back', async () => {
	set({ active: 0, auth_type: null, secret_key: null });
	const workflow = workflowOf(hub());
	await workflow.publish();
	expect(webhook()).toMatchObject({ webhook_url: addressOf(workflow), active: 1 });
	await workflow.unpublish();
	expect(webhook()).toEqual({ ...putBack, active: 0 });
	expect(workflow.logged).toEqual([]);
});

test('what somebody else has set meanwhile is not touched', async () => {
	const workflow = workflowOf(hub());
	await workflow.publish();
	set();
	await workflow.unpublish();
	expect(webhook()).toEqual(foreign);

	await workflow.publish('init').catch(() => undefined);
	expect(webhook()).toEqual(foreign);
});

test('a copy that inherited the static data neither uses nor ends what the first one set', async () => {
	const first = workflowOf(hub());
	await first.publish();
	const before = structuredClone(webhook());
	const copy = workflowOf(hub());
	copy.stored = structuredClone(first.stored);
	await expect(copy.publish()).rejects.toThrow(addressOf(first));
	await copy.unpublish();
	expect(webhook()).toEqual(before);

	// The same address too, which n8n refuses only after it has been asked for.
	const twin = workflowOf(hub(), {}, { webhookId: first.webhookId });
	twin.stored = structuredClone(first.stored);
	await twin.unpublish();
	expect(webhook()).toEqual(before);

	copy.parameters = replace;
	await copy.publish();
	expect(webhook()!.secret_key).not.toBe(before!.secret_key);
	await copy.unpublish();
	expect(webhook()).toMatchObject({ webhook_url: addressOf(first), active: 1 });
	// Back with a random secret, until the first one starts again.
	await first.publish('init');
	expect(webhook()).toEqual(before);
});

describe('a test run', () => {
	const testAddress = (workflow: TriggerWorkflow) =>
		addressOf(workflow).replace('/webhook/', '/webhook-test/');

	test('takes the place of production and puts it back with its secret', async () => {
		const workflow = workflowOf(hub(), { events: ['LINK_TOKEN_CREATED'] });
		await workflow.publish();
		const before = structuredClone(webhook());
		await workflow.test(async () => {
			expect(webhook()).toMatchObject({ webhook_url: testAddress(workflow), active: 1 });
		});
		expect(webhook()).toEqual(before);
		expect(workflow.logged).toEqual([]);
	});

	test('of a workflow that is not published leaves the webhook off, or that of another', async () => {
		const workflow = workflowOf(hub());
		await workflow.test(async () => {
			expect(webhook()).toMatchObject({ webhook_url: testAddress(workflow), active: 1 });
		});
		expect(webhook()).toMatchObject({ active: 0, allow_events: [] });
		set();
		workflow.parameters = replace;
		await workflow.test(async () => {
			expect(webhook()).toMatchObject({ webhook_url: testAddress(workflow) });
		});
		expect(webhook()).toEqual(putBack);
	});

	test('that fails before it has the webhook does not take the production one along', async () => {
		const workflow = workflowOf(hub());
		await workflow.publish();
		const before = structuredClone(webhook());
		hub().fault({ method: 'GET', path: '/v1/webhook', answer: { status: 403 } });
		await expect(workflow.test(async () => {})).rejects.toThrow();
		expect(webhook()).toEqual(before);
	});

	test('during which the workflow is published leaves production in place', async () => {
		set();
		const workflow = workflowOf(hub(), replace);
		let stored = {};
		await workflow.test(async () => {
			workflow.stored = {};
			await workflow.publish();
			stored = workflow.stored;
		});
		workflow.stored = stored;
		expect(webhook()).toMatchObject({ webhook_url: addressOf(workflow), active: 1 });
		await workflow.unpublish();
		expect(webhook()).toEqual(putBack);
	});
});

describe('a refused registration says why and leaves nothing behind', () => {
	test.each([
		['http://n8n.example.com', 'https://'],
		['https://192.168.1.5', 'public URL'],
		['https://localhost:5678', 'public URL'],
	])('%s', async (publicUrl, why) => {
		const workflow = workflowOf(hub(), {}, { publicUrl });
		await expect(workflow.publish()).rejects.toThrow(why);
		expect(webhook()).toBeNull();
		expect(writes()).toEqual([]);
	});

	test('no event is chosen', async () => {
		await expect(workflowOf(hub(), { events: [] }).publish()).rejects.toThrow('Events');
		expect(writes()).toEqual([]);
	});

	test('Bank Hub refuses', async () => {
		set({ active: 0 });
		hub().fault({ method: 'POST', path: '/v1/webhook', answer: { status: 400 } });
		const workflow = workflowOf(hub());
		await expect(workflow.publish()).rejects.toThrow('HTTP 400');
		expect(webhook()).toEqual({ ...foreign, active: 0 });
		expect(workflow.stored).toEqual({});
	});

	test('something after it fails, before n8n has stored anything', async () => {
		set();
		const workflow = workflowOf(hub(), replace);
		await workflow.publish();
		workflow.stored = {};
		await workflow.unpublish();
		expect(webhook()).toEqual(putBack);
	});
});

test('an answer that was lost on its way is asked for', async () => {
	set();
	hub().fault({ method: 'POST', path: '/v1/webhook', when: 'after', answer: 'cut' });
	const workflow = workflowOf(hub(), replace);
	await workflow.publish();
	expect(webhook()).toMatchObject({ webhook_url: addressOf(workflow) });
	await workflow.unpublish();
	expect(webhook()).toEqual(putBack);
});

test('when Bank Hub does not take the end of it, n8n is told so', async () => {
	const workflow = workflowOf(hub());
	await workflow.publish();
	hub().fault({ method: 'POST', path: '/v1/webhook', times: 9, answer: { status: 500 } });
	await expect(workflow.unpublish()).rejects.toThrow('returned an error');
});

describe.each(ERROR_SHAPES)('refused as %s', (errorShape) => {
	test.each(['documented', 200, 201] as const)(
		'with the status %s, neither publishing nor unpublishing is called done',
		async (refusalStatus) => {
			const { status, headers, body } = errorAnswer(
				new ApiError(400, 'Không hợp lệ', {}),
				{ path: '/v1/webhook' },
				{ ...hub().variants, errorShape, refusalStatus },
			);
			const answer = { status, body, contentType: headers['content-type'] };
			const refuse = () =>
				hub().fault({ method: 'POST', path: '/v1/webhook', answer, times: Infinity });
			const isTold = ({ message }: NodeApiError) =>
				message.includes(errorShape === 'html' ? 'web page' : 'Không hợp lệ');
			const workflow = workflowOf(hub());
			const mend = refuse();
			expect(isTold(await workflow.publish().catch((error) => error))).toBe(true);
			expect(workflow.stored).toEqual({});
			mend();
			await workflow.publish();
			const mendAgain = refuse();
			expect(isTold(await workflow.unpublish().catch((error) => error))).toBe(true);
			mendAgain();
			await workflow.unpublish();
			expect(webhook()).toMatchObject({ active: 0, allow_events: [] });
		},
	);
});

describe.each(webhookForms)('with %j', (variants) => {
	beforeEach(() => {
		Object.assign(hub().variants, variants);
	});

	test.each<[string, INodeParameters, Webhook | null]>([
		['nothing there was', {}, null],
		['what there was', replace, foreign],
		['what there was without a secret', replace, { ...foreign, auth_type: null, secret_key: null }],
		['what was switched off', {}, { ...foreign, active: 0 }],
	])('publishing, testing and unpublishing put back %s', async (_, parameters, earlier) => {
		hub().data.webhook = structuredClone(earlier);
		const workflow = workflowOf(hub(), parameters, { publicUrl: 'https://N8N.Example.com' });
		await workflow.publish();
		const published = structuredClone(webhook()!);
		const { length } = writes();
		await workflow.publish('init');
		expect(writes()).toHaveLength(length);
		await workflow.test(async () => {
			expect(webhook()!.webhook_url).toContain('/webhook-test/');
		});
		expect(webhook()).toEqual(published);
		await workflow.unpublish();
		const left = earlier ? pick(earlier) : { active: 0, allow_events: [] };
		expect(webhook()).toMatchObject(left);
		if (earlier) expect(webhook()!.secret_key).not.toBe(published.secret_key);
	});

	test('unpublishing ends what was registered when nothing of it was stored', async () => {
		const workflow = workflowOf(hub());
		await workflow.publish();
		workflow.stored = {};
		await workflow.unpublish();
		expect(webhook()).toMatchObject({ active: 0, allow_events: [] });
	});
});

describe('balance changes', () => {
	test('register nothing, and need an API key', async () => {
		const workflow = workflowOf(hub(), { triggerOn: 'balanceChanges' });
		await workflow.publish();
		await workflow.unpublish();
		workflow.credentials.store.sePayWebhookApi = { authenType: 'HMAC_SHA256', secretKey: 'x' };
		await expect(workflow.publish()).rejects.toThrow('API key');
		expect(hub().requests).toEqual([]);
	});
});

test.each(
	[1, 2, 3, 4].flatMap((seed) => webhookForms.map((variants) => [seed, variants] as const)),
)('30 random cycles (%i, %j): what others set is never lost unasked', async (seed, variants) => {
	Object.assign(hub().variants, variants);
	const random = new Random(seed);
	const live = new Set<TriggerWorkflow>();
	const workflows = [workflowOf(hub())];
	/** What was set last by anyone but the nodes. */
	let others: Webhook | null = null;
	/** Whether one workflow took the place of another, which then puts nothing back any more. */
	let isChained = false;
	const isOurs = () =>
		workflows.some(({ webhookId }) => webhook()?.webhook_url.endsWith(`/${webhookId}/webhook`));
	const isFor = ({ webhookId }: TriggerWorkflow) =>
		webhook()?.webhook_url.endsWith(`/${webhookId}/webhook`) === true;
	for (let cycle = 0; cycle < 30; cycle++) {
		const workflow = random.pick(workflows);
		const what = random.pick([
			...['publish', 'publish', 'publish', 'unpublish', 'unpublish', 'test', 'copy', 'move'],
			...['foreign', 'foreign', 'replace'],
		]);
		const before = structuredClone(webhook());
		const mayReplace = workflow.parameters.replaceExisting === true;
		const isAnothers = before?.active === 1 && !isFor(workflow);
		if (what === 'move') {
			workflow.publicUrl = random.pick([PUBLIC, 'https://moved.example.com']);
		} else if (what === 'replace') {
			workflow.parameters = mayReplace ? {} : replace;
		}
		if (what === 'publish' || (live.has(workflow) && ['move', 'replace'].includes(what))) {
			const mayNow = workflow.parameters.replaceExisting === true;
			if (isAnothers && !mayNow) {
				await expect(workflow.publish()).rejects.toThrow(before.webhook_url);
				expect(webhook()).toEqual(before);
				live.delete(workflow);
			} else {
				isChained ||= isAnothers && isOurs();
				await workflow.publish();
				expect(webhook()).toMatchObject({ webhook_url: addressOf(workflow), active: 1 });
				live.add(workflow);
			}
		} else if (what === 'unpublish') {
			await workflow.unpublish();
			live.delete(workflow);
			if (!isFor(workflow) && isAnothers) expect(webhook()).toEqual(before);
			if (!isChained && isFor(workflow)) expect(webhook()!.active).toBe(0);
		} else if (what === 'copy' && workflows.length < 3) {
			const copy = workflowOf(hub(), workflow.parameters);
			copy.stored = structuredClone(workflow.stored);
			workflows.push(copy);
		} else if (what === 'foreign') {
			const active = random.chance(0.7) ? 1 : 0;
			set({ webhook_url: `https://shop.example.com/${cycle}`, active });
			others = structuredClone(webhook());
		} else if (what === 'test') {
			const run = workflow.test(async () => {
				expect(webhook()!.webhook_url).toContain('/webhook-test/');
			});
			if (isAnothers && !mayReplace) {
				await expect(run).rejects.toThrow(before.webhook_url);
				expect(webhook()).toEqual(before);
			} else {
				await run;
				if (before) expect(webhook()).toMatchObject(pick(before));
			}
		}
	}
	for (const workflow of workflows) await workflow.unpublish();
	if (isOurs()) expect(isChained || webhook()!.active === 0).toBe(true);
	else expect(webhook()).toMatchObject(pick(others!));
});
