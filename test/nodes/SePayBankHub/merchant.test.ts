import type { IBinaryKeyData } from 'n8n-workflow';
import { answerForms, useBankHubTester } from './bankHub';

const tester = useBankHubTester();
const node = (operation: string, fields: object = {}) =>
	({ resource: 'merchant', operation, ...fields }) as never;
const merchant = () => tester.hub.data.merchant;
const update = (updateFields: object) => node('update', { updateFields });

describe('Get Configuration', () => {
	test('gives the settings', async () => {
		merchant().transaction_whitelist_remark_keywords = ['DH'];
		expect(await tester.rows(node('get'))).toEqual([merchant()]);
		expect(tester.sent()).toEqual([{ call: 'GET /merchant-config', query: {}, body: undefined }]);
	});

	test('gives what is not set as nothing', async () => {
		expect(await tester.rows(node('get'))).toEqual([
			{
				transaction_whitelist_remark_keywords: [],
				global_hosted_link_custom_css: null,
				logo_url: null,
			},
		]);
	});
});

describe('Update', () => {
	test.each(answerForms)(
		'replaces what is given and gives the settings, %s',
		async (_name, variants) => {
			Object.assign(tester.hub.variants, variants);
			const rows = await tester.rows(
				update({ remarkKeywords: [' DH ', 'TT', 'DH'], hostedLinkCss: 'body { color: red; }' }),
			);
			expect(tester.sent()).toEqual([
				{
					call: 'POST /merchant-config',
					query: {},
					body: {
						transaction_whitelist_remark_keywords: ['DH', 'TT'],
						global_hosted_link_custom_css: 'body { color: red; }',
					},
				},
			]);
			expect(rows).toEqual([merchant()]);
			expect(merchant().transaction_whitelist_remark_keywords).toEqual(['DH', 'TT']);
		},
	);

	test('leaves alone what is not given', async () => {
		merchant().transaction_whitelist_remark_keywords = ['DH'];
		await tester.rows(update({ hostedLinkCss: 'a { }' }));
		expect(tester.sent()[0].body).toEqual({ global_hosted_link_custom_css: 'a { }' });
		expect(merchant().transaction_whitelist_remark_keywords).toEqual(['DH']);
	});

	test('ends the filter when no keyword is in it', async () => {
		merchant().transaction_whitelist_remark_keywords = ['DH'];
		await tester.rows(update({ remarkKeywords: [] }));
		expect(merchant().transaction_whitelist_remark_keywords).toEqual([]);
	});

	test.each([
		['an expression that gave nothing', '={{ $json.missing }}'],
		['an expression that gave an empty list', '={{ [] }}'],
		['a keyword whose expression gave nothing', ['={{ $json.missing }}']],
		['an empty keyword', ['']],
		['an empty keyword among others', ['DH', ' ']],
		['an expression that gave nothing among others', ['DH', '={{ $json.missing }}']],
	])('does not end the filter by %s', async (_name, remarkKeywords) => {
		merchant().transaction_whitelist_remark_keywords = ['DH'];
		const { message } = await tester.failure(update({ remarkKeywords }));
		expect(message).toBe('Remark Keywords must be filled in');
		expect(tester.hub.requests).toEqual([]);
	});

	test('takes the keywords from a list by expression', async () => {
		const input = [{ words: ['DH', 'TT'] }];
		await tester.rows(update({ remarkKeywords: '={{ $json.words }}' }), { input });
		expect(merchant().transaction_whitelist_remark_keywords).toEqual(['DH', 'TT']);
	});

	test('of nothing is refused', async () => {
		expect(await tester.failure(update({}))).toEqual({
			message: 'Update Fields must be filled in',
			description: 'Add at least one field to change.',
		});
	});
});

