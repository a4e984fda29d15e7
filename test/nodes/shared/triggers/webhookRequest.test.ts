import type { IWebhookFunctions } from 'n8n-workflow';
import {
	acknowledge,
	DEFAULT_BODY_LIMITS,
	destroyConnection,
	parseBody,
	readRawBody,
	reject,
	startWorkflow,
} from '../../../../nodes/shared/triggers/webhookRequest';

const JSON_TYPE = 'application/json';
const FORM = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data; boundary=x';
const part = (name: string, value: string, file = '') =>
	`--x\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n${value}\r\n`;

const parse = async (body: string, type: string, limits = {}) =>
	await parseBody(Buffer.from(body), type, { ...DEFAULT_BODY_LIMITS, ...limits });

test.each<[string, string, string, object | undefined]>([
	['JSON', '{"a":1,"b":null,"c":true,"d":"ĐH"}', JSON_TYPE, { a: 1, b: null, c: true, d: 'ĐH' }],
	['JSON called text', '{"a":1}', 'text/plain', { a: 1 }],
	['JSON called nothing', '{"a":1}', '', { a: 1 }],
	['JSON with a byte order mark', '\ufeff{"a":1}', JSON_TYPE, { a: 1 }],
	['JSON with one within', '{"a":"\ufeff"}', JSON_TYPE, { a: '\ufeff' }],
	['no JSON', '{"a":', JSON_TYPE, undefined],
	['a list', '[1]', JSON_TYPE, undefined],
	['null', 'null', JSON_TYPE, undefined],
	['a number', '5', JSON_TYPE, undefined],
	['an empty object', '{}', JSON_TYPE, {}],
	['a form', 'a=1&b=%C4%90H+1', FORM, { a: '1', b: 'ĐH 1' }],
	[
		'a form in capitals with a charset',
		'a=1',
		` ${FORM.toUpperCase()} ; charset=utf-8`,
		{ a: '1' },
	],
	['JSON called a form', '{"a":1}', FORM, { '{"a":1}': '' }],
	['parts', `${part('a', '1')}${part('b', 'ĐH')}--x--\r\n`, MULTIPART, { a: '1', b: 'ĐH' }],
	[
		'a file',
		`${part('a', '1')}${part('b', '2', '; filename="b.txt"')}--x--\r\n`,
		MULTIPART,
		{ a: '1' },
	],
	['parts without a boundary', part('a', '1'), 'multipart/form-data', undefined],
	['objects', '{"a":{"b":{"c":{"d":1,"e":{"f":1}}}}}', JSON_TYPE, { a: { b: { c: { d: 1 } } } }],
	['a list within', '{"a":[1],"b":{"c":[]},"d":1}', JSON_TYPE, { b: {}, d: 1 }],
	[
		'unsafe names',
		'{"__proto__":{"x":1},"a":{"constructor":1,"prototype":1,"toString":1,"b":1}}',
		JSON_TYPE,
		{ a: { b: 1 } },
	],
])('%s', async (_name, body, type, fields) => {
	const found = await parse(body, type);
	expect(found).toEqual(fields);
	if (found) expect(Object.getPrototypeOf(found)).toBe(Object.prototype);
});

test('lists where they are wanted, as deep as objects', async () => {
	const body = '{"a":[1,{"b":[2,[3]]},"c"],"d":[]}';
	const lists = { a: [1, { b: [2] }, 'c'], d: [] };
	expect(await parse(body, JSON_TYPE, { lists: true })).toEqual(lists);
	expect(await parse(body, JSON_TYPE, { lists: true, depth: 1 })).toEqual({ a: [1, 'c'], d: [] });
});

test('as many fields as there may be, on all levels together', async () => {
	const fields = { a: 1, b: { c: 2, d: 3 } };
	expect(await parse(JSON.stringify(fields), JSON_TYPE, { fields: 4 })).toEqual(fields);
	expect(await parse(JSON.stringify(fields), JSON_TYPE, { fields: 3 })).toBeUndefined();
	const form = (count: number) => Array.from({ length: count }, (_, at) => `f${at}=1`).join('&');
	expect(Object.keys((await parse(form(100), FORM))!)).toHaveLength(100);
	expect(await parse(form(101), FORM)).toBeUndefined();
});

test('the answers: taken, started, refused, or none at all', () => {
	const calls: unknown[] = [];
	const response = {
		status: (code: number) => (calls.push(code), response),
		json: (body: object) => calls.push(body),
		destroy: () => calls.push('destroyed'),
	};
	const context = { getResponseObject: () => response } as unknown as IWebhookFunctions;
	expect(acknowledge()).toEqual({ webhookResponse: { success: true } });
	const item = { json: { id: 1 } };
	expect(startWorkflow(item)).toEqual({
		webhookResponse: { success: true },
		workflowData: [[item]],
	});
	expect(reject(context, 401, 'Not authenticated')).toEqual({ noWebhookResponse: true });
	expect(destroyConnection(context)).toEqual({ noWebhookResponse: true });
	expect(calls).toEqual([401, { success: false, message: 'Not authenticated' }, 'destroyed']);
});

describe('the bytes of a body', () => {
	const read = async (request: object, headers = {}, most = 3) =>
		await readRawBody.call(
			{ getRequestObject: () => request, getHeaderData: () => headers } as IWebhookFunctions,
			most,
		);

	test('are read first where n8n has not', async () => {
		const request = {
			rawBody: undefined as Buffer | undefined,
			async readRawBody() {
				this.rawBody = Buffer.from('abc');
			},
		};
		expect(await read(request)).toEqual(Buffer.from('abc'));
		expect(await read({ rawBody: Buffer.from('abc') })).toEqual(Buffer.from('abc'));
		expect(await read({})).toEqual(Buffer.alloc(0));
	});

	test('are none when they are too many, or cannot be read', async () => {
		const readRawBody = jest.fn();
		expect(await read({ readRawBody }, { 'content-length': '4' })).toBeUndefined();
		expect(readRawBody).not.toHaveBeenCalled();
		expect(await read({ readRawBody }, { 'content-length': '3' })).toEqual(Buffer.alloc(0));
		expect(await read({ rawBody: Buffer.from('abcd') })).toBeUndefined();
		readRawBody.mockRejectedValue(new Error('aborted'));
		expect(await read({ readRawBody, rawBody: Buffer.from('a') })).toBeUndefined();
	});
});
