import {
	sleep,
	type IDataObject,
	type ITriggerFunctions,
	type IWebhookFunctions,
} from 'n8n-workflow';
import { lendEmit } from '../../../../nodes/shared/triggers/emitOnce';
import { markProcessed } from '../../../../nodes/shared/triggers/processedItems';
import {
	handleWebhook,
	type WebhookHandler,
} from '../../../../nodes/shared/triggers/webhookHandler';

const TAKEN = { webhookResponse: { success: true } };
const SENT = { noWebhookResponse: true };

const HANDLER: WebhookHandler = {
	name: 'Shop Trigger',
	expected: 'payment of Shop',
	retriesAfterErrors: true,
	verify: ({ proof }) => (proof ? undefined : 'it has no proof'),
	parse: ({ id, alias, skip }) =>
		id === undefined
			? 'it has no ID'
			: {
					id: id === 0 ? undefined : String(id),
					alias: alias as string | undefined,
					json: skip ? undefined : { id },
				},
};

let nodes = 0;

/** A node that takes deliveries; `answers` is what is sent at once, `warned` what it logs. */
function nodeWith(parameters: IDataObject = { deduplicate: true }, mode = 'webhook') {
	const [answers, warned, emitted]: unknown[][] = [[], [], []];
	const run = { says: async (): Promise<object> => ({ body: { hasBegun: true } }) };
	const node = `n${++nodes}`;
	const response = {
		status: (code: number) => (answers.push(code), response),
		json: ({ success, message }: IDataObject) => answers.push(message ?? { success }),
		destroy: () => answers.push('destroyed'),
	};
	let body = '';
	const base = { getWorkflow: () => ({ id: 'w' }), getNode: () => ({ id: node, name: 'Node' }) };
	const context = {
		...base,
		getMode: () => mode,
		getNodeParameter: (name: string) => parameters[name],
		getRequestObject: () => ({ rawBody: Buffer.from(body) }),
		getResponseObject: () => response,
		getHeaderData: () => headers,
		logger: { warn: (...line: unknown[]) => warned.push(line) },
	} as unknown as IWebhookFunctions;
	let headers: IDataObject = {};
	const trigger = {
		...base,
		helpers: {
			createDeferredPromise: () => {
				const deferred = {} as { promise: Promise<unknown>; resolve: unknown };
				deferred.promise = new Promise((resolve) => (deferred.resolve = resolve));
				return deferred;
			},
		},
		emit: ([[item]]: unknown[][], { resolve }: { resolve: (answer: object) => void }) => {
			emitted.push(item);
			void run.says().then(resolve);
		},
	} as unknown as ITriggerFunctions;
	const take = async (
		sent: unknown,
		more: Partial<WebhookHandler> = {},
		proof = 'x',
		type = 'application/json',
	) => {
		body = typeof sent === 'string' ? sent : JSON.stringify(sent);
		headers = { 'content-type': type, proof };
		return await handleWebhook.call(context, { ...HANDLER, ...more });
	};
	return { answers, warned, emitted, run, trigger, take, key: `w:${node}` };
}

const line = (what: string) => [
	`Shop Trigger rejected a delivery: ${what}`,
	{ workflowId: 'w', nodeName: 'Node' },
];

test.each<[string, unknown, Partial<WebhookHandler>, string, number, string, string]>([
	[
		'a large body',
		'x'.repeat(1024 * 1024 + 1),
		{},
		'x',
		413,
		'The body is too large or incomplete',
		'its body is too large or incomplete',
	],
	[
		'a body too large for this trigger',
		'{"id":7}',
		{ limits: { bytes: 7, fields: 1, depth: 1, lists: false } },
		'x',
		413,
		'The body is too large or incomplete',
		'its body is too large or incomplete',
	],
	['no proof', { id: 7 }, {}, '', 401, 'Not authenticated', 'it has no proof'],
	[
		'no fields',
		'[]',
		{},
		'x',
		400,
		'Not a payment of Shop: the body has no fields',
		'the body has no fields',
	],
	['no ID', {}, {}, 'x', 400, 'Not a payment of Shop: it has no ID', 'it has no ID'],
	[
		'what cannot be processed',
		{ id: 7 },
		{
			parse: () => {
				throw new Error('broken');
			},
		},
		'x',
		500,
		'The delivery could not be processed. Send it again.',
		'broken',
	],
])('%s is refused and told in the log', async (_name, body, more, proof, status, message, why) => {
	const { take, answers, warned } = nodeWith();
	expect(await take(body, more, proof)).toEqual(SENT);
	expect(answers).toEqual([status, message]);
	expect(warned).toEqual([line(why)]);
});

