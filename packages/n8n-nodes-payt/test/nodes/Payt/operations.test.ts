import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import type { Variants } from '../../sandbox';
import { binary, everyOperation, newAdministration, operationNames } from './operations';
import { byId, usePaytTester } from './payt';

const tester = usePaytTester();

beforeEach(() => {
	tester.payt.change('payment_plans', tester.payt.data.payment_plans[1].id, {
		active: true,
		proposed_at: null,
	});
});

const sampleOf = (name: string) => everyOperation(tester).find((sample) => sample.name === name)!;

test('the node has the 54 operations of the API', () => {
	expect(
		everyOperation(tester)
			.map(({ name }) => name)
			.sort(),
	).toEqual([...operationNames].sort());
	expect(operationNames).toHaveLength(54);
});

const forms: Array<[string, Partial<Variants>]> = [
	['as the documents show', {}],
	['with numbers as IDs', { ids: 'number' }],
	['with lists for files and mandates, fields that add', { mandatesAnswer: 'list', only: 'adds' }],
	['with an object for files', { filesAnswer: 'object' }],
	['where forms may not be JSON', { jsonAtFormEndpoints: 'refused' }],
];

describe.each(operationNames)('%s', (name) => {
	test.each(forms)(
		'makes its call and gives what Payt says, paired, %s',
		async (_form, variants) => {
			Object.assign(tester.payt.variants, variants);
			if (name === 'invoice resume') await tester.rows(sampleOf('invoice block').parameters);
			const { parameters, call } = sampleOf(name);
			tester.payt.clearRequests();
			const { items, error } = await tester.run(parameters, { binary });
			expect([error?.message, error?.description]).toEqual([undefined, undefined]);
			expect(tester.calls()[0]).toBe(call);
			for (const { pairedItem, json } of items) {
				expect(pairedItem).toEqual({ item: 0 });
				expect(Object.keys(json).length).toBeGreaterThan(0);
			}
			expect(items.length > 0).toBe(!name.endsWith('getAllDeleted'));
			if (name.endsWith(' get')) expect(String(items[0].json.id)).toBe(call.split('/').pop());
		},
	);
});

const first = (kind: 'debtors' | 'invoices' | 'messages' | 'tasks') =>
	tester.payt.data[kind][0] as IDataObject;

describe('reading', () => {
	test.each([
		['debtor', 'debtorId', 'debtors', 'debtor_number'],
		['debtor', 'debtorId', 'debtors', 'debtor_identifier'],
		['invoice', 'invoiceId', 'invoices', 'invoice_number'],
		['invoice', 'invoiceId', 'invoices', 'invoice_identifier'],
	] as const)('one %s is found by %s, %s and %s', async (resource, name, kind, mode) => {
		const row = tester.payt.add(kind, { [mode]: '2026/01 ä?#' });
		const parameters = tester.node(resource, 'get', {
			[name]: { __rl: true, mode, value: ' 2026/01 ä?# ' },
		});
		expect(await tester.rows(parameters)).toEqual([expect.objectContaining({ id: row.id })]);
		expect(tester.sent()).toEqual([
			{
				call: `GET /${kind}/2026%2F01%20%C3%A4%3F%23`,
				query: { administration_id: row.administration_id, identifier_type: mode },
				body: undefined,
			},
		]);
	});

	test('an ID goes as text or number', async () => {
		const { id } = first('invoices');
		const parameters = tester.node('invoice', 'get', { invoiceId: byId('={{ $json.id }}') });
		await tester.rows(parameters, { input: [{ id }, { id: Number(id) }] });
		expect(tester.calls()).toEqual([`GET /invoices/${id}`, `GET /invoices/${id}`]);
	});

	test('puts out amounts and unknown fields as they were sent', async () => {
		const row = tester.payt.add('invoices', { total_amount: '12345678901234.10' });
		const [json] = await tester.rows(tester.node('invoice', 'get', { invoiceId: byId(row.id) }));
		expect(json.total_amount).toBe('12345678901234.10');
	});

	test.each([
		['of a record', 'get'],
		['of a list', 'getAll'],
	])('the fields %s can be chosen, also those on request', async (_what, operation) => {
		const { id } = first('invoices');
		const parameters = tester.node('invoice', operation, {
			invoiceId: byId(id),
			limit: 1,
			options: { fields: ['labels', 'open_amount'] },
		});
		const [json] = await tester.rows(parameters);
		expect(json).toEqual({ id, labels: [], open_amount: '121.00' });
		expect(JSON.parse(tester.sent()[0].query.fields)).toEqual({
			only: ['id', 'labels', 'open_amount'],
		});
	});
});

