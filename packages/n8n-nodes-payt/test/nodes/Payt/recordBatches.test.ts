import type { IDataObject } from 'n8n-workflow';
import { newInvoice } from './operations';
import { byId, usePaytTester } from './payt';

const tester = usePaytTester();

// n8n takes its time to put the records of hundreds of items together.
jest.setTimeout(60_000);

const administration_id = () => tester.payt.data.administrations[0].id;
const numbersOf = (prefix: string, count: number) =>
	Array.from({ length: count }, (_, index) => ({ number: `${prefix}${index + 1}` }));
const debtor = (fields: object = {}) =>
	tester.node('debtor', 'upsert', {
		debtorNumber: '={{ $json.number }}',
		debtorIdentifier: '={{ "id-" + $json.number }}',
		name: '={{ $json.name || "Jansen" }}',
		...fields,
	});
const invoice = (fields: object = {}) =>
	tester.node(
		'invoice',
		'upsert',
		newInvoice({
			invoiceNumber: '={{ $json.number }}',
			debtor: tester.payt.data.debtors[0].debtor_number,
			...fields,
		}),
	);
const saved = (fields: object) => ({ ...fields, success: true, warnings: [] });
const result = (body: object) =>
	tester.payt.fault({ path: /^\/v1/, answer: { status: 201, body: { success: true, ...body } } });
const bodies = () => tester.sent().map(({ body }) => body as IDataObject);

