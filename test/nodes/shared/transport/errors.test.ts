import type { IHttpRequestOptions, INode } from 'n8n-workflow';
import {
	apiError,
	authenticationError,
	connectionError,
	isSafeRequest,
	messageIn,
	messagesIn,
	redirected,
	redirectNote,
	redirectRules,
	unexpected,
	unexpectedBodyError,
} from '../../../../nodes/shared/transport/errors';
import type { Service } from '../../../../nodes/shared/transport/service';

const CAUTION = 'Shop may still have processed it. Check with Get or Get Many before you retry.';
const PAGE =
	'Shop returned a web page instead of data. The cause may be a proxy, or maintenance at Shop. ';
const REDIRECT_HELP =
	'The node does not follow redirects, so no token or secret reaches another host. Check the URL in the credential, and any proxy between n8n and Shop.';

const service = {
	name: 'Shop',
	authenticationHint: 'Reconnect.',
	isSafeMethod: (method) => method === 'GET',
	permissionHint: (_method, path, said) =>
		path === '/orders' ? `Ask for orders: ${said}.` : undefined,
	errorHint: ({ hint }) => hint as string | undefined,
} as Partial<Service> as Service;

const context = (request: Partial<IHttpRequestOptions> = {}) => ({
	node: { name: 'Shop' } as INode,
	service,
	request: { baseURL: 'https://shop.example', url: '/things?key=1', ...request },
});
const read = context();
const write = context({ method: 'POST' });

/** What the user sees of an error. */
const shown = (error?: { message: string; description?: string | null; httpCode: string | null }) =>
	error && [error.message, error.description, error.httpCode];

test('a call without a method reads', () => {
	expect([read, write].map(isSafeRequest)).toEqual([true, false]);
});

describe('the words of a service', () => {
	test.each<[unknown, string]>([
		[undefined, ''],
		['text', ''],
		[null, ''],
		[{}, ''],
		[{ message: 'No' }, 'No'],
		[{ error_description: 'Why', message: 'No', error: 'code' }, 'Why'],
		[{ message: '', error: 'code' }, 'code'],
		[{ message: 5, error: 'code' }, 'code'],
		[{ message: '403', error: 'code' }, 'code'],
		[{ error: '4031' }, '4031'],
		[{ error: 'E403' }, 'E403'],
		[{ error: { message: 'Deep', error: 'code' } }, 'Deep'],
		[{ error: { name: ['is taken'] } }, 'name: is taken'],
		[{ message: 'No', errors: { name: ['short', 'taken'] } }, 'No; name: short; name: taken'],
		[{ message: 'No', messages: { error: 'No' } }, 'No'],
		[{ messages: { error: 'code', field: 'bad error: x' } }, 'code; field: bad error: x'],
	])('in %j: %j', (body, words) => expect(messageIn(body)).toBe(words));

	test.each<[unknown, string[]]>([
		['', []],
		['a', ['a']],
		[5, []],
		[null, []],
		[
			['a', ['b']],
			['a', 'b'],
		],
		[{ 0: 'a', 12: { name: 'b' } }, ['a', 'name: b']],
		[{ items: { 0: 'a' }, a1: 'b', '1a': 'c' }, ['items: a', 'a1: b', '1a: c']],
	])('each text in %j: %j', (value, texts) => expect(messagesIn(value)).toEqual(texts));
});

describe('an answer with a status', () => {
	test.each<[number, object, unknown, string, string]>([
		[403, {}, {}, 'Shop denied access', 'Check the permissions of the credential.'],
		[403, { url: '/orders' }, { message: 'No' }, 'Shop denied access: No', 'Ask for orders: No.'],
		[403, { url: '/orders' }, { hint: 'Wait.' }, 'Shop denied access', 'Wait.'],
		[
			404,
			{},
			{},
			'Not found: /things',
			'Check the ID. It may be mistyped, deleted, or belong to another company.',
		],
		[404, {}, { message: 'No', hint: 'Look.' }, 'Not found: /things: No', 'Look.'],
		[
			429,
			{},
			{},
			'The rate limit of Shop is reached',
			'Try again in 2 seconds. Other programs that call Shop from the same IP address share its rate limit.',
		],
		[500, {}, {}, 'Shop returned an error (HTTP 500)', 'Try again later.'],
		[499, {}, {}, 'Shop rejected the request (HTTP 499)', 'Fix the fields named above.'],
		[503, { method: 'POST' }, {}, 'Shop returned an error (HTTP 503)', CAUTION],
		[400, {}, { hint: 'Do.' }, 'Shop rejected the request (HTTP 400)', 'Do.'],
		[
			400,
			{},
			' <html>',
			'Shop rejected the request (HTTP 400)',
			`${PAGE}Fix the fields named above.`,
		],
		[400, {}, 'a <b>', 'Shop rejected the request (HTTP 400)', 'Fix the fields named above.'],
	])('%i to %j, %j', (statusCode, request, body, message, description) => {
		const error = apiError(context(request), { statusCode, body: body as never }, 1001);
		expect(shown(error)).toEqual([message, description, String(statusCode)]);
	});

	test('that repeats a secret of the request does not show it', () => {
		const secret = context({ method: 'POST', body: { api_key: 'abcdefgh-secret' } });
		const answer = { statusCode: 400, body: { message: 'Bad key abcdefgh-secret' } };
		expect(apiError(secret, answer, 0).message).toMatch(/: Bad key \*\*\*$/);
	});
});