describe('companies and sign-up', () => {
	test('sign in with ID and secret of the application', async () => {
		const { id, secret } = tester.payt.client;
		for (const name of ['company get', 'company getAll', 'signUp create', 'debtor get']) {
			await tester.rows(sampleOf(name).parameters);
		}
		const basic = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
		const { access_token } = tester.credentials.store.paytOAuth2Api.oauthTokenData as IDataObject;
		expect(tester.payt.requests.map(({ headers }) => headers.authorization)).toEqual([
			basic,
			basic,
			basic,
			`Bearer ${String(access_token)}`,
		]);
	});

	test('sign-up sends a form and hides what lets anybody in', async () => {
		const { parameters } = sampleOf('signUp create');
		const [json] = await tester.rows(parameters);
		expect(tester.payt.requests[0].headers['content-type']).toBe(
			'application/x-www-form-urlencoded',
		);
		expect(tester.sent()[0].body).toEqual({
			administration: {
				name: newAdministration.name,
				email_address: newAdministration.emailAddress,
				commercial_registration_number: newAdministration.commercialRegistrationNumber,
				street_name: newAdministration.streetName,
				house_number: newAdministration.houseNumber,
				postal_code: newAdministration.postalCode,
				city: newAdministration.city,
				country_code: newAdministration.countryCode,
				phone_number: '030 1234567',
			},
			user: { first_name: 'Jan', last_name: 'Jansen', email_address: 'jan@jansen.example' },
			connection: { resource_label: 'Jansen', resource_identifier: '42' },
		});
		expect(json).toMatchObject({ access_grant: { expires_in: 600 }, user: { name: 'Jan Jansen' } });
		for (const hidden of ['access_grant.code', 'user.sign_up_token', 'user.sign_up_url']) {
			expect(json).not.toHaveProperty(hidden);
		}
		const another = { userEmailAddress: 'piet@jansen.example', options: { showCodes: true } };
		const [shown] = await tester.rows({ ...parameters, ...another });
		for (const hidden of ['access_grant.code', 'user.sign_up_token', 'user.sign_up_url']) {
			expect(shown).toHaveProperty(hidden, expect.stringMatching(/.{10}/));
		}
	});
});

describe('files', () => {
	const bytes = Buffer.from(binary.data.data, 'base64');
	const checksum = createHash('sha3-512').update(bytes).digest('base64');

	test.each([{ filesAnswer: 'list' }, { filesAnswer: 'object' }] as const)(
		'are announced and put, without credentials, and only once: %j',
		async (variants) => {
			Object.assign(tester.payt.variants, variants);
			const { parameters } = sampleOf('file upload');
			const file = {
				byte_size: bytes.length,
				checksum,
				content_type: 'application/pdf',
				filename: 'invoice "1".pdf',
			};
			expect(await tester.rows(parameters, { binary })).toEqual([{ ...file, uploaded: true }]);
			expect([...tester.payt.data.files.values()]).toEqual([
				expect.objectContaining({ checksum, bytes }),
			]);
			const [, put] = tester.payt.requests;
			expect([put.method, put.headers.authorization]).toEqual(['PUT', undefined]);
			expect(await tester.rows(parameters, { binary })).toEqual([{ ...file, uploaded: false }]);
			expect(tester.payt.requests).toHaveLength(3);
		},
	);

	test('are put again when the connection breaks', async () => {
		tester.payt.fault({ method: 'PUT', answer: 'cut' });
		const [json] = await tester.rows(sampleOf('file upload').parameters, { binary });
		expect(json.uploaded).toBe(true);
	});

	test('that the storage does not take are no success, and its address is not told', async () => {
		tester.payt.fault({ method: 'PUT', answer: { status: 403, body: '<Error/>' } });
		const failure = await tester.failure(sampleOf('file upload').parameters, { binary });
		expect(failure.message).toBe('The Payt file storage denied access');
		expect(failure.description).not.toMatch(/token|connect the credential/);
		const [, { path }] = tester.payt.requests;
		expect(JSON.stringify(failure)).not.toContain(path);
	});

	test('of an order goes with its name', async () => {
		await tester.rows(sampleOf('order create').parameters, { binary });
		expect(tester.payt.data.orders).toEqual([
			expect.objectContaining({ name: expect.stringContaining('invoice'), bytes }),
		]);
	});
});