describe('Upload Logo', () => {
	const uploadLogo = node('uploadLogo');
	const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
	const jpg = Buffer.from('ffd8ffe000104a464946', 'hex');
	const file = (bytes: Buffer, fileName?: string, fileExtension?: string): IBinaryKeyData => ({
		data: { data: bytes.toString('base64'), mimeType: 'image/png', fileName, fileExtension },
	});

	test.each([
		['PNG', png, 'logo.png', 'png', 'image/png'],
		['PNG in capitals', png, 'MY.LOGO.PNG', 'png', 'image/png'],
		['JPG', jpg, 'logo.jpg', 'jpg', 'image/jpeg'],
		['JPEG', jpg, 'Biểu tượng "1".jpeg', 'jpg', 'image/jpeg'],
		['a file without a name', jpg, undefined, 'jpg', 'image/jpeg'],
	])(
		'sends a %s with type and extension that agree',
		async (_name, bytes, fileName, ending, type) => {
			const rows = await tester.rows(uploadLogo, { binary: file(bytes, fileName) });
			expect(rows).toEqual([{ logo_url: merchant().logo_url }]);
			expect(tester.hub.data.logo).toEqual(bytes);
			const { logo } = tester.sent()[0].body as { logo: File };
			expect([logo.name, logo.type]).toEqual([`logo.${ending}`, type]);
		},
	);

	test('sends the image once more when the token had ended', async () => {
		tester.hub.revokeTokens();
		await tester.rows(uploadLogo, { binary: file(png, 'logo.png') });
		expect(tester.hub.data.logo).toEqual(png);
		expect(tester.hub.requests.map(({ path, status }) => `${path} ${status}`)).toEqual([
			'/v1/merchant-config/logo 401',
			'/v1/token 201',
			'/v1/merchant-config/logo 200',
		]);
	});

	test('sends an image of exactly 1 MB', async () => {
		const largest = Buffer.concat([png, Buffer.alloc(1_048_576 - png.length, 7)]);
		await tester.rows(uploadLogo, { binary: file(largest, 'logo.png') });
		expect(tester.hub.data.logo).toEqual(largest);
	});

	test('takes the image from the field that is named', async () => {
		const { data } = file(png, 'logo.png');
		const parameters = node('uploadLogo', { binaryPropertyName: '={{ "logo" }}' });
		await tester.rows(parameters, { binary: { logo: data } });
		expect(tester.hub.data.logo).toEqual(png);
	});

	test.each<[string, IBinaryKeyData, string, string]>([
		[
			'a text',
			file(Buffer.from('<svg/>'), 'logo.png'),
			'a JPG or PNG image',
			'The file is neither.',
		],
		['nothing', file(Buffer.alloc(0), 'logo.png'), 'a JPG or PNG image', 'The file is neither.'],
		[
			'a PNG named JPG',
			file(png, 'logo.jpg'),
			'a file whose name ends in .png',
			'The file is PNG, but its name ends in .jpg.',
		],
		[
			'a JPG named GIF by its extension alone',
			file(jpg, 'logo', 'gif'),
			'a file whose name ends in .jpg or .jpeg',
			'The file is JPG, but its name ends in .gif.',
		],
		[
			'a byte too many',
			file(Buffer.concat([png, Buffer.alloc(1_048_577 - png.length)]), 'logo.png'),
			'at most 1048576 bytes (1 MB)',
			'It has 1048577 bytes.',
		],
	])('refuses %s before anything is sent', async (_name, binary, wanted, description) => {
		const message = `Input Binary Field "data" must be ${wanted}`;
		expect(await tester.failure(uploadLogo, { binary })).toEqual({ message, description });
		expect(tester.hub.requests).toEqual([]);
	});

	test('says so when the field holds no file', async () => {
		const { message } = await tester.failure(uploadLogo);
		expect(message).toMatch(/binary/);
		expect(tester.hub.requests).toEqual([]);
	});

	test.each([413, 400] as const)(
		'tells in the words of SePay that it is too big (%s)',
		async (status) => {
			const body = { code: status, message: 'Tệp logo quá lớn', errors: { logo: 'is too large' } };
			tester.hub.fault({ method: 'POST', answer: { status, body } });
			const { message } = await tester.failure(uploadLogo, { binary: file(png, 'logo.png') });
			expect(message).toBe(
				`SePay Bank Hub rejected the request (HTTP ${status}): Tệp logo quá lớn; logo: is too large`,
			);
		},
	);
});

describe('Get Transaction Counts', () => {
	const counts = (filters: object = {}) => node('getCounts', { filters });
	const add = (day: string, transfer_type: 'in' | 'out') =>
		tester.hub.addTransaction({ transfer_type, transaction_date: `${day} 09:00:00` });

	test('gives days, companies and sums as SePay counts them', async () => {
		add('2026-01-30', 'in');
		add('2026-01-31', 'in');
		add('2026-01-31', 'out');
		add('2026-02-01', 'in');
		const [{ company_xid }] = tester.hub.data.bankAccounts;
		const { id } = tester.hub.data.companies.find(({ xid }) => xid === company_xid)!;
		const filters = { startDate: '2026-01-30', endDate: '2026-01-31T16:59:59Z' };
		expect(await tester.rows(counts(filters))).toEqual([
			{
				dates: [
					{
						company_id: id,
						date: '2026-01-30',
						transaction: 1,
						transaction_in: 1,
						transaction_out: 0,
					},
					{
						company_id: id,
						date: '2026-01-31',
						transaction: 1,
						transaction_in: 1,
						transaction_out: 1,
					},
				],
				total: { transaction: 2, transaction_in: 2, transaction_out: 1 },
			},
		]);
		expect(tester.sent()).toEqual([
			{
				call: 'GET /merchant-config/counter',
				query: { start_date: '2026-01-30', end_date: '2026-01-31' },
				body: undefined,
			},
		]);
	});

	test('of today when no day is given', async () => {
		tester.hub.addTransaction();
		expect(await tester.rows(counts())).toMatchObject([{ total: { transaction: 1 } }]);
		expect(tester.sent()[0].query).toEqual({});
	});
});

test('an item that fails does not keep the others', async () => {
	const input = [{ day: 'x' }, { day: '2026-01-31' }];
	const parameters = node('getCounts', {
		filters: { startDate: '={{ $json.day }}', endDate: '={{ $json.day }}' },
	});
	const { items } = await tester.run(parameters, { input, onError: 'continueRegularOutput' });
	expect(items.map(({ json, pairedItem }) => ['error' in json, pairedItem])).toEqual([
		[true, { item: 0 }],
		[false, { item: 1 }],
	]);
});
