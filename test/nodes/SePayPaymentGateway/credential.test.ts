import { SePayPaymentGatewayApi } from '../../../credentials/SePayPaymentGatewayApi.credentials';
import { paymentGateway } from '../../../nodes/shared/paymentGateway/api';
import { useGateway } from './paymentGateway';

const tester = useGateway();

const message = async (fields: object) => {
	tester.store({ ...fields, accepted: '' });
	const { status, message: said } = await tester.test();
	expect(status).toBe('Error');
	return said;
};

describe('the URL follows the environment', () => {
	const { baseUrl } = paymentGateway;

	test.each([
		['production', 'https://pgapi.sepay.vn'],
		['sandbox', 'https://pgapi-sandbox.sepay.vn'],
	])('%s, whatever Base URL was left behind', (environment, url) => {
		expect(baseUrl({ environment })).toBe(url);
		expect(baseUrl({ environment, baseUrl: 'https://other.example.com' })).toBe(url);
	});

	test.each([
		['https://pg.example', 'https://pg.example'],
		[' https://pg.example/v1/?x=1#y ', 'https://pg.example'],
		['', ''],
	])('custom "%s"', (custom, url) => {
		expect(baseUrl({ environment: 'custom', baseUrl: custom })).toBe(url);
	});

	test('is Production by default', () => {
		const { properties } = new SePayPaymentGatewayApi();
		expect(properties.find(({ name }) => name === 'environment')!.default).toBe('production');
	});
});

describe('the test tells', () => {
	test('what is right, with spaces around it', async () => {
		const { id, secretKey } = tester.gateway.merchant;
		tester.store({ merchantId: ` ${id} `, secretKey: `${secretKey}\n` });
		expect(await tester.test()).toMatchObject({ status: 'OK' });
	});

	test('a wrong merchant ID', async () => {
		const said = 'SePay Payment Gateway rejected the Merchant ID: Merchant không tồn tại';
		expect(await message({ merchantId: 'SP-TEST-WRONG' })).toBe(said);
		tester.gateway.variants.unknownMerchant = 404;
		expect(await message({ merchantId: 'SP-TEST-WRONG' })).toBe(said);
	});

	test('a wrong secret key, without showing it', async () => {
		const said = await message({ secretKey: 'spsk_test_wrong' });
		expect(said).toBe('SePay Payment Gateway rejected the Secret Key: Secret key không hợp lệ');
	});

	test('that either is wrong, when SePay does not say which', async () => {
		const fault = { times: 2, path: '/v1/order', answer: { status: 401, body: 'no' } };
		tester.gateway.fault(fault);
		expect(await message({})).toBe('SePay Payment Gateway rejected the Merchant ID or Secret Key');
	});

	test.each([
		['production', 'SP-TEST-A1', 'Merchant ID SP-TEST-A1 belongs to the Environment Sandbox'],
		['sandbox', 'SP-LIVE-A1', 'Merchant ID SP-LIVE-A1 belongs to the Environment Production'],
	])('a wrong environment: %s with %s, without a call', async (environment, merchantId, said) => {
		expect(await message({ environment, merchantId })).toBe(said);
	});

	test.each([
		[{ merchantId: ' ' }, 'Merchant ID must be filled in'],
		[{ secretKey: '' }, 'Secret Key must be filled in'],
		[{ merchantId: 'a:b' }, 'Merchant ID must not contain a colon'],
		[{ baseUrl: 'pg.example' }, 'Base URL "pg.example" is not a URL'],
	])('%j, without a call', async (fields, said) => {
		expect(await message(fields)).toBe(said);
		expect(tester.calls()).toEqual([]);
	});

	test('that nothing listens at the URL', async () => {
		expect(await message({ baseUrl: 'http://127.0.0.1:9' })).toBe(
			'The connection to SePay Payment Gateway was lost before it responded',
		);
	}, 40_000);

	test('that SePay is down', async () => {
		tester.gateway.fault({ times: 9, path: '/v1/order', answer: { status: 500, body: {} } });
		expect(await message({})).toBe('SePay Payment Gateway returned an error (HTTP 500)');
	});
});

test('a call that is refused says which field is wrong; other calls are not held up', async () => {
	const order = { resource: 'order', operation: 'getAll' } as never;
	await tester.rows(order);
	expect(tester.calls()).toEqual(['GET /order']);
	tester.gateway.merchant.secretKey = 'changed';
	expect((await tester.failure(order)).message).toContain('rejected the Secret Key');
});