describe('Message: Send', () => {
	const send = (fields: object = {}) => ({ ...sampleOf('message send').parameters, ...fields });

	test('sends subject, text and addresses', async () => {
		const additionalFields = {
			email: 'a@b.example',
			ccEmail: 'c@d.example',
			bccEmail: 'e@f.example',
		};
		await tester.rows(send({ additionalFields }));
		expect(tester.sent()[0].body).toEqual({
			administration_id: tester.payt.data.administrations[0].id,
			debtor_number: first('debtors').debtor_number,
			message: {
				subject: 'Your invoice',
				body: 'Please pay.',
				email: 'a@b.example',
				cc_email: 'c@d.example',
				bcc_email: 'e@f.example',
			},
		});
	});

	test('about an invoice, with a file', async () => {
		const additionalFields = { attachments: 'data' };
		const about = { recipientBy: 'invoice_number', recipient: first('invoices').invoice_number };
		const [json] = await tester.rows(send({ ...about, additionalFields }), { binary });
		expect(json.invoice_id).toBe(first('invoices').id);
		const [file] = tester.payt.data.messages.at(-1)!.attachments as File[];
		expect(Buffer.from(await file.arrayBuffer()).toString()).toBe('%PDF-1.4 invoice');
	});
});

describe('payment plans', () => {
	test('are made with exact amounts, of invoices by numbers with commas', async () => {
		const [one, two] = tester.payt.data.invoices;
		two.debtor_id = one.debtor_id;
		const numbers = [one, two].map((row) => row.invoice_number);
		const { parameters } = sampleOf('paymentPlan create');
		const additionalFields = { ccEmailAddress: 'a@b.example' };
		const [json] = await tester.rows({
			...parameters,
			covers: numbers.join(', '),
			additionalFields,
		});
		expect(tester.sent()[0].body).toEqual({
			administration_id: tester.payt.data.administrations[0].id,
			invoice_numbers: numbers,
			terms: [
				{ amount: 60.5, due_date: '2030-01-31' },
				{ amount: 60.5, due_date: '2030-02-28' },
			],
			cc_email_address: 'a@b.example',
		});
		expect(json.payment_terms).toHaveLength(2);
	});

	test('are decided on by a form, with the fields to come back', async () => {
		const { parameters } = sampleOf('paymentPlan approve');
		const [json] = await tester.rows({ ...parameters, options: { fields: ['active'] } });
		expect(json).toEqual({ id: tester.payt.data.payment_plans[0].id, active: true });
		expect(tester.payt.requests[0].headers['content-type']).toBe(
			'application/x-www-form-urlencoded',
		);
	});

	test('are decided on without a choice of fields where none is chosen', async () => {
		const { parameters } = sampleOf('paymentPlan approve');
		await tester.rows({ ...parameters, options: { fields: [] } });
		expect(Object.keys(tester.sent()[0].body as object)).toEqual(['administration_id']);
	});
});

test('Task: Complete tells how it went', async () => {
	const { parameters } = sampleOf('task complete');
	const additionalFields = {
		comment: 'Paid',
		completedStatus: 'failed',
		completedStatusMessage: 'No',
		resumeDossiers: true,
	};
	await tester.rows({ ...parameters, additionalFields, options: { fields: ['comments'] } });
	expect(tester.sent()[0].body).toEqual({
		administration_id: tester.payt.data.administrations[0].id,
		comment: 'Paid',
		completed_status: 'failed',
		completed_status_message: 'No',
		resume_dossiers: true,
		fields: '{"only":["id","comments"]}',
	});
});

test('Task: Comment goes to the task of each item', async () => {
	const ids = tester.payt.data.tasks.map(({ id }) => id);
	expect(ids.length).toBeGreaterThan(1);
	const parameters = tester.node('task', 'comment', {
		taskId: '={{ $json.id }}',
		comment: 'Called',
	});
	await tester.rows(parameters, { input: ids.map((id) => ({ id })) });
	expect(tester.calls()).toEqual(ids.map((id) => `POST /tasks/${String(id)}/comment`));
});

test('PSP Mandate: Deactivate ends all mandates of a debtor', async () => {
	const debtor_number = first('debtors').debtor_number;
	const named = { pspMandateBy: 'debtor_numbers', pspMandate: debtor_number };
	expect(await tester.rows(tester.node('pspMandate', 'deactivate', named))).toEqual([
		{ debtor_number, success: true, warnings: [] },
	]);
	expect(tester.payt.data.psp_mandates.every((row) => row.deactivated_at)).toBe(true);
});