describe('records of all items', () => {
	test('are named without the blanks around their numbers, by which Payt answers', async () => {
		result({ count: 1, errors: { N1: ['Refused'] } });
		const input = [{ number: 'N1 ' }, { number: ' N2' }];
		const { items } = await tester.run(debtor(), { input, onError: 'continueRegularOutput' });
		expect(bodies()[0].debtors).toMatchObject([{ debtor_number: 'N1' }, { debtor_number: 'N2' }]);
		expect(items.map(({ error }) => error === undefined)).toEqual([false, true]);
	});

	test('take labels as text with commas, as a list, and as Payt gives them', async () => {
		const labels = ['Late, VIP', ['A, B', null], [{ name: 'A, B' }, { name: 'C' }]];
		const additionalFields = { labels: '={{ $json.labels }}' };
		const input = labels.map((some, index) => ({ number: `N${index}`, labels: some }));
		await tester.run(debtor({ additionalFields }), { input: input as never });
		expect((bodies()[0].debtors as IDataObject[]).map((one) => one.labels)).toEqual([
			['Late', 'VIP'],
			['A, B'],
			['A, B', 'C'],
		]);
	});

	test('go in one call, each with its own result, paired', async () => {
		const input = numbersOf('N', 3);
		const { items } = await tester.run(debtor(), { input });
		expect(items.map(({ json, pairedItem }) => [json, pairedItem])).toEqual(
			input.map(({ number }, item) => [
				saved({ debtor_number: number, debtor_identifier: `id-${number}` }),
				{ item },
			]),
		);
		expect(tester.sent()).toEqual([
			{
				call: 'POST /debtors',
				query: {},
				body: {
					administration_id: administration_id(),
					debtors: input.map(({ number }) => ({
						debtor_number: number,
						debtor_identifier: `id-${number}`,
						name: 'Jansen',
					})),
				},
			},
		]);
	});

	test('are that of the first item where the node runs once', async () => {
		const options = { input: numbersOf('N', 3), executeOnce: true };
		expect(await tester.rows(debtor(), options)).toEqual([
			saved({ debtor_number: 'N1', debtor_identifier: 'id-N1' }),
		]);
	});

	test('go 500 a call', async () => {
		const { rows } = await tester.run(debtor(), { input: numbersOf('N', 501) });
		expect(rows.map(({ debtor_number }) => debtor_number)).toEqual(
			numbersOf('N', 501).map(({ number }) => number),
		);
		expect(bodies().map(({ debtors }) => (debtors as object[]).length)).toEqual([500, 1]);
	});

	test('invoices are blocked up to 1,000 a call, by a form', async () => {
		const input = numbersOf('B', 501);
		for (const { number } of input) tester.payt.add('invoices', { invoice_number: number });
		const block = tester.node('invoice', 'block', { invoice: '={{ $json.number }}' });
		const rows = await tester.rows(block, { input });
		expect(rows).toEqual(input.map(({ number }) => saved({ invoice_number: number })));
		const [{ headers }] = tester.payt.requests;
		expect(tester.payt.requests).toHaveLength(1);
		expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
	});

	test('by number and by identifier can be mixed', async () => {
		const [one, two] = tester.payt.data.invoices;
		const input = [
			{ by: 'invoice_numbers', which: one.invoice_number },
			{ by: 'invoice_identifiers', which: two.invoice_identifier },
		] as IDataObject[];
		const parameters = { invoiceBy: '={{ $json.by }}', invoice: '={{ $json.which }}' };
		expect(await tester.rows(tester.node('invoice', 'block', parameters), { input })).toEqual([
			saved({ invoice_number: one.invoice_number }),
			saved({ invoice_identifier: two.invoice_identifier }),
		]);
		expect(bodies()).toEqual([
			{
				administration_id: administration_id(),
				invoice_numbers: [one.invoice_number],
				invoice_identifiers: [two.invoice_identifier],
			},
		]);
	});

	test('go to the administration of each item', async () => {
		const [one, two] = tester.payt.data.administrations.map(({ id }) => id);
		const input = ['a', 'b', 'c'].map((number, index) => ({ number, id: [one, two, one][index] }));
		const parameters = debtor({ administrationId: byId('={{ $json.id }}') });
		const { items } = await tester.run(parameters, { input });
		expect(items.map(({ json, pairedItem }) => [json.debtor_number, pairedItem])).toEqual(
			input.map(({ number }, item) => [number, { item }]),
		);
		expect(bodies()).toEqual([
			expect.objectContaining({
				administration_id: one,
				debtors: [{}, {}].map(() => expect.anything()),
			}),
			expect.objectContaining({ administration_id: two, debtors: [expect.anything()] }),
		]);
	});

	test('of two runs are not mixed', async () => {
		const [a, b] = await Promise.all(
			['A', 'B'].map((prefix) => tester.rows(debtor(), { input: numbersOf(prefix, 2) })),
		);
		expect([...a, ...b].map(({ debtor_number }) => debtor_number)).toEqual([
			'A1',
			'A2',
			'B1',
			'B2',
		]);
		expect(tester.sent()).toHaveLength(2);
	});

	test('contacts, VAT rates, payment conditions and messages go alike', async () => {
		const input = numbersOf('n', 2);
		const [one, two] = tester.payt.data.messages;
		const id = `={{ $json.number === "n1" ? "${one.id}" : ${two.id} }}`;
		const number = '={{ $json.number }}';
		const rate = { additionalFields: { name: 'High', rate: 21 } };
		expect([
			await tester.rows(tester.node('contact', 'upsert', { contactIdentifier: number }), { input }),
			await tester.rows(tester.node('vatRate', 'upsert', { code: number, ...rate }), { input }),
			await tester.rows(tester.node('paymentCondition', 'create', { code: number, name: 'x' }), {
				input,
			}),
			await tester.rows(tester.node('message', 'markRead', { messageId: id, read: true }), {
				input,
			}),
		]).toEqual([
			[saved({ contact_identifier: 'n1' }), saved({ contact_identifier: 'n2' })],
			[saved({ code: 'n1' }), saved({ code: 'n2' })],
			[saved({ code: 'n1' }), saved({ code: 'n2' })],
			[saved({ id: one.id }), saved({ id: two.id })],
		]);
		expect(tester.calls()).toEqual([
			'POST /contacts',
			'POST /vat_rates',
			'POST /payment_conditions',
			'PATCH /messages',
		]);
	});
});

