import { inspect } from 'node:util';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { payt as service } from '../../../nodes/shared/payt';
import { binary, everyOperation, newInvoice, operationNames } from './operations';
import { byId, usePaytTester } from './payt';

const { ...declared } = service.rateLimit;
const tester = usePaytTester();

const sampleOf = (name: string) =>
	everyOperation(tester).find((sample) => sample.name === name)!.parameters;
const isRead = (name: string) => / (get|getAll|getAllDeleted)$/.test(name);
const isBasic = (name: string) => /^(company|signUp)/.test(name);
const answer = (status: number, body: unknown, times = Infinity) =>
	tester.payt.fault({ path: /^\/v1/, times, answer: { status, body } });

/** What becomes of each value of an expression: the error, or nothing. */
async function refusalsOf(parameters: INodeParameters, values: unknown[]): Promise<unknown[]> {
	const { items } = await tester.run(parameters, {
		input: values.map((value) => ({ value }) as IDataObject),
		onError: 'continueRegularOutput',
	});
	return items.map(({ error }) => error && [error.message, error.description]);
}

describe('an ID', () => {
	test.each([undefined, null, '', ' ', '.', '..', {}])(
		'that is none is refused: %j',
		async (value) => {
			const invoiceId = byId('={{ $json.value }}');
			for (const parameters of [
				tester.node('invoice', 'get', { invoiceId }),
				tester.node('task', 'get', { taskId: '={{ $json.value }}' }),
				tester.node('invoice', 'getAll', { administrationId: invoiceId }),
				tester.node('invoice', 'block', { administrationId: invoiceId, invoice: 'F1' }),
			]) {
				const [refused] = await refusalsOf(parameters, [value]);
				expect(refused).toEqual([
					expect.stringMatching(/^(Invoice|Task ID|Administration) must be (an? ID|filled in)/),
					expect.any(String),
				]);
			}
			expect(tester.sent()).toEqual([]);
		},
	);

	test('of an administration that leads elsewhere is refused', async () => {
		const parameters = tester.node('invoice', 'getAll', {
			administrationId: byId('={{ $json.value }}'),
		});
		const [refused] = await refusalsOf(parameters, ['1&paid=true']);
		expect(refused).toEqual(['Administration must be an ID like 1234', 'It is "1&paid=true".']);
	});
});

describe('an amount', () => {
	const invoice = () =>
		tester.node(
			'invoice',
			'upsert',
			newInvoice({
				debtor: tester.payt.data.debtors[0].debtor_number,
				amountTotal: '={{ $json.value }}',
			}),
		);

	test.each([
		['12,50', 'It is "12,50". Write 12.50, with a point.'],
		['1.234,50', expect.stringContaining('up to two decimals')],
		['1,234.50', expect.stringContaining('up to two decimals')],
		['€ 12.50', expect.stringContaining('up to two decimals')],
		[12.345, expect.stringContaining('toFixed(2)')],
		[0.1 + 0.2, expect.stringContaining('toFixed(2)')],
		[90071992547409.93, 'The number is too large to be exact. Enter it as text.'],
		[true, expect.any(String)],
		['', "Enter a value, or check the expression's result."],
		[undefined, "Enter a value, or check the expression's result."],
	])('that is none is refused with the way out: %j', async (value, hint) => {
		const [[message, description]] = (await refusalsOf(invoice(), [value])) as string[][];
		expect(message).toMatch(/^Amount Total must be (an amount like 12\.50|filled in)$/);
		expect(description).toEqual(hint);
		expect(tester.sent()).toEqual([]);
	});

	test.each([
		['12.5', '12.50'],
		[' 0012 ', '12.00'],
		[-12.5, '-12.50'],
		['90071992547409.93', '90071992547409.93'],
		[0, '0.00'],
	])('%j goes as %s', async (value, text) => {
		await tester.rows(invoice(), { input: [{ value }] });
		expect(tester.sent()[0].body).toMatchObject({ invoices: [{ amount_total: text }] });
	});
});

