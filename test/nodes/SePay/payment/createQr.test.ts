import type { INodeParameters } from 'n8n-workflow';
import { SePay } from '../../../../nodes/SePay/SePay.node';
import { TestCredentials } from '../../../harness/credentials';
import { createNodeTester } from '../../../harness/nodeTester';
import { PICTURE, startQrService, type QrService } from '../../../sandbox/qr';

const tester = createNodeTester({
	type: new SePay(),
	credentials: new TestCredentials([], {}),
	credentialType: 'none',
	secrets: () => [],
});
let service: QrService;

beforeEach(async () => {
	service = await startQrService();
});

afterEach(async () => {
	await service.close();
});

const qr = (parameters: INodeParameters = {}): INodeParameters => ({
	resource: 'payment',
	operation: 'createQr',
	bank: 'Vietcombank',
	accountNumber: '0071000888888',
	amount: 500_000,
	memo: 'DH1042',
	...parameters,
});

const download = (parameters: INodeParameters = {}) =>
	qr({ download: true, options: { qrService: service.url }, ...parameters });

const memoOf = async (parameters: INodeParameters) => {
	const [{ url, memo, warnings }] = await tester.rows(qr(parameters));
	expect(new URL(String(url)).searchParams.get('des') ?? '').toBe(memo);
	return [memo, warnings];
};

test('makes the address without asking anybody or a credential', async () => {
	expect(await tester.rows(qr())).toEqual([
		{
			url: 'https://vietqr.app/img?acc=0071000888888&bank=Vietcombank&amount=500000&des=DH1042',
			bank: 'Vietcombank',
			accountNumber: '0071000888888',
			amount: 500_000,
			memo: 'DH1042',
			warnings: [],
		},
	]);
	expect(await tester.rows(qr({ authentication: 'apiToken' }))).toEqual(await tester.rows(qr()));
});

test('takes a bank by any name, an open amount and everything that the picture can show', async () => {
	const [{ url, amount, bank }] = await tester.rows(
		qr({
			bank: 'other',
			otherBank: '970422',
			openAmount: true,
			memo: 'don hang DH1042',
			options: {
				template: 'compact',
				showInfo: true,
				fullAccountNumber: true,
				holderName: 'NGUYEN VAN A & CO',
				storeName: 'Hoa Sen',
			},
		}),
	);
	expect([amount, bank]).toEqual([null, '970422']);
	expect(String(url)).not.toContain('+');
	expect(Object.fromEntries(new URL(String(url)).searchParams)).toEqual({
		acc: '0071000888888',
		bank: '970422',
		des: 'don hang DH1042',
		template: 'compact',
		showinfo: 'true',
		fullacc: 'true',
		holder: 'NGUYEN VAN A & CO',
		store: 'Hoa Sen',
	});
});

test.each([
	['CTG', 'VietinBank'],
	['970415', 'VietinBank'],
	['bidv', 'BIDV'],
	['VCB', 'VCB'],
])('gives the bank %s as %s', async (otherBank, bank) => {
	const [{ url, bank: given }] = await tester.rows(qr({ bank: 'other', otherBank }));
	expect([given, new URL(String(url)).searchParams.get('bank')]).toEqual([bank, bank]);
});

test.each(['500000.00', '500 000', '500.000,00 VND'])('takes the amount %p', async (amount) => {
	const [row] = await tester.rows(qr({ amount: `={{ ${JSON.stringify(amount)} }}` }));
	expect(row.amount).toBe(500_000);
});

const VA_NEEDED =
	'SePay sees transfers at this bank only if they go to a virtual account (VA). Use the number of a VA.';
const MAY_BE_CUT = 'Banks may cut the memo off after 25 characters. Put the code first.';