describe('an invoice', () => {
	test('goes with exact amounts, days, labels, payments, lines and files', async () => {
		const additionalFields = {
			labels: 'Late, VIP',
			paymentTerm: '={{ "14" }}',
			sentAt: '2026-01-02T10:00:00+01:00',
			documentChecksum: '',
			ublDocumentDestroy: true,
			payments:
				'={{ [{ amount: 20.5, origin_identifier: "p1", payment_date: DateTime.fromISO("2026-01-05") }] }}',
			invoiceLines: `[{ "description": "Bread", "vat_rate_code": "${String(tester.payt.data.vat_rates[0].code)}",
				"total_excl_tax_amount": 100, "product_quantity": 2.125 }]`,
		};
		const parameters = invoice({ invoiceDate: '2026-01-02T00:00:00', additionalFields });
		expect(await tester.rows(parameters, { input: [{ number: 7 }] })).toEqual([
			saved({ invoice_number: '7' }),
		]);
		expect(bodies()[0].invoices).toEqual([
			{
				invoice_number: '7',
				debtor_number: tester.payt.data.debtors[0].debtor_number,
				invoice_date: '2026-01-02',
				due_date: '2026-01-16',
				currency_code: 'EUR',
				amount_total: '121.00',
				amount_open: '100.50',
				book_amount_total: '121.00',
				book_amount_open: '100.50',
				labels: ['Late', 'VIP'],
				payment_term: 14,
				sent_at: '2026-01-02T09:00:00.000Z',
				ubl_document: { destroy: true },
				payments: [{ amount: '20.50', origin_identifier: 'p1', payment_date: '2026-01-05' }],
				invoice_lines: [
					{
						description: 'Bread',
						vat_rate_code: tester.payt.data.vat_rates[0].code,
						total_excl_tax_amount: '100.00',
						product_quantity: '2.125',
					},
				],
			},
		]);
	});

	test('is changed by what is given only; an empty list takes all labels away', async () => {
		const { invoice_number } = tester.payt.data.invoices[0];
		const additionalFields = { amountOpen: 0, labels: '={{ [] }}' };
		const parameters = tester.node('invoice', 'update', {
			invoiceNumber: invoice_number,
			additionalFields,
		});
		await tester.rows(parameters);
		expect(bodies()[0].invoices).toEqual([{ invoice_number, amount_open: '0.00', labels: [] }]);
		expect(tester.sent()[0].call).toBe('PATCH /invoices');
	});
});

describe('partly successful', () => {
	const input = numbersOf('N', 3);
	const run = async (onError?: 'continueRegularOutput') =>
		await tester.run(invoice(), { input, onError });
	const told = async () =>
		(await run('continueRegularOutput')).items.map(({ json, error, pairedItem }) => [
			error?.message ?? json,
			pairedItem,
		]);
	const invoiced = (number: string, warnings: string[] = []) => ({
		...saved({ invoice_number: number }),
		warnings,
	});

	test('errors and warnings go to the items that they name', async () => {
		result({
			count: 2,
			errors: { N2: ["can't be blank", 'is wrong'] },
			warnings: { N3: ['no contact'] },
		});
		expect(await told()).toEqual([
			[invoiced('N1'), { item: 0 }],
			["Payt rejected invoice N2: can't be blank; is wrong", { item: 1 }],
			[invoiced('N3', ['no contact']), { item: 2 }],
		]);
	});

	test('numbers under what is wrong with them are named', async () => {
		result({ count: 2, errors: { not_found: ['N3'] } });
		expect((await told()).map(([outcome]) => outcome)).toEqual([
			invoiced('N1'),
			invoiced('N2'),
			'Payt rejected invoice N3: not_found',
		]);
	});

	test('an error that names no record is told of each', async () => {
		result({ count: 2, errors: { 2: ['is wrong'] } });
		expect((await told()).map(([outcome]) => outcome)).toEqual(
			input.map(
				({ number }) =>
					`Payt rejected invoice ${number}: 2: is wrong (Payt does not say for which record)`,
			),
		);
	});

	test('a count too low without errors is told of each', async () => {
		result({ count: 2, errors: {} });
		expect((await told()).map(([outcome]) => outcome)).toEqual(
			input.map(
				({ number }) =>
					`Payt rejected invoice ${number}: the response counts 2 of 3 records as processed and does not say which`,
			),
		);
	});

	test('one record alone has all the errors', async () => {
		result({ count: 0, errors: { 1: ['is wrong'], not_found: ['x'] } });
		const { message } = await tester.failure(invoice(), { input: [{ number: 'N1' }] });
		expect(message).toBe('Payt rejected invoice N1: is wrong; not_found: x');
	});

	/** Records of both administrations, which go in a call each. */
	const twoCalls = async () => {
		const [one, two] = tester.payt.data.administrations.map(({ id }) => id);
		const items = ['N1', 'N2', 'N3', 'N4'].map((number, index) => ({
			number,
			id: index < 3 ? one : two,
		}));
		const administrationId = byId('={{ $json.id }}');
		return await tester.failure(invoice({ administrationId }), { input: items });
	};

	test('the node fails with what was taken and what not, and sends no more', async () => {
		result({ count: 2, errors: { N2: ['is wrong'] } });
		const { message, description } = await twoCalls();
		expect(message).toBe('Payt rejected invoice N2: is wrong');
		expect(description).toBe(
			'Fix the rejected records, then run the node again with only those. Payt accepted 2 of 4 records. Rejected: N2. Not sent: 1.',
		);
		expect(tester.sent()).toHaveLength(1);
	});

	test('what was taken before a call that fails is told', async () => {
		result({ count: 3, errors: {} });
		tester.payt.fault({ answer: { status: 422, body: { code: 'x', message: 'Broken' } } });
		const failure = await twoCalls();
		expect(failure.message).toBe('Payt rejected the request (HTTP 422): Broken');
		expect(failure.description).toBe(
			'Fix the fields named above. Payt accepted 3 of 4 records. Rejected: N4.',
		);
	});

	test('a call that fails for one administration does not stop the others where the node continues', async () => {
		const [one, two] = tester.payt.data.administrations.map(({ id }) => id);
		tester.payt.fault({
			answer: { status: 422, body: { error: { code: 'x', message: 'Broken' } } },
		});
		const { items } = await tester.run(debtor({ administrationId: byId('={{ $json.id }}') }), {
			input: [one, two].map((id, index) => ({ id, number: `N${index}` })),
			onError: 'continueRegularOutput',
		});
		expect(items.map(({ error, json }) => error?.message ?? json.success)).toEqual([
			'Payt rejected the request (HTTP 422): Broken',
			true,
		]);
	});

	test('records of the local Payt are told apart by their own numbers', async () => {
		tester.payt.variants.recordKeys = 'ownNumber';
		const [{ debtor_number }, { debtor_identifier }] = tester.payt.data.debtors;
		const { items } = await tester.run(debtor({ debtorIdentifier: '={{ $json.id }}' }), {
			input: [
				{ number: debtor_number, id: debtor_identifier },
				{ number: 'NEW', id: 'new' },
			] as IDataObject[],
			onError: 'continueRegularOutput',
		});
		expect(items.map(({ error, json }) => error?.message ?? json.debtor_number)).toEqual([
			`Payt rejected debtor ${String(debtor_number)}: debtor_number and debtor_identifier belong to different records`,
			'NEW',
		]);
	});

	test('of the same number twice, both are told', async () => {
		result({ count: 0, errors: { N1: ['is wrong'] } });
		const { items } = await tester.run(invoice(), {
			input: [{ number: 'N1' }, { number: 'N1' }],
			onError: 'continueRegularOutput',
		});
		expect(items.map(({ error }) => error?.message)).toEqual([
			'Payt rejected invoice N1: is wrong',
			'Payt rejected invoice N1: is wrong',
		]);
	});
});

