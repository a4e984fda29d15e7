import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { findPaymentCode } from '../../../sandbox/paymentCodes';
import { useSePayTester } from '../sePay';

const tester = useSePayTester();

const generate = (parameters: INodeParameters = {}): INodeParameters => ({
	resource: 'payment',
	operation: 'generateCode',
	...parameters,
});

const custom = (parameters: INodeParameters = {}) =>
	generate({ codeStructure: 'custom', prefix: 'DH', ...parameters });

const codes = async (parameters: INodeParameters, count: number) => {
	const input = Array.from({ length: count }, (_, number): IDataObject => ({ number }));
	return (await tester.rows(parameters, { input })).map(({ code }) => String(code));
};

const configurations = () => tester.sandbox.data.company.configurations;
const formats = () => configurations().payment_code_formats;

test.each([
	['the first format', '', /^DH[1-9]\d{7}$/],
	['the one with the prefix', 'hoc', /^HOC[2-9][2-9B-Z]{8}[2-9]$/],
])("takes the company's structure, %s, and asks for it once", async (_name, prefix, shape) => {
	const made = await codes(generate({ prefix }), 300);
	expect(new Set(made).size).toBe(300);
	for (const code of made) {
		expect(code).toMatch(shape);
		expect(code.slice(2)).not.toMatch(shape.source.includes('HOC') ? /[AEILU]/ : /\D/);
		expect(findPaymentCode(`ck ${code.toLowerCase()} nhe`, formats())).toBe(code);
	}
	expect(tester.calls()).toEqual(['GET /company']);
});

test('keeps to the shortest and the longest suffix', async () => {
	formats()[0] = { ...formats()[0], suffix_from: 12, suffix_to: 30 };
	expect((await codes(generate(), 1))[0]).toMatch(/^DH\d{12}$/);
	formats()[0] = { ...formats()[0], suffix_from: 3, suffix_to: 30 };
	expect((await codes(generate(), 1))[0]).toMatch(/^DH\d{10}$/);
});

test('needs no call with a structure of its own, also under a token', async () => {
	const letters = { characterType: 'NumberAndLetter', suffixLength: 6 };
	expect((await codes(custom(letters), 1))[0]).toMatch(/^DH[2-9][2-9B-Z]{4}[2-9]$/);
	const token = await codes(generate({ authentication: 'apiToken', prefix: 'dh' }), 1);
	expect(token[0]).toMatch(/^DH[1-9]\d{7}$/);
	expect(tester.calls()).toEqual([]);
});

test('does not give out what is in use, its beginning, or what it begins with', async () => {
	const usedCodes = ['DH123', 'dh 2', 'DH3', 'DH4', 'DH5', 'DH6', 'DH7', 'DH8'];
	const made = await codes(
		custom({ suffixLength: 3, options: { usedCodes: `={{ ${JSON.stringify(usedCodes)} }}` } }),
		60,
	);
	for (const code of made) expect(code).toMatch(/^DH(1(?!23)|9)/);
});

test('takes a dash among the codes in use for none', async () => {
	const usedCodes = 'DH1, -';
	const made = await codes(custom({ suffixLength: 3, options: { usedCodes } }), 20);
	for (const code of made) expect(code).toMatch(/^DH[2-9]\d\d$/);
});

test.each([
	['the prefix alone', 'DH'],
	['each first digit', 'DH1, DH2, DH3, DH4, DH5, DH6, DH7, DH8, DH9'],
])('ends when every code would begin as one in use: %s', async (_name, usedCodes) => {
	const { message } = await tester.failure(custom({ options: { usedCodes } }));
	expect(message).toBe('Codes in Use must be a list that leaves enough codes free');
});

test('gives out at most half of the codes that there are', async () => {
	const half = await codes(custom({ suffixLength: 2 }), 45);
	expect(new Set(half).size).toBe(45);
	const input = Array.from({ length: 46 }, () => ({}));
	const { items, error } = await tester.run(custom({ suffixLength: 2 }), { input });
	expect(items).toEqual([]);
	expect(error).toMatchObject({
		message: 'Suffix must be long enough for this many codes',
		description: expect.stringContaining('Half of the 90 codes with DH and 2 more characters'),
	});
});

test.each<[string, INodeParameters, string, string]>([
	['a prefix of one letter', custom({ prefix: 'D' }), 'Prefix must be 2 to 10 letters', '"D"'],
	['a prefix with digits', custom({ prefix: 'D1' }), 'Prefix must be 2 to 10 letters', '"D1"'],
	['no prefix', custom({ prefix: '' }), 'Prefix must be 2 to 10 letters', '""'],
	['no suffix', custom({ suffixLength: 0 }), 'Suffix Length must be', '"0"'],
	['a suffix of 31', custom({ suffixLength: 31 }), 'Suffix Length must be', '"31"'],
	[
		'an unknown prefix',
		generate({ prefix: 'XY' }),
		'Prefix must be the prefix of an active',
		'DH, HOC',
	],
	[
		'an inactive prefix',
		generate({ prefix: 'TT' }),
		'Prefix must be the prefix of an active',
		'DH, HOC',
	],
])('refuses %s', async (_name, parameters, message, description) => {
	const failure = await tester.failure(parameters);
	expect(failure.message).toContain(message);
	expect(failure.description).toContain(description);
});

test('says that SePay looks for no payment codes', async () => {
	configurations().paycode = false;
	expect(await tester.failure(generate())).toEqual({
		message: 'Payment codes must be turned on at SePay',
		description: expect.stringContaining('Company Settings'),
	});
});
