import type { IDataObject } from 'n8n-workflow';
import { answerForms, useSePayTester } from './sePay';

const tester = useSePayTester();
const get = { resource: 'company', operation: 'get' };

const company = (role = 'Admin') => {
	const { id, full_name, short_name, ...rest } = structuredClone(tester.sandbox.data.company);
	return { id, full_name, short_name, role, ...rest };
};

const formats = () => tester.sandbox.data.company.configurations.payment_code_formats;

const update = (...format: IDataObject[]) =>
	({ resource: 'company', operation: 'update', paymentCodeFormats: { format } }) as never;

const pathForms = [
	...answerForms,
	['the path /companies', { companyPath: 'companies' }],
	['formats merged by SePay', { formatsUpdate: 'merge' }],
	['formats merged at /companies', { formatsUpdate: 'merge', companyPath: 'companies' }],
] as typeof answerForms;

describe('Get', () => {
	test('puts out the company with its payment code formats', async () => {
		expect(await tester.rows(get)).toEqual([company()]);
		expect(tester.sent()).toEqual([{ call: 'GET /company', query: {}, body: undefined }]);
	});

	test.each(pathForms)('gives the same with %s', async (_name, variants) => {
		Object.assign(tester.sandbox.variants, variants);
		expect(await tester.rows(get)).toEqual([company()]);
	});

	test('tries /companies only after /company was not found', async () => {
		tester.sandbox.variants.companyPath = 'companies';
		await tester.rows(get);
		expect(tester.calls()).toEqual(['GET /company', 'GET /companies']);
	});
});