test.each<[string, INodeParameters, string, string[]]>([
	['a memo with accents', { memo: ' Đơn đã  DH1042 của Bà Đỗ ' }, 'Don da DH1042 cua Ba Do', []],
	['no memo', { memo: '' }, '', []],
	['VietinBank', { bank: 'VietinBank' }, 'SEVQR DH1042', []],
	['VietinBank by its BIN', { bank: 'other', otherBank: '970415' }, 'SEVQR DH1042', []],
	['VietinBank by its code', { bank: 'other', otherBank: 'icb' }, 'SEVQR DH1042', []],
	['VietinBank as CTG', { bank: 'other', otherBank: 'CTG' }, 'SEVQR DH1042', []],
	['VietinBank as VTB', { bank: 'other', otherBank: 'vtb' }, 'SEVQR DH1042', []],
	['VietinBank in small letters', { bank: 'other', otherBank: 'vietinbank' }, 'SEVQR DH1042', []],
	['VietinBank with SEVQR given', { bank: 'VietinBank', memo: 'DH1042 sevqr' }, 'DH1042 sevqr', []],
	[
		'VietinBank, a company',
		{ bank: 'VietinBank', options: { accountHolder: 'company' } },
		'DH1042',
		[],
	],
	['a memo-based VA', { bank: 'TPBank', options: { memoVa: 'hs-1' } }, 'TKPHS1 DH1042', []],
	['one with TKP', { bank: 'TPBank', options: { memoVa: 'TKPHS1' } }, 'TKPHS1 DH1042', []],
	['OCB', { bank: 'OCB' }, 'DH1042', [VA_NEEDED]],
	['OCB by its BIN', { bank: 'other', otherBank: '970448' }, 'DH1042', [VA_NEEDED]],
	['OCB with a VA', { bank: 'OCB', options: { isVirtualAccount: true } }, 'DH1042', []],
	['KienLongBank', { bank: 'KienLongBank' }, 'DH1042', [VA_NEEDED]],
	['MSB', { bank: 'MSB' }, 'DH1042', [VA_NEEDED]],
	['BIDV', { bank: 'BIDV' }, 'DH1042', [VA_NEEDED]],
	['BIDV, a company', { bank: 'BIDV', options: { accountHolder: 'company' } }, 'DH1042', []],
	[
		'a long memo',
		{ memo: 'DH1042 thanh toan don hang thang 9' },
		'DH1042 thanh toan don hang thang 9',
		[MAY_BE_CUT],
	],
])('keeps the rules for %s', async (_name, parameters, memo, warnings) => {
	expect(await memoOf(parameters)).toEqual([memo, warnings]);
});

test.each<[string, INodeParameters, string, string]>([
	['an amount of 0', { amount: 0 }, 'Amount must be from 1 to 9999999999999 VND', 'It is 0'],
	[
		'an amount to be read in two ways',
		{ amount: '={{ "500.000" }}' },
		'Amount must be',
		'"500.000"',
	],
	['a fraction', { amount: 1.5 }, 'Amount must be a whole amount in VND', '1.5'],
	['10^13 VND', { amount: 10 ** 13 }, 'Amount must be from 1', 'It is 10000000000000'],
	[
		'no account number',
		{ accountNumber: '={{ "" }}' },
		'Account Number must be filled in',
		'Enter a value',
	],
	[
		'a bank with a blank',
		{ bank: 'other', otherBank: 'MB Bank' },
		'BIN must be a short name',
		'MB Bank',
	],
	['no bank', { bank: 'other', otherBank: '={{ "" }}' }, 'BIN must be filled in', 'Enter a value'],
	[
		'500 characters',
		{ memo: 'DH1042 '.repeat(72).trim() },
		'Memo must be at most 95',
		'It has 503',
	],
	[
		'an emoji',
		{ memo: 'DH1042 \u{1F600}' },
		'Memo must be letters, digits and spaces',
		'\u{1F600}',
	],
	['a dash', { memo: 'DH-1042' }, 'Memo must be letters, digits and spaces', '"-"'],
	['another service', { options: { qrService: 'vietqr.app' } }, 'QR Service must be', 'https://'],
])('refuses %s', async (_name, parameters, message, description) => {
	const failure = await tester.failure(qr(parameters));
	expect(failure.message).toContain(message);
	expect(failure.description).toContain(description);
});

test('fetches the picture for each item, with nothing but its address', async () => {
	const { items, error } = await tester.run(download({ amount: '={{ $json.amount }}' }), {
		input: [{ amount: 1 }, { amount: 2 }],
	});
	expect(error).toBeUndefined();
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	for (const { binary, json } of items) {
		expect(String(json.url).startsWith(service.url)).toBe(true);
		expect(binary!.data).toMatchObject({
			data: PICTURE.toString('base64'),
			mimeType: 'image/png',
			fileName: '0071000888888.png',
		});
	}
	expect(service.seen.map(({ query }) => query.amount)).toEqual(['1', '2']);
	for (const { headers } of service.seen) expect(headers.authorization).toBeUndefined();
});

test('asks again when the service is busy', async () => {
	service.fault = { status: 503, body: 'busy' };
	await tester.rows(download());
	expect(service.seen).toHaveLength(2);
});

test.each([
	[{ status: 400, body: 'no' }, 'HTTP 400'],
	[{ status: 200, body: '<html>' }, 'HTTP 200'],
	[{ status: 200, body: '' }, 'HTTP 200'],
])('says so when %j comes in place of a picture', async (fault, said) => {
	service.fault = fault;
	const { message } = await tester.failure(download());
	expect(message).toBe(`The QR service returned no image (${said})`);
});

test('an item that fails does not keep the others from going on', async () => {
	const { items } = await tester.run(qr({ amount: '={{ $json.amount }}' }), {
		input: [{ amount: 0 }, { amount: 2 }],
		onError: 'continueRegularOutput',
	});
	expect(items.map(({ json }) => 'error' in json)).toEqual([true, false]);
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
});