describe('a date', () => {
	const invoice = () =>
		tester.node(
			'invoice',
			'upsert',
			newInvoice({
				debtor: tester.payt.data.debtors[0].debtor_number,
				dueDate: '={{ $json.value }}',
			}),
		);

	test.each([
		...['31-01-2026', '2026-02-30', '2026-1-5', '20260131', 'tomorrow', 1769817600000],
		'2026-01-31T25:00:00Z',
	])('in another form is refused: %j', async (value) => {
		expect(await refusalsOf(invoice(), [value])).toEqual([
			['Due Date must be a date like 2026-01-31', `It is "${value}".`],
		]);
	});

	test.each([
		['2026-01-31', 'UTC', '2026-01-31'],
		['2026-01-31T23:30:00', 'Asia/Tokyo', '2026-01-31'],
		['2026-01-31T23:30:00+02:00', 'Asia/Tokyo', '2026-01-31'],
		['2026-01-31T23:30:00.000Z', 'Europe/Amsterdam', '2026-02-01'],
		['2026-02-01T03:00:00Z', 'America/New_York', '2026-01-31'],
	])('%s in %s goes as %s', async (value, timezone, day) => {
		await tester.rows(invoice(), { input: [{ value }], timezone });
		expect(tester.sent()[0].body).toMatchObject({ invoices: [{ due_date: day }] });
	});

	test('may be a DateTime or a Date', async () => {
		const dueDate =
			'={{ $json.value ? DateTime.fromISO("2026-01-31T23:30:00", { zone: "Asia/Tokyo" }) : new Date("2026-01-31T23:30:00Z") }}';
		const input = [true, false].map((value) => ({ value }));
		await tester.rows({ ...invoice(), dueDate }, { input, timezone: 'Europe/Amsterdam' });
		expect(tester.sent()[0].body).toMatchObject({
			invoices: [{ due_date: '2026-01-31' }, { due_date: '2026-02-01' }],
		});
	});
});

describe('a time', () => {
	const list = () =>
		tester.node('invoice', 'getAll', { filters: { updatedAfter: '={{ $json.value }}' }, limit: 1 });

	test.each([
		'31-01-2026 12:00',
		'2026-01-31T25:00:00Z',
		'2026-02-30T12:00:00Z',
		'now',
		1769817600,
	])('in another form is refused: %j', async (value) => {
		expect(await refusalsOf(list(), [value])).toEqual([
			['Updated After must be a date and time like 2026-01-31T12:00:00Z', `It is "${value}".`],
		]);
	});

	test.each([
		['2026-01-31T12:00:00.123456Z', '2026-01-31T12:00:00.123456Z'],
		['2026-01-31T12:00:00+01:00', '2026-01-31T11:00:00.000Z'],
		['2026-01-31 12:00:00', '2026-01-31T11:00:00.000Z'],
		['2026-07-31T12:00', '2026-07-31T10:00:00.000Z'],
		['2026-03-29T03:30:00', '2026-03-29T01:30:00.000Z'],
		['2026-03-29T01:30:00', '2026-03-29T00:30:00.000Z'],
		['2026-01-31', '2026-01-30T23:00:00.000Z'],
	])('%s of Amsterdam goes as %s', async (value, time) => {
		await tester.rows(list(), { input: [{ value }], timezone: 'Europe/Amsterdam' });
		expect(tester.sent()[0].query.updated_after).toBe(time);
	});
});