describe('Update', () => {
	const dh = {
		prefix: 'DH',
		suffix_from: 6,
		suffix_to: 8,
		character_type: 'NumberOnly' as const,
		is_active: true,
	};

	test('reads, merges and writes back the whole list', async () => {
		const [, hoc, tt] = structuredClone(formats());
		const rows = await tester.rows(update({ prefix: 'dh', fields: { suffix_to: 9 } }));
		expect(tester.sent()).toEqual([
			{ call: 'GET /company', query: {}, body: undefined },
			{
				call: 'PATCH /company/configurations',
				query: {},
				body: {
					payment_code_formats: [
						{ ...dh, suffix_to: 9, is_active: 1 },
						{ ...hoc, is_active: 1 },
						{ ...tt, is_active: 0 },
					],
				},
			},
			{ call: 'GET /company', query: {}, body: undefined },
		]);
		expect(formats()).toEqual([{ ...dh, suffix_to: 9 }, hoc, tt]);
		expect(rows).toEqual([company()]);
	});

	test.each(pathForms)('changes one format and loses none with %s', async (_name, variants) => {
		Object.assign(tester.sandbox.variants, variants);
		const [, hoc, tt] = structuredClone(formats());
		const fields = { is_active: false, character_type: 'NumberAndLetter', suffix_from: 5 };
		const rows = await tester.rows(update({ prefix: 'DH', fields }));
		expect(formats()).toEqual([{ ...dh, ...fields }, hoc, tt]);
		expect(rows).toEqual([company()]);
	});

	test('adds a format with the defaults of SePay for what is not given', async () => {
		const before = structuredClone(formats());
		await tester.rows(update({ prefix: 'PAY', fields: { suffix_from: 4 } }));
		const added = {
			prefix: 'PAY',
			suffix_from: 4,
			suffix_to: 10,
			character_type: 'NumberAndLetter',
			is_active: true,
		};
		expect(formats()).toEqual([...before, added]);
	});

	test('changes several formats in one write', async () => {
		await tester.rows(
			update(
				{ prefix: 'TT', fields: { is_active: true } },
				{ prefix: 'DH', fields: { is_active: false } },
			),
		);
		expect(formats().map(({ prefix, is_active }) => [prefix, is_active])).toEqual([
			['DH', false],
			['HOC', true],
			['TT', true],
		]);
		expect(tester.calls().filter((call) => call.startsWith('PATCH'))).toHaveLength(1);
	});

	test.each(['replace', 'merge'] as const)(
		'five items at once lose nothing where SePay would %s',
		async (formatsUpdate) => {
			tester.sandbox.variants.formatsUpdate = formatsUpdate;
			tester.sandbox.latencyMs = 5;
			const before = structuredClone(formats());
			const input = ['DH', 'HOC', 'TT', 'PAY', 'ORD'].map((prefix, index) => ({
				prefix,
				longest: 15 + index,
			}));
			const { items, error } = await tester.run(
				update({ prefix: '={{ $json.prefix }}', fields: { suffix_to: '={{ $json.longest }}' } }),
				{ input },
			);
			expect(error).toBeUndefined();
			expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
				input.map((_json, item) => ({ item })),
			);
			expect(formats().map(({ prefix, suffix_to }) => [prefix, suffix_to])).toEqual(
				input.map(({ prefix, longest }) => [prefix, longest]),
			);
			expect(formats().slice(0, 3)).toEqual(
				before.map((format, index) => ({ ...format, suffix_to: 15 + index })),
			);
		},
	);

	test('keeps two formats that share a prefix which is not named', async () => {
		const second = { ...dh, suffix_from: 3, suffix_to: 4 };
		formats().push(second);
		const before = structuredClone(formats());
		await tester.rows(update({ prefix: 'TT', fields: { is_active: true } }));
		expect(formats()).toEqual(
			before.map((format) => (format.prefix === 'TT' ? { ...format, is_active: true } : format)),
		);
	});

	test('an item that fails does not keep the next one from being written', async () => {
		const { items } = await tester.run(
			update({ prefix: '={{ $json.prefix }}', fields: { is_active: false } }),
			{ input: [{ prefix: '?' }, { prefix: 'HOC' }], onError: 'continueRegularOutput' },
		);
		expect(items.map(({ json }) => 'error' in json)).toEqual([true, false]);
		expect(formats()[1]).toMatchObject({ prefix: 'HOC', is_active: false });
	});

	test('numbers and flags given as text by an expression are sent as numbers and flags', async () => {
		const fields = { suffix_from: '={{ "4" }}', is_active: '={{ "false" }}' };
		await tester.rows(update({ prefix: 'DH', fields }));
		expect(formats()[0]).toEqual({ ...dh, suffix_from: 4, is_active: false });
	});

	test('writes nothing when SePay does not tell the formats there are', async () => {
		const body = { status: 'success', data: { id: 123, configurations: { paycode: true } } };
		tester.sandbox.fault({ path: '/api/v1/company', answer: { status: 200, body } });
		const { message } = await tester.failure(update({ prefix: 'DH', fields: {} }));
		expect(message).toContain('the payment code formats of the company');
		expect(tester.calls()).toEqual(['GET /company']);
	});

	test.each([
		['no format', update(), 'Payment Code Formats must be filled in'],
		['an empty prefix', update({ prefix: '', fields: {} }), 'Prefix must be'],
		['a prefix of one letter', update({ prefix: 'D', fields: {} }), 'Prefix must be'],
		['a prefix with a blank', update({ prefix: 'D H', fields: {} }), 'Prefix must be'],
		['a prefix with a digit', update({ prefix: 'D1', fields: {} }), 'Prefix must be'],
	])('sends nothing for %s', async (_name, parameters, message) => {
		expect((await tester.failure(parameters)).message).toContain(message);
		expect(tester.calls()).toEqual([]);
	});

	test.each([
		[
			'a shortest suffix above the longest',
			{ suffix_from: 9 },
			'Shortest Suffix is 9 and Longest Suffix is 8.',
		],
		['a suffix of 31', { suffix_to: 31 }, 'Shortest Suffix is 6 and Longest Suffix is 31.'],
		['a suffix of 0', { suffix_from: 0 }, 'Shortest Suffix is 0 and Longest Suffix is 8.'],
		['half a character', { suffix_from: 6.5 }, 'Shortest Suffix is 6.5 and Longest Suffix is 8.'],
	])('writes nothing for %s', async (_name, fields, description) => {
		const error = await tester.failure(update({ prefix: 'DH', fields }));
		expect(error).toEqual({ message: expect.stringContaining('Suffix of DH'), description });
		expect(tester.calls()).toEqual(['GET /company']);
	});
});