test('a form is read as one', async () => {
	const parse = jest.fn(() => 'enough');
	const { take } = nodeWith();
	await take('id=7', { parse }, 'x', 'application/x-www-form-urlencoded');
	expect(parse).toHaveBeenCalledWith({ id: '7' }, expect.objectContaining({ proof: 'x' }));
});

test('where the sender repeats nothing after errors, its connection is cut', async () => {
	const { take, answers, warned } = nodeWith();
	const verify = async () => await Promise.reject(new Error('broken'));
	expect(await take({ id: 7 }, { retriesAfterErrors: false, verify })).toEqual(SENT);
	expect(answers).toEqual(['destroyed']);
	expect(warned).toEqual([line('broken')]);
});

test.each([
	['is a test send', { id: 0 }, { deduplicate: true }, 'webhook'],
	['comes to a node that starts each time', { id: 7 }, { deduplicate: false }, 'webhook'],
	['comes to a node that is tested', { id: 7 }, { deduplicate: true }, 'manual'],
])('a delivery that %s starts the workflow itself', async (_name, body, parameters, mode) => {
	const { take, trigger, emitted } = nodeWith(parameters, mode);
	const end = lendEmit(trigger).closeFunction!;
	const item = { json: body, run: expect.any(String) };
	expect(await take(body)).toEqual({ ...TAKEN, workflowData: [[item]] });
	expect(emitted).toEqual([]);
	await end();
});

test('a delivery is emitted by the trigger once, and what is left out or known not at all', async () => {
	const { take, trigger, answers, emitted, key } = nodeWith();
	const end = lendEmit(trigger).closeFunction!;
	expect(await take({ id: 6, skip: true })).toEqual(TAKEN);
	markProcessed(key, ['8', 'b']);
	for (const body of [{ id: 8 }, { id: 9, alias: 'b' }]) expect(await take(body)).toEqual(TAKEN);
	expect(emitted).toEqual([]);
	expect(await take({ id: 7, alias: 'a' })).toEqual(SENT);
	await sleep(0);
	expect(answers).toEqual([200, { success: true }]);
	expect(await take({ id: 7, alias: 'a' })).toEqual(TAKEN);
	expect(emitted).toEqual([{ json: { id: 7 }, run: expect.any(String), id: '7', alias: 'a' }]);
	await end();
});

test.each<[string, object, Partial<WebhookHandler>, unknown[], string[]]>([
	['it has begun', { hasBegun: true }, { responseCode: 201 }, [201, { success: true }], []],
	[
		'it has ended before that',
		{},
		{},
		[500, 'The delivery could not be processed. Send it again.'],
		['The execution ended before it reached the trigger'],
	],
	[
		'it has ended before that, and the sender repeats nothing after errors',
		{},
		{ retriesAfterErrors: false },
		['destroyed'],
		['The execution ended before it reached the trigger'],
	],
])('n8n is not held up by a run, and the sender is answered when %s', async (...row) => {
	const [, body, more, expected, why] = row;
	const { take, trigger, answers, warned, run } = nodeWith();
	const end = lendEmit(trigger).closeFunction!;
	let say!: (answer: object) => void;
	run.says = async () => await new Promise((resolve) => (say = resolve));
	expect(await take({ id: 7 }, more)).toEqual(SENT);
	expect(answers).toEqual([]);
	say({ body });
	await sleep(0);
	expect(answers).toEqual(expected);
	expect(warned).toEqual(why.map(line));
	await end();
});

test('in a process without the trigger the run decides', async () => {
	jest.useFakeTimers();
	const { take } = nodeWith();
	const taken = take({ id: 7, alias: 'a' });
	await jest.advanceTimersByTimeAsync(16_000);
	const item = { json: { id: 7 }, run: expect.any(String), id: '7', alias: 'a' };
	expect(await taken).toEqual({ ...TAKEN, workflowData: [[item]] });
	jest.useRealTimers();
});