describe('what is missing or makes no sense', () => {
	test.each([
		['Debtor', 'invoice upsert', { debtor: '={{ $json.missing }}' }],
		['Invoice Number', 'invoice upsert', { invoiceNumber: '={{ $json.missing }}' }],
		['Recipient', 'message send', { recipient: '={{ "" }}' }],
		['Terms', 'paymentPlan create', { terms: '={{ $json.missing }}' }],
		['IDs', 'invoice getAll', { filters: { ids: '={{ $json.missing }}' } }],
		['IDs', 'invoice getAll', { filters: { ids: '={{ [] }}' } }],
		['Category', 'invoice update', { additionalFields: { category: '={{ $json.missing }}' } }],
		['Deleted After', 'invoice getAllDeleted', { deletedAfter: '={{ $json.missing }}' }],
	])('%s of %s must be filled in', async (displayName, name, fields) => {
		const { message } = await tester.failure({ ...sampleOf(name), ...fields });
		expect(message).toBe(`${displayName} must be filled in`);
		expect(tester.sent()).toEqual([]);
	});

	test.each([
		['{"amount": 1}', 'Terms must be a list of objects in JSON'],
		['[1]', 'Terms must be a list of objects in JSON'],
		['[{', 'Terms must be a list of objects in JSON'],
		['[{"amount": 1}]', 'Terms 1: Due Date must be filled in'],
		[
			'[{"amount": "1,50", "due_date": "2030-01-31"}]',
			'Terms 1: Amount must be an amount like 12.50',
		],
		[
			'[{"amount": 1, "due_date": "2030-01-31", "dueDate": 1}]',
			'Terms 1 must be an object with only the known fields',
		],
	])('terms as %s: %s', async (terms, message) => {
		const failure = await tester.failure({ ...sampleOf('paymentPlan create'), terms });
		expect(failure.message).toBe(message);
		expect(tester.sent()).toEqual([]);
	});

	test('a file that is not there, or empty, is not uploaded', async () => {
		const parameters = sampleOf('file upload');
		expect((await tester.failure(parameters)).message).toContain('data');
		const empty = { data: { ...binary.data, data: '' } };
		expect((await tester.failure(parameters, { binary: empty })).message).toBe(
			'Input Binary Field "data" must be a file with content',
		);
		expect(tester.sent()).toEqual([]);
	});
});

describe.each(operationNames)('%s', (name) => {
	test('says which permission is missing and where to grant it, once', async () => {
		answer(403, { code: 'forbidden', message: 'Missing permission: things:write' });
		const { message, description } = await tester.failure(sampleOf(name), { binary });
		expect(message).toBe('Payt denied access: Missing permission: things:write');
		expect(description).toContain('This needs the permission "things:write".');
		expect(tester.sent()).toHaveLength(1);
	});

	test('explains 404 and 422 with the words of Payt, flat and nested, and leaks nothing', async () => {
		const error = { code: 'unprocessable_entity', message: 'Wrong' };
		answer(422, error, 1);
		answer(422, { error: { ...error, errors: { name: ['is bad'] } } }, 1);
		answer(404, { error: { code: 'not_found', message: 'Record not found' } }, 1);
		const messages: string[] = [];
		for (let run = 0; run < 3; run += 1) {
			messages.push((await tester.failure(sampleOf(name), { binary })).message);
		}
		expect(messages).toEqual([
			'Payt rejected the request (HTTP 422): Wrong',
			'Payt rejected the request (HTTP 422): Wrong; name: is bad',
			expect.stringMatching(/^Not found: \/v1\/.*: Record not found$/),
		]);
	});

	test('after 429 comes again; after 503 a read does, a write does not', async () => {
		tester.payt.fault({ path: /^\/v1/, answer: { status: 429, headers: { 'retry-after': '0' } } });
		tester.payt.fault({ path: /^\/v1/, answer: { status: 503, headers: { 'retry-after': '0' } } });
		const { error } = await tester.run(sampleOf(name), { binary });
		if (name === 'invoice resume' || isRead(name))
			expect(tester.sent()).toHaveLength(isRead(name) ? 3 : 2);
		expect([error?.message].filter(Boolean)).toEqual(
			isRead(name) ? [] : ['Payt returned an error (HTTP 503)'],
		);
	});
});