describe('an answer that points elsewhere', () => {
	const answer = (statusCode: number, location?: string) => ({
		statusCode,
		headers: { location },
		body: {},
	});

	test.each([301, 302, 303, 307, 308])('with %i says where, without the query', (status) => {
		expect(redirectNote('Shop', answer(status, '/new?key=1'), 'https://shop.example/a')).toEqual({
			message: `Shop redirected the request to https://shop.example/new (HTTP ${status})`,
			description: REDIRECT_HELP,
		});
	});

	test.each([[undefined], ['about:blank'], ['https://']])('to %j says so', (location) => {
		const note = redirectNote('Shop', answer(301, location), 'https://shop.example/a');
		expect(note?.message).toBe('Shop redirected the request (HTTP 301)');
	});

	test.each([200, 300, 304])('does not with %i', (status) => {
		expect(redirected(read, answer(status, '/new'))).toBeUndefined();
	});

	test('is an error, with care after a write', () => {
		const message = 'Shop redirected the request to https://shop.example/new (HTTP 307)';
		const errorOf = (some: typeof read) => shown(redirected(some, answer(307, '/new')));
		expect(errorOf(read)).toEqual([message, REDIRECT_HELP, '307']);
		expect(errorOf(write)).toEqual([message, `${REDIRECT_HELP} ${CAUTION}`, '307']);
	});

	test('is told by the test of a credential', () => {
		expect(redirectRules('Shop')).toHaveLength(5);
		expect(redirectRules('Shop')[0]).toEqual({
			type: 'responseCode',
			properties: { value: 301, message: `Shop redirected the request. ${REDIRECT_HELP}` },
		});
	});
});

test('what n8n threw keeps its words and code', () => {
	const thrown = { message: 'Bad', description: 'Very' };
	expect(shown(unexpected(read, thrown, 'E1'))).toEqual(['Bad', 'Very', 'E1']);
	expect(unexpected(read, thrown).httpCode).toBe('none');
});

test('a refused sign-in has the words of the service and the way out', () => {
	expect(shown(authenticationError(read, { message: 'No' }))).toEqual([
		'Shop rejected the credential: No',
		'Reconnect.',
		'401',
	]);
	expect(authenticationError(read, undefined).message).toBe('Shop rejected the credential');
});

test('a broken connection: where, and with care when a write may have been done', () => {
	const retry = 'ECONNRESET at https://shop.example. Check the network and try again.';
	const message = 'The connection to Shop was lost before it responded';
	const errorOf = (some: typeof read, mayHaveBeenSent: boolean) =>
		shown(connectionError(some, 'ECONNRESET', mayHaveBeenSent));
	expect(errorOf(read, true)).toEqual([message, retry, 'none']);
	expect(errorOf(write, false)).toEqual([message, retry, 'none']);
	expect(errorOf(write, true)).toEqual([
		message,
		`ECONNRESET at https://shop.example. ${CAUTION}`,
		'none',
	]);
});

test.each<[unknown, string]>([
	[undefined, 'nothing'],
	[null, 'nothing'],
	[[], 'a list'],
	[{}, 'an object'],
	[5, 'a number'],
	['  ', 'an empty response'],
	[' <html>', 'a web page'],
	['a <b>', 'text that is not JSON'],
])('%j in place of data is %s', (found, kind) => {
	const error = unexpectedBodyError(read, 'a row', found, { message: 'No' });
	expect(shown(error)).toEqual([
		`Shop returned ${kind} instead of a row: No`,
		'Try again later.',
		'none',
	]);
	expect(shown(unexpectedBodyError(write, 'a row', found))).toEqual([
		`Shop returned ${kind} instead of a row`,
		CAUTION,
		'none',
	]);
});