describe('nothing is sent', () => {
	test('when one item is wrong and the node fails for it', async () => {
		const input = [{ number: 'N1' }, { number: ' ' }, { number: 'N3' }];
		const { message } = await tester.failure(invoice(), { input });
		expect(message).toBe('Invoice Number must be filled in');
		expect(tester.sent()).toEqual([]);
	});

	test('when the expression of one item fails', async () => {
		const debtors = debtor({ name: '={{ $json.number === "N2" ? $json.missing.x.y : "Jansen" }}' });
		const { error } = await tester.run(debtors, { input: numbersOf('N', 3) });
		expect(error).toBeDefined();
		await new Promise((resolve) => setTimeout(resolve, 200));
		expect(tester.sent()).toEqual([]);
	});

	test('but the right ones are where it continues', async () => {
		const input = [{ number: 'N1' }, { number: ' ' }, { number: 'N3' }];
		const { items } = await tester.run(invoice(), { input, onError: 'continueRegularOutput' });
		expect(items.map(({ error, json }) => error?.message ?? json.invoice_number)).toEqual([
			'N1',
			'Invoice Number must be filled in',
			'N3',
		]);
		expect(tester.sent()).toHaveLength(1);
	});
});

describe('a write', () => {
	test.each(['cut', 'cutShort', 'hang'] as const)('is not repeated after %s', async (answer) => {
		tester.payt.fault({ method: 'POST', when: 'after', answer });
		const batching = { requestOptions: { timeout: 300 } };
		const { message, description } = await tester.failure(
			{ ...invoice(), ...batching },
			{ input: [{ number: 'N1' }] },
		);
		expect(message).toBe('The connection to Payt was lost before it responded');
		expect(description).toContain('may still have processed it');
		expect(tester.sent()).toHaveLength(1);
	});

	test('with an interval between items goes bit by bit', async () => {
		const requestOptions = { batching: { batch: { batchSize: 2, batchInterval: 50 } } };
		const input = numbersOf('N', 5);
		const rows = await tester.rows({ ...debtor(), requestOptions }, { input });
		expect(rows.map(({ debtor_number }) => debtor_number)).toEqual(
			input.map(({ number }) => number),
		);
		expect(bodies().map(({ debtors }) => (debtors as object[]).length)).toEqual([2, 2, 1]);
	});
});