describe('the sign-in', () => {
	test('that has expired is renewed once for all', async () => {
		tester.payt.revokeTokens();
		const input = [1, 2, 3].map((number) => ({ number }));
		await tester.rows(sampleOf('invoice get'), { input });
		const calls = tester.payt.requests.map(({ path }) => path);
		expect(calls.filter((path) => path === '/oauth/token')).toHaveLength(1);
	});

	test('of ID and secret that are wrong is told, without the secret', async () => {
		tester.credentials.store.paytOAuth2Api.clientSecret = 'wrong-secret';
		const failure = await tester.failure(sampleOf('company getAll'));
		expect(failure.message).toMatch(/^Payt rejected the credential/);
		expect(JSON.stringify(failure)).not.toContain('wrong-secret');
		expect(tester.sent()).toHaveLength(1);
	});

	test('by ID and secret shows neither when the connection goes round in circles', async () => {
		const headers = { location: `${tester.payt.url}/v1/companies` };
		tester.payt.fault({ path: /./, times: Infinity, answer: { status: 302, headers } });
		const onError = 'continueRegularOutput';
		const [{ error }] = (await tester.run(sampleOf('company getAll'), { onError })).items;
		expect(error?.message).toMatch(/redirected the request to/);
		expect(inspect(error, { depth: 10 })).not.toContain(tester.payt.client.secret);
	});

	test('from an address that is not on the list is explained, not repeated', async () => {
		tester.payt.client.ipAllowList = ['198.51.100.1'];
		const { message, description } = await tester.failure(sampleOf('invoice getAll'));
		expect(message).toBe('Payt denied access: IP address not allowed');
		expect(description).toContain('IP allow list');
		expect(tester.sent()).toHaveLength(1);
	});

	test('"access_denied" is no expired token', async () => {
		answer(403, { error: 'access_denied' });
		await tester.failure(sampleOf('invoice getAll'));
		expect(tester.sent()).toHaveLength(1);
	});
});

describe('answers that make no sense', () => {
	test.each([
		['{"data": {}}', 'Payt returned an object instead of a list of objects under "data"'],
		['[]', 'Payt returned a list instead of a list of objects under "data"'],
		['<html>', 'Payt returned a web page instead of a list of objects under "data"'],
		['', 'Payt returned an empty response instead of a list of objects under "data"'],
	])('a list as %s', async (body, message) => {
		answer(200, body);
		expect((await tester.failure(sampleOf('invoice getAll'))).message).toBe(message);
	});

	test('a write that is answered with a web page is no success', async () => {
		answer(200, '<html>');
		for (const name of ['invoice upsert', 'file upload', 'pspMandate create', 'task complete']) {
			const { message, description } = await tester.failure(sampleOf(name), { binary });
			expect(message).toMatch(/^Payt returned a web page instead of/);
			expect(description).toContain('may still have processed it');
		}
	});

	test('success: false is no success', async () => {
		answer(200, { success: false, count: 0, errors: { base: ['Closed'] } });
		for (const name of ['invoice upsert', 'task comment', 'pspMandate create']) {
			expect((await tester.failure(sampleOf(name))).message).toContain('Closed');
		}
	});
});

test('calls keep the pace of Payt', async () => {
	expect(declared).toEqual({ calls: 10, perMs: 1040 });
	// Slower than the engine on any machine: only how long it takes at least is sure.
	Object.assign(service.rateLimit, { calls: 3, perMs: 5000 });
	const began = performance.now();
	await tester.rows(sampleOf('invoice get'), { input: [1, 2, 3, 4].map((number) => ({ number })) });
	Object.assign(service.rateLimit, { ...declared, calls: Infinity });
	expect(performance.now() - began).toBeGreaterThan(5000);
}, 60_000);

test('every operation but those with Basic signs in by the token', () => {
	expect(operationNames.filter(isBasic)).toEqual([
		'company get',
		'company getAll',
		'signUp create',
	]);
});
